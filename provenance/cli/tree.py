"""Draws how a claim travelled: linked sources, their origins, the carriers, and the documents folded by publisher."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.text import Text
from rich.tree import Tree

from provenance.cli.layout import plain, quoted
from provenance.cli.routes import Branch, Json, Step, branches, by_size, hops, large
from provenance.phrases import counted, listed
from provenance.vocabulary import OriginClass

SHOWN = 3  # publishers that one branch names; the rest is a number
CARRIERS = 6  # branches below one branch that are drawn; the rest is a number
FEW = 2  # reports up to which a branch of a large picture is only counted

PLACEHOLDERS = (OriginClass.UNNAMED, OriginClass.COLLECTIVE)
NOT_ESTABLISHED = {
    OriginClass.NOT_STATED: "origin not stated",
    OriginClass.UNNAMED: "words that identify nobody",
    OriginClass.COLLECTIVE: "stands for several unknown carriers",
    OriginClass.ANONYMOUS_VOUCHED: "nobody is named, an outlet vouches",
    OriginClass.MATERIAL: "material that nobody has examined",
}


def trees(document: Json, every: bool = False) -> list[Tree]:
    """A tree for each party of a trace, and one for what is listed and not counted; ``every``: fold nothing."""
    drawing = _Drawing(document, every)
    return [*map(drawing.party, document["parties"]), *drawing.uncounted()]


@dataclass(slots=True)
class _Drawing:
    document: Json
    every: bool

    @property
    def folded(self) -> bool:
        """Whether small branches are only counted."""
        return not self.every and large(self.document)

    def party(self, party: Json) -> Tree:
        """The origins that count once, with all that came through them, and the ties that join them."""
        mine = [origin for origin in self.document["origins"] if origin["party"] == party["name"]]
        found = [(origin, branch) for origin, branch in self._branches(mine)]
        tree = Tree(plain(self._party_header(party, found)), guide_style="dim")
        if not self._linked(party, found):
            # Its only origin is what it is called after; to say so twice would look like two.
            self._below(tree, found[0][1])
            return tree
        for origin, branch in found:
            self._origin(tree, origin, branch)
        _ties(tree, party["ties"], "joined by")
        _ties(tree, party.get("further_ties", ()), "the others are linked by", only_counted=self.folded)
        return tree

    def _linked(self, party: Json, found: Sequence[tuple[Json, Branch]]) -> bool:
        return bool(party["ties"] or len(found) > 1 or (found and found[0][1].name != party["name"]))

    def uncounted(self) -> Iterable[Tree]:
        """The origins of no party."""
        mine = [origin for origin in self.document["origins"] if origin["party"] is None]
        found = self._branches(mine)
        if not found:
            return
        reports = {report for _, branch in found for report in branch.reports}
        header = Text.assemble(("Listed, not counted", "bold yellow"), f": {counted(len(reports), 'report')}")
        tree = Tree(plain(header), guide_style="dim")
        for origin, branch in found:
            self._origin(tree, origin, branch)
        yield tree

    def _branches(self, origins: Sequence[Json]) -> list[tuple[Json, Branch]]:
        roots = branches(self.document["reports"])
        first = {(origin["source"], origin["class"]): origin for origin in reversed(origins)}
        found = [(origin, roots[key]) for key, origin in first.items() if key in roots]
        return sorted(found, key=lambda pair: (not pair[0]["established"], -len(pair[1].reports), pair[1].name))

    def _party_header(self, party: Json, found: Sequence[tuple[Json, Branch]]) -> Text:
        linked = self._linked(party, found)
        header = Text.assemble(
            ("Linked sources: " if linked else "One source: ", "bold"),
            (party["name"], "bold cyan"),
            f" ({_named_in(found) if linked else counted(len(_reports(found)), 'report')})",
        )
        if any(party["name"] in (point.get("party"), point.get("source")) for point in self.document["chokepoints"]):
            header.append(" [all routes pass through]", "bold magenta")
        if not linked and any(origin.get("disowned") for origin, _ in found):
            header.append(" [disowned]", "bold red")
        if not party["established"]:
            header.append(" [not counted: nobody is identified]", "yellow")
        return header

    def _origin(self, tree: Tree, origin: Json, branch: Branch) -> None:
        style = "bold green" if origin["established"] else "yellow"
        if branch.own:
            label = Text(_leaf(branch.name, branch.published[branch.name]), style)
        else:
            label = Text.assemble((branch.name, style), f" ({counted(len(branch.reports), 'report')})")
        cls = OriginClass(origin["class"])
        if not origin["established"]:
            label.append(f" [{self._why_not(origin, branch, cls)}]", "yellow")
        elif cls is not OriginClass.NAMED:
            label.append(f" [{cls.replace('_', ' ')}]", "dim")
        if origin.get("disowned"):
            label.append(" [disowned]", "bold red")
        self._mark(label, branch.step)
        below = tree.add(plain(label))
        if not branch.own and (origin["established"] or not self.folded):
            self._below(below, branch)

    def _why_not(self, origin: Json, branch: Branch, cls: OriginClass) -> str:
        if origin.get("withdrawn"):
            return "withdrawn"
        if cls is OriginClass.NOT_STATED:
            return "names nobody" if branch.own else "origin not stated, last named carrier"
        if self.folded:
            return "not counted"
        return f"not counted: {NOT_ESTABLISHED.get(cls, 'not established')}"

    def _below(self, tree: Tree, branch: Branch) -> None:
        onward = by_size(branch.onward.values())
        shown = onward if self.every else [further for further in onward if not self._small(branch, further)][:CARRIERS]
        for further in shown:
            label = Text.assemble(further.name, f" ({counted(len(further.reports), 'report')})")
            self._mark(label, further.step)
            self._mark_hop(label, branch.step, further.step)
            self._below(tree.add(plain(label)), further)
        rest = [further for further in onward if further not in shown]
        publishers = self._published(tree, branch)
        if rest or publishers:
            tree.add(plain(f"… and {_left_out(rest, publishers)}", "dim"))

    def _small(self, before: Branch, branch: Branch) -> bool:
        # What was taken back is what a reader must not miss, however few reports carry it.
        return self.folded and len(branch.reports) <= FEW and not self._cuts(before.step, branch.step)

    def _published(self, tree: Tree, branch: Branch) -> int:
        """Draw those who publish from here; how many were left out."""
        publishers = sorted(branch.published.items(), key=lambda pair: (-len(pair[1]), _date(pair[1]), pair[0]))
        most = 1 if self.folded else SHOWN
        # One more line is no longer than the line that would say so.
        shown = publishers if self.every or len(publishers) <= most + 1 else publishers[:most]
        for name, reports in shown:
            label = Text(_leaf(name, reports))
            self._mark_hop(label, branch.step, (name,))
            tree.add(plain(label))
        return len(publishers) - len(shown)

    def _mark(self, label: Text, step: Step) -> None:
        if any(point.get("source") in step for point in self.document["chokepoints"]):
            label.append(" [all routes pass through]", "bold magenta")

    def _mark_hop(self, label: Text, before: Step, after: Step) -> None:
        edges = self._edges(before, after)
        for why in self._cuts(before, after):
            label.append(f" [cut: {why}]", "bold red")
        if edges and not any(edge["stated"] for edge in edges):
            label.append(" [concluded by an editor]", "dim")

    def _edges(self, before: Step, after: Step) -> list[Json]:
        between = hops(before, after)
        return [edge for edge in self.document["edges"] if (edge["upstream"], edge["downstream"]) in between]

    def _cuts(self, before: Step, after: Step) -> list[str]:
        return list(dict.fromkeys(_cut(edge["cut"]) for edge in self._edges(before, after) if edge["cut"]))


def _reports(found: Iterable[tuple[Json, Branch]]) -> set[str]:
    return {report for _, branch in found for report in branch.reports}


def _left_out(carriers: Sequence[Branch], publishers: int) -> str:
    reports = {report for carrier in carriers for report in carrier.reports}
    if not carriers:
        return f"{publishers} more"
    through = f"{counted(len(carriers), 'more carrier')} ({counted(len(reports), 'report')})"
    return f"{through}, {counted(publishers, 'more publisher')}" if publishers else through


def _named_in(found: Sequence[tuple[Json, Branch]]) -> str:
    """How many origins are named in how many reports, and how many more establish none.

    A report that names one of them and a placeholder beside is among the first.
    """
    established = [pair for pair in found if pair[0]["established"]]
    if not established:
        return f"{counted(len(found), 'origin')}, {counted(len(_reports(found)), 'report')}"
    naming = _reports(established)
    said = f"{counted(len(established), 'origin')} named in {counted(len(naming), 'report')}"
    others = _reports(found) - naming
    if not others:
        return said
    placeholders = all(origin["class"] in PLACEHOLDERS for origin, _ in found if not origin["established"])
    why = "only in words that identify nobody" if placeholders else "in which none is established"
    return f"{said}, {counted(len(others), 'more report')} {why}"


def _cut(cut: Json) -> str:
    who = "" if cut["by"] in cut["reason"] else f" by {cut['by']}"
    return f"{cut['reason']}{who}{', ' + cut['at'] if cut['at'] else ''}"


def _ties(tree: Tree, ties: Sequence[Json], how: str, only_counted: bool = False) -> None:
    if not ties:
        return
    cited = sum(tie["basis"] == "cited" for tie in ties)
    counts = [
        f"{count} {word}" for count, word in ((cited, "cited"), (len(ties) - cited, "only commonly known")) if count
    ]
    joined = tree.add(plain(f"{how} {counted(len(ties), 'tie')}{_told_apart(counts, len(ties))}", "italic"))
    for tie in () if only_counted else ties:
        joined.add(plain(f"{tie['says']}{', undated' if tie['undated'] else ''}", "dim"))


def _told_apart(counts: Sequence[str], ties: int) -> str:
    if len(counts) > 1:
        return f", {listed(counts)}"
    word = counts[0].partition(" ")[2]
    return f", {word}" if ties == 1 else f", {'both' if ties == 2 else 'all'} {word}"


def _leaf(name: str, reports: Sequence[Json]) -> str:
    figures = list(dict.fromkeys(report["figure"] for report in reports if report["figure"]))
    documents = len({report["document"] for report in reports})
    parts = [_date(reports)] if reports[0]["published_at"] else []
    parts += map(quoted, figures)
    parts += [f"{documents} documents"] if documents > 1 else []
    return ", ".join([name, *parts])


def _date(reports: Sequence[Json]) -> str:
    return min((report["published_at"] for report in reports if report["published_at"]), default="9999")[:10]
