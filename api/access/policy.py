"""What each route asks of whoever comes: the whole policy in one table, which the app is held to when it starts.

A route is named by its method and address. One that no line names keeps the app from starting, and so does a line that
names no route; ``docs/access.md`` is made from this table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from provenance.vocabulary import Role


class Needs(Enum):
    """What whoever comes must have."""

    NOTHING = "nothing"
    TO_READ = "to read"  # nothing, unless reading needs a key
    CONTRIBUTOR = Role.CONTRIBUTOR
    EDITOR = Role.EDITOR
    ADMIN = Role.ADMIN


# Each group of lines says first why it needs what it needs.
NOTHING = """
# What must answer before anybody can log in, and what a watchman asks; none of it says what is held.
GET /healthz
GET /readyz
GET /robots.txt
GET /favicon.ico
GET /static/{path:path}
GET /login
POST /login
POST /logout
"""

TO_READ = """
# Questions that are sent as a body because they are long. They write nothing, so whoever may read may ask.
POST /v1/read
POST /read
POST /read/proposals
# What is public, and for those who work here what is for the desk, too: which rows, is decided where they are read.
GET /v1/claims/{claim_id}/trace
GET /openapi.json
GET /metrics
GET /v1/claims
GET /v1/claims/{claim_id}
GET /v1/figures
GET /v1/figures/{figure_id}
GET /v1/sources
GET /v1/sources/{source_id}
GET /v1/sources/{source_id}/claims
GET /v1/names/{name_id}
GET /v1/ties/{tie_id}
GET /v1/interests/{interest_id}
GET /v1/documents
GET /v1/documents/{document_id}
GET /v1/extraction/stats
GET /v1/reports
GET /v1/reports/{report_id}
GET /v1/events
GET /v1/events/{event_id}
GET /v1/tallies
GET /v1/tallies/{tally_id}
GET /v1/flags/rules
GET /v1/reviews
GET /v1/reviews/{review_id}
GET /v1/evidence
GET /v1/evidence/{evidence_id}
GET /v1/corrections
GET /v1/corrections/{correction_id}
GET /v1/rulings
GET /v1/rulings/scales
GET /v1/rulings/{ruling_id}
GET /v1/own-corrections
GET /v1/own-corrections/{own_correction_id}
GET /v1/history
GET /v1/history/{change_id}
GET /v1/{noun}/{record_id}/history
GET /v1/search
GET /v1/vocabulary
GET /v1/me
GET /v1
GET /
GET /flags
GET /rules
GET /glossary
GET /claims
GET /claims/{claim_id}
GET /docs
GET /explorer
GET /explorer/go
GET /explorer/{name}
GET /tallies
GET /tallies/{tally_id}
GET /sources
GET /sources/{source_id}
GET /sources/{source_id}/claims
GET /reports/{report_id}
GET /documents/{document_id}
GET /events
GET /events/{event_id}
GET /compare
GET /what-if
GET /reviews/{review_id}
GET /search
GET /documents
GET /history
GET /{noun}/{record_id}/history
GET /read
GET /bookmarklet
GET /claims/{claim_id}/publish
GET /claims/{claim_id}/card
GET /our-corrections
"""

PASSED_ON = """
# Files, feeds, markup, graphs, and interfaces and formats of others. Nobody can tell from a file on a desk which of its
# lines were not meant to leave it, so whoever fetches it is given what everybody may see.
POST /v1/what-if
POST /v1/match
POST /reconcile
GET /v1/claims/{claim_id}/drift
GET /v1/claims/{claim_id}/graph
GET /v1/reports/{report_id}/annotation
GET /v1/documents/{document_id}/annotations
GET /v1/events/{event_id}/ged.csv
GET /v1/events/{event_id}/ged.parquet
GET /v1/events/{event_id}/package.zip
GET /v1/tallies/{tally_id}/series
GET /v1/flags
GET /v1/reviews/{review_id}/claimreview
GET /v1/corrections/{correction_id}/impact
GET /v1/claims/{claim_id}/publication
GET /v1/claims.csv
GET /v1/claims.parquet
GET /v1/claims/{claim_id}/drift.csv
GET /v1/claims/{claim_id}/drift.parquet
GET /v1/figures.csv
GET /v1/figures.parquet
GET /v1/sources.csv
GET /v1/sources.parquet
GET /v1/sources/{source_id}/claims.csv
GET /v1/sources/{source_id}/claims.parquet
GET /v1/documents.csv
GET /v1/documents.parquet
GET /v1/reports.csv
GET /v1/reports.parquet
GET /v1/events.csv
GET /v1/events.parquet
GET /v1/tallies.csv
GET /v1/tallies.parquet
GET /v1/flags.csv
GET /v1/flags.parquet
GET /v1/reviews.csv
GET /v1/reviews.parquet
GET /v1/evidence.csv
GET /v1/evidence.parquet
GET /v1/corrections.csv
GET /v1/corrections.parquet
GET /v1/rulings.csv
GET /v1/rulings.parquet
GET /v1/own-corrections.csv
GET /v1/own-corrections.parquet
GET /v1/history.csv
GET /v1/history.parquet
GET /v1/claims/{claim_id}/provenance
GET /v1/documents/{document_id}/provenance
GET /v1/events/{event_id}/provenance
GET /v1/provenance
GET /feeds/claimreview.json
GET /v1alpha1/pages
GET /v1alpha1/pages/{page_id}
GET /v1alpha1/claims:search
GET /v1alpha1/claims:imageSearch
GET /reconcile
GET /reconcile/suggest/entity
GET /reconcile/suggest/type
GET /reconcile/suggest/property
GET /reconcile/properties
GET /reconcile/preview
GET /feeds/claims/{public_id}.atom
GET /feeds/events/{public_id}.atom
GET /feeds/sources/{public_id}.atom
GET /feeds/corrections.atom
GET /feeds/flags.atom
GET /feeds/flags/{rule}.atom
"""

CONTRIBUTOR = """
# What the desk keeps about its own work. It states nothing about a claim, so whoever works here writes it, and those
# outside do not see it.
GET /v1/visibility/{record_id}
GET /v1/desk
GET /v1/desk/tasks
GET /v1/claims/{claim_id}/desk
PATCH /v1/claims/{claim_id}/desk
DELETE /v1/claims/{claim_id}/desk
POST /v1/claims/{claim_id}/notes
GET /v1/notes/{note_id}
PATCH /v1/notes/{note_id}
DELETE /v1/notes/{note_id}
POST /v1/claims/{claim_id}/contacts
GET /v1/contacts/{contact_id}
PATCH /v1/contacts/{contact_id}
DELETE /v1/contacts/{contact_id}
GET /v1/watches
POST /v1/watches
GET /v1/watches/{watch_id}
DELETE /v1/watches/{watch_id}
GET /desk
POST /desk
GET /desk/tasks
GET /claims/{claim_id}/desk
POST /claims/{claim_id}/desk
# How it was taken in and decided. Names of colleagues, pages as they were retrieved and the habits of this desk are
# for those who work here.
GET /v1/decisions
GET /v1/ingestions
GET /v1/ingestions/{ingestion_id}
GET /v1/documents/{document_id}/copies
GET /v1/documents/{document_id}/copies/{copy_id}
GET /v1/mappings
GET /v1/mappings/{name}
# What is proposed, with what it needs. By a contributor each is written as proposed and counts for nothing; where
# somebody asks for more (`state` accepted, a tally, a change of what counts), it is refused with 403 below the
# routes, wherever facts are written.
POST /v1/documents
POST /v1/reports
POST /v1/ingest
POST /v1/intake
POST /v1/annotations
POST /read/save
GET /documents/{document_id}/state
POST /documents/{document_id}/state
POST /v1/claims
POST /v1/sources
POST /v1/events
# That something was redacted, when and why, is for those who work here; it never says what.
GET /v1/redactions
"""

PASSED_ON_FROM_THE_DESK = """
# Files of what was decided: of what everybody may see, like all files.
GET /v1/decisions.csv
GET /v1/decisions.parquet
"""

EDITOR = """
# Decisions about proposals. A contributor's own, too: what is put right in one is kept and counts against the rule
# that proposed it, so whoever wants to mend a proposal sends another, and an editor rejects the first.
POST /v1/reports/decide
POST /v1/reports/{report_id}/accept
POST /v1/reports/{report_id}/reject
POST /v1/reports/{report_id}/merge
POST /v1/reports/{report_id}/split
PATCH /v1/reports/{report_id}
POST /documents/{document_id}/decide
POST /documents/{document_id}/undo
GET /reports/{report_id}/merge
POST /reports/{report_id}/merge
GET /reports/{report_id}/edit
POST /reports/{report_id}/edit
# What counts: changes of what is held, and what gives a number its frame or joins and parts sources.
PATCH /v1/claims/{claim_id}
POST /v1/claims/{claim_id}/merge
POST /v1/claims/{claim_id}/split
PATCH /v1/sources/{source_id}
POST /v1/sources/{source_id}/names
POST /v1/sources/{source_id}/ties
POST /v1/sources/{source_id}/interests
POST /v1/sources/{source_id}/merge
POST /v1/sources/{source_id}/split
DELETE /v1/names/{name_id}
PUT /v1/visibility/{record_id}
PATCH /v1/ties/{tie_id}
DELETE /v1/ties/{tie_id}
PATCH /v1/interests/{interest_id}
DELETE /v1/interests/{interest_id}
PATCH /v1/documents/{document_id}
PATCH /v1/events/{event_id}
POST /v1/events/{event_id}/coverage
POST /v1/tallies
PATCH /v1/tallies/{tally_id}
# What this desk signs: corrections, rulings, reviews with the evidence that they rest on, and corrections of its own.
POST /v1/reviews
PATCH /v1/reviews/{review_id}
POST /v1/claimreview
POST /v1/evidence
PATCH /v1/evidence/{evidence_id}
POST /v1/evidence/{evidence_id}/verifications
POST /v1/corrections
PATCH /v1/corrections/{correction_id}
DELETE /v1/corrections/{correction_id}
POST /v1/rulings
PATCH /v1/rulings/{ruling_id}
DELETE /v1/rulings/{ruling_id}
POST /v1/own-corrections
PATCH /v1/own-corrections/{own_correction_id}
DELETE /v1/own-corrections/{own_correction_id}
POST /v1alpha1/pages
PUT /v1alpha1/pages/{page_id}
DELETE /v1alpha1/pages/{page_id}
POST /our-corrections
# What changes many records at once, or takes a change back.
POST /v1/history/{change_id}/undo
POST /v1/provenance
POST /v1/sheets
PUT /v1/mappings/{name}
DELETE /v1/mappings/{name}
# Who is told. A hook makes this server send messages to an address, and its key is a secret of this desk.
GET /v1/hooks
POST /v1/hooks
GET /v1/hooks/{hook_id}
PATCH /v1/hooks/{hook_id}
DELETE /v1/hooks/{hook_id}
POST /v1/hooks/{hook_id}/secret
GET /v1/hooks/{hook_id}/messages
POST /v1/hooks/{hook_id}/test
"""

ADMIN = """
# Who comes in, and everything at once: what is for named people, too.
GET /v1/export.jsonl
GET /v1/keys
POST /v1/keys
GET /v1/keys/{key_id}
DELETE /v1/keys/{key_id}
# What is gone for good.
POST /v1/redactions
"""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A method and the shape of an address, as the app knows it."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Group:
    """Routes that need the same, for one reason; ``passed_on``: what they answer is made to be passed on."""

    needs: Needs
    why: str
    routes: tuple[Address, ...]
    passed_on: bool


def _groups(text: str, needs: Needs, *, passed_on: bool = False) -> Iterator[Group]:
    why: list[str] = []
    for is_said, lines in groupby(text.strip().split("\n"), lambda line: line.startswith("# ")):
        if is_said:
            why = [line.removeprefix("# ") for line in lines]
        else:
            yield Group(needs, " ".join(why), tuple(Address(*line.split(" ", 1)) for line in lines), passed_on)


GROUPS: tuple[Group, ...] = (
    *_groups(NOTHING, Needs.NOTHING),
    *_groups(TO_READ, Needs.TO_READ),
    *_groups(PASSED_ON, Needs.TO_READ, passed_on=True),
    *_groups(CONTRIBUTOR, Needs.CONTRIBUTOR),
    *_groups(PASSED_ON_FROM_THE_DESK, Needs.CONTRIBUTOR, passed_on=True),
    *_groups(EDITOR, Needs.EDITOR),
    *_groups(ADMIN, Needs.ADMIN),
)
STATED: Mapping[Address, Needs] = {route: group.needs for group in GROUPS for route in group.routes}
MADE_TO_BE_PASSED_ON = frozenset(route for group in GROUPS if group.passed_on for route in group.routes)


def passed_on(method: str, path: str) -> bool:
    """Whether what is answered at this route is made to be passed on.

    >>> passed_on("HEAD", "/v1/claims.csv"), passed_on("GET", "/v1/claims/{claim_id}"), passed_on("POST", "/v1/match")
    (True, False, True)
    """
    return Address("GET" if method == "HEAD" else method, path) in MADE_TO_BE_PASSED_ON


def rules_of(app: FastAPI) -> dict[Address, Needs]:
    """What each route of the app needs, in the order in which the app looks for them.

    :raises RuntimeError: naming the routes without a rule and the rules without a route.
    """
    there = list(addresses(app))
    missing = [one for one in there if one not in STATED]
    idle = sorted(set(STATED) - set(there))
    if missing or idle:
        raise RuntimeError(
            f"api/access/policy.py has no rule for {_listed(missing)}, and a rule without a route for {_listed(idle)}."
        )
    return {one: STATED[one] for one in there}


def addresses(app: FastAPI) -> Iterator[Address]:
    """Every method and address that the app answers, pages, files and interfaces of others included."""
    for context in iter_route_contexts(app.routes):
        path = context.path or "/"
        if isinstance(context.original_route, Mount):
            yield Address("GET", f"{path}/{{path:path}}")
        for method in sorted((context.methods or set()) - {"HEAD"}):
            yield Address(method, path)


def _listed(addresses: Iterable[Address]) -> str:
    return ", ".join(map(str, addresses)) or "none"
