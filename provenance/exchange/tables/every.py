"""Turns all pages of a list in one session, so that what is read together fits together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sqlmodel import Session

from provenance.answers import Page
from provenance.storage.reads.asked import Paged

A_PAGE = 200
Q = TypeVar("Q", bound=Paged)
T = TypeVar("T")


def every(session: Session, read: Callable[[Session, Q], Page[T]], asked: type[Q], **filters: Any) -> Iterator[T]:
    """Each record that a list holds, in its order."""
    for page in every_page(session, read, asked, **filters):
        yield from page


def every_page(
    session: Session, read: Callable[[Session, Q], Page[T]], asked: type[Q], **filters: Any
) -> Iterator[list[T]]:
    """The same, page by page."""
    cursor = None
    while True:
        page = read(session, asked(**filters, limit=A_PAGE, cursor=cursor))
        yield page.items
        cursor = page.next
        if cursor is None:
            return
