"""The desk as a page: what to do next and why that first, who has which claim, and what moved of what is watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import Field
from sqlmodel import Session

from api.dependencies import Held, Reads, check_rules
from api.web.choosing import PageAsked, ids_in
from api.web.links import NOUNS, asked, link
from api.web.rendering import page
from api.web.signing import back_to, by_page
from api.web.words import plainly, sentence
from provenance.access import who_asks
from provenance.analysis.recording import recording
from provenance.analysis.rules import RULES
from provenance.analysis.tasking import tasks
from provenance.answers_desk import DeskEntry, DeskTask, WatchItem
from provenance.errors import Conflict, InvalidInput, NotFound
from provenance.storage.desk import WatchCreate
from provenance.storage.reads import desk as reads
from provenance.storage.reads.asked import EventsAsked, Included, ReportsAsked
from provenance.storage.reads.asked_desk import DeskAsked, TasksAsked, WatchesAsked
from provenance.storage.reads.asked_history import HistoryAsked
from provenance.storage.reads.changes import RecordNoun, history_of
from provenance.storage.reads.events import events
from provenance.storage.reads.reports import reports
from provenance.storage.writes.desk import start_watch, stop_watch
from provenance.vocabulary import DeskAct, DeskState

router = APIRouter()

FIRST = 10  # tasks on the desk itself; the rest has a page of its own
PER_PAGE = 25
MOST = 200  # claims of a page
LATELY_PUBLISHED = 5
WATCHED = 20  # watches whose changes are looked for

DONE = {"watched": "It is on your watch list.", "unwatched": "It is on your watch list no longer."}
TITLES = {rule.key: sentence(plainly(rule.title)) for rule in RULES}


@dataclass(frozen=True, slots=True)
class Watched:
    """Something that is watched, with what was written about it last."""

    item: WatchItem
    at: datetime
    what: str


class DeskPageAsked(PageAsked, DeskAsked):
    """What the desk takes; a field that was left empty is as one that was not sent."""

    who: str | None = Field(default=None, max_length=200)
    done: str | None = None


class TasksPageAsked(PageAsked, TasksAsked):
    """What the list of tasks takes; fields of its form may be left empty."""

    limit: int = Field(default=PER_PAGE, ge=1, le=200)


@router.get("/desk")
def read_desk(asked_for: Annotated[DeskPageAsked, Query()], request: Request, session: Reads) -> Response:
    """What to do next first; then who has which claim; then one's own claims and what one watches."""
    return _desk(request, session, asked_for, done=DONE.get(asked_for.done or ""))


