"""A document of W3C PROV as a frozen value, which every notation writes and none changes.

It holds what we have to say and no more: elements and relations of PROV-DM with their attributes, no bundles and no
mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"


class Kind(StrEnum):
    """What a record is, under the keyword that PROV-N and PROV-JSON have for it; in the order in which we tell."""

    ENTITY = "entity"
    AGENT = "agent"
    ACTIVITY = "activity"
    MEMBER = "hadMember"
    SPECIALIZATION = "specializationOf"
    ATTRIBUTION = "wasAttributedTo"
    DELEGATION = "actedOnBehalfOf"
    DERIVATION = "wasDerivedFrom"
    GENERATION = "wasGeneratedBy"
    ASSOCIATION = "wasAssociatedWith"
    INVALIDATION = "wasInvalidatedBy"
    INFLUENCE = "wasInfluencedBy"


# What PROV-DM calls the arguments of each kind, in its order; those behind the last that we ever give are left out.
ARGUMENTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.ENTITY: (),
    Kind.AGENT: (),
    Kind.ACTIVITY: ("startTime", "endTime"),
    Kind.MEMBER: ("collection", "entity"),
    Kind.SPECIALIZATION: ("specificEntity", "generalEntity"),
    Kind.ATTRIBUTION: ("entity", "agent"),
    Kind.DELEGATION: ("delegate", "responsible"),
    Kind.DERIVATION: ("generatedEntity", "usedEntity"),
    Kind.GENERATION: ("entity", "activity", "time"),
    Kind.ASSOCIATION: ("activity", "agent"),
    Kind.INVALIDATION: ("entity", "activity", "time"),
    Kind.INFLUENCE: ("influencee", "influencer"),
}
ORDER: Mapping[Kind, int] = {kind: place for place, kind in enumerate(Kind)}
ELEMENTS = frozenset({Kind.ENTITY, Kind.AGENT, Kind.ACTIVITY})


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A qualified name: a prefix that the document declares, and what stands behind its colon."""

    prefix: str
    local: str

    def __str__(self) -> str:
        return f"{self.prefix}:{self.local}"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A web address as a value."""

    uri: str


Value = str | bool | int | Decimal | Name | Address
Attributes = tuple[tuple[Name, Value], ...]

TYPE, LABEL, VALUE = Name("prov", "type"), Name("prov", "label"), Name("prov", "value")
# What a type of PROV makes of a derivation, and of an agent or entity.
QUOTATION, REVISION = Name("prov", "Quotation"), Name("prov", "Revision")
PRIMARY_SOURCE, COLLECTION = Name("prov", "PrimarySource"), Name("prov", "Collection")
PERSON, ORGANIZATION = Name("prov", "Person"), Name("prov", "Organization")


@dataclass(frozen=True, slots=True)
class Record:
    """One element or relation. ``arguments`` go with `ARGUMENTS`; None where nothing is said of one."""

    kind: Kind
    id: Name | None
    arguments: tuple[Name | datetime | None, ...] = ()
    attributes: Attributes = ()

    @property
    def named_arguments(self) -> tuple[tuple[str, Name | datetime], ...]:
        """The arguments that are given, with what PROV-DM calls them."""
        given = zip(ARGUMENTS[self.kind], self.arguments, strict=True)
        return tuple((called, argument) for called, argument in given if argument is not None)

    @property
    def types(self) -> tuple[Name, ...]:
        """What it is said to be beside its kind."""
        return tuple(value for name, value in self.attributes if name == TYPE and isinstance(value, Name))

    @property
    def key(self) -> tuple[int, str, str]:
        """A sorting key that does not depend on the database that the record was told from."""
        ends = " ".join(str(argument) for argument in self.arguments)
        said = " ".join(f"{name}={value}" for name, value in self.attributes)
        return ORDER[self.kind], f"{self.id or ''} {ends}", said


@dataclass(frozen=True, slots=True)
class Document:
    """All records in one fixed order, and the namespaces of their names by prefix, ``prov`` and ``xsd`` aside."""

    namespaces: tuple[tuple[str, str], ...]
    records: tuple[Record, ...]

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Every prefix that a name may have, with its namespace."""
        return {**dict(self.namespaces), "prov": PROV, "xsd": XSD}


def document(namespaces: Mapping[str, str], records: Iterable[Record]) -> Document:
    """A document of these records, each once, with the namespaces that they use."""
    ordered = tuple(sorted(set(records), key=lambda record: record.key))
    used = {name.prefix for record in ordered for name in names_in(record)}
    return Document(tuple((prefix, uri) for prefix, uri in namespaces.items() if prefix in used), ordered)


def names_in(record: Record) -> Iterable[Name]:
    """Every name that a record uses."""
    if record.id is not None:
        yield record.id
    yield from (argument for argument in record.arguments if isinstance(argument, Name))
    for name, value in record.attributes:
        yield name
        if isinstance(value, Name):
            yield value


def datatype(value: Value) -> str | None:
    """The datatype of XML Schema that a value has, without its prefix; None for text and names.

    >>> datatype(164), datatype(Decimal("16.5")), datatype("dozens")
    ('int', 'decimal', None)
    """
    match value:
        case bool():
            return "boolean"
        case int():
            return "int" if -(2**31) <= value < 2**31 else "long"
        case Decimal():
            return "decimal"
        case Address():
            return "anyURI"
        case _:
            return None


def lexical(value: Value) -> str:
    """A value as it is written, whatever its datatype.

    >>> lexical(True), lexical(Decimal("1E+2")), lexical(Name("claims", "clm_dozens"))
    ('true', '100', 'claims:clm_dozens')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case Address():
            return value.uri
        case _:
            return str(value)
