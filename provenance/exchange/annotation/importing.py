"""Takes annotations in: each becomes a proposed report, or is held already, or is refused with the reason.

Nothing is accepted by it, and whatever is written is one transaction.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Engine

from provenance.analysis.matching.wanted import wanted_from
from provenance.analysis.recording import trying
from provenance.answers_annotations import AnnotationsTaken, AnnotationTaken
from provenance.exchange.annotation.collecting import report_at
from provenance.exchange.annotation.finding import (
    Found,
    Unsettled,
    claim_meant,
    documents_meant,
    place_in,
    require_event,
)
from provenance.exchange.annotation.reading import Annotated, Written, read_annotations
from provenance.exchange.annotation.saying import Said, by_address, held_in, origin_of, quoted_by, said_by
from provenance.storage.claim import Claim, ClaimBase
from provenance.storage.document import Document, DocumentCreate
from provenance.storage.event import Event
from provenance.storage.report import Report, ReportBase
from provenance.storage.source import Source
from provenance.storage.texts import check_field
from provenance.storage.writes.documents import create_document
from provenance.storage.writes.finding import current
from provenance.storage.writes.proposals import ProposedReport, propose_claims, propose_reports
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import AnnotationOutcome, ClaimKind, Stance, Visibility
from provenance.web_addresses import original_of

EXTRACTORS = {Written.W3C: "Web Annotation", Written.HYPOTHESIS: "Hypothesis"}
UNKNOWN = (
    f"The tag '{{tag}}' is not understood, and nothing of it is kept: a tag may be {', '.join(Stance)}, `claim`, "
    "or the id of a claim."
)
LONGEST = 2000  # characters of a claim, and of an address


@dataclass(frozen=True, slots=True)
class AnnotationsGiven:
    """What somebody says beside the annotations: the ``event`` of claims that are new, and the ``publisher`` of
    documents that are not held, both by public id.
    """

    event: str | None = None
    publisher: str | None = None
    dry_run: bool = False


def take_annotations(
    engine: Engine, sent: object, given: AnnotationsGiven, base: str, *, who: str, why: str | None = None
) -> AnnotationsTaken:
    """Propose what annotations say, and tell what became of each.

    ``base`` is the address of this server: an annotation that it gave itself is known by it.

    :raises InvalidInput: naming the place, where what was sent is malformed; then nothing was written.
    """
    annotations = read_annotations(sent)
    with trying(engine, who, why, given.dry_run) as writer:
        taking = _Taking(writer, base, given, require_event(writer.session, given.event))
        items = [taking.take(one) for one in annotations]
    counted = Counter(item.outcome for item in items)
    return AnnotationsTaken(
        dry_run=given.dry_run,
        proposed=counted[AnnotationOutcome.PROPOSED],
        known=counted[AnnotationOutcome.KNOWN],
        refused=counted[AnnotationOutcome.REFUSED],
        items=items,
    )


@dataclass
class _Taking:
    """One transaction in which annotations are taken in; what its documents report already is read once for each."""

    writer: Writer
    base: str
    given: AnnotationsGiven
    event: Event | None
    _held: dict[str, dict[Said, tuple[str, str]]] = field(default_factory=dict)
    _new: set[str] = field(default_factory=set)

    def take(self, one: Annotated) -> AnnotationTaken:
        """What becomes of one annotation; what a dry run takes back again has no ids."""
        taken = self._taken(one)
        more = [UNKNOWN.format(tag=tag) for tag in one.unknown if one.skipped is None]
        ids = {name: None if id in self._new and self.given.dry_run else id for name, id in _ids_of(taken).items()}
        return taken.model_copy(update={**ids, "reasons": [*taken.reasons, *more]})

    def _taken(self, one: Annotated) -> AnnotationTaken:
        own = self._own(one)
        if own is not None:
            return own
        try:
            if one.skipped is not None:
                raise Unsettled(one.skipped)
            found = self._found(one)
            held = self._held_in(found.document)
            by_id = held.get(by_address(one, found)) if one.id else None
            if by_id is not None:
                return _taken(one, AnnotationOutcome.KNOWN, found, by_id, "It was taken in before.")
            return self._settled(one, found, held)
        except Unsettled as why:
            return AnnotationTaken(
                place=one.place,
                id=one.id,
                outcome=AnnotationOutcome.REFUSED,
                report=None,
                claim=None,
                document=None,
                reasons=[str(why)],
            )

    def _settled(self, one: Annotated, found: Found, held: dict[Said, tuple[str, str]]) -> AnnotationTaken:
        meant = claim_meant(self.writer.session, one, self.base, self.event)
        text = meant.claim.text if meant.claim is not None else one.says or ""
        same = held.get(said_by(text, one.stance, found, one))
        if same is not None:
            reasons = (found.reason, meant.reason, "The document is recorded as stating it in these words.")
            return _taken(one, AnnotationOutcome.KNOWN, found, same, *reasons)
        claim = meant.claim or self._new_claim(one)
        report = self._propose(one, found, claim, with_remark=not meant.in_remark)
        self._new.add(report.public_id)
        names = (report.public_id, claim.public_id)
        held[said_by(claim.text, one.stance, found, one)] = names
        if one.id:
            held[by_address(one, found)] = names
        new = () if meant.claim is not None else ("A new claim was proposed in these words.",)
        return _taken(one, AnnotationOutcome.PROPOSED, found, names, found.reason, meant.reason, *new)

    def _own(self, one: Annotated) -> AnnotationTaken | None:
        public_id = report_at(one.id, self.base) if one.id else None
        report = current(self.writer.session, Report, public_id) if public_id else None
        if report is None or report.visibility is not Visibility.PUBLIC:
            return None
        session = self.writer.session
        claim, document = session.get_one(Claim, report.claim_id), session.get_one(Document, report.document_id)
        return AnnotationTaken(
            place=one.place,
            id=one.id,
            outcome=AnnotationOutcome.KNOWN,
            report=report.public_id,
            claim=claim.public_id,
            document=document.public_id,
            reasons=["It is the annotation that this server gives of its own report."],
        )

    def _found(self, one: Annotated) -> Found:
        versions = documents_meant(self.writer.session, one, self.base)
        if versions:
            return place_in(versions, one)
        if self.given.publisher is None:
            raise Unsettled(
                f"No document is held from {one.source[:300]}. Take it in first with POST /v1/ingest, or give "
                "`publisher`, the id of the source that published it."
            )
        if one.words is None and one.unfollowed:
            return place_in([], one)
        self._require_claim(one)
        document = self._new_document(one)
        return Found(
            document, None, "The document is new, and its text is not held: the words are kept as transcribed."
        )

    def _require_claim(self, one: Annotated) -> None:
        """A document is only added where there will be something to say of it."""
        if claim_meant(self.writer.session, one, self.base, self.event).claim is None:
            self._new_claim_text(one)

    def _new_document(self, one: Annotated) -> Document:
        try:
            check_field("url", one.source, required=True, verbatim=False)
        except ValueError as unfit:
            raise Unsettled(f"The address of the document cannot be held: {unfit}.") from unfit
        url = one.source.partition("#")[0]
        if len(url) > LONGEST:
            raise Unsettled(f"The address of the document has {len(url):,} characters. Give a shorter one.")
        original = original_of(url)
        said = DocumentCreate(
            publisher=self.given.publisher or "", url=original or url, archive_url=url if original else None
        )
        document = create_document(self.writer, said)
        self._new.add(document.public_id)
        return document

    def _new_claim(self, one: Annotated) -> Claim:
        event, text = self._new_claim_text(one)
        kind = ClaimKind.FIGURE if wanted_from(text).figures else ClaimKind.OTHER
        [claim] = propose_claims(self.writer, event, [ClaimBase(text=text, kind=kind)])
        self._new.add(claim.public_id)
        return claim

    def _new_claim_text(self, one: Annotated) -> tuple[Event, str]:
        text = " ".join((one.says or "").split())
        if self.event is None:
            raise Unsettled(
                "No claim that is held surely reads the same. Put the address of its page into the body, or give "
                "`event`, the id of the event for new claims."
            )
        if len(text) > LONGEST:
            raise Unsettled(f"It has {len(text):,} characters, and a claim at most {LONGEST:,}. Shorten it.")
        return self.event, text

    def _propose(self, one: Annotated, found: Found, claim: Claim, *, with_remark: bool) -> Report:
        comments = one.comments if with_remark else one.comments[1:]
        publisher = self.writer.session.get_one(Source, found.document.publisher_id)
        said = ReportBase(
            **quoted_by(one, found),
            stance=one.stance,
            hedge=one.hedge,
            extractor=EXTRACTORS[one.written],
            rule=one.written.value,
            note="\n\n".join(comments) or None,
            grounds={"annotation": origin_of(one), "why": found.reason},
        )
        [report] = propose_reports(self.writer, found.document, publisher, [ProposedReport(claim, said)])
        return report

    def _held_in(self, document: Document) -> dict[Said, tuple[str, str]]:
        held = self._held.get(document.public_id)
        if held is None:
            held = self._held[document.public_id] = held_in(self.writer.session, document)
        return held


def _taken(
    one: Annotated, outcome: AnnotationOutcome, found: Found, names: tuple[str, str], *reasons: str
) -> AnnotationTaken:
    report, claim = names
    return AnnotationTaken(
        place=one.place,
        id=one.id,
        outcome=outcome,
        report=report,
        claim=claim,
        document=found.document.public_id,
        reasons=list(reasons),
    )


def _ids_of(taken: AnnotationTaken) -> dict[str, str | None]:
    return {"report": taken.report, "claim": taken.claim, "document": taken.document}
