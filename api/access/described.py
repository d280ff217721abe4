"""Says with each operation whose key it needs and how a refusal looks, from the table that the guard holds them to."""

from __future__ import annotations

from typing import Any

from api.access.policy import STATED, Address, Needs
from api.documented import problem

SCHEME = "bearer"
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "prv_…",
    "description": "A key of this server: `provenance key create` makes one, or an admin with `POST /v1/keys`.",
}
# A key that opens nothing is refused wherever it is sent, and so is whoever asks too much.
EVERYWHERE = (401, 429)


def with_access(document: dict[str, Any]) -> dict[str, Any]:
    """The description with who may ask what."""
    document["components"]["securitySchemes"] = {SCHEME: BEARER}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _say(operation, STATED[Address(method.upper(), path)], method)
    return document


def _say(operation: dict[str, Any], needs: Needs, method: str) -> None:
    key: dict[str, list[str]] = {SCHEME: []}
    match needs:
        case Needs.NOTHING:
            operation["security"] = []
        case Needs.TO_READ:
            operation["security"] = [{}, key]
        case _:
            operation["security"] = [key]
            operation["description"] = f"{operation['description']}\n\nNeeds the key of {needs.value.one} or more."
    # A form that another site sends in the name of who is logged in here is refused whatever it asks.
    refused = (403,) if method != "get" or len(operation["security"]) == 1 else ()
    for code in (*EVERYWHERE, *refused):
        operation["responses"].setdefault(str(code), problem(code))
