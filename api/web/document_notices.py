"""What the page of a document says first: what was done just now, or what stood in the way of what was sent from it.

What an address claims to have happened is said only where the records bear it out: addresses are kept, sent around and
come back to after the decision that they speak of was taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api.web.words import shortened, when, writer
from provenance.answers_detail import DecisionNote, ReportDetail
from provenance.errors import NotFound
from provenance.storage.reads.changes import change_detail
from provenance.vocabulary import Decided, ReportState

# Kept as the note of a document whose words are only a selection of its page.
EXCERPT = "Only a part of the page is held: the words that somebody selected on it."


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence at the head of the page; ``of``: the statement that it is about.

    ``change`` is the decision that can be taken back, ``edit`` the statement to be changed instead; ``fault``: what was
    sent was not done.
    """

    sentence: str
    of: str = ""
    change: str | None = None
    edit: str | None = None
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a deed (`{}`: the words of the statement), and the states in which a statement bears it out."""

    sentence: str
    states: tuple[ReportState, ...] = ()


WAITS, HOLDS, GONE = (ReportState.PROPOSED,), (ReportState.ACCEPTED,), (ReportState.REJECTED,)
# What a page of ours did before it led here; those without states are not about one statement.
DONE = {
    "accepted": Said("Accepted: “{}”. It counts from now on.", HOLDS),
    "rejected": Said("Rejected: “{}”. It stays in the history and counts for nothing.", GONE),
    "merged": Said("“{}” states a known claim now, and still waits for a decision.", WAITS),
    "edited": Said("Changed, and still waiting: “{}”.", WAITS),
    "changed": Said("Changed: “{}”.", (*HOLDS, *GONE)),
    "stated": Said("Added: “{}”. It counts from now on.", HOLDS),
    "proposed": Said("Proposed: “{}”. It counts once an editor accepts it.", WAITS),
    "known": Said("This article was held already, word for word; nothing was added."),
    "held": Said(
        "This was stated already, in the same words and through the same sources: “{}”. Nothing was added.", HOLDS
    ),
    "undone": Said("The last decision was taken back. The record is as it was before."),
    "kept": Said("The article is held now. Nothing is proposed from it; state by hand what it says."),
    "taken": Said("The article is held now. What was read in it waits for you beside the text."),
}


def just_done(
    session: Session, reports: Sequence[ReportDetail], done: str | None, of: str | None, change: str | None
) -> Notice | None:
    """What was done just now, with the change to undo it where nothing stands in the way; None if it does not hold."""
    said = DONE.get(done or "")
    if said is None or (done == "undone" and not _undoable(session, change)):
        # What was done since stands in the way of taking back that something was taken back.
        return None
    if not said.states:
        return Notice(said.sentence, of or "", _undoable(session, change))
    report = next((one for one in reports if one.id == of), None)
    if report is None or report.state not in said.states:
        return None
    return Notice(said.sentence.format(_words(report)), report.id, _undoable(session, change))


def too_late(session: Session, report: ReportDetail) -> Notice:
    """That a statement does not wait any longer: who decided what about it, and when; and what can be done now."""
    known = next((one for one in reversed(report.decisions) if one.kind in DECIDED), None)
    how = f"is {report.state} already" if known is None else _told(known)
    return Notice(
        f"Nothing was changed: “{_words(report)}” {how}.",
        report.id,
        None if known is None else _undoable(session, known.change),
        report.id,
        fault=True,
    )


DECIDED = {Decided.ACCEPT: "accepted", Decided.REJECT: "rejected"}


def _told(known: DecisionNote) -> str:
    return f"was {DECIDED[known.kind]} already by {writer(known.by)} on {when(known.at)}"


def _words(report: ReportDetail) -> str:
    return shortened(report.quote or report.claim_text, 90).strip("“”")


def _undoable(session: Session, change: str | None) -> str | None:
    try:
        return change if change and change_detail(session, change).undoable else None
    except NotFound:
        return None
