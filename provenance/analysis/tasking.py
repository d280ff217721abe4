"""The list of tasks as it is answered: read, ranked, filtered and cut into pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from provenance.analysis.tasks import Task, ranked
from provenance.answers import EvidenceRow, Page
from provenance.answers_desk import DeskTask, TaskClaim, TaskFlag, TaskSource
from provenance.storage.reads.asked_desk import TasksAsked
from provenance.storage.reads.paging import read, written
from provenance.storage.reads.seen import RowSeen, Seen, seen


def tasks(session: Session, asked: TasksAsked) -> Page[DeskTask]:
    """A page of what would settle most, first things first; a filter leaves a task whole, with all its flags.

    A page begins after the last task of the page before by what decided its place then, so a task that settles more or
    less meanwhile may come twice or not at all.
    """
    found = seen(session, asked)
    wanted = [task for task in ranked(found) if _is_asked_for(task, asked)]
    ranks = {task.id: rank for rank, task in enumerate(wanted, start=1)}
    after = tuple(read(asked)) if asked.cursor is not None else None
    rest = [task for task in wanted if after is None or task.order > after]
    page = rest[: asked.limit]
    following = written(asked, page[-1].order) if len(rest) > len(page) else None
    return Page[DeskTask](items=[_answer(task, ranks[task.id], found) for task in page], next=following)


def _is_asked_for(task: Task, asked: TasksAsked) -> bool:
    flags = (*task.settles, *task.helps)
    return all(
        (
            not asked.act or task.need.act in asked.act,
            not asked.rule or any(flag.rule in asked.rule for flag in flags),
            asked.claim is None or any(claim.id == asked.claim for claim in task.claims),
            not asked.state or any(claim.state in asked.state for claim in task.claims),
            asked.holder is None or any(claim.holder == asked.holder for claim in task.claims),
            asked.source is None or asked.source in task.need.sources,
        )
    )


def _answer(task: Task, rank: int, found: Seen) -> DeskTask:
    flags = (*task.settles, *task.helps)
    return DeskTask(
        id=task.id,
        rank=rank,
        act=task.need.act,
        do=task.need.do,
        why=task.why,
        settles=len(task.settles),
        helps=len(task.helps),
        figures=task.figures,
        documents=task.documents,
        rules=list(dict.fromkeys(flag.rule for flag in flags)),
        flags=[
            TaskFlag(claim=flag.claim, rule=flag.rule, clears_when=flag.clears_when, settles=place < len(task.settles))
            for place, flag in enumerate(flags)
        ],
        claims=_claims(task),
        sources=_sources(task.need.sources, found.sources),
        rows=_rows(task.need.rows),
    )


def _claims(task: Task) -> list[TaskClaim]:
    figures: dict[str, set[int]] = {}
    for flag in (*task.settles, *task.helps):
        figures.setdefault(flag.claim, set()).update(flag.figures)
    return [
        TaskClaim(
            id=claim.id,
            text=claim.text,
            documents=claim.documents,
            figures=len(figures[claim.id]),
            state=claim.state,
            holder=claim.holder,
        )
        for claim in task.claims
    ]


def _sources(public_ids: Sequence[str], names: Mapping[str, str]) -> list[TaskSource]:
    # A source that not everybody may see has no name here, and is left out.
    return [TaskSource(id=one, name=names[one]) for one in public_ids if one in names]


def _rows(rows: Sequence[RowSeen]) -> list[EvidenceRow]:
    return [EvidenceRow(noun=row.noun, id=row.id, shows=row.shows) for row in rows]
