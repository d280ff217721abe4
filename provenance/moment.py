"""From which moment an answer is given: what was published by then, and what this database held then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from provenance.vocabulary import Presence


@dataclass(frozen=True, slots=True)
class Moment:
    """``as_of`` restricts an answer to what was published by then, ``known_at`` to what this database held then.

    None is no restriction. Only an answer for a pair of both never changes: an old article that is added today rightly
    changes what is said about then.
    """

    as_of: datetime | None = None
    known_at: datetime | None = None

    def __bool__(self) -> bool:
        return self.as_of is not None or self.known_at is not None

    def presence(self, earliest: datetime | None, latest: datetime | None) -> Presence | None:
        """Whether something dated so was published by then; None if certainly not.

        >>> from datetime import UTC
        >>> noon = Moment(as_of=datetime(2022, 1, 9, 12, tzinfo=UTC))
        >>> day = datetime(2022, 1, 9, tzinfo=UTC), datetime(2022, 1, 9, 23, 59, tzinfo=UTC)
        >>> print(noon.presence(*day), noon.presence(None, None), noon.presence(day[1], day[1]))
        possible possible None
        """
        if self.as_of is None:
            return Presence.CERTAIN
        if earliest is None or latest is None:
            return Presence.POSSIBLE
        if earliest > self.as_of:
            return None
        return Presence.CERTAIN if latest <= self.as_of else Presence.POSSIBLE


NOW = Moment()
