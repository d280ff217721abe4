"""What the fuzz drill asks about: a database with a story and one record of each kind that a story has none of, a key
for each role, and the ids of what is there, so that requests lead to something.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOME = 12  # records of each kind that requests refer to
# The names of fields and parameters that hold an id of a record, with what kind of record.
MEANT: Mapping[str, str] = {
    **{word: word for word in ("claim", "document", "event", "evidence", "figure", "report", "source", "tally")},
    **dict.fromkeys(("by", "downstream", "other", "publisher", "sources", "upstream", "uploader"), "source"),
    **dict.fromkeys(("documents", "target_document", "replaced_by"), "document"),
    "attribution": "attribution",
    "claims": "claim",
    "hops": "attribution",
    "parent": "tally",
    "reports": "report",
    "ties": "tie",
}
PARAMETERS = {"source_name": "name", "desk_note": "note"}


@dataclass(frozen=True, slots=True)
class Ground:
    """A database to ask about, with a key for each role and the ids of what is there by the name of a parameter."""

    database: Path
    keys: Mapping[str, str]
    ids: Mapping[str, tuple[str, ...]]

    def again(self, folder: Path) -> Ground:
        """The same, on a database of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        return Ground(Path(shutil.copy(self.database, folder / "fuzzed.db")), self.keys, self.ids)


APPS: dict[Path, Any] = {}


def app_on(database: Path) -> Any:
    """The app on a database, once in each process; it delivers no message."""
    from api.app import create_app
    from provenance.settings import Settings

    if database not in APPS:
        APPS[database] = create_app(Settings(database_url=f"sqlite:///{database}", hooks_delivered_here=False))
    return APPS[database]


def prepared(folder: Path, story: Path, migrated: Path | None = None) -> Ground:
    """A database with a story, one record of each kind that the story lacks, and a key for each role; made from a
    copy of an empty one if there is one.
    """
    from starlette.testclient import TestClient

    from provenance.ingestion.stories import load_story
    from provenance.storage.session import migrate
    from provenance.vocabulary import Role

    database = folder / "prepared.db"
    url = f"sqlite:///{database}"
    if migrated is None:
        migrate(url)
    else:
        shutil.copy(migrated, database)
    load_story(url, story)
    keys = {role.value: _key(url, role) for role in Role}
    ids: dict[str, list[str]] = defaultdict(list)
    with TestClient(app_on(database), headers={"Authorization": f"Bearer {keys[Role.ADMIN.value]}"}) as client:
        _remember(client, ids)
        _tell(client, ids)
        _remember(client, ids)
    del APPS[database]
    given = {f"{PARAMETERS.get(noun, noun)}_id": tuple(some) for noun, some in ids.items()}
    return Ground(database, keys, {**given, "record_id": tuple(one for some in given.values() for one in some[:3])})


def _tell(client: Any, ids: Mapping[str, list[str]]) -> None:
    """What is written beside a story: the desk's records, a hook, a mapping, and each ruling that somebody made."""
    claim, event, tally = (ids[noun][0] for noun in ("claim", "event", "tally"))
    desk = {"author": "Ana"}
    signed = {"method": "Two lists.", "signed_by": "Ana", "signed_at": "2022-03-01T12:00:00Z"}
    for address, body in (
        (f"/v1/claims/{claim}/notes", {**desk, "text": "Called the ministry."}),
        (f"/v1/claims/{claim}/contacts", {**desk, "asked": "A doctor", "how": "phone", "outcome": "no_reply"}),
        ("/v1/watches", {"claim": claim, "who": "Ana"}),
        ("/v1/own-corrections", {**desk, "claim": claim, "said": "We said 8.", "says": "It is 9.", "why": "A slip."}),
        ("/v1/reviews", {**desk, "claim": claim, "rating": "not corroborated", "reasons": "One origin."}),
        ("/v1/evidence", {"kind": "other", "title": "A list on a door", "event": event}),
        ("/v1/rulings", {"kind": "range", "tally": tally, "low": 2, "high": 9, **signed}),
        ("/v1/hooks", {"url": "https://hooks.example.org/in"}),
    ):
        answer = client.post(address, json=body)
        if answer.status_code != 201:
            raise RuntimeError(f"{address} was refused: {answer.text}")


def _remember(client: Any, ids: Mapping[str, list[str]]) -> None:
    for entry in _history(client):
        for noun, identity in ((entry["noun"], entry["record"]), ("change", entry["id"])):
            if len(ids[noun]) < SOME and identity not in ids[noun]:
                ids[noun].append(identity)


def _history(client: Any) -> Iterator[dict[str, Any]]:
    cursor = ""
    while True:
        page = client.get(f"/v1/history?limit=100{cursor}").json()
        yield from page["items"]
        if page["next"] is None:
            return
        cursor = f"&cursor={page['next']}"


def _key(url: str, role: Any) -> str:
    from provenance.storage.access import KeyCreate
    from provenance.storage.session import make_engine, writing
    from provenance.storage.writes.access import create_key

    engine = make_engine(url)
    try:
        with writing(engine) as session:
            return create_key(session, KeyCreate(name=f"One {role.value}", role=role), "a drill")[1]
    finally:
        engine.dispose()
