"""What `provenance verify` found in each part, as a document and in words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from provenance.cli.output import note, show
from provenance.cli.visible import visible
from provenance.phrases import counted

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from provenance.storage.reads.history import Chain
    from provenance.storage.reads.integrity import Flaw
    from provenance.storage.reads.replaying import Mismatch

T = TypeVar("T")
Heard = Callable[[int, int | None], None]

NAMED = 5  # places that are named to people; the rest is a number
LISTED = 1_000  # places that the document names; the rest is a number


@dataclass(slots=True)
class Part:
    """How much of a part was checked, how many flaws it has, and the first of them."""

    checked: int = 0
    wrong: int = 0
    flaws: list[Flaw] = field(default_factory=list)

    def add(self, found: Iterable[Flaw]) -> None:
        """Take flaws, of which only the first are kept."""
        for flaw in found:
            self.wrong += 1
            if len(self.flaws) < LISTED:
                self.flaws.append(flaw)

    def document(self) -> dict[str, Any]:
        """The part as JSON has it."""
        flaws = [{"where": one.where, "what": one.what, "remedy": one.remedy} for one in self.flaws]
        return {"checked": self.checked, "wrong": self.wrong, "flaws": flaws}


@dataclass(slots=True)
class Derived:
    """Whose standing differs from a recomputation, in what; who is marked; and why nothing could be recomputed."""

    wrong: dict[str, dict[str, None]] = field(default_factory=dict)
    stale: dict[str, None] = field(default_factory=dict)
    unreadable: str | None = None


@dataclass(slots=True)
class Verified:
    """What was found, part by part."""

    pages: Part = field(default_factory=Part)
    schema: Part = field(default_factory=Part)
    references: Part = field(default_factory=Part)
    index: Part = field(default_factory=Part)
    texts: Part = field(default_factory=Part)
    chain: Chain | None = None
    kept: bool | None = None
    records: int = 0
    wrong: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)
    derived: Derived = field(default_factory=Derived)

    @property
    def parts(self) -> dict[str, Part]:
        """The parts that are a list of flaws, by the names that the document gives them."""
        return {
            "pages": self.pages,
            "schema": self.schema,
            "references": self.references,
            "search": self.index,
            "texts": self.texts,
        }

    @property
    def is_wrong(self) -> bool:
        """Whether anything is not as it should be."""
        unsealed = self.chain is None or bool(self.chain.breaks) or self.kept is False
        underived = bool(self.derived.wrong or self.derived.unreadable)
        return unsealed or bool(self.wrong) or underived or any(part.wrong for part in self.parts.values())

    def check_pages(self, engine: Engine) -> None:
        """What the database finds wrong with itself."""
        from provenance.storage.reads.integrity import broken_pages

        self.pages.checked = 1
        with _readable(self.pages), engine.connect() as connection:
            self.pages.add(broken_pages(connection))

    def check_rows(self, session: Session) -> None:
        """The schema, what rows lead to, and what hashes name."""
        from provenance.storage.reads import integrity

        self.schema.checked = integrity.tables_count()
        with _readable(self.schema, session):
            self.schema.add(integrity.foreign_schema(session.connection()))
        self.references.checked = integrity.references_count()
        with _readable(self.references, session):
            self.references.add(integrity.loose_references(session.connection()))
        with _readable(self.texts, session):
            self.texts.checked = integrity.hashed_count(session.connection())
            self.texts.add(integrity.wrong_hashes(session.connection()))

    def check_history(self, session: Session, noted: str | None, heard: Heard) -> None:
        """The seals, and whether the hash that was noted is among them."""
        from provenance.storage.reads.history import sealed_up_to, unbroken

        with _readable(self.pages, session):
            self.chain = unbroken(session, heard)
            self.kept = None if noted is None else sealed_up_to(session, noted)

    def check_records(self, session: Session, heard: Heard) -> None:
        """Whether records say what their entries tell."""
        from provenance.storage.reads.replaying import mismatches, records_held

        with _readable(self.pages, session):
            self.records = records_held(session)
            self.wrong, self.mismatches = _first(mismatches(session, heard))

    def check_derived(self, session: Session) -> None:
        """Whether what is derived equals a recomputation."""
        from provenance.analysis.standing import differences

        try:
            with _readable(self.pages, session):
                for difference in differences(session):
                    if difference.stale:
                        self.derived.stale[difference.claim] = None
                    else:
                        self.derived.wrong.setdefault(difference.claim, {})[difference.what] = None
        except (ValueError, LookupError, TypeError) as unreadable:
            # Somebody may have written into a record what no rule can read; without such a record it is our own fault.
            if not (self.wrong or self.pages.wrong):
                raise
            self.derived.unreadable = str(unreadable)

    def check_index(self, session: Session) -> None:
        """Whether the search index holds what records say."""
        from provenance.storage.reads.indexing import entries_count, wrong_entries
        from provenance.storage.reads.integrity import RESTORE, Flaw

        try:
            with _readable(self.index, session):
                self.index.checked = entries_count(session)
                self.index.add(wrong_entries(session))
        except (ValueError, LookupError, TypeError) as unreadable:
            # A record that says what no word means was told of with the records; without one it is our own fault.
            if not (self.wrong or self.pages.wrong):
                raise
            self.index.add([Flaw("database", f"A record cannot be read: {unreadable}.", RESTORE)])

    def check_words_of_index(self, engine: Engine) -> None:
        """Whether it finds what it holds."""
        from provenance.storage.reads.indexing import broken_index

        with _readable(self.index), engine.execution_options(writes=True).connect() as connection:
            self.index.add(broken_index(connection))
            connection.rollback()

    def document(self) -> dict[str, Any]:
        """All of it as JSON."""
        return {
            **{name: part.document() for name, part in self.parts.items()},
            "history": None if self.chain is None else _told_history(self.chain, self.kept),
            "records": {
                "checked": self.records,
                "wrong": self.wrong,
                "mismatches": [_told_mismatch(one) for one in self.mismatches],
            },
            "wrong": list(self.derived.wrong),
            "derived": [{"claim": claim, "what": list(what)} for claim, what in self.derived.wrong.items()],
            "not_recomputed": self.derived.unreadable,
            "stale": list(self.derived.stale),
        }


def say(found: Verified) -> None:
    """Tell people what was found."""
    _say_part("Pages", "whole, as far as the database tells", found.pages)
    _say_part("Schema", f"{counted(found.schema.checked, 'table')}, as this version makes them", found.schema)
    _say_part("References", f"{found.references.checked:,} kinds, and each leads to a row", found.references)
    if found.chain is not None:
        _say_history(found.chain, found.kept)
    _say_records(found.records, found.wrong, found.mismatches)
    _say_derived(found.derived)
    _say_part("Search", f"{counted(found.index.checked, 'record')}, found by the words that they say", found.index)
    _say_part("Texts", f"{found.texts.checked:,}, each the one that its hash names", found.texts)


@contextmanager
def _readable(part: Part, session: Session | None = None) -> Iterator[None]:
    """Let a part that the database cannot read be wrong for that reason."""
    from sqlalchemy.exc import DBAPIError

    from provenance.storage.reads.integrity import RESTORE, Flaw

    try:
        yield
    except DBAPIError as unreadable:
        if session is not None:
            # PostgreSQL answers nothing more in a transaction in which something failed.
            session.rollback()
        what = str(unreadable.orig).partition("\n")[0]
        part.add([Flaw("database", f"It cannot be read to the end: {what}.", RESTORE)])


def _first(found: Iterable[T]) -> tuple[int, list[T]]:
    every = iter(found)
    listed = list(islice(every, LISTED))
    return len(listed) + sum(1 for _ in every), listed


def _told_history(chain: Chain, kept: bool | None) -> dict[str, Any]:
    return {
        "entries": chain.entries,
        "newest": chain.newest,
        "redacted": chain.redacted,
        "noted_is_there": kept,
        "broken_at": chain.broken_at,
        "breaks": [{"entry": one.entry, "what": one.what} for one in chain.breaks],
    }


def _told_mismatch(one: Mismatch) -> dict[str, Any]:
    return {
        "trouble": one.trouble,
        "noun": one.noun,
        "record": one.record,
        "field": one.field,
        "entry": one.entry,
        "what": one.what,
    }


def _say_part(title: str, good: str, part: Part) -> None:
    if not part.wrong:
        show(f"{title}: {good}.")
        return
    show(f"{title}: {part.wrong:,} {'place' if part.wrong == 1 else 'places'} where they are not as they should be.")
    for one in part.flaws[:NAMED]:
        show(f"  {visible(one.where)}: {visible(one.what)}")
    if part.wrong > NAMED:
        show(f"  And {part.wrong - NAMED:,} more; --json names them.")
    for remedy in dict.fromkeys(one.remedy for one in part.flaws):
        note(remedy)


def _say_history(chain: Chain, kept: bool | None) -> None:
    if not chain.breaks and not chain.entries:
        show("History: no entries; no record was ever written to this database.")
        note("If something should be here, see whether PROVENANCE_DATABASE_URL names the right database.")
    elif not chain.breaks:
        show(f"History: {chain.entries:,} entries, each sealed with the one before; unbroken.")
        if chain.redacted:
            show(f"  From {chain.redacted:,} of them a name was taken out, and each says what its tombstone says.")
    else:
        show(f"History: broken at entry {chain.broken_at}: something else than this program wrote or removed it.")
        for one in chain.breaks[:NAMED]:
            show(f"  Entry {one.entry}: {visible(one.what)}.")
    if kept is not None:
        show(f"The hash that was noted is {'in it' if kept else 'not in it: entries were removed or written anew'}.")


def _say_records(records: int, wrong: int, listed: Sequence[Mismatch]) -> None:
    if not wrong:
        show(f"Records: {records:,}, each as its entries tell, now and earlier.")
        return
    show(f"Records: {wrong:,} {'place' if wrong == 1 else 'places'} where they are not as their entries tell.")
    for one in listed[:NAMED]:
        show(f"  {visible(one.what)}")
    if wrong > NAMED:
        show(f"  And {wrong - NAMED:,} more; --json names them.")


def _say_derived(derived: Derived) -> None:
    if derived.unreadable is not None:
        show(f"Claims: not recomputed, because a record cannot be read: {visible(derived.unreadable)}.")
        return
    if derived.stale:
        show(f"Claims: {len(derived.stale):,} marked, to be derived anew when they are read.")
    if not derived.wrong:
        show("Claims: what is derived equals a recomputation.")
        return
    wrong = [f"{claim} ({', '.join(what)})" for claim, what in derived.wrong.items()]
    more = f" and {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
    show(f"Claims: {len(wrong):,} differ from a recomputation: {', '.join(wrong[:NAMED])}{more}.")
    note("Run `provenance recompute` to derive them anew.")
