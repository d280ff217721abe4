"""What a desk keeps, as a few lines that a person can take in."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from provenance.answers_desk import ClaimDesk, ContactItem, DeskEntry, DeskTask, NoteItem
from provenance.cli.layout import beneath, plain, quoted
from provenance.phrases import counted

MOST_CLAIMS = 5  # claims of a task that are listed; the rest is a number


@singledispatch
def shown(record: Any) -> RenderableType:
    """The lines of a record; raises TypeError for a kind that no command of the desk shows."""
    raise TypeError(f"no command of the desk shows {type(record).__name__}")


@shown.register
def task(record: DeskTask) -> RenderableType:
    """What to do, why it ranks there, and the claims that it is about."""
    claims = [f"{claim.id}{_at_work(claim.state, claim.holder)}: {claim.text}" for claim in record.claims[:MOST_CLAIMS]]
    more = len(record.claims) - MOST_CLAIMS
    return Group(
        plain(Text.assemble((f"{record.rank}. {record.act.replace('_', ' ')}: ", "bold yellow"), record.do)),
        beneath(record.why),
        *map(beneath, claims),
        *([beneath(f"and {counted(more, 'more claim')}")] if more > 0 else []),
        beneath(f"flags: {', '.join(record.rules)}"),
    )


@shown.register
def entry(record: DeskEntry) -> RenderableType:
    """How far the desk is with a claim, and whom it asked last."""
    kept = [counted(record.notes, "note"), counted(record.contacts, "contact")]
    due = f", due {record.due:%Y-%m-%d %H:%M}" if record.due else ""
    return Group(
        plain(record.claim_text, "bold"),
        beneath(f"{record.claim}{_at_work(record.state, record.holder)}{due}; {', '.join(kept)}"),
        *([beneath(_asked(record.last_contact))] if record.last_contact else []),
        *([beneath(f"watched by {', '.join(record.watchers)}")] if record.watchers else []),
    )


@shown.register
def claim(record: ClaimDesk) -> RenderableType:
    """All that the desk keeps about a claim."""
    return Group(
        plain(record.claim_text, "bold"),
        beneath(f"{record.claim}{_at_work(record.state, record.holder) or ': not on the desk'}"),
        *(beneath(_asked(one)) for one in record.contacts),
        *(beneath(f"{one.author}, {one.at:%Y-%m-%d %H:%M}: {one.text}") for one in record.notes),
    )


@shown.register
def note(record: NoteItem) -> RenderableType:
    """One note."""
    return Group(plain(record.text), beneath(f"{record.id}: {record.author}, {record.at:%Y-%m-%d %H:%M}"))


@shown.register
def contact(record: ContactItem) -> RenderableType:
    """One entry of a contact log."""
    return Group(plain(_asked(record)), beneath(record.id))


def _asked(record: ContactItem) -> str:
    words = f": {quoted(record.words)}" if record.words else ""
    how, outcome = (term.replace("_", " ") for term in (record.how, record.outcome))
    return f"{record.author} asked {record.asked} ({how}), {record.at:%Y-%m-%d %H:%M}, {outcome}{words}"


def _at_work(state: str | None, holder: str | None) -> str:
    """How far the desk is, and who has it, after a comma; nothing for a claim that is not on the desk."""
    return "" if state is None else f", {state.replace('_', ' ')}{f', {holder}' if holder else ''}"
