"""Where a record lies for whoever meets it elsewhere: its page, and its JSON.

``base`` is the address of the server without a slash behind it, such as ``https://claims.example``.
"""

from __future__ import annotations

from urllib.parse import quote

from provenance.storage.record import PREFIXES

NOUNS = {prefix: noun for noun, prefix in PREFIXES.items()}
# The nouns that have a page, and a JSON document under the same plural.
PLURALS = {
    "claim": "claims",
    "source": "sources",
    "document": "documents",
    "event": "events",
    "tally": "tallies",
    "report": "reports",
    "review": "reviews",
}


def page_of(base: str, public_id: str) -> str:
    """The permanent address of a record's page.

    >>> page_of("https://claims.example", "clm_dozens")
    'https://claims.example/claims/clm_dozens'
    """
    noun = NOUNS.get(public_id.partition("_")[0], "claim")
    return f"{base}/{PLURALS[noun]}/{quote(public_id, safe='')}"


def record_of(page: str, base: str) -> str | None:
    """The public id of the record whose page an address is; None where it is none of ours.

    >>> record_of("https://claims.example/claims/clm_dozens", "https://claims.example")
    'clm_dozens'
    >>> record_of("https://elsewhere.example/claims/clm_dozens", "https://claims.example") is None
    True
    """
    start, slash, public_id = page.rpartition("/")
    known = any(start == f"{base}/{plural}" for plural in PLURALS.values())
    return public_id if slash and known and public_id else None
