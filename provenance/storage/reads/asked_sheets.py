"""What may be asked of saved mappings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from provenance.storage.reads.asked import Paged


class MappingsAsked(Paged):
    """The list of mappings."""

    sort: Literal["name", "-name", "saved", "-saved"] = Field(
        default="name", description="By name, or by when it was saved; with a leading `-` the other way round."
    )
