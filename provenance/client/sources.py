"""Sources with their names, ties and interests."""

from __future__ import annotations

from typing import Unpack

from provenance import answers, answers_detail, answers_merge
from provenance.client import asked, given
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, deletes, gets, patches, posts


class Sources(Resource[S]):
    """Who can speak or publish."""

    @lists("/v1/sources", answers.SourceItem)
    def list(self, **asked: Unpack[asked.SourcesAsked]) -> None:
        """Sources, by any of their names."""

    @gets("/v1/sources/{source_id}", answers_detail.SourceDetail)
    def get(self, source: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One source with its names, ties and interests."""

    @lists("/v1/sources/{source_id}/claims", answers.ClaimItem)
    def claims(self, source: str, /, **asked: Unpack[asked.ClaimsOfSourceAsked]) -> None:
        """The claims in whose chains it stands."""

    @posts("/v1/sources", answers_detail.SourceDetail)
    def create(self, **given: Unpack[given.SourceCreate]) -> None:
        """Add a source."""

    @patches("/v1/sources/{source_id}", answers_detail.SourceDetail)
    def change(self, source: str, /, *, etag: str | None = None, **given: Unpack[given.SourceChange]) -> None:
        """Change the fields that are given."""

    @posts("/v1/sources/{source_id}/names", answers_detail.SourceDetail)
    def add_name(self, source: str, /, **given: Unpack[given.SourceNameCreate]) -> None:
        """Add a name, in any language and script."""

    @posts("/v1/sources/{source_id}/ties", answers_detail.SourceDetail)
    def add_tie(self, source: str, /, **given: Unpack[given.TieCreate]) -> None:
        """State a tie, or that none was found."""

    @posts("/v1/sources/{source_id}/interests", answers_detail.SourceDetail)
    def add_interest(self, source: str, /, **given: Unpack[given.InterestCreate]) -> None:
        """Say that it has an interest in an event."""

    @posts("/v1/sources/{source_id}/merge", answers_merge.Regrouping, parameters=["dry_run"])
    def merge(self, source: str, /, *, dry_run: bool = False, **given: Unpack[given.MergeCreate]) -> None:
        """Say that two records are one source."""

    @posts("/v1/sources/{source_id}/split", answers_merge.Regrouping, parameters=["dry_run"])
    def split(self, source: str, /, *, dry_run: bool = False, **given: Unpack[given.SourceSplit]) -> None:
        """Say that one record is two sources."""


class Names(Resource[S]):
    """Names of sources, one by one."""

    @gets("/v1/names/{name_id}", answers_detail.NameDetail)
    def get(self, name: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One name."""

    @deletes("/v1/names/{name_id}")
    def retire(self, name: str, /, *, etag: str | None = None) -> None:
        """It is no name of the source any longer."""


class Ties(Resource[S]):
    """Ties between sources, one by one."""

    @gets("/v1/ties/{tie_id}", answers_detail.TieDetail)
    def get(self, tie: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One tie with its reference."""

    @patches("/v1/ties/{tie_id}", answers_detail.TieDetail)
    def change(self, tie: str, /, *, etag: str | None = None, **given: Unpack[given.TieChange]) -> None:
        """Change the fields that are given."""

    @deletes("/v1/ties/{tie_id}")
    def retire(self, tie: str, /, *, etag: str | None = None) -> None:
        """It holds no longer."""


class Interests(Resource[S]):
    """Interests of sources, one by one."""

    @gets("/v1/interests/{interest_id}", answers_detail.InterestDetail)
    def get(self, interest: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One interest."""

    @patches("/v1/interests/{interest_id}", answers_detail.InterestDetail)
    def change(self, interest: str, /, *, etag: str | None = None, **given: Unpack[given.InterestChange]) -> None:
        """Change the fields that are given."""

    @deletes("/v1/interests/{interest_id}")
    def retire(self, interest: str, /, *, etag: str | None = None) -> None:
        """It holds no longer."""
