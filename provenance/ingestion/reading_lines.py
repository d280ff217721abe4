"""Reads lines of JSON, each with a text, and answers line by line, in order and on all processors."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from provenance.errors import InvalidInput
from provenance.extraction.parallel import read_many
from provenance.extraction.reader import Unread
from provenance.extraction.showing import as_json
from provenance.storage.dates import read_date

HALF_A_DAY = timedelta(hours=12)
FIELDS = frozenset({"id", "text", "published_at", "language"})


def answer_lines(lines: Iterable[str], *, workers: int | None = None) -> Iterator[dict[str, Any]]:
    """For each line that is not blank, its reading, or ``{"id", "line", "error"}`` where it cannot be read.

    A line is an object with `text`, and with `id`, `published_at` and `language` where they are known.
    """
    asked: deque[tuple[Any, dict[str, Any] | None]] = deque()

    def readable() -> Iterator[Unread]:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            given: Any = None
            try:
                given = _object(line)
                unread = _unread(given)
            except InvalidInput as refused:
                name = given.get("id") if isinstance(given, dict) else None
                asked.append((name, {"id": name, "line": number, "error": refused.message}))
                continue
            asked.append((given.get("id"), None))
            yield unread

    for answer in read_many(readable(), workers=workers, shown=as_json):
        yield from _refused(asked)
        name, _ = asked.popleft()
        yield {**answer, "id": name}
    yield from _refused(asked)


def _refused(asked: deque[tuple[Any, dict[str, Any] | None]]) -> Iterator[dict[str, Any]]:
    while asked and (refused := asked[0][1]) is not None:
        asked.popleft()
        yield refused


def _object(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as broken:
        raise InvalidInput(f"the line is no JSON ({broken}); write one object a line.") from broken
    if not isinstance(given, dict):
        raise InvalidInput('the line is no object; write {"id": …, "text": …}.')
    return given


def _unread(given: dict[str, Any]) -> Unread:
    unknown = sorted(given.keys() - FIELDS)
    if unknown:
        raise InvalidInput(f"{unknown[0]}: there is no such field; there are {', '.join(sorted(FIELDS))}.")
    text, language = given.get("text"), given.get("language")
    if not isinstance(text, str):
        raise InvalidInput("text: it must be a text; give the article's words.", field="text")
    if not is_storable(text):
        raise InvalidInput(
            "text: it holds half a surrogate pair, which no file can; send whole characters.", field="text"
        )
    if language is not None and not isinstance(language, str):
        raise InvalidInput("language: it must be a BCP 47 tag such as 'en'; leave it out if unknown.", field="language")
    return Unread(text, published(given.get("published_at")), language)


def published(given: Any) -> datetime | None:
    """The moment from which a text's 'yesterday' is read; a day is read as its noon, which most clocks share.

    :raises InvalidInput: if it is no ISO 8601 date or time.
    """
    if given is None:
        return None
    if not isinstance(given, str):
        raise InvalidInput('published_at: it must be a date such as "2022-01-06".', field="published_at")
    date = read_date(given, "published_at")
    return date.earliest if date.latest - date.earliest < HALF_A_DAY else date.earliest + HALF_A_DAY


def is_storable(text: str) -> bool:
    """Whether a text has only whole characters; JSON can write halves of them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
