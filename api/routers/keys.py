"""Keys: who may come in, and who it is that asks."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Body, Query, Request, Response

from api import examples_access as examples
from api.conditional import JSON, require_version, tag, tagged, written
from api.dependencies import PublicId, Reads, Writes
from api.documented import READ_ONE, WRITE_NEW, page_of, retired, shows
from provenance.access import Caller, who_asks
from provenance.answers import Page
from provenance.answers_access import Deed, KeyItem, Me, NewKey
from provenance.storage.access import KeyCreate
from provenance.storage.managing_keys import make_key, take_back
from provenance.storage.reads import access as reads
from provenance.storage.reads.asked_access import KeysAsked
from provenance.storage.session import reading
from provenance.vocabulary import Role

router = APIRouter(tags=["keys"])
# Nobody on the way, and no browser, keeps a key.
UNKEPT = {"Cache-Control": "no-store"}
# What somebody needs for each deed; a reader, and where reading is open everybody, reads.
NEEDED = dict(zip(get_args(Deed), Role, strict=True))


@router.get("/me", summary="Read who you are here", response_model=Me, responses=shows(examples.ME))
def read_me() -> Response:
    """Whose key was sent, and what it may do; null where none was."""
    return Response(written(_me(who_asks())), media_type=JSON)


@router.get("/keys", summary="List the keys", responses=page_of(examples.KEY))
def list_keys(asked: Annotated[KeysAsked, Query()], session: Reads) -> Page[KeyItem]:
    """Who may come in, since when, until when, and when they last did. Secrets are not kept, so none is listed."""
    return reads.keys(session, asked)


@router.post(
    "/keys",
    status_code=201,
    summary="Make a key",
    response_model=NewKey,
    responses=shows(examples.NEW_KEY, status=201, problems=WRITE_NEW),
)
def add_key(
    body: Annotated[
        KeyCreate, Body(openapi_examples={"key": {"summary": "An editor", "value": examples.GIVEN["key"]}})
    ],
    write: Writes,
) -> Response:
    """Let somebody in. The answer holds the whole key, and no later answer does: only a hash of it is kept."""
    made = make_key(write.engine, body, write.who)
    headers = {"Location": f"/v1/keys/{made.item.id}", "ETag": tag(written(made.item)), **UNKEPT}
    return Response(written(made.told), 201, headers, JSON)


@router.get(
    "/keys/{key_id}",
    summary="Read a key",
    response_model=KeyItem,
    responses=shows(examples.KEY, problems=READ_ONE),
)
def read_key(key_id: PublicId, request: Request, session: Reads) -> Response:
    """Whose it is, and what became of it; never its secret."""
    return tagged(request, reads.key_item(session, key_id))


@router.delete("/keys/{key_id}", status_code=204, summary="Revoke a key", responses=retired())
def revoke_key(key_id: PublicId, write: Writes) -> Response:
    """It opens nothing from now on, and browsers that were opened with it have to log in again. The last good key of an
    admin is not revoked here (409).
    """
    with reading(write.engine) as session:
        require_version(write.if_match, reads.key_item(session, key_id))
    take_back(write.engine, key_id, write.who)
    return Response(status_code=204)


def _me(caller: Caller) -> Me:
    may = [deed for deed, role in NEEDED.items() if caller.may(role)]
    return Me(name=caller.name or None, role=caller.role, key=caller.key or None, may=may or ["read"])
