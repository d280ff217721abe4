"""Who changed what, taking it back, and proving that nothing was written past the program."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.storage.claim import ClaimChange
from provenance.storage.session import writing
from provenance.storage.writes.claims import change_claim
from tests.api.telling import running
from tests.cli.conftest import Night, Shell

KILLED = "Dozens of attackers were killed in Almaty."


@pytest.fixture
def reworded(engine: Engine, night: Night) -> str:
    """The night, and a claim of it in other words; its id."""
    with recording(engine, "ana", "the agency's word") as writer:
        change_claim(writer, night.dozens, ClaimChange.model_validate({"text": KILLED}))
    return night.dozens


def test_the_history_is_the_document_of_the_api(shell: Shell, reworded: str) -> None:
    newest = shell.document("history", reworded)["items"][0]
    with running(shell.url) as api:
        answered = [
            api.get("/v1/history", limit=5),
            api.get("/v1/history", who="ana", sort="at"),
            api.get(f"/v1/claims/{reworded}/history"),
            api.get(f"/v1/history/{newest['change']}"),
        ]
        hop = api.get("/v1/history", noun="attribution")["items"][0]["record"]
        of_hop = api.get("/v1/history", record=hop)
    assert [
        shell.document("history", "--limit", "5"),
        shell.document("history", "--who", "ana", "--sort", "at"),
        shell.document("history", reworded),
        shell.document("history", newest["change"]),
    ] == answered
    assert shell.document("history", hop) == of_hop


def test_a_change_is_shown_with_who_why_and_both_wordings(shell: Shell, reworded: str) -> None:
    said = shell.run("history", reworded, "--action", "changed").words
    for part in (f"changed claim {reworded}", "By ana: the agency's word", f"“{KILLED}”", "eliminated in Almaty.” ->"):
        assert part in said


def test_a_change_is_undone_and_brought_back(shell: Shell, reworded: str) -> None:
    change = shell.document("history", reworded)["items"][0]["change"]
    undone = shell.document("undo", change, "--why", "It was right before.", "--who", "Ben")
    assert (undone["who"], undone["why"], undone["items"][0]["record"]) == (
        "cli: Ben",
        "It was right before.",
        reworded,
    )
    assert "eliminated" in shell.document("claims")["items"][0]["text"]
    assert f"{undone['id']} is undone" in shell.run("undo", undone["id"], "--why", "It was not.").words
    assert shell.document("claims")["items"][0]["text"] == KILLED
    shell.run("verify")


def test_what_cannot_be_undone_is_said_with_the_remedy(shell: Shell, engine: Engine, reworded: str) -> None:
    first = shell.document("history", reworded)["items"][0]["change"]
    with recording(engine, "ben") as writer:
        change_claim(writer, reworded, ClaimChange.model_validate({"text": "Nobody knows."}))
    second = shell.document("history", reworded)["items"][0]["change"]
    refused = shell.run("undo", first, "--why", "a slip", expect=2).err
    assert f"the claim '{reworded}' was changed since in `text`" in refused.replace("The claim", "the claim")
    assert f"Undo {second} first" in refused
    assert "cannot be undone now" in shell.run("history", first).words


@pytest.mark.parametrize("given", ["nothing", "chg_20200101t000000000000", "clm_none", "hop_none"])
def test_an_id_that_there_is_not_is_told(shell: Shell, night: Night, given: str) -> None:
    assert shell.run("history", given, expect=2).err.startswith("error: ")


def test_a_change_is_not_filtered(shell: Shell, reworded: str) -> None:
    change = shell.document("history", reworded)["items"][0]["change"]
    assert "--who: a change is shown whole" in shell.run("history", change, "--who", "ana", expect=2).err


def test_a_sound_database_says_what_was_proved_and_which_hash_to_note(shell: Shell, reworded: str) -> None:
    found = shell.document("verify")
    assert (found["history"]["breaks"], found["records"]["wrong"], found["derived"]) == ([], 0, [])
    assert found["records"]["checked"] < found["history"]["entries"]
    noted = found["history"]["newest"]
    assert noted == shell.document("history", "--limit", "1")["items"][0]["hash"]
    assert "The hash that was noted is in it." in shell.run("verify", "--noted", noted).out
    assert "Records: " in shell.run("verify").out


TAMPERINGS = {
    "a falsified entry": ("UPDATE history SET why = 'none' WHERE id = 5", "Entry 5: its seal does not fit"),
    "an entry removed": ("DELETE FROM history WHERE id = 5", "Entry 6: what it is sealed with is not the entry before"),
    "the newest entry removed": (
        "DELETE FROM history WHERE id = (SELECT max(id) FROM history)",
        "`text` of the claim '{claim}' is not what its newest entry",
    ),
    "an edited record": (
        "UPDATE claim SET text = 'No.' WHERE public_id = '{claim}' AND recorded_to IS NULL",
        "`text` of the claim '{claim}' is not what its newest entry",
    ),
    "an edited past": (
        "UPDATE claim SET text = 'No.' WHERE public_id = '{claim}' AND recorded_to IS NOT NULL",
        "`text` of an earlier state of the claim '{claim}' is not what entry",
    ),
    "a removed record": ("DELETE FROM tie", "and it is not there."),
    "a slipped in record": (
        "INSERT INTO source (public_id, name, kind, visibility, recorded_from) "
        "SELECT 'src_new', 'Nobody', 'website', 'public', max(at) FROM history",
        "The source 'src_new' is there, and no entry of the history tells of it.",
    ),
    "an edited standing": ("UPDATE standing SET parties = 7 WHERE public_id = '{claim}'", "{claim} (parties)"),
    "an edited flag": ("DELETE FROM flagged_figure", "(flags)"),
    "a word that nobody knows": (
        "UPDATE source SET kind = 'rumour' WHERE name = 'Tass'",
        "Claims: not recomputed, because a record cannot be read",
    ),
}


@pytest.mark.parametrize(("tampering", "says"), TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_what_was_done_past_the_program_is_named_and_ends_with_exit_code_1(
    shell: Shell, engine: Engine, reworded: str, tampering: str, says: str
) -> None:
    with writing(engine) as session:
        session.execute(sa.text(tampering.format(claim=reworded)))
    assert says.format(claim=reworded) in shell.run("verify", expect=1).words
    shell.run("verify", "--json", expect=1)


def test_a_history_that_was_cut_and_written_anew_lacks_the_hash_that_was_noted(shell: Shell, night: Night) -> None:
    assert "not in it" in shell.run("verify", "--noted", "0" * 64, expect=1).out
