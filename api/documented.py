"""How operations are described: the example of an answer, the example of a body, and the problems to expect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from fastapi import Body
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.examples import GIVEN
from api.problems import MEDIA_TYPE
from provenance.answers_merge import MergedInto
from provenance.answers_server import Problem

Responses = dict[int | str, dict[str, Any]]

PROBLEMS = {
    304: "You have this version already; there is no body.",
    308: "The record was merged into another; `Location` is the same address for that one, and the body says so.",
    400: "The body is not valid JSON.",
    401: "No key was sent where one is needed, or one that opens nothing; `WWW-Authenticate` says how it is sent.",
    403: "The key does not reach so far, or a page of another site sent this.",
    404: "There is no such record.",
    406: "Nothing is sent in a format that the Accept header names; the problem lists what is.",
    409: "It contradicts what is held.",
    412: "The record changed since the version in If-Match.",
    428: "The change does not say which version it is based on; send If-Match.",
    413: "The body is too large.",
    415: "The body is not sent as JSON.",
    422: "A parameter or field is not valid; `errors` names it with the remedy.",
    429: "More was asked at once, or within a minute, than is answered; `Retry-After` says when to come again.",
    503: "The database is not ready, or many texts are being read already; `Retry-After` says when to come again.",
}
READ_ONE = (304, 404, 422)
READ_MANY = (422,)
WRITE_NEW = (400, 409, 413, 415, 422)
WRITE_PART = (400, 404, 409, 413, 415, 422)
WRITE_CHANGE = (400, 404, 409, 412, 413, 415, 422)
RETIRE = (404, 409, 412, 422)
REGROUP = (308, 400, 404, 409, 412, 413, 415, 422)


def shows(example: BaseModel, *, status: int = 200, problems: Sequence[int] = ()) -> Responses:
    """The responses of an operation: its answer with an example, and each problem to expect."""
    return shows_json(example.model_dump(mode="json", by_alias=True), status=status, problems=problems)


def shows_json(example: Any, *, status: int = 200, problems: Sequence[int] = ()) -> Responses:
    """As `shows`, for an example that is plain JSON."""
    answer: Responses = {status: {"description": "The answer.", "content": {"application/json": {"example": example}}}}
    return answer | {code: problem(code) for code in problems}


def shows_files(examples: Mapping[str, Any], *, problems: Sequence[int] = ()) -> Responses:
    """The responses of an operation that sends one of several files, each with an example by its media type: the text
    of the file, or the object that it holds.
    """
    content = {
        media: {"schema": {"type": "string" if isinstance(said, str) else "object"}, "example": said}
        for media, said in examples.items()
    }
    answer: Responses = {200: {"description": "The file.", "content": content}}
    return answer | {code: problem(code) for code in problems}


def table_responses(media_type: str, example: str | None, problems: Sequence[int] = ()) -> Responses:
    """The responses of an operation that sends a file, with the beginning of one as the example where it is text."""
    schema = {"type": "string"} if example is not None else {"type": "string", "contentMediaType": media_type}
    content: dict[str, Any] = {"schema": schema} | ({} if example is None else {"example": example})
    answer: Responses = {200: {"description": "The file.", "content": {media_type: content}}}
    return answer | {code: problem(code) for code in problems}


def retired() -> Responses:
    """The responses of an operation that lets a record hold no longer."""
    answer: Responses = {204: {"description": "It holds no longer; there is no body."}}
    return answer | {code: problem(code) for code in RETIRE}


def page_of(item: BaseModel) -> Responses:
    """The responses of a list, with one item as the example."""
    example = {"items": [item.model_dump(mode="json", by_alias=True)], "next": None}
    return shows_json(example, problems=READ_MANY)


def given(noun: str) -> Any:
    """A body with its example."""
    return Body(openapi_examples={noun: {"summary": "From the founding case", "value": GIVEN[noun]}})


def with_whole_examples(document: dict[str, Any], routes: Iterable[tuple[str, APIRoute]]) -> dict[str, Any]:
    """The description with each example as it was given: FastAPI leaves out nulls, and ours mean something."""
    for path, route in routes:
        for method, (status, answer) in product(route.methods or (), route.responses.items()):
            described = document["paths"][path][method.lower()]["responses"][str(status)]
            for kind, content in answer.get("content", {}).items():
                if "example" in content:
                    described["content"][kind]["example"] = content["example"]
    return document


def with_problem_schema(document: dict[str, Any]) -> dict[str, Any]:
    """The description with the schemas that problems refer to."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    document["components"]["schemas"] |= {**schema.pop("$defs"), "Problem": schema}
    return document


def with_versions(document: dict[str, Any]) -> dict[str, Any]:
    """The description with what holds for all changes: they need a version, and tell where it is missing. What is put
    needs one only where it takes the place of something; of what is posted, nothing does, and some heed one.
    """
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for parameter in list(operation.get("parameters", ())):
                if parameter["name"] != "If-Match":
                    continue
                if method in CHANGES | {"put"} and path.startswith("/v1/"):
                    operation["responses"] |= {"412": problem(412), "428": problem(428)}
                if method in CHANGES and path.startswith("/v1/"):
                    parameter |= {"required": True, "example": "*", "schema": VERSION}
                elif method == "put":
                    parameter |= {"example": "*", "schema": VERSION, "description": PUT}
                elif "412" in operation["responses"]:
                    parameter |= {"example": "*", "schema": VERSION, "description": POST}
                else:
                    operation["parameters"].remove(parameter)
    return document


CHANGES = frozenset({"patch", "delete"})
# As `api.conditional` reads it.
VERSION = {"type": "string", "pattern": r'^(\*|(W/)?"[^"]*"(\s*,\s*(W/)?"[^"]*")*)$'}
POST = "The ETag of the version that this is based on; if it is sent and somebody was faster, nothing is written (412)."
PUT = (
    "The ETag of the version that this takes the place of, or * for whatever is there: needed (else 428) where "
    "something is there already."
)


def problem(code: int) -> dict[str, Any]:
    """What an operation answers with a status that is no success."""
    if code == 304:
        return {"description": PROBLEMS[code]}
    if code == 308:
        return {"description": PROBLEMS[code], "model": MergedInto}
    return {
        "description": PROBLEMS[code],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
