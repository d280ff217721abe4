"""A chain that was laid out, as SVG: classes and attributes only, so that the page's styles colour it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from api.web.drawing.chain_labels import ABOVE, INSIDE, Line, since
from api.web.drawing.chain_layout import Group, Picture, Placed, Ribbon
from api.web.drawing.chain_parts import Band, Kind
from api.web.drawing.chain_routes import taken_back
from api.web.drawing.text_width import width
from api.web.links import link
from api.web.words import counted, date, listed, plain, short_date

THIN = 3.0  # pixels


def svg(picture: Picture, name: str, sources: Mapping[str, str], label: str) -> Markup:
    """The picture as one `<svg>` named ``label``; ``sources`` are public ids by name, for links to their pages.

    Bands and headings are hidden from screen readers: the words beside the picture tell them in order.
    """
    # Hairlines between bands would swallow those that are thin themselves.
    thin = " thin" if any(ribbon.thickness < THIN for ribbon in picture.ribbons) else ""
    parts = [
        f'<svg class="chain-svg{thin}" id="{escape(name)}" role="group" aria-label="{escape(label)}" '
        f'width="{_n(picture.width)}" height="{_n(picture.height)}" '
        f'viewBox="0 0 {_n(picture.width)} {_n(picture.height)}">',
        '<g aria-hidden="true">',
        *(f'<text class="h" x="{_n(head.x)}" y="13">{escape(head.text)}</text>' for head in picture.headings),
        *(_group(group) for group in picture.groups),
        *(_ribbon(ribbon, picture) for ribbon in picture.ribbons),
        "</g>",
        *(_box(placed, picture, sources) for placed in picture.boxes),
        "</svg>",
    ]
    return Markup("".join(parts))


def _group(group: Group) -> str:
    css = "g linked" if group.linked else "g"
    rows = "".join(
        f'<text x="{_n(group.x + 9)}" y="{_n(group.y + 17 + 16 * row)}">{escape(text)}</text>'
        for row, text in enumerate(group.lines)
    )
    return (
        f'<g class="{css}"><rect x="{_n(group.x)}" y="{_n(group.y)}" width="{_n(group.width)}" '
        f'height="{_n(group.height)}" rx="4"/>{rows}</g>'
    )


def _ribbon(ribbon: Ribbon, picture: Picture) -> str:
    band = ribbon.band
    css = " ".join(
        ["r", *(["linked"] if _linked(band, picture) else []), *(["gone"] if band.withdrawn else [])]
        + (["cut"] if band.cut else [])
    )
    told = escape(band_words(band, picture))
    shape = _arrow(ribbon) if picture.graph.plain else f'<path d="{_outline(ribbon)}"/>'
    return f'<g class="{css}" {_routes(band.routes)}><title>{told}</title>{shape}{_on_arrow(ribbon, picture)}</g>'


def _linked(band: Band, picture: Picture) -> bool:
    first = picture.graph.routes[band.routes[0]].first
    return any(box.linked and first.name in box.names and box.column == 0 for box in picture.graph.boxes)


def band_words(band: Band, picture: Picture) -> str:
    """What a band stands for, in a sentence without a full stop."""
    source, target = (picture.graph.boxes[place] for place in (band.source, band.target))
    goes = "published" if target.kind in (Kind.DOCUMENT, Kind.DOCUMENTS) else listed(target.names, most=3)
    parts = [f"{listed(source.names, most=3)} → {goes}: {counted(band.documents, 'document')}"]
    parts += [listed([plain(manner) for manner in band.manners], most=3)] if band.manners else []
    parts += [f"first held of {date(band.first_seen)}"] if band.first_seen else []
    parts += [taken_back(band.cut)] if band.cut else []
    return "; ".join(parts)


def _outline(ribbon: Ribbon) -> str:
    """The edges of a band: over its pieces to the right, and back below them."""
    there = _edge([(piece.left, piece.right, piece.top) for piece in ribbon.pieces])
    low = [(piece.right, piece.left, piece.top + ribbon.thickness) for piece in reversed(ribbon.pieces)]
    return f"M{there}L{_edge(low)}Z"


def _edge(pieces: list[tuple[float, float, float]]) -> str:
    start, end, level = pieces[0]
    parts = [f"{_n(start)} {_n(level)}"] + ([f"H{_n(end)}"] if end != start else [])
    for left, right, height in pieces[1:]:
        middle = (end + left) / 2
        parts.append(f"C{_n(middle)} {_n(level)} {_n(middle)} {_n(height)} {_n(left)} {_n(height)}")
        parts += [f"H{_n(right)}"] if right != left else []
        end, level = right, height
    return "".join(parts)


def _arrow(ribbon: Ribbon) -> str:
    """A line through the middle of a band, with a head at its end."""
    half = ribbon.thickness / 2
    *_, tip = ribbon.pieces
    pieces = [(piece.left, piece.right, piece.top + half) for piece in ribbon.pieces]
    pieces[-1] = (tip.left - 7, tip.left - 7, tip.top + half)
    x, y = _n(tip.left - 1), tip.top + half
    return f'<path class="line" d="M{_edge(pieces)}"/><path class="tip" d="M{x} {_n(y)}l-9 -5v10z"/>'


def _on_arrow(ribbon: Ribbon, picture: Picture) -> str:
    """How and since when, over and under an arrow: where it is alone at one of its ends, so that no two meet."""
    if not picture.graph.plain:
        return ""
    band, bands = ribbon.band, picture.graph.bands
    alone_at_end = sum(other.target == band.target for other in bands) == 1
    alone_at_start = sum(other.source == band.source for other in bands) == 1
    if not (alone_at_end or alone_at_start):
        return ""
    far, near = (ribbon.pieces[-2], ribbon.pieces[-1]) if alone_at_end else (ribbon.pieces[1], ribbon.pieces[0])
    start, end = (far.right, near.left) if alone_at_end else (near.right, far.left)
    rise = far.top - near.top
    if abs(rise) < 1:
        return _rows((start + end) / 2, end - start, near.top + ribbon.thickness / 2, _arrow_words(band, picture))
    # A bent arrow is level at its lonely end: the words stand there, on the side that it does not bend to.
    told = ", ".join(word for word in _arrow_words(band, picture) if word)
    if width(told, 12.5) >= (end - start) * 0.7:
        told = _arrow_words(band, picture)[0]
    words = [told] if rise > 0 else ["", told]
    middle = start + (end - start) * (0.62 if alone_at_end else 0.38)
    return _rows(middle, (end - start) * 0.7, near.top + ribbon.thickness / 2, words)


def _rows(middle: float, room: float, y: float, words: Sequence[str]) -> str:
    """Words over and under a line, those that have room."""
    return "".join(
        f'<text class="s" text-anchor="middle" x="{_n(middle)}" y="{_n(at)}">{escape(text)}</text>'
        for text, at in zip(words, (y - 7, y + 17), strict=False)
        if text and width(text, 12.5) < room
    )


def _arrow_words(band: Band, picture: Picture) -> tuple[str, str]:
    target = picture.graph.boxes[band.target]
    over = "" if not band.manners or band.manners[0].value == "via" else plain(band.manners[0])
    if band.cut:
        return over, "taken back"
    dated = band.first_seen and target.kind is not Kind.DOCUMENT
    return over, f"by {short_date(band.first_seen)}" if dated else ""


def _box(placed: Placed, picture: Picture, sources: Mapping[str, str]) -> str:
    box = placed.box
    css = " ".join(
        ["b", box.kind.name.lower(), *(["linked"] if box.linked else []), *(["doubtful"] if box.doubtful else [])]
    )
    frame = (
        f'<rect x="{_n(placed.x)}" y="{_n(placed.y)}" width="{_n(placed.width)}" height="{_n(placed.height)}" rx="2"/>'
    )
    inside = f"<title>{escape(box_words(placed))}</title>{frame}{_words(placed)}"
    target = _target(placed, picture, sources)
    if target:
        inside = f'<a href="{escape(target)}" aria-label="{escape(box_words(placed))}">{inside}</a>'
    return f'<g class="{css}" {_routes(box.routes)}>{inside}</g>'


def box_words(placed: Placed) -> str:
    """What a box stands for, in words: also the name of its link."""
    box = placed.box
    if box.kind is Kind.DOCUMENTS:
        return f"{counted(box.documents, 'document')} of {counted(len(box.names), 'publisher')}: see the reports"
    names = listed(box.names, most=12)
    if box.kind is Kind.DOCUMENT:
        return f"{names}, {date(box.first_seen)}"
    told = [*box.notes, *([since(box)] if since(box) else [])]
    return ", ".join([names, *told, f"in {counted(box.documents, 'document')}"])


def _target(placed: Placed, picture: Picture, sources: Mapping[str, str]) -> str | None:
    box = placed.box
    if box.kind is Kind.DOCUMENTS:
        return "#reports"
    if box.kind is Kind.DOCUMENT:
        return link(picture.graph.routes[box.routes[0]].report.document)
    if box.kind is Kind.MORE or len(box.names) > 1 or box.names[0] not in sources:
        return None
    return link(sources[box.names[0]])


def _words(placed: Placed) -> str:
    label = placed.label
    total = sum(line.leading for line in label.lines)
    # A tall box keeps its words near the middle, where its bands are.
    y = placed.y + max(ABOVE, (placed.height - total) / 2)
    parts = []
    for place, line in enumerate(label.lines):
        base = y + line.leading * 0.76
        parts.append(_text(line, placed.x + INSIDE, base))
        if place == 0 and label.count:
            right = _n(placed.x + placed.width - INSIDE)
            parts.append(f'<text class="c" x="{right}" y="{_n(base)}">{label.count}</text>')
        y += line.leading
    return "".join(parts)


def _text(line: Line, x: float, y: float) -> str:
    return f'<text class="{line.kind}" x="{_n(x)}" y="{_n(y)}">{escape(line.text)}</text>'


def _routes(routes: Iterable[int]) -> str:
    return f'data-r="{" ".join(str(place) for place in routes)}"'


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
