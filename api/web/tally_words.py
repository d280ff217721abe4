"""What a tally's page says in sentences: made from counts, never from impressions, and without a sum or a winner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.web.drawing.ledger_scene import Repeat, told_of
from api.web.drawing.ledger_scene import scope_titles as counted_by
from api.web.words import counted, date, listed, plain, sentence
from provenance.answers import TallyItem
from provenance.answers_ledger import LedgerBetween, LedgerFigure, LedgerScope, TallyLedger, TallySeries
from provenance.quantity import Answer as Comparable
from provenance.vocabulary import FigureStatus, OriginClass

DIFFERS = {
    "measure": "what is counted differs",
    "counted": "who is counted differs",
    "place": "the place differs",
    "period": "the time over which is counted differs",
    "cumulative": "one includes earlier counts and the other does not",
    "unit": "the unit differs",
    "quantity": "a number could not be read",
}
MISSING = {
    "measure": "it is not stated what is counted",
    "counted": "it is not stated who is counted",
    "place": "the place is not stated",
    "period": "it is not stated over what time is counted",
    "cumulative": "it is not stated whether earlier counts are included",
    "unit": "the unit is not stated",
    "quantity": "a number could not be read",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of a ledger that count the same, with what keeps them apart from those of the first group."""

    title: str
    apart: str | None
    within: str | None
    figures: tuple[LedgerFigure, ...]


@dataclass(frozen=True, slots=True)
class Whose:
    """With whom a figure begins: a name, in how many reports' words if nobody is named, and where to read on."""

    name: str
    id: str
    kind: str | None
    times: int


def lead(ledger: TallyLedger, series: TallySeries) -> str:
    """The page in one sentence; linked sources count once, and nobody at all is no source."""
    if not ledger.figures:
        return "No figure of this tally is held."
    given = {one.party for one in series.series if one.established}
    sources = f" from {counted(len(given), 'source or group', 'sources or groups')} of linked sources" if given else ""
    none = "" if len(ledger.figures) == 1 else ". None is preferred, and nothing is added up"
    return f"{counted(len(ledger.figures), 'figure')}{sources}{none}."


def whose(figure: LedgerFigure) -> list[Whose]:
    """Whose count a figure is, those who can be established first; words that identify nobody are told once."""
    times = Counter(
        (origin.source, origin.source_id, origin.origin_class, origin.established) for origin in figure.origins
    )
    told = [
        Whose(name, public_id, None if kind is OriginClass.NAMED else plain(kind), number)
        for (name, public_id, kind, established), number in sorted(times.items(), key=lambda one: not one[0][3])
    ]
    return list({(one.name, one.kind): one for one in reversed(told)}.values())[::-1]


def given_for(text: str) -> str:
    """The moment that a figure is given for, with its dates as readers write them.

    >>> given_for("before 2022-03-14"), given_for("2022-01")
    ('before 14 March 2022', 'January 2022')
    """
    return DATE.sub(lambda found: date(found.group()), text)


DATE = re.compile(r"\b\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?)?\b")


def sentences(ledger: TallyLedger, repeats: Sequence[Repeat] = ()) -> Iterator[str]:
    """What else there is to know before the figures are looked at."""
    gone = [figure for figure in ledger.figures if figure.status in (FigureStatus.RETRACTED, FigureStatus.DENIED)]
    for figure in gone:
        yield f"“{figure.text}” ({date(figure.published_at and figure.published_at[:10])}) was {TAKEN[figure.status]}."
    for figure in ledger.figures:
        if again := [repeat for repeat in repeats if repeat.claim == figure.claim]:
            yield f"{counted(len(again), 'report repeats', 'reports repeat')} “{figure.text}” {told_of(again)}."
    nobody = sum(not any(party.established for party in figure.parties) for figure in ledger.figures)
    if nobody:
        yield f"Behind {counted(nobody, 'figure')} stands nobody who can be established."
    replaced = [figure.text for figure in ledger.figures if figure.status is FigureStatus.SUPERSEDED]
    if replaced:
        yield f"Later statements replaced {listed([f'“{text}”' for text in replaced], most=6)}."
    if len(ledger.scopes) > 1:
        yield f"They count {len(ledger.scopes)} different things, which are shown apart."
    excluding = sum(figure.contradictions for figure in ledger.figures) // 2
    if excluding:
        yield f"{counted(excluding, 'pair')} of figures that count the same exclude each other."


TAKEN = {FigureStatus.RETRACTED: "withdrawn", FigureStatus.DENIED: "denied by its own source"}


def groups(ledger: TallyLedger) -> list[Group]:
    """The figures by what they count, most first."""
    order = sorted(range(len(ledger.scopes)), key=lambda place: -ledger.scopes[place].figures)
    between = {frozenset((found.one, found.other)): found for found in ledger.comparisons}
    titles = scope_titles(ledger.scopes)
    return [
        Group(
            title=titles[place],
            apart=_against(between, order[0], place) if place != order[0] else None,
            within=_against(between, place, place) if ledger.scopes[place].figures > 1 else None,
            figures=tuple(figure for figure in ledger.figures if figure.scope == place),
        )
        for place in order
    ]


def scope_titles(scopes: Sequence[LedgerScope]) -> list[str]:
    """What each scope counts, told by what makes it differ from the others."""
    return [sentence(words) or "The figures" for words in counted_by(scopes)]


def _against(between: Mapping[frozenset[int], LedgerBetween], one: int, other: int) -> str | None:
    found = between.get(frozenset((one, other)))
    return reason(found.answer, found.field) if found else None


def reason(answer: Comparable, field: str | None) -> str | None:
    """Why two figures cannot be compared; None where they can.

    >>> reason(Comparable.NO, "counted"), reason(Comparable.UNKNOWN, "period"), reason(Comparable.YES, None)
    ('who is counted differs', 'it is not stated over what time is counted', None)
    """
    if answer is Comparable.YES or field is None:
        return None
    return (DIFFERS if answer is Comparable.NO else MISSING).get(field, field)


def counts_what(tally: TallyItem) -> str:
    """What is counted, in a line.

    >>> counts_what(TallyItem(id="tal_1", title="Attackers killed", event="evt_1", event_title="Unrest", claims=2,
    ...                       measure="killed", counted="attackers", place="Almaty", period="2022-01", cumulative=True))
    'Killed; who: attackers; where: Almaty; when: January 2022'
    """
    told = [
        sentence(tally.measure),
        f"who: {tally.counted or 'not stated'}",
        f"where: {tally.place or 'not stated'}",
        f"when: {date(tally.period, unknown='not stated')}",
    ]
    return "; ".join(told)


RUNS = {
    True: "each figure includes the earlier ones",
    False: "each figure stands for itself",
    None: "whether figures include the earlier ones is not stated",
}
