"""The data that all servers answer from: one SQLite file with the shipped story, and the two claims that are asked."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from provenance.ingestion.stories import load_story
from provenance.settings import shipped
from provenance.storage.session import migrate

STORY = "kazakhstan-2022"
NODES = 8  # sources in the hops of the smaller claim

# The claim with eight sources whose trace is longest, for a shorter one would flatter us; and the most reported one.
CLAIMS = """
select standing.public_id, claim.text, standing.trace, standing.documents,
       (select count(distinct source) from
            (select claim_id, recorded_to, upstream_id as source from attribution
             union select claim_id, recorded_to, downstream_id from attribution) as hop
        where hop.claim_id = standing.claim_id and hop.recorded_to is null and source is not null) as nodes
from standing join claim on claim.id = standing.claim_id
"""
EIGHT = f"select * from ({CLAIMS}) where nodes = {NODES} order by length(trace) desc, public_id limit 1"
DOZENS = f"select * from ({CLAIMS}) order by documents desc, public_id limit 1"


@dataclass(frozen=True)
class ClaimAsked:
    """A claim that every server is asked for, with the answer that is right."""

    label: str
    public_id: str
    text: str
    trace: bytes
    nodes: int

    @property
    def reports(self) -> int:
        """How many reports its trace has."""
        return len(json.loads(self.trace)["reports"])


def prepare(folder: Path) -> tuple[Path, list[ClaimAsked]]:
    """Make the file in a folder with the product's own functions, and choose the claims."""
    file = folder / "bench.db"
    url = f"sqlite:///{file}"
    migrate(url)
    load_story(url, shipped("stories") / STORY)
    with closing(sqlite3.connect(file)) as connection:
        rows = [(label, *connection.execute(sql).fetchone()) for label, sql in (("eight", EIGHT), ("dozens", DOZENS))]
    return file, [ClaimAsked(label, key, text, trace.encode(), nodes) for label, key, text, trace, _, nodes in rows]
