"""Holds the entries of the history to their seals, and those that were redacted to what their tombstones say of them.

Taking a name out of an entry breaks its seal for good, for the seal fits what it said before. A tombstone names the
hash of the entry and the hash of what it says now; the tombstone is an entry of the history itself, so it stands or
falls with its own seal. Of several tombstones that name one entry, the newest counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from provenance.storage.history import FIRST, seal

TOMBSTONE = "redaction"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the history, as it is stored; ``at`` is whatever stands where its moment should."""

    id: int
    at: Any
    who: Any
    why: Any
    action: str
    noun: str
    public_id: str
    before: Any
    after: Any
    previous: str
    hash: str
    salt: str | None


@dataclass(frozen=True, slots=True)
class Break:
    """An entry at which the chain is broken, and how."""

    entry: int
    what: str


@dataclass(frozen=True, slots=True)
class _Misfit:
    id: int
    hash: str
    now: str | None
    what: str


@dataclass(frozen=True, slots=True)
class _Tombstone:
    id: int
    hash: str
    now: str
    fits: bool
    sealed: Mapping[str, str]


@dataclass
class Seals:
    """The seals of the history, one after the other; `take` every entry in its order, then ask for `breaks`."""

    newest: str = FIRST
    entries: int = 0
    _misplaced: list[Break] = field(default_factory=list)
    _misfits: list[_Misfit] = field(default_factory=list)
    _tombstones: list[_Tombstone] = field(default_factory=list)

    def take(self, entry: Entry) -> bool:
        """Look at the next entry; whether it is one of those that may be named as a break: a misfit or a tombstone."""
        self.entries += 1
        if entry.previous != self.newest:
            what = "what it is sealed with is not the entry before: something was removed, slipped in or put elsewhere"
            self._misplaced.append(Break(entry.id, what))
        fits = isinstance(entry.at, datetime) and entry.hash == _sealed(entry, entry.salt)
        now = content_hash(entry) if not fits or entry.noun == TOMBSTONE else None
        if not fits:
            what = f"its seal does not fit what it says about the {entry.noun} '{entry.public_id}': it was changed"
            # Whoever redacts takes the salt away, so that nobody can guess what the entry said.
            self._misfits.append(_Misfit(entry.id, entry.hash, None if entry.salt else now, what))
        if entry.noun == TOMBSTONE and entry.action == "created" and now is not None:
            self._tombstones.append(_Tombstone(entry.id, entry.hash, now, fits, _named(entry.after)))
        self.newest = entry.hash
        return now is not None or not fits

    def breaks(self) -> list[Break]:
        """Where the chain is broken: entries that neither fit their seals nor what a sound tombstone says of them."""
        names = self._sound()
        found = [*self._misplaced, *(Break(one.id, one.what) for one in self._misfits if not _is_redacted(one, names))]
        missing = names.keys() - {one.hash for one in self._misfits}
        for tombstone, _ in {names[one] for one in missing}:
            what = "an entry that was redacted with it says again what it said before, or is gone"
            found.append(Break(tombstone, what))
        return sorted(found, key=lambda one: one.entry)

    @property
    def redacted(self) -> int:
        """How many entries no longer say what they said, and are held to a tombstone instead."""
        names = self._sound()
        return sum(_is_redacted(one, names) for one in self._misfits)

    def _sound(self) -> dict[str, tuple[int, str]]:
        """For each entry that was redacted, the newest tombstone that names it and the hash that it names."""
        names: dict[str, tuple[int, str]] = {}
        for tombstone in reversed(self._tombstones):
            held = names.get(tombstone.hash)
            # A tombstone may have been redacted itself: then a later one speaks for it.
            if tombstone.fits or (held is not None and held[1] == tombstone.now):
                for entry, now in tombstone.sealed.items():
                    names.setdefault(entry, (tombstone.id, now))
        return names


def content_hash(entry: Entry) -> str | None:
    """The hash of what an entry says, without its salt; None where nobody can read it."""
    return _sealed(entry, None) if isinstance(entry.at, datetime) else None


def _is_redacted(misfit: _Misfit, names: Mapping[str, tuple[int, str]]) -> bool:
    held = names.get(misfit.hash)
    # A tombstone speaks of entries before it alone.
    return held is not None and misfit.now is not None and held[1] == misfit.now and misfit.id < held[0]


def _named(after: Any) -> dict[str, str]:
    sealed = after.get("sealed") if isinstance(after, dict) else None
    return sealed if isinstance(sealed, dict) else {}


def _sealed(entry: Entry, salt: str | None) -> str:
    return seal(
        entry.previous,
        entry.at.astimezone(UTC),
        entry.who,
        entry.why,
        entry.action,
        entry.noun,
        entry.public_id,
        entry.before,
        entry.after,
        salt,
    )
