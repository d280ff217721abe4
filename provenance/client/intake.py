"""How articles and tables come in."""

from __future__ import annotations

from typing import Unpack

from provenance import answers_intake, answers_reading, answers_sheets
from provenance.answers_copies import IntakeAnswer
from provenance.client import asked, given
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, deletes, gets, posts, puts


class Intake(Resource[S]):
    """Articles: what they state becomes proposals, which count for nothing until accepted."""

    @posts("/v1/read", answers_reading.ReadingAnswer)
    def read(self, **given: Unpack[given.ReadAsked]) -> None:
        """Who is said to have said what in a text; nothing is saved."""

    @posts("/v1/ingest", answers_intake.Ingested)
    def ingest(self, **given: Unpack[given.IngestAsked]) -> None:
        """Take an article in."""

    @posts("/v1/intake", IntakeAnswer, form=True)
    def send(self, **given: Unpack[given.TakeInForm]) -> None:
        """Take an article in, with a picture of its page."""

    @lists("/v1/ingestions", answers_intake.IngestionItemShown)
    def runs(self, **asked: Unpack[asked.IngestionsAsked]) -> None:
        """What was taken in at once, and when."""

    @gets("/v1/ingestions/{ingestion_id}", answers_intake.IngestionDetail)
    def run(self, ingestion: str, /) -> None:
        """One of them, with what was not taken and why."""


class Sheets(Resource[S]):
    """Tables of claims that people keep, and how their columns are read."""

    @posts("/v1/sheets", answers_sheets.SheetAnswer, form=True)
    def send(self, **given: Unpack[given.AddSheet]) -> None:
        """Take a table in."""

    @lists("/v1/mappings", answers_sheets.MappingItem)
    def mappings(self, **asked: Unpack[asked.MappingsAsked]) -> None:
        """The saved mappings of columns."""

    @gets("/v1/mappings/{name}", answers_sheets.MappingItem)
    def mapping(self, name: str, /) -> None:
        """One mapping."""

    @puts("/v1/mappings/{name}", answers_sheets.MappingItem)
    def save_mapping(self, name: str, /, *, etag: str | None = None, **given: Unpack[given.MappingGiven]) -> None:
        """Save a mapping under a name."""

    @deletes("/v1/mappings/{name}")
    def delete_mapping(self, name: str, /, *, etag: str | None = None) -> None:
        """Let go of a mapping."""
