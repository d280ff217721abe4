"""Draws how a claim travelled: linked sources, their origins, the carriers, and the documents folded by publisher."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.text import Text
from rich.tree import Tree

from provenance.analysis.says import many
from provenance.cli.routes import Branch, Json, Step, branches, by_size, hops
from provenance.vocabulary import OriginClass

SHOWN = 3  # publishers that one branch names; the rest is a number
CARRIERS = 6  # branches below one branch that are drawn; the rest is a number

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

    def party(self, party: Json) -> Tree:
        """The origins that count once, with all that came through them, and the ties that join them."""
        mine = [origin for origin in self.document["origins"] if origin["party"] == party["name"]]
        found = [(origin, branch) for origin, branch in self._branches(mine)]
        reports = {report for _, branch in found for report in branch.reports}
        tree = Tree(self._party_header(party, len(reports)), guide_style="dim")
        if len(found) == 1 and not party["ties"]:
            # Its only origin is what it is called after; to say so twice would look like two.
            self._below(tree, found[0][1])
            return tree
        for origin, branch in found:
            self._origin(tree, origin, branch)
        if party["ties"]:
            _ties(tree, party["ties"])
        return tree

    def uncounted(self) -> Iterable[Tree]:
        """The origins of no party."""
        mine = [origin for origin in self.document["origins"] if origin["party"] is None]
        found = self._branches(mine)
        if not found:
            return
        reports = {report for _, branch in found for report in branch.reports}
        header = Text.assemble(("Listed, not counted", "bold yellow"), f": {many(len(reports), 'report')}")
        tree = Tree(header, guide_style="dim")
        for origin, branch in found:
            self._origin(tree, origin, branch)
        yield tree

    def _branches(self, origins: Sequence[Json]) -> list[tuple[Json, Branch]]:
        roots = branches(self.document["reports"])
        first = {(origin["source"], origin["class"]): origin for origin in reversed(origins)}
        found = [(origin, roots[key]) for key, origin in first.items() if key in roots]
        return sorted(found, key=lambda pair: (not pair[0]["established"], -len(pair[1].reports), pair[1].name))

    def _party_header(self, party: Json, reports: int) -> Text:
        linked = party["ties"] or len(party["origins"]) > 1
        origins = f"{many(len(party['origins']), 'origin')}, " if linked else ""
        header = Text.assemble(
            ("Linked sources: " if linked else "One source: ", "bold"),
            (party["name"], "bold cyan"),
            f" ({origins}{many(reports, 'report')})",
        )
        if any(party["name"] in (point.get("party"), point.get("source")) for point in self.document["chokepoints"]):
            header.append(" [all routes pass through]", "bold magenta")
        if not party["established"]:
            header.append(" [not counted: nobody is identified]", "yellow")
        return header

    def _origin(self, tree: Tree, origin: Json, branch: Branch) -> None:
        style = "bold green" if origin["established"] else "yellow"
        if branch.own:
            label = Text(_leaf(branch.name, branch.published[branch.name]), style)
        else:
            label = Text.assemble((branch.name, style), f" ({many(len(branch.reports), 'report')})")
        cls = OriginClass(origin["class"])
        if not origin["established"]:
            label.append(f" [{self._why_not(origin, branch, cls)}]", "yellow")
        elif cls is not OriginClass.NAMED:
            label.append(f" [{cls.replace('_', ' ')}]", "dim")
        self._mark(label, branch.step)
        below = tree.add(label)
        if not branch.own:
            self._below(below, branch)

    def _why_not(self, origin: Json, branch: Branch, cls: OriginClass) -> str:
        if origin.get("withdrawn"):
            return "withdrawn"
        if cls is OriginClass.NOT_STATED:
            return "names nobody" if branch.own else "origin not stated, last named carrier"
        return f"not counted: {NOT_ESTABLISHED.get(cls, 'not established')}"

    def _below(self, tree: Tree, branch: Branch) -> None:
        onward = by_size(branch.onward.values())
        shown = onward if self.every else onward[:CARRIERS]
        for further in shown:
            label = Text.assemble(further.name, f" ({many(len(further.reports), 'report')})")
            self._mark(label, further.step)
            self._mark_hop(label, branch.step, further.step)
            self._below(tree.add(label), further)
        rest = {report for further in onward[len(shown) :] for report in further.reports}
        if rest:
            more = many(len(onward) - len(shown), "more carrier")
            tree.add(Text(f"… and {more} ({many(len(rest), 'report')})", "dim"))
        self._published(tree, branch)

    def _published(self, tree: Tree, branch: Branch) -> None:
        publishers = sorted(branch.published.items(), key=lambda pair: (-len(pair[1]), _date(pair[1]), pair[0]))
        # One more line is no longer than the line that would say so.
        shown = publishers if self.every or len(publishers) <= SHOWN + 1 else publishers[:SHOWN]
        for name, reports in shown:
            label = Text(_leaf(name, reports))
            self._mark_hop(label, branch.step, (name,))
            tree.add(label)
        if len(shown) < len(publishers):
            tree.add(Text(f"… and {len(publishers) - len(shown)} more", "dim"))

    def _mark(self, label: Text, step: Step) -> None:
        if any(point.get("source") in step for point in self.document["chokepoints"]):
            label.append(" [all routes pass through]", "bold magenta")

    def _mark_hop(self, label: Text, before: Step, after: Step) -> None:
        between = hops(before, after)
        edges = [edge for edge in self.document["edges"] if (edge["upstream"], edge["downstream"]) in between]
        for why in dict.fromkeys(_cut(edge["cut"]) for edge in edges if edge["cut"]):
            label.append(f" [cut: {why}]", "bold red")
        if edges and not any(edge["stated"] for edge in edges):
            label.append(" [concluded by an editor]", "dim")


def _cut(cut: Json) -> str:
    who = "" if cut["by"] in cut["reason"] else f" by {cut['by']}"
    return f"{cut['reason']}{who}{', ' + cut['at'] if cut['at'] else ''}"


def _ties(tree: Tree, ties: Sequence[Json]) -> None:
    cited = sum(tie["basis"] == "cited" for tie in ties)
    header = f"joined by {many(len(ties), 'tie')}: {cited} cited, {len(ties) - cited} only commonly known"
    joined = tree.add(Text(header, "italic"))
    for tie in ties:
        joined.add(Text(f"{tie['says']}{', undated' if tie['undated'] else ''}", "dim"))


def _leaf(name: str, reports: Sequence[Json]) -> str:
    figures = list(dict.fromkeys(report["figure"] for report in reports if report["figure"]))
    documents = len({report["document"] for report in reports})
    parts = [_date(reports)] if reports[0]["published_at"] else []
    parts += [f"“{figure}”" for figure in figures]
    parts += [f"{documents} documents"] if documents > 1 else []
    return ", ".join([name, *parts])


def _date(reports: Sequence[Json]) -> str:
    return min((report["published_at"] for report in reports if report["published_at"]), default="9999")[:10]
