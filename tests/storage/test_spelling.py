"""What is offered for a misspelled word: words that records have, on both databases."""

from __future__ import annotations

import sqlalchemy as sa

from provenance.analysis.spelling import meant
from provenance.storage.reads.everything import search_any
from provenance.storage.session import reading, writing
from provenance.storage.writes.writer import Writer
from tests.records import Desk


def test_a_misspelled_name_of_a_source_is_offered_as_it_is_held(engine: sa.Engine) -> None:
    with writing(engine) as session:
        Desk(Writer(session, "ana")).source("Saltanat Azirbek")
    with reading(engine) as session:
        assert meant(session, "saltanat azirbeck") == "saltanat azirbek"
        assert meant(session, "azirbek zeppelin") is None
        assert [source.name for source in search_any(session, ["azirbek", "zeppelin"]).sources] == ["Saltanat Azirbek"]
