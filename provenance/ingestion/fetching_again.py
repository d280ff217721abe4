"""Asks for a page that was fetched before only if it has changed, by what the server said of it then."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Engine

from provenance.ingestion.fetching import Fetched, Fetcher, NotModified
from provenance.ingestion.loading import LoadedDocument
from provenance.storage.reads.intake import page_fetched
from provenance.storage.session import reading
from provenance.storage.writes.intake import remember_fetch
from provenance.storage.writes.writer import Writer


@dataclass
class Unchanged:
    """The addresses that answered that nothing has changed, with the document that is held of each."""

    documents: dict[str, str] = field(default_factory=dict)


class RememberingFetcher(Fetcher):
    """Fetches as another one does, and on the condition that a page has changed since it became a document."""

    def __init__(self, engine: Engine, other: Fetcher) -> None:
        super().__init__(other.settings, resolver=other.resolver, transport=other.transport, clock=other.clock)
        # Whoever shares a process shares its politeness.
        self.robots, self.turns = other.robots, other.turns
        self.engine = engine
        self.unchanged = Unchanged()

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched | NotModified:
        """As `Fetcher.fetch`; what is not given is what the server said last."""
        with reading(self.engine) as session:
            page = page_fetched(session, url)
        if page is None or page.document is None:
            return super().fetch(url, etag=etag, last_modified=last_modified)
        found = super().fetch(url, etag=etag or page.etag, last_modified=last_modified or page.last_modified)
        if isinstance(found, NotModified):
            self.unchanged.documents[url] = page.document
        return found


def remember(writer: Writer, loaded: LoadedDocument, document: str) -> None:
    """Keep what a server said of the page that became a document."""
    if "://" in loaded.key and (loaded.etag or loaded.last_modified):
        remember_fetch(
            writer.session, loaded.key, etag=loaded.etag, last_modified=loaded.last_modified, document=document
        )
