"""What may be asked of a whole copy: that it is meant."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from provenance.storage.reads.asked import Question


class EverythingAsked(Question):
    """A whole copy holds what lists and records never show, so it has to be asked for by name."""

    include: Literal["everything"] = Field(
        description="`everything`: also proposals, desk notes, full texts and rows that are not public. There is no "
        "smaller whole copy; lists give what is public."
    )
