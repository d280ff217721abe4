"""What may be asked about whether a claim is known already."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field, model_validator

from provenance.errors import InvalidInput
from provenance.storage.dates import read_date
from provenance.storage.reads.asked import Included, Question

LONGEST = 10_000  # characters; a longer text is an article, and is read first


class MatchAsked(Question):
    """A sentence, or a report that was proposed; exactly one of the two."""

    text: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST,
        description="A sentence or a post. Addresses are left out, tags and handles are read as their words.",
    )
    report: str | None = Field(
        default=None,
        description="Public id of a report, proposed or accepted: its claim is looked for among the others, by its own "
        "figures, chain, event and stance.",
    )
    event: str | None = Field(
        default=None,
        description="Public id of the event that it is about: claims of others are listed, and are different.",
    )
    published_at: str | None = Field(
        default=None, description="ISO date or time of publication: gives days in `text` that name no year one."
    )
    limit: int = Field(default=5, ge=1, le=50, description="How many claims are listed at most.")
    include: Included = Field(
        default=Included.ACCEPTED,
        description="`accepted`: by what accepted reports say. `proposed`: also by proposed ones, and also claims of "
        "events that are only proposed.",
    )

    @model_validator(mode="after")
    def _asks_one_thing(self) -> MatchAsked:
        if (self.text is None) == (self.report is None):
            raise InvalidInput("text: give either `text` or `report`, and not both.", field="text")
        if self.text is not None and not self.text.strip():
            raise InvalidInput("text: it is blank. Give the sentence that is looked for.", field="text")
        if self.report is not None and (self.event is not None or self.published_at is not None):
            name = "event" if self.event is not None else "published_at"
            raise InvalidInput(f"{name}: a report says that itself. Leave it out, or give `text`.", field=name)
        if self.published_at is not None:
            read_date(self.published_at, "published_at")
        return self

    @property
    def published(self) -> datetime | None:
        """When it was published; None if that was not given."""
        return None if self.published_at is None else read_date(self.published_at, "published_at").earliest
