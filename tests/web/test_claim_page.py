"""The page of a claim: the answer first, as of any day, with what was taken back before everything else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.web.browsing import Web

ARTICLE = "Nine people were killed in a fire in Astana, the Emergency Ministry said on Thursday, Khabar 24 reported."


@pytest.fixture
def dozens(web: Web) -> str:
    """The page of what the police said in the night of 5 to 6 January."""
    return f"/claims/{web.claim('dozens of attackers')}"


def test_the_answer_stands_before_the_chain_and_keeps_said_and_so_apart(web: Web, dozens: str) -> None:
    page = web.open(dozens)

    assert page.part("//*[@id='lead']") == "56 documents, one group of linked sources, nothing independent."
    assert "31 documents name Saltanat Azirbek first" in page.part("//section[@class='answer']")
    said = page.part("//p[@class='said']")
    assert "said this is reported in 56 documents" in said
    assert "Whether it is so is another question: nobody independent has confirmed it." in said
    assert page.text.index("nothing independent") < page.text.index("How it travelled")


def test_who_is_named_most_is_told_at_once_with_whom_she_speaks_for_and_the_counts_close(web: Web, dozens: str) -> None:
    answer = web.open(dozens).part("//section[@class='answer']/div")

    assert "goes back to the State of Kazakhstan: 31 documents name Saltanat Azirbek first, who speaks for" in answer
    assert "quoted together in 9 documents, and all relay Saltanat Azirbek: they count once." in answer
    # 31 + 17 + 3 documents less the one that names two, and 6 that name nobody, are all 56.
    assert "17 name the Almaty city police department and 3 Interior Ministry spokesman" in answer
    assert "; 1 document names more than one of these." in answer
    assert "6 documents name nobody who can be identified; 4 of them say only words such as" in answer
    assert "links that have a reference" not in answer


def test_a_claim_as_of_a_day_shows_no_note_of_later(web: Web, dozens: str) -> None:
    note = web.api.get(f"/v1{dozens}")["note"]

    assert note.startswith("Noted by the coder: ")
    assert note in web.open(dozens).text
    assert note not in web.open(f"{dozens}?as_of=2022-01-06").text


def test_a_moment_before_a_claim_came_out_and_one_that_is_still_to_come_say_so(web: Web, dozens: str) -> None:
    before, later = web.open(f"{dozens}?as_of=2021"), web.open(f"{dozens}?as_of=2199-01-01")

    assert before.part("//p[@class='under']").startswith("no document states it by then")
    assert before.root.xpath("//input[@id='as_of']/@value") == ["2021-12-31"]
    assert "this is the same as today" in later.part("//p[@class='then']")


def test_a_time_of_day_that_was_asked_for_stays_in_the_form(web: Web) -> None:
    claim = f"/claims/{web.claim('164 people were killed in a week')}"
    disowned = "Disowned, 9 January 2022, 15:33 UTC"

    choices = web.open(claim).links("//form[@class='as-of']//a")
    then = web.open(choices[disowned])

    assert choices[disowned] != choices["First published, 9 January 2022"]
    assert then.root.xpath("//input[@id='clock']/@value") == ["15:33"]
    again = web.api.send("GET", f"{claim}?as_of=2022-01-10&clock=15:33")
    assert (again.status_code, again.headers["location"]) == (303, f"{claim}?as_of=2022-01-10T15%3A33Z")


def test_what_would_have_to_fall_is_parted_by_whether_somebody_can_be_identified(web: Web, dozens: str) -> None:
    routes = web.open(dozens).part("//*[@class='routes']")

    assert "Saltanat Azirbek, named first; and General-Anzeiger Bonn" in routes
    assert "which stand behind the 4 documents that name nobody who can be identified." in routes


def test_no_key_and_no_party_stands_where_a_reader_would_not_know_it(web: Web, dozens: str) -> None:
    page = web.open(dozens)
    words = page.part("//main").replace("party to the event", "")

    for unknown in ("party", "parties", "zombie", "chokepoint", "not_established", "news_agency", "single_origin"):
        assert unknown not in words


def test_what_was_withdrawn_is_said_before_the_answer(web: Web) -> None:
    page = web.open(f"/claims/{web.claim('164 people were killed in a week')}")

    assert page.part("//*[@id='status']/p[1]").startswith(
        "Withdrawn on 9 or 10 January 2022 by Ministry of Information"
    )
    assert page.text.index("Withdrawn on") < page.text.index(page.part("//*[@id='lead']"))
    assert "Withdrawn, 10 January 2022" in page.links("//form[@class='as-of']//a")


def test_a_day_of_its_story_redraws_the_whole_page(web: Web, dozens: str) -> None:
    then = web.open(f"{dozens}?as_of=2022-01-06")

    trace = web.api.get(f"/v1{dozens}/trace", as_of="2022-01-06")
    assert then.part("//*[@id='lead']").startswith(f"{trace['documents']} documents")
    assert len(then.root.xpath("//tr[@data-report]")) == len(trace["reports"]) < 57
    assert "As of 6 January 2022." in then.text
    assert all("as_of=2022-01-06" in address for address in then.links("//*[@data-account]//a").values())
    assert then.root.xpath("//link[@rel='canonical']/@href")[0].endswith("?as_of=2022-01-06")


def test_all_reports_are_in_the_page_and_twelve_of_them_stand_open(web: Web, dozens: str) -> None:
    page = web.open(dozens)

    assert len(page.root.xpath("//tr[@data-report]")) == 57
    assert len(page.root.xpath("//tr[@data-report][not(ancestor::details)]")) == 12


def test_the_page_asks_the_database_no_more_often_for_56_documents_than_for_15(web: Web, dozens: str) -> None:
    fewer = f"/claims/{web.claim('26 armed people called criminals')}"

    assert _asked(web, dozens) <= _asked(web, fewer)


def _asked(web: Web, address: str) -> int:
    web.open(address)
    sent: list[str] = []

    def note(*call: object) -> None:
        sent.append(str(call[2]))

    engine = web.api.app.state.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        web.open(address)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len([one for one in sent if one.lstrip().upper().startswith(("SELECT", "WITH"))])


def test_a_claim_that_only_a_program_proposed_says_so_and_leads_to_what_waits(desk: Web) -> None:
    answer = desk.api.send("POST", "/v1/ingest", json={"text": ARTICLE, "publisher": "Die Welt"})
    [proposed, *_] = desk.api.items("/v1/reports", state="proposed")

    page = desk.open(f"/claims/{proposed['claim']}")

    assert answer.status_code == 200
    assert "Nobody has accepted this claim yet." in page.text
    assert f"/documents/{proposed['document']}#{proposed['id']}" in page.links("//*[@id='proposed']//a").values()
    assert proposed["quote"] in page.part("//*[@id='proposed']//q")


def test_the_list_is_narrowed_by_a_form_whose_fields_may_stay_empty(web: Web) -> None:
    found = web.open("/claims?q=&event=&flag=zombie&verdict=&status=retracted&sort=-documents")

    assert [" ".join(one.text_content().split())[:10] for one in found.root.xpath("//*[@class='title']")] == [
        "164 people",
        "103 of the",
    ]
    assert "No claim that is held meets all of this." in web.open("/claims?q=unicorn").text
    assert "There is no rule" in web.open("/claims?flag=nothing", 422).text


def test_the_history_of_a_record_says_who_wrote_what_and_why(web: Web, dozens: str) -> None:
    page = web.open(f"{dozens}/history")

    [entry] = web.api.items(f"/v1{dozens}/history")
    assert page.root.xpath("//@data-entry") == [entry["id"]]
    assert entry["who"] in page.text
    assert entry["why"] in page.text
    assert page.root.xpath("//@data-entry") == web.open(f"/history?record={entry['record']}").root.xpath(
        "//@data-entry"
    )


def test_a_review_and_an_editors_cut_stand_on_the_page_with_what_they_rest_on(desk: Web) -> None:
    claim = desk.claim("26 armed people called criminals")
    trace = desk.api.get(f"/v1/claims/{claim}/trace")
    film = desk.api.post("/v1/evidence", event=trace["claim"]["event"], kind="video", title="Film of the morgue yard")
    verdict = {"author": "A. Checker", "rating": "counted on film", "reasons": "Each body is seen.", "upholds": True}
    desk.api.post("/v1/reviews", claim=claim, evidence=[film["id"]], **verdict)
    signed = {"method": "It only repeats the channel.", "signed_by": "Desk", "signed_at": "2026-11-20T10:00:00Z"}
    first = trace["origins"][0]["source_id"]
    desk.api.post("/v1/rulings", kind="cut", claim=claim, upstream=first, **signed)

    page = desk.open(f"/claims/{claim}")

    decided = page.part("//*[@id='reviews']")
    assert "A. Checker: “counted on film” Upholds it. Each body is seen. Rests on Film of the morgue yard." in decided
    assert f"Hop that supports nothing: {trace['origins'][0]['source']} → anybody" in decided
    assert "Signed by Desk, 20 November 2026, 10:00 UTC" in decided
    assert "A. Checker reviewed it and upholds it" in page.part("//p[@class='said']")
    assert "a hop was taken back; supports nothing" in page.part("//*[@id='reports']")


def test_a_claim_that_was_merged_leads_to_the_one_that_was_kept(desk: Web) -> None:
    gone, kept = desk.api.claim("Several troublemakers were eliminated."), desk.api.claim("Dozens were eliminated.")
    reason = {"Provenance-Reason": "one statement in two wordings"}
    merged = desk.api.send("POST", f"/v1/claims/{gone}/merge", json={"into": kept}, headers=reason)
    assert merged.status_code == 200, merged.text

    moved = desk.api.send("GET", f"/claims/{gone}?as_of=2022-01-09")

    assert (moved.status_code, moved.headers["location"]) == (308, f"/claims/{kept}?as_of=2022-01-09")
