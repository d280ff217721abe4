"""What the words of a mention say, as a value: a name, a description, both, a pronoun, or nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from provenance.extraction.resolving.kinds import Being, Description, Gender


class Form(Enum):
    """How a mention points at somebody."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"
    NOTHING = "nothing"


PERSONAL = frozenset({"he", "she", "it", "they", "him", "her", "them", "himself", "herself", "itself", "themselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
SPEAKING = frozenset({"i", "we", "me", "us", "my", "our", "ours", "mine"})
OWNERS = frozenset({"his", "her", "its", "their"})
PRONOUNS = (
    PERSONAL | RELATIVE | SPEAKING | OWNERS | frozenset({"you", "one", "this", "these", "those", "there", "what"})
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words between ``start`` and ``end`` say of whoever they mention.

    ``name`` is the proper name among them, ``of`` whom a described person speaks or works for, as named there;
    ``owner`` is a pronoun that owns what is described ("his lawyer"), ``country`` an ISO code that an adjective or the
    name tells. ``several`` is whether more than one is named ("the US and EU").
    """

    start: int
    end: int
    form: Form
    name: str | None = None
    description: Description | None = None
    gender: Gender | None = None
    country: str | None = None
    of: str | None = None
    owner: str | None = None
    definite: bool = False
    several: bool = False
    articled: bool = False
    entity: str = ""
    words: tuple[str, ...] = ()

    @property
    def being(self) -> Being | None:
        return self.description.being if self.description else None

    @property
    def many(self) -> bool:
        return self.several or (self.description is not None and self.description.many)
