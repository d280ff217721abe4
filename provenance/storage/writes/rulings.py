"""Writes what an editor decides and signs: the desk's range for a tally, a hop that supports nothing, a zombie or not.

A decision stands beside what is reported and never over it: no figure, hop or report is changed by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from provenance.errors import InvalidInput
from provenance.grading import graded
from provenance.storage.claim import Claim
from provenance.storage.correction import Ruling, RulingChange, RulingCreate
from provenance.storage.event import Tally
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import RulingKind


def sign_ruling(writer: Writer, given: RulingCreate) -> Ruling:
    """Sign a decision, with its method."""
    values = given.model_dump()
    _check_fields(given.kind, values)
    keyed = {name: value for name, value in values.items() if name not in REFERENCES}
    for name, (column, table) in REFERENCES.items():
        if values[name] is not None:
            keyed[column] = referred(writer.session, table, values[name], name).key
    _check_signed(writer, given.signed_at)
    return writer.add(Ruling(**_completed(given.kind, keyed)))


def change_ruling(writer: Writer, public_id: str, change: RulingChange) -> Ruling:
    """Change a decision about the same thing."""
    ruling, values = known(writer.session, Ruling, public_id), change.values()
    _refuse_foreign(ruling.kind, values)
    held = {name: getattr(ruling, name) for name in RulingChange.model_fields}
    completed = _completed(ruling.kind, held | values)
    _check_signed(writer, completed["signed_at"])
    return writer.change(ruling, completed)


def retire_ruling(writer: Writer, public_id: str) -> Ruling:
    """Let a decision hold no longer; it stays in the history."""
    ruling = known(writer.session, Ruling, public_id)
    writer.retire(ruling)
    return ruling


# What a writer calls by a public id, and the column and table that it stands for.
REFERENCES: Mapping[str, tuple[str, type[Record]]] = {
    "tally": ("tally_id", Tally),
    "claim": ("claim_id", Claim),
    "attribution": ("attribution_id", Attribution),
    "upstream": ("upstream_id", Source),
    "downstream": ("downstream_id", Source),
    "report": ("report_id", Report),
}
# The fields that each kind has of its own; every kind has a method and a signature.
OWN: Mapping[RulingKind, frozenset[str]] = {
    RulingKind.RANGE: frozenset({"tally", "low", "high", "inclusions", "scale", "grade"}),
    RulingKind.CUT: frozenset({"attribution", "claim", "upstream", "downstream"}),
    RulingKind.ZOMBIE: frozenset({"report", "upholds"}),
}


def _check_fields(kind: RulingKind, values: Mapping[str, Any]) -> None:
    _refuse_foreign(kind, values)
    match kind:
        case RulingKind.RANGE:
            _require(values, "tally", "name the tally that the range is for.")
        case RulingKind.ZOMBIE:
            _require(values, "report", "name the report that is, or is not, a zombie.")
        case RulingKind.CUT:
            _check_cut(values)


def _check_cut(values: Mapping[str, Any]) -> None:
    across = [name for name in ("claim", "upstream", "downstream") if values[name] is not None]
    if values["attribution"] is not None:
        if across:
            raise _refusal(across[0], "it cuts one hop or a hop across reports, not both; keep `attribution` or these.")
        return
    _require(values, "claim", "name the claim and the ends of the hop, or give one `attribution`.")
    if len(across) == 1:
        raise _refusal("upstream", "that would cut every hop of the claim; name an upstream, a downstream or both.")
    if values["upstream"] == values["downstream"]:
        raise _refusal("downstream", "a source cannot relay itself; name another one.")


def _completed(kind: RulingKind, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the grade as its scale spells it, checked against each other."""
    if kind is RulingKind.ZOMBIE:
        _require(values, "upholds", "say whether the report is a zombie: true or false.")
    if kind is not RulingKind.RANGE:
        return values
    low, high = values["low"], values["high"]
    if low is None and high is None:
        raise _refusal("low", "a range without ends says nothing; give low, high or both.")
    if low is not None and high is not None and low > high:
        raise _refusal("low", "it is above `high`; swap the two.")
    scale, grade = graded(values["scale"], values["grade"])
    return values | {"scale": scale, "grade": grade}


def _check_signed(writer: Writer, signed_at: datetime) -> None:
    if signed_at > writer.at:
        raise _refusal("signed_at", "it lies in the future; sign with the time of signing.")


def _refuse_foreign(kind: RulingKind, values: Mapping[str, Any]) -> None:
    for other, fields in OWN.items():
        for name in sorted(fields - OWN[kind]):
            if other is not kind and values.get(name) is not None:
                raise _refusal(name, f"it belongs to a {other.value}, and this is a {kind.value}; leave it out.")


def _require(values: Mapping[str, Any], name: str, remedy: str) -> None:
    if values[name] is None:
        raise _refusal(name, f"it is missing; {remedy}")


def _refusal(field: str, problem: str) -> InvalidInput:
    return InvalidInput(f"{field}: {problem}", field=field)
