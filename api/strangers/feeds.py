"""The feeds that readers follow, at addresses of their own; a reader that holds the newest page is answered 304."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from typing import Annotated
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Engine
from sqlmodel import Session

from api.addresses import base_of
from api.conditional import names, tag
from api.dependencies import Held
from api.web.words import plainly
from provenance.analysis.rules import RULES
from provenance.errors import InvalidInput, NotFound
from provenance.exchange.feeds.atom import MEDIA, atom
from provenance.exchange.feeds.collecting import Followed, collected, read_place
from provenance.exchange.feeds.keeping import Kept
from provenance.storage.reads.following import (
    CORRECTIONS,
    TOLD,
    last_shown_otherwise,
    newest_change,
    of_claim,
    of_corrections,
    of_event,
    of_everything,
    of_source,
)
from provenance.storage.reads.visibility import visibility_epoch
from provenance.storage.record import now
from provenance.storage.session import reading


def no_other_parameters(request: Request) -> None:
    """Refuse a parameter that feeds do not know, and a page that is named twice."""
    given = [name for name, _ in request.query_params.multi_items()]
    if unknown := [name[:100] for name in given if name != "from"]:
        raise InvalidInput(f"{unknown[0]}: there is no such parameter. Known here: from.", field=unknown[0])
    if len(given) > 1:
        raise InvalidInput("from: it is given twice and counts once. Keep one of them.", field="from")


router = APIRouter(prefix="/feeds", include_in_schema=False, dependencies=[Depends(no_other_parameters)])
TITLES = {rule.key: rule.title for rule in RULES}
From = Annotated[str | None, Query(alias="from", max_length=60)]


@router.get("/claims/{public_id}.atom")
def feed_of_claim(public_id: str, request: Request, engine: Held, place: From = None) -> Response:
    """What happened to one claim."""
    return _answered(request, engine, place, partial(_claim, public_id=public_id))


@router.get("/events/{public_id}.atom")
def feed_of_event(public_id: str, request: Request, engine: Held, place: From = None) -> Response:
    """What happened to the claims of one event."""
    return _answered(request, engine, place, partial(_event, public_id=public_id))


@router.get("/sources/{public_id}.atom")
def feed_of_source(public_id: str, request: Request, engine: Held, place: From = None) -> Response:
    """What one source published or is named in, and what corrects it."""
    return _answered(request, engine, place, partial(_source, public_id=public_id))


@router.get("/corrections.atom")
def feed_of_corrections(request: Request, engine: Held, place: From = None) -> Response:
    """Every correction, of others and of our own."""
    return _answered(request, engine, place, _corrections)


@router.get("/flags.atom")
def feed_of_flags(request: Request, engine: Held, place: From = None) -> Response:
    """Flags that were raised and cleared."""
    return _answered(request, engine, place, partial(_flags, rule=None))


@router.get("/flags/{rule}.atom")
def feed_of_rule(rule: str, request: Request, engine: Held, place: From = None) -> Response:
    """Flags of one rule that were raised and cleared."""
    if rule not in TITLES:
        raise NotFound(f"There is no rule '{rule[:100]}'. GET /v1/flags/rules lists what there is.")
    return _answered(request, engine, place, partial(_flags, rule=rule))


def _claim(session: Session, public_id: str) -> Followed:
    scope = of_claim(session, public_id)
    return Followed(scope, TOLD, True, scope.label, "What happened to this claim.", f"/claims/{public_id}")


def _event(session: Session, public_id: str) -> Followed:
    scope = of_event(session, public_id)
    told = "What happened to the claims about this event."
    return Followed(scope, TOLD, True, scope.label, told, f"/events/{public_id}")


def _source(session: Session, public_id: str) -> Followed:
    scope = of_source(session, public_id)
    told = "What this source published or is named in, and what corrects it."
    return Followed(scope, TOLD, False, scope.label, told, f"/sources/{public_id}")


def _corrections(session: Session) -> Followed:
    told = "What was taken back, corrected, denied, disowned or replaced, by others and by this desk."
    return Followed(of_corrections(), CORRECTIONS, False, "Corrections", told, "/our-corrections")


def _flags(session: Session, rule: str | None) -> Followed:
    title = "Flags raised and cleared" if rule is None else f"Flags: {plainly(TITLES[rule])}"
    page = "/flags" if rule is None else f"/flags?rule={rule}"
    return Followed(of_everything(), (), True, title, "What the rules find, and when they began to.", page, rule)


def _answered(request: Request, engine: Held, place: str | None, follow: Callable[[Session], Followed]) -> Response:
    until, _ = read_place(place)
    base, address = base_of(request), request.url.path + (f"?from={place}" if place else "")
    with reading(engine) as session:
        followed = follow(session)
        at = newest_change(session, followed.scope, until)
        newest = at if until is None else newest_change(session, followed.scope, None)
        shown_since = last_shown_otherwise(session)
        made_of = (visibility_epoch(session), newest, base + address, followed.title, followed.scope.claims)
    kept = DOCUMENTS.setdefault(engine, Kept(MOST_KEPT))
    document = kept.get(made_of)
    if document is None:
        document = atom(collected(engine, follow, place, plainly), base, address, at)
        kept.keep(made_of, document)
    etag, changed = f"W/{tag(document)}", _after(max(newest, shown_since))
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if changed <= now():
        headers["Last-Modified"] = format_datetime(changed, usegmt=True)
    if _is_held(request, etag, changed):
        return Response(status_code=304, headers=headers)
    return Response(document, headers=headers, media_type=MEDIA)


# What a page is made of: since when readers may see what they see, the newest change that bears on what is followed,
# the address, the title, and the claims that belong to it.
MadeOf = tuple[int, datetime, str, str, frozenset[int] | None]
# Feeds are asked for every few minutes by each who follows them. A page takes some fifty kilobytes.
DOCUMENTS: WeakKeyDictionary[Engine, Kept[MadeOf, bytes]] = WeakKeyDictionary()
MOST_KEPT = 128


def _after(changed: datetime) -> datetime:
    """The full second after a change: a date names seconds, and more may change within the one that has begun."""
    return changed.replace(microsecond=0) + timedelta(seconds=1)


def _is_held(request: Request, etag: str, changed: datetime) -> bool:
    """Whether whoever asks has this version; a tag counts before a date (RFC 9110, 13.2.2)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return names(tags, etag.removeprefix("W/"))
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and since >= changed
