"""Writes what somebody states by hand: claim, event and sources where they are new, and the report, in one transaction.

Everything goes through the writes that the API uses; what is wrong is raised with the field of the form at fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.web.choosing import ids_in
from api.web.statement_form import BASES, Printed, StatementForm, Step, Voice, filled, quoted_at
from provenance.answers_detail import AttributionDetail, DocumentDetail, FigureDetail, ReportDetail
from provenance.errors import InvalidInput
from provenance.ingestion.sheets.naming import kind_of, source_named
from provenance.ingestion.sheets.wanted import Named
from provenance.ingestion.speakers import Speakers
from provenance.storage.claim import ClaimChange, ClaimCreate
from provenance.storage.event import EventCreate
from provenance.storage.figure import FigureBase, FigureCreate
from provenance.storage.quoting import Unplaced
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
from provenance.vocabulary import ReportState

NEW = "new"


def state(writer: Writer, document: DocumentDetail, form: StatementForm) -> Report:
    """Say that a document states a claim, as a form tells it.

    :raises InvalidInput: naming the field of the form, if something in it cannot be so.
    """
    given = _words(document, form) | {
        "document": document.id,
        "claim": _claim(writer, form),
        "own_basis": BASES.get(_voice(form)),
        "attributions": _hops(writer, document, form),
        "figures": [_figure(one) for one in form.figures if one.text],
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
    given = _told(form) if unquoted else _words(document, form)
    if _voice(form) is not Voice.KEPT and (_voice(form), _named(form)) != (_voice(before), _named(before)):
        given["attributions"] = _hops(writer, document, form, report.attributions)
        given["own_basis"] = BASES.get(_voice(form))
    printed = [one for one in form.figures if one.text]
    if printed != before.figures:
        given["figures"] = [_figure(one, figures) for one in printed]
    if accept:
        given["state"] = ReportState.ACCEPTED
    _reword(writer, report, form)
    return edit_report(writer, report.id, ReportChange.model_validate(given))


def _words(document: DocumentDetail, form: StatementForm) -> dict[str, object]:
    found = quoted_at(document.text, form)
    if isinstance(found, Unplaced):
        raise InvalidInput(f"quote: the quote {found.problem}; {_remedy(found)}.", field="quote")
    if found is None and not form.quote.strip():
        if document.text is None:
            return _told(form)
        raise InvalidInput(
            "quote: no words are given. Select or paste them, exactly as the document has them.", field="quote"
        )
    place: dict[str, object] = {"quote": form.quote.replace("\r\n", "\n").strip()}
    if found is not None and document.text is not None:
        words = document.text[found.start : found.end]
        place = {"quote": words, "quote_start": found.start, "quote_end": found.end}
    return place | _told(form)


def _told(form: StatementForm) -> dict[str, object]:
    return {"stance": form.stance, "hedge": form.hedge.strip() or None}


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
    given = {"text": form.text.strip(), "kind": form.kind, "event": _event(writer, form)}
    return create_claim(writer, ClaimCreate.model_validate(given)).public_id


def _event(writer: Writer, form: StatementForm) -> str:
    if form.event not in ("", NEW):
        return form.event
    if not form.event_title.strip():
        raise InvalidInput("event: choose the event that it is about, or give a new one a title.", field="event")
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
    return list(_joined(document, steps, ids, known))


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


def _figure(one: Printed, known: Sequence[FigureDetail] = ()) -> FigureCreate:
    """A figure as it was typed; of one that is known by its words, what else is said of it stays."""
    same = next((each for each in known if each.text == one.text), None)
    said: dict[str, object] = {name: getattr(same, name) for name in FigureBase.model_fields} if same else {}
    own = {"text": one.text, "measure": one.measure or None, "counted": one.counted or None, "place": one.place or None}
    return FigureCreate.model_validate(said | own)
