"""Errors in the shapes that clients of others expect; what is wrong and the remedy stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi.responses import JSONResponse, Response


def google_error(status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error as Google's interfaces answer it: ``{"error": {"code", "message", "status"}}``.

    What is malformed is a 400 there and never a 422, and a change that somebody else was faster with is a 409.
    """
    code = CODES.get(status, status)
    named = NAMED.get(status, "UNKNOWN" if code < HTTPStatus.INTERNAL_SERVER_ERROR else "INTERNAL")
    return JSONResponse({"error": {"code": code.value, "message": detail, "status": named}}, code, headers)


CODES = {
    HTTPStatus.UNPROCESSABLE_ENTITY: HTTPStatus.BAD_REQUEST,
    HTTPStatus.PRECONDITION_FAILED: HTTPStatus.CONFLICT,
}
# The names that google.rpc.Code has for these.
NAMED: Mapping[HTTPStatus, str] = {
    HTTPStatus.BAD_REQUEST: "INVALID_ARGUMENT",
    HTTPStatus.UNPROCESSABLE_ENTITY: "INVALID_ARGUMENT",
    HTTPStatus.UNAUTHORIZED: "UNAUTHENTICATED",
    HTTPStatus.FORBIDDEN: "PERMISSION_DENIED",
    HTTPStatus.NOT_FOUND: "NOT_FOUND",
    HTTPStatus.METHOD_NOT_ALLOWED: "UNIMPLEMENTED",
    HTTPStatus.NOT_IMPLEMENTED: "UNIMPLEMENTED",
    HTTPStatus.CONFLICT: "ALREADY_EXISTS",
    HTTPStatus.PRECONDITION_FAILED: "ABORTED",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "INVALID_ARGUMENT",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "INVALID_ARGUMENT",
    HTTPStatus.TOO_MANY_REQUESTS: "RESOURCE_EXHAUSTED",
    HTTPStatus.SERVICE_UNAVAILABLE: "UNAVAILABLE",
}
