"""Forms with files (multipart/form-data): read within bounds, each part once, and by no name but its own.

Names of files are what people call them; nothing is ever written or opened under one.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from provenance.errors import InvalidInput
from provenance.ingestion.loading.charsets import decode
from provenance.storage.dates import ISO, takes_a_date
from provenance.storage.texts import PATTERNS

M = TypeVar("M", bound=BaseModel)

# The addresses that take a form, and how many bytes each takes.
FORMS: Mapping[str, int] = {"/v1/sheets": 12_000_000, "/v1/intake": 12_000_000}
# The addresses that read a body of their own kinds, such as a whole page; everywhere else a body is one JSON object.
READ_THERE: Mapping[str, int] = {**FORMS, "/v1/claimreview": 12_000_000}
# The field of a form on a page whose value names this very sending of it.
ONCE = "once"
LONGEST_TEXT = 4_000_000
MOST_PARTS = 40


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent; ``name`` is what its sender calls it."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """The parts of a form by their names; a part that is empty was not sent."""

    texts: Mapping[str, str]
    files: Mapping[str, Upload]

    def text(self, name: str) -> str | None:
        """A text part; None if it was not sent, or is blank."""
        said = self.texts.get(name, "")
        return said if said.strip() else None

    def flag(self, name: str) -> bool:
        """A text part that says yes or no.

        :raises InvalidInput: if it says neither.
        """
        said = (self.text(name) or "false").strip().lower()
        if said not in FLAG:
            raise InvalidInput(f"{name}: '{said[:50]}' says neither yes nor no; send true or false.", field=name)
        return said in YES


YES, NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off")
FLAG = YES + NO


def form_of(texts: Iterable[str], files: Iterable[str]) -> Callable[[Request], Coroutine[Any, Any, Form]]:
    """A dependency that reads a form with these parts; a text may be sent as a file, too.

    :raises InvalidInput: for a part that is unknown, or sent twice, or where a file is wanted and none is sent.
    """
    known_texts, known_files = frozenset(texts), frozenset(files)

    async def read(request: Request) -> Form:
        _check_kind(request)
        said: dict[str, str] = {}
        sent: dict[str, Upload] = {}
        form = await _parsed(request)
        try:
            for name, value in form.multi_items():
                _check_part(name, value, {*said, *sent}, known_texts, known_files)
                content = await value.read() if isinstance(value, UploadFile) else b""
                if not isinstance(value, UploadFile):
                    said[name] = value
                elif name in known_files:
                    sent[name] = Upload((value.filename or name)[:255], content)
                else:
                    said[name] = _as_text(name, content)
        finally:
            await form.close()
        return Form(said, {name: upload for name, upload in sent.items() if upload.content or upload.name != name})

    return read


def described(
    summary: str,
    texts: Mapping[str, str],
    files: Mapping[str, str],
    required: Iterable[str] = (),
    choices: Mapping[str, Iterable[str]] = MappingProxyType({}),
    read_as: Iterable[type[BaseModel]] = (),
) -> dict[str, Any]:
    """How a form is described: what each part is, and the words of those that have a choice of them.

    ``read_as``: the models as which parts are read; a part may be as long as the field of its name.
    """
    fields = {name: field for model in read_as for name, field in model.model_fields.items()}
    parts: dict[str, Any] = {}
    for name, said in texts.items():
        parts[name] = {"type": "string", "description": said}
        # A part that is empty was not sent.
        if name in choices:
            parts[name]["enum"] = ["", *choices[name]]
        elif pattern := PATTERNS.get(name, ISO if takes_a_date(said) else None):
            parts[name]["pattern"] = f"^$|{pattern}"
        for rule in fields[name].metadata if name in fields else ():
            if hasattr(rule, "max_length"):
                parts[name]["maxLength"] = rule.max_length
    parts |= {
        name: {"type": "string", "contentMediaType": "application/octet-stream", "description": said}
        for name, said in files.items()
    }
    schema = {"type": "object", "description": summary, "properties": parts, "required": list(required)}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def _as_text(name: str, content: bytes) -> str:
    try:
        return decode(content).text if content else ""
    except InvalidInput as unreadable:
        raise InvalidInput(f"{name}: {unreadable}", field=name) from unreadable


def _check_kind(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not kind and request.headers.get("content-length", "0") == "0" and "transfer-encoding" not in request.headers:
        raise InvalidInput("There is no body. Send a form with files: Content-Type: multipart/form-data.")
    if kind != "multipart/form-data":
        named = f"The body is sent as {kind[:100]}" if kind else "The body is sent without a content type"
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"{named}. Send a form with files: Content-Type: multipart/form-data."
        )


def _check_part(
    name: str, value: UploadFile | str, seen: set[str], known_texts: frozenset[str], known_files: frozenset[str]
) -> None:
    shown = name[:100]
    if name not in known_texts | known_files:
        listed = ", ".join(sorted(known_texts | known_files))
        raise InvalidInput(f"{shown}: there is no such part. Known here: {listed}.", field=shown)
    if name in seen:
        raise InvalidInput(f"{shown}: it is sent twice. Keep one of them.", field=shown)
    if name in known_files and isinstance(value, str) and value:
        raise InvalidInput(f"{shown}: it is sent as text. Send it as a file, with a file name.", field=shown)


async def _parsed(request: Request) -> FormData:
    try:
        return await request.form(max_files=MOST_PARTS, max_fields=MOST_PARTS, max_part_size=LONGEST_TEXT)
    except HTTPException as refused:
        if refused.status_code != HTTPStatus.BAD_REQUEST:
            raise
        raise _broken(str(refused.detail)) from refused
    except (FormParserError, ValueError, LookupError) as broken:
        raise _broken(str(broken)) from broken


def _broken(reason: str) -> InvalidInput:
    return InvalidInput(
        f"body: it is no form that can be read ({reason[:200].rstrip('.')}). Send it anew.", field="body"
    )


def valid(model: type[M], given: Mapping[str, Any]) -> M:
    """What parts of a form say together; what is wrong is told as for any other body."""
    try:
        return model(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as invalid:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in invalid.errors()]
        raise RequestValidationError(faults) from invalid
