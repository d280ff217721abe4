"""What a server says beyond its records: how it is, where to begin, what its words mean, and what went wrong."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from provenance import vocabulary
from provenance.vocabulary import Term


class Health(BaseModel):
    """How the server is."""

    status: Literal["up", "ready"] = Field(description="`up`: the process answers. `ready`: the database does too.")


class Entrance(BaseModel):
    """Where to go from here."""

    title: str = Field(description="What this is.")
    explorer: str = Field(description="A page on which every operation can be tried.")
    description: str = Field(description="The whole API, as OpenAPI.")
    first_questions: dict[str, str] = Field(description="Questions to begin with, each with its address.")


class VocabularyTerm(BaseModel):
    """One word."""

    term: str = Field(description="The word as it stands in answers.")
    meaning: str = Field(description="What it means, and where it could be confused, what it does not mean.")


class Vocabulary(BaseModel):
    """Words that may stand in the same place."""

    name: str = Field(description="What they are words for.")
    meaning: str = Field(description="The same in a sentence.")
    terms: list[VocabularyTerm] = Field(description="The words.")


VOCABULARIES: tuple[type[Term], ...] = tuple(
    each for each in vars(vocabulary).values() if isinstance(each, type) and issubclass(each, Term) and each is not Term
)


def glossary() -> list[Vocabulary]:
    """Every word of the language with its meaning, by the place where it may stand."""
    return [
        Vocabulary(
            name=terms.__name__,
            meaning=(terms.__doc__ or "").strip(),
            terms=[VocabularyTerm(term=term.value, meaning=term.meaning) for term in terms],
        )
        for terms in VOCABULARIES
    ]


class FieldProblem(BaseModel):
    """What is wrong with one field of the input."""

    field: str = Field(description="The parameter, header or path into the body, such as `figures.0.low`.")
    message: str = Field(description="What is wrong with it.")
    remedy: str = Field(description="What to do about it.")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="The kind of problem; it does not change.")
    title: str = Field(description="The kind in words.")
    status: int = Field(description="The status code.")
    detail: str = Field(description="What went wrong this time, and the remedy.")
    instance: str = Field(description="The path that was asked.")
    errors: list[FieldProblem] = Field(default_factory=list, description="Which fields are at fault, where some are.")
