"""Reads PROV-JSON into statements whose names are whole addresses, each with the place where it stands.

Whatever is not PROV-JSON is refused with that place, such as ``wasDerivedFrom._:d1.prov:usedEntity``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from provenance.errors import InvalidInput
from provenance.exchange.prov.model import PROV, XSD
from provenance.storage.dates import Date, read_date
from provenance.storage.texts import check_text
from provenance.vocabulary import DatePrecision

MOST_RECORDS = 50_000  # an event of some five hundred reports has seven thousand
# The arguments of each kind of record that PROV-JSON knows; those before the bar must be given.
SHAPES: Mapping[str, str] = {
    "entity": "|",
    "agent": "|",
    "activity": "| startTime endTime",
    "wasGeneratedBy": "entity | activity time",
    "used": "activity | entity time",
    "wasInformedBy": "informed informant |",
    "wasStartedBy": "activity | trigger starter time",
    "wasEndedBy": "activity | trigger ender time",
    "wasInvalidatedBy": "entity | activity time",
    "wasDerivedFrom": "generatedEntity usedEntity | activity generation usage",
    "wasAttributedTo": "entity agent |",
    "wasAssociatedWith": "activity | agent plan",
    "actedOnBehalfOf": "delegate responsible | activity",
    "wasInfluencedBy": "influencee influencer |",
    "specializationOf": "specificEntity generalEntity |",
    "alternateOf": "alternate1 alternate2 |",
    "mentionOf": "specificEntity generalEntity bundle |",
    "hadMember": "collection entity |",
}
ELEMENTS = frozenset({"entity", "agent", "activity"})
TIMES = frozenset({"startTime", "endTime", "time"})
# Earlier drafts had these as kinds of their own.
DERIVATIONS: Mapping[str, str] = {
    "wasQuotedFrom": "prov:Quotation",
    "wasRevisionOf": "prov:Revision",
    "hadPrimarySource": "prov:PrimarySource",
}
NUMBERS = frozenset(
    {"int", "integer", "long", "short", "byte", "decimal", "double", "float", "nonNegativeInteger"}
    | {"positiveInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"}
)


@dataclass(frozen=True, slots=True)
class Uri:
    """A name or address as a value, in full."""

    uri: str


Value = str | bool | Decimal | Uri


@dataclass(frozen=True, slots=True)
class Time:
    """A time as it is written, and the interval that it means."""

    written: str
    date: Date
    zoned: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One record: its kind, its full name (None: it has none), its ends by what PROV-DM calls them, and the rest."""

    kind: str
    uri: str | None
    place: str
    ends: Mapping[str, str]
    times: Mapping[str, Time]
    attributes: Mapping[str, tuple[Value, ...]]

    def text(self, attribute: str) -> str | None:
        """The first text under an attribute; None where there is none."""
        return next((value for value in self.attributes.get(attribute, ()) if isinstance(value, str)), None)

    def texts(self, attribute: str) -> list[str]:
        """All texts under an attribute."""
        return [value for value in self.attributes.get(attribute, ()) if isinstance(value, str)]

    def uris(self, attribute: str) -> list[str]:
        """The names and addresses under an attribute."""
        return [value.uri for value in self.attributes.get(attribute, ()) if isinstance(value, Uri)]

    def number(self, attribute: str) -> Decimal | None:
        """The first number under an attribute; None where there is none."""
        return next((value for value in self.attributes.get(attribute, ()) if isinstance(value, Decimal)), None)

    @property
    def label(self) -> str | None:
        """What it is called."""
        return self.text(PROV + "label")

    @property
    def value(self) -> str | None:
        """Its value, as a text."""
        return self.text(PROV + "value")

    def typed(self, type: str) -> bool:
        """Whether it is said to be of a type of PROV, such as ``Quotation``."""
        return PROV + type in self.uris(PROV + "type")


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read: the namespaces that it declares, and its statements in their order."""

    declared: Mapping[str, str]
    statements: tuple[Statement, ...]

    def of(self, kind: str) -> list[Statement]:
        """The statements of a kind."""
        return [one for one in self.statements if one.kind == kind]


def refused(place: str, problem: str) -> InvalidInput:
    """The error that names a place of the document."""
    shown = place.encode(errors="replace").decode()
    return InvalidInput(f"{shown}: {problem}", field=shown)


def read(given: Any) -> Read:
    """Read a document that was parsed as JSON.

    :raises InvalidInput: where it is no PROV-JSON, naming the place and the remedy.

    >>> read({"entity": {"ex:tass": {}}})
    Traceback (most recent call last):
    ...
    provenance.errors.InvalidInput: entity.ex:tass: the prefix 'ex' is not declared. Declare it under `prefix`.
    """
    if not isinstance(given, dict):
        raise refused("body", f"a PROV-JSON document is an object, and this is {_called(given)}. Send an object.")
    if "bundle" in given:
        raise refused("bundle", "bundles are not read. Take the records out of the bundle and send them as a document.")
    names = _Names(_prefixes(given.get("prefix", {})))
    statements: list[Statement] = []
    for kind, records in given.items():
        if kind != "prefix":
            statements += _of_kind(names, kind, records)
            if len(statements) > MOST_RECORDS:
                raise refused(kind, f"the document holds more than {MOST_RECORDS:,} records. Send it in parts.")
    return Read(names.declared, tuple(statements))


def _prefixes(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise refused("prefix", f"it is {_called(given)}. Make it an object of prefixes with their namespaces.")
    for prefix, uri in given.items():
        if not isinstance(uri, str) or not uri:
            raise refused(f"prefix.{prefix}", f"a namespace is an address, and this is {_called(uri)}. Give a text.")
        _fit(uri, f"prefix.{prefix}")
    return dict(given)


class _Names:
    """Makes qualified names whole."""

    def __init__(self, declared: Mapping[str, str]) -> None:
        self.declared = declared
        self._known = {"prov": PROV, "xsd": XSD, **declared}

    def whole(self, name: Any, place: str) -> str:
        """The address that a name stands for."""
        if not isinstance(name, str) or not name:
            raise refused(place, f"a qualified name such as ex:tass is needed, and this is {_called(name)}. Give one.")
        _fit(name, place)
        prefix, colon, local = name.partition(":")
        if not colon:
            prefix, local = "default", name
        if prefix == "_":
            raise refused(place, f"'{name}' names nothing outside this place. Give it a name with a prefix.")
        if prefix not in self._known:
            told = "there is no default namespace" if prefix == "default" else f"the prefix '{prefix}' is not declared"
            raise refused(place, f"{told}. Declare it under `prefix`.")
        return self._known[prefix] + local


def _of_kind(names: _Names, kind: str, records: Any) -> Iterator[Statement]:
    if kind not in SHAPES and kind not in DERIVATIONS:
        raise refused(kind, f"PROV-JSON has no such kind of record. It has {', '.join(SHAPES)}. Leave it out.")
    if not isinstance(records, dict):
        raise refused(kind, f"it is {_called(records)}. Make it an object of records by their identifiers.")
    for key, given in records.items():
        place = f"{kind}.{key}"
        _fit(key, place)
        blank = key.startswith("_:") and kind not in ELEMENTS
        uri = None if blank else names.whole(key, place)
        for number, one in enumerate(given if isinstance(given, list) else [given]):
            yield _statement(names, kind, uri, f"{place}.{number}" if isinstance(given, list) else place, one)


def _statement(names: _Names, kind: str, uri: str | None, place: str, given: Any) -> Statement:
    if not isinstance(given, dict):
        raise refused(place, f"a record is an object, and this is {_called(given)}. Make it one.")
    base = "wasDerivedFrom" if kind in DERIVATIONS else kind
    needed, _, possible = (part.split() for part in SHAPES[base].partition("|"))
    ends: dict[str, str] = {}
    times: dict[str, Time] = {}
    attributes: dict[str, tuple[Value, ...]] = {}
    for key, value in given.items():
        at = f"{place}.{key}"
        argument = key.removeprefix("prov:") if key.startswith("prov:") else ""
        if argument in TIMES and argument in possible:
            times[argument] = _time(value, at)
        elif argument in (*needed, *possible):
            ends[argument] = names.whole(_one(value, at), at)
        else:
            several = value if isinstance(value, list) else [value]
            attributes[names.whole(key, at)] = tuple(_value(names, one, at) for one in several)
    for argument in needed:
        if argument not in ends:
            raise refused(f"{place}.prov:{argument}", "it is missing. Name what the relation is between.")
    if kind in DERIVATIONS:
        asserted = Uri(names.whole(DERIVATIONS[kind], place))
        attributes[PROV + "type"] = (*attributes.get(PROV + "type", ()), asserted)
    return Statement(base, uri, place, ends, times, attributes)


def _one(value: Any, place: str) -> Any:
    # Some programs write each name as a typed value, or as a list of one.
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value["$"] if isinstance(value, dict) and "$" in value else value


def _value(names: _Names, value: Any, place: str) -> Value:
    match value:
        case str():
            return _fit(value, place)
        case bool():
            return value
        case int() | float():
            return _number(value, place)
        case {"$": inner}:
            return _typed(names, inner, value, place)
        case _:
            raise refused(place, f"a value is a text, number or typed value, and this is {_called(value)}. Give one.")


def _typed(names: _Names, inner: Any, value: Mapping[str, Any], place: str) -> Value:
    if not isinstance(inner, str | int | float):
        raise refused(f"{place}.$", f"it is {_called(inner)}. Write the value as a text.")
    type = value.get("type")
    whole = None if type is None else names.whole(type, f"{place}.type")
    bare = whole.removeprefix(XSD) if whole is not None and whole.startswith(XSD) else None
    if bare in NUMBERS:
        return _number(inner, f"{place}.$")
    if bare == "boolean":
        return str(inner).lower() in ("true", "1")
    if bare == "QName" or whole == PROV + "QUALIFIED_NAME":
        return Uri(names.whole(inner, f"{place}.$"))
    return Uri(_fit(str(inner), place)) if bare == "anyURI" else _fit(str(inner), f"{place}.$")


def _number(value: Any, place: str) -> Decimal:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not math.isfinite(float(number)):
        raise refused(place, f"{str(value)[:50]} is no number that could be held. Write a finite one, or leave it out.")
    return number


def _time(value: Any, place: str) -> Time:
    """A time; without a zone nobody can tell which instant it means, and only its day is read."""
    text = _one(value, place)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return Time(_fit(text, place), read_date(moment.date().isoformat(), place), zoned=False)
        at = moment.astimezone(UTC)
        return Time(text, Date(at, at, DatePrecision.SECOND), zoned=True)
    except (ValueError, TypeError, OverflowError) as unread:
        raise refused(place, "it is no time. Write one such as 2022-01-06T12:38:00+06:00.") from unread


def _fit(text: str, place: str) -> str:
    try:
        check_text(text)
    except ValueError as unfit:
        raise refused(place, f"{unfit}.") from unfit
    return text


def _called(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a truth value"
        case int() | float():
            return "a number"
        case str():
            return "a text" if value else "an empty text"
        case list():
            return "a list"
        case _:
            return "an object"
