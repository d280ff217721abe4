"""What a format of others can say of what we hold, and what it cannot: declared beside the code for it.

``docs/exchange.md`` is made from these, with the tests in which code of others proves them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Which way a format goes."""

    WRITES = "writes"
    READS = "reads"


@dataclass(frozen=True, slots=True)
class Format:
    """A format or protocol of others.

    ``key`` is what tests name it by; ``defined_by`` says which standard or product defines it; ``where`` are the
    addresses and commands that give or take it; ``kept`` and ``lost`` say in plain sentences what of our record
    survives and what does not.
    """

    key: str
    name: str
    defined_by: str
    directions: tuple[Direction, ...]
    where: tuple[str, ...]
    kept: str
    lost: tuple[str, ...] = ()
