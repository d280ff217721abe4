"""The examples of who may see a record."""

from __future__ import annotations

from provenance.answers_visibility import NameStands, NarrowedBy, ShownTo, VisibilityDetail
from provenance.vocabulary import Visibility

VISIBILITY = VisibilityDetail(
    id="nam_7zq2m4k5x3a6yw2b",
    noun="source_name",
    visibility=Visibility.NAMED,
    people=["Aigerim", "Daniyar"],
    narrowed_by=[NarrowedBy(id="src_b5k3q7w2m4x6a2yz", noun="source", visibility=Visibility.DESK)],
)
SHOWN_TO = ShownTo(
    id="src_b5k3q7w2m4x6a2yz",
    noun="source",
    visibility=Visibility.DESK,
    people=[],
    narrowed_by=[],
    still_stands=[NameStands(noun="document", record="doc_k3q7w2m4x6a2yzb5", field="title")],
    still_stands_count=1,
    still_stands_complete=True,
)
