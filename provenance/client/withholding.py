"""Who may see a record, and whose names were taken out for good."""

from __future__ import annotations

from typing import Unpack

from provenance import answers_redaction, answers_visibility
from provenance.client import asked, given
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, gets, posts, puts


class Visibility(Resource[S]):
    """Who may see a record, whatever kind of record it is."""

    @gets("/v1/visibility/{record_id}", answers_visibility.VisibilityDetail)
    def get(self, record: str, /) -> None:
        """Who may see it, by what it says itself and by what it belongs to."""

    @puts("/v1/visibility/{record_id}", answers_visibility.ShownTo)
    def set(self, record: str, /, *, etag: str | None = None, **given: Unpack[given.ShowTo]) -> None:
        """Show it to everybody, to those who work here, or to named people."""


class Redactions(Resource[S]):
    """The tombstones of names that were taken out of everything."""

    @lists("/v1/redactions", answers_redaction.RedactionItem)
    def list(self, **asked: Unpack[asked.RedactionsAsked]) -> None:
        """What was redacted, when, by whom and why; never which name."""

    @posts("/v1/redactions", answers_redaction.Redacted)
    def redact(self, **given: Unpack[given.RedactionCreate]) -> None:
        """Take the names of a person out of everything, for good; try it with ``dry_run`` first."""
