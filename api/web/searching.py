"""Search: everything that has some words, and whether a claim is known already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import Reads
from api.web.choosing import PageAsked
from api.web.links import asked as parameters
from api.web.links import link
from api.web.rendering import page
from api.web.words import counted, plain
from provenance.analysis.knowing import match
from provenance.analysis.matching.terms import EMPTY
from provenance.analysis.spelling import meant
from provenance.answers import SearchAnswer
from provenance.answers_match import MatchItem
from provenance.storage.moment import moment_of
from provenance.storage.reads.asked import ClaimsAsked, EventsAsked
from provenance.storage.reads.asked_match import LONGEST, MatchAsked
from provenance.storage.reads.claims import claims
from provenance.storage.reads.events import events
from provenance.storage.reads.everything import search, search_any
from provenance.storage.reads.search import words_of
from provenance.vocabulary import Sameness

router = APIRouter()

# Fewer words are a name or a subject; a claim takes a sentence.
WORDS_OF_A_SENTENCE = 4
OF_EACH_KIND = 8
LONGEST_SOUGHT = 300  # characters


class SearchPage(PageAsked):
    """What the search takes."""

    q: str | None = None
    as_of: str | None = None
    known_at: str | None = None


@router.get("/search")
def find(request: Request, asked: Annotated[SearchPage, Query()], session: Reads) -> Response:
    """What has the words, by kind of record; and for a sentence, the claims that may say the same."""
    q = _cut(asked.q) if asked.q else None
    found = search(session, q, OF_EACH_KIND) if q else None
    known = _known(session, q) if q else None
    nothing = found is None or not (_records(found, asked.as_of) or known)
    instead = _instead(session, q) if q and nothing else Instead()
    shown = instead.found or found
    return page(
        request,
        "search.html",
        title=f"Search: {asked.q[:80]}" if asked.q else "Search",
        description="Claims, sources, documents and events that are held, by their words.",
        json=f"/v1/search{parameters(**asked.model_copy(update={'q': q}).model_dump())}" if q else None,
        asked=asked.model_copy(update={"q": q}),
        cut=LONGEST_SOUGHT if q != asked.q else None,
        found=shown,
        instead=instead,
        only=_only_one(found, asked.as_of) if found else None,
        count=len(_records(shown, asked.as_of)) if shown else 0,
        likely=[one for one in known or [] if one.same is not Sameness.DIFFERENT],
        others=[one for one in known or [] if one.same is Sameness.DIFFERENT],
        is_sentence=known is not None,
        events=events(session, EventsAsked(limit=5)).items if nothing and not instead.found else [],
        claims=claims(session, ClaimsAsked(sort="-documents", limit=3)).items if nothing and not instead.found else [],
    )


@dataclass(frozen=True, slots=True)
class Instead:
    """What is offered where nothing has all of the words: another spelling, and what has some of them."""

    spelling: str | None = None
    found: SearchAnswer | None = None


def _instead(session: Session, q: str) -> Instead:
    telling = [word for word in words_of(q) if word not in EMPTY and len(word) >= SHORTEST_WORD]
    some = search_any(session, telling, OF_EACH_KIND) if len(words_of(q)) > 1 else None
    spelling = None if moment_of(session) else meant(session, " ".join(telling))
    if spelling and not _records(search(session, spelling, 1), None):
        spelling = None
    return Instead(spelling, some if some and _records(some, None) else None)


SHORTEST_WORD = 3


def _cut(q: str) -> str:
    """The beginning of a long question, up to a whole word."""
    return q if len(q) <= LONGEST_SOUGHT else q[:LONGEST_SOUGHT].rpartition(" ")[0] or q[:LONGEST_SOUGHT]


def _known(session: Session, q: str) -> list[MatchItem] | None:
    """The claims that may say the same; None where the words are too few to say anything."""
    if len(q.split()) < WORDS_OF_A_SENTENCE or len(q) > LONGEST:
        return None
    return match(session, MatchAsked(text=q)).items


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found: what it is called, what it is, and its page."""

    name: str
    what: str
    address: str


def _records(found: SearchAnswer, as_of: str | None) -> list[Hit]:
    return [
        *(
            Hit(item.text, f"A claim, in {counted(item.documents, 'document')}", link(item.id, as_of=as_of))
            for item in found.claims
        ),
        *(Hit(item.name, f"A source: {plain(item.kind)}", link(item.id, as_of=as_of)) for item in found.sources),
        *(
            Hit(item.title or f"By {item.publisher}", "A document", link(item.id, as_of=as_of))
            for item in found.documents
        ),
        *(
            Hit(item.title, f"An event, with {counted(item.claims, 'claim')}", link(item.id, as_of=as_of))
            for item in found.events
        ),
    ]


def _only_one(found: SearchAnswer, as_of: str | None) -> Hit | None:
    records = _records(found, as_of)
    return records[0] if len(records) == 1 else None
