"""The addresses of pages, and of the JSON behind them. They are permanent: ids in them never change their meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, urlencode

from provenance.exchange.tables.lists import LISTS

# What an id begins with, and the noun in the addresses of its record.
NOUNS = {
    "clm": "claims",
    "tal": "tallies",
    "src": "sources",
    "doc": "documents",
    "evt": "events",
    "rep": "reports",
    "fig": "figures",
    "rev": "reviews",
}


def link(public_id: str, **parameters: str | None) -> str:
    """The page of a record.

    >>> link("clm_w5jops5txk5ioqn4", as_of="2022-01-09")
    '/claims/clm_w5jops5txk5ioqn4?as_of=2022-01-09'
    """
    return f"/{_noun(public_id)}/{quote(public_id)}{asked(**parameters)}"


def json_link(public_id: str, part: str = "", **parameters: str | None) -> str:
    """The JSON of a record, or of a part of it.

    >>> json_link("clm_w5jops5txk5ioqn4", "trace")
    '/v1/claims/clm_w5jops5txk5ioqn4/trace'
    """
    return f"/v1/{_noun(public_id)}/{quote(public_id)}{'/' + part if part else ''}{asked(**parameters)}"


def asked(**parameters: str | Sequence[str] | None) -> str:
    """Parameters as they stand behind an address; those that are None are left out, several stand behind each other.

    >>> asked(q="eight police", cursor=None, flag=["laundering", "zombie"])
    '?q=eight+police&flag=laundering&flag=zombie'
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    return f"?{urlencode(given, doseq=True)}" if given else ""


def csv_link(json: str | None) -> str | None:
    """The table of a list whose JSON lies at an address of ours; None where that is no list.

    >>> csv_link("/v1/claims?sort=-documents&cursor=abc"), csv_link("/v1/claims/clm_w5jops5txk5ioqn4/trace")
    ('/v1/claims.csv?sort=-documents', None)
    >>> csv_link("/v1/sources/src_a/claims")
    '/v1/sources/src_a/claims.csv'
    """
    path, _, query = (json or "").partition("?")
    if not TABLES.fullmatch(path):
        return None
    kept = [(name, value) for name, value in parse_qsl(query) if name not in ("limit", "cursor")]
    return f"{path}.csv{f'?{urlencode(kept)}' if kept else ''}"


TABLES = re.compile("|".join(re.sub(r"\{\w+\}", "[^/]+", f"/v1/{each.path}") for each in LISTS))


def _noun(public_id: str) -> str:
    return NOUNS[public_id.partition("_")[0]]
