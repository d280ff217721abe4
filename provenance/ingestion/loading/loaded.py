"""What loading hands on: a document with what its page says of itself, or a sentence on why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from provenance.extraction.reading import Zone
from provenance.ingestion.sniff import Media
from provenance.vocabulary import DateBasis, DatePrecision


@dataclass(frozen=True, slots=True)
class Published:
    """When a document was published, as an interval of UTC instants; ``printed`` are the words it was read from."""

    printed: str | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    basis: DateBasis = DateBasis.UNKNOWN


UNDATED = Published()


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document as it came in, before anything is read out of it.

    ``key`` stays the same from run to run: a path, ``path#line``, ``path#record`` or an address. ``id`` is what the
    giver calls it. ``publisher_name`` and ``author`` are as printed. ``url`` is where it was found, ``canonical_url``
    what the page calls its own address, ``archive_url`` the archived copy that was read. ``raw`` are the bytes as they
    came, for an archived copy; ``etag`` and ``last_modified`` are what the server wants to hear when it is asked again.
    ``zones`` are those of a page whose markup tells more than its text; empty where they are still to be found.
    ``notes`` say in sentences what could not be read, or was read doubtfully.
    """

    key: str
    text: str
    media_type: Media
    id: str | None = None
    title: str | None = None
    author: str | None = None
    publisher_name: str | None = None
    host: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    archive_url: str | None = None
    language: str | None = None
    published: Published = UNDATED
    retrieved_at: datetime | None = None
    raw: bytes | None = field(default=None, repr=False)
    etag: str | None = None
    last_modified: str | None = None
    zones: tuple[Zone, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """Something that gave no document: ``origin`` is its key, ``reason`` says of it what is wrong and what to do."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one document with what came beside them; `read` turns it into the document, in any process.

    ``charset`` is what the server declared. ``title``, ``author``, ``publisher_name``, ``language`` and ``published``
    are what a feed or index says; what the page itself says goes before them.
    """

    key: str
    content: bytes = field(repr=False)
    media: Media
    name: str | None = None
    charset: str | None = None
    url: str | None = None
    retrieved_at: datetime | None = None
    title: str | None = None
    author: str | None = None
    publisher_name: str | None = None
    language: str | None = None
    published: Published = UNDATED
    etag: str | None = None
    last_modified: str | None = None
    notes: tuple[str, ...] = ()
