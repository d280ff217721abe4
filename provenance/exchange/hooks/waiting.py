"""How long a message waits for its next attempt: longer each time, never quite as long as the others, and as asked."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST = timedelta(seconds=5)
GROWTH = 5
LONGEST = timedelta(hours=12)
SPREAD = 0.2  # messages that failed together are not all tried again in one second


def wait_after(attempts: int, asked: timedelta | None = None, chance: float | None = None) -> timedelta:
    """How long to wait after so many attempts; at least as long as the receiver ``asked`` for, but never over a day.

    ``chance`` from 0 to 1 chooses where within the spread; left out: at random.

    >>> [str(wait_after(attempts, chance=0.5)) for attempts in (1, 2, 3, 6, 9)]
    ['0:00:05', '0:00:25', '0:02:05', '4:20:25', '12:00:00']
    >>> str(wait_after(1, timedelta(minutes=3), chance=0.5))
    '0:03:00'
    """
    grown: timedelta = min(FIRST * GROWTH ** (min(attempts, 12) - 1), LONGEST)
    drawn = random.random() if chance is None else chance
    own: timedelta = grown * (1 + SPREAD * (2 * drawn - 1))
    return own if asked is None else max(own, min(asked, MOST_OBEYED))


MOST_OBEYED = timedelta(days=1)


def asked_to_wait(header: str | None, at: datetime) -> timedelta | None:
    """What ``Retry-After`` asks for: seconds or a date; None where it says nothing that can be read.

    >>> at = datetime(2022, 1, 6, 8, tzinfo=UTC)
    >>> str(asked_to_wait("120", at)), str(asked_to_wait("Thu, 06 Jan 2022 08:01:00 GMT", at))
    ('0:02:00', '0:01:00')
    >>> asked_to_wait("soon", at) is None
    True
    """
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return timedelta(seconds=min(int(header.strip()[:9]), int(MOST_OBEYED.total_seconds())))
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(timedelta(0), (until if until.tzinfo else until.replace(tzinfo=UTC)) - at)
