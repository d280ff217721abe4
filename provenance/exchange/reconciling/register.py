"""All names of all sources, spelled for comparison and kept in memory until something is written.

A list of names is asked about cell by cell; reading the sources anew for each would cost more than comparing them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.exchange.reconciling.spelling import Spelled, spelled_once
from provenance.storage.reads.considering import newest_entry
from provenance.storage.reads.merges import merged
from provenance.storage.reads.registered import Called, Registered, registered
from provenance.storage.session import reading
from provenance.vocabulary import Mergeable


@dataclass(frozen=True, slots=True)
class Bearer:
    """A source under one of its names, with that name as it is compared."""

    source: Registered
    called: Called
    spelled: Spelled


@dataclass(frozen=True)
class Register:
    """Everything that names are compared with, as it was held at one entry of the history.

    ``merged``: where the ids of sources lead that were merged into others; tables that were matched before keep them.
    """

    entry: int
    sources: Sequence[Registered]
    merged: Mapping[str, str] = field(default_factory=dict)

    def source(self, public_id: str) -> Registered | None:
        """The source with an id, or the one that it was merged into."""
        return self.by_id.get(self.merged.get(public_id, public_id))

    @cached_property
    def by_id(self) -> Mapping[str, Registered]:
        """The sources by their public ids."""
        return {source.id: source for source in self.sources}

    @cached_property
    def bearers(self) -> Sequence[Bearer]:
        """Each name of each source."""
        return [Bearer(source, called, spelled_once(called.name)) for source in self.sources for called in source.names]

    @cached_property
    def romanised(self) -> Sequence[str]:
        """The names as they are compared where none is the same, in the order of `bearers`."""
        return [bearer.spelled.romanised for bearer in self.bearers]

    @cached_property
    def by_sound(self) -> Mapping[str, Sequence[int]]:
        """The positions in `bearers` of the names that sound alike."""
        found: dict[str, list[int]] = {}
        for position, bearer in enumerate(self.bearers):
            found.setdefault(bearer.spelled.sounded, []).append(position)
        return found


def register_of(engine: Engine) -> Register:
    """The register as it is now."""
    with reading(engine) as session:
        entry = newest_entry(session)
        kept = KEPT.get(engine)
        if kept is None or kept.entry != entry:
            kept = KEPT[engine] = Register(entry, registered(session), _merged(session))
    return kept


def _merged(session: Session) -> Mapping[str, str]:
    return {one.gone: one.kept for one in merged(session, Mergeable.SOURCE)}


KEPT: WeakKeyDictionary[Engine, Register] = WeakKeyDictionary()
