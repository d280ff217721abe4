"""What can be taken along from a page: its record in formats for other programs. A new format is one line here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from api.web.links import asked


@dataclass(frozen=True, slots=True)
class Offer:
    """One format of a record: what a reader knows it by, its media type, and where it is had.

    ``{id}`` stands for the record in ``address`` and in what is ``given`` as parameters; ``then`` says whether it can
    be had for a moment in the past.
    """

    name: str
    media: str
    address: str
    given: tuple[tuple[str, str], ...] = ()
    then: bool = True


@dataclass(frozen=True, slots=True)
class Along:
    """A link to a record in one format."""

    name: str
    media: str
    address: str


JSON, LD, CSV = "application/json", "application/ld+json", "text/csv"
OF_CLAIM: Sequence[Offer] = (
    Offer("record (JSON)", JSON, "/v1/claims/{id}"),
    Offer("trace (JSON)", JSON, "/v1/claims/{id}/trace"),
    Offer("changes on the way (JSON)", JSON, "/v1/claims/{id}/drift"),
    Offer("figures (CSV)", CSV, "/v1/figures.csv", (("claim", "{id}"),)),
    Offer("provenance (W3C PROV)", "application/json", "/v1/claims/{id}/provenance", (("format", "prov-json"),)),
    Offer("PROV-N", "text/provenance-notation", "/v1/claims/{id}/provenance", (("format", "prov-n"),)),
    Offer("PROV in Turtle", "text/turtle", "/v1/claims/{id}/provenance", (("format", "turtle"),)),
    Offer("graph (GraphML)", "application/graphml+xml", "/v1/claims/{id}/graph", (("format", "graphml"),)),
    Offer("graph (DOT)", "text/vnd.graphviz", "/v1/claims/{id}/graph", (("format", "dot"),)),
    Offer("graph (Mermaid)", "text/vnd.mermaid", "/v1/claims/{id}/graph", (("format", "mermaid"),)),
)
OF_DOCUMENT: Sequence[Offer] = (
    Offer("record (JSON)", JSON, "/v1/documents/{id}"),
    Offer("reports (Web Annotations)", LD, "/v1/documents/{id}/annotations", then=False),
    Offer("provenance (W3C PROV)", "application/json", "/v1/documents/{id}/provenance", (("format", "prov-json"),)),
    Offer("PROV-N", "text/provenance-notation", "/v1/documents/{id}/provenance", (("format", "prov-n"),)),
    Offer("PROV in Turtle", "text/turtle", "/v1/documents/{id}/provenance", (("format", "turtle"),)),
)
OF_EVENT: Sequence[Offer] = (
    Offer("record (JSON)", JSON, "/v1/events/{id}"),
    Offer("all of it (data package)", "application/zip", "/v1/events/{id}/package.zip"),
    Offer("claims (CSV)", CSV, "/v1/claims.csv", (("event", "{id}"),)),
    Offer("figures as UCDP GED has them (CSV)", CSV, "/v1/events/{id}/ged.csv"),
    Offer("provenance (W3C PROV)", "application/json", "/v1/events/{id}/provenance", (("format", "prov-json"),)),
)
OF_SOURCE: Sequence[Offer] = (
    Offer("record (JSON)", JSON, "/v1/sources/{id}"),
    Offer("its claims (CSV)", CSV, "/v1/sources/{id}/claims.csv"),
    Offer("reports that name it (CSV)", CSV, "/v1/reports.csv", (("source", "{id}"),)),
)
OFFERS = {"clm": OF_CLAIM, "doc": OF_DOCUMENT, "evt": OF_EVENT, "src": OF_SOURCE}


def taking_along(public_id: str, as_of: str | None = None, known_at: str | None = None) -> list[Along]:
    """The formats of a record with a page, of the moment that the page shows where a format can be had for one.

    >>> [each.address for each in taking_along("doc_x", as_of="2022-01-09")][:2]
    ['/v1/documents/doc_x?as_of=2022-01-09', '/v1/documents/doc_x/annotations']
    """
    moment = {"as_of": as_of, "known_at": known_at}
    return [
        Along(offer.name, offer.media, _address(offer, public_id, moment if offer.then else {}))
        for offer in OFFERS[public_id.partition("_")[0]]
    ]


def alternates(along: Sequence[Along]) -> list[tuple[str, str, str]]:
    """The same for the head of a page, where programs look; the page links its JSON there itself."""
    return [(each.media, each.name, each.address) for each in along if each.media != JSON]


def _address(offer: Offer, public_id: str, moment: dict[str, str | None]) -> str:
    given = {name: value.replace("{id}", public_id) for name, value in offer.given}
    return offer.address.replace("{id}", quote(public_id, safe="")) + asked(**given, **moment)
