"""Completes dates that writers give: when it was published, said, when it happened and took effect are all read alike.

Every such date is five columns: as printed, not before, not after, how exactly it is known and where it was read. A
writer may give them, or a shorthand by the date's bare name from which the first four follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provenance.errors import InvalidInput
from provenance.storage.dates import columns, read_date
from provenance.storage.record import Record
from provenance.vocabulary import DateBasis, DatePrecision


def dated(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the date ``name`` completed: its shorthand is read, and its columns are held to each other.

    :raises InvalidInput: if the shorthand is no date, or the columns contradict each other.

    >>> from provenance.storage.writes.dating import dated
    >>> day = dated("said", {"said": "2022-01-06", "hedge": None})
    >>> day["said_latest"].isoformat(), day["said_precision"].value, "said" in day
    ('2022-01-06T23:59:59.999999+00:00', 'day', False)
    """
    completed = dict(values)
    written = completed.pop(name, None)
    if written:
        date = read_date(written, name)
        completed |= {
            f"{name}_earliest": date.earliest,
            f"{name}_latest": date.latest,
            f"{name}_precision": date.precision,
            f"{name}_printed": completed.get(f"{name}_printed") or written.strip(),
        }
    _check(name, completed)
    return completed


def redated(name: str, held: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a change of a record that is held: what is not given stays, a null shorthand takes all away."""
    if not any(key == name or key in columns(name) for key in values):
        return dict(values)
    if name not in values:
        return dated(name, {column: getattr(held, column) for column in columns(name)} | dict(values))
    return dated(name, values if values[name] is not None else undated(name) | dict(values))


def undated(name: str) -> dict[str, Any]:
    """The columns of a date of which nothing is known."""
    words = {f"{name}_precision": DatePrecision.UNKNOWN, f"{name}_basis": DateBasis.UNKNOWN}
    return dict.fromkeys(columns(name)) | words


def _check(name: str, values: Mapping[str, Any]) -> None:
    """What must be true of a date, with the field and the remedy where it is not."""
    earliest, latest = values.get(f"{name}_earliest"), values.get(f"{name}_latest")
    if (earliest is None) != (latest is None):
        raise _refusal(f"{name}_latest", f"give both ends of the interval, or `{name}`.")
    if earliest is not None and latest is not None and earliest > latest:
        raise _refusal(f"{name}_latest", f"it lies before {name}_earliest; swap the two.")
    known = values.get(f"{name}_precision", DatePrecision.UNKNOWN) is not DatePrecision.UNKNOWN
    if earliest is None and known:
        raise _refusal(f"{name}_precision", f"a precision needs a date; give `{name}`.")
    if earliest is not None and not known:
        raise _refusal(f"{name}_precision", f"say how exactly the date is known, or give `{name}`.")


def _refusal(field: str, problem: str) -> InvalidInput:
    return InvalidInput(f"{field}: {problem}", field=field)
