"""The small words that rules make sentences with, so that one report is "1 report" and two "2 reports".

Reasons are made from counts; what is listed is bounded, and the sentence says how much there is in all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from provenance import phrases
from provenance.analysis.accounts import earliest
from provenance.analysis.picture import ClaimPicture, CorrectionView, FigureView, Published, ReportView
from provenance.analysis.rule import Row
from provenance.answers import published_text
from provenance.chain import Path, Span, Tie
from provenance.phrases import counted as counted
from provenance.phrases import either as either
from provenance.ties import Groups, grouped
from provenance.vocabulary import Basis, Qualifier, TieKind

MOST_ROWS = 10
MOST_NAMES = 5


def listed(names: Iterable[str], most: int = MOST_NAMES) -> str:
    """Names in a sentence; beyond ``most`` only how many more there are.

    >>> listed(["Khabar 24", "Tass", "Interfax"]), listed("abcdef")
    ('Khabar 24, Tass and Interfax', 'a, b, c, d, e and 1 more')
    """
    return phrases.listed(names, most=most)


def tallied(names: Iterable[str]) -> str:
    """Names with how often each occurs, the most frequent first.

    >>> tallied(["Sputnik", "Khabar 24", "Khabar 24"])
    'Khabar 24 (2) and Sputnik (1)'
    """
    counts = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    return listed(f"{name} ({count})" for name, count in counts)


def share(some: int, of_all: int, noun: str) -> str:
    """How many of how many.

    >>> share(1, 1, "report"), share(2, 2, "report"), share(4, 4, "report"), share(3, 57, "report")
    ('The only report', 'Both reports', 'All 4 reports', '3 of 57 reports')
    """
    if some == of_all:
        return {1: f"The only {noun}", 2: f"Both {noun}s"}.get(some, f"All {counted(some, noun)}")
    return f"{some:,} of {counted(of_all, noun)}"


def quoted(words: str) -> str:
    """Printed words in quotation marks."""
    return f"“{' '.join(words.split())}”"


def sentence(text: str) -> str:
    """The text with a capital and a full stop.

    >>> sentence("every report names the source of its figure")
    'Every report names the source of its figure.'
    """
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def name_of(picture: ClaimPicture, actor: int) -> str:
    return picture.actors[actor].name


def chain(picture: ClaimPicture, path: Path) -> str:
    """A path as it is drawn, origin first: ``Interior Ministry → Khabar 24 → Tass``."""
    return " → ".join(name_of(picture, node.actor) for node in path.nodes)


def groups_of(picture: ClaimPicture) -> Groups:
    """Who belonged together when the claim was first published, as its analysis has it."""
    return grouped(picture.ties, picture.actors, first_published(picture))


def first_published(picture: ClaimPicture) -> Span | None:
    """When the earliest of the reports that count was published; None where no date is known."""
    return earliest(report.declared.published for report in picture.asserting)


def printed(reports: Iterable[ReportView]) -> tuple[FigureView, ...]:
    """The figures that the reports print; "no number given" is not one."""
    return tuple(f for report in reports for f in report.figures if f.qualifier is not Qualifier.NOT_GIVEN)


def keys(figures: Iterable[FigureView]) -> tuple[int, ...]:
    return tuple(figure.id for figure in figures)


def where(report: ReportView) -> str:
    """Who published the report, and when if that is known."""
    return ", ".join(filter(None, [report.publisher.name, report.published.text]))


def report_rows(reports: Sequence[ReportView], shows: Sequence[str]) -> tuple[Row, ...]:
    """The first few reports, with what is to be seen in each."""
    pairs = list(zip(reports, shows, strict=True))[:MOST_ROWS]
    return tuple(Row("report", report.public_id, f"{where(report)}: {seen}") for report, seen in pairs)


def source_row(picture: ClaimPicture, actor: int, shows: str) -> Row:
    return Row("source", picture.public_ids[actor], f"{name_of(picture, actor)}: {shows}")


def done(correction: CorrectionView) -> str:
    """What was done, by whom and when if that is known: "the disavowal by Health Ministry (2022-01-09T15:33Z)"."""
    ends = _ends(correction.took_effect)
    return f"the {correction.kind.value} by {correction.by.name}{f' ({ends})' if ends else ''}"


def _ends(date: Published) -> str | None:
    """A date in words; between two days, both of them."""
    if date.span is None:
        return None
    last = published_text(date.span.latest, date.precision)
    return date.text if last == date.text else f"between {date.text} and {last}"


def correction_row(correction: CorrectionView) -> Row:
    """A correction, with what an editor noted about it."""
    noted = f": {correction.note}" if correction.note else ""
    return Row("correction", correction.public_id, f"{sentence(done(correction)).rstrip('.')}{noted}")


def tie_row(picture: ClaimPicture, tie: Tie) -> Row:
    """A tie, shown at the source that has it."""
    known = "cited" if tie.basis is Basis.CITED else "only commonly known"
    return Row("source", picture.public_ids[tie.source], f"{tie_words(picture, tie)} ({known})")


def tie_words(picture: ClaimPicture, tie: Tie) -> str:
    """A tie as a sentence says it: "Saltanat Azirbek speaks for Almaty police"."""
    return f"{name_of(picture, tie.source)} {TIE_WORDS[tie.kind]} {name_of(picture, tie.other)}"


TIE_WORDS = {
    TieKind.SPEAKS_FOR: "speaks for",
    TieKind.PART_OF: "is part of",
    TieKind.OWNED_BY: "is owned by",
    TieKind.CONTROLLED_BY: "is controlled by",
    TieKind.EXAMINED_NO_TIE: "was examined and is not tied to",
}
