"""Finds what an annotation is about: the document by its address, and the claim by its page or by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from provenance.errors import InvalidInput, ProvenanceError
from provenance.exchange.addresses import record_of
from provenance.exchange.annotation.placing import Words, anchored
from provenance.exchange.annotation.reading import CLAIM_ID, Annotated
from provenance.exchange.claimreview.taking import known_claim
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event
from provenance.storage.quoting import Span, Unplaced
from provenance.storage.reads.intake import replaced, versions_at, versions_like
from provenance.storage.reads.rows import claim as claim_table
from provenance.storage.reads.rows import referred
from provenance.storage.writes.finding import current
from provenance.vocabulary import Visibility
from provenance.web_addresses import addresses, original_of

# Highlighted words of fewer than both state nothing; scripts without spaces need fewer characters than words of ours.
FEWEST = 3  # words
SHORTEST = 12  # characters


class Unsettled(Exception):
    """Why it cannot be told what one annotation is about, and what to do; the others go on."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document with the place of the words in it; no place where all of it is meant, or its text is not held."""

    document: Document
    span: Span | None
    reason: str


@dataclass(frozen=True, slots=True)
class Meant:
    """The claim, if one is held, and how it was found; ``in_remark``: by the comment, which is no note then."""

    claim: Claim | None
    reason: str
    in_remark: bool = False


def documents_meant(session: Session, one: Annotated, base: str) -> list[Document]:
    """The versions of the document at the annotation's address, the one that holds now first."""
    public_id = record_of(one.source, base) or ""
    own = current(session, Document, public_id) if public_id.startswith("doc_") else None
    if own is not None:
        return [own] if own.visibility is Visibility.PUBLIC else []
    original = original_of(one.source) or one.source
    found = versions_at(session, addresses(one.source, original)) or versions_like(session, original)
    versions = [each for each in found if each.visibility is Visibility.PUBLIC]
    gone = replaced(session, [each.key for each in versions]) if versions else set()
    return sorted(versions, key=lambda each: each.key in gone)


def place_in(versions: Sequence[Document], one: Annotated) -> Found:
    """The version in which the words stand; the one that holds now goes first.

    :raises Unsettled: where they stand in none, or several times.
    """
    newest = versions[0]
    if one.words is None:
        if one.unfollowed:
            raise Unsettled(
                f"It gives no words of the document ({', '.join(dict.fromkeys(one.unfollowed))}); a place alone may "
                "mean other words in another copy. Add a TextQuoteSelector."
            )
        return Found(newest, None, "It is about the whole document.")
    problems: list[Unplaced] = []
    for document in versions:
        if document.text is None:
            continue
        found = anchored(document.text, one.words, one.hint)
        if isinstance(found, Span):
            which = "" if document is newest else " of an earlier version of the document"
            return Found(document, found, f"Its words stand at {found.start} to {found.end} in the text{which}.")
        problems.append(found)
    if problems:
        said, why = _shown(one.words), problems[0]
        raise Unsettled(f"The quote {said} {why.problem}; {why.remedy}.")
    return Found(newest, None, "The text of the document is not held, so its words are kept as transcribed.")


def claim_meant(session: Session, one: Annotated, base: str, event: Event | None) -> Meant:
    """The claim that an annotation names by its page or id, else the one that surely reads the same.

    :raises Unsettled: where it names one that is not held.
    """
    named = one.claim or next((found for found in (_claim_in(each, base) for each in one.about) if found), None)
    if named is not None:
        try:
            row = referred(session, claim_table, named, "body")
        except ProvenanceError as missing:
            raise Unsettled(missing.message) from missing
        return Meant(current(session, Claim, row["public_id"]), "It names the claim.")
    if one.remark is not None and (known := _known(session, one.remark, event)) is not None:
        return Meant(known, "A claim that is held reads the same as its words.", in_remark=True)
    if one.says is None:
        raise Unsettled(
            "Nothing in it says which claim the document states. Put the address of the claim's page or its id into "
            "the body, or the claim in a sentence, and tag it `claim`."
        )
    known = _known(session, one.says, event)
    if known is not None:
        return Meant(known, f"A claim that is held reads the same as its {_whose(one)}.")
    if one.highlights and len(one.says.split()) < FEWEST and len(one.says) < SHORTEST:
        raise Unsettled(
            f"Its highlighted words '{one.says}' are too few to state a claim, and a comment is one only where it is "
            "tagged `claim`. Highlight a sentence, tag the comment, or name the claim."
        )
    return Meant(None, f"No claim that is held surely reads as its {_whose(one)}.")


def _known(session: Session, words: str, event: Event | None) -> Claim | None:
    known = known_claim(session, words, event)
    return known if known is not None and known.visibility is Visibility.PUBLIC else None


def _claim_in(address: str, base: str) -> str | None:
    if CLAIM_ID.fullmatch(address):
        return address
    public_id = record_of(address.partition("#")[0].partition("?")[0], base)
    return public_id if public_id and CLAIM_ID.fullmatch(public_id) else None


def _whose(one: Annotated) -> str:
    return "highlighted words" if one.highlights else "words"


def _shown(words: Words) -> str:
    return repr(words.exact[:80])


def require_event(session: Session, event: str | None) -> Event | None:
    """The event for new claims, if one is given; raises :class:`InvalidInput` if there is none of that id."""
    if event is None:
        return None
    found = current(session, Event, event)
    if found is None or found.visibility is not Visibility.PUBLIC:
        raise InvalidInput(
            f"event: there is no event '{event[:100]}'. Add it first, or list what there is with GET /v1/events.",
            field="event",
        )
    return found
