"""Events with what was searched, tallies with their ledgers, and the flags of the rules."""

from __future__ import annotations

from typing import Unpack

from provenance import answers, answers_detail, answers_ledger
from provenance.client import asked, given
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, gets, patches, posts

CATALOGUE = list[answers.FlagRule]


class Events(Resource[S]):
    """What happened, and what was searched about it."""

    @lists("/v1/events", answers.EventItem)
    def list(self, **asked: Unpack[asked.EventsAsked]) -> None:
        """Events."""

    @gets("/v1/events/{event_id}", answers_detail.EventDetail)
    def get(self, event: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One event with its coverage log."""

    @posts("/v1/events", answers_detail.EventDetail)
    def create(self, **given: Unpack[given.EventCreate]) -> None:
        """Add an event."""

    @patches("/v1/events/{event_id}", answers_detail.EventDetail)
    def change(self, event: str, /, *, etag: str | None = None, **given: Unpack[given.EventChange]) -> None:
        """Change the fields that are given."""

    @posts("/v1/events/{event_id}/coverage", answers_detail.EventDetail)
    def add_coverage(self, event: str, /, **given: Unpack[given.CoverageCreate]) -> None:
        """Say what was searched, by whom, until when."""


class Tallies(Resource[S]):
    """What is being counted in an event."""

    @lists("/v1/tallies", answers.TallyItem)
    def list(self, **asked: Unpack[asked.TalliesAsked]) -> None:
        """Tallies."""

    @gets("/v1/tallies/{tally_id}", answers_ledger.TallyLedger)
    def get(self, tally: str, /, **asked: Unpack[asked.ReadTallyAsked]) -> None:
        """The ledger of a tally: which figures compete, with no winner picked."""

    @gets("/v1/tallies/{tally_id}/series", answers_ledger.TallySeries)
    def series(self, tally: str, /, **asked: Unpack[asked.ReadSeriesAsked]) -> None:
        """How the figures of each party went over time."""

    @posts("/v1/tallies", answers_ledger.TallyLedger)
    def create(self, **given: Unpack[given.TallyCreate]) -> None:
        """Add a tally."""

    @patches("/v1/tallies/{tally_id}", answers_ledger.TallyLedger)
    def change(self, tally: str, /, *, etag: str | None = None, **given: Unpack[given.TallyChange]) -> None:
        """Change the fields that are given."""


class Flags(Resource[S]):
    """What the rules found."""

    @lists("/v1/flags", answers.FlagItem)
    def list(self, **asked: Unpack[asked.FlagsAsked]) -> None:
        """Flags with their reasons and what clears them."""

    @gets("/v1/flags/rules", CATALOGUE)
    def rules(self) -> None:
        """The catalogue of the rules."""
