"""The addresses of pages, and of the JSON behind them. They are permanent: ids in them never change their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

# What an id begins with, and the noun in the addresses of its record.
NOUNS = {
    "clm": "claims",
    "tal": "tallies",
    "src": "sources",
    "doc": "documents",
    "evt": "events",
    "rep": "reports",
    "fig": "figures",
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


def _noun(public_id: str) -> str:
    return NOUNS[public_id.partition("_")[0]]