@router.post("/desk")
def watch(
    request: Request,
    engine: Held,
    session: Reads,
    what: Annotated[str, Form(max_length=500)] = "",
    stop: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Watch the record whose address was pasted, or one that is watched no longer."""
    try:
        target = None if stop else _target(what)
        with recording(engine, by_page()) as writer:
            stop_watch(writer, stop) if target is None else start_watch(writer, target)
    except (InvalidInput, Conflict, NotFound) as refused:
        return _desk(request, session, DeskPageAsked(), fault=(refused.message, what))
    return back_to("/desk#watching", "unwatched" if stop else "watched")


@router.get("/desk/tasks")
def list_tasks(asked_for: Annotated[TasksPageAsked, Query()], request: Request, session: Reads) -> Response:
    """All that would clear flags, what settles most first, to be narrowed down by a form."""
    check_rules(asked_for.rule, "rule")
    chosen = _chosen(request)
    return page(
        request,
        "tasks.html",
        title="What to do next",
        description="What one call, one page or one decision would settle, the one that would settle most first.",
        crumbs=[("Desk", "/desk")],
        json=f"/v1/desk/tasks{asked(**chosen)}",
        here="desk",
        found=tasks(session, asked_for),
        asked_for=asked_for,
        more=f"/desk/tasks{asked(**chosen)}",
        filtered=bool(chosen),
        events=events(session, EventsAsked(limit=MOST)).items,
        rules=[(rule.key, TITLES[rule.key]) for rule in RULES],
        acts=list(DeskAct),
        states=list(DeskState),
        subject=subject,
        titles=TITLES,
    )


def subject(task: DeskTask) -> tuple[str, str] | None:
    """What a task is about where that is not the claims that stand under it: its words, and its page."""
    # A source whose name is withheld has no page.
    if task.act in OF_SOURCES and task.sources and task.sources[0].id[:3] in NOUNS:
        return task.sources[0].name, link(task.sources[0].id)
    if task.act in OF_RECORDS and task.rows and task.rows[0].id[:3] in NOUNS:
        return task.rows[0].shows, link(task.rows[0].id)
    return None


OF_SOURCES = (DeskAct.ASK, DeskAct.CITE_TIE, DeskAct.EXAMINE_TIE)
OF_RECORDS = (DeskAct.HOLD_TEXT, DeskAct.READ_AGAIN)


def _desk(
    request: Request,
    session: Session,
    asked_for: DeskPageAsked,
    *,
    done: str | None = None,
    fault: tuple[str, str] | None = None,
) -> Response:
    who = asked_for.who or who_asks().name
    states = asked_for.state or [state for state in DeskState if state is not DeskState.PUBLISHED]
    found = reads.desk(session, asked_for.model_copy(update={"state": states, "limit": MOST}))
    lately = DeskAsked(state=[DeskState.PUBLISHED], sort="-changed", limit=LATELY_PUBLISHED)
    published = [] if asked_for.state else reads.desk(session, lately).items
    entries = [*found.items, *published]
    return page(
        request,
        "desk.html",
        422 if fault else 200,
        title="Desk",
        description="What to do next, who has which claim, whom the desk asked, and what it watches.",
        json="/v1/desk",
        here="desk",
        done=done,
        next_tasks=tasks(session, TasksAsked(limit=FIRST)),
        groups=[(state, _of(state, entries)) for state in DeskState if state in states or not asked_for.state],
        chosen=asked_for.state,
        more=found.next,
        more_of=f"/desk{asked(**_chosen(request))}",
        entries=entries,
        who=who,
        mine=reads.desk(session, DeskAsked(holder=who, sort="due", limit=MOST)).items if who else [],
        watching=list(_watched(session, who)) if who else [],
        fault=fault,
        subject=subject,
        titles=TITLES,
    )


def _chosen(request: Request) -> dict[str, str]:
    return {name: value for name, value in request.query_params.items() if value and name not in ("cursor", "done")}


def _of(state: DeskState, entries: list[DeskEntry]) -> list[DeskEntry]:
    return [entry for entry in entries if entry.state is state]


def _target(what: str) -> WatchCreate:
    """The record that somebody pasted the address or the id of."""
    for name, prefix in (("claim", "clm"), ("event", "evt"), ("source", "src"), ("tally", "tal")):
        if found := ids_in(what, prefix):
            return WatchCreate(**{name: found[0]})
    raise InvalidInput(
        "what: that is the address of no claim, event, source or count. Copy it from the page.",
        field="what",
    )


def _watched(session: Session, who: str) -> Iterator[Watched]:
    found = reads.watches(session, WatchesAsked(who=who, sort="-recorded", limit=WATCHED)).items
    yield from sorted((_lately(session, item) for item in found), key=lambda one: one.at, reverse=True)


def _lately(session: Session, item: WatchItem) -> Watched:
    """What was written last: about the record itself, or, of a claim, about the report that came last."""
    looked_at = [item.watched]
    if item.noun == "claim":
        newest = ReportsAsked(claim=item.watched, sort="-recorded", limit=1, include=Included.PROPOSED)
        looked_at += [one.id for one in reports(session, newest).items]
    changes = [
        Watched(item, one.at, f"{one.noun.replace('_', ' ')} {one.action} by {one.who}")
        for record in looked_at
        for one in history_of(session, RecordNoun(NOUNS[record[:3]]), record, HistoryAsked(limit=1)).items
    ]
    return max(changes, key=lambda one: one.at, default=Watched(item, item.changed_at, "written"))
