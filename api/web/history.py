"""The history as pages: who changed which record, when and why, and what it said before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import PublicId, Reads
from api.web.choosing import PageAsked
from api.web.links import NOUNS, asked, link
from api.web.rendering import page
from api.web.words import plain, shortened
from provenance.answers import Page
from provenance.answers_history import HistoryItem
from provenance.storage.reads.asked_history import HistoryAsked, WholeHistoryAsked
from provenance.storage.reads.changes import RecordNoun, history_of, whole_history

router = APIRouter()

# Figures are shown in the pages of their claims and documents, and have none of their own.
PAGES = frozenset(NOUNS) - {"fig"}


class WholeHistoryPageAsked(PageAsked, WholeHistoryAsked):
    """What the page of the whole history takes; fields of its form may be left empty."""


class HistoryPageAsked(PageAsked, HistoryAsked):
    """What the page of a record's history takes."""


@router.get("/history")
def list_history(asked_for: Annotated[WholeHistoryPageAsked, Query()], request: Request, session: Reads) -> Response:
    """Everything that was written, newest first, or what was written about one record."""
    found = whole_history(session, asked_for)
    title = f"History of {asked_for.record}" if asked_for.record else "History"
    return _drawn(request, title, found, "/v1/history", asked_for.chosen, asked_for=asked_for)


@router.get("/{noun}/{record_id}/history")
def list_history_of_record(
    noun: RecordNoun,
    record_id: PublicId,
    asked_for: Annotated[HistoryPageAsked, Query()],
    request: Request,
    session: Reads,
) -> Response:
    """What was written about one record and its parts."""
    found = history_of(session, noun, record_id, asked_for)
    crumbs = [("The record", link(record_id))] if record_id[:3] in PAGES else []
    json = f"/v1/{noun.value}/{record_id}/history"
    chosen = asked_for.chosen
    return _drawn(request, "Who changed this record", found, json, chosen, crumbs=crumbs, record=record_id)


def _drawn(
    request: Request, title: str, found: Page[HistoryItem], json: str, chosen: Mapping[str, Any], **shown: Any
) -> Response:
    return page(
        request,
        "history.html",
        title=title,
        description="Who changed what, when and why. Nothing that was ever written is changed or removed.",
        json=json + asked(**chosen),
        found=found,
        more=f"{request.url.path}{asked(**chosen)}",
        page_of=page_of,
        called=called,
        told=told,
        **{"asked_for": None, "record": None, **shown},
    )


def page_of(item: HistoryItem) -> str | None:
    """The page of the record that an entry is about, where there is one."""
    return link(item.record) if item.record[:3] in PAGES else None


def called(item: HistoryItem) -> str:
    """What an entry is about, in the words of the record itself; empty where it has none.

    A hop reads as its two ends, a link between sources as a sentence, a report as the words that it quotes.
    """
    said = item.after or item.before or {}
    match item.noun:
        case "attribution":
            return f"{said.get('upstream') or 'nobody named'} → {said.get('downstream')}"
        case "tie":
            return f"{said.get('source')} {plain(str(said.get('kind')), 'TieKind')} {said.get('other')}"
        case "interest":
            return f"{said.get('source')} {plain(str(said.get('interest')), 'Interest')}"
        case _:
            return next((shortened(str(said[field])) for field in NAMING if said.get(field)), "")


# The field that says best what a record is, first.
NAMING = ("text", "quote", "title", "name", "says", "reasons", "searched_by", "method", "note", "kind")


def told(value: Any) -> str:
    """A value of a field in words.

    >>> told(None), told(True), told({"name": "Khabar 24", "id": "src_x"}), told(["kk", "ru"])
    ('nothing', 'yes', 'Khabar 24', 'kk, ru')
    """
    match value:
        case None | "" | []:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case {"name": name, "id": _}:
            return str(name)
        case dict():
            return ", ".join(f"{key}: {told(one)}" for key, one in value.items())
        case list():
            return ", ".join(map(told, value))
        case _:
            return str(value)
