"""Folds the declared paths of a trace into branches that a person can take in: origin, carriers, then documents.

Only what a report declares itself is folded; nothing is joined across reports, so each branch is somebody's statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

Json = dict[str, Any]
LARGE = 20  # reports from which on a trace is folded, so that it can be taken in at once
Step = tuple[str, ...]
"""Sources that stand at one place of a chain; several where a document quotes them together."""


@dataclass(slots=True)
class Branch:
    """A step, the reports that pass through it, what it was passed on to, and the documents that end here.

    ``published`` holds by publisher the reports that take it from here directly.
    """

    step: Step
    reports: dict[str, Json] = field(default_factory=dict)
    onward: dict[Step, Branch] = field(default_factory=dict)
    published: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))

    @property
    def name(self) -> str:
        """What the step is called.

        >>> Branch(("Interfax", "RIA", "Tass")).name
        'Interfax + RIA + Tass, quoted together'
        """
        return self.step[0] if len(self.step) == 1 else f"{' + '.join(self.step)}, quoted together"

    @property
    def own(self) -> bool:
        """Whether the origin is the publisher itself, so that nothing was relayed."""
        return not self.onward and set(self.published) == {self.name}


def branches(reports: Iterable[Json]) -> dict[tuple[str, str], Branch]:
    """A branch for each origin, by its name and class; only reports that assert the claim are in it.

    >>> said = {"id": "rep_1", "stance": "asserts", "publisher": "Tass", "origin_classes": ["named"],
    ...         "paths": [["Interior Ministry", "Khabar 24", "Tass"]]}
    >>> found = branches([said])["Interior Ministry", "named"]
    >>> found.name, list(found.onward), list(found.onward[("Khabar 24",)].published)
    ('Interior Ministry', [('Khabar 24',)], ['Tass'])
    """
    roots: dict[tuple[str, str], Branch] = {}
    for report in reports:
        if report["stance"] != "asserts":
            continue
        declared: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
        for path, cls in zip(report["paths"], report["origin_classes"], strict=True):
            declared[path[0], cls].append(path)
        for origin, paths in declared.items():
            root = roots.setdefault(origin, Branch((origin[0],)))
            for steps in together(paths):
                _follow(root, steps, report)
    return roots


def together(paths: Sequence[Sequence[str]]) -> list[list[Step]]:
    """Paths of one report from one origin, those that differ at a single place made one.

    >>> together([["Azirbek", "Tass", "AFP"], ["Azirbek", "RIA", "AFP"]])
    [[('Azirbek',), ('RIA', 'Tass'), ('AFP',)]]
    """
    found: list[tuple[Step, ...]] = sorted({tuple((name,) for name in path) for path in paths})
    for place in range(1, max(map(len, found), default=0) - 1):
        alike: dict[tuple[tuple[Step, ...], tuple[Step, ...]], set[str]] = defaultdict(set)
        for steps in found:
            if place < len(steps) - 1:
                alike[steps[:place], steps[place + 1 :]].update(steps[place])
        ended = [steps for steps in found if place >= len(steps) - 1]
        found = ended + [(*before, tuple(sorted(names)), *after) for (before, after), names in alike.items()]
    return [list(steps) for steps in found]


def large(document: Json) -> bool:
    """Whether so many reports state the claim that its trace is folded."""
    return len([report for report in document["reports"] if report["stance"] == "asserts"]) >= LARGE


def hops(before: Step, after: Step) -> list[tuple[str, str]]:
    """The hops between two steps."""
    return list(product(before, after))


def by_size(found: Iterable[Branch]) -> list[Branch]:
    """Branches, those with most reports first."""
    return sorted(found, key=lambda branch: (-len(branch.reports), branch.name))


def _follow(root: Branch, steps: Sequence[Step], report: Json) -> None:
    branch = root
    branch.reports[report["id"]] = report
    for step in steps[1:-1]:
        branch = branch.onward.setdefault(step, Branch(step))
        branch.reports[report["id"]] = report
    if report not in branch.published[report["publisher"]]:
        branch.published[report["publisher"]].append(report)
