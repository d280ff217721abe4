"""The least and the most that figures allow, as recorded or with their words read under another policy.

Few different words give no number. They are looked up and read here, and stand in the question with their intervals, so
that filters and orders hold for whatever policy is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.quantity import PLAIN, POLICIES, Interval, Policy, language_of_words, read_quantity
from provenance.storage.reads.rows import document, figure, held, report, rows
from provenance.vocabulary import Qualifier

Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What stands for the least and the most of a figure in a question about figures and their documents."""

    low: sa.ColumnElement[Any]
    high: sa.ColumnElement[Any]


# The interval of a word is recorded as ``plain`` reads it, unless somebody recorded another.
RECORDED = Bounds(figure.c.low, figure.c.high)


def bounds_under(session: Session, policy: str) -> Bounds:
    """The bounds under a policy; one query, none for the policy under which figures are recorded."""
    if policy == PLAIN.name:
        return RECORDED
    alike: dict[Interval, list[Words]] = {}
    for text, language in _words(session):
        if (read := _interval(text, language, POLICIES[policy])) is not None:
            alike.setdefault(read, []).append((text, language))
    printed = sa.tuple_(figure.c.text, sa.func.coalesce(document.c.language, ""))
    cases = [
        (sa.and_(figure.c.qualifier == Qualifier.VAGUE, printed.in_(words)), read) for read, words in alike.items()
    ]
    if not cases:
        return RECORDED
    return Bounds(
        low=sa.case(*((such, _number(read.low)) for such, read in cases), else_=figure.c.low),
        high=sa.case(*((such, _number(read.high)) for such, read in cases), else_=figure.c.high),
    )


def _words(session: Session) -> list[Words]:
    statement = (
        sa.select(figure.c.text, sa.func.coalesce(document.c.language, "").label("language"))
        .select_from(
            figure.join(report, report.c.id == figure.c.report_id).join(document, document.c.id == report.c.document_id)
        )
        .where(figure.c.qualifier == Qualifier.VAGUE, held(figure, report, document))
        .distinct()
    )
    return [(row["text"], row["language"]) for row in rows(session, statement)]


def _interval(text: str, language: str, policy: Policy) -> Interval | None:
    """The interval of words; None for words that no policy knows, which keep what was recorded for them."""
    read = read_quantity(text, language_of_words(text, Qualifier.VAGUE, language), policy)
    return Interval(read.low, read.high) if read.qualifier is Qualifier.VAGUE else None


def _number(bound: Any) -> sa.ColumnElement[Any]:
    return sa.null().cast(sa.Float) if bound is None else sa.literal(float(bound), sa.Float)
