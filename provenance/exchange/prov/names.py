"""Under which names our records stand in a PROV document, and how such names are known again.

A name is the address of our page, or of the JSON where there is no page. Everything that PROV has no word for stands
in a namespace of our own, whose address answers with what each word means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.exchange.prov.model import Name
from provenance.storage.record import PREFIXES

OURS = "/v1/provenance#"
RELAYED = "relayed."
# The prefix of each namespace of records, and where its addresses lie under that of the server.
FOLDERS: Mapping[str, str] = {
    "claims": "/claims/",
    "documents": "/documents/",
    "events": "/events/",
    "reports": "/reports/",
    "sources": "/sources/",
    "tallies": "/tallies/",
    "figures": "/v1/figures/",
    "corrections": "/v1/corrections/",
}
NOUNS: Mapping[str, str] = {
    "claims": "claim",
    "documents": "document",
    "events": "event",
    "reports": "report",
    "sources": "source",
    "tallies": "tally",
    "figures": "figure",
    "corrections": "correction",
}
_PLURALS = {PREFIXES[noun]: plural for plural, noun in NOUNS.items()}


def namespaces(base: str) -> dict[str, str]:
    """The namespaces of a document that the server at ``base`` writes.

    >>> namespaces("https://claims.example")["claims"]
    'https://claims.example/claims/'
    """
    own = {"cp": base + OURS, "relayed": base + OURS + RELAYED}
    return {**{prefix: base + folder for prefix, folder in FOLDERS.items()}, **own}


def name_of(public_id: str) -> Name:
    """The name of a record.

    >>> str(name_of("clm_dozens"))
    'claims:clm_dozens'
    """
    return Name(_PLURALS[public_id.partition("_")[0]], public_id)


def own(term: str) -> Name:
    """A word of our own namespace."""
    return Name("cp", term)


def relayed(*parts: str) -> Name:
    """What lies between our records and has no page: what a source is said to have said in one report, one hop of it.

    >>> str(relayed("rep_tass", "src_khabar"))
    'relayed:rep_tass.src_khabar'
    """
    return Name("relayed", ".".join(parts))


@dataclass(frozen=True, slots=True)
class Known:
    """What an address in somebody's document is of ours: a record by its plural and id, a word, or a way between."""

    plural: str
    local: str


def base_in(declared: Mapping[str, str]) -> str | None:
    """The address of the server of ours that wrote a document, by the namespaces that it declares; None: none did."""
    return next((uri.removesuffix(OURS) for uri in declared.values() if uri.endswith(OURS)), None)


def known(uri: str, base: str | None) -> Known | None:
    """What an address is of the server at ``base``; None where it is nothing of ours.

    >>> known("https://claims.example/claims/clm_dozens", "https://claims.example")
    Known(plural='claims', local='clm_dozens')
    >>> known("https://elsewhere.example/claims/clm_dozens", "https://claims.example") is None
    True
    """
    if base is None:
        return None
    for prefix, namespace in sorted(namespaces(base).items(), key=lambda one: -len(one[1])):
        if uri.startswith(namespace) and uri != namespace:
            return Known(prefix, uri.removeprefix(namespace))
    return None
