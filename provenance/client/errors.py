"""What can go wrong between a program and a server, by meaning; a problem document becomes the error of its kind.

::

    ClientError
    ├── NotAsked              what was given cannot be asked, so nothing was sent
    ├── Closed                the client was closed before
    ├── Unreachable           no answer came, or not in time
    ├── NotUnderstood         an answer came in a form that this client does not know
    └── ProblemError          the server says what is wrong, and the remedy
        ├── Invalid           something given is not valid; ``errors`` names each field with its remedy
        ├── NotFound          there is no such record
        ├── Moved             it was merged into another; raised only by a client that does not follow
        ├── Conflict          it contradicts what is held
        │   └── Stale         the record changed since the version that the change is based on
        └── Unavailable       the server cannot answer now; ``retry_after`` says when to come again

Where the package has an error of that meaning, ours is one of it, too: ``except provenance.errors.NotFound`` catches
what is missing here and there.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import httpx
from pydantic import ValidationError

from provenance import errors as meanings
from provenance.answers_merge import MergedInto
from provenance.answers_server import FieldProblem, Problem

SHOWN = 300  # characters of an answer that is no problem document


class ClientError(meanings.ProvenanceError):
    """The root of all that can go wrong in talking to a server."""


class NotAsked(ClientError, meanings.InvalidInput):
    """What was given cannot be asked, such as an empty id; nothing was sent. ``field`` names it."""


class Closed(ClientError):
    """The client was closed before; open another one."""


class Unreachable(ClientError):
    """No answer came: nothing listens there, the line broke, or it took too long."""


class NotUnderstood(ClientError):
    """An answer came, and it is none that this client knows: another program, or another version."""


class ProblemError(ClientError):
    """The server says what is wrong; ``problem`` is its whole document, ``errors`` the fields at fault."""

    def __init__(self, problem: Problem, retry_after: float | None = None) -> None:
        super().__init__(problem.detail, field=problem.errors[0].field if problem.errors else None)
        self.problem = problem
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        """The status code."""
        return self.problem.status

    @property
    def errors(self) -> list[FieldProblem]:
        """Each field at fault: its name, what is wrong, and the remedy."""
        return self.problem.errors


class Invalid(ProblemError, meanings.InvalidInput):
    """Something given is malformed, unknown or contradicts itself."""


class NotFound(ProblemError, meanings.NotFound):
    """There is no such record, or nothing at that address."""


class Moved(ProblemError):
    """The record was merged into another one, ``kept``."""

    def __init__(self, problem: Problem, kept: str) -> None:
        super().__init__(problem)
        self.kept = kept


class Conflict(ProblemError, meanings.Conflict):
    """It contradicts what is held."""


class Stale(Conflict, meanings.StaleWrite):
    """The record changed since it was read; read it again, and decide anew."""


class KeyNeeded(ProblemError, meanings.KeyNeeded):
    """No key was sent, or one that opens nothing: malformed, unknown, expired or revoked."""


class NotAllowed(ProblemError, meanings.NotAllowed):
    """The key is good, and its role does not reach so far."""


class TooMany(ProblemError):
    """More was asked than is answered; ``retry_after`` are the seconds after which more may be."""


class VersionNeeded(ProblemError, meanings.VersionNeeded):
    """A change does not say which version of the record it is based on: give its ``etag``, or ``"*"``."""


class Unavailable(ProblemError):
    """The server cannot answer now; ``retry_after`` are the seconds after which it may."""


MEANINGS: Mapping[int, type[ProblemError]] = {
    HTTPStatus.BAD_REQUEST: Invalid,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Invalid,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Invalid,
    HTTPStatus.UNPROCESSABLE_ENTITY: Invalid,
    HTTPStatus.UNAUTHORIZED: KeyNeeded,
    HTTPStatus.FORBIDDEN: NotAllowed,
    HTTPStatus.NOT_FOUND: NotFound,
    HTTPStatus.CONFLICT: Conflict,
    HTTPStatus.PRECONDITION_FAILED: Stale,
    HTTPStatus.PRECONDITION_REQUIRED: VersionNeeded,
    HTTPStatus.TOO_MANY_REQUESTS: TooMany,
    HTTPStatus.SERVICE_UNAVAILABLE: Unavailable,
}


def error_of(response: httpx.Response) -> ProblemError:
    """What an answer that is no success means; its body has been read."""
    if response.is_redirect:
        return _moved(response)
    kind = MEANINGS.get(response.status_code, ProblemError)
    return kind(_problem(response), retry_after(response))


def retry_after(response: httpx.Response) -> float | None:
    """The seconds that a server asks to wait; None where it names none, or a date."""
    said = response.headers.get("retry-after", "")
    return float(said) if said.isdecimal() else None


def _moved(response: httpx.Response) -> ProblemError:
    try:
        told = MergedInto.model_validate_json(response.content, extra="ignore")
    except ValidationError:
        return ProblemError(_made_up(response, "The server sends elsewhere, which this client was told not to follow."))
    why = f"It was merged into {told.merged_into}. Ask for that one."
    return Moved(_made_up(response, why), told.merged_into)


def _problem(response: httpx.Response) -> Problem:
    try:
        return Problem.model_validate_json(response.content, extra="ignore")
    except ValidationError:
        # Something between us and the server answered, or another program does.
        said = " ".join(response.text.split())[:SHOWN] or "nothing more"
        return _made_up(response, f"{response.url} answers {response.status_code} and says: {said}")


def _made_up(response: httpx.Response, detail: str) -> Problem:
    return Problem(
        type="about:blank",
        title=response.reason_phrase,
        status=response.status_code,
        detail=detail,
        instance=response.url.path,
    )
