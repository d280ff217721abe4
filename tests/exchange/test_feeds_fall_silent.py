"""What a feed told is told no more, at once and by every process, when fewer may see it or a name was taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from api.strangers import feeds
from provenance.analysis.recording import recording
from provenance.exchange.feeds import collecting, flagging, telling
from provenance.storage.session import make_engine
from provenance.storage.writes.visibility import ShowTo, show_to
from provenance.vocabulary import Visibility
from tests.api.telling import Api, running

NAME = "Saule Omarova"
QUOTE = f"Dozens were killed, {NAME} told Tass."


@pytest.fixture
def api(database_url: str) -> Iterator[Api]:
    """A claim that a witness is quoted with in one document and that she denies later; its words name her, too."""
    with running(database_url) as api:
        witness, tass = api.source(NAME, "witness"), api.source("Tass")
        claim = api.claim(f"{NAME} saw dozens killed.")
        document = api.document("Tass", text=QUOTE, title=NAME)
        hop = {"upstream": witness, "downstream": tass, "manner": "told"}
        api.post("/v1/reports", claim=claim, document=document, quote=QUOTE, attributions=[hop])
        api.post("/v1/corrections", kind="denial", by=witness, claim=claim)
        api.ids |= {"witness": witness, "document": document, "claim": claim}
        yield api


def followed(api: Api) -> list[str]:
    ids = api.ids
    told = [f"claims/{ids['claim']}", f"events/{api.event()}", f"sources/{ids['witness']}", f"sources/{ids['Tass']}"]
    return [f"/feeds/{one}.atom" for one in (*told, "corrections", "flags", "flags/single_origin")]


def fetched(api: Api, **since: str) -> dict[str, httpx.Response]:
    return {address: api.send("GET", address, headers=since) for address in followed(api)}


def as_if_just_started(api: Api) -> dict[str, httpx.Response]:
    engine = api.app.state.engine
    for kept in (feeds.DOCUMENTS, flagging.KEPT, telling.KEPT, collecting.TOUCHED):
        kept.pop(engine, None)
    return fetched(api)


def narrowed(what: str) -> Callable[[Api], None]:
    def narrow(api: Api) -> None:
        answer = api.send("PUT", f"/v1/visibility/{api.ids[what]}", json={"visibility": "desk"})
        assert answer.status_code == 200, answer.text

    return narrow


def narrowed_by_another_process(api: Api) -> None:
    engine = make_engine(api.app.state.settings.database_url)
    with recording(engine, "cli") as writer:
        show_to(writer, api.ids["witness"], ShowTo(visibility=Visibility.DESK))
    engine.dispose()


def redacted(api: Api) -> None:
    answer = api.send("POST", "/v1/redactions", json={"source": api.ids["witness"], "why": "She asked us to."})
    assert answer.status_code == 200, answer.text


def renamed(api: Api) -> None:
    answer = api.send("PATCH", f"/v1/sources/{api.ids['witness']}", json={"name": "A resident of Almaty"})
    assert answer.status_code == 200, answer.text


CHANGES = {
    "the witness is narrowed": narrowed("witness"),
    "by another process": narrowed_by_another_process,
    "the document is narrowed": narrowed("document"),
    "the claim is narrowed": narrowed("claim"),
    "she is redacted": redacted,
    "she is renamed": renamed,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whoever_follows_a_feed_is_told_what_a_process_would_tell_that_just_started(
    api: Api, change: Callable[[Api], None]
) -> None:
    held = fetched(api)
    assert sum(NAME in answer.text for answer in held.values()) == len(held)
    change(api)
    warm, cold = fetched(api), as_if_just_started(api)
    assert {one: answer.content for one, answer in warm.items()} == {
        one: answer.content for one, answer in cold.items()
    }
    for address, answer in warm.items():
        asked = {"If-None-Match": held[address].headers.get("etag", '""')}
        again = api.send("GET", address, headers=asked)
        assert (again.status_code == 304) == (answer.content == held[address].content), address


@pytest.mark.parametrize("change", ["the witness is narrowed", "by another process", "she is redacted"])
def test_no_feed_says_a_name_that_was_taken_back(api: Api, change: str) -> None:
    fetched(api)
    CHANGES[change](api)
    if change != "she is redacted":  # the words of others name her, which narrowing her does not change
        narrowed("claim")(api)
        narrowed("document")(api)
    assert [one for one, answer in fetched(api).items() if "Saule" in answer.text] == []


def test_a_date_that_a_reader_holds_counts_for_nothing_once_fewer_may_see(api: Api) -> None:
    fetched(api)
    date = {"If-Modified-Since": format_datetime(datetime.now(UTC).replace(microsecond=0), usegmt=True)}
    later = {"If-Modified-Since": format_datetime(datetime.now(UTC) + timedelta(minutes=1), usegmt=True)}
    narrowed("witness")(api)
    stand = {one: api.send("GET", one, headers=date).status_code for one in followed(api)}
    assert 304 not in stand.values()
    assert api.send("GET", "/feeds/flags.atom", headers=later).status_code == 304
