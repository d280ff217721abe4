"""Proposes what was read from a document: reports with their chains and figures, for known claims or for new ones.

Nothing here is accepted: a proposed report brings its own proposed claim, event and sources where none are known, and
says by which rule, how surely and on what grounds it was made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from provenance.analysis.matching.judging import Match
from provenance.extraction.reading import DateFound, Link, Reading
from provenance.ingestion.asserting import FLOOR, Assertion, assertions, basis_of, precision_of
from provenance.ingestion.datelines import Wire
from provenance.ingestion.happening import About, about, event_of, given_event
from provenance.ingestion.joining import Joined, Joining, votes_for_events
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.relaying import hops_of
from provenance.ingestion.speakers import Speakers
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event
from provenance.storage.reads.intake import claims_by_id, events_of
from provenance.storage.report import AttributionBase, Report, ReportBase
from provenance.storage.source import Source
from provenance.storage.writes.proposals import ProposedHop, ProposedReport, propose_claims, propose_reports
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import DateBasis, DatePrecision, ReportState, ZoneKind

# No article states as much; what does is no article, and writing all of it would keep everybody else from writing.
MOST_PROPOSED = 2_000
EXTRACTOR = f"rules {version('claim-provenance')}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One report that was proposed, with what it was made from and the claims that it was compared with."""

    report: Report
    assertion: Assertion
    claim: Claim
    known: bool
    hops: tuple[ProposedHop, ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that was proposed from one document; no event where there was nothing to propose."""

    event: Event | None
    made: tuple[Proposal, ...]


def propose(
    writer: Writer,
    document: Document,
    publisher: Source,
    reading: Reading,
    speakers: Speakers,
    *,
    event: str | None = None,
    floor: float = FLOOR,
    wire: Wire | None = None,
) -> Proposals:
    """Propose what was read from a document, in the order of the reading.

    :param event: public id of the event that it is about; else one is found, or proposed.
    :param floor: statements of less confidence are left out.
    :param wire: whose copy the page prints; then what it says in its own voice are the words of the agency.
    :raises InvalidInput: if there is no such event.
    """
    made = assertions(reading, floor)[:MOST_PROPOSED]
    if not made:
        return Proposals(given_event(writer, event) if event else None, ())
    hops = [_hops(writer, one, document, publisher, speakers, wire) for one in made]
    chains = [_names(one) for one in hops]
    language = (reading.language or "en").partition("-")[0]
    subject = about(reading, document.title, document.published_earliest, document.published_latest)
    happening = given_event(writer, event) if event else _event(writer, subject, made, chains, language)
    joining = Joining(happening, language)
    joining.load(writer.session)
    joined = _joined(joining, made, chains)
    claims = _claims(writer, happening, made, joined)
    kept = _distinct(made, hops, claims)
    reports = propose_reports(
        writer,
        document,
        publisher,
        [ProposedReport(claims[n], _report(made[n], joined[n]), hops[n], made[n].figures) for n in kept],
    )
    return Proposals(
        happening,
        tuple(
            Proposal(report, made[n], claims[n], joined[n].known is not None, hops[n], joined[n].matches)
            for n, report in zip(kept, reports, strict=True)
        ),
    )


def _hops(
    writer: Writer,
    one: Assertion,
    document: Document,
    publisher: Source,
    speakers: Speakers,
    wire: Wire | None,
) -> tuple[ProposedHop, ...]:
    if one.statement is None:
        agency = speakers.of_link(writer, wire.link(0), document) if wire is not None else None
        if wire is None or agency is None or agency.key == publisher.key:
            return ()
        return (ProposedHop(agency, publisher, AttributionBase(as_named=wire.words.text)),)
    sources = [speakers.of_link(writer, link, document) for link in one.statement.chain]
    return tuple(hops_of(one.statement, sources, publisher))


def _names(hops: Sequence[ProposedHop]) -> tuple[str, ...]:
    """Whom a report names, origin first; nobody who cannot be told from another."""
    named = [hop.upstream.name for hop in hops if hop.upstream is not None and not hop.upstream.kind.placeholder]
    return tuple(dict.fromkeys(named))


def _event(
    writer: Writer, subject: About, made: Sequence[Assertion], chains: Sequence[Sequence[str]], language: str
) -> Event:
    def votes() -> Counter[int]:
        by_id = votes_for_events(writer.session, made, chains, language)
        keys = events_of(writer.session, set(by_id)) if by_id else {}
        return Counter({keys[public_id]: count for public_id, count in by_id.items() if public_id in keys})

    return event_of(writer, subject, votes)


def _joined(joining: Joining, made: Sequence[Assertion], chains: Sequence[Sequence[str]]) -> list[Joined]:
    """For each assertion its claim; the body goes first, so that a headline joins what it repeats."""
    found: dict[int, Joined] = {}
    for place in _body_first(made):
        repeated = made[place].restates
        body = found.get(repeated) if repeated is not None else None
        found[place] = body if body is not None else joining.join(made[place], chains[place])
    return [found[place] for place in range(len(made))]


def _body_first(made: Sequence[Assertion]) -> list[int]:
    def order(place: int) -> tuple[bool, bool, int]:
        one = made[place]
        return one.restates is not None, one.zone in (ZoneKind.HEADLINE, ZoneKind.SUBHEADING), place

    return sorted(range(len(made)), key=order)


def _claims(writer: Writer, event: Event, made: Sequence[Assertion], joined: Sequence[Joined]) -> list[Claim]:
    first: dict[int, int] = {}
    # A claim is worded by the text that makes it; a headline only repeats it, and shorter.
    for place in _body_first(made):
        if (new_place := joined[place].place) is not None:
            first.setdefault(new_place, place)
    new = propose_claims(writer, event, [made[first[place]].claim for place in sorted(first)]) if first else []
    known = claims_by_id(writer.session, {one.known.id for one in joined if one.known is not None})
    return [known[one.known.id] if one.known is not None else new[one.place or 0] for one in joined]


def _distinct(made: Sequence[Assertion], hops: Sequence[Sequence[ProposedHop]], claims: Sequence[Claim]) -> list[int]:
    """The places of the assertions, without those that say again what one said: of the same words, by the same."""
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for place, one in enumerate(made):
        by = frozenset((hop.upstream.key if hop.upstream else None, hop.downstream.key) for hop in hops[place])
        same = (claims[place].key, one.quote.start, one.quote.end, one.stance, by)
        if same not in seen:
            seen.add(same)
            kept.append(place)
    return kept


def _report(one: Assertion, joined: Joined) -> ReportBase:
    return ReportBase(
        quote=one.quote.text,
        quote_start=one.quote.start,
        quote_end=one.quote.end,
        stance=one.stance,
        hedge=one.hedge,
        state=ReportState.PROPOSED,
        extractor=EXTRACTOR,
        rule=one.rule,
        confidence=round(one.confidence, 3),
        grounds=grounds_of(one, joined),
        **_said(one.said),
    )


def _said(date: DateFound | None) -> dict[str, Any]:
    if date is None or date.earliest is None or date.latest is None:
        return {}
    precision = precision_of(date.earliest, date.latest)
    if precision is DatePrecision.UNKNOWN:
        return {"said_printed": one_line(date.text, 200), "said_basis": DateBasis.PRINTED}
    return {
        "said_printed": one_line(date.text, 200),
        "said_earliest": date.earliest,
        "said_latest": date.latest,
        "said_precision": precision,
        "said_basis": basis_of(date),
    }


def grounds_of(one: Assertion, joined: Joined) -> dict[str, Any]:
    """Why a report is proposed: how sure each field is, what words stand for whom, what it was compared with."""
    found: dict[str, Any] = {"zone": str(one.zone), "matches": [_matched(match) for match in joined.matches]}
    if one.statement is not None:
        found["confidences"] = {name: round(value, 3) for name, value in one.statement.confidences.items()}
        found["sources"] = [_linked(link) for link in one.statement.chain]
        if one.statement.parts:
            found["parts"] = [list(part) for part in one.statement.parts]
    if one.restates is not None:
        found["restates"] = "It is a headline that says again what the text below it states."
    return found


def _linked(link: Link) -> dict[str, Any]:
    antecedent = link.antecedent
    return {
        "as_named": link.as_named,
        "source": link.source,
        "status": str(link.status),
        "start": link.start,
        "end": link.end,
        "step": link.step,
        "antecedent": None
        if antecedent is None
        else {"start": antecedent.start, "end": antecedent.end, "text": antecedent.text},
    }


def _matched(match: Match) -> dict[str, Any]:
    return {
        "claim": match.known.id,
        "text": match.known.text,
        "score": match.score,
        "same": str(match.same),
        "reasons": list(match.reasons),
    }
