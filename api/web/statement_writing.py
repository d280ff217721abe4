"""Writes what somebody states by hand: claim, event and sources where they are new, and the report, in one transaction.

Everything goes through the writes that the API uses; what is wrong is raised with the field of the form at fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from api.web.choosing import ids_in
from api.web.statement_checking import Quoted, check_event_title, check_figures, checked_hedge
from api.web.statement_form import BASES, Printed, StatementForm, Step, Voice, filled, quoted_at
from provenance.answers_detail import AttributionDetail, DocumentDetail, FigureDetail, ReportDetail
from provenance.errors import InvalidInput
from provenance.ingestion.sheets.naming import kind_of, source_named
from provenance.ingestion.sheets.wanted import Named
from provenance.ingestion.speakers import Speakers
from provenance.quantity import read_quantity
from provenance.storage.claim import ClaimChange, ClaimCreate
from provenance.storage.event import EventCreate
from provenance.storage.figure import FigureBase, FigureCreate
from provenance.storage.quoting import Span, Unplaced
from provenance.storage.reads.claims import claim_detail
from provenance.storage.reads.named import sources_named
from provenance.storage.report import AttributionBase, AttributionCreate, Report, ReportChange, ReportCreate
from provenance.storage.source import Source, SourceCreate
from provenance.storage.writes.claims import change_claim, create_claim
from provenance.storage.writes.deciding import edit_report
from provenance.storage.writes.events import create_event
from provenance.storage.writes.finding import referred
from provenance.storage.writes.reports import create_report
from provenance.storage.writes.sources import create_source
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Qualifier, ReportState

NEW = "new"


def state(writer: Writer, document: DocumentDetail, form: StatementForm) -> Report:
    """Say that a document states a claim, as a form tells it.

    :raises InvalidInput: naming the field of the form, if something in it cannot be so.
    """
    words = _words(document, form)
    given = words | {
        "document": document.id,
        "claim": _claim(writer, form),
        "own_basis": BASES.get(_voice(form)),
        "attributions": _hops(writer, document, form),
        "figures": _figures(document, words, form),
    }
    return create_report(writer, ReportCreate.model_validate(given))


def restate(
    writer: Writer,
    document: DocumentDetail,
    report: ReportDetail,
    figures: Sequence[FigureDetail],
    form: StatementForm,
    *,
    accept: bool,
) -> Report:
    """Change a reading to what a form tells, leaving alone what was left as it was; with ``accept``, accept it too.

    :raises InvalidInput: naming the field of the form, if something in it cannot be so.
    """
    before = filled(report, figures)
    unquoted = report.quote is None and not form.quote.strip()
    given = _told(document, form, {}, report.hedge) if unquoted else _words(document, form, report.hedge)
    if _voice(form) is not Voice.KEPT and (_voice(form), _named(form)) != (_voice(before), _named(before)):
        given["attributions"] = _hops(writer, document, form, report.attributions)
        given["own_basis"] = BASES.get(_voice(form))
    printed = [one for one in form.figures if one.text]
    if printed != before.figures:
        given["figures"] = _figures(document, given, form, figures)
    if accept:
        given["state"] = ReportState.ACCEPTED
    _reword(writer, report, form)
    return edit_report(writer, report.id, ReportChange.model_validate(given))


def _words(document: DocumentDetail, form: StatementForm, hedge: str | None = None) -> dict[str, object]:
    found = quoted_at(document.text, form)
    if isinstance(found, Unplaced):
        raise InvalidInput(f"quote: the quote {found.problem}; {_remedy(found)}.", field="quote")
    if found is None and not form.quote.strip():
        if document.text is None:
            return _told(document, form, {}, hedge)
        raise InvalidInput(
            "quote: no words are given. Select or paste them, exactly as the document has them.", field="quote"
        )
    place: dict[str, object] = {"quote": form.quote.replace("\r\n", "\n").strip()}
    if found is not None and document.text is not None:
        words = document.text[found.start : found.end]
        place = {"quote": words, "quote_start": found.start, "quote_end": found.end}
    return place | _told(document, form, place, hedge)


def _told(
    document: DocumentDetail, form: StatementForm, place: Mapping[str, object], hedge: str | None
) -> dict[str, object]:
    """Stance and hedge; a hedge that was held before stays as it was."""
    kept = hedge is not None and form.hedge.strip() == hedge
    return {"stance": form.stance, "hedge": hedge if kept else checked_hedge(Quoted.of(document, place), form.hedge)}


def _remedy(found: Unplaced) -> str:
    several = "start and the end" in found.remedy
    return "say below what stands just before the one that is meant" if several else found.remedy


def _claim(writer: Writer, form: StatementForm) -> str:
    pasted = next(iter(ids_in(form.other, "clm")), None)
    if pasted or form.claim not in ("", NEW):
        return pasted or form.claim
    if form.other.strip():
        raise InvalidInput("claim: that is no address of a claim. Copy it from the claim’s page.", field="claim")
    if not form.text.strip():
        raise InvalidInput("claim: choose a known claim, or write what is asserted in one sentence.", field="claim")
    given = {"text": form.text.strip(), "kind": form.claim_kind, "event": _event(writer, form)}
    return create_claim(writer, ClaimCreate.model_validate(given)).public_id


def _event(writer: Writer, form: StatementForm) -> str:
    if form.event not in ("", NEW):
        return form.event
    if not form.event_title.strip():
        raise InvalidInput("event: choose the event that it is about, or give a new one a title.", field="event")
    check_event_title(writer.session, form)
    return create_event(writer, EventCreate(title=form.event_title.strip())).public_id


def _reword(writer: Writer, report: ReportDetail, form: StatementForm) -> None:
    """Put the sentence of a claim right that was only proposed; a known claim is changed on its own page."""
    text = form.text.strip()
    if text and text != report.claim_text:
        if claim_detail(writer.session, report.claim).state is not ReportState.PROPOSED:
            raise InvalidInput("text: the claim is known already. Change it on its own page.", field="claim")
        change_claim(writer, report.claim, ClaimChange.model_validate({"text": text}))


def _voice(form: StatementForm) -> Voice:
    try:
        return Voice(form.voice)
    except ValueError as unknown:
        raise InvalidInput("chain: choose who says it.", field="chain") from unknown


def _named(form: StatementForm) -> list[tuple[str, str]]:
    return [(step.name, step.manner) for step in form.steps if step.name]


def _hops(
    writer: Writer, document: DocumentDetail, form: StatementForm, known: Sequence[AttributionDetail] = ()
) -> list[AttributionCreate]:
    """The hops from who is named first to the publisher; of one that was known, what else is said of it stays."""
    voice = _voice(form)
    if voice is Voice.NOBODY:
        return [AttributionCreate(upstream=None, downstream=document.publisher_id)]
    if voice is not Voice.NAMED:
        return []
    steps = [step for step in form.steps if step.name]
    if not steps:
        raise InvalidInput("chain: nobody is named. Name who says it, or choose who else does.", field="chain")
    speakers = Speakers()
    ids = [_source(writer, speakers, step).public_id for step in steps]
    _check_steps(document, steps, ids)
    return list(_joined(document, steps, ids, known))


def _check_steps(document: DocumentDetail, steps: Sequence[Step], ids: Sequence[str]) -> None:
    if ids == [document.publisher_id]:
        raise InvalidInput(
            f"chain: {document.publisher} publishes it, so nobody else is named. Name who says it, or choose that the "
            "document says it in its own voice.",
            field="chain",
        )
    for step, one, following in zip(steps, ids, ids[1:], strict=False):
        if one == following:
            raise InvalidInput(
                f"chain: {step.name} is named twice in a row, and nobody has it from oneself. Take one of the two out.",
                field="chain",
            )


def _joined(
    document: DocumentDetail, steps: Sequence[Step], ids: Sequence[str], known: Sequence[AttributionDetail]
) -> Iterator[AttributionCreate]:
    ends = [*ids[1:], document.publisher_id]
    for step, upstream, downstream in zip(steps, ids, ends, strict=True):
        if upstream == downstream:
            # Whoever writes the publisher as the last name of the chain means no hop to itself.
            continue
        same = next((hop for hop in known if (hop.upstream_id, hop.downstream_id) == (upstream, downstream)), None)
        said = {name: getattr(same, name) for name in AttributionBase.model_fields} if same else {}
        named: dict[str, object] = {} if same or step.name not in (document.text or "") else {"as_named": step.name}
        yield AttributionCreate(
            **{**said, **named, "manner": step.manner, "upstream": upstream, "downstream": downstream}
        )


def _source(writer: Writer, speakers: Speakers, step: Step) -> Source:
    """Who is named: a known source, or a new one of the kind that was chosen, or that its own words tell."""
    if pasted := ids_in(step.name, "src"):
        return referred(writer.session, Source, pasted[0], "chain")
    held = sources_named(writer.session, step.name)
    if len(held) > 1:
        held = [one for one in held if one.kind == step.kind] or held
    if len(held) > 1:
        raise InvalidInput(
            f"chain: {len(held)} sources are called “{step.name}”. Paste the address of the "
            "page of the one that is meant.",
            field="chain",
        )
    if held:
        return held[0]
    if step.kind:
        return create_source(writer, SourceCreate.model_validate({"name": step.name, "kind": step.kind}))
    if speakers.known.find(step.name) is None and kind_of(step.name) is None:
        raise InvalidInput(
            f"chain: no source is called “{step.name}” here. Correct the name, or say what kind of "
            "source it is to add it.",
            field="chain",
        )
    return source_named(writer, speakers, Named(step.name), carries=False)


def _figures(
    document: DocumentDetail, words: Mapping[str, object], form: StatementForm, known: Sequence[FigureDetail] = ()
) -> list[FigureCreate]:
    """The figures as they were typed, each held to the quote; one that is known by its words is left in its place."""
    quoted = Quoted.of(document, words)
    places = dict(check_figures(quoted, form, {each.text for each in known}))
    return [_figure(one, quoted, places.get(one), known) for one in form.figures if one.text]


def _figure(one: Printed, quoted: Quoted, at: Span | None, known: Sequence[FigureDetail]) -> FigureCreate:
    """A figure as it was typed; of one that is known by its words, what else is said of it stays."""
    same = next((each for each in known if each.text == one.text), None)
    said: dict[str, object] = {name: getattr(same, name) for name in FigureBase.model_fields} if same else {}
    own = {"text": one.text, "measure": one.measure or None, "counted": one.counted or None, "place": one.place or None}
    if at is not None and quoted.words is not None:
        own["text"] = quoted.words[at.start : at.end]
        if quoted.start is not None:
            said |= {"text_start": quoted.start + at.start, "text_end": quoted.start + at.end}
    return FigureCreate.model_validate(said | own | _meant(one, quoted.language))


def _meant(one: Printed, language: str) -> dict[str, object]:
    """What somebody says that the printed words mean; nothing where they can be read and nobody says otherwise."""
    if not one.has_numbers:
        unread = read_quantity(one.text, language).qualifier is Qualifier.UNREADABLE
        return dict.fromkeys(("qualifier", "value", "low", "high")) if unread else {}
    value, low, high = (_number(typed) for typed in (one.number, one.lowest, one.highest))
    if value is None and low == high:
        value = low
    return {"qualifier": _qualifier(value, low, high), "value": value, "low": low, "high": high}


def _qualifier(value: float | None, low: float | None, high: float | None) -> Qualifier:
    """What the numbers make of each other.

    >>> str(_qualifier(None, 23, None)), str(_qualifier(1300, 1200, 1400)), str(_qualifier(23, None, None))
    ('at_least', 'about', 'exact')
    """
    if (low is None and high is None) or (value is not None and low == high == value):
        return Qualifier.EXACT
    if value is not None and low is not None and high is not None:
        return Qualifier.ABOUT
    if low is not None and high is not None:
        return Qualifier.RANGE
    if high is None:
        return Qualifier.MORE_THAN if value is not None and low is not None and value < low else Qualifier.AT_LEAST
    return Qualifier.FEWER_THAN if value is not None and value > high else Qualifier.UP_TO


def _number(typed: str) -> float | None:
    """A number in digits, with blanks or commas between thousands as people write them.

    :raises InvalidInput: if it is none, or could be two.
    """
    digits = re.sub(r"[\s,](?=\d{3}(?!\d))", "", typed.strip())
    if not digits:
        return None
    if not re.fullmatch(r"\d{1,15}(\.\d{1,2})?", digits):
        raise InvalidInput(f"figures: “{typed}” is no number. Write it in digits, such as 1300.", field="figures")
    return float(digits)
