"""The notations in which a PROV document is sent: names, media types and writers, and what each keeps and loses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from provenance.exchange.format import Direction, Format
from provenance.exchange.prov.as_json import prov_json
from provenance.exchange.prov.as_jsonld import prov_jsonld
from provenance.exchange.prov.as_n import prov_n
from provenance.exchange.prov.as_turtle import turtle
from provenance.exchange.prov.as_xml import prov_xml
from provenance.exchange.prov.model import Document


class Notation(StrEnum):
    """What ``format`` takes."""

    JSON = "prov-json"
    N = "prov-n"
    XML = "prov-xml"
    TURTLE = "turtle"
    JSON_LD = "json-ld"


@dataclass(frozen=True, slots=True)
class Written:
    """A notation: its media type, and who writes it."""

    media: str
    write: Callable[[Document], str | bytes]

    def body(self, document: Document) -> bytes:
        """The document as it is sent."""
        written = self.write(document)
        return written.encode() if isinstance(written, str) else written


# The first is sent to whoever takes anything.
NOTATIONS: dict[Notation, Written] = {
    Notation.JSON: Written("application/json", prov_json),
    Notation.N: Written("text/provenance-notation", prov_n),
    Notation.XML: Written("application/provenance+xml", prov_xml),
    Notation.TURTLE: Written("text/turtle", turtle),
    Notation.JSON_LD: Written("application/ld+json", prov_jsonld),
}

# PROV-JSON under the name that some programs ask for it by.
JSON_TOO = "application/provenance+json"

KEPT = (
    "Every accepted report of the claims with each path that it declares, cut hops among them; who is attributed what; "
    "sources with their other names, countries and ties; documents with their dates; figures as intervals with their "
    "qualifiers; withdrawals with the time from which they count; of claims the state, status, verdict and counts."
)
EVERYWHERE = (
    "PROV has no intervals of time, qualifiers, stances, hedges, classes of origins or verdicts: they stand in a "
    "namespace of our own, which programs that know PROV alone carry along and do not understand.",
    "PROV has no negative relation: that two sources were examined and no tie was found stands as an attribute, and "
    "who signed it and when is not told.",
    "The proof of independence is not told, only its verdict and counts; nor are flags, reviews, evidence, coverage, "
    "other accounts and the spans of quotes in the text of a document.",
    "A denial or disavowal invalidates nothing, and PROV has no word for a dispute: it is an influence of an activity.",
    "Of sources the notes, the languages of names and misspellings; words that identify nobody have one name.",
    "Of a hop, the capacity in which somebody spoke, and the words that mark it with their place in the text.",
    "Documents are told without their text, author, archived copy and when they were retrieved.",
    "That one text depends on another is told where an editor confirmed it and both documents report the claim.",
)
WHERE = (
    "GET /v1/claims/{id}/provenance",
    "GET /v1/documents/{id}/provenance",
    "GET /v1/events/{id}/provenance",
)
WRITES = (Direction.WRITES,)


def _where(notation: Notation, *more: str) -> tuple[str, ...]:
    asked = tuple(f"{address}?format={notation.value}" for address in WHERE)
    return (*asked, f"provenance prov ID --as {notation.value}", *more)


PROV_JSON = Format(
    "prov-json",
    "PROV-JSON",
    "W3C Member Submission PROV-JSON, for the PROV data model",
    (Direction.WRITES, Direction.READS),
    _where(Notation.JSON, "POST /v1/provenance", "provenance prov --read FILE"),
    KEPT + " Read: sources, documents, claims, and as proposals reports with their chains and figures.",
    (
        *EVERYWHERE,
        "Corrections, cuts by editors, tallies and the relations of documents' texts are written and not read: each is "
        "listed with what to do, because a person answers for it.",
        "Bundles are not read; activities, plans, usages and all other relations of PROV are listed and left.",
        "Ties are read only where one of the two sources is new here, so that no stranger's file changes what is "
        "counted as one party.",
    ),
)
PROV_N = Format("prov-n", "PROV-N", "W3C Recommendation PROV-N", WRITES, _where(Notation.N), KEPT, EVERYWHERE)
PROV_XML = Format(
    "prov-xml",
    "PROV-XML",
    "W3C Working Group Note PROV-XML",
    WRITES,
    _where(Notation.XML),
    KEPT,
    (*EVERYWHERE, "XML has no control characters: one in a quote becomes U+FFFD."),
)
PROV_TURTLE = Format(
    "prov-turtle",
    "PROV-O in Turtle",
    "W3C Recommendation PROV-O",
    WRITES,
    _where(Notation.TURTLE),
    KEPT,
    (
        *EVERYWHERE,
        "A relation of which more is said than its two ends stands as a qualified node alone; the plain triple beside "
        "it, such as prov:wasDerivedFrom, is left out, since readers would count it as a second relation.",
        "RDF cannot hold two relations of one identifier that differ only in time; ours never share one.",
        "A set of triples has no order.",
    ),
)
PROV_JSONLD = Format(
    "prov-jsonld",
    "PROV-JSONLD",
    "W3C Member Submission PROV-JSONLD",
    WRITES,
    _where(Notation.JSON_LD),
    KEPT,
    (
        *EVERYWHERE,
        "It has no term for mentions between bundles; we write neither.",
        "Its context is named by address and not included, so a general JSON-LD program must be able to fetch it.",
    ),
)
FORMATS = (PROV_JSON, PROV_N, PROV_XML, PROV_TURTLE, PROV_JSONLD)
