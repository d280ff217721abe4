"""Where somebody else was faster: which version a form was filled in against, and what was changed meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session

from api.web.words import shortened, when, writer
from provenance.errors import StaleWrite
from provenance.storage.reads.asked_history import HistoryAsked
from provenance.storage.reads.changes import RecordNoun, history_of


def version_of(shown: Iterable[BaseModel]) -> str:
    """The version of all that a form was filled from.

    >>> class Said(BaseModel):
    ...     words: str
    >>> dozens, several = Said(words="dozens"), Said(words="several")
    >>> version_of([dozens, several]) == version_of([several, dozens])
    False
    """
    said = "\n".join(one.model_dump_json(exclude=DERIVED) for one in shown)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


# What rules find changes with other records, and nobody types it.
DERIVED: dict[str, Any] = {"flags": True, "figures": {"__all__": {"flags"}}}


def require_shown(given: str, shown: Iterable[BaseModel]) -> None:
    """Refuse what was typed into a form that shows something else than what is held now.

    :raises StaleWrite: if it does, or does not tell what it shows.
    """
    if given != version_of(shown):
        raise StaleWrite("What the form was filled from was changed since; read it again.")


def what_changed(session: Session, noun: RecordNoun, public_id: str) -> str:
    """Who was faster, and what they made of it, for whoever has typed something else."""
    items = history_of(session, noun, public_id, HistoryAsked(limit=ENTRIES)).items
    if not items:
        return AGAIN
    newest = items[0]
    changes = [each for item in items if item.change == newest.change for each in item.changes]
    told = "; ".join(f"{each.field} says {_value(each.after)} now" for each in changes)
    how = told or f"a part of it was {newest.action}"
    return f"Your form shows another version: {writer(newest.who)} changed this on {when(newest.at)}: {how}. {AGAIN}"


ENTRIES = 50  # of the newest change; one form writes fewer
AGAIN = "What you typed is kept here; send it again to let it stand instead."


def _value(said: object) -> str:
    return "nothing" if said is None or said == "" else f"“{shortened(str(said), 90)}”"
