"""Holds what somebody typed about a statement to the words of its document, and to what is held already.

What cannot be is refused; what is doubtful is asked back once, with the form filled in as it was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api.web.choosing import ids_in
from api.web.statement_form import BASES, Printed, StatementForm, Voice, loosely, quoted_at
from provenance.answers import EventItem
from provenance.answers_detail import DocumentDetail, ReportDetail
from provenance.errors import InvalidInput
from provenance.quantity import read_quantity
from provenance.storage.quoting import Span
from provenance.storage.reads.asked import EventsAsked, Included
from provenance.storage.reads.events import events
from provenance.storage.reads.named import sources_named
from provenance.storage.reads.reports import details_in
from provenance.vocabulary import Qualifier, ReportState


class Doubtful(InvalidInput):
    """Something that may be meant otherwise; ``form`` is what is shown again, and sent once more it is taken."""

    def __init__(self, message: str, field: str, form: StatementForm) -> None:
        super().__init__(message, field=field)
        self.form = form


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words that are quoted, where they stand in a text that is held, and the language that they are in."""

    words: str | None
    start: int | None
    text: str | None
    language: str

    @classmethod
    def of(cls, document: DocumentDetail, given: Mapping[str, object]) -> Quoted:
        """What was read from a form about its quote."""
        words, start = given.get("quote"), given.get("quote_start")
        return cls(
            words if isinstance(words, str) else None,
            start if isinstance(start, int) else None,
            document.text,
            (document.language or "en").split("-")[0],
        )


def check_figures(quoted: Quoted, form: StatementForm, known: Collection[str] = ()) -> Iterator[tuple[Printed, Span]]:
    """The figures with their places in the quote, in its own letters; ``known`` were held before and are left alone.

    :raises InvalidInput: for one that does not stand in the quote, or that may mean something else than was typed.
    """
    taken: list[Span] = []
    for row, one in enumerate(form.figures):
        if not one.text or one.text in known or quoted.words is None:
            continue
        found = next((span for span in _places(quoted.words, one.text) if span not in taken), None)
        if found is None:
            raise _not_quoted(quoted, one.text)
        taken.append(found)
        if one.text not in form.warned and not one.has_numbers:
            _doubt(quoted.words, quoted.language, form, row, found)
        yield one, found


def _places(words: str, figure: str) -> list[Span]:
    """Where a figure stands in some words: by itself, else as part of longer words, and never inside a number.

    >>> _places("117 or 17 of 1,175", "17")
    [Span(start=7, end=9)]
    """
    anywhere = [Span(*one.span()) for one in re.finditer(rf"(?<!\d)(?<!\d[.,]){loosely(figure)}(?![.,]?\d)", words)]
    alone = [one for one in anywhere if not words[one.start - 1 : one.start].isalnum() or not one.start]
    return [one for one in alone if not words[one.end : one.end + 1].isalnum()] or anywhere


def _not_quoted(quoted: Quoted, figure: str) -> InvalidInput:
    if quoted.text is not None and _places(quoted.text, figure):
        told = f"“{figure}” does not stand in the words that are quoted. Widen the quote until the figure is in it"
    elif quoted.text is not None:
        told = f"“{figure}” does not stand in the text. Give the figure as the document prints it"
    else:
        told = f"“{figure}” does not stand in the words that are quoted. Give the figure as the document prints it"
    return InvalidInput(f"figures: {told}.", field="figures")


def _doubt(words: str, language: str, form: StatementForm, row: int, at: Span) -> None:
    figure = form.figure[row].strip()
    longer = longer_form(words, at, language)
    if longer is not None:
        typed = [*form.figure[:row], longer, *form.figure[row + 1 :]]
        raise Doubtful(
            f"figures: “{longer}” stands there, and the words before the number change what it means. They are filled "
            f"in now: save it so, or write “{figure}” once more to leave them out.",
            "figures",
            form.model_copy(update={"figure": typed, "warned": [*form.warned, figure]}),
        )
    if read_quantity(figure, language).qualifier is Qualifier.UNREADABLE:
        raise Doubtful(
            f"figures: “{figure}” could not be read as a number. Say below what it means in numbers, or save again to "
            "leave it as unreadable.",
            "figures",
            form.model_copy(update={"warned": [*form.warned, figure]}),
        )


