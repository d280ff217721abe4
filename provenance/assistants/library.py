"""What every question needs: the database from a moment, records by id or by words, and their addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from provenance.analysis.moments import looking, trace_at
from provenance.analysis.standing import fresh_trace
from provenance.answers import ClaimItem, FigureItem
from provenance.answers_detail import ClaimDetail, ReportDetail
from provenance.answers_trace import Trace, TracedReport
from provenance.assistants.told import Citation, counted, listed, short
from provenance.errors import InvalidInput, Moved, NotFound
from provenance.exchange.addresses import NOUNS, PLURALS, page_of
from provenance.moment import NOW, Moment
from provenance.storage.reads.asked import ClaimsAsked, SourcesAsked
from provenance.storage.reads.claims import claim_detail, claims
from provenance.storage.reads.sources import sources

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

T = TypeVar("T")

PUBLIC_ID = re.compile(r"[a-z]{3}_[a-z0-9]+")
LOOKED_AT = 50  # claims with the words, among which one may stand out
NAMED = 8  # of them, in a message
TWICE = 2  # times as many documents as any other make one stand out


@dataclass(frozen=True, slots=True)
class Library:
    """A database that is asked; ``base`` is where its pages are, without a slash behind it."""

    engine: Engine
    base: str

    @contextmanager
    def at(self, moment: Moment = NOW) -> Iterator[Session]:
        """A session that changes nothing and sees what there was then."""
        with looking(self.engine, moment) as session:
            yield session

    def page(self, public_id: str) -> str | None:
        """Where people read a record; None where it has no page of its own."""
        return page_of(self.base, public_id) if NOUNS.get(public_id[:3]) in PLURALS else None

    def call(self, path: str, **asked: str | None) -> str:
        """The question to the API that answers in full; what is None is not asked."""
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        return f"GET {self.base}/v1/{path}{'?' if query else ''}{query}"

    def claim(self, named: str, moment: Moment = NOW) -> str:
        """The id of the claim that an id or words mean.

        The same words mean the same claim whatever the moment of publication: before it was published, the answer is
        that nothing stated it, and not that nobody knows of it.

        :raises NotFound: if no claim has the words, or none of several stands out; it names them.
        """
        if PUBLIC_ID.fullmatch(named):
            return named
        asked = ClaimsAsked(q=named, sort="-documents", limit=LOOKED_AT)
        with self.at(Moment(known_at=moment.known_at)) as session:
            found = claims(session, asked).items
        if not found and moment.known_at is not None:
            with self.at() as session:
                found = claims(session, asked).items
        return _standing_out(named, found).id

    def source(self, named: str, parameter: str = "sources") -> str:
        """The id of the source that an id or a name means; ``parameter`` is where it was given.

        :raises InvalidInput: if no source is called so, or several are; it names them.
        """
        if PUBLIC_ID.fullmatch(named):
            return named
        with self.at() as session:
            found = sources(session, SourcesAsked(q=named, limit=LOOKED_AT)).items
        exact = [each for each in found if each.name.casefold() == named.casefold()] or found
        if len(exact) == 1:
            return exact[0].id
        if not exact:
            why = f"{parameter}: no source is called '{named}'. Use fewer words of the name."
            raise InvalidInput(why, field=parameter)
        several = listed((f"{each.id} {each.name}" for each in exact), NAMED)
        raise InvalidInput(f"{parameter}: '{named}' may mean several. Name one by its id: {several}", field=parameter)

    def trace(self, named: str, moment: Moment = NOW) -> Trace:
        """The trace of a claim at a moment, as the API sends it.

        :raises NotFound: if there is no such claim, or this database did not hold it then.
        """
        read = self._trace_then(moment) if moment else self._trace_now
        claim = self.claim(named, moment)
        try:
            return Trace.model_validate_json(following(read, claim))
        except NotFound:
            if moment.known_at is None:
                raise
            kept = self.claim_detail(claim)
        held = f"known_at: this database did not hold claim {kept.id} by {moment.known_at.isoformat()}"
        raise NotFound(f"{held}; it is held since {kept.recorded_from:%Y-%m-%dT%H:%M:%SZ}.", field="known_at")

    def claim_detail(self, named: str, moment: Moment = NOW) -> ClaimDetail:
        """One claim with where it stands, computed first if something that it depends on has changed."""
        public_id = self.trace(named, moment).claim.id
        with self.at(moment) as session:
            return claim_detail(session, public_id)

    def cited(self, report: TracedReport | ReportDetail) -> Citation:
        """A report as a citation."""
        when = report.published_at or "at an unknown time"
        return Citation(
            id=report.id,
            page=page_of(self.base, report.id),
            says=f"{report.publisher}, {when} ({report.document}):",
            quote=None if report.quote is None else short(report.quote),
            url=report.url,
        )

    def cited_figure(self, figure: FigureItem) -> Citation:
        """The report that prints a figure, as a citation."""
        return Citation(
            id=figure.report,
            page=page_of(self.base, figure.report),
            says=f"{figure.publisher}, {figure.published_at or 'at an unknown time'} ({figure.document}):",
            quote=None if figure.quote is None else short(figure.quote),
            url=figure.document_url,
        )

    def _trace_now(self, claim: str) -> bytes:
        return fresh_trace(self.engine, claim).body

    def _trace_then(self, moment: Moment) -> Callable[[str], bytes]:
        return lambda claim: trace_at(self.engine, claim, moment).body


def following(read: Callable[[str], T], public_id: str) -> T:
    """What is read of a record, or of the one that it was merged into."""
    try:
        return read(public_id)
    except Moved as moved:
        return read(moved.kept)


def _standing_out(named: str, found: Sequence[ClaimItem]) -> ClaimItem:
    if not found:
        raise NotFound(
            f"claim: no claim has all the words '{short(named, 100)}'. Use fewer words, or ask do_we_know_this with a "
            "whole sentence."
        )
    first, *others = found
    if not others or first.documents >= TWICE * max(others[0].documents, 1):
        return first
    several = "; ".join(
        f"{each.id} ({counted(each.documents, 'document')}) {short(each.text, 90)}" for each in found[:NAMED]
    )
    raise NotFound(f"claim: several claims have these words and none stands out. Name one by its id: {several}")
