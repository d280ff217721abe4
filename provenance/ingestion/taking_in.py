"""Takes one document in: reads it, holds it, says what it may be a copy of, and proposes what it states.

Reading takes most of the time and happens before anything is locked; whatever is written is one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine

from provenance.analysis.recording import trying
from provenance.errors import InvalidInput
from provenance.extraction.reader import read
from provenance.extraction.reading import Reading
from provenance.ingestion.asserting import FLOOR, headlines
from provenance.ingestion.datelines import Wire, carried_by, dated, wire_of
from provenance.ingestion.loading import LoadedDocument, Published
from provenance.ingestion.loading.origins import found_at
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.near_copies import offer_copies, says_translated
from provenance.ingestion.proposing import MOST_PROPOSED, Proposals, propose
from provenance.ingestion.same_documents import content_hash, held_already, put_document
from provenance.ingestion.sketching import Sketch, sketch
from provenance.ingestion.speakers import Speakers
from provenance.phrases import counted
from provenance.storage.dates import read_date
from provenance.storage.document import Document
from provenance.storage.reads.intake import accepted_of
from provenance.storage.source import Source
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import DateBasis, DatePrecision, TakenIn

# What no database holds: NUL and halves of characters. Each is one code point, and so is what stands for it.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# With a coarser date than a day, "on Thursday" cannot be read.
DATED = frozenset({DatePrecision.DAY, DatePrecision.MINUTE, DatePrecision.SECOND})


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says of documents beside what they say of themselves, and how they are to be read.

    ``event`` is a public id, ``publisher`` a public id or a name, ``published`` an ISO date. Statements below
    ``floor`` are not proposed.
    """

    event: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    title: str | None = None
    floor: float = FLOOR


NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document with what was read from it; no reading where its text was held already."""

    loaded: LoadedDocument
    reading: Reading | None
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document: the one that is held, what was proposed from it, and whom it may be a copy of."""

    outcome: TakenIn
    document: Document
    publisher: Source
    proposals: Proposals
    supersedes: Document | None = None
    offered: int = 0
    notes: tuple[str, ...] = ()


def take_in(
    engine: Engine,
    loaded: LoadedDocument,
    given: Given = NOTHING,
    *,
    who: str,
    why: str | None = None,
    dry_run: bool = False,
    show: Callable[[Writer, Taken], None] | None = None,
) -> Taken:
    """Take one document in.

    :param dry_run: write nothing, and answer what would have been written.
    :param show: hears what was taken in while the transaction is still open, so that a dry run can be told, too.
    :raises InvalidInput: where it has no text, or what is given with it cannot be so.
    """
    extracted = extract(complete(loaded, given), lambda text: False)
    with trying(engine, who, why, dry_run) as writer:
        taken = put(writer, extracted, given, Speakers())
        if show is not None:
            show(writer, taken)
    return taken


def complete(loaded: LoadedDocument, given: Given) -> LoadedDocument:
    """A document with what somebody says of it in the place of what it says itself, and what its dateline prints.

    :raises InvalidInput: where an address or date is none, or there is no text.
    """
    text = UNSTORABLE.sub("\ufffd", loaded.text)
    if not text.strip():
        raise InvalidInput(f"{loaded.key}: it has no text; give the words of the article.", field="text")
    whole = replace(loaded, text=text)
    if given.url is not None:
        found = found_at(given.url)
        if found["url"] is None:
            raise InvalidInput(f"url: {given.url!r} is no address of the Web; it begins with https://.", field="url")
        whole = replace(whole, url=found["url"], host=found["host"], archive_url=found["archive_url"])
    if given.published is not None:
        whole = replace(whole, published=published_from(given.published))
    return dated(replace(whole, title=given.title or whole.title, language=given.language or whole.language))


