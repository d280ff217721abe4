"""The history as pages: who changed which record, when and why, and what it said before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import PublicId, Reads
from api.web.choosing import PageAsked
from api.web.links import NOUNS, asked, link
from api.web.rendering import page
from api.web.words import date as in_words
from api.web.words import plain, sentence, shortened, when
from provenance.answers import Page
from provenance.answers_history import HistoryItem
from provenance.storage.dates import PARTS
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
        facts=facts,
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


def facts(item: HistoryItem) -> dict[str, str]:
    """What a record says, by field in words: a date in one, no ids beside names, and not what holds for nearly all.

    The JSON of the page has every column.
    """
    said = {field: value for field, value in (item.after or item.before or {}).items() if value not in (None, "", [])}
    dates = [field.removesuffix("_precision") for field in said if field.endswith("_precision")]
    parts = {f"{date}_{part}" for date in dates for part in PARTS}
    shown = {field: told(value) for field, value in said.items() if field not in parts and not _is_beside(field, said)}
    shown |= {date: _day(said, date) for date in dates if f"{date}_earliest" in said}
    return {sentence(field.replace("_", " ")): value for field, value in shown.items()}


def _is_beside(field: str, said: Mapping[str, Any]) -> bool:
    """Whether it only says again, to programs, what another field says; or what is said of nearly every record."""
    beside_a_name = field.endswith("_id") and field.removesuffix("_id") in said
    return beside_a_name or field.endswith(("_start", "_end")) or (field, said[field]) == ("visibility", "public")


def _day(said: Mapping[str, Any], date: str) -> str:
    """A date with no more digits than are known.

    >>> _day({"at_earliest": "2022-01-01T00:00:00+00:00", "at_precision": "month"}, "at")
    'January 2022'
    """
    first, last = str(said[f"{date}_earliest"]), str(said.get(f"{date}_latest", ""))
    digits = DIGITS.get(said[f"{date}_precision"])
    if digits:
        return in_words(first[:digits])
    return told(first) if first == last or not last else f"{told(first)} to {told(last)}"


DIGITS = {"day": 10, "month": 7, "year": 4}


def told(value: Any) -> str:
    """A value of a field in words.

    >>> told(None), told(True), told({"name": "Khabar 24", "id": "src_x"}), told(["kk", "ru"])
    ('nothing', 'yes', 'Khabar 24', 'kk, ru')
    >>> told("2022-01-07T08:00:00+00:00"), told("news_agency")
    ('7 January 2022, 08:00 UTC', 'news agency')
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
        case str() if INSTANT.fullmatch(value):
            return when(datetime.fromisoformat(value))
        case str() if KEY.fullmatch(value):
            return value.replace("_", " ")
        case _:
            return str(value)


INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
KEY = re.compile(r"[a-z]{4,}(_[a-z]+)+")  # never an id, which begins with three letters
