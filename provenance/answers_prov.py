"""What is answered about W3C PROV: the words of our namespace, and what became of a document that was taken in."""

from __future__ import annotations

from pydantic import Field

from provenance.answers import Answer
from provenance.vocabulary import Received


class ProvTerm(Answer):
    """A word of our namespace in PROV documents."""

    term: str = Field(description="What stands behind the hash of the namespace.")
    of: str = Field(description="`type`, if it is a value of prov:type; else `attribute`.")
    meaning: str = Field(description="What it means, in a sentence.")


class ProvTerms(Answer):
    """The words of our namespace in PROV documents."""

    namespace: str = Field(description="The namespace, as PROV documents of this server declare it.")
    terms: list[ProvTerm] = Field(description="Its words: types, then attributes.")


class ProvReceived(Answer):
    """What became of one record of a PROV document."""

    place: str = Field(description="Where it stands, such as `entity.ex:tass`.")
    became: Received = Field(description="What became of it.")
    noun: str | None = Field(description="What it is here: source, document, claim …; null where it was left.")
    id: str | None = Field(description="Public id of that record; null where it was left.")
    why: str | None = Field(description="Why it was left, and what to do; or what a reader must know.")


class ProvAnswer(Answer):
    """What became of a PROV document that was taken in."""

    added: int = Field(description="Records that are held now and count: documents, for they are what they are.")
    proposed: int = Field(description="Records that are proposed, and count for nothing until somebody accepts them.")
    known: int = Field(description="Records that were held already; nothing of them was changed.")
    left: int = Field(description="Records for which there is no place here, or that a person must decide about.")
    records: list[ProvReceived] = Field(description="Each record of the document, as far as it was taken for itself.")
