"""Makes what is to be proposed from what was read: the claim in a sentence that stands alone, the quote, the figures.

A statement that the page puts into somebody's mouth becomes one report. So does a sentence in which the page itself
prints a figure of people who were killed, hurt or held: that is what people come to check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from provenance.errors import InvalidInput
from provenance.extraction.reading import DateFound, FigureFound, Link, Reading, Span, Statement, Zone
from provenance.extraction.resolving.wording import PRONOUNS
from provenance.ingestion.loading.words import one_line
from provenance.storage.claim import ClaimBase
from provenance.storage.figure import FigureBase
from provenance.storage.words import fold
from provenance.storage.writes.figures import check_figure
from provenance.vocabulary import (
    ClaimKind,
    DateBasis,
    DatePrecision,
    FigureKind,
    LinkStatus,
    Stance,
    TimeBasis,
    ZoneKind,
)

FLOOR = 0.3  # a statement below this confidence is more often wrong than right
OWN_VOICE = "own_voice"
LONGEST_CLAIM = 2000
LONGEST_SPEAKER = 200

# Roles that the page itself may report: what happened to people, not how many live or gathered somewhere.
SUFFERED_WORDS = (
    "killed injured eliminated arrested detained missing evacuated displaced infected hospitalised rescued kidnapped "
    "executed charged convicted released"
)
SUFFERED = frozenset(SUFFERED_WORDS.split())
COUNTING = frozenset(
    {
        FigureKind.COUNT,
        FigureKind.PERCENT,
        FigureKind.MONEY,
        FigureKind.FRACTION,
        FigureKind.RATIO,
        FigureKind.MEASUREMENT,
    }
)
SPOKEN_ZONES = frozenset({ZoneKind.HEADLINE, ZoneKind.SUBHEADING, ZoneKind.BODY, ZoneKind.CAPTION})
SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[\"“‘«(\[]?[^\W_a-z])|\n+")
# What cannot stand alone: a clause that hangs on a noun before it, what somebody is asked to do, a noun by itself.
DEPENDENT = re.compile(r"(?:who|whom|whose|which|to|and|or|but|because|if|whether)\b", re.IGNORECASE)
FEWEST_WORDS = 3
LONGEST_SENTENCE = 400
AROUND = "\"'“”„‘’‚«»‹› \t\n,;:–—-"
SPEAKER_HIMSELF = re.compile(r"(?:I|We|My|Our|I['’]m|We['’]re|I['’]ve|We['’]ve)\b")


@dataclass(frozen=True, slots=True)
class Assertion:
    """What one report is to say: its words and figures, and the claim that they make if it is new.

    ``statement`` is what was read, with its place in the reading; None where the page says it in its own voice.
    ``restates`` is the place, in the list of assertions, of the one that a headline repeats; ``part`` says that the
    words hold other assertions beside this one.
    """

    quote: Span
    claim: ClaimBase
    figures: tuple[FigureBase, ...]
    stance: Stance
    hedge: str | None
    said: DateFound | None
    rule: str
    confidence: float
    zone: ZoneKind
    statement: Statement | None = None
    restates: int | None = None
    part: bool = False


def assertions(reading: Reading, floor: float = FLOOR) -> list[Assertion]:
    """Everything in a reading that is worth a proposal, in the order of the text within each kind.

    What the page puts into somebody's mouth comes first, so that a headline may restate it.
    """
    kept = [place for place, statement in enumerate(reading.statements) if _worth(statement, floor)]
    made: list[Assertion] = []
    places: dict[int, int] = {}
    for place in kept:
        places[place] = len(made)
        made += _apart(_stated(reading, place))
    restated = [
        replace(one, restates=places.get(one.statement.restates))
        if one.statement is not None and one.statement.restates is not None and not one.part
        else one
        for one in made
    ]
    return [*restated, *(part for own in _own_voice(reading, floor) for part in _apart(own))]


def _apart(one: Assertion) -> list[Assertion]:
    """A statement of several tolls as one assertion for each: that nine were killed is one claim, that thirty were hurt
    another, which others may repeat by itself.
    """
    tolls: dict[str | None, list[FigureBase]] = {}
    for figure in one.figures:
        tolls.setdefault(figure.measure if figure.measure in SUFFERED else None, []).append(figure)
    beside = tolls.pop(None, [])
    if len(tolls) < 2:
        return [one]
    found = list(tolls.values())
    found[0] += beside
    return [
        replace(one, claim=one.claim.model_copy(update={"text": _toll(figures)}), figures=tuple(figures), part=True)
        for figures in found
    ]


def _toll(figures: Sequence[FigureBase]) -> str:
    """What some figures of one toll say, in a sentence without a verb.

    >>> nine = FigureBase(text="Nine", qualifier="exact", measure="killed", counted_printed="dock workers")
    >>> _toll([nine])
    'Nine dock workers killed.'
    """
    said = []
    for figure in figures:
        counted = figure.counted_printed or ""
        measure = figure.measure or ""
        # "1,000 injured" counts the injured, and says so once; "dozens of dead" counts those who were killed.
        named = counted if counted and fold(counted) not in {fold(measure), fold(figure.measure_printed or "")} else ""
        said.append(" ".join(filter(None, (figure.text, named, measure, f"in {figure.place}" if figure.place else ""))))
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}."[:LONGEST_CLAIM]


def _worth(statement: Statement, floor: float) -> bool:
    return statement.confidence >= floor and any(letter.isalnum() for letter in statement.content.text)


def _stated(reading: Reading, place: int) -> Assertion:
    statement = reading.statements[place]
    figures = tuple(_figures(figure for figure in reading.figures if figure.statement == place))
    counts = any(figure.kind in COUNTING for figure in reading.figures if figure.statement == place)
    kind = ClaimKind.FIGURE if statement.kind is ClaimKind.OTHER and counts and figures else statement.kind
    said = None if statement.said is None else reading.dates[statement.said]
    start, end = _hull(statement)
    return Assertion(
        quote=Span.of(reading.text, start, end),
        claim=_claim(reading, standing_alone(reading, statement), kind, start, end, said),
        figures=figures,
        stance=statement.stance,
        hedge=(one_line(statement.hedge, 500) or None) if statement.hedge else None,
        said=said,
        rule=statement.rule[:100],
        confidence=min(max(statement.confidence, 0.0), 1.0),
        zone=_zone_at(reading, start),
        statement=statement,
    )


def _hull(statement: Statement) -> tuple[int, int]:
    starts = [statement.content.start, *(start for start, _ in statement.parts)]
    ends = [statement.content.end, *(end for _, end in statement.parts)]
    return min(starts), max(ends)


def standing_alone(reading: Reading, statement: Statement) -> str:
    """What is asserted, as a sentence that can be understood without the page.

    Pieces that a cue interrupts are joined, quotation marks around the whole go, and where the speaker says "we" it
    is said who that is.
    """
    pieces = [reading.text[start:end] for start, end in statement.parts] or [statement.content.text]
    words = sentence(" ".join(piece.strip(AROUND) for piece in pieces) if len(pieces) > 1 else pieces[0])
    if DEPENDENT.match(words) or len(words.split()) < FEWEST_WORDS:
        words = sentence(_whole_sentence(reading, statement) or words)
    # "We" are those who said it first, never whoever carries it on.
    origin = _speaker(statement.chain[0]) if statement.chain else None
    if origin and SPEAKER_HIMSELF.match(words):
        return f"{origin[:1].upper()}{origin[1:]}: {words}"[:LONGEST_CLAIM]
    return words


def _speaker(link: Link) -> str | None:
    """By which words a link of a chain can be called where the page is not at hand: no pronoun."""
    if link.status is LinkStatus.RESOLVED:
        return link.source
    if link.as_named is None or link.as_named.lower() in PRONOUNS:
        return None
    return one_line(link.as_named, LONGEST_SPEAKER)


def _whole_sentence(reading: Reading, statement: Statement) -> str | None:
    """The sentence in which somebody is said to say something, where the content alone says too little."""
    start, end = _hull(statement)
    zone = _zone_of(reading, start)
    if zone is None:
        return None
    begin, stop = sentence_around(reading.text, start, end, zone)
    return reading.text[begin:stop] if stop - begin <= LONGEST_SENTENCE else None


def sentence(words: str) -> str:
    r"""Words of a page as a sentence.

    >>> sentence("that “dozens of attackers\n were eliminated,”")
    'Dozens of attackers were eliminated.'
    """
    bare = one_line(words, LONGEST_CLAIM - 1).strip(AROUND)
    bare = re.sub(r"^that\s+", "", bare, flags=re.IGNORECASE).strip(AROUND)
    bare = bare.replace("“", "").replace("”", "") if bare.count("“") != bare.count("”") else bare
    if not bare:
        return one_line(words, LONGEST_CLAIM) or "…"
    return bare[:1].upper() + bare[1:] + ("" if bare[-1] in ".!?…" else ".")


def _claim(reading: Reading, text: str, kind: ClaimKind, start: int, end: int, said: DateFound | None) -> ClaimBase:
    claim = ClaimBase(text=text, kind=kind)
    when = next((date for date in reading.dates if start <= date.start and date.end <= end and date is not said), None)
    if when is not None and when.earliest is not None and when.latest is not None:
        precision = precision_of(when.earliest, when.latest)
        if precision is not DatePrecision.UNKNOWN:
            claim.happened_printed = one_line(when.text, 200)
            claim.happened_earliest, claim.happened_latest = when.earliest, when.latest
            claim.happened_precision, claim.happened_basis = precision, basis_of(when)
    return claim


def precision_of(earliest: datetime, latest: datetime) -> DatePrecision:
    """How exactly an interval is known: the narrowest word that its width allows; unknown beyond some years.

    >>> from datetime import UTC
    >>> precision_of(datetime(2022, 1, 5, 18, tzinfo=UTC), datetime(2022, 1, 6, 6, tzinfo=UTC)).value
    'day'
    """
    width = latest - earliest
    for precision, widest in WIDEST.items():
        if timedelta(0) <= width <= widest:
            return precision
    return DatePrecision.UNKNOWN


WIDEST = {
    DatePrecision.SECOND: timedelta(seconds=1),
    DatePrecision.MINUTE: timedelta(minutes=1),
    DatePrecision.DAY: timedelta(hours=40),
    DatePrecision.MONTH: timedelta(days=62),
    DatePrecision.YEAR: timedelta(days=800),
}


def basis_of(date: DateFound) -> DateBasis:
    """Where an instant was read: printed in full, or concluded from the day of publication."""
    return DateBasis.PRINTED if date.basis is TimeBasis.ABSOLUTE else DateBasis.INFERRED


def _figures(found: Iterator[FigureFound]) -> Iterator[FigureBase]:
    for figure in found:
        if figure.kind not in COUNTING or len(figure.text) > 500:
            continue
        made = FigureBase(
            text=figure.text,
            text_start=figure.start,
            text_end=figure.end,
            qualifier=figure.qualifier,
            value=_number(figure.value),
            low=_number(figure.low),
            high=_number(figure.high),
            unit=_unit(figure),
            as_of=_words(figure.as_of, 200),
            measure=one_line(figure.role, 100) or None if figure.role else None,
            measure_printed=_words(figure.role_printed, 200),
            counted=_folded(figure.counted, 200),
            counted_printed=_words(figure.counted, 300),
            place=_words(figure.place, 200),
        )
        try:
            check_figure(made.model_dump(), "figure")
        except InvalidInput:
            # Its words stay in the quote; a figure that contradicts itself would only be refused by whoever reviews.
            continue
        yield made


def _number(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


def _unit(figure: FigureFound) -> str | None:
    match figure.kind:
        case FigureKind.PERCENT:
            return "percent"
        case FigureKind.MONEY:
            return one_line(figure.currency, 50) or None
        case FigureKind.RATIO:
            return "times"
        case _:
            return one_line(figure.unit, 50) or None


def _words(span: Span | None, longest: int) -> str | None:
    return one_line(span.text, longest) or None if span is not None else None


def _folded(span: Span | None, longest: int) -> str | None:
    words = _words(span, longest)
    return words.lower() if words else None


def _own_voice(reading: Reading, floor: float) -> Iterator[Assertion]:
    """The sentences in which the page itself gives a figure of people whom something happened to.

    None where statements were not looked for: then the figure may be anybody's, and denied as well as stated.
    """
    if not reading.statements_read:
        return
    by_sentence: dict[tuple[int, int], list[FigureFound]] = {}
    for figure in reading.figures:
        own = figure.statement is None and figure.role in SUFFERED and figure.kind is FigureKind.COUNT
        zone = _zone_of(reading, figure.start)
        if own and figure.confidence >= floor and zone is not None and zone.kind in SPOKEN_ZONES:
            by_sentence.setdefault(sentence_around(reading.text, figure.start, figure.end, zone), []).append(figure)
    for (start, end), figures in by_sentence.items():
        kept = tuple(_figures(iter(figures)))
        if kept:
            yield Assertion(
                quote=Span.of(reading.text, start, end),
                claim=_claim(reading, sentence(reading.text[start:end]), ClaimKind.FIGURE, start, end, None),
                figures=kept,
                stance=Stance.ASSERTS,
                hedge=None,
                said=None,
                rule=OWN_VOICE,
                confidence=min(figure.confidence for figure in figures),
                zone=_zone_at(reading, start),
            )


def sentence_around(text: str, start: int, end: int, zone: Zone) -> tuple[int, int]:
    """Where the sentence begins and ends in which something stands, within its zone.

    >>> text = "Almaty was calm. Eight officers were killed. Nobody said by whom."
    >>> begin, stop = sentence_around(text, 17, 22, Zone(ZoneKind.BODY, 0, len(text)))
    >>> text[begin:stop]
    'Eight officers were killed.'
    """
    ends = list(SENTENCE_END.finditer(text, zone.start, zone.end))
    begin = max((found.end() for found in ends if found.end() <= start), default=zone.start)
    stop = min(
        (found.start() + len(found.group().rstrip()) for found in ends if found.start() >= end - 1), default=zone.end
    )
    while begin < stop and text[begin].isspace():
        begin += 1
    while stop > max(end, begin + 1) and text[stop - 1].isspace():
        stop -= 1
    return begin, max(stop, end)


def _zone_of(reading: Reading, place: int) -> Zone | None:
    return next((zone for zone in reading.zones if zone.start <= place < zone.end), None)


def _zone_at(reading: Reading, place: int) -> ZoneKind:
    zone = _zone_of(reading, place)
    return zone.kind if zone is not None else ZoneKind.BODY


def headlines(reading: Reading) -> Sequence[str]:
    """The headlines of a text, in their order."""
    return [
        words
        for zone in reading.zones
        if zone.kind is ZoneKind.HEADLINE and (words := one_line(reading.text[zone.start : zone.end], 1000))
    ]
