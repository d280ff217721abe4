"""The same claim the customary way: SQLModel objects with relationships, a session per request, a response model.

It loads what the trace document is made of (reports, documents, hops, figures) and derives nothing: no origins,
parties, verdict or flags. Called with the file: ``python -m benchmarks.peers.orm FILE``.
"""

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy.orm import registry, selectinload
from sqlmodel import Field, Relationship, Session, SQLModel, col, create_engine, select

from benchmarks.peers.serving import serve


class Row(SQLModel, registry=registry()):
    """Our tables with the columns that are shown; a registry of their own keeps them apart from ours."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str
    recorded_to: str | None = None


class Source(Row, table=True):
    name: str
    kind: str


class Document(Row, table=True):
    url: str | None
    title: str | None
    published_earliest: str | None
    publisher_id: int = Field(foreign_key="source.id")
    publisher: Source = Relationship()


class Claim(Row, table=True):
    text: str
    kind: str
    reports: list["Report"] = Relationship(back_populates="claim")


class Report(Row, table=True):
    stance: str
    quote: str | None
    claim_id: int = Field(foreign_key="claim.id")
    document_id: int = Field(foreign_key="document.id")
    claim: Claim = Relationship(back_populates="reports")
    document: Document = Relationship()
    hops: list["Attribution"] = Relationship()
    figures: list["Figure"] = Relationship()


class Attribution(Row, table=True):
    manner: str
    mark: str
    report_id: int = Field(foreign_key="report.id")
    upstream_id: int | None = Field(foreign_key="source.id")
    downstream_id: int = Field(foreign_key="source.id")
    upstream: Source | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Attribution.upstream_id"})
    downstream: Source = Relationship(sa_relationship_kwargs={"foreign_keys": "Attribution.downstream_id"})


class Figure(Row, table=True):
    text: str
    qualifier: str
    value: float | None
    low: float | None
    high: float | None
    report_id: int = Field(foreign_key="report.id")


class SourceShown(SQLModel):
    public_id: str
    name: str
    kind: str


class DocumentShown(SQLModel):
    public_id: str
    url: str | None
    title: str | None
    published_earliest: str | None
    publisher: SourceShown


class HopShown(SQLModel):
    manner: str
    mark: str
    upstream: SourceShown | None
    downstream: SourceShown


class FigureShown(SQLModel):
    public_id: str
    text: str
    qualifier: str
    value: float | None
    low: float | None
    high: float | None


class ReportShown(SQLModel):
    public_id: str
    stance: str
    quote: str | None
    document: DocumentShown
    hops: list[HopShown]
    figures: list[FigureShown]


class ClaimShown(SQLModel):
    public_id: str
    text: str
    kind: str
    reports: list[ReportShown]


# Loading relations one by one would be slower still, so the fixed number of queries that a careful author writes.
WHOLE = (
    selectinload(Claim.reports).selectinload(Report.document).selectinload(Document.publisher),  # type: ignore[arg-type]
    selectinload(Claim.reports).selectinload(Report.hops).selectinload(Attribution.upstream),  # type: ignore[arg-type]
    selectinload(Claim.reports).selectinload(Report.hops).selectinload(Attribution.downstream),  # type: ignore[arg-type]
    selectinload(Claim.reports).selectinload(Report.figures),  # type: ignore[arg-type]
)

app = FastAPI()


def session() -> Iterator[Session]:
    """A session for one request."""
    with Session(app.state.engine) as opened:
        yield opened


@app.get("/claims/{claim_id}", response_model=ClaimShown)
def read_claim(claim_id: str, session: Annotated[Session, Depends(session)]) -> Any:
    """A claim with all that was reported of it."""
    found = session.exec(
        select(Claim).where(Claim.public_id == claim_id, col(Claim.recorded_to).is_(None)).options(*WHOLE)
    ).one_or_none()
    if found is None:
        raise HTTPException(404)
    return found


if __name__ == "__main__":
    app.state.engine = create_engine(sa.URL.create("sqlite", database=sys.argv[1]))
    serve(app)
