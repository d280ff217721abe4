"""Holds readings against gold, with the same tolerance for all: what is counted as found, right and wrong.

- A statement is found where a proposed content covers half of the union with the gold span, or one contains the other
  and the shorter has at least a third of the longer.
- A chain is right where it has as many links as the gold chain and each, in order, has the gold's name: the words of
  one name are those of the other or a part of them (token set ratio of 85 and more), be it in the words of the page or
  in the name that they were taken for. "?" is a link that names nobody; "the US and EU" may be one link or two.
- A figure is right where a proposed span overlaps the gold's and asserts the same interval; "more than 1,000" may begin
  at 1,000 or, for things that are counted, at 1,001.
- A trap is sprung by a statement that covers half of the union with it, or by a figure that begins in it and that the
  gold lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from benchmarks.extraction.gold import NOBODY, Gold, GoldFigure, GoldStatement, Stretch
from provenance.extraction.reading import FigureFound, Link, Reading, Statement
from provenance.vocabulary import ClaimKind, LinkStatus

SAME_NAME = 85
LEADING = ("the ", "a ", "an ")


@dataclass(slots=True)
class Score:
    """How many of how many; ``missed`` and ``wrong`` say which, for whoever wants to do better."""

    statements: int = 0
    found: int = 0
    proposed: int = 0
    proposed_right: int = 0
    chains_right: int = 0
    figures: int = 0
    figures_right: int = 0
    figures_proposed: int = 0
    traps: int = 0
    traps_sprung: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of gold statements that were found."""
        return share(self.found, self.statements)

    @property
    def precision(self) -> float:
        """The share of proposed statements that are gold statements, optional ones left aside."""
        return share(self.proposed_right, self.proposed)

    @property
    def chains(self) -> float:
        """The share of gold statements whose whole chain is right."""
        return share(self.chains_right, self.statements)

    def add(self, other: Score) -> None:
        """Count another text too."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def share(part: int, whole: int) -> float:
    """A part of a whole; of nothing, everything is right."""
    return part / whole if whole else 1.0


def score(gold: Gold, reading: Reading) -> Score:
    """Hold one reading against its gold."""
    result = Score(statements=len(gold.statements), figures=len(gold.figures), traps=len(gold.traps))
    said = [one for one in reading.statements if _counts(one)]
    taken: set[int] = set()
    for wanted in gold.statements:
        place = _best(wanted, said, taken)
        if place is None:
            result.missed.append(f"{wanted.name}: {gold.text[wanted.start : wanted.end]!r}")
            continue
        taken.add(place)
        result.found += 1
        if chain_right(wanted.chain, said[place].chain):
            result.chains_right += 1
        else:
            links = [(link.as_named, link.source, link.status.value) for link in said[place].chain]
            result.wrong.append(f"{wanted.name}: chain {wanted.chain} was read as {links}")
    for place, one in enumerate(said):
        if place not in taken and _aside(one, gold):
            continue
        result.proposed += 1
        result.proposed_right += place in taken
        if place not in taken:
            result.wrong.append(f"proposed ({one.rule}): {one.content.text!r}")
    _score_figures(gold, reading, result)
    for trap in gold.traps:
        if _sprung(trap, gold, said, reading.figures):
            result.traps_sprung += 1
            result.wrong.append(f"trap: {gold.text[trap.start : trap.end]!r}")
    return result


def chain_right(wanted: Sequence[str], links: Sequence[Link]) -> bool:
    """Whether a chain has exactly the names that are wanted, in order; see the head of this file."""
    if tuple(wanted) == (NOBODY,) and all(link.status is LinkStatus.UNSPECIFIED for link in links):
        return True
    apart = [name for several in wanted for name in several.split(" and ")]
    return any(
        len(names) == len(links) and all(_is(name, link) for name, link in zip(names, links, strict=True))
        for names in (wanted, apart)
    )


def _is(name: str, link: Link) -> bool:
    if name == NOBODY:
        return link.status is LinkStatus.UNSPECIFIED
    return any(_same(name, named) for named in (link.as_named, link.source) if named)


def _same(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(_bare(one), _bare(other)) >= SAME_NAME


def _bare(name: str) -> str:
    name = name.casefold().replace("’", "'").removesuffix("'s")
    return next((name.removeprefix(word) for word in LEADING if name.startswith(word)), name)


def _counts(statement: Statement) -> bool:
    """A headline that nobody is cued for and the article's own 'no information' are no attributed statements."""
    return statement.rule != "headline" and not (statement.kind is ClaimKind.ABSENCE and not statement.chain)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """How alike two spans are, from 0 to 1; a half where one is held by the other and is not far shorter."""
    shorter, longer = sorted((a[1] - a[0], b[1] - b[0]))
    inside = max(0, min(a[1], b[1]) - max(a[0], b[0])) == shorter and 3 * shorter >= longer
    return max(_alike(a, b), 0.5 if inside else 0.0)


def _alike(a: tuple[int, int], b: tuple[int, int]) -> float:
    """The share of two spans' union that both have."""
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return both / (a[1] - a[0] + b[1] - b[0] - both)


def _best(wanted: GoldStatement, said: Sequence[Statement], taken: set[int]) -> int | None:
    alike: Callable[[int], float] = lambda place: overlap(  # noqa: E731
        (wanted.start, wanted.end), (said[place].content.start, said[place].content.end)
    )
    free = [place for place in range(len(said)) if place not in taken]
    best = max(free, key=alike, default=None)
    return best if best is not None and alike(best) >= 0.5 else None


def _aside(one: Statement, gold: Gold) -> bool:
    span = (one.content.start, one.content.end)
    return any(overlap(span, (aside.start, aside.end)) >= 0.5 for aside in gold.optional)


def _score_figures(gold: Gold, reading: Reading, result: Score) -> None:
    result.figures_proposed = len(reading.figures)
    for wanted in gold.figures:
        if any(_touch(wanted, one) and _same_interval(wanted, one) for one in reading.figures):
            result.figures_right += 1
        else:
            near = [(one.text, one.low, one.high) for one in reading.figures if _touch(wanted, one)]
            result.missed.append(f"{wanted.name}: {gold.text[wanted.start : wanted.end]!r} was read as {near}")


def _touch(wanted: GoldFigure, one: FigureFound) -> bool:
    return one.start < wanted.end and wanted.start < one.end


def _same_interval(wanted: GoldFigure, one: FigureFound) -> bool:
    low = None if one.low is None else float(one.low)
    high = None if one.high is None else float(one.high)
    lows = {wanted.low} | ({wanted.low + 1} if wanted.above and wanted.low is not None else set())
    return low in lows and high == wanted.high


def _sprung(trap: Stretch, gold: Gold, said: Sequence[Statement], figures: Sequence[FigureFound]) -> bool:
    wanted = [(one.start, one.end) for one in gold.figures]
    said_there = any(_alike((trap.start, trap.end), (one.content.start, one.content.end)) >= 0.5 for one in said)
    counted_there = any(
        trap.start <= one.start < trap.end and not any(one.start < end and start < one.end for start, end in wanted)
        for one in figures
    )
    return said_there or counted_there
