"""The commands on both databases: what they answer, and how they refuse."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.answers import ClaimItem
from provenance.cli.tracing import choose
from provenance.settings import settings
from provenance.storage.backup.file import checked
from provenance.storage.session import known_versions, writing
from provenance.vocabulary import ClaimKind, ReportState
from tests.cli.conftest import Night, Shell
from tests.ingestion.test_casebook import REGISTRY, TIMELINE, casebook, node, page, row
from tests.records import Desk

OUR_TEXTS = "almaty-night"


def test_words_that_one_claim_alone_has_are_traced(shell: Shell, night: Night) -> None:
    said = shell.run("trace", "dozens", "eliminated")
    assert said.out.startswith("Dozens of attackers were eliminated in Almaty.")
    assert "Linked sources: Almaty police (2 origins named in 2 reports)" in said.out
    assert "from Eyewitness: About ten people were killed in Almaty." in said.words
    assert said.err == ""


def test_words_of_several_claims_trace_the_one_that_stands_out_and_list_the_others(shell: Shell, night: Night) -> None:
    said = shell.run("trace", "Almaty")
    assert said.out.startswith("Dozens of attackers were eliminated in Almaty.")
    assert night.dozens in said.err
    assert "3 documents" in said.err
    assert f"{night.ten} (1) About ten people" in said.err


def test_words_that_no_claim_has_are_refused_with_advice(shell: Shell, night: Night) -> None:
    assert "provenance claims" in shell.run("trace", "volcano", expect=2).err


@pytest.mark.parametrize(
    ("documents", "chosen"),
    [
        pytest.param([], None, id="no match"),
        pytest.param([1], 0, id="the only match"),
        pytest.param([3, 6], 1, id="twice as many documents"),
        pytest.param([3, 5], None, id="not twice as many"),
        pytest.param([0, 1], None, id="one document against none is no difference"),
    ],
)
def test_a_match_stands_out_by_its_documents(documents: list[int], chosen: int | None) -> None:
    hits = [claim_item(f"clm_{number}", count) for number, count in enumerate(documents)]
    choice = choose(hits)
    assert choice.claim == (None if chosen is None else hits[chosen])
    assert choice.why


def test_an_unknown_claim_is_one_line_and_exit_code_2(shell: Shell) -> None:
    said = shell.run("trace", "clm_nosuchclaim", expect=2)
    assert said.err == "error: There is no claim 'clm_nosuchclaim'. List what there is with: provenance claims\n"
    assert said.out == ""


def test_claims_are_found_by_the_name_of_a_source_in_their_chains(shell: Shell, night: Night) -> None:
    assert [item["id"] for item in shell.document("claims", "--source", "khabar 24")["items"]] == [night.dozens]
    assert shell.document("claims", "--source", "Khabar 24", "--role", "origin")["items"] == []


def test_a_name_that_may_mean_several_is_refused_with_their_ids(shell: Shell, engine: Engine) -> None:
    with recording(engine, "a tester") as writer:
        ids = [Desk(writer).source(name).public_id for name in ("Interfax Kazakhstan", "Interfax Ukraine")]
    error = shell.run("claims", "--publisher", "Interfax", expect=2).err
    assert all(identity in error for identity in ids)


def test_a_name_that_means_nobody_is_refused(shell: Shell) -> None:
    assert "--event: no event is called 'Carnival'" in shell.run("flags", "--event", "Carnival", expect=2).err


def test_a_list_says_how_to_go_on_and_the_next_page_goes_on(shell: Shell, night: Night) -> None:
    first = shell.run("claims", "--limit", "1")
    option, cursor = first.err.split()[-2:]
    second = shell.run("claims", "--limit", "1", option, cursor)
    assert night.dozens in first.out
    assert night.ten in second.out
    assert "--cursor" not in first.out + second.out + second.err


def test_a_figure_says_why_it_has_the_flag_that_is_asked_for_and_what_clears_it(shell: Shell, night: Night) -> None:
    asked = shell.run("figures", "--flag", "unverified_figure", "dozens").words
    assert "Saltanat Azirbek -> Khabar 24 -> Tass, 2022-01-06" in asked
    assert "unverified_figure: " in asked
    assert "Clears when: " in asked
    assert "Clears when: " not in shell.run("figures", "dozens").words


@pytest.mark.parametrize(("command", "option"), [("claims", "--flag"), ("figures", "--flag"), ("flags", "--rule")])
def test_an_unknown_rule_is_refused_with_those_there_are(shell: Shell, command: str, option: str) -> None:
    error = shell.run(command, option, "gossip", expect=2).err
    assert error.startswith(f"error: {option}: there is no rule 'gossip'. Use one of: unverified_figure, ")


def test_a_wrong_date_is_refused_by_the_name_of_the_option(shell: Shell) -> None:
    assert shell.run("claims", "--from", "yesterday", expect=2).err.startswith("error: --from: 'yesterday' is no date")


def test_more_than_a_page_holds_is_refused(shell: Shell) -> None:
    assert shell.run("sources", "--limit", "1000", expect=2).err.startswith("error: --limit: ")


def test_a_search_finds_every_kind_of_record(shell: Shell, night: Night) -> None:
    assert "Claims: 2" in shell.run("search", "almaty").out
    assert "Tass (news agency)" in shell.run("search", "tas").out
    assert shell.run("search", "volcano").err.startswith("Nothing that is held has all these words.")


def test_a_story_loads_once_and_the_second_time_nothing_changes(shell: Shell) -> None:
    [first] = shell.document("load", OUR_TEXTS)["stories"]
    [second] = shell.document("load", OUR_TEXTS)["stories"]
    assert first["created"] > 0
    assert (second["created"], second["changed"]) == (0, 0)
    assert second["unchanged"] == first["created"]


def test_nothing_is_loaded_when_one_of_several_stories_does_not_exist(shell: Shell) -> None:
    assert OUR_TEXTS in shell.run("load", OUR_TEXTS, "no-such-story", expect=2).err
    assert shell.document("claims")["items"] == []


def test_a_folder_that_is_no_story_is_refused(shell: Shell, tmp_path: Path) -> None:
    assert "there is no story.yaml here" in shell.run("load", str(tmp_path), expect=2).err


def test_without_a_story_those_that_are_shipped_are_listed(shell: Shell) -> None:
    assert OUR_TEXTS in [story["slug"] for story in shell.document("load")["shipped"]]


def test_a_casebook_becomes_a_story_that_loads(shell: Shell, tmp_path: Path) -> None:
    book = casebook(page("echo", row("c1", node("ministry")))) | {"sources": REGISTRY, "timeline": TIMELINE}
    (tmp_path / "mill.yaml").write_text(yaml.safe_dump(book), encoding="utf-8")

    converted = shell.document("convert", str(tmp_path / "mill.yaml"), "--out", str(tmp_path / "mill"))

    assert (converted["documents"], converted["claims"]) == (1, 1)
    assert shell.document("load", str(tmp_path / "mill"))["stories"][0]["claims"] == 1


def test_migrating_says_from_where_to_where_and_the_second_time_that_nothing_was_to_do(shell: Shell) -> None:
    head = shell.document("migrate")["after"]
    assert shell.document("migrate", "--down", "base", "--yes") == {
        "before": head,
        "after": None,
        "indexed": 0,
        "lost": {},
        "backup": None,
    }
    assert shell.run("migrate").out == f"Schema: none -> {head}.\n"
    assert shell.run("migrate").out == f"Schema: {head}; nothing to do.\n"


def test_going_down_is_refused_where_nobody_can_be_asked(shell: Shell, night: Night) -> None:
    refused = shell.run("migrate", "--down", "base", expect=2).err
    assert re.search(r"drops what it has no place for: .*claim \(2 rows\).*Add --yes", " ".join(refused.split()))
    assert len(shell.document("claims")["items"]) == 2


def test_going_down_says_what_will_be_gone_and_keeps_it_in_a_backup(
    shell: Shell, night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shell.run("key", "create", "--role", "editor", "--name", "Ana")
    before = known_versions()[known_versions().index("20261123_let_people_in") - 1]
    moved = shell.document("migrate", "--down", before, "--yes")
    assert moved["lost"]["access_key"] == 1
    assert "claim" not in moved["lost"]
    backup = Path(moved["backup"])
    assert backup.parent == (tmp_path if shell.url.startswith("postgresql") else Path(shell.url[10:]).parent)
    assert next(table.rows for table in checked(backup).tables if table.name == "access_key") == 1
    backup.unlink()
    shell.run("migrate")
    assert shell.document("key", "list")["items"] == []
    again = shell.document("migrate", "--down", "base", "--yes", "--no-backup")
    assert (again["lost"]["claim"], again["backup"]) == (2, None)
    assert night


def test_a_database_of_a_newer_program_is_not_migrated_and_the_message_is_ours(shell: Shell, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    said = shell.run("migrate", expect=2).err
    assert "schema version from_the_future, which this program does not know: a newer version made it" in said
    assert "Can't locate" not in said


def test_an_unknown_schema_version_is_refused(shell: Shell) -> None:
    assert "no_such_version" in shell.run("migrate", "--revision", "no_such_version", expect=2).err


def test_migrating_makes_a_lost_search_index_anew(shell: Shell, engine: Engine, night: Night) -> None:
    with writing(engine) as session:
        session.execute(sa.text("DELETE FROM search_entry"))
    assert shell.document("search", "dozens")["claims"] == []
    assert shell.document("migrate")["indexed"] > 0
    assert [claim["id"] for claim in shell.document("search", "dozens")["claims"]] == [night.dozens]


def test_recomputing_derives_all_claims_or_only_the_stale_ones(shell: Shell, engine: Engine, night: Night) -> None:
    assert shell.document("recompute") == {"claims": 2}
    assert shell.document("recompute", "--stale") == {"claims": 0}
    with writing(engine) as session:
        session.execute(
            sa.text("UPDATE standing SET stale = :yes WHERE public_id = :id"), {"yes": True, "id": night.ten}
        )
    assert shell.run("recompute", "--stale").out == "Derived 1 claim anew.\n"


def test_what_was_written_by_the_program_verifies(shell: Shell, night: Night) -> None:
    found = shell.document("verify")
    assert found["history"]["entries"] > 0
    assert (found["history"]["broken_at"], found["wrong"], found["stale"]) == (None, [], [])


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE history SET who = 'nobody' WHERE id = 3",
        "DELETE FROM history WHERE id = 2",
        "UPDATE history SET at = '2022-01-01T00:00:00.000000Z' WHERE id = 3",
    ],
    ids=["another author", "an entry less", "another time"],
)
def test_a_rewritten_history_is_noticed(shell: Shell, engine: Engine, night: Night, tampering: str) -> None:
    with writing(engine) as session:
        session.execute(sa.text(tampering))
    assert "broken at entry 3" in shell.run("verify", expect=1).out


def test_a_standing_that_somebody_edited_is_noticed_and_mended(shell: Shell, engine: Engine, night: Night) -> None:
    with writing(engine) as session:
        session.execute(sa.text("UPDATE standing SET documents = 99 WHERE public_id = :id"), {"id": night.dozens})
    assert f"1 differ from a recomputation: {night.dozens}" in shell.run("verify", expect=1).words
    shell.run("recompute")
    shell.run("verify")


def test_a_stale_standing_is_told_and_is_no_error(shell: Shell, engine: Engine, night: Night) -> None:
    with writing(engine) as session:
        change = "UPDATE standing SET stale = :yes, documents = 99 WHERE public_id = :id"
        session.execute(sa.text(change), {"yes": True, "id": night.dozens})
    assert "1 marked" in shell.run("verify").out


def test_no_database_is_told_with_the_remedy_and_no_file_is_made(tmp_path: Path) -> None:
    file = tmp_path / "none.db"
    assert "provenance migrate" in Shell(f"sqlite:///{file}").run("claims", expect=2).err
    assert not file.exists()


def test_a_database_without_the_schema_is_not_served(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    Shell(url).run("migrate")
    Shell(url).run("migrate", "--down", "base", "--yes")
    assert "Run: provenance migrate" in Shell(url).run("serve", "--port", "0", expect=2).err


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    error = Shell("postgresql://nobody@127.0.0.1:1/none").run("claims", expect=2).err
    assert error.startswith("error: The database postgresql://nobody@127.0.0.1:1/none cannot be used")
    assert "Check --database" in error
    assert "PROVENANCE_DATABASE_URL" not in error


def test_a_database_of_another_kind_is_refused() -> None:
    assert "SQLite and PostgreSQL" in Shell("mysql://somewhere/else").run("claims", expect=2).err


def test_a_taken_port_is_told_with_the_remedy(shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        error = shell.run("serve", "--port", str(port), expect=2).err
    assert f"port {port} on 127.0.0.1 cannot be used: address already in use" in error
    assert "--port" in error


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_an_address_that_others_reach_is_refused_while_there_are_no_keys(shell: Shell, host: str) -> None:
    error = shell.run("serve", "--host", host, expect=2).err
    assert "others can reach the server" in error
    assert "provenance key create --role admin" in error


def test_the_database_can_be_given_after_the_command_too(shell: Shell, tmp_path: Path) -> None:
    error = shell.run("claims", "--database", f"sqlite:///{tmp_path / 'other.db'}", expect=2).err
    assert "other.db" in error


@pytest.fixture
def fresh_settings() -> Iterator[None]:
    """Settings are read once for each process; here they are read again, and again afterwards."""
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.usefixtures("fresh_settings")
def test_the_database_of_the_environment_is_used(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_DATABASE_URL", database_url)
    assert Shell("").document("claims") == {"items": [], "next": None}


@pytest.mark.usefixtures("fresh_settings")
def test_a_wrong_setting_is_refused_by_the_name_of_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_PORT", "eighty")
    assert Shell("").run("serve", expect=2).err.startswith("error: PROVENANCE_PORT: ")


def claim_item(identity: str, documents: int) -> ClaimItem:
    return ClaimItem(
        id=identity,
        text="Dozens of attackers were eliminated.",
        kind=ClaimKind.FIGURE,
        state=ReportState.ACCEPTED,
        event="evt_1",
        event_title="Unrest",
        tally=None,
        tally_title=None,
        status=None,
        verdict=None,
        documents=documents,
        certain=documents,
        possible=0,
        parties=0,
        first_published=None,
        flags=[],
        stale=False,
    )
