"""The glossary: every term with the words that pages use for it beside the key that the API uses, and its meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from api.routers.flags import CATALOGUE
from api.web.rendering import page
from api.web.words import plain, sentence
from provenance.answers_server import VOCABULARIES
from provenance.vocabulary import Term

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Word:
    """One term: how pages say it, its key, what it means, and where it stands on this page."""

    said: str
    key: str
    meaning: str
    anchor: str
    also: str = ""  # other forms by which it is looked for


@dataclass(frozen=True, slots=True)
class Words:
    """Terms that may stand in the same place."""

    name: str
    key: str
    meaning: str
    words: tuple[Word, ...]


@router.get("/glossary")
def glossary(request: Request) -> Response:
    """All terms, each findable by its address."""
    document = request.app.openapi()
    told = [_nouns(document), _parts(document), _flags(), *(_told(terms) for terms in VOCABULARIES)]
    return page(
        request,
        "glossary.html",
        title="What the words mean",
        description="Every word on these pages and in the API, with its meaning, and what it does not mean.",
        json="/v1/vocabulary",
        vocabularies=told,
        first=_met_first(document, told),
        count=sum(len(each.words) for each in told),
    )


def named(terms: type[Term]) -> str:
    """What a vocabulary is about, in words.

    >>> from provenance.vocabulary import ClaimStatus
    >>> named(ClaimStatus)
    'Claim status'
    """
    return sentence(re.sub(r"(?<!^)(?=[A-Z])", " ", terms.__name__).lower())


def _told(terms: type[Term]) -> Words:
    words = tuple(Word(plain(term), term.value, term.meaning, f"{terms.__name__}.{term.value}") for term in terms)
    return Words(named(terms), terms.__name__, (terms.__doc__ or "").strip(), words)


def _nouns(document: Mapping[str, Any]) -> Words:
    words = tuple(
        Word(said, key, tag["description"], f"noun.{key}", f"{_one_of(key)} {_one_of(said)}")
        for tag in document["tags"]
        for key, said in [(tag["name"], SAID.get(tag["name"], tag["name"]))]
    )
    return Words("Records", "noun", "What is held, and what can be asked of it.", words)


# Nouns for which pages have another word.
SAID = {"tallies": "counts"}


def _one_of(noun: str) -> str:
    """What one of several is called.

    >>> _one_of("tallies"), _one_of("claims")
    ('tally', 'claim')
    """
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Met:
    """A word that readers meet on nearly every page, in one sentence, and where more is told."""

    said: str
    meaning: str
    anchor: str


def _met_first(document: Mapping[str, Any], told: Sequence[Words]) -> list[Met]:
    """The words that readers meet most, with the first sentence of the same meanings."""
    by_anchor = {word.anchor: word for words in told for word in words.words}
    chain = document["components"]["schemas"]["ReportItem"]["properties"]["chains"]["description"]
    return [
        Met("chain", f"Of a report: {chain[:1].lower()}{chain[1:]}", "noun.reports"),
        *(Met(said, by_anchor[anchor].meaning.partition(". ")[0].rstrip(".") + ".", anchor) for said, anchor in MET),
    ]


MET = (
    ("linked sources", "trace.parties"),
    ("all routes pass through", "trace.chokepoints"),
    ("not independently corroborated", "flag.unverified_figure"),
    ("repeated after withdrawal", "flag.zombie"),
    ("origin not stated", "flag.origin_not_stated"),
    ("count (a tally)", "noun.tallies"),
    ("flag", "noun.flags"),
)


def _parts(document: Mapping[str, Any]) -> Words:
    described = document["components"]["schemas"]
    words = tuple(Word(said, key, described[schema]["description"], f"trace.{key}") for said, key, schema in PARTS)
    return Words("The answer about a claim", "trace", "What stands in the trace of a claim.", words)


# How pages say a part of a trace, its key there, and the schema that says what it means.
PARTS = (
    ("who is named first", "origins", "TracedOrigin"),
    ("linked sources", "parties", "TracedParty"),
    ("link between sources", "ties", "JoiningTie"),
    ("how independent", "independence", "Independence"),
    ("all routes pass through", "chokepoints", "Chokepoint"),
    ("without these, nothing is left", "support_cut", "SupportCutAnswer"),
    ("hop", "edges", "TracedEdge"),
    ("withdrawn hop", "cut", "CutAnswer"),
)


def _flags() -> Words:
    words = tuple(Word(rule.title, rule.key, rule.finds, f"flag.{rule.key}") for rule in CATALOGUE)
    return Words(
        "Flags", "flag", "What rules find; each has its reason and an example on the page of the rules.", words
    )
