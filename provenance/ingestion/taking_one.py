"""Takes in the one article that somebody sends: its words, its page, or its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain

from pydantic import Field, model_validator
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.answers_intake import Ingested
from provenance.errors import InvalidInput
from provenance.ingestion.fetching import Fetcher
from provenance.ingestion.fetching_again import RememberingFetcher, remember
from provenance.ingestion.loading import LoadedDocument, LoadFailure, Piece, load, read
from provenance.ingestion.proposing import Proposals
from provenance.ingestion.sniff import Media
from provenance.ingestion.taking_in import Given, Taken, take_in
from provenance.ingestion.telling import ingested
from provenance.settings import settings
from provenance.storage.document import Document
from provenance.storage.record import Writable
from provenance.storage.session import reading
from provenance.storage.source import Source
from provenance.storage.writes.finding import known
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import TakenIn


class IngestAsked(Writable):
    """An article to be taken in: its words, a page's HTML, or an address that is fetched."""

    verbatim = frozenset({"text", "html"})
    text: str | None = Field(default=None, description="The article's words, its headline first.")
    html: str | None = Field(default=None, description="A page as it was retrieved, where the words are not at hand.")
    url: str | None = Field(
        default=None,
        max_length=2000,
        description="Where it was found; with neither `text` nor `html` it is fetched from there.",
    )
    title: str | None = Field(default=None, max_length=1000, description="As printed; else it is found.")
    publisher: str | None = Field(
        default=None, max_length=300, description="Id or name of the source that published it; else it is found."
    )
    published_at: str | None = Field(
        default=None, description="ISO date or time with zone; 'yesterday' and 'on Thursday' are read from there."
    )
    language: str | None = Field(default=None, max_length=35, description="BCP 47 tag; else the language is found out.")
    event: str | None = Field(
        default=None, description="Public id of the event that it is about; else it is found, or proposed."
    )
    dry_run: bool = Field(default=False, description="Write nothing, and answer what would be proposed.")

    @model_validator(mode="after")
    def _is_one(self) -> IngestAsked:
        if self.text is not None and self.html is not None:
            raise InvalidInput("text: give either `text` or `html`, and not both.", field="text")
        if self.text is None and self.html is None and self.url is None:
            raise InvalidInput("text: give `text`, `html` or `url`, so that there is something to read.", field="text")
        return self

    @property
    def given(self) -> Given:
        """What is said of the article beside what it says itself."""
        fetched = self.text is None and self.html is None
        return Given(
            event=self.event,
            publisher=self.publisher,
            published=self.published_at,
            language=self.language,
            url=None if fetched else self.url,
            title=self.title,
        )


# Writes what belongs to a document in the transaction that takes it in; hears its id and what became of it.
Beside = Callable[[Writer, str, TakenIn], None]


def take(
    engine: Engine,
    asked: IngestAsked,
    who: str,
    why: str | None = None,
    fetcher: Fetcher | None = None,
    beside: Beside | None = None,
) -> Ingested:
    """Take the article in, and say what became of it and what is proposed.

    :param beside: writes what else is known of it, unless it is only tried.
    :raises InvalidInput: where there is no text in it, or a field cannot be so.
    :raises Unfetchable: where its page cannot be had.
    """
    answers: list[Ingested] = []

    def tell(writer: Writer, taken: Taken) -> None:
        if beside is not None and not asked.dry_run:
            beside(writer, taken.document.public_id, taken.outcome)
        answers.append(ingested(writer.session, taken, dry_run=asked.dry_run))
        if asked.url is not None:
            remember(writer, loaded, taken.document.public_id)

    if asked.text is not None or asked.html is not None:
        loaded = _sent(asked)
    else:
        again = RememberingFetcher(engine, fetcher or _fetcher())
        found = _fetched(asked.url or "", again)
        if found is None:
            document = again.unchanged.documents[asked.url or ""]
            if beside is not None and not asked.dry_run:
                with recording(engine, who, why) as writer:
                    beside(writer, document, TakenIn.KNOWN)
            return _unchanged(engine, document, asked.dry_run)
        loaded = found
    take_in(engine, loaded, asked.given, who=who, why=why, dry_run=asked.dry_run, show=tell)
    return answers[0]


def look_at(url: str, fetcher: Fetcher | None = None) -> LoadedDocument:
    """The page at an address, to be read without being saved.

    :raises InvalidInput: where nothing, or more than one page, is listed there.
    :raises Unfetchable: where it cannot be had.
    """
    return _one_of(load(url, fetcher=fetcher or _fetcher()), url)


@lru_cache(maxsize=1)
def _fetcher() -> Fetcher:
    return Fetcher(settings())


def _sent(asked: IngestAsked) -> LoadedDocument:
    field, media = ("text", Media.PLAIN) if asked.html is None else ("html", Media.HTML)
    content = asked.text if asked.html is None else asked.html
    try:
        body = (content or "").encode()
    except UnicodeEncodeError as half:
        raise InvalidInput(f"{field}: it holds half a character; send it as UTF-8.", field=field) from half
    found = read(Piece(field, body, media, charset="utf-8", url=asked.url))
    if isinstance(found, LoadFailure):
        raise InvalidInput(found.reason, field=field)
    return found


def _fetched(url: str, fetcher: RememberingFetcher) -> LoadedDocument | None:
    """The page at an address; None where it is as it was when it became a document."""
    several = load(url, fetcher=fetcher)
    first = next(several, None)
    if url in fetcher.unchanged.documents:
        return None
    return _one_of(chain([] if first is None else [first], several), url)


def _one_of(several: Iterator[LoadedDocument | LoadFailure], url: str) -> LoadedDocument:
    found = next(several, None)
    if found is None:
        raise InvalidInput(f"url: nothing is listed at {url}.", field="url")
    if isinstance(found, LoadFailure):
        raise InvalidInput(f"url: {found.reason}", field="url")
    if next(several, None) is not None:
        raise InvalidInput(f"url: {url} lists several pages. Take them in with: provenance ingest {url}", field="url")
    return found


def _unchanged(engine: Engine, document: str, dry_run: bool) -> Ingested:
    with reading(engine) as session:
        held = known(session, Document, document)
        publisher = session.get_one(Source, held.publisher_id)
        taken = Taken(TakenIn.KNOWN, held, publisher, Proposals(None, ()))
        return ingested(session, taken, dry_run=dry_run)
