"""Figures that are words, with what each policy makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.picture import ClaimPicture, FigureView
from provenance.analysis.rule import Finding, Row, Rule
from provenance.analysis.rules.words import (
    MOST_NAMES,
    MOST_ROWS,
    either,
    keys,
    printed,
    quoted,
    share,
    tallied,
    where,
)
from provenance.quantity import POLICIES, Interval, interval
from provenance.vocabulary import Qualifier


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all figures whose qualifier is `vague`."""
    figures = printed(picture.asserting)
    vague = [figure for figure in figures if figure.qualifier is Qualifier.VAGUE]
    if not vague:
        return
    yield Finding(
        reason=(
            f"{share(len(vague), len(figures), 'figure')} {either(len(vague), 'is a word', 'are words')} and not "
            f"{either(len(vague), 'a number', 'numbers')}: {tallied(words(figure) for figure in vague)}. "
            f"{' '.join(readings(vague))}"
        ),
        clears_when="The source gives a number, and reports that print it replace these.",
        rows=rows(picture),
        figures=keys(vague),
    )


def readings(vague: list[FigureView]) -> list[str]:
    """One sentence for each wording, with its interval under every policy; wordings read alike share one."""
    alike: dict[str, dict[str, None]] = {}
    for figure in vague:
        alike.setdefault(under_each_policy(figure), {})[words(figure)] = None
    return [f"{joined(list(wordings))} {reads}." for reads, wordings in list(alike.items())[:MOST_NAMES]]


def joined(wordings: list[str]) -> str:
    shown = wordings if len(wordings) <= MOST_NAMES else [*wordings[:MOST_NAMES], "…"]
    return f"{', '.join(shown)} {either(len(wordings), 'reads', 'read')}"


def under_each_policy(figure: FigureView) -> str:
    quantity = figure.measured.quantity
    return ", ".join(f"{bounds(interval(quantity, policy))} under {name}" for name, policy in POLICIES.items())


def bounds(read: Interval) -> str:
    match read:
        case Interval(low=None, high=None):
            return "no interval"
        case Interval(low=low, high=None):
            return f"{low:,} or more"
        case Interval(low=None, high=high):
            return f"{high:,} or fewer"
        case Interval(low=low, high=high) if low == high:
            return f"{low:,}"
        case Interval(low=low, high=high):
            return f"{low:,} to {high:,}"


def words(figure: FigureView) -> str:
    return quoted(figure.text.casefold())


def rows(picture: ClaimPicture) -> tuple[Row, ...]:
    pairs = [(f, r) for r in picture.asserting for f in r.figures if f.qualifier is Qualifier.VAGUE]
    return tuple(
        Row("figure", f.public_id, f"{quoted(f.text)} in {where(r)}: {under_each_policy(f)}")
        for f, r in pairs[:MOST_ROWS]
    )


RULE = Rule(
    key="vague_figure",
    version=1,
    title="A word instead of a number",
    finds="Figures such as “dozens” or “several”, with the interval that each named policy reads into them.",
    why=(
        "A word can only be compared or added up under a convention, and conventions differ. A database that stores "
        "one number for it has made a number up."
    ),
    example=(
        "“Dozens eliminated”: 24 or more under the policy plain, 12 under the coding rules of acled. The speaker never "
        "gave a number."
    ),
    clears_when="The source gives a number, and reports that print it replace those with the word.",
    find=find,
)
