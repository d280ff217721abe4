"""The page of a source, and the list of all."""

from __future__ import annotations

from tests.web.browsing import Web


def _id(web: Web, name: str) -> str:
    [found] = [item["id"] for item in web.api.items("/v1/sources", q=name) if item["name"] == name]
    return str(found)


def test_a_spokeswoman_is_named_first_and_her_page_counts_in_how_many_documents(web: Web) -> None:
    page = web.open(f"/sources/{_id(web, 'Saltanat Azirbek')}")

    claims = web.api.items(f"/v1/sources/{_id(web, 'Saltanat Azirbek')}/claims", role="origin")
    assert f"of {len(claims)} claims" in page.part("//section[@class='answer']")
    assert [f"/claims/{item['id']}" for item in claims] == sorted(
        page.root.xpath("//section[@id='origin']//p[@class='title']/a/@href"),
        key=[f"/claims/{item['id']}" for item in claims].index,
    )
    assert "31 of 56 documents" in page.part("//section[@id='origin']")


def test_a_broadcaster_passes_on_and_is_never_the_origin(web: Web) -> None:
    page = web.open(f"/sources/{_id(web, 'Khabar 24')}")

    assert "Passed on 21 claims of others" in page.part("//section[@class='answer']")
    assert "never their origin" in page.part("//section[@class='answer']")
    assert not page.root.xpath("//section[@id='origin']")


def test_words_that_identify_nobody_are_called_so(web: Web) -> None:
    told = web.open(f"/sources/{_id(web, 'the authorities (of Kazakhstan)')}").part("//section[@class='answer']")

    assert "These words identify nobody." in told
    assert "an editor reads them here as State of Kazakhstan" in told


def test_names_in_other_scripts_say_their_script_and_misprints_stand_apart(web: Web) -> None:
    page = web.open(f"/sources/{_id(web, 'Khabar 24')}")

    [cyrillic] = page.root.xpath("//ul[@class='names']/li[text()='Хабар 24']")
    assert cyrillic.get("lang") == "und-Cyrl"
    assert page.part("//h3[text()='Misprinted as']/following-sibling::ul[1]") == "Kabar24"


def test_a_tie_is_told_from_both_ends_with_what_it_rests_on(web: Web) -> None:
    khabar, state = _id(web, "Khabar 24"), _id(web, "State of Kazakhstan")

    assert "Is owned by State of Kazakhstan" in web.open(f"/sources/{khabar}").part("//section[@id='links']")
    assert "Stated in a document held here" in web.open(f"/sources/{khabar}").part("//section[@id='links']")
    assert "Khabar 24 is owned by it" in web.open(f"/sources/{state}").part("//section[@id='links']")


def test_a_signed_finding_of_no_tie_stands_apart_from_links(desk: Web) -> None:
    reuters, tass = _id(desk, "Reuters"), _id(desk, "TASS")
    signed = {"kind": "examined_no_tie", "other": tass, "basis": "commonly_known", "signed_by": "an editor"}
    desk.api.post(f"/v1/sources/{reuters}/ties", **signed, signed_at="2026-11-01T00:00:00Z")

    apart = desk.open(f"/sources/{reuters}").part(
        "//h3[text()='Examined, and not linked with']/following-sibling::ul[1]"
    )
    assert "TASS" in apart
    assert "Signed by an editor" in apart


def test_what_a_source_took_back_stands_on_its_page_and_on_that_of_whose_words_it_was(web: Web) -> None:
    ministry = web.open(f"/sources/{_id(web, 'Ministry of Information and Social Development')}")
    channel = web.open(f"/sources/{_id(web, 'Operational headquarters Telegram channel (Coronavirus2020_kz)')}")

    assert "taken back by Ministry of Information" in ministry.part("//section[@id='corrections-made']")
    assert "taken back by Ministry of Information" in channel.part("//section[@id='corrections']")
    assert "taken back by Operational headquarters" in channel.part("//section[@id='corrections-made']")


def test_a_hop_that_an_editor_cut_is_named_on_the_page_of_its_source(desk: Web) -> None:
    khabar = _id(desk, "Khabar 24")
    cut = {"kind": "cut", "claim": desk.claim("dozens"), "upstream": khabar, "method": "The page names another."}
    desk.api.post("/v1/rulings", **cut, signed_by="an editor", signed_at="2026-11-01T00:00:00Z")

    told = desk.open(f"/sources/{khabar}").part("//section[@id='cuts']")
    assert "What anybody has from Khabar 24" in told
    assert "The page names another." in told


def test_a_source_as_of_an_earlier_day_says_so_and_counts_less(web: Web) -> None:
    source = _id(web, "Ministry of Health of Kazakhstan")

    before, now = (web.open(f"/sources/{source}{then}") for then in ("?as_of=2022-01-08", ""))

    assert "As published by 8 January 2022" in before.text
    assert before.part("//section[@class='answer']") != now.part("//section[@class='answer']")
    assert all("as_of=2022-01-08" in address for address in before.root.xpath("//section[@id='origin']//a/@href"))


def test_sources_are_found_by_any_name_and_by_kind(web: Web) -> None:
    page = web.open("/sources?q=Хабар&kind=broadcaster&country=")

    assert page.links("//table//a") == {"Khabar 24": f"/sources/{_id(web, 'Khabar 24')}"}


def test_all_claims_that_a_source_passed_on_are_listed(web: Web) -> None:
    khabar = _id(web, "Khabar 24")

    for asked in ("?role=carrier", ""):
        page = web.open(f"/sources/{khabar}/claims{asked}")
        assert len(page.root.xpath("//ul[@class='records']/li")) == 21
