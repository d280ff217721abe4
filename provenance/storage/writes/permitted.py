"""What a contributor may write: proposals and what they need, and what a desk keeps about its work; never what counts.

Routes hold whoever comes to their roles. This stands below all of them, where every fact passes, so that none that
reads an article, a form or an annotation can accept something by the way. Whoever works on the machine itself comes
with no role and is held to nothing.
"""

from __future__ import annotations

from typing import NoReturn

from sqlmodel import Session

from provenance.access import Caller, who_asks
from provenance.errors import NotAllowed
from provenance.storage.access import Audience
from provenance.storage.claim import Claim
from provenance.storage.desk import Contact, DeskItem, DeskNote, Watch
from provenance.storage.document import Document, DocumentRelation
from provenance.storage.event import Event
from provenance.storage.figure import Figure
from provenance.storage.proposal import ArchivedCopy
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source, SourceName
from provenance.vocabulary import RelationState, ReportState, Role


def only_proposes() -> bool:
    """Whether what is written now is written for somebody who may propose, and not decide."""
    return _is_held(who_asks())


def state_of_new(wanted: ReportState, *, said: bool = False) -> ReportState:
    """The state of a new record: what was wanted, or proposed where whoever writes may not decide.

    ``said``: it was asked for, and is not merely the default.

    :raises NotAllowed: if a contributor asks for more than a proposal.
    """
    if not only_proposes():
        return wanted
    if said and wanted is not ReportState.PROPOSED:
        _refuse(f"state: '{wanted}' is decided by an editor. Leave it out, and it is proposed", "state")
    return ReportState.PROPOSED


def not_for_contributors(what: str, field: str) -> None:
    """Refuse a field that decides something.

    :raises NotAllowed: if whoever writes only proposes.
    """
    if only_proposes():
        _refuse(f"{field}: {what} is decided by an editor. Leave it out", field)


def require_own(row: Record, person: str | None, whose: str) -> None:
    """Leave what a colleague wrote or holds at the desk to them; ``whose`` says what it is of theirs.

    :raises NotAllowed: if a contributor would change what is somebody else's.
    """
    if only_proposes() and person not in (None, who_asks().name):
        raise NotAllowed(
            f"{row.public_id}: {person} {whose}. Ask them, or an editor: the key of {who_asks().name} changes what is "
            "theirs or nobody's."
        )


def require_permitted(session: Session, row: Record) -> None:
    """Hold a row that is written, as it was and as it will be, to what whoever writes may.

    :raises NotAllowed: if a contributor writes what counts.
    """
    if only_proposes() and not _is_proposal(session, row):
        noun = str(row.__tablename__).replace("_", " ")
        _refuse(f"{row.public_id or noun}: writing this {noun} is for editors", None)


def _is_proposal(session: Session, row: Record) -> bool:
    match row:
        case Report() | Claim() | Source() | Event():
            return row.state is ReportState.PROPOSED
        case Attribution() | Figure():
            return session.get_one(Report, row.report_id).state is ReportState.PROPOSED
        case SourceName():
            return session.get_one(Source, row.source_id).state is ReportState.PROPOSED
        case DocumentRelation():
            return row.state is RelationState.SUSPECTED
        # A document counts for nothing by itself, and whatever is written at the desk is nobody's statement.
        case Document() | ArchivedCopy() | DeskItem() | DeskNote() | Contact() | Watch():
            return True
        # Whoever adds something for named people is among them; to admit others is for editors, as its route says.
        case Audience():
            return row.person == who_asks().name
        case _:
            return False


def _is_held(caller: Caller) -> bool:
    return caller.role is not None and not caller.may(Role.EDITOR)


def _refuse(what: str, field: str | None) -> NoReturn:
    caller = who_asks()
    role = caller.role.one if caller.role else "nobody"
    raise NotAllowed(
        f"{what}. The key of {caller.name} is that of {role}, who proposes; that of an editor accepts.",
        field=field,
    )