def published_from(given: str) -> Published:
    """A day or instant that somebody gives as that of publication; nobody has said where it stands.

    :raises InvalidInput: if it is no ISO date.
    """
    date = read_date(given, "published")
    return Published(given.strip(), date.earliest, date.latest, date.precision, DateBasis.UNKNOWN)


def extract(loaded: LoadedDocument, held: Callable[[str], bool]) -> Extracted:
    """Read a document; nothing is read from a text of which ``held`` says that it is known. Runs in any process."""
    if held(loaded.text):
        return Extracted(loaded, None, Sketch())
    reading = read(loaded.text, published_at=_moment(loaded), language=loaded.language, zones=loaded.zones or None)
    return Extracted(loaded, reading, sketch(loaded.text))


def put(writer: Writer, extracted: Extracted, given: Given, speakers: Speakers) -> Taken:
    """Write a document that was read, with all that is proposed from it.

    :raises InvalidInput: where what it says of itself cannot be held.
    """
    reading, loaded = extracted.reading, extracted.loaded
    if reading is None:
        held = held_already(writer, loaded)
        if held is not None:
            return _known(writer, held)
        # It was held when it was looked at, and is no more.
        extracted = extract(loaded, lambda text: False)
        reading = extracted.reading
    if reading is None:
        raise InvalidInput(f"{loaded.key}: nothing was read from it; take it in again.")
    loaded = replace(loaded, notes=tuple(_notes(loaded, reading)), title=_title(loaded, reading))
    wire = wire_of(reading.text, reading.zones, speakers.known)
    made = put_document(
        writer, loaded, loaded.language or reading.language, lambda: _publisher(writer, loaded, given, speakers, wire)
    )
    if made.outcome is TakenIn.KNOWN:
        return _known(writer, made.document)
    publisher = writer.session.get_one(Source, made.document.publisher_id)
    offered = offer_copies(writer, made.document, extracted.sketch, made.supersedes)
    proposals = propose(
        writer,
        made.document,
        publisher,
        reading if wire is None else carried_by(reading, wire),
        speakers,
        event=given.event,
        floor=given.floor,
        wire=wire,
    )
    _let_alone(writer)
    return Taken(made.outcome, made.document, publisher, proposals, made.supersedes, offered, loaded.notes)


def _let_alone(writer: Writer) -> None:
    """Documents of which only proposals tell concern no standing."""
    writer.concerned.documents &= accepted_of(writer.session, writer.concerned.documents)


def _known(writer: Writer, document: Document) -> Taken:
    publisher = writer.session.get_one(Source, document.publisher_id)
    return Taken(TakenIn.KNOWN, document, publisher, Proposals(None, ()))


def _publisher(writer: Writer, loaded: LoadedDocument, given: Given, speakers: Speakers, wire: Wire | None) -> Source:
    return speakers.publisher(
        writer,
        given=given.publisher,
        host=loaded.host,
        site=loaded.publisher_name,
        title=loaded.title,
        mark=content_hash(loaded.text)[:8],
        wire=wire.entry if wire is not None else None,
    )


def _moment(loaded: LoadedDocument) -> datetime | None:
    return loaded.published.earliest if loaded.published.precision in DATED else None


def _title(loaded: LoadedDocument, reading: Reading) -> str | None:
    return one_line(loaded.title, 1000) or next(iter(headlines(reading)), None)


def _notes(loaded: LoadedDocument, reading: Reading) -> Iterator[str]:
    yield from loaded.notes
    yield from reading.notes
    if not reading.statements_read and reading.figures:
        found = counted(len(reading.figures), "figure was", "figures were")
        yield f"{found} found, and none is proposed, for who states them was not read."
    if len(reading.statements) > MOST_PROPOSED:
        yield (
            f"{len(reading.statements):,} statements were read, and the first {MOST_PROPOSED:,} are proposed; split "
            "the text into its articles to have them all."
        )
    language = says_translated(loaded.text)
    if language is not None:
        yield f"The page says that it is translated from “{language}”."
