"""Writes what happens as one event a line, as text or as JSON, and keeps secrets and the words of witnesses out of it.

What an exception says is made of what somebody sent, so of an exception the log holds where it was raised and of which
kind it is, and never its words. Keys, passwords and secrets of hooks are taken out of every line once more at the end,
wherever they came from. ``provenance serve`` hands `formatter` and `Named` to logging by their names.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, TypeAlias

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter
from sqlalchemy.exc import DBAPIError

from api.operating.naming import request_named
from provenance.settings import PACKAGE

ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

SECRETS = re.compile(
    r"(?P<key>prv_[a-z0-9]{16}_)[\w-]+"
    r"|(?P<signing>whsec_)[\w+/=-]+"
    r"|(?P<scheme>\b[a-z][a-z0-9+.-]*://)[^/\s@\"']*@"
    r"|(?P<bearer>\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}",
    re.ASCII | re.IGNORECASE,
)
PLAIN = re.compile(r"[\w./:{}+@*-]+", re.ASCII)
# What ends a line somewhere, or steers a terminal.
UNSEEMLY = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
CONTINUED = "\n    | "
NOT_FACTS = frozenset({*RESERVED_ATTRS, "message", "request", "color_message", "taskName"})


def formatter(kind: Literal["text", "json"]) -> logging.Formatter:
    """What makes lines of events."""
    return _Json() if kind == "json" else _Text()


class Named(logging.Filter):
    """Gives each event the name of the request that it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything pass."""
        if not hasattr(record, "request"):
            record.request = request_named()
        return True


def without_secrets(text: str) -> str:
    """A text without what opens something.

    >>> without_secrets("postgresql://desk:hunter2@db/claims was asked with Bearer abcdefgh12345")
    'postgresql://…@db/claims was asked with Bearer …'
    """
    return SECRETS.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    return f"{found[0][: found.end(found.lastgroup or 0) - found.start()]}…{'@' if found['scheme'] else ''}"


def where_raised(raised: BaseException) -> list[str]:
    """Of which kind an exception and its causes are, outermost first, and where each was raised."""
    lines: list[str] = []
    seen: set[int] = set()
    error: BaseException | None = raised
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(f"{'caused by ' if len(seen) > 1 else ''}{_kind(error)}")
        for frame, line in traceback.walk_tb(error.__traceback__):
            lines.append(f"  at {_module(frame.f_code.co_filename)}:{line} in {frame.f_code.co_name}")
        if isinstance(error, BaseExceptionGroup):
            lines += [f"  with {_kind(one)}" for one in error.exceptions[:10]]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def _kind(error: BaseException) -> str:
    """The class, and where somebody else's code has a number or a name for what went wrong, that."""
    named = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    told = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(told, "sqlite_errorname", None) or getattr(told, "sqlstate", None)
    if code is None and isinstance(error, OSError) and error.errno is not None:
        code = error.strerror
    return f"{named} ({code})" if code else named


def _module(filename: str) -> str:
    # The path of an installation says who runs it; behind one of these folders it is the same everywhere.
    for folder in ("/site-packages/", f"{PACKAGE.parent}/", "/lib/"):
        _, found, rest = filename.rpartition(folder)
        if found and rest:
            return rest
    return filename.rpartition("/")[2]


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in NOT_FACTS and not name.startswith("_")}


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class _Text(logging.Formatter):
    """When, how grave, who says so, what, and its facts; an exception follows on lines that begin with a bar."""

    def format(self, record: logging.LogRecord) -> str:
        facts = _facts(record)
        if named := getattr(record, "request", ""):
            facts["request"] = named
        told = " ".join([_seemly(record.getMessage()), *(f"{name}={_shown(value)}" for name, value in facts.items())])
        line = without_secrets(f"{_moment(record)} {record.levelname} {record.name}: {told}")
        if record.exc_info and record.exc_info[1]:
            line += "".join(CONTINUED + _seemly(without_secrets(each)) for each in where_raised(record.exc_info[1]))
        return line


def _seemly(text: str) -> str:
    return UNSEEMLY.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _shown(value: object) -> str:
    text = str(value)
    return text if PLAIN.fullmatch(text) else _seemly(json.dumps(text, ensure_ascii=False))


class _Json(JsonFormatter):
    """One JSON object in ASCII, so that nothing in it can end the line."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s %(message)s", rename_fields={"levelname": "level", "name": "logger"})

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data["time"] = _moment(record)
        super().add_fields(log_data, record, message_dict)
        log_data.pop("color_message", None)
        if not log_data.get("request"):
            log_data.pop("request", None)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: _clean(value) for name, value in log_data.items()}

    def formatException(self, ei: ExcInfo) -> str:
        return "\n".join(where_raised(ei[1])) if ei[1] else ""


def _clean(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(one) for one in value]
    return without_secrets(str(value))
