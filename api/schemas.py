"""What the API shows beyond the answers of ``provenance``: its own health, and the glossary."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class Health(BaseModel):
    """How the server is."""

    status: Literal["up", "ready"] = Field(description="`up`: the process answers. `ready`: the database does too.")


class VocabularyTerm(BaseModel):
    """One word."""

    term: str = Field(description="The word as it stands in answers.")
    meaning: str = Field(description="What it means, and where it could be confused, what it does not mean.")


class Vocabulary(BaseModel):
    """Words that may stand in the same place."""

    name: str = Field(description="What they are words for.")
    meaning: str = Field(description="The same in a sentence.")
    terms: list[VocabularyTerm] = Field(description="The words.")
