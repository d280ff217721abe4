"""Keys for tests: whoever asks without one is given that of an admin, so that a test mentions keys only if it is about
them."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from provenance.storage.access import KeyCreate
from provenance.storage.session import make_engine, writing
from provenance.storage.writes.access import create_key
from provenance.vocabulary import Role

Headers = dict[str, str]
OWNER = "a test"
AUTHOR = b"provenance-author"


def new_key(database_url: str, role: Role = Role.ADMIN, name: str = OWNER) -> str:
    """The text of a new key to a database."""
    engine = make_engine(database_url)
    try:
        with writing(engine) as session:
            return create_key(session, KeyCreate(name=name, role=role), "a test")[1]
    finally:
        engine.dispose()


def bearer(database_url: str, role: Role, name: str = OWNER) -> Headers:
    """What somebody sends who has a new key."""
    return {"Authorization": f"Bearer {new_key(database_url, role, name)}"}


class Keyed:
    """The app, for people who carry a key without knowing it.

    Where a request says who writes (`Provenance-Author`), the key is theirs. One that brings a key of its own, or that
    asks for ``/login``, is left as it is.
    """

    def __init__(self, app: ASGIApp, database_url: str) -> None:
        self.app = app
        self.database_url = database_url
        self.keys: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            if b"authorization" not in headers and b"cookie" not in headers:
                name = _author(headers.get(AUTHOR, b""))
                if name not in self.keys:
                    self.keys[name] = await run_in_threadpool(new_key, self.database_url, Role.ADMIN, name)
                carried = (b"authorization", f"Bearer {self.keys[name]}".encode())
                scope = {**scope, "headers": [*_without_author(scope["headers"], name), carried]}
        await self.app(scope, receive, send)


def _author(header: bytes) -> str:
    try:
        name = header.decode().strip()
    except UnicodeDecodeError:
        name = header.decode("latin-1").strip()
    return name if 0 < len(name) <= 100 else OWNER


def _without_author(headers: Iterable[tuple[bytes, bytes]], name: str) -> list[tuple[bytes, bytes]]:
    return [(one, value) for one, value in headers if one != AUTHOR or name == OWNER]