def longer_form(words: str, at: Span, language: str) -> str | None:
    """A figure with up to three words before it that change what the number means; None where none do.

    >>> longer_form("Mindestens 17 Menschen", Span(11, 13), "de"), longer_form("the 17 men", Span(4, 6), "en")
    ('Mindestens 17', None)
    """
    plain = read_quantity(words[at.start : at.end], language)
    if plain.qualifier is not Qualifier.EXACT:
        return None
    before = [
        one.start() for one in re.finditer(r"[^\s.,;:!?()“”\"]+(?=(?:\s+[^\s.,;:!?()“”\"]+)*\s+$)", words[: at.start])
    ]
    for start in before[-3:]:
        longer = words[start : at.end]
        reading = read_quantity(longer, language)
        if reading.value == plain.value and reading.qualifier not in (Qualifier.EXACT, Qualifier.UNREADABLE):
            return longer
    return None


def checked_hedge(quoted: Quoted, hedge: str) -> str | None:
    """The words that weaken a statement, as the document has them; a text that is not held is believed.

    :raises InvalidInput: where they stand neither in the quote nor in the text.
    """
    if not hedge.strip():
        return None
    for words in (quoted.words, quoted.text):
        found = re.search(loosely(hedge), words or "", re.IGNORECASE)
        if found:
            return found.group()
    if quoted.text is None:
        return hedge.strip()
    raise InvalidInput(
        f"hedge: “{hedge.strip()}” does not stand in the text. Give the words that weaken it as the document has them, "
        "or leave them out.",
        field="hedge",
    )


def check_event_title(session: Session, form: StatementForm) -> None:
    """Ask back once whether an event is new whose title another one has.

    :raises Doubtful: with that other one chosen.
    """
    title = form.event_title.strip()
    found = next((one for one in _alike(session, title) if _folded(one.title) == _folded(title)), None)
    if found is not None and title not in form.warned:
        raise Doubtful(
            f"event: an event is called “{found.title}” already. It is chosen now: save it so, or choose a new event "
            "once more if another one is meant.",
            "event",
            form.model_copy(update={"event": found.id, "warned": [*form.warned, title]}),
        )


def _alike(session: Session, title: str) -> list[EventItem]:
    return events(session, EventsAsked(q=title[:200], limit=50, include=Included.PROPOSED)).items


def held_already(session: Session, document: DocumentDetail, form: StatementForm) -> str | None:
    """The accepted statement with the same words, claim, stance and chain, as a form sent twice would make another."""
    where = quoted_at(document.text, form)
    chain = _chain(session, document, form)
    for report in details_in(session, document.id):
        same = (
            report.state is ReportState.ACCEPTED
            and report.stance == form.stance
            and _same_words(report, form, where)
            and _same_claim(report, form)
            and _chain_of(report) == chain
        )
        if same:
            return report.id
    return None


def _same_words(report: ReportDetail, form: StatementForm, where: object) -> bool:
    if isinstance(where, Span):
        return (report.quote_start, report.quote_end) == (where.start, where.end)
    return _folded(report.quote or "") == _folded(form.quote)


def _same_claim(report: ReportDetail, form: StatementForm) -> bool:
    chosen = next(iter(ids_in(form.other, "clm")), None) or form.claim
    if chosen.startswith("clm_"):
        return chosen == report.claim
    return _folded(report.claim_text) == _folded(form.text)


def _chain(session: Session, document: DocumentDetail, form: StatementForm) -> tuple[object, Sequence[str]]:
    """Who says it, by names that are held where a source has several."""
    if form.voice != Voice.NAMED:
        return form.voice, ()
    names = [_name(session, step.name) for step in form.steps if step.name]
    return Voice.NAMED, [*names, *([document.publisher] if names[-1:] != [document.publisher] else [])]


def _name(session: Session, typed: str) -> str:
    held = sources_named(session, typed)
    return held[0].name if len(held) == 1 else typed


def _chain_of(report: ReportDetail) -> tuple[object, Sequence[str]]:
    if not report.attributions:
        own = {basis: voice for voice, basis in BASES.items()}
        return (own.get(report.own_basis, Voice.OWN) if report.own_basis else Voice.OWN), ()
    if report.attributions[0].upstream is None:
        return Voice.NOBODY, ()
    return Voice.NAMED, report.chains[0] if len(report.chains) == 1 else ()


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
