"""Reads what editors have decided in a story: how sources are tied, what was corrected, ruled and reviewed, and on what
material reviews rest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from provenance.errors import InvalidInput
from provenance.ingestion.story_rows import Pool, Reference, basis_of, end_of, instant_of, moment_of
from provenance.ingestion.yaml_fields import Fields, read_list
from provenance.storage.claim import Claim
from provenance.storage.correction import Correction, Ruling
from provenance.storage.document import Document
from provenance.storage.event import Event, Tally
from provenance.storage.report import Attribution, Report
from provenance.storage.review import Evidence, EvidenceBase, Review, ReviewBase, Verification
from provenance.storage.source import Source, Tie, TieBase
from provenance.storage.writes.reviews import check_rating
from provenance.storage.writes.ties import contradicts
from provenance.vocabulary import CorrectionKind, EvidenceKind, ReportState, RulingKind, TieKind


def read_decisions(folder: Path, pool: Pool) -> dict[str, tuple[str, ...]]:
    """Want all of them; answers which review rests on which material, by public ids."""
    for fields in read_list(folder / "ties.yaml", "ties"):
        _tie(fields, pool)
    for fields in read_list(folder / "evidence.yaml", "evidence"):
        _evidence(fields, pool)
    for fields in read_list(folder / "corrections.yaml", "corrections"):
        _correction(fields, pool)
    for fields in read_list(folder / "rulings.yaml", "rulings"):
        _ruling(fields, pool)
    return dict(_review(fields, pool) for fields in read_list(folder / "reviews.yaml", "reviews"))


def _tie(fields: Fields, pool: Pool) -> None:
    source, other = pool.refer(fields, "source", Source), pool.refer(fields, "other", Source)
    kind = fields.term("kind", TieKind)
    fields = fields.at(f"tie {fields.text('source')} {kind.value} {fields.text('other')}")
    fields.only(
        "source", "kind", "other", "valid_from", "valid_to", "basis", "document", "reference", "note",
        "signed_by", "signed_at",
    )  # fmt: skip
    if source == other:
        raise fields.refusal("other", "is the source itself", "name another source")
    values: dict[str, Any] = {
        "kind": kind,
        "valid_from": instant_of(fields, "valid_from"),
        "valid_to": end_of(fields, "valid_to"),
        "basis": basis_of(fields, document=fields.optional("document")),
        "reference": fields.optional("reference"),
        "signed_by": fields.optional("signed_by"),
        "signed_at": instant_of(fields, "signed_at"),
        "note": fields.optional("note"),
    }
    if kind is TieKind.EXAMINED_NO_TIE and not (values["signed_by"] and values["signed_at"]):
        raise fields.refusal("signed_by", "is missing", "sign what was examined, with signed_by and signed_at")
    if values["valid_from"] and values["valid_to"] and values["valid_from"] > values["valid_to"]:
        raise fields.refusal("valid_to", "lies before valid_from", "swap the two")
    _check_ties(fields, pool, source, other, values)
    public_id = pool.public_id(Tie, f"{kind.value} {other.public_id} {fields.optional('valid_from')}", source.public_id)
    references = {"source_id": source, "other_id": other, "document_id": pool.may_refer(fields, "document", Document)}
    # A tie between two sources of one other story is that story's to state.
    lenders = {pool.by_id[source.public_id].lender, pool.by_id[other.public_id].lender}
    lender = lenders.pop() if len(lenders) == 1 else None
    pool.add(fields, Tie, public_id, values, references, shape=TieBase, lender=lender)


def _check_ties(fields: Fields, pool: Pool, source: Reference, other: Reference, values: dict[str, Any]) -> None:
    ends = {source.public_id, other.public_id}
    stated = [row for row in pool.by_id.values() if row.table is Tie]
    for row in stated:
        same = {row.references["source_id"].public_id, row.references["other_id"].public_id} == ends
        if same and contradicts(values, row.values):
            problem = f"contradicts the story's {row.values['kind'].value} of the same two at the same time"
            raise fields.refusal("kind", problem, "keep one of them")


def _evidence(fields: Fields, pool: Pool) -> None:
    key = fields.text("key")
    fields = fields.at(f"evidence {key}")
    fields.only(
        "key", "event", "kind", "title", "url", "uploader", "file_hash", "perceptual_hash", "archives", "note",
        "verifications",
    )  # fmt: skip
    values = {
        "kind": fields.term("kind", EvidenceKind),
        "title": fields.text("title"),
        "archives": list(fields.texts("archives")),
        **_optional(fields, "url", "file_hash", "perceptual_hash", "note"),
    }
    references = {
        "event_id": pool.refer(fields, "event", Event),
        "uploader_id": pool.may_refer(fields, "uploader", Source),
    }
    public_id = pool.public_id(Evidence, key)
    pool.add(fields, Evidence, public_id, values, references, key=key, shape=EvidenceBase)
    for number, step in enumerate(fields.entries("verifications")):
        step.only("step", "outcome", "by", "at")
        at = instant_of(step, "at")
        if at is None:
            raise step.refusal("at", "is missing", "say when it was done")
        said = {"step": step.text("step"), "outcome": step.text("outcome"), "by": step.text("by"), "at": at}
        step_id = pool.public_id(Verification, str(number), public_id)
        pool.add(step, Verification, step_id, said, {"evidence_id": Reference(Evidence, public_id)})


def _correction(fields: Fields, pool: Pool) -> None:
    key = fields.text("key")
    fields = fields.at(f"correction {key}")
    fields.only(
        "key", "kind", "by", "document", "effective", "target", "replaced_by", "remains", "note", "reference"
    )  # fmt: skip
    target = fields.entry("target")
    if target is None:
        raise fields.refusal("target", "is missing", "name a claim, a document or a hop")
    target.only("claim", "document", "hop", "upstream", "downstream")
    references = {
        "by_id": pool.refer(fields, "by", Source),
        "document_id": pool.may_refer(fields, "document", Document),
        "superseded_by_id": pool.may_refer(fields, "replaced_by", Claim),
        "claim_id": pool.may_refer(target, "claim", Claim),
        "target_document_id": pool.may_refer(target, "document", Document),
        "attribution_id": _hop(target, pool),
        **_ends(target, pool),
    }
    if not any(references[column] for column in ("claim_id", "target_document_id", "attribution_id")):
        raise target.refusal("claim", "is missing", "name a claim, a document or a hop")
    values = {
        "kind": fields.term("kind", CorrectionKind),
        **moment_of(fields.entry("effective"), "effective"),
        **_optional(fields, "remains", "note", "reference"),
    }
    pool.add(fields, Correction, pool.public_id(Correction, key), values, references, key=key)


def _ruling(fields: Fields, pool: Pool) -> None:
    key = fields.text("key")
    fields = fields.at(f"ruling {key}")
    fields.only(
        "key", "kind", "tally", "claim", "hop", "upstream", "downstream", "low", "high", "method", "signed_by",
        "signed_at",
    )  # fmt: skip
    kind, low, high, signed = (
        fields.term("kind", RulingKind), fields.number("low"), fields.number("high"), instant_of(fields, "signed_at"),
    )  # fmt: skip
    references = {
        "tally_id": pool.may_refer(fields, "tally", Tally),
        "claim_id": pool.may_refer(fields, "claim", Claim),
        "attribution_id": _hop(fields, pool),
        **_ends(fields, pool),
    }
    if signed is None:
        raise fields.refusal("signed_at", "is missing", "say when it was signed")
    if low is not None and high is not None and low > high:
        raise fields.refusal("low", "is above high", "swap the two")
    if kind is RulingKind.RANGE and references["tally_id"] is None:
        raise fields.refusal("tally", "is missing", "name the tally that the range is of")
    if kind is RulingKind.CUT and references["claim_id"] is None and references["attribution_id"] is None:
        raise fields.refusal("claim", "is missing", "name the claim or the hop that is cut")
    values: dict[str, Any] = {
        "kind": kind,
        "low": low,
        "high": high,
        "method": fields.text("method"),
        "signed_by": fields.text("signed_by"),
        "signed_at": signed,
    }
    pool.add(fields, Ruling, pool.public_id(Ruling, key), values, references, key=key)


def _ends(fields: Fields, pool: Pool) -> dict[str, Reference | None]:
    upstream, downstream = pool.may_refer(fields, "upstream", Source), pool.may_refer(fields, "downstream", Source)
    if (upstream or downstream) and not fields.optional("claim"):
        raise fields.refusal("claim", "is missing", "say on which claim the source is said to have spoken")
    if upstream is not None and upstream == downstream:
        raise fields.refusal("downstream", "is the upstream itself", "name another source, or leave it out")
    return {"upstream_id": upstream, "downstream_id": downstream}


def _hop(fields: Fields, pool: Pool) -> Reference | None:
    hop = fields.entry("hop")
    if hop is None:
        return None
    hop.only("report", "from", "to")
    report = pool.refer(hop, "report", Report)
    upstream, downstream = pool.may_refer(hop, "from", Source), pool.refer(hop, "to", Source)
    public_id = pool.public_id(Attribution, f"{upstream.public_id if upstream else None} {downstream.public_id}",
                               report.public_id)  # fmt: skip
    if public_id not in pool.by_id:
        raise hop.refusal("from", "and 'to' are no hop of that report", "name two sources that follow each other there")
    return Reference(Attribution, public_id)


def _review(fields: Fields, pool: Pool) -> tuple[str, tuple[str, ...]]:
    key = fields.text("key")
    fields = fields.at(f"review {key}")
    fields.only(
        "key", "claim", "author", "rating", "upholds", "reasons", "url", "language", "reviewed_at", "rating_value",
        "best_rating", "worst_rating", "state", "evidence",
    )  # fmt: skip
    values = {
        "author": fields.text("author"),
        "rating": fields.text("rating"),
        "upholds": fields.flag("upholds"),
        "reasons": fields.text("reasons"),
        "reviewed_at": instant_of(fields, "reviewed_at"),
        "state": fields.term("state", ReportState, ReportState.ACCEPTED),
        **_optional(fields, "url", "language"),
        **{name: fields.number(name) for name in ("rating_value", "best_rating", "worst_rating")},
    }
    try:
        check_rating(values)
    except InvalidInput as outside:
        problem = outside.message.partition(": ")[2].rstrip(".")
        raise fields.refusal("rating_value", f"cannot be: {problem}", "correct it") from outside
    public_id = pool.public_id(Review, key)
    references = {"claim_id": pool.refer(fields, "claim", Claim)}
    pool.add(fields, Review, public_id, values, references, key=key, shape=ReviewBase)
    named = [Fields({"evidence": one}, fields.file, fields.place) for one in fields.texts("evidence")]
    return public_id, tuple(pool.refer(one, "evidence", Evidence).public_id for one in named)


def _optional(fields: Fields, *names: str) -> dict[str, str | None]:
    return {name: fields.optional(name) for name in names}
