"""Version tags: an answer says which version it is, is not sent again to who has it, and a change names its base."""

from __future__ import annotations

import hashlib

from fastapi import Request, Response
from pydantic import BaseModel

from provenance.errors import StaleWrite

JSON = "application/json"


def tag(body: bytes) -> str:
    """The version tag of an answer: another answer has another tag."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def tagged(request: Request, answer: BaseModel) -> Response:
    """The answer with its tag, or 304 without a body for somebody who has it already."""
    body = written(answer)
    headers = {"ETag": tag(body)}
    if names(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=JSON)


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
    """Raise :class:`StaleWrite` if the writer has read another version than the current one."""
    if if_match is not None and not names(if_match, tag(written(current))):
        raise StaleWrite(
            "The record changed since the version in If-Match was read. Read it again, and send its new ETag.",
            field="If-Match",
        )
