"""Which annotations are left alone: what only answers another one, and what its writer did not make public."""

from __future__ import annotations

from provenance.exchange.annotation.nodes import Node

EVERYBODY = "group:__world__"  # what Hypothesis calls all readers of the Web
REPLY = "It is skipped: it is a reply to another annotation, and says nothing of the document by itself."


def kept_back(held: Node) -> str | None:
    """Why a row of Hypothesis is nobody else's business, or not about the document."""
    if held.value.get("references"):
        return REPLY
    if held.value.get("hidden") not in (None, False):
        return "It is skipped: it is hidden by the moderators of its group."
    permissions = held.child("permissions")
    readers = None if permissions is None else permissions.object().child("read")
    if permissions is not None and readers is not None and EVERYBODY not in permissions.words("read"):
        return "It is skipped: it is private, or shared with a group alone. Make it public first."
    return None
