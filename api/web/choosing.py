"""What pages ask in addresses: forms send fields that were left empty, and people write names, not ids."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from sqlmodel import Session

from provenance.answers import SourceItem
from provenance.storage.reads.asked import MomentAsked, SourcesAsked
from provenance.storage.reads.sources import sources
from provenance.storage.words import fold

MOST_OFFERED = 12


class PageAsked(BaseModel):
    """What an address asks of a page; a field that was left empty is as one that was not sent.

    Addresses of pages are passed on, and sites add words of their own to them (`fbclid`, `utm_source`): a page takes
    no notice of what it does not know. Inherit from this before any question of the API, which refuses it.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _only_what_is_known_and_filled(cls, given: Any) -> Any:
        known = {each.alias or name for name, each in cls.model_fields.items()}
        filled = {name: _kept(value) for name, value in given.items() if name in known or name in cls.model_fields}
        return {name: kept for name, kept in filled.items() if kept not in ("", [])}

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked, as it stands in addresses; without the place in a list."""
        return self.model_dump(mode="json", by_alias=True, include=self.model_fields_set - {"cursor"})


class PageMoment(PageAsked, MomentAsked):
    """The moment that a page is restricted to."""


def _kept(value: Any) -> Any:
    if isinstance(value, list):
        return [one for one in map(_kept, value) if one]
    return value.strip() if isinstance(value, str) else value


def ids_in(text: str, prefix: str) -> list[str]:
    """The ids of records in what somebody pasted: ids, or addresses of pages.

    >>> ids_in("http://localhost:8000/documents/doc_gpvgesd3y7svxrw4#rep_fbi257hsv2rf6fkr", "doc")
    ['doc_gpvgesd3y7svxrw4']
    """
    return list(dict.fromkeys(re.findall(rf"\b{prefix}_[a-z2-7]{{16}}\b", text)))


def sources_meant(session: Session, words: str) -> list[SourceItem]:
    """The sources that somebody may mean by a name or an id: one if it is their very name, else all that are alike."""
    found = sources(session, SourcesAsked(q=words, limit=MOST_OFFERED)).items
    exactly = [one for one in found if fold(one.name) == fold(words)]
    return exactly if len(exactly) == 1 else found
