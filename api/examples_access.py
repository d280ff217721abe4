"""Examples of keys: an editor of a newsroom is given one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from provenance.answers_access import KeyItem, Me, NewKey
from provenance.vocabulary import Role

KEY = KeyItem(
    id="key_aigerimaaaaaaaaa",
    name="Aigerim",
    role=Role.EDITOR,
    good=True,
    created_at=datetime(2026, 11, 23, 14, 10, tzinfo=UTC),
    created_by="api: Bea",
    expires_at=datetime(2027, 11, 23, tzinfo=UTC),
    revoked_at=None,
    per_minute=None,
    last_used_at=datetime(2026, 11, 23, 14, 32, tzinfo=UTC),
)
# A key of this form, and nobody's.
NEW_KEY = NewKey(
    **KEY.model_dump(exclude={"last_used_at"}),
    last_used_at=None,
    key="prv_aigerimaaaaaaaaa_" + "shown-once" * 4 + "-it",
)
ME = Me(name="Aigerim", role=Role.EDITOR, key=KEY.id, may=["read", "propose", "decide"])
GIVEN: dict[str, dict[str, Any]] = {
    "key": {"name": "Aigerim", "role": "editor", "expires_at": "2027-11-23T00:00:00Z"},
}
