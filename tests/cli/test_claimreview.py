"""ClaimReview markup at a terminal: files and pages are taken in, all of them or none."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Night, Shell
from tests.exchange.reviewing import html_page, markup


def test_files_and_pages_are_taken_in_together_and_a_second_time_nothing_changes(shell: Shell, tmp_path: Path) -> None:
    one, page = tmp_path / "one.json", tmp_path / "page.html"
    several = ["Twenty thousand <b>bandits</b> attacked Almaty.", "Somebody attacked."]
    one.write_text(json.dumps(markup(claimReviewed=several)), "utf-8")
    page.write_text(html_page(markup(url="https://checks.example/2", claimReviewed="Ten died.")), "utf-8")

    said = shell.run("claimreview", str(one), str(page)).words
    assert said.startswith("2 reviews: 2 created.")
    assert "Ten died." in said
    # The terminal breaks a long path wherever its line ends.
    assert f"{one}.claimReviewed.0:Itholdstags" in said.replace(" ", "")
    assert f"{one}.claimReviewed:Ithas2values" in said.replace(" ", "")
    answer = shell.document("claimreview", str(one), str(page))
    assert (answer["created"], answer["unchanged"]) == (0, 2)
    assert answer["items"][1]["place"] == f"{page}.script.0"
    assert shell.document("claims")["items"] == []


def test_a_broken_review_is_told_by_file_and_place_and_nothing_is_written(shell: Shell, tmp_path: Path) -> None:
    good, broken = tmp_path / "good.json", tmp_path / "broken.json"
    good.write_text(json.dumps(markup()), "utf-8")
    broken.write_text(json.dumps([markup(reviewRating={"ratingValue": "many"})]), "utf-8")

    told = shell.run("claimreview", str(good), str(broken), expect=2).err
    assert f"{broken}:0.reviewRating.ratingValue:'many'isnonumber" in "".join(told.split())
    assert shell.document("history")["items"] == []
    assert shell.document("claimreview", str(good), str(broken), "--skip-broken")["refused"] == 1
    assert "--state" in shell.run("claimreview", str(good), "--state", "true", expect=2).err


def test_an_accepted_review_of_a_known_claim_stands_at_that_claim(shell: Shell, night: Night, tmp_path: Path) -> None:
    [claim] = [one for one in shell.document("claims")["items"] if one["id"] == night.dozens]
    file = tmp_path / "one.json"
    file.write_text(json.dumps(markup(claimReviewed=claim["text"])), "utf-8")

    [item] = shell.document("claimreview", str(file), "--state", "accepted", "--event", claim["event"])["items"]
    assert item["claim"] == night.dozens
    [review] = shell.document("trace", night.dozens)["reviews"]
    assert (review["id"], review["upholds"]) == (item["review"], None)
