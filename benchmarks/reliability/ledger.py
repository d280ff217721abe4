"""What the server promised, held against what it did: over HTTP for every answer, in the history for every change."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

import sqlalchemy as sa

from benchmarks.reliability.asking import Answer, Client
from benchmarks.reliability.deeds import Deed, Entry
from provenance.storage.session import make_engine

AGAIN = 60  # records that are read again although nobody has written to them since they were last read
NEWEST = sa.text("SELECT coalesce(max(id), 0) FROM history")
SINCE = sa.text("SELECT id, at, why, action, noun FROM history WHERE id > :seen ORDER BY id")


@dataclass(frozen=True, slots=True)
class Promised:
    """What an address must answer: ``says`` in any case, all that ``answer`` states until somebody states something
    else, and every byte of it and its version while it is ``exact``: until what is derived may differ.
    """

    token: str
    status: int
    says: Mapping[str, Any] = field(default_factory=dict)
    answer: Answer | None = None
    exact: bool = False
    location: str | None = None

    def broken_by(self, read: Answer) -> str | None:
        """In what an answer is not as promised; None if it is."""
        if read.status != self.status:
            return f"answers {read.status}, not {self.status}"
        if self.location is not None and read.headers.get("location") != self.location:
            return f"leads to {read.headers.get('location')}, not {self.location}"
        if self.status != 200:
            return None
        if self.answer is not None:
            if self.exact and (read.etag, read.body) != (self.answer.etag, self.answer.body):
                return f"is not byte for byte what was acknowledged: {first_difference(read.json, self.answer.json)}"
            if stated(read.json) != stated(self.answer.json):
                said = first_difference(stated(read.json), stated(self.answer.json))
                return f"does not state what was acknowledged: {said}"
        found = read.json
        wrong = {name: found.get(name) for name, value in self.says.items() if found.get(name) != value}
        return f"says {wrong}, not {dict(self.says)}" if wrong else None


def stated(answer: Any) -> Any:
    """What an answer says without what is derived from other records: counts, verdicts, flags, lists of others.

    >>> stated({"id": "clm_1", "documents": 3, "figures": [{"text": "8", "flags": []}]})
    {'id': 'clm_1', 'figures': [{'text': '8'}]}
    """
    match answer:
        case dict():
            return {name: stated(value) for name, value in answer.items() if name not in DERIVED}
        case list():
            return [stated(one) for one in answer]
        case _:
            return answer


def first_difference(one: Any, other: Any, where: str = "") -> str:
    """Where two answers differ first, with what either says there.

    >>> first_difference({"a": [1, 2]}, {"a": [1, 3]})
    'a.1: 2, not 3'
    """
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs: Iterable[tuple[Any, Any, Any]] = ((name, one[name], other[name]) for name in one)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = ((number, *pair) for number, pair in enumerate(zip(one, other, strict=True)))
    else:
        return f"{where}: {one!r:.200}, not {other!r:.200}"
    for name, mine, its in pairs:
        if mine != its:
            return first_difference(mine, its, f"{where}.{name}".lstrip("."))
    return "nothing"


DERIVED = frozenset(
    {"flags", "status", "verdict", "stale", "documents", "certain", "possible", "parties", "first_published", "reports"}
    | {"claims", "corrections", "reviews", "rulings", "evidence", "origin_class", "origin_classes", "claim_text"}
    | {"other_accounts", "notes", "presence", "merged", "status_since"}
)


@dataclass
class Ledger:
    """All that was asked of one database, and all that was promised; ``trouble`` is what did not hold."""

    database_url: str
    deeds: dict[str, Deed] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    promised: dict[str, Promised] = field(default_factory=dict)
    changes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    trouble: list[str] = field(default_factory=list)
    double: int = 0
    lost: int = 0
    half: int = 0
    read_back: int = 0
    entries: int = 0
    _seen: int = 0
    _since: set[str] = field(default_factory=set)
    _exact: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._seen = self._newest()

    def asks(self, deed: Deed) -> None:
        """Note a write before it is sent for the first time."""
        with self._lock:
            self.deeds[deed.token] = deed

    def acknowledges(self, deed: Deed, answer: Answer) -> None:
        """Note what an answer promises."""
        address = deed.about or answer.headers.get("location", "")
        with self._lock:
            self.acknowledged.add(deed.token)
            self._loosen(deed)
            before = self.promised.get(address)
            says = {**(before.says if before is not None else {}), **deed.says}
            if deed.method == "DELETE":
                made = Promised(deed.token, 404)
            elif deed.leads_to is not None:
                made = Promised(deed.token, 308, says, location=deed.leads_to)
            elif deed.kind in ANSWERED_WITH_ITSELF:
                made = Promised(deed.token, 200, says, answer, exact=True)
            else:
                made = Promised(deed.token, 200, says)
            self.promised[address] = made
            self._since.add(address)
            if made.exact and deed.stirs:
                self._exact[deed.desk].add(address)

    def _loosen(self, deed: Deed) -> None:
        for touched in deed.touches & self.promised.keys():
            self.promised[touched] = replace(self.promised[touched], answer=None)
        if deed.stirs:
            for address in self._exact.pop(deed.desk, ()):
                self.promised[address] = replace(self.promised[address], exact=False)

    def check_history(self, unanswered: Iterable[Deed]) -> list[Deed]:
        """Hold what was written since the last time against what was asked; which unanswered writes are there.

        Every change is whole, was asked for, and is there once; every write that was acknowledged is there.
        """
        found: dict[tuple[str, str], Counter[Entry]] = defaultdict(Counter)
        for identity, at, why, action, noun in self._entries():
            found[str(at), str(why)][action, noun] += 1
            self._seen = max(self._seen, identity)
            self.entries += 1
        for (at, token), entries in found.items():
            self._check_change(at, token, entries)
        for token in sorted(self.acknowledged - self.changes.keys()):
            self.lost += 1
            self.trouble.append(f"{self.deeds[token].kind} '{token}' was acknowledged and is not in the history")
            self.acknowledged.discard(token)
        return [deed for deed in unanswered if deed.token in self.changes]

    def _check_change(self, at: str, token: str, entries: Counter[Entry]) -> None:
        deed = self.deeds.get(token)
        if deed is None:
            self.trouble.append(f"at {at} something was written for '{token}', which nobody asked for")
            return
        self.changes[token].append(at)
        if len(self.changes[token]) > 1:
            self.double += 1
            self.trouble.append(f"{deed.kind} '{token}' is there {len(self.changes[token])} times")
        if entries != Counter(deed.shape):
            self.half += 1
            self.trouble.append(f"{deed.kind} '{token}' left {dict(entries)}, not {dict(deed.shape)}")

    def read_again(self, client: Client, landed: Iterable[Deed] = (), chance: random.Random | None = None) -> None:
        """Read over HTTP what was promised since the last time, and some of the rest; without ``chance`` all of it.

        ``landed`` are writes that are there although nobody was told so: what they changed says something else by now.
        """
        changed = set()
        for deed in landed:
            self._loosen(deed)
            changed.add(deed.about)
        if chance is None:
            addresses = sorted(self.promised)
        else:
            older = sorted(self.promised.keys() - self._since)
            addresses = sorted(self._since) + chance.sample(older, min(AGAIN, len(older)))
        for address in addresses:
            if address in changed:
                continue
            answer = client.get(address)
            self.read_back += 1
            if wrong := self.promised[address].broken_by(answer):
                self.lost += 1
                self.trouble.append(f"{address}, as of '{self.promised[address].token}', {wrong}")
        self._since = {address for address in self._since if address in changed}

    def _newest(self) -> int:
        engine = make_engine(self.database_url)
        try:
            with engine.connect() as connection:
                newest: int = connection.execute(NEWEST).scalar_one()
                return newest
        finally:
            engine.dispose()

    def _entries(self) -> list[Any]:
        # Read past the program that is under trial, so that it cannot hide what it did.
        engine = make_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return list(connection.execute(SINCE, {"seen": self._seen}))
        finally:
            engine.dispose()


# Kinds whose answers are the record itself, as its address answers from then on. An undoing answers with the change, a
# merge with what it moved, and sources, events and tallies tell what others say of them.
ANSWERED_WITH_ITSELF = frozenset(
    {"claim", "document", "report", "correction", "review", "evidence", "note", "accept"}
    | {"change of claims", "change of reports", "change of notes"}
)
