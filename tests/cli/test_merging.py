"""Merging and splitting at the terminal: a preview, what was done, and old ids that lead on."""

from __future__ import annotations

from tests.cli.conftest import Night, Shell


def test_a_preview_writes_nothing_and_the_merge_says_the_same(shell: Shell, night: Night) -> None:
    told = shell.run("merge", night.ten, night.dozens, "--dry-run")
    assert f"{night.ten} would be merged into {night.dozens}." in told.words
    assert "then standing, verdict unexamined, 4 documents, 3 established origins, 2 parties" in told.words
    assert "then gone" in told.words
    assert "Nothing was written." in told.words
    assert shell.document("trace", night.ten)["claim"]["id"] == night.ten

    done = shell.run("merge", night.ten, night.dozens, "--who", "ana", "--why", "one statement")

    assert f"{night.ten} is merged into {night.dozens}. moved: 1 report" in done.words
    assert "To take it back: provenance undo chg_" in done.words


def test_the_trace_of_a_gone_claim_is_that_of_the_other_and_says_so(shell: Shell, night: Night) -> None:
    before = shell.document("trace", night.ten)
    shell.run("merge", night.ten, night.dozens, "--why", "one statement")

    traced = shell.run("trace", night.ten, "--json")

    assert f"{night.ten} was merged into {night.dozens} (one statement); that one is shown." in traced.err
    assert traced.out == shell.run("trace", night.dozens, "--json").out
    answer = shell.document("split", night.dozens, "--back", night.ten)
    assert (answer["split_off"], answer["moved"]) == (night.ten, {"report": 1})
    assert shell.document("trace", night.ten) == before


def test_reports_are_split_off_into_a_claim_of_their_own(shell: Shell, night: Night) -> None:
    [first, *_] = shell.document("trace", night.dozens)["reports"]

    told = shell.run("split", night.dozens, "--report", first["id"], "--text", "Others were killed.", "--dry-run")
    answer = shell.document("split", night.dozens, "--report", first["id"], "--text", "Others were killed.")

    assert f"A new record would be split off {night.dozens}." in told.words
    assert shell.document("trace", answer["split_off"])["claim"]["text"] == "Others were killed."


def test_one_source_takes_the_names_and_hops_of_the_other(shell: Shell, night: Night) -> None:
    ids = {item["name"]: item["id"] for item in shell.document("sources")["items"]}
    answer = shell.document("merge", ids["Le Monde"], ids["Die Zeit"])

    assert answer["moved"] == {"source_name": 1, "document": 1, "attribution": 1}
    [found] = shell.document("sources", "Le Monde")["items"]
    assert found["id"] == ids["Die Zeit"]
    again = shell.run("split", ids["Die Zeit"], "--back", ids["Le Monde"])
    assert f"{ids['Le Monde']} is split off {ids['Die Zeit']}." in again.words


def test_what_cannot_be_done_is_one_line_that_names_the_option(shell: Shell, night: Night) -> None:
    assert "is no id of a claim or source" in shell.run("merge", "dozens", night.dozens, expect=2).err
    assert "text: say in a sentence" in shell.run("split", night.dozens, "--report", "rep_x", expect=2).err
    assert "--hop: that does not belong" in shell.run("split", night.dozens, "--hop", "hop_x", expect=2).err
    assert "itself" in shell.run("merge", night.ten, night.ten, expect=2).err
