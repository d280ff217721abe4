"""The pages that count: tallies with their plot, events, and a claim on two dates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.telling import running
from tests.web.browsing import Leaf, Web

TOLL = "People killed in the unrest, all of Kazakhstan"


def tally(web: Web, title: str) -> str:
    """The id of a tally of the story."""
    [found] = [one["id"] for one in web.api.items("/v1/tallies", limit=200) if one["title"] == title]
    return str(found)


def killed(web: Web, query: str = "") -> Leaf:
    """The page of the toll that was corrected most."""
    return web.open(f"/tallies/{tally(web, TOLL)}{query}")


@pytest.fixture(scope="module")
def toll(january_url: str) -> Iterator[Leaf]:
    """That page, opened once: nothing changes it."""
    with running(january_url) as api:
        yield killed(Web(api))


def rows(leaf: Leaf) -> dict[str, str]:
    """What the rows of a ledger say, by the claim."""
    return {row.get("data-claim"): " ".join(row.text_content().split()) for row in leaf.root.xpath("//tr[@data-claim]")}


def test_the_ledger_shows_every_figure_of_the_json_once_with_whose_it_is_and_what_became_of_it(
    web: Web, toll: Leaf
) -> None:
    ledger = web.api.get(f"/v1/tallies/{tally(web, TOLL)}")
    shown = rows(toll)

    assert set(shown) == {figure["claim"] for figure in ledger["figures"]}
    for figure in ledger["figures"]:
        told = shown[figure["claim"]]
        assert told.startswith(figure["text"])
        assert any(origin["source"] in told for origin in figure["origins"])
        assert ("withdrawn" in told) == (figure["status"] == "retracted")


def test_a_withdrawn_figure_says_by_how_many_reports_it_was_repeated_after_that(web: Web, toll: Leaf) -> None:
    repeated = web.api.items("/v1/flags", rule="zombie", limit=200, tally=tally(web, TOLL))

    assert "“164” (9 January 2022) was withdrawn." in toll.text
    assert f"{len(repeated)} reports repeat “164” after it was denied or withdrawn (" in toll.text
    assert f"taken back, repeated by {len(repeated)} reports" in toll.part("//*[contains(@class, 'ledger-plot-wide')]")


def test_a_repetition_after_a_denial_alone_is_not_called_one_after_a_withdrawal(web: Web, toll: Leaf) -> None:
    repeated = web.api.items("/v1/flags", rule="zombie", limit=200, tally=tally(web, TOLL))
    denied = [one for one in repeated if "the retraction by" not in one["reason"]]

    told = f"({len(denied)} of them after a denial alone); no editor has confirmed any of them yet."
    assert 0 < len(denied) < len(repeated)
    assert told in toll.text
    assert told in toll.part("//figure//details/p")


def test_figures_that_count_others_stand_apart_with_the_reason(toll: Leaf) -> None:
    captions = toll.part("//table[contains(@class, 'ledger')]/caption")

    assert "Dead identified by name – apart, because who is counted differs" in captions


def test_a_tally_says_in_words_what_its_plot_shows(toll: Leaf) -> None:
    words = toll.part("//figure//details/p")

    assert "Radio Azattyq: dead identified by name: 188 (29 July 2022)." in words
    assert "241 (29 July 2022); total incl. deaths in custody: 238 (16 August 2022)." in words
    assert "164 was taken back (9 January 2022)." in words


def test_each_mark_of_the_plot_leads_to_its_claim_and_says_what_it_is(toll: Leaf) -> None:
    marks = toll.root.xpath("//*[contains(@class, 'ledger-plot-wide')]//*[local-name()='a']")

    assert {mark.get("href").removeprefix("/claims/") for mark in marks} == set(rows(toll))
    assert all(mark.get("aria-label") for mark in marks)


def test_the_plot_has_a_key_that_names_everybody_who_gave_a_figure(web: Web, toll: Leaf) -> None:
    series = web.api.get(f"/v1/tallies/{tally(web, TOLL)}/series")["series"]
    key = toll.part("//ul[@class='whose-sign']")

    assert all(f"{one['party']}" in key for one in series)
    assert "State of Kazakhstan, nobody named: 2 figures" in key


def test_no_sum_and_no_winner_is_shown(toll: Leaf) -> None:
    assert "None is preferred, and nothing is added up." in toll.part("//*[@class='lead']")


def test_a_word_is_read_under_the_policy_that_the_reader_chooses(web: Web) -> None:
    address = f"/tallies/{tally(web, 'People killed in Almaty, 5 to 6 January 2022')}"
    [dozens] = [told for told in rows(web.open(address)).values() if told.startswith("dozens")]
    [twelve] = [told for told in rows(web.open(f"{address}?policy=acled")).values() if told.startswith("dozens")]

    assert ("24 or more" in dozens, "24 or more" in twelve, " 12 " in twelve) == (True, False, True)


def test_a_tally_as_of_a_day_shows_what_was_published_by_then(web: Web) -> None:
    leaf = killed(web, "?as_of=2022-01-09")

    assert {told.split()[0] for told in rows(leaf).values()}.isdisjoint({"225", "241"})
    assert "As published by 9 January 2022" in leaf.text


def test_a_date_that_was_left_empty_asks_for_everything(web: Web, toll: Leaf) -> None:
    assert rows(killed(web, "?as_of=")) == rows(toll)


def test_an_event_tells_what_was_searched_counted_and_claimed_and_who_has_a_stake(web: Web) -> None:
    [event] = [one for one in web.api.items("/v1/events") if "Kazakhstan" in one["title"]]
    leaf = web.open(f"/events/{event['id']}")

    assert f"{event['claims']} claims" in leaf.part("//*[@class='lead']")
    assert "Kazakh" in leaf.part("//section[@id='searched']")
    assert "People killed in Almaty" in leaf.links("//section[@id='tallies']//a")
    assert "TASS" in leaf.part("//section[@id='stakes']")
    assert event["title"] in web.open("/events").links("//main//a")


def test_the_claims_of_an_event_are_turned_page_by_page_until_all_were_shown(web: Web) -> None:
    [event] = [one for one in web.api.items("/v1/events") if "Kazakhstan" in one["title"]]
    address, seen = f"/events/{event['id']}", []
    while address:
        leaf = web.open(address)
        seen += leaf.root.xpath("//section[@id='claims']//p[@class='title']/a/@href")
        address = next(iter(leaf.root.xpath("//section[@id='claims']//nav[@class='pager']/a/@href")), "")

    assert (len(seen), len(set(seen))) == (event["claims"], event["claims"])


def test_two_dates_are_compared_in_words_and_side_by_side(web: Web) -> None:
    claim = web.claim("164 people killed")
    leaf = web.open(f"/compare?claim={claim}&from=2022-01-09&to=2022-01-10")
    before, after = (web.api.get(f"/v1/claims/{claim}/trace", as_of=day) for day in ("2022-01-09", "2022-01-10"))

    more = after["documents"] - before["documents"]
    assert f"{more} documents more: {before['documents']} and then {after['documents']}." in leaf.text
    assert "It stood as “denied by its own source”, and then as “withdrawn”." in leaf.text
    changed = leaf.part("//tr[@class='changed'][contains(., 'Documents that state it')]")
    assert f"{before['documents']} documents {after['documents']} documents" in changed
    fresh = {report["publisher"] for report in after["reports"]} - {report["publisher"] for report in before["reports"]}
    assert fresh <= set(leaf.links("//section[@id='between']//tbody//a"))


def test_dates_given_the_wrong_way_round_are_compared_all_the_same(web: Web) -> None:
    claim = web.claim("164 people killed")

    assert (
        "Between 9 January 2022 and 10 January 2022"
        in web.open(f"/compare?claim={claim}&from=2022-01-10&to=2022-01-09").text
    )


def test_a_day_compared_with_itself_has_no_changes(web: Web) -> None:
    claim = web.claim("164 people killed")

    assert (
        web.open(f"/compare?claim={claim}&from=2022-01-09&to=2022-01-09").part("//h2[@id='changed']")
        == "Nothing changed"
    )


def test_dates_to_compare_are_suggested_from_the_corrections_of_the_claim(web: Web) -> None:
    leaf = web.open(f"/compare?claim={web.claim('164 people killed')}")
    [address] = [at for words, at in leaf.links("//main//a").items() if words == "9 January 2022 and 10 January 2022"]

    assert "taken back by Ministry of Information" in web.open(address).text.replace("Taken", "taken")


def test_a_claim_to_compare_is_found_by_its_words(web: Web) -> None:
    offered = web.open("/compare?claim=164 people killed").links("//main//a")

    assert f"/compare?claim={web.claim('164 people killed')}" in offered.values()


def test_a_range_that_an_editor_signed_stands_beside_the_figures(desk: Web) -> None:
    signed = {"method": "Two editors read all pages.", "signed_by": "Desk", "signed_at": "2022-01-20T12:00:00Z"}
    address = f"/tallies/{tally(desk, 'Children killed')}"
    before = rows(desk.open(address))
    desk.api.post("/v1/rulings", kind="range", tally=tally(desk, "Children killed"), low=3, high=6, **signed)

    leaf = desk.open(address)

    assert "3 to 6 Two editors read all pages. Signed by Desk" in leaf.part("//section[@id='ranges']")
    assert rows(leaf) == before


def test_a_tally_without_figures_says_so_and_draws_nothing(desk: Web) -> None:
    [event, *_] = desk.api.items("/v1/events")
    made = desk.api.post("/v1/tallies", title="Journalists detained", measure="detained", event=event["id"])
    leaf = desk.open(f"/tallies/{made['id']}")

    assert "No claim of this tally prints a figure" in leaf.part("//p[@class='empty'][1]")
    assert not leaf.root.xpath("//figure")
