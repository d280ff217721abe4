"""What falls if something is withdrawn or distrusted; asking changes nothing.

Each claim that the question may concern is analysed twice, as it is and without what is withdrawn. Claims of which no
supporting path breaks are left out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from provenance.analysis.falling import answered, without_words
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.picturing import lone_pictures, surroundings
from provenance.answers_impact import WhatFalls, WithdrawnHop, WithdrawnSource, WithdrawnThings
from provenance.chain import HopKey
from provenance.errors import InvalidInput
from provenance.storage.moment import moment_of
from provenance.storage.reads.asked_impact import WhatIfAsked
from provenance.storage.reads.resting import HopMeant, Meant, claims_resting_on, reports_of
from provenance.storage.reads.rows import Found, claim, document, event, referred, report, source
from provenance.storage.reads.sources import source_items
from provenance.withdrawal import Withdrawal, consequence, joined

# What one answer looks at: some seconds of work. What is wider is asked for event by event.
MOST_CLAIMS = 1_000
MOST_REPORTS = 10_000


def what_if(session: Session, asked: WhatIfAsked) -> WhatFalls:
    """What loses all support without what is named, what still stands and through whom, and on what that rests.

    :raises InvalidInput: if something named is not held, or the question concerns more claims than one answer may.
    """
    things, meant = _resolved(session, asked)
    given, linked = meant.sources, asked.with_linked
    if linked:
        meant = replace(meant, sources=joined(surroundings(session, given), given))
        items = source_items(session, sorted(meant.sources - given))
        things.sources += [WithdrawnSource(source=item.name, source_id=item.id, given=False) for item in items]
    only = None if asked.event is None else referred(session, event, asked.event, "event")
    pictures = lone_pictures(session, concerned(session, meant, None if only is None else int(only["id"])))
    found = {
        key: consequence(picture.chains, _asked_of(picture, meant, given if linked else None))
        for key, picture in pictures.items()
    }
    return answered(
        WhatFalls,
        pictures,
        found,
        asked.limit,
        lead=without_words(things),
        withdrawn=things,
        event=None if only is None else only["public_id"],
        moment=moment_of(session),
    )


def _resolved(session: Session, asked: WhatIfAsked) -> tuple[WithdrawnThings, Meant]:
    """What is named, as it is shown and by keys."""
    sources = _rows(session, source, asked.sources, "sources")
    claims = _rows(session, claim, asked.claims, "claims")
    reports = _rows(session, report, asked.reports, "reports")
    documents = _rows(session, document, asked.documents, "documents")
    hops = [_hop(session, asked, place) for place in range(len(asked.hops))]
    things = WithdrawnThings(
        sources=[
            WithdrawnSource(source=row["name"], source_id=row["public_id"], given=True) for row in sources.values()
        ],
        claims=[row["public_id"] for row in claims.values()],
        reports=[row["public_id"] for row in reports.values()],
        documents=[row["public_id"] for row in documents.values()],
        hops=[shown for shown, _ in hops],
    )
    meant = Meant(
        frozenset(sources),
        frozenset(claims),
        frozenset(reports),
        frozenset(documents),
        tuple(meant for _, meant in hops),
    )
    return things, meant


def _rows(session: Session, table: Any, named: Collection[str], field: str) -> dict[int, Found]:
    found = (referred(session, table, public_id, f"{field}.{place}") for place, public_id in enumerate(named))
    return {int(row["id"]): row for row in found}


def _hop(session: Session, asked: WhatIfAsked, place: int) -> tuple[WithdrawnHop, HopMeant]:
    field, given = f"hops.{place}", asked.hops[place]
    upstream = None if given.upstream is None else referred(session, source, given.upstream, f"{field}.upstream")
    downstream = referred(session, source, given.downstream, f"{field}.downstream")
    if upstream is not None and upstream["id"] == downstream["id"]:
        raise InvalidInput(
            f"{field}.downstream: a source cannot relay itself; name another one.", field=f"{field}.downstream"
        )
    of_claim = None if given.claim is None else referred(session, claim, given.claim, f"{field}.claim")
    of_report = None if given.report is None else referred(session, report, given.report, f"{field}.report")
    if of_claim is not None and of_report is not None and of_report["claim_id"] != of_claim["id"]:
        raise InvalidInput(
            f"{field}.report: that report is of another claim; leave out `claim`, or name a report of it.",
            field=f"{field}.report",
        )
    return _hop_shown(upstream, downstream, of_claim, of_report), HopMeant(
        _of(upstream, "id"), downstream["id"], _of(of_claim, "id"), _of(of_report, "id")
    )


def _hop_shown(up: Found | None, down: Found, of_claim: Found | None, of_report: Found | None) -> WithdrawnHop:
    return WithdrawnHop(
        upstream=_of(up, "name"),
        upstream_id=_of(up, "public_id"),
        downstream=down["name"],
        downstream_id=down["public_id"],
        claim=_of(of_claim, "public_id"),
        report=_of(of_report, "public_id"),
    )


def _of(row: Found | None, column: str) -> Any:
    return None if row is None else row[column]


def concerned(session: Session, meant: Meant, of_event: int | None = None) -> list[int]:
    """The claims that these things may concern; raises :class:`InvalidInput` where they are too many for one answer."""
    keys = claims_resting_on(session, meant, of_event, MOST_CLAIMS)
    reports = 0 if len(keys) > MOST_CLAIMS else reports_of(session, keys)
    if len(keys) <= MOST_CLAIMS and reports <= MOST_REPORTS:
        return keys
    field, remedy = ("event", "Give one event") if of_event is None else ("sources", "Name fewer sources")
    raise InvalidInput(
        f"{field}: this concerns more than {MOST_CLAIMS:,} claims or {MOST_REPORTS:,} reports, and one answer looks "
        f"at no more. {remedy}, or the claims and reports that you mean.",
        field=field,
    )


def _asked_of(picture: ClaimPicture, meant: Meant, linked_to: frozenset[int] | None) -> Withdrawal:
    """What is withdrawn as far as it concerns a claim; linked sources are those that ties join at the claim's time."""
    hops = [hop for hop in meant.hops if hop.claim in (None, picture.id)]
    return Withdrawal(
        sources=meant.sources if linked_to is None else joined(picture.chains, linked_to),
        reports=meant.reports,
        documents=meant.documents,
        hops=frozenset(HopKey(hop.upstream, hop.downstream, hop.report) for hop in hops),
        whole=picture.id in meant.claims,
    )
