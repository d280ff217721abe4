"""Chooses among the formats of one answer: by the ``format`` that was asked for, else by what the client accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import TypeVar

from fastapi import Request
from starlette.exceptions import HTTPException

F = TypeVar("F", bound=StrEnum)


def negotiated(request: Request, asked: F | None, offered: Mapping[F, str], also: Mapping[F, str] | None = None) -> F:
    """The format that was asked for, or the one whose media type the Accept header likes best.

    Of several that it likes alike, and where it likes any, the first that is offered. ``also`` holds second media
    types under which some are known.

    :raises HTTPException: 406 where it likes none of them.
    """
    if asked is not None:
        return asked
    header = request.headers.get("accept", "").strip() or "*/*"
    liked = list(_liked(header))

    def quality(one: F) -> float:
        return max(_quality(offered[one], liked), _quality((also or {}).get(one, offered[one]), liked))

    best = max(offered, key=quality)
    if quality(best) <= 0:
        listed = ", ".join(f"{media} (?format={one.value})" for one, media in offered.items())
        raise HTTPException(
            HTTPStatus.NOT_ACCEPTABLE, f"Accept: nothing here is {header[:200]}. Ask for one of: {listed}."
        )
    return best


def _liked(header: str) -> Iterator[tuple[str, float]]:
    """The ranges of an Accept header with how much each is liked; what cannot be read is liked fully.

    >>> list(_liked("text/turtle;q=0.5, */*; q=0.1"))
    [('text/turtle', 0.5), ('*/*', 0.1)]
    """
    for part in header.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        given = dict(parameter.partition("=")[::2] for parameter in parameters)
        try:
            quality = float(given.get("q", "1"))
        except ValueError:
            quality = 1.0
        yield media.lower(), quality


def _quality(media: str, liked: list[tuple[str, float]]) -> float:
    """How much a media type is liked: by the most exact range that it lies in (RFC 9110, 12.5.1)."""
    bare = media.partition(";")[0].lower()
    for range_of in (bare, f"{bare.partition('/')[0]}/*", "*/*"):
        found = [quality for known, quality in liked if known == range_of]
        if found:
            return max(found)
    return 0.0
