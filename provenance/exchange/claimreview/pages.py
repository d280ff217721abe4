"""Finds ClaimReview markup in a whole page: in its JSON-LD scripts, and in simple microdata.

Nothing in a page is run, fetched or expanded; what is broken in one script is told with the script's number.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree, html

from provenance.errors import InvalidInput
from provenance.exchange.claimreview.plain import Fields, at, from_json, wrong

TYPE = "application/ld+json"
COMMENTED = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|(?://\s*)?<!\[CDATA\[)"
    r"|(?:-->|/\*\s*\]\]>\s*\*/|(?://\s*)?\]\]>)\s*$"
)
# A script whose first quotation mark is escaped was put into the page as if it were text of it.
ESCAPED = re.compile(r"[\s\[{]*&(?:quot|#0*34|#[xX]0*22);", re.ASCII)
# The attributes in which elements keep a value that readers do not see, or see otherwise.
KEPT_IN = {
    **dict.fromkeys(("a", "link", "area"), "href"),
    **dict.fromkeys(("img", "audio", "video", "source"), "src"),
    **dict.fromkeys(("data", "meter"), "value"),
    "time": "datetime",
}
DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of markup in a page: its place, and what it says; or why it cannot be read.

    ``base`` is the address of the page, where the page tells it.
    """

    place: str
    found: Any = None
    broken: InvalidInput | None = None
    base: str | None = None


def blocks_of(page: str) -> list[Block]:
    """All pieces of markup in a page, in its order: scripts first, then microdata.

    :raises InvalidInput: if it is no page at all.
    """
    tree = _tree(page)
    scripts = [each for each in tree.iter("script") if (each.get("type") or "").split(";")[0].strip().lower() == TYPE]
    found = [_script(f"script.{number}", each.text or "") for number, each in enumerate(scripts)]
    items = [each for each in tree.iter() if _is_review(each)]
    found += [_item(f"microdata.{number}", each) for number, each in enumerate(items)]
    base = _base(tree)
    return [replace(block, base=base) for block in found]


def _base(tree: Any) -> str | None:
    """Where relative addresses go from: what the page says of that, else the address that it gives itself."""
    told = (
        *tree.xpath("//base/@href"),
        *tree.xpath("//link[@rel='canonical']/@href"),
        *tree.xpath("//meta[@property='og:url']/@content"),
    )
    return next((str(each).strip() for each in told if each.strip().startswith(("http:", "https:"))), None)


def _tree(page: str) -> Any:
    try:
        # A declaration of an encoding is of no use for text, and lxml refuses text that has one.
        bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\x00", "\ufffd"))
        return html.document_fromstring(bare, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.LxmlError, ValueError) as broken:
        raise wrong("body", "it is no page that can be read", "Send the HTML of a whole page.") from broken


def _script(place: str, text: str) -> Block:
    words = COMMENTED.sub("", COMMENTED.sub("", text)).strip().rstrip(";")
    if not words:
        return Block(place)
    if ESCAPED.match(words):
        words = entities.unescape(words)
    try:
        return Block(place, from_json(words, place, lenient=True))
    except InvalidInput as broken:
        return Block(place, broken=broken)


def _is_review(element: Any) -> bool:
    return (
        isinstance(element.tag, str)
        and element.get("itemscope") is not None
        and (element.get("itemtype") or "").rstrip("/").endswith("schema.org/ClaimReview")
        and element.get("itemprop") is None
    )


def _item(place: str, element: Any) -> Block:
    try:
        return Block(place, _microdata(place, element, 0))
    except InvalidInput as broken:
        return Block(place, broken=broken)


def _microdata(place: str, element: Any, depth: int) -> Fields:
    if depth > DEEPEST:
        raise wrong(place[:200], "it is nested too deeply", f"Send at most {DEEPEST} levels.")
    made: dict[str, list[Any]] = {"@type": (element.get("itemtype") or "").split()[:1]}
    if element.get("itemid"):
        made["@id"] = [element.get("itemid")]
    for child in _properties(element):
        for name in (child.get("itemprop") or "").split():
            value = (
                _microdata(at(place, name), child, depth + 1) if child.get("itemscope") is not None else _value(child)
            )
            made.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in made.items()}


def _properties(element: Any) -> Iterator[Any]:
    """The elements below that are properties of this item, and not of one inside it."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if not isinstance(child.tag, str):
            continue
        if child.get("itemprop"):
            yield child
        if child.get("itemscope") is None:
            waiting.extend(reversed(child))


def _value(element: Any) -> str:
    if element.get("content") is not None:
        return str(element.get("content"))
    said = element.get(KEPT_IN.get(element.tag, "content"))
    return str(said) if said is not None else " ".join(element.text_content().split())
