"""Writes who wants to be told over HTTP, and the keys with which their messages are signed."""

from __future__ import annotations

import secrets
from base64 import b64encode
from typing import Any

from provenance.errors import InvalidInput
from provenance.storage.claim import Claim
from provenance.storage.event import Event
from provenance.storage.hook import Hook, HookChange, HookCreate, HookSecret
from provenance.storage.record import now
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.messages import give_up_all
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Happening

KEY_BYTES = 32
ASKABLE = tuple(one.value for one in Happening if one is not Happening.TEST)


def create_hook(writer: Writer, given: HookCreate) -> Hook:
    """Let an address be told, and make the key of its messages.

    :raises InvalidInput: if the event or claim is unknown, or it wants to hear of what never happens.
    """
    values = _checked(given.model_dump(exclude={"event", "claim"}))
    event = None if given.event is None else referred(writer.session, Event, given.event, "event").key
    claim = None if given.claim is None else referred(writer.session, Claim, given.claim, "claim").key
    row = writer.add(Hook(**values, event_id=event, claim_id=claim))
    writer.session.add(HookSecret(hook_id=row.key, secret=new_key()))
    return row


def change_hook(writer: Writer, public_id: str, change: HookChange) -> Hook:
    """Change where a hook is told, of what, or whether at all."""
    values = _checked(change.values())
    for name in ("url", "about", "rules", "active"):
        if name in values and values[name] is None:
            raise InvalidInput(f"{name}: it cannot be null; leave it out to keep what it says.", field=name)
    return writer.change(known(writer.session, Hook, public_id), values)


def retire_hook(writer: Writer, public_id: str) -> None:
    """Tell it no more; messages that wait are given up."""
    row = known(writer.session, Hook, public_id)
    writer.retire(row)
    give_up_all(writer.session, row.key, now(), "The hook was let go.")


def renew_key(writer: Writer, public_id: str) -> str:
    """Give a hook a new key, with which its messages are signed from now on; the old one is forgotten."""
    row = known(writer.session, Hook, public_id)
    held = writer.session.get_one(HookSecret, row.key)
    held.secret = new_key()
    return held.secret


def key_of(writer: Writer, row: Hook) -> str:
    """The key of a hook that was just made."""
    return writer.session.get_one(HookSecret, row.key).secret


def new_key() -> str:
    """A fresh key in the form of Standard Webhooks."""
    return f"whsec_{b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    for happening in values.get("about") or ():
        if happening not in ASKABLE:
            raise InvalidInput(f"about: '{happening}' never happens; use {' or '.join(ASKABLE)}.", field="about")
    return values


def switch_off(writer: Writer, key: int, url: str) -> bool:
    """Send a hook no more, because the address says that it is gone; whoever made it can switch it on again.

    False, and nothing is changed, if it was let go, switched off or given another address meanwhile.
    """
    row = writer.session.get_one(Hook, key)
    if row.recorded_to is not None or not row.active or row.url != url:
        return False
    writer.change(row, {"active": False})
    return True
