"""The board of what is flagged, and the catalogue of rules, say what the API says."""

from __future__ import annotations

import pytest

from api.web.words import plainly
from provenance.analysis.rules import RULES
from tests.web.browsing import Web

DISTINCT_KEYS = [rule.key for rule in RULES if "_" in rule.key] + ["zombie", "chokepoint"]


def test_the_board_lists_the_findings_of_the_interface_with_reason_and_what_clears_them(web: Web) -> None:
    page = web.open("/flags?rule=zombie")
    listed = web.api.items("/v1/flags", rule="zombie")

    assert len(page.root.xpath("//ol[@class='findings']/li/ul/li")) == len(listed) == 19
    for item in listed:
        assert item["claim_text"] in page.text
        assert plainly(item["reason"]) in page.text
        assert plainly(item["clears_when"]) in page.text
        for row in item["evidence"]:
            assert plainly(row["shows"]) in page.text


def test_the_board_counts_each_rule_in_plain_words(web: Web) -> None:
    page = web.open("/flags")
    flagged: dict[str, set[str]] = {}
    cursor: dict[str, str] = {}
    while True:
        answer = web.api.get("/v1/flags", limit=200, **cursor)
        for item in answer["items"]:
            flagged.setdefault(item["rule"], set()).add(item["claim"])
        if answer["next"] is None:
            break
        cursor = {"cursor": answer["next"]}

    entries = page.root.xpath("//ul[@class='rule-list']/li[position() > 1]")
    assert len(entries) == len(flagged)
    for rule in RULES:
        if rule.key in flagged:
            [entry] = [each for each in entries if each.xpath("string(a/@href)") == f"/flags?rule={rule.key}"]
            assert f"{len(flagged[rule.key])} claim" in entry.text_content()
    assert not [key for key in DISTINCT_KEYS if key in page.text]


def test_findings_about_the_record_itself_come_after_those_about_the_reporting(web: Web) -> None:
    [dozens] = [one["id"] for one in web.api.items("/v1/claims", q="dozens attackers", limit=1)]
    flagged = [flag["rule"] for flag in web.api.get(f"/v1/claims/{dozens}/trace")["flags"]]
    shown = web.open(f"/flags?claim={dozens}").root.xpath("//ol[@class='findings']//h4/text()")

    last = [key for key in flagged if key in ("uncited_tie", "not_examined", "no_quote")]
    assert last
    assert flagged[-len(last) :] == last
    titles = {rule.key: plainly(rule.title) for rule in RULES}
    assert shown == [titles[key] for key in flagged]


def test_the_next_page_goes_on_where_this_one_ends(web: Web) -> None:
    first = web.open("/flags?rule=unverified_figure")
    following = web.open(first.links("//nav[@class='pager']//a")["More"])

    seen, next_seen = (page.root.xpath("//ol[@class='findings']/li/h3/a/@href") for page in (first, following))
    assert len(seen) == 25
    assert not set(seen) & set(next_seen)


def test_findings_are_narrowed_by_where_the_claim_stands_and_an_empty_field_asks_nothing(web: Web) -> None:
    page = web.open("/flags?event=&status=retracted&rule=retracted")
    retracted = {claim["text"] for claim in web.api.items("/v1/claims", status="retracted")}

    assert set(page.links("//ol[@class='findings']/li/h3/a")) == retracted
    assert page.root.xpath("//select[@name='status']/option[@selected]/@value") == ["retracted"]


def test_a_form_with_all_fields_empty_shows_the_whole_board(web: Web) -> None:
    assert web.open("/flags?event=&status=").part("//ol[@class='findings']") == web.open("/flags").part(
        "//ol[@class='findings']"
    )


def test_nothing_found_is_told_and_not_left_empty(web: Web) -> None:
    assert "Nothing of this kind was found" in web.open("/flags?rule=circular").text


@pytest.mark.parametrize("address", ["/flags?rule=untrue", "/flags?event=evt_nowhere", "/flags?cursor=x"])
def test_a_board_that_cannot_be_drawn_says_why(web: Web, address: str) -> None:
    assert "cannot be answered as it was asked" in web.open(address, 422).part("//h1")


def test_every_rule_is_told_at_its_own_anchor_as_in_the_catalogue(web: Web) -> None:
    page = web.open("/rules")

    for rule in web.api.send("GET", "/v1/flags/rules").json():
        told = page.part(f"//section[@id='{rule['key']}']")
        for words in (rule["key"], rule["example"], rule["why"]):
            assert words.replace("one party", "one group of linked sources").split(".")[0] in told
