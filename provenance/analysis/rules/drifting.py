"""What the rules about drift say alike: who differs from whom, in what, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from provenance.analysis.drift import Drift, Side
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Row
from provenance.analysis.rules.words import MOST_ROWS, counted, either, listed, quoted, share
from provenance.vocabulary import Sureness

MOST_SHOWN = 3
CLEARS = (
    "The page is corrected and its new text recorded, or what was recorded of one of the two is found to be wrong and "
    "put right."
)


def found(picture: ClaimPicture, drifted: Sequence[Drift], what: str) -> Iterator[Finding]:
    """One finding for all reports of a claim that differ in one matter; those that only may differ are told apart."""
    if not drifted:
        return
    firm = [one for one in drifted if one.sure is not Sureness.POSSIBLE]
    sure = {one.report for one in firm}
    maybe = [one for one in drifted if one.sure is Sureness.POSSIBLE and one.report not in sure]
    yield Finding(
        reason=" ".join(filter(None, (_firmly(picture, firm, what), _possibly(maybe, what, after=bool(firm))))),
        clears_when=CLEARS,
        rows=_rows(drifted),
        figures=tuple(_figures(picture, drifted)),
    )


def _firmly(picture: ClaimPicture, drifted: Sequence[Drift], what: str) -> str | None:
    if not drifted:
        return None
    reports = len({one.report for one in drifted})
    compared = f"{either(reports, 'differs', 'differ')} in {what} from what {either(reports, 'it is', 'they are')}"
    return f"{share(reports, len(picture.asserting), 'report')} {compared} compared with: {_shown(drifted)}."


def _possibly(drifted: Sequence[Drift], what: str, *, after: bool) -> str | None:
    if not drifted:
        return None
    reports = len({one.report for one in drifted})
    more = counted(reports, "other report" if after else "report")
    return f"It is possible that {more} {either(reports, 'differs', 'differ')} in {what}: {_shown(drifted)}."


def _shown(drifted: Sequence[Drift]) -> str:
    said = (f"{quoted(one.from_)} became {quoted(one.to)} ({one.after.where})" for one in drifted)
    return listed(said, most=MOST_SHOWN)


def _rows(drifted: Sequence[Drift]) -> tuple[Row, ...]:
    sides = [(one.after, one.to) for one in drifted] + [(one.before, one.from_) for one in drifted]
    rows = {row.id: row for row in reversed([_row(side, words) for side, words in sides])}
    return tuple(reversed(rows.values()))[:MOST_ROWS]


def _row(side: Side, words: str) -> Row:
    noun, id = ("report", side.report) if side.figure is None else ("figure", side.figure)
    return Row(noun, id, f"{side.where}: {quoted(words)}")


def _figures(picture: ClaimPicture, drifted: Iterable[Drift]) -> Iterator[int]:
    """The figures that it is about: the one that differs, or all that a differing report prints."""
    about = {one.figure for one in drifted}
    reports = {one.report for one in drifted if one.figure is None}
    for report in picture.asserting:
        yield from (figure.id for figure in report.figures if figure.id in about or report.public_id in reports)
