"""Who may come in, and who one is here."""

from __future__ import annotations

from typing import Unpack

from provenance import answers_access
from provenance.client import asked, given
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, deletes, gets, posts


class Keys(Resource[S]):
    """The keys, which admins manage."""

    @lists("/v1/keys", answers_access.KeyItem)
    def list(self, **asked: Unpack[asked.KeysAsked]) -> None:
        """The keys that were made; no secret is kept."""

    @posts("/v1/keys", answers_access.NewKey)
    def create(self, **given: Unpack[given.KeyCreate]) -> None:
        """A new key, with its whole text, this once."""

    @gets("/v1/keys/{key_id}", answers_access.KeyItem)
    def get(self, key: str, /) -> None:
        """One key."""

    @deletes("/v1/keys/{key_id}")
    def revoke(self, key: str, /, *, etag: str | None = None) -> None:
        """It opens nothing from now on."""

    @gets("/v1/me", answers_access.Me)
    def me(self) -> None:
        """Whose key this client sends, and what it may do."""
