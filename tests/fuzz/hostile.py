"""Words made to do harm wherever they are taken for more than words, and what a page or file shows if they were.

All bear one mark, so that whatever became of them is found: an element, an attribute, a script, a header.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import html5lib  # type: ignore[import-untyped]  # it has no types
import httpx

MARK = "x5s"
# Out of an attribute, a comment, a script, a style, a title, a template; in other notations: `{{…}}`, `${…}`, `%s`.
MARKUP = (
    f"\"'`><{MARK}-tag {MARK}-attr onload={MARK}()></title></textarea></style></script><script>{MARK}()</script>"
    f"--><img src={MARK} onerror={MARK}()><svg/onload={MARK}()>{{{{7777*3}}}}${{7777*3}}%s]]>&#60;{MARK}-ent&#62;\\"
)
RUN = "23331"  # what a template would have made of it
PAYLOADS = {
    "markup": MARKUP,
    "sql quote": f"' OR '1'='1' -- {MARK}",
    "sql union": f"{MARK}') UNION SELECT name, digest, 1, 1 FROM access_key; DROP TABLE claim; --",
    "like": "%_%",
    "fts": f'NEAR("{MARK}" *) ^ - : {{a b}} (text:',
    "tsquery": f"{MARK} & ! | <-> :* ( ''",
    "header": f"{MARK}\r\nSet-Cookie: {MARK}=1\r\n\r\n<{MARK}>",
    "path": f"../../../../etc/passwd%00{MARK}",
    "address": f"javascript:{MARK}()//",
    "elsewhere": f"//{MARK}.example/%2f..",
    "formula": f"=cmd|'/c {MARK}'!A1",
    "NUL": f"{MARK}\x00",
    "writing that turns": f"\u202e\u2066{MARK}\u200b\ufeff",
    "long": MARK * 3000,
    "number": "9" * 400,
    "log": f"{MARK}\n2026-01-01 ERROR forged",
}
# As bytes in an address, which is how nobody but an attacker writes them.
BYTES = ("%ff%fe", "%c0%af%c0%ae", "%ed%a0%80", "%", "%zz", "%u0041")


@dataclass(frozen=True)
class Harm:
    """What hostile words became."""

    address: str
    what: str

    def __str__(self) -> str:
        return f"{self.address}: {self.what}"


def harm_in(address: str, answer: httpx.Response) -> Iterator[Harm]:
    """What hostile words became in an answer: nothing, if all is well."""
    if answer.status_code >= 500 and answer.status_code != 501:
        yield Harm(address, f"answers {answer.status_code}: {answer.text[:200]}")
    for name, value in answer.headers.multi_items():
        if MARK in name.lower() or "\n" in value or "\r" in value:
            yield Harm(address, f"the header {name}: {value[:100]!r}")
    location = answer.headers.get("location", "")
    if location.startswith(("//", "/\\", "javascript:", "data:")) or f"//{MARK}" in location.partition("?")[0]:
        yield Harm(address, f"leads to {location[:100]}")
    if "root:" in answer.text[:10_000]:
        yield Harm(address, "shows a file of the machine")
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind == "text/html":
        yield from _harm_in_page(address, answer.text)
    elif kind.endswith("json") and answer.content:
        json.loads(answer.content)
    elif kind.endswith("xml") and answer.content:
        yield from _harm_in_xml(address, answer.content)


def _harm_in_page(address: str, text: str) -> Iterator[Harm]:
    if RUN in text:
        yield Harm(address, "a template ran what was written")
    for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
        # A comment has a function where an element has its name.
        name = element.tag if isinstance(element.tag, str) else "comment"
        if MARK in name or (name == "comment" and MARK in (element.text or "")):
            yield Harm(address, f"the {name} {(element.text or '')[:80]}")
        yield from _harm_in_attributes(address, name, {str(key): value for key, value in element.attrib.items()})
        if name in ("script", "style") and MARK in (element.text or ""):
            yield from _harm_in_script(address, element.get("type", ""), element.text or "")


def _harm_in_attributes(address: str, name: str, attributes: dict[str, str]) -> Iterator[Harm]:
    for key, value in attributes.items():
        runs = key.startswith("on") or key in ("style", "srcdoc")
        leads = key in (
            "href",
            "src",
            "action",
            "formaction",
            "data",
            "xlink:href",
            "{http://www.w3.org/1999/xlink}href",
        )
        bare = "".join(value.split()).lower()
        if MARK in key or (runs and MARK in value):
            yield Harm(address, f"the attribute {key}={value[:80]!r} of {name}")
        if leads and MARK in bare and bare.startswith(("javascript:", "data:text", "vbscript:", f"//{MARK}")):
            yield Harm(address, f"{name} leads to {value[:80]!r}")


def _harm_in_script(address: str, kind: str, text: str) -> Iterator[Harm]:
    if not kind.endswith("json"):
        yield Harm(address, f"a script says {text[:80]!r}")
    else:
        json.loads(text)


def _harm_in_xml(address: str, content: bytes) -> Iterator[Harm]:
    for element in ElementTree.fromstring(content).iter():
        said = [element.tag, *element.attrib] if isinstance(element.tag, str) else []
        if any(MARK in name for name in said):
            yield Harm(address, f"the element or attribute {said}")


def cells(answer: httpx.Response) -> list[str]:
    """The cells of a table, each as it was before it was guarded from being taken for a formula."""
    rows = csv.reader(io.StringIO(answer.text, newline=""))
    return [cell.removeprefix("'") for row in rows for cell in row]
