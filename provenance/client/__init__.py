"""A client for programs that ask a server of this kind: typed, synchronous and asynchronous.

It needs httpx and the answers of this package, and opens no database.
"""

from provenance.client.connecting import AsyncClient, Client
from provenance.client.errors import (
    ClientError,
    Closed,
    Conflict,
    Invalid,
    KeyNeeded,
    Moved,
    NotAllowed,
    NotAsked,
    NotFound,
    NotUnderstood,
    ProblemError,
    Stale,
    TooMany,
    Unavailable,
    Unreachable,
    VersionNeeded,
)
from provenance.client.request import Tagged

__all__ = [
    "AsyncClient",
    "Client",
    "ClientError",
    "Closed",
    "Conflict",
    "Invalid",
    "KeyNeeded",
    "Moved",
    "NotAllowed",
    "NotAsked",
    "NotFound",
    "NotUnderstood",
    "ProblemError",
    "Stale",
    "Tagged",
    "TooMany",
    "Unavailable",
    "Unreachable",
    "VersionNeeded",
]
