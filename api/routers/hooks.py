"""Hooks: who is told over HTTP when a flag is raised or a correction arrives, and what became of each message."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from sqlmodel import Session

from api import examples_hooks as examples
from api.conditional import JSON, tag, tagged, written
from api.dependencies import PublicId, Reads, Writes, check_rules
from api.documented import READ_ONE, WRITE_CHANGE, WRITE_NEW, page_of, retired, shows
from provenance.analysis.recording import recording
from provenance.analysis.telling import tell_to_try
from provenance.answers import Page
from provenance.answers_hooks import HookItem, HookMessageItem, HookSecretItem, NewHook
from provenance.exchange.hooks.delivering import whole
from provenance.exchange.hooks.reached import base_address
from provenance.ingestion.fetching.posting import checked_receiver
from provenance.storage.hook import HookChange, HookCreate
from provenance.storage.reads import hooks as reads
from provenance.storage.reads.asked_hooks import HookMessagesAsked, HooksAsked
from provenance.storage.session import writing
from provenance.storage.writes import hooks as writes

router = APIRouter(prefix="/hooks", tags=["hooks"])
# Nobody on the way, and no browser, keeps a key.
UNKEPT = {"Cache-Control": "no-store"}


def given(noun: str) -> Any:
    """A body with its example."""
    return Body(openapi_examples={noun: {"summary": "A newsroom's own program", "value": examples.GIVEN[noun]}})


@router.get("", summary="List the hooks", responses=page_of(examples.HOOK))
def list_hooks(asked: Annotated[HooksAsked, Query()], session: Reads) -> Page[HookItem]:
    """Who is told of what, and how many messages wait for each. Keys are never listed."""
    return reads.hooks(session, asked)


@router.post(
    "",
    status_code=201,
    summary="Add a hook",
    response_model=NewHook,
    responses=shows(examples.NEW_HOOK, status=201, problems=WRITE_NEW),
)
def add_hook(body: Annotated[HookCreate, given("hook")], write: Writes, request: Request) -> Response:
    """Tell an address when a flag is raised or a correction arrives. The answer holds the key with which messages are
    signed (Standard Webhooks), and no later answer does. Messages go to public https addresses alone, unless the
    setting `hooks_may_stay_inside` allows others; no redirect is followed.
    """
    check_rules(body.rules, "rules")
    checked_receiver(body.url, _inside(request))
    with recording(write.engine, write.who, write.why) as writer:
        row = writes.create_hook(writer, body)
        key = writes.key_of(writer, row)

        def answer(session: Session) -> Response:
            item = reads.hook_item(session, row.public_id)
            headers = {"Location": f"/v1/hooks/{item.id}", "ETag": tag(written(item)), **UNKEPT}
            return Response(written(NewHook(**item.model_dump(), secret=key)), 201, headers, JSON)

        return write.answered(writer, answer)


@router.get(
    "/{hook_id}",
    summary="Read a hook",
    response_model=HookItem,
    responses=shows(examples.HOOK, problems=READ_ONE),
)
def read_hook(hook_id: PublicId, request: Request, session: Reads) -> Response:
    """Where it is told, of what, and how many messages wait; never its key."""
    return tagged(request, reads.hook_item(session, hook_id))


@router.patch(
    "/{hook_id}",
    summary="Change a hook",
    response_model=HookItem,
    responses=shows(examples.HOOK, problems=WRITE_CHANGE),
)
def alter_hook(
    hook_id: PublicId, body: Annotated[HookChange, given("change_hook")], write: Writes, request: Request
) -> Response:
    """Change the fields that are given. With `active` false nothing is sent, nor written for it; what waits is sent
    when it is true again. A receiver that answers 410 is switched off likewise.
    """
    values = body.values()
    check_rules(values.get("rules") or [], "rules")
    if values.get("url") is not None:
        checked_receiver(values["url"], _inside(request))
    return write.change(hook_id, writes.change_hook, body, reads.hook_item)


@router.delete("/{hook_id}", status_code=204, summary="Let go of a hook", responses=retired())
def let_go_of_hook(hook_id: PublicId, write: Writes) -> Response:
    """It is told no more, and messages that wait are given up; it stays in the history."""
    return write.retire(hook_id, writes.retire_hook, reads.hook_item)


@router.post(
    "/{hook_id}/secret",
    status_code=201,
    summary="Make a new key for a hook",
    response_model=HookSecretItem,
    responses=shows(examples.SECRET, status=201, problems=(404, 409, 412, 422)),
)
def renew_key(hook_id: PublicId, write: Writes) -> Response:
    """Messages are signed with the new key from now on, those that wait too; the old one is forgotten."""
    with recording(write.engine, write.who, write.why) as writer:
        write.hold(writer, hook_id, reads.hook_item)
        key = writes.renew_key(writer, hook_id)
    return Response(written(HookSecretItem(id=hook_id, secret=key)), 201, UNKEPT, JSON)


@router.get("/{hook_id}/messages", summary="List the messages of a hook", responses=page_of(examples.MESSAGE))
def list_messages(
    hook_id: PublicId, asked: Annotated[HookMessagesAsked, Query()], session: Reads, request: Request
) -> Page[HookMessageItem]:
    """What it was told, newest first, how often each message was tried, and what the last attempt was answered with."""
    page = reads.messages_of(session, hook_id, asked)
    return page.model_copy(update={"items": [_as_sent(item, request) for item in page.items]})


@router.post(
    "/{hook_id}/test",
    status_code=201,
    summary="Try a hook",
    response_model=HookMessageItem,
    responses=shows(examples.MESSAGE, status=201, problems=(404, 409, 422)),
)
def try_hook(hook_id: PublicId, write: Writes, request: Request) -> Response:
    """Write a message of the type `test`, which is signed and delivered like any other; look at the messages of the
    hook for what became of it.
    """
    with writing(write.engine) as session:
        message = tell_to_try(session, hook_id)
        session.flush()
        item = _as_sent(reads.message_item(session, message), request)
    return Response(written(item), 201, media_type=JSON)


def _as_sent(item: HookMessageItem, request: Request) -> HookMessageItem:
    return item.model_copy(update={"body": whole(item.body, base_address(request.app.state.settings))})


def _inside(request: Request) -> bool:
    inside: bool = request.app.state.settings.hooks_may_stay_inside
    return inside
