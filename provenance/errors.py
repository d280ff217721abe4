"""What can go wrong, by meaning; ``api/problems.py`` alone knows status codes, the command line alone exit codes.

::

    ProvenanceError
    ├── InvalidInput          something given is malformed, unknown or contradicts itself
    │   ├── UnreadableStory   a story or casebook file cannot be read as one
    │   └── Unfetchable       a page cannot be had from the Web
    ├── NotFound              no such record
    ├── Moved                 the record was merged into another, to which its id leads
    ├── Conflict              it contradicts what is already held
    │   ├── StaleWrite        the record changed since it was read
    │   ├── UnderWay          the same write was sent before, and is not answered yet
    │   └── TakenAlready      the same write was sent before and is written; its answer was not kept
    ├── VersionNeeded         a change does not say which version of the record it is based on
    ├── KeyNeeded             nobody is let in without a key
    │   └── KeyOpensNothing   a key was sent that is malformed, unknown, revoked or expired
    ├── NotAllowed            the key is good, and its role does not reach so far
    │   └── NotFromHere       a browser sends it in somebody's name, and not from a page of ours
    ├── TooMany               more was asked at once, or within a minute, than is answered
    ├── TooCostly             the question takes longer than a question may
    ├── Busy                  somebody else holds the database for longer than anybody waits; nothing was written
    │   └── GivenUp           the database gave the transaction up; the same again may succeed
    ├── OutcomeUnknown        the connection was lost while a write was made lasting: nobody knows whether it was
    ├── DatabaseNotReady      no database, or its schema is not the one this version needs
    └── NotInstalled          something optional that this machine does not have is needed

Each message names the thing and the remedy.
"""

from __future__ import annotations

from datetime import datetime


class ProvenanceError(Exception):
    """The root of all errors that a user can meet; ``field`` names the offending input where there is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidInput(ProvenanceError):
    """Something given is malformed, uses an unknown term, or contradicts itself."""


class UnreadableStory(InvalidInput):
    """A story or casebook file cannot be read as one."""


class Unfetchable(InvalidInput):
    """A page cannot be had from the Web: its server does not give it, or not within the bounds of size and time."""


class NotFound(ProvenanceError):
    """No record of that kind has that id."""


class Moved(ProvenanceError):
    """The record was merged into another one (``kept``), and its own id (``gone``) leads there."""

    def __init__(
        self, message: str, *, gone: str = "", kept: str = "", at: datetime | None = None, why: str | None = None
    ) -> None:
        super().__init__(message)
        self.gone = gone
        self.kept = kept
        self.at = at
        self.why = why


class Conflict(ProvenanceError):
    """What was given contradicts what is already held."""


class StaleWrite(Conflict):
    """The record changed since the writer read it."""


class UnderWay(Conflict):
    """The same write was sent before, and is not answered yet; ``again_in``: seconds until it may be asked again."""

    def __init__(self, message: str, *, again_in: int, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.again_in = again_in


class TakenAlready(Conflict):
    """The same write was sent before and is written; its answer was not kept. ``change`` names what it wrote."""

    def __init__(self, message: str, *, change: str | None = None, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.change = change


class VersionNeeded(ProvenanceError):
    """A change does not say which version of the record it is based on."""


class KeyNeeded(ProvenanceError):
    """A key is needed, and none was sent, or one that opens nothing."""


class KeyOpensNothing(KeyNeeded):
    """The key that was sent is malformed, unknown, revoked or expired."""


class NotAllowed(ProvenanceError):
    """Whoever asks is known, and may not do that."""


class NotFromHere(NotAllowed):
    """A browser sends it in the name of whoever is logged in there, and not from a page of ours."""


class TooMany(ProvenanceError):
    """More was asked at once, or within a minute, than is answered; ``again_in``: seconds until it is again."""

    def __init__(self, message: str, *, again_in: int, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.again_in = again_in


class TooCostly(ProvenanceError):
    """The question takes longer than a question may."""


class Busy(ProvenanceError):
    """Somebody else holds the database for longer than anybody waits; nothing was written.

    ``again_in``: seconds until it may be tried again.
    """

    def __init__(self, message: str, *, again_in: int = 5, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.again_in = again_in


class GivenUp(Busy):
    """The database gave the transaction up, and the same again may succeed; ``lost``: with the connection."""

    def __init__(self, message: str, *, lost: bool, again_in: int = 5) -> None:
        super().__init__(message, again_in=again_in)
        self.lost = lost


class OutcomeUnknown(ProvenanceError):
    """The connection was lost while a write was made lasting: nobody knows whether it was."""


class DatabaseNotReady(ProvenanceError):
    """There is no database, or its schema is not the one this version needs."""


class NotInstalled(ProvenanceError):
    """What is needed is not installed on this machine: a language model, or an optional extra."""
