"""Answers a search for reviewed claims: who made the claim and when come from the reviewer, or else from the trace.

The claimant is the origin of a claim. Whoever carried it is never named as one, and where the origin is not
established nobody is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from provenance.analysis.standing import fresh_trace
from provenance.exchange.factcheck.answers import Claim, ClaimReview, Publisher
from provenance.exchange.factcheck.dates import instant_of, rfc3339
from provenance.storage.addresses import site_of
from provenance.storage.reads.fact_checks import FactChecked, FactChecksAsked, fact_checks
from provenance.storage.reads.rows import Found
from provenance.storage.session import reading
from provenance.vocabulary import Stance

Trace = dict[str, Any]


def claims_found(engine: Engine, asked: FactChecksAsked, offset: int = 0) -> tuple[list[Claim], str | None]:
    """A page of reviewed claims, and the cursor of the next one if there is one.

    :raises InvalidInput: if the cursor belongs to another question.
    """
    with reading(engine) as session:
        found, following = fact_checks(session, asked, offset)
    return [_claim(engine, each) for each in found], following


def _claim(engine: Engine, checked: FactChecked) -> Claim:
    dated = next((instant for row in checked.reviews if (instant := instant_of(row["claimed_on"]))), None)
    told = checked.claimant is not None and dated is not None
    trace: Trace = UNTRACED if told else json.loads(fresh_trace(engine, checked.public_id).body)
    return Claim(
        text=checked.text,
        claimant=checked.claimant or claimant_of(trace),
        claimDate=rfc3339(dated or first_known(trace)),
        claimReview=[_review(row) for row in checked.reviews],
    )


UNTRACED: Trace = {"origins": [], "reports": []}


def _review(row: Found) -> ClaimReview:
    return ClaimReview(
        publisher=Publisher(name=row["author"], site=site_of(row["url"])),
        url=row["url"],
        title=row["title"],
        reviewDate=rfc3339(row["reviewed_at"]),
        textualRating=row["rating"],
        languageCode=row["language"],
    )


def claimant_of(trace: Trace) -> str:
    """The established origins of a claim by name, the most reported first; empty where there are none.

    >>> ministry = {"source": "Interior Ministry", "established": True, "withdrawn": False, "disowned": False}
    >>> claimant_of({"origins": [ministry, {**ministry, "source": "Tass", "established": False}]})
    'Interior Ministry'
    """
    names = [
        origin["source"]
        for origin in trace["origins"]
        if origin["established"] and not origin["withdrawn"] and not origin["disowned"]
    ]
    return joined(list(dict.fromkeys(names)))


def joined(names: Sequence[str]) -> str:
    """Names as they are read; some have commas of their own, and then semicolons part them.

    >>> joined(["Saltanat Azirbek", "Almaty police", "Interior Ministry"])
    'Saltanat Azirbek, Almaty police and Interior Ministry'
    >>> joined(["Azhar Giniyat, first deputy health minister", "Ministry of Health"])
    'Azhar Giniyat, first deputy health minister; Ministry of Health'
    """
    if any("," in name for name in names):
        return "; ".join(names)
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


def first_known(trace: Trace) -> datetime | None:
    """When the claim was first said or published, as far as that is known to the day."""
    return min(_instants(trace), default=None)


def _instants(trace: Trace) -> Iterator[datetime]:
    for report in trace["reports"]:
        if report["stance"] != Stance.ASSERTS:
            continue
        for name in ("said_at", "published_at"):
            instant = instant_of(report[name])
            if instant is not None:
                yield instant
