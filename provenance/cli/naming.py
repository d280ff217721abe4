"""Lets people name a source or an event where programs give an id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from provenance.cli.options import NAMEABLE
from provenance.cli.output import note
from provenance.cli.visible import visible
from provenance.errors import InvalidInput
from provenance.storage.reads.asked import Asked, EventsAsked, Included, SourcesAsked

if TYPE_CHECKING:
    from sqlmodel import Session

A = TypeVar("A", bound=Asked)

PUBLIC_ID = re.compile(r"[a-z]{3}_[a-z0-9]+")
CANDIDATES = 20


def with_ids(session: Session, asked: A) -> A:
    """The same question with names replaced by ids.

    Raises :class:`InvalidInput` where a name means several or none, or where there is no such rule.
    """
    named = {
        filter: value
        for filter in NAMEABLE
        if isinstance(value := getattr(asked, filter, None), str) and not PUBLIC_ID.fullmatch(value)
    }
    ids = {filter: _the_one(filter, name, _candidates(session, filter, name)) for filter, name in named.items()}
    _check_rules(asked)
    return asked.model_copy(update=ids)


def id_of(session: Session, filter: str, given: str) -> str:
    """The id that was given, or that of the source or event of this name; raises as `with_ids` does."""
    return given if PUBLIC_ID.fullmatch(given) else _the_one(filter, given, _candidates(session, filter, given))


def _check_rules(asked: Asked) -> None:
    from provenance.analysis.rules import RULES

    known = [rule.key for rule in RULES]
    for filter in ("flag", "rule"):
        keys = getattr(asked, filter, ())
        # A proposal has the rule of an extractor, of which there may be any.
        for key in keys if isinstance(keys, list) else ():
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"Did you mean {near[0]}? " if near else ""
                raise InvalidInput(
                    f"--{filter}: there is no rule '{key}'. {hint}Use one of: {', '.join(known)}.", field=filter
                )


def _candidates(session: Session, filter: str, name: str) -> list[tuple[str, str]]:
    # What only proposals speak of is meant where nothing else bears the name.
    return _called(session, filter, name, Included.ACCEPTED) or _called(session, filter, name, Included.PROPOSED)


def _called(session: Session, filter: str, name: str, include: Included) -> list[tuple[str, str]]:
    from provenance.storage.reads.events import events
    from provenance.storage.reads.sources import sources

    if filter == "event":
        asked = EventsAsked(q=name, limit=CANDIDATES, include=include)
        return [(event.id, event.title) for event in events(session, asked).items]
    named = SourcesAsked(q=name, limit=CANDIDATES, include=include)
    return [(source.id, source.name) for source in sources(session, named).items]


def _the_one(filter: str, name: str, candidates: Sequence[tuple[str, str]]) -> str:
    exact = [(id, called) for id, called in candidates if called.casefold() == name.casefold()]
    found = exact or candidates
    if len(found) == 1:
        [(id, called)] = found
        if not exact:
            note(f"--{filter}: '{name}' is taken to mean {visible(called)} ({id}).")
        return id
    if not found:
        noun = "event" if filter == "event" else "source"
        raise InvalidInput(f"--{filter}: no {noun} is called '{name}'. Search for it: provenance search {name}")
    listed = "; ".join(f"{id} {called}" for id, called in candidates)
    raise InvalidInput(f"--{filter}: '{name}' may mean several. Name one by its id: {listed}", field=filter)
