"""From a Vega-Lite specification to SVG that may stand in a page of ours.

What Vega writes is cleaned: colours stay variables of the page, fonts are the page's, links stay on this machine, every
mark with a description gets it as a title, and nothing is left that a strict content policy forbids.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import vl_convert
from markupsafe import Markup

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
# Vega puts an address of its own before a link without a host; this one is taken away again.
OURS = "http://page.invalid"
VERSION = "v6.4"
DROPPED = frozenset(
    {
        "font-family",
        "style",
        "aria-roledescription",
        "aria-hidden",
        "pointer-events",
        "stroke-miterlimit",
        "role",
        "aria-label",
    }
)


def local(address: str) -> str:
    """An address of a page as a specification writes it, so that the drawing links to that page."""
    return OURS + address


def drawn(specification: dict[str, Any], css: str, label: str) -> Markup:
    """The plot as one `<svg>` with the class ``css``, named ``label`` for those who do not see it.

    It takes about 35 ms, so what was drawn is kept by its content.
    """
    return _drawn(json.dumps(specification, sort_keys=True), css, label)


@lru_cache(maxsize=256)
def _drawn(specification: str, css: str, label: str) -> Markup:
    root = ElementTree.fromstring(vl_convert.vegalite_to_svg(specification, vl_version=VERSION, allowed_base_urls=[]))
    _clean(root)
    for name in ("width", "height", "version", "class"):
        root.attrib.pop(name, None)
    _, _, wide, high = (float(part) for part in root.attrib["viewBox"].split())
    root.attrib.update(
        {"class": css, "role": "group", "aria-label": label, "width": f"{wide:g}", "height": f"{high:g}"}
    )
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    return Markup(_fewer_digits(ElementTree.tostring(root, encoding="unicode")))


def _clean(element: ElementTree.Element) -> None:
    described = element.attrib.get("aria-label")
    kept = {name: value for name, value in element.attrib.items() if name not in DROPPED}
    kind = kept.pop("class", "")
    element.attrib.clear()
    element.attrib.update(kept)
    for child in list(element):
        _clean(child)
        if _draws_nothing(child):
            element.remove(child)
    if XLINK in element.attrib:
        _link(element)
    elif described and "role-mark" not in kind and "role-axis" not in kind and element.tag != f"{SVG}g":
        title = ElementTree.Element(f"{SVG}title")
        title.text = described
        element.insert(0, title)


def _link(element: ElementTree.Element) -> None:
    """A link with the title of its mark as its name."""
    element.attrib["href"] = element.attrib.pop(XLINK).removeprefix(OURS)
    element.attrib.pop("target", None)
    title = element.find(f".//{SVG}title")
    if title is not None and title.text:
        element.attrib["aria-label"] = title.text


def _draws_nothing(element: ElementTree.Element) -> bool:
    """Frames and backgrounds that Vega writes for its own sake."""
    if element.tag == f"{SVG}g":
        return len(element) == 0
    if element.tag != f"{SVG}path":
        return False
    painted = element.attrib.get("fill") or element.attrib.get("stroke")
    return element.attrib.get("display") == "none" or not painted or not element.attrib.get("d")


def _fewer_digits(text: str) -> str:
    return LONG.sub(lambda found: f"{float(found.group()):.1f}".removesuffix(".0"), text)


LONG = re.compile(r"(?<![\w.])-?\d+\.\d{2,}(?=[\s,)\"a-zA-Z-])")
