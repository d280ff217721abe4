"""What may be asked of saved mappings."""

from __future__ import annotations

from typing import Literal

from provenance.storage.reads.asked import Paged


class MappingsAsked(Paged):
    """The list of mappings."""

    sort: Literal["name", "-name", "saved", "-saved"] = "name"
