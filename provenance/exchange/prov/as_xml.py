"""Writes a document as PROV-XML, with the elements that it has for kinds of agents and derivations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from lxml import etree

from provenance.exchange.prov.model import (
    COLLECTION,
    LABEL,
    ORGANIZATION,
    PERSON,
    PRIMARY_SOURCE,
    PROV,
    QUOTATION,
    REVISION,
    TYPE,
    VALUE,
    Document,
    Kind,
    Name,
    Record,
    Value,
    datatype,
    lexical,
)

XSI = "http://www.w3.org/2001/XMLSchema-instance"
# PROV-XML writes the namespace of XML Schema as XML does, without the hash.
XML_SCHEMA = "http://www.w3.org/2001/XMLSchema"
ELEMENTS_OF: Mapping[Kind, Mapping[Name, str]] = {
    Kind.AGENT: {PERSON: "person", ORGANIZATION: "organization"},
    Kind.ENTITY: {COLLECTION: "collection"},
    Kind.DERIVATION: {
        QUOTATION: "wasQuotedFrom",
        REVISION: "wasRevisionOf",
        PRIMARY_SOURCE: "hadPrimarySource",
    },
}
FIRST = {LABEL: 0, TYPE: 1, VALUE: 2}
# What no XML document may hold, not even escaped.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def prov_xml(document: Document) -> bytes:
    """The document in PROV-XML, in UTF-8; a control character becomes U+FFFD, for XML has none."""
    prefixes = dict(document.prefixes)
    spaces = {**prefixes, "xsd": XML_SCHEMA, "xsi": XSI}
    root = etree.Element(etree.QName(PROV, "document"), nsmap=spaces)
    for record in document.records:
        _add(root, record, prefixes)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _add(root: etree._Element, record: Record, prefixes: Mapping[str, str]) -> None:
    special = next((one for one in record.types if one in ELEMENTS_OF.get(record.kind, {})), None)
    called = ELEMENTS_OF[record.kind][special] if special is not None else record.kind.value
    element = etree.SubElement(root, etree.QName(PROV, called))
    if record.id is not None:
        element.set(etree.QName(PROV, "id"), str(record.id))
    for argument, given in record.named_arguments:
        _argue(etree.SubElement(element, etree.QName(PROV, argument)), given)
    rest = [each for each in record.attributes if each != (TYPE, special)]
    for name, value in sorted(rest, key=lambda each: FIRST.get(each[0], len(FIRST))):
        child = etree.SubElement(element, etree.QName(prefixes[name.prefix], name.local))
        _fill(child, name, value)


def _argue(element: etree._Element, given: Name | datetime) -> None:
    if isinstance(given, Name):
        element.set(etree.QName(PROV, "ref"), str(given))
    else:
        element.text = given.isoformat()


def _fill(element: etree._Element, name: Name, value: Value) -> None:
    kind = "QName" if isinstance(value, Name) else datatype(value)
    if kind is None and name == VALUE:
        kind = "string"
    if kind is not None:
        element.set(etree.QName(XSI, "type"), f"xsd:{kind}")
    element.text = UNPRINTABLE.sub("\ufffd", lexical(value))
