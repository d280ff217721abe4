"""What the rules found, claim by claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import FlagItem, Page
from provenance.storage.reads.asked import FlagsAsked
from provenance.storage.reads.claims import told_by_then
from provenance.storage.reads.considering import consider_all, turn_at
from provenance.storage.reads.paging import Keys
from provenance.storage.reads.rows import (
    Condition,
    claim,
    event,
    flag,
    flagged_figure,
    held,
    referred,
    rows,
    standing,
    tally,
)


def flags(session: Session, asked: FlagsAsked) -> Page[FlagItem]:
    """A page of findings: one query, and one for each id that a filter names."""
    conditions = [*_conditions(session, asked), *told_by_then(session)]
    among = sa.select(claim.c.id).where(held(claim), *conditions)
    found_here = _about_what_is_derived(asked)
    if asked.rule:
        found_here.append(flag.c.rule.in_(asked.rule))
    statement = _items().where(*conditions, *found_here)
    found, following = turn_at(session, statement, asked, ORDERS, key="claim_key", among=among)
    items = [FlagItem(**{name: row[name] for name in FlagItem.model_fields}) for row in found]
    return Page[FlagItem](items=items, next=following)


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule found something, and in how many claims."""

    rule: str
    findings: int
    claims: int


def found_by_rule(session: Session, asked: FlagsAsked) -> list[RuleCount]:
    """What a list of findings holds, counted by rule, the most claims first: one query, and one for each filter by id.

    The filter by rule is left out, so that whoever looks at one rule sees what the others found.
    """
    conditions = [*_conditions(session, asked), *told_by_then(session)]
    consider_all(session, sa.select(claim.c.id).where(held(claim), *conditions))
    found, concerned = sa.func.count(flag.c.id), sa.func.count(flag.c.claim_id.distinct())
    statement = (
        sa.select(flag.c.rule, found.label("findings"), concerned.label("claims"))
        .select_from(flag.join(claim, claim.c.id == flag.c.claim_id))
        .where(held(claim), *conditions, *_about_what_is_derived(asked))
        .group_by(flag.c.rule)
        .order_by(concerned.desc(), found.desc(), flag.c.rule)
    )
    return [RuleCount(**row) for row in rows(session, statement)]


# A finding has no lasting key, since it is derived anew; what it says tells it from the others of its claim.
ORDERS: dict[str, Keys] = {"claim": (flag.c.claim_id, flag.c.rule, flag.c.reason, flag.c.id)}


def _conditions(session: Session, asked: FlagsAsked) -> list[Condition]:
    conditions: list[Condition] = []
    if asked.claim is not None:
        conditions.append(claim.c.id == referred(session, claim, asked.claim, "claim")["id"])
    if asked.event is not None:
        conditions.append(claim.c.event_id == referred(session, event, asked.event, "event")["id"])
    if asked.tally is not None:
        conditions.append(claim.c.tally_id == referred(session, tally, asked.tally, "tally")["id"])
    return conditions


def _about_what_is_derived(asked: FlagsAsked) -> list[Condition]:
    if asked.status is None:
        return []
    return [claim.c.id.in_(sa.select(standing.c.claim_id).where(standing.c.status == asked.status))]


def _items() -> sa.Select[Any]:
    about = sa.select(sa.func.count()).where(flagged_figure.c.flag_id == flag.c.id).scalar_subquery()
    return (
        sa.select(
            *(flag.c[name] for name in ("rule", "version", "reason", "clears_when", "evidence")),
            claim.c.id.label("claim_key"),
            claim.c.public_id.label("claim"),
            claim.c.text.label("claim_text"),
            about.label("figures"),
        )
        .select_from(flag.join(claim, claim.c.id == flag.c.claim_id))
        .where(held(claim))
    )
