"""What every method of Google's interfaces takes beside its own parameters, and how its answer is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Literal, get_type_hints
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.strangers.partial import masked
from provenance.errors import InvalidInput
from provenance.storage.reads.asked import Question


class Common(Question):
    """Parameters that every method takes. Keys and tokens are taken and not looked at: nobody needs one here.

    The names are those of the wire. As there, an empty text and zero mean that nothing is asked.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    alt: Literal["json"] = Field(default="json", description="The answer is JSON.")
    fields: str | None = Field(default=None, max_length=2000, description="Which fields to answer.")
    key: str | None = None
    prettyPrint: bool = Field(default=True, description="Whether the answer has line ends and indents.")
    quotaUser: str | None = None
    access_token: str | None = None
    oauth_token: str | None = None
    uploadType: str | None = None
    upload_protocol: str | None = None
    xgafv: Literal["1", "2"] | None = Field(default=None, alias="$.xgafv")


MOST_AT_ONCE = 100
INT32 = 2**31


class PagedCommon(Common):
    """What every list takes."""

    pageSize: int = Field(
        default=0, ge=0, le=MOST_AT_ONCE, description=f"How many at most: 1 to {MOST_AT_ONCE}; 0 or left out: 10."
    )
    pageToken: str = Field(default="", description="`nextPageToken` of the page before, with the same parameters.")
    offset: int = Field(default=0, ge=0, lt=INT32, description="How many to leave out; not with `pageToken`.")

    @property
    def limit(self) -> int:
        """How many at most."""
        return self.pageSize or 10

    @property
    def cursor(self) -> str | None:
        """Where to go on."""
        return self.pageToken or None


def known_and_once(request: Request) -> None:
    """Refuse a parameter that the method does not take, and one that is given twice: an ignored filter would silently
    answer another question.
    """
    known = _parameters_of(request.scope["route"].endpoint)
    # Whatever bytes were sent, each stands as half of a character in what cannot be read.
    sent = request.scope["query_string"].decode("latin-1")
    given = parse_qsl(sent, keep_blank_values=True, errors="surrogateescape")
    names = [name for name, _ in given]
    for name, value in given:
        if name not in known:
            shown = name[:100].encode(errors="replace").decode()
            raise InvalidInput(f"{shown}: there is no such parameter. Known here: {', '.join(known)}.")
        if any("\udc80" <= character <= "\udcff" for character in value):
            raise InvalidInput(f"{name}: it is not UTF-8. Send its characters in UTF-8, escaped with %.", field=name)
        if names.count(name) > 1:
            raise InvalidInput(f"{name[:100]}: it is given twice and counts once. Keep one of them.")


def _parameters_of(endpoint: Callable[..., Any]) -> list[str]:
    questions = [hint for hint in get_type_hints(endpoint).values() if isinstance(hint, type)]
    asked = [question for question in questions if issubclass(question, Common)]
    return sorted(field.alias or name for question in asked for name, field in question.model_fields.items())


def answer(said: BaseModel, asked: Common) -> Response:
    """The answer as it was asked for; what is None is left out.

    :raises InvalidInput: if ``fields`` names what there is not.
    """
    shown = masked(said, asked.fields) if asked.fields else said.model_dump(exclude_none=True)
    body = json.dumps(shown, ensure_ascii=False, indent=2 if asked.prettyPrint else None)
    return Response(body.encode(), media_type="application/json; charset=UTF-8")


def of_the_wire(wrong: InvalidInput, names: dict[str, str]) -> InvalidInput:
    """What is wrong with one of our parameters, told of the one that the client sent."""
    ours = wrong.field or ""
    theirs = names.get(ours)
    if theirs is None:
        return wrong
    said = wrong.message.removeprefix(f"{ours}: ").replace("`next`", "`nextPageToken`")
    return InvalidInput(f"{theirs}: {said}", field=theirs)
