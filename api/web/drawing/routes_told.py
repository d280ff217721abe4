"""The routes of a chain in words: for those who do not see the picture, for narrow screens, and for looking up names.

Nothing is folded here: every source of every route stands by name, with its documents, dates and what was taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from api.web.drawing.chain_parts import NOBODY, Box, ChainGraph, Kind
from api.web.drawing.chain_routes import First, Leg, Names, Route, joint, taken_back
from api.web.links import link
from api.web.words import counted, date, listed, plain, sentence, short_date
from provenance.vocabulary import Manner

MOST_NAMED = 20  # documents of one route; the others stand among the reports of the page
MOST_CARRIERS = 3  # under one source on a narrow screen


@dataclass(frozen=True, slots=True)
class Way:
    """The routes that go through the same carriers so far, and how they go on."""

    names: Names
    routes: tuple[Route, ...]
    depth: int

    @property
    def documents(self) -> int:
        """The different documents at the ends of the routes."""
        return len({route.report.document for route in self.routes})

    @property
    def ends(self) -> tuple[Route, ...]:
        """The routes whose next stop is the document."""
        return tuple(route for route in self.routes if len(route.steps) == self.depth)

    @property
    def onward(self) -> tuple[Way, ...]:
        """The ways through each next carrier, the most documents first."""
        found: dict[Names, list[Route]] = {}
        for route in self.routes:
            if len(route.steps) > self.depth:
                found.setdefault(route.steps[self.depth], []).append(route)
        ways = (Way(names, tuple(routes), self.depth + 1) for names, routes in found.items())
        return tuple(sorted(ways, key=lambda way: -way.documents))

    @property
    def leg(self) -> Leg:
        """How the last carrier so far has it: of all its routes together."""
        legs = [route.legs[self.depth - 1] for route in self.routes]
        return replace(joint(legs), cut=next((leg.cut for leg in legs if leg.cut), None))


def ways_of(graph: ChainGraph) -> tuple[tuple[str | None, tuple[tuple[First, Box, Way], ...]], ...]:
    """Who is named first, by group as on the picture, each with its ways."""
    boxes = {name: box for box in graph.boxes if box.column == 0 for name in box.names}
    found: dict[First, list[Route]] = {}
    for route in graph.routes:
        found.setdefault(route.first, []).append(route)
    told = [
        (first, boxes[first.name or NOBODY], Way((first.name or NOBODY,), tuple(routes), 0))
        for first, routes in found.items()
    ]
    told.sort(key=lambda entry: -entry[2].documents)
    groups = dict.fromkeys(box.group for box in graph.boxes if box.column == 0)
    return tuple((group, tuple(entry for entry in told if entry[1].group == group)) for group in groups)


def told(graph: ChainGraph, sources: Mapping[str, str]) -> Markup:
    """All routes as nested lists: who is named first, through whom, and where it was published."""
    parts = []
    for group, firsts in ways_of(graph):
        heading = _heading(group) or "Sources that are not linked to another one here"
        items = Markup("").join(_first(first, way, sources) for first, _, way in firsts)
        parts.append(Markup("<p><strong>{}</strong></p><ul>{}</ul>").format(heading, items))
    return Markup("").join([*parts, aside(graph)])


def narrow(graph: ChainGraph, sources: Mapping[str, str]) -> Markup:
    """The picture for a narrow screen: who is named first with a bar each, its greatest carriers below."""
    parts = []
    for group, firsts in ways_of(graph):
        linked = any(box.linked for _, box, _ in firsts)
        items = Markup("").join(_bar_of(first, box, way, graph.documents, sources) for first, box, way in firsts)
        heading = Markup('<p class="who">{}</p>').format(_heading(group)) if group else ""
        css = "linked" if linked else "other"
        parts.append(Markup('<div class="{}">{}<ul>{}</ul></div>').format(css, heading, items))
    publishers = len({route.report.publisher for route in graph.routes})
    many = any(box.kind is Kind.DOCUMENTS for box in graph.boxes)
    once = {route.report.document: route for route in graph.routes}
    end = Markup('<p class="end"><strong>{}</strong> of {}{}</p>').format(
        counted(graph.documents, "document"),
        counted(publishers, "publisher"),
        "" if many else Markup(": {}").format(_published(tuple(once.values()))),
    )
    return Markup(
        '<div class="chain-narrow"><p class="h">Named first</p>{}<p class="h">Published in</p>{}{}</div>'
    ).format(Markup("").join(parts), end, aside(graph))


def aside(graph: ChainGraph, drawn: bool = False) -> Markup:
    """What the picture leaves out, and who took which hops back; they are dashed where they are drawn."""
    begin = "Dashed: taken" if drawn else "Taken"
    cuts = {(band.cut.by, band.cut.at): set[str]() for band in graph.bands if band.cut}
    for band in graph.bands:
        if band.cut:
            cuts[(band.cut.by, band.cut.at)] |= {graph.routes[place].report.document for place in band.routes}
    rows = [
        f"{begin} back by {by}{', ' + date(at) if at else ''} ({counted(len(documents), 'document')})."
        for (by, at), documents in cuts.items()
    ]
    rows += [f"Not on these routes: {listed(graph.beside)}."] if graph.beside else []
    rows += [f"{sentence(graph.narrow)}."] if graph.narrow and not drawn else []
    return Markup("").join(Markup('<p class="aside">{}</p>').format(row) for row in rows)


def _heading(group: str | None) -> str:
    return (group or "").replace(":\n", ": ").replace("\n", " – ")


def _first(first: First, way: Way, sources: Mapping[str, str]) -> Markup:
    name = first.name or NOBODY
    notes = [note for note in _notes(first) if note]
    words = f"{' (' + ', '.join(notes) + ')' if notes else ''}: "
    told_first = "named first in " if first.name else ""
    return Markup("<li>{}{}{}{}{}</li>").format(
        _source(name, sources), words, told_first, counted(way.documents, "document"), _rest(way, sources)
    )


def _notes(first: First) -> Iterable[str]:
    if first.name and first.cls.value != "named":
        yield plain(first.cls)
    if first.disowned:
        yield "denies having said so"
    if first.withdrawn:
        yield "taken back"


def _rest(way: Way, sources: Mapping[str, str]) -> Markup:
    """How a way goes on: through carriers, and to documents without any more."""
    items = [_carrier(onward, sources) for onward in way.onward]
    if way.ends:
        how = "no carrier between; published" if way.depth == 0 else "published"
        items.append(Markup("<li>{} in {}</li>").format(how, _published(way.ends)))
    if len(items) == 1 and way.ends and way.depth:
        return Markup(", published in {}").format(_published(way.ends))
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


def _carrier(way: Way, sources: Mapping[str, str]) -> Markup:
    names = Markup(listed([str(_source(name, sources)) for name in way.names]))
    leg = way.leg
    notes = [*(["quoted together"] if len(way.names) > 1 else []), *_how(leg)]
    return Markup("<li>through {}{}: {}{}</li>").format(
        names, f" ({'; '.join(notes)})" if notes else "", counted(way.documents, "document"), _rest(way, sources)
    )


def _how(leg: Leg) -> Iterable[str]:
    """How and since when a hop is held, and who took it back."""
    manners = [plain(manner) for manner in leg.manners if manner is not Manner.VIA]
    if manners:
        yield listed(manners, most=3)
    if leg.first_seen:
        yield f"first {short_date(leg.first_seen)}"
    if leg.cut:
        yield taken_back(leg.cut)


def _published(routes: Sequence[Route]) -> Markup:
    """The documents at the end, by publisher and date; a hop that was taken back says so."""
    shown = [_document(route) for route in routes[:MOST_NAMED]]
    rest = len(routes) - len(shown)
    more = [Markup('<a href="#reports">{}</a>').format(counted(rest, "more document"))] if rest else []
    return Markup(", ").join([*shown, *more])


def _document(route: Route) -> Markup:
    report, cut = route.report, route.legs[-1].cut
    back = f", {taken_back(cut)}" if cut else ""
    return Markup('<a href="{}">{}</a> ({}{})').format(
        link(report.document), report.publisher, short_date(report.published_at), back
    )


def _source(name: str, sources: Mapping[str, str]) -> Markup:
    if name not in sources:
        return escape(sentence(name) if name == NOBODY else name)
    return Markup('<a href="{}">{}</a>').format(link(sources[name]), name)


def _bar_of(first: First, box: Box, way: Way, documents: int, sources: Mapping[str, str]) -> Markup:
    notes = listed([*_notes(first)])
    carriers = way.onward[:MOST_CARRIERS]
    rest = len(way.onward) - len(carriers)
    items = [_row(f"through {listed(onward.names)}", onward.documents, documents) for onward in carriers]
    if rest:
        small = {route.report.document for onward in way.onward[MOST_CARRIERS:] for route in onward.routes}
        items.append(_row(f"through {counted(rest, 'more carrier')}", len(small), documents))
    if way.ends and way.onward:
        direct = len({route.report.document for route in way.ends})
        items.append(_row("no carrier between", direct, documents))
    return Markup("<li><span>{}{}</span> <b>{}</b>{}{}</li>").format(
        _source(first.name or NOBODY, sources),
        Markup(' <span class="note">{}</span>').format(notes) if notes else "",
        way.documents,
        _bar(way.documents, documents),
        Markup("<ul>{}</ul>").format(Markup("").join(items)) if items else "",
    )


def _row(words: str, count: int, whole: int) -> Markup:
    return Markup("<li><span>{}</span> <b>{}</b>{}</li>").format(words, count, _bar(count, whole))


def _bar(part: int, whole: int) -> Markup:
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{:.1f}" height="6"/></svg>'
    ).format(100 * part / max(1, whole))
