"""What the rules found, and the rules themselves: from the same reads and the same text as the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import Reads, check_rules
from api.routers.flags import CATALOGUE
from api.web.choosing import PageAsked
from api.web.links import asked as behind
from api.web.rendering import page
from provenance.answers import EvidenceRow, FlagItem, FlagRule
from provenance.storage.reads import events, flags
from provenance.storage.reads.asked import EventsAsked, FlagsAsked
from provenance.storage.reads.flags import RuleCount
from provenance.vocabulary import ClaimStatus

router = APIRouter()

RULE = {rule.key: rule for rule in CATALOGUE}
TURN = {key: place for place, key in enumerate(RULE)}
SHOWN = 25  # findings on a page; each is a paragraph


class BoardAsked(FlagsAsked, PageAsked):
    """What the board takes: what the list of findings does, from a form with empty fields too."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding with the rule that made it, and the rows that show it, each with its page if it has one."""

    rule: FlagRule
    item: FlagItem
    rows: tuple[tuple[EvidenceRow, str | None], ...]


@dataclass(frozen=True, slots=True)
class OfClaim:
    """What was found about one claim, as far as it stands on this page."""

    claim: str
    text: str
    findings: tuple[Finding, ...]


@router.get("/flags")
def board(request: Request, given: Annotated[BoardAsked, Query()], session: Reads) -> Response:
    """All findings, or those of a rule, an event, a tally or a status; each with its reason and what clears it."""
    check_rules(given.rule, "rule")
    found = flags.flags(session, given.model_copy(update={"limit": min(given.limit, SHOWN)}))
    counts = [
        (RULE[count.rule], count)
        for count in sorted(flags.found_by_rule(session, given), key=lambda count: TURN[count.rule])
    ]
    chosen = [RULE[key] for key in given.rule]
    return page(
        request,
        "flags.html",
        title=chosen[0].title if len(chosen) == 1 else "What is flagged, and why",
        description=f"{_counted(counts, chosen)} Each with its reason and what would clear it.",
        json=f"/v1/flags{_behind(given)}",
        feed=f"/feeds/flags/{chosen[0].key}.atom" if len(chosen) == 1 else "/feeds/flags.atom",
        here="flags",
        asked=given,
        chosen=chosen,
        counts=counts,
        told=_counted(counts, chosen),
        claims=_by_claim(found.items),
        more=found.next,
        more_of=f"/flags{_behind(given)}",
        choice=lambda key: f"/flags{_behind(given.model_copy(update={'rule': [key] if key else []}))}",
        events=_events(session),
        statuses=list(ClaimStatus),
    )


@router.get("/rules")
def rules(request: Request, session: Reads) -> Response:
    """The catalogue: what each rule finds, why that matters, an example, and what clears it."""
    counts = {count.rule: count for count in flags.found_by_rule(session, FlagsAsked())}
    return page(
        request,
        "rules.html",
        title="How flags are raised",
        description="Every rule: what it finds, why that matters to a reader, an example, and what clears it.",
        json="/v1/flags/rules",
        crumbs=[("Flags", "/flags")],
        here="flags",
        rules=[(rule, counts.get(rule.key)) for rule in CATALOGUE],
    )


def _behind(asked: FlagsAsked) -> str:
    """The filters as they stand behind an address, without the place in the list."""
    filters = {name: getattr(asked, name) for name in ("claim", "event", "tally", "status", "as_of", "known_at")}
    rest = behind(**{name: str(value) for name, value in filters.items() if value is not None})
    chosen = "&".join(f"rule={key}" for key in asked.rule)
    return rest + (("&" if rest else "?") + chosen if chosen else "")


def _counted(counts: list[tuple[FlagRule, RuleCount]], chosen: list[FlagRule]) -> str:
    """How much was found, in a sentence.

    >>> _counted([(CATALOGUE[0], RuleCount("unverified_figure", 69, 69))], [])
    '1 rule found something: 69 findings in all.'
    """
    of = [count for rule, count in counts if not chosen or rule in chosen]
    findings = sum(count.findings for count in of)
    if not findings:
        return "Nothing was found."
    several = "s" if findings != 1 else ""
    if len(chosen) == 1:
        return f"{findings:,} finding{several} in {of[0].claims:,} claim{'s' if of[0].claims != 1 else ''}."
    return f"{len(of)} rule{'s' if len(of) != 1 else ''} found something: {findings:,} finding{several} in all."


def _by_claim(items: Sequence[FlagItem]) -> list[OfClaim]:
    """Findings claim by claim in their order, those of a claim in the order of the catalogue."""
    return [
        OfClaim(
            claim,
            text,
            tuple(
                Finding(RULE[item.rule], item, tuple(map(_row, item.evidence)))
                for item in sorted(of_claim, key=lambda item: TURN[item.rule])
            ),
        )
        for (claim, text), of_claim in groupby(items, key=lambda item: (item.claim, item.claim_text))
    ]


def _row(row: EvidenceRow) -> tuple[EvidenceRow, str | None]:
    """A row with its page. A figure stands on the page of its report, which an id of a figure leads to."""
    return row, f"/{NOUNS[row.noun]}/{row.id}" if row.noun in NOUNS else None


NOUNS = {
    "report": "reports",
    "source": "sources",
    "document": "documents",
    "claim": "claims",
    "tally": "tallies",
    "event": "events",
}


def _events(session: Session) -> list[tuple[str, str]]:
    return [(each.id, each.title) for each in events.events(session, EventsAsked(limit=200)).items]
