"""Version tags: an answer says which version it is, is not sent again to who has it, and a change names its base."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from fastapi import Request, Response
from pydantic import BaseModel

from provenance.errors import InvalidInput, StaleWrite, VersionNeeded

JSON = "application/json"
# One tag or several, or a star for whatever is there (RFC 9110, 13.1.1).
TAGS = re.compile(r'\*|(?:W/)?"[^"]*"(?:\s*,\s*(?:W/)?"[^"]*")*')


def tag(body: bytes) -> str:
    """The version tag of an answer: another answer has another tag."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def tagged(request: Request, answer: BaseModel) -> Response:
    """The answer with its tag, or 304 without a body for somebody who has it already."""
    return tagged_file(request, written(answer), JSON)


def tagged_file(request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """As `tagged`, for an answer in another format."""
    beside = {**(headers or {}), "ETag": tag(body)}
    if names(request.headers.get("if-none-match"), beside["ETag"]):
        return Response(status_code=304, headers=beside)
    return Response(body, headers=beside, media_type=media_type)


def written(answer: BaseModel) -> bytes:
    """The answer as it is sent."""
    return answer.model_dump_json(by_alias=True).encode()


def names(header: str | None, current: str) -> bool:
    """Whether a list of tags, as in If-None-Match and If-Match, names the current version.

    >>> names('W/"a", "b"', '"b"'), names("*", '"b"'), names(None, '"b"')
    (True, True, False)
    """
    if header is None:
        return False
    return header.strip() == "*" or current in {each.strip().removeprefix("W/") for each in header.split(",")}


def require_version(if_match: str | None, current: BaseModel) -> None:
    """Raise :class:`StaleWrite` if the writer has read another version than the current one; nothing without a header.

    A header that is no list of tags is :class:`InvalidInput`: nobody can tell which version it means.
    """
    if if_match is not None and not TAGS.fullmatch(if_match.strip()):
        raise InvalidInput(
            "If-Match: it is no version tag. Send the ETag of the version that was read, with its quotation marks, "
            'such as "0f3a…".',
            field="If-Match",
        )
    if if_match is not None and not names(if_match, tag(written(current))):
        raise StaleWrite(
            "The record changed since the version in If-Match was read. Read it again, and send its new ETag.",
            field="If-Match",
        )


def require_base(if_match: str | None) -> None:
    """Raise :class:`VersionNeeded` if a change does not say which version it is based on.

    Whoever changes what they have not read may write over what somebody else has just put right, and nobody would know.
    """
    if if_match is None:
        raise VersionNeeded(
            "If-Match: a change says which version it is based on. Read the record and send its ETag; or send * to "
            "write over whatever is there.",
            field="If-Match",
        )
