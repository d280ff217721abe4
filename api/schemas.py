"""What the API shows beyond the answers of ``provenance``: its own health, and the glossary."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


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
