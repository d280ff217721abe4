"""What an assistant is told where a question cannot be answered: the parameter as the tool's schema names it, and a
remedy that it has, which is another tool and never an address of the API.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

Schema = Mapping[str, Any]

UNKNOWN = "extra_forbidden"
SHOWN = 100  # characters of what was given

# Names that models try, or that the same thing has in the API, with ours; the first that a tool has is meant.
CALLED: Mapping[str, tuple[str, ...]] = {
    "at": ("as_of",),
    "date": ("as_of",),
    "moment": ("as_of",),
    "published_by": ("as_of",),
    "until": ("as_of",),
    "when": ("as_of",),
    "of": ("claim",),
    "report": ("claim",),
    "tally": ("claim",),
    "id": ("claim", "record"),
    "q": ("words", "claim", "sentence"),
    "query": ("words", "claim", "sentence"),
    "text": ("sentence", "words", "claim"),
    "n": ("limit",),
}

# What the database answers to whoever asks over the API, and which tool leads there.
LISTS = re.compile(r"(?:Add it first, or l|L)ist what there is with GET /v1/(\w+)\.")
TOOLS: Mapping[str, str] = {
    "claims": "Find it by words with find_claims.",
    "documents": "where_exactly cites the documents of a claim.",
    "events": "find_claims names the event of each claim.",
    "reports": "where_exactly gives the reports of a claim.",
    "sources": "Give its name, or take its id from who_is_it_from.",
    "tallies": "Give a claim that counts in it: find_claims finds one.",
}


def unfit(tool: str, schema: Schema, invalid: ValidationError) -> str:
    """What is wrong with the arguments of a tool, of which one thing is told: the first."""
    # A parameter under another name is also missing under its own; what it is called here helps more.
    first, *_ = sorted(invalid.errors(include_url=False), key=lambda error: error["type"] != UNKNOWN)
    name, place = str(first["loc"][0]), ".".join(str(part) for part in first["loc"])
    match first["type"]:
        case str() as kind if kind == UNKNOWN:
            return unknown(name, tool, schema["properties"])
        case "missing":
            return f"{place}: it is missing. {_described(schema, name)}"
        case _:
            given = f"{first['input']!r:.{SHOWN}}"
            return f"{place}: {first['msg']}. Given was {given}. {_described(schema, name)}".rstrip()


def unknown(name: str, tool: str, known: Collection[str]) -> str:
    """That a tool has no such parameter, which it has, and which was probably meant.

    >>> unknown("at", "as_of", ["claim", "as_of", "known_at"])
    '`at` is no parameter of as_of. Did you mean `as_of`? It takes: claim, as_of, known_at.'
    """
    meant = nearest(name, known)
    asked = f" Did you mean `{meant}`?" if meant else ""
    return f"`{name[:SHOWN]}` is no parameter of {tool}.{asked} It takes: {', '.join(known)}."


def nearest(name: str, known: Collection[str]) -> str | None:
    """The parameter that somebody meant by another name; None where none is like it.

    >>> nearest("claim_id", ["claim", "limit"]), nearest("published_by", ["claim", "as_of"]), nearest("x", ["claim"])
    ('claim', 'as_of', None)
    """
    called = [one for one in CALLED.get(name.casefold(), ()) if one in known]
    return next(iter([*called, *get_close_matches(name.casefold(), known, 1)]), None)


def remedied(message: str, arguments: Mapping[str, Any]) -> str:
    """An error of the database in the words of a tool that was asked with these arguments.

    >>> remedied("There is no claim 'clm_x'. List what there is with GET /v1/claims.", {"claim": "clm_x"})
    "claim: There is no claim 'clm_x'. Find it by words with find_claims."
    """
    told = LISTS.sub(lambda found: TOOLS.get(found[1], "Find what there is with find_claims."), message)
    field, colon, rest = told.partition(": ")
    if colon and field.partition(".")[0] in arguments:
        return told
    if colon and field.isidentifier() and (ours := nearest(field, arguments)):
        return f"{ours}: {rest}"
    place = next((name for name, given in arguments.items() if _names(told, given)), None)
    return f"{place}: {told}" if place else told


def _names(told: str, given: Any) -> bool:
    return any(
        isinstance(each, str) and f"'{each}'" in told for each in (given if isinstance(given, list) else [given])
    )


def _described(schema: Schema, name: str) -> str:
    return str(schema.get("properties", {}).get(name, {}).get("description", ""))
