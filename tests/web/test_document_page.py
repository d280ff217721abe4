"""The page of a document: its text with what it states, decisions about what was proposed, statements by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.web.statement_form import StatementForm, quoted_at
from provenance.storage.quoting import Span
from tests.api.telling import Api, running
from tests.databases import SqliteDatabases
from tests.web.browsing import Leaf, Web

TEXT = """Police count the dead 👮

Dozens of attackers were killed in the night, police spokeswoman Saltanat Azirbek said, Tass reported.
Tass said no more.

The ministry reportedly denied that eight officers were hurt."""


def span(words: str) -> dict[str, int]:
    """Where words begin and end."""
    return {"quote_start": TEXT.index(words), "quote_end": TEXT.index(words) + len(words)}


@pytest.fixture(scope="module")
def told(january_file: SqliteDatabases, sqlite_databases: SqliteDatabases) -> Iterator[tuple[SqliteDatabases, str]]:
    """Files that hold the story and the article beside, told once and cloned for each test; and the article's id."""
    with january_file.fresh() as url:
        with running(url) as api:
            document = tell(api)
        yield sqlite_databases.like(url), document


@pytest.fixture
def article(told: tuple[SqliteDatabases, str]) -> str:
    """The id of a document with one accepted statement, and two that wait."""
    return told[1]


@pytest.fixture
def desk(told: tuple[SqliteDatabases, str]) -> Iterator[Web]:
    """The pages over a copy of one's own, which may be written."""
    with told[0].fresh() as url, running(url) as api:
        yield Web(api)


def tell(api: Api) -> str:
    """The article, with what was read in it."""
    document = api.document("The Steppe Post", text=TEXT, title="Police count the dead", language="en")
    azirbek = api.items("/v1/sources", q="Saltanat Azirbek")[0]["id"]
    tass = api.items("/v1/sources", q="TASS")[0]["id"]
    steppe, ministry = api.source("The Steppe Post"), api.source("A ministry", "government_body")
    api.post(
        "/v1/reports",
        document=document,
        claim=api.claim("Attackers were killed in the night."),
        quote="Dozens of attackers were killed in the night",
        attributions=[
            {
                "upstream": azirbek,
                "downstream": tass,
                "cue": "said,",
                "as_named": "police spokeswoman Saltanat Azirbek",
            },
            {"upstream": tass, "downstream": steppe, "cue": "reported"},
        ],
        figures=[{"text": "Dozens", "measure": "killed"}],
    )
    new = api.claim("Eight officers were hurt.")
    for words, stance in (("eight officers were hurt", "denies"), ("Police count the dead", "asserts")):
        api.post(
            "/v1/reports",
            document=document,
            claim=new,
            stance=stance,
            state="proposed",
            extractor="rules 1",
            confidence=0.9,
            attributions=[{"upstream": ministry, "downstream": steppe}],
            **span(words),
        )
    return document


def after(answer: httpx.Response) -> str:
    """Where a form leads to."""
    return answer.headers["location"]


def opened(desk: Web, answer: httpx.Response) -> Leaf:
    """The page that a form leads to."""
    return desk.open(after(answer).partition("#")[0])


def proposals(desk: Web, document: str) -> dict[str, str]:
    """The ids of what waits in a document, by the words quoted."""
    return {one["quote"]: one["id"] for one in desk.api.items("/v1/reports", document=document, state="proposed")}


def test_text_and_list_lead_to_each_other_and_every_word_of_the_text_is_there(desk: Web, article: str) -> None:
    page = desk.open(f"/documents/{article}")

    shown = [
        "".join(block.xpath(".//text()[not(ancestor::a[@class='ref'])]"))
        for block in page.root.xpath("//*[@data-start]")
    ]
    assert " ".join(shown).split() == TEXT.split()
    refs = page.root.xpath("//a[@class='ref']/@href")
    assert len(refs) == 3
    for ref in refs:
        [listed] = page.root.xpath(f"//li[@id='{ref[1:]}']")
        assert listed.xpath(f".//a[@href='#at-{ref[1:]}']")
        assert page.root.xpath(f"//*[@id='at-{ref[1:]}']")
    assert page.part("//*[@id='text']//span[contains(@class,'m-figure')]") == "Dozens"
    assert page.part("//*[@id='text']//span[contains(@class,'m-name')]") == "police spokeswoman Saltanat Azirbek"


def test_state_and_stance_are_told_in_words(desk: Web, article: str) -> None:
    denied = proposals(desk, article)["eight officers were hurt"]
    page = desk.open(f"/documents/{article}")

    assert page.part(f"//li[@id='{denied}']//p[@class='marks']") == "3 waits for a decision denies it"
    assert page.root.xpath(f"//a[@class='ref'][@href='#{denied}']/@aria-label") == ["Statement 3, proposed, denies it"]
    assert "2 readings wait" in page.text


def test_what_a_page_prints_as_markup_stays_words(desk: Web) -> None:
    document = desk.api.document("The Steppe Post", text="Dozens <script>alert(1)</script> said", title="<b>Toll</b>")

    page = desk.open(f"/documents/{document}")

    assert "<script>alert(1)</script>" in page.part("//*[@data-start]")
    assert page.part("//h1") == "<b>Toll</b>"
    assert "<script>alert" not in page.response.text


def test_a_document_without_its_text_says_so_and_lists_what_it_states(web: Web) -> None:
    report = web.api.items("/v1/reports", claim=web.claim("dozens"))[0]

    page = web.open(f"/documents/{report['document']}")

    assert "The text of this document is not held here" in page.text
    assert page.links(f"//li[@id='{report['id']}']//h3/a") == {report["claim_text"]: f"/claims/{report['claim']}"}
    chain = page.root.xpath(f"//li[@id='{report['id']}']//ol[@class='chain'][1]/li")
    assert [" ".join(one.text_content().split()) for one in chain] == report["chains"][0]


def test_the_address_of_a_report_leads_to_its_place_in_the_document(web: Web) -> None:
    report = web.api.items("/v1/reports")[0]

    answer = web.api.send("GET", f"/reports/{report['id']}?as_of=2022-02-01")

    assert (answer.status_code, after(answer)) == (
        303,
        f"/documents/{report['document']}?as_of=2022-02-01#{report['id']}",
    )


def test_after_a_decision_the_next_proposal_is_shown_and_the_decision_can_be_taken_back(
    desk: Web, article: str
) -> None:
    waiting = proposals(desk, article)
    first, second = waiting["Police count the dead"], waiting["eight officers were hurt"]

    decided = desk.send(f"/documents/{article}/decide", accept=first, by="Aigerim")

    assert after(decided).endswith(f"#{second}")
    page = opened(desk, decided)
    assert "Accepted: “Police count the dead”. It counts from now on." in page.text
    detail = desk.api.get(f"/v1/reports/{first}")
    assert (detail["state"], detail["decisions"][0]["by"]) == ("accepted", "page: Aigerim")
    [change] = page.root.xpath("//form[contains(@action,'/undo')]/input[@name='change']/@value")
    undone = desk.send(f"/documents/{article}/undo", change=change, of=first, by="Aigerim")
    assert "taken back" in opened(desk, undone).part("//*[@role='status']")
    assert set(proposals(desk, article)) == set(waiting)


def test_what_is_rejected_stays_on_the_page_with_the_reason(desk: Web, article: str) -> None:
    first = proposals(desk, article)["Police count the dead"]

    answer = desk.send(f"/documents/{article}/decide", reject=first, by="Aigerim", why="a headline, not a statement")

    assert "a headline, not a statement" in opened(desk, answer).part(f"//li[@id='{first}']")
    assert desk.api.refused("POST", f"/v1/reports/{first}/accept", 409)


def test_a_proposal_is_joined_to_a_known_claim_that_was_suggested_or_looked_for(desk: Web, article: str) -> None:
    report, known = proposals(desk, article)["eight officers were hurt"], desk.claim("dozens")
    page = desk.open(f"/reports/{report}/merge?q=dozens+attackers")
    assert page.root.xpath(f"//input[@name='into'][@value='{known}']")
    nothing = desk.send(f"/reports/{report}/merge", 422, by="Aigerim")
    assert "No claim was chosen" in Leaf(nothing).part("//*[@role='alert']")
    assert "no address of a claim" in desk.send(f"/reports/{report}/merge", 422, by="Aigerim", other="here").text

    answer = desk.send(f"/reports/{report}/merge", by="Aigerim", other=f"http://localhost/claims/{known}")

    assert "still waits" in opened(desk, answer).text
    assert desk.api.get(f"/v1/reports/{report}")["claim"] == known


def test_a_proposal_whose_claim_is_not_public_is_joined_to_what_is_looked_for(desk: Web, article: str) -> None:
    report, known = proposals(desk, article)["eight officers were hurt"], desk.claim("dozens")
    own = desk.api.get(f"/v1/reports/{report}")["claim"]
    desk.api.send("PUT", f"/v1/visibility/{own}", json={"visibility": "desk"})

    page = desk.open(f"/reports/{report}/merge?q=dozens+attackers")

    assert f"The claim of the report '{report}' is not public, and what is public is compared." in page.text
    assert page.root.xpath(f"//input[@name='into'][@value='{known}']")
    answer = desk.send(f"/reports/{report}/merge", by="Aigerim", into=known)
    assert desk.api.get(f"/v1/reports/{report}")["claim"] == known, answer.text


def test_a_statement_by_hand_is_one_change_with_its_new_claim_and_source(desk: Web, article: str) -> None:
    event = desk.api.items("/v1/events")[0]["id"]
    quote = "Dozens of attackers were killed in the night"

    answer = desk.send(
        f"/documents/{article}/state",
        quote=quote,
        claim="new",
        text="Attackers were killed at night.",
        kind="event",
        event=event,
        stance="asserts",
        hedge="",
        voice="named",
        name=["Saltanat Azirbek", "A wire nobody knows"],  # type: ignore[arg-type]
        manner=["told", "reported"],  # type: ignore[arg-type]
        source_kind=["", "news_agency"],  # type: ignore[arg-type]
        figure="Dozens",
        measure="killed",
        counted="attackers",
        place="",
        by="Aigerim",
    )

    made = after(answer).rpartition("#")[2]
    report = desk.api.get(f"/v1/reports/{made}")
    assert report["chains"] == [["Saltanat Azirbek", "A wire nobody knows", "The Steppe Post"]]
    assert (report["quote_start"], report["claim_text"]) == (TEXT.index(quote), "Attackers were killed at night.")
    assert [(one["text"], one["low"], one["counted"]) for one in report["figures"]] == [("Dozens", 24, "attackers")]
    [change] = {one["change"] for one in desk.api.items("/v1/history", record=made)}
    assert {one["noun"] for one in desk.api.get(f"/v1/history/{change}")["items"]} >= {
        "claim",
        "report",
        "source",
        "figure",
    }
    assert "Added: “Dozens of attackers" in opened(desk, answer).text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"quote": "Dozens of civilians"}, "does not stand in the text"),
        ({"quote": "Tass"}, "say below what stands just before"),
        ({"claim": "new", "text": ""}, "Choose a known claim, or write what is asserted"),
        ({"claim": "new", "text": "It is so.", "event": ""}, "Choose the event"),
        ({"name": "Nobody Atall"}, "No source is called “Nobody Atall”"),
        ({"name": ""}, "Nobody is named"),
        ({"figure": "hundreds"}, "does not stand in the text"),
        ({"figure": "eight"}, "Widen the quote"),
        ({"hedge": "allegedly"}, "“allegedly” does not stand in the text"),
        ({"name": "The Steppe Post"}, "The Steppe Post publishes it"),
        ({"name": ["TASS", "Tass"]}, "named twice in a row"),
        ({"figure": "Dozens", "lowest": "some"}, "“some” is no number"),
        ({"stance": "shouts"}, "shouts"),
    ],
    ids=lambda case: " ".join(case) if isinstance(case, dict) else "",
)
def test_what_is_wrong_is_told_beside_what_was_typed(
    desk: Web, article: str, typed: dict[str, Any], fault: str
) -> None:
    given: dict[str, Any] = {
        "quote": "Dozens of attackers",
        "claim": desk.claim("Eight officers hurt"),
        "name": "Saltanat Azirbek",
        "by": "Aigerim",
    }

    answer = Leaf(desk.send(f"/documents/{article}/state", 422, **{**given, **typed, "why": "kept as typed"}))

    assert fault in answer.part("//*[@role='alert']")
    assert answer.root.xpath("//input[@name='why']/@value") == ["kept as typed"]
    assert answer.part("//textarea[@name='quote']") == typed.get("quote", "Dozens of attackers")


def given_again(leaf: Leaf) -> dict[str, Any]:
    """What the form that states something would send as it is shown."""
    found: dict[str, Any] = {}
    for name, value in leaf.root.xpath("//form[contains(@class,'stating')]")[0].form_values():
        found.setdefault(name, []).append(value)
    return {**found, "by": "Aigerim"}


@pytest.mark.parametrize(
    ("language", "text", "printed", "asked", "numbers", "held"),
    [
        ("fi", "Ainakin 23 kuoli.", "Ainakin 23", "could not be read as a number", {}, ("unreadable", None, None)),
        ("fi", "Ainakin 23 kuoli.", "Ainakin 23", "could not be read", {"lowest": "23"}, ("at_least", 23, None)),
        ("de", "Mindestens 17 Menschen starben.", "17", "“Mindestens 17” stands there", {}, ("at_least", 17, None)),
        ("de", "Mindestens 17 Menschen starben.", "17", "stands there", {"figure": "17"}, ("exact", 17, 17)),
    ],
)
def test_a_figure_that_may_mean_something_else_is_asked_back_once(
    desk: Web, language: str, text: str, printed: str, asked: str, numbers: dict[str, str], held: tuple[object, ...]
) -> None:
    document = desk.api.document("The Steppe Post", text=text, language=language)
    known = desk.claim("Eight officers hurt")
    fields = {"quote": text, "claim": known, "voice": "own", "figure": printed, "by": "Aigerim"}

    again = Leaf(desk.send(f"/documents/{document}/state", 422, **fields))

    assert asked in again.part("//*[@role='alert']")
    made = after(desk.send(f"/documents/{document}/state", **{**given_again(again), **numbers})).rpartition("#")[2]
    [figure] = desk.api.get(f"/v1/reports/{made}")["figures"]
    assert (figure["qualifier"], figure["low"], figure["high"]) == held


def test_a_form_that_is_sent_twice_makes_one_statement_one_claim_and_one_event(desk: Web, article: str) -> None:
    fields: dict[str, Any] = {
        "quote": "Dozens of attackers were killed in the night",
        "claim": "new",
        "text": "Attackers were killed at night.",
        "event": "new",
        "event_title": "Night of the attackers",
        "name": "Saltanat Azirbek",
        "by": "Aigerim",
    }
    first = after(desk.send(f"/documents/{article}/state", **fields)).rpartition("#")[2]

    second = desk.send(f"/documents/{article}/state", **fields)

    assert after(second).rpartition("#")[2] == first
    assert "Nothing was added" in opened(desk, second).part("//*[@role='status']")
    assert len(desk.api.items("/v1/events", q="Night of the attackers")) == 1
    other = Leaf(desk.send(f"/documents/{article}/state", 422, **{**fields, "text": "Attackers were killed later."}))
    assert "an event is called “Night of the attackers” already" in other.text.replace("An event", "an event")
    assert other.root.xpath("//select[@name='event']/option[@selected]")[0].text == "Night of the attackers"


def test_straight_marks_of_quotation_find_curly_ones_and_the_text_keeps_its_own(desk: Web) -> None:
    text = "“It’s over”, the ministry said."
    document = desk.api.document("The Steppe Post", text=text)

    made = desk.send(
        f"/documents/{document}/state",
        quote='"It\'s over"',
        claim=desk.claim("Eight officers hurt"),
        voice="own",
        by="Aigerim",
    )

    assert desk.api.get(f"/v1/reports/{after(made).rpartition('#')[2]}")["quote"] == "“It’s over”"


def test_selected_words_are_filled_in_by_their_place_in_code_points(desk: Web, article: str) -> None:
    where = span("eight officers were hurt")

    part = desk.open(f"/documents/{article}/state?part=1&start={where['quote_start']}&end={where['quote_end']}")

    assert part.part("//textarea[@name='quote']") == "eight officers were hurt"
    assert not part.root.xpath("//header")


def test_a_quote_is_found_though_its_lines_were_broken_elsewhere_or_the_place_before_it_tells_which(desk: Web) -> None:
    assert quoted_at(TEXT, StatementForm(quote="count the\r\ndead")) == Span(7, 21)
    assert quoted_at(TEXT, StatementForm(quote="Tass", prefix="Tass reported.")) == Span(
        TEXT.index("Tass said"), TEXT.index("Tass said") + 4
    )


def test_editing_one_field_leaves_all_others_as_they_were(desk: Web, article: str) -> None:
    [report] = [one for one in desk.api.items("/v1/reports", document=article) if one["state"] == "accepted"]
    before = desk.api.get(f"/v1/reports/{report['id']}")
    form = desk.open(f"/reports/{report['id']}/edit").root.xpath("//form[contains(@class,'stating')]")[0]
    typed: dict[str, list[str]] = {}
    for name, value in form.form_values():
        typed.setdefault(name, []).append(value)
    typed["hedge"] = ["reportedly"]

    desk.send(f"/reports/{report['id']}/edit", **typed)  # type: ignore[arg-type]

    later = desk.api.get(f"/v1/reports/{report['id']}")
    for one in (*before["figures"], *later["figures"]):
        del one["flags"]  # words that weaken it are flagged
    assert {name for name in before if before[name] != later[name]} == {"hedge", "recorded_from"}
    cues = [hop["cue"] for hop in later["attributions"]]
    assert cues == ["said,", "reported"]


def test_where_no_text_is_held_a_reading_can_be_put_right_and_added_without_its_words(desk: Web) -> None:
    report = next(one for one in desk.api.items("/v1/reports", claim=desk.claim("beheaded")) if one["quote"] is None)
    before = desk.api.get(f"/v1/reports/{report['id']}")

    address = f"/reports/{report['id']}/edit"
    desk.send(address, quote="", stance="questions", voice="kept", version=version_shown(desk, address))
    added = desk.send(
        f"/documents/{report['document']}/state", claim=desk.claim("Eight officers hurt"), voice="own", by="Aigerim"
    )

    later = desk.api.get(f"/v1/reports/{report['id']}")
    assert (later["stance"], later["chains"]) == ("questions", before["chains"])
    assert desk.api.get(f"/v1/reports/{after(added).rpartition('#')[2]}")["quote"] is None


def version_shown(desk: Web, address: str) -> str:
    """The version that a form was filled in against."""
    version: str = desk.open(address).root.xpath("//input[@name='version']/@value")[0]
    return version


def test_whoever_is_slower_is_told_what_was_changed_and_loses_no_word(desk: Web, article: str) -> None:
    report = proposals(desk, article)["eight officers were hurt"]
    address = f"/reports/{report}/edit"
    typed = {"quote": "eight officers were hurt", "voice": "own", "version": version_shown(desk, address)}
    desk.send(address, 303, **typed, stance="questions")

    late = Leaf(desk.send(address, 412, **typed, stance="mentions", why="read again"))
    told, kept = late.part("//*[@role='alert']"), late.root.xpath("//input[@name='version']/@value")[0]
    after_all = desk.send(address, **{**typed, "version": kept}, stance="mentions")

    assert "changed this on" in told
    assert "stance says “questions” now" in told
    assert late.root.xpath("//select[@name='stance']/option[@selected]/@value") == ["mentions"]
    assert after_all.status_code == 303
    assert desk.api.get(f"/v1/reports/{report}")["stance"] == "mentions"


def test_a_form_that_does_not_say_what_it_was_filled_from_writes_over_nothing(desk: Web, article: str) -> None:
    report = proposals(desk, article)["eight officers were hurt"]

    desk.send(f"/reports/{report}/edit", 412, quote="eight officers were hurt", voice="own", stance="questions")

    assert desk.api.get(f"/v1/reports/{report}")["stance"] == "denies"


def test_a_proposal_is_put_right_and_accepted_in_one_go(desk: Web, article: str) -> None:
    report = proposals(desk, article)["eight officers were hurt"]

    desk.send(
        f"/reports/{report}/edit",
        quote="eight officers were hurt",
        stance="questions",
        voice="own",
        do="accept",
        version=version_shown(desk, f"/reports/{report}/edit"),
    )

    detail = desk.api.get(f"/v1/reports/{report}")
    assert (detail["state"], detail["stance"], detail["attributions"]) == ("accepted", "questions", [])
    assert [one["kind"] for one in detail["decisions"]] == ["edit", "accept"]


def test_a_later_version_tells_what_changed_and_the_earlier_one_leads_there(desk: Web) -> None:
    texts = ("Eight were killed, police said.", "Eighteen were killed, police said.")
    for text in texts:
        desk.api.send(
            "POST",
            "/v1/ingest",
            json={"text": text, "language": "sw", "url": "https://steppe.example/toll", "publisher": "The Steppe Post"},
        )
    later, earlier = desk.api.items("/v1/documents", sort="-recorded", limit=2)

    page = desk.open(f"/documents/{later['id']}")

    assert (page.part("//ins[span]"), page.part("//del[span]")) == ("put in: Eighteen (end)", "taken out: Eight (end)")
    assert (
        f"/documents/{later['id']}" in desk.open(f"/documents/{earlier['id']}").links("//p[@class='says']/a").values()
    )


def test_a_decision_or_document_that_does_not_exist_is_told(desk: Web, article: str) -> None:
    assert "There is nothing here" in desk.open("/documents/doc_aaaaaaaaaaaaaaaa", 404).text
    assert desk.send(f"/documents/{article}/decide", 422, by="Aigerim").status_code == 422


def test_whoever_comes_too_late_reads_who_decided_what_and_can_go_on_from_there(desk: Web, article: str) -> None:
    first = proposals(desk, article)["Police count the dead"]
    desk.send(f"/documents/{article}/decide", accept=first, by="Dana Editor")

    page = Leaf(desk.send(f"/documents/{article}/decide", 409, accept=first, by="Aigerim"))

    assert "was accepted already by Dana Editor on" in page.part("//*[@role='alert']")
    assert page.links("//*[@role='alert']//a") == {"Edit it": f"/reports/{first}/edit"}
    assert page.root.xpath("//*[@role='alert']//form[contains(@action,'/undo')]")
    assert "/v1/" not in page.part("//*[@role='alert']")


def test_no_field_stands_in_the_form_that_enter_would_send_by_its_first_button(desk: Web, article: str) -> None:
    [form] = desk.open(f"/documents/{article}").root.xpath("//form[@id='decide']")

    assert form.xpath(".//button[@name='accept']")
    assert form.xpath(".//input | .//textarea | .//select") == []


def test_a_statement_is_decided_about_in_its_own_document_alone(desk: Web, article: str) -> None:
    first = proposals(desk, article)["Police count the dead"]
    other = desk.api.document("The Steppe Post", title="Another page")

    answer = desk.send(f"/documents/{other}/decide", 422, accept=first, by="Aigerim")

    assert "another document" in Leaf(answer).part("//*[@role='alert']")
    assert first in proposals(desk, article).values()


def test_an_address_that_tells_of_a_decision_is_believed_only_while_it_holds(desk: Web, article: str) -> None:
    first = proposals(desk, article)["Police count the dead"]
    decided = after(desk.send(f"/documents/{article}/decide", accept=first, by="Aigerim")).partition("#")[0]
    [change] = parse_qs(urlsplit(decided).query)["change"]
    desk.send(f"/documents/{article}/undo", change=change, of=first, by="Aigerim")

    assert not desk.open(decided).root.xpath("//*[contains(@class,'did')]")


def test_at_an_earlier_moment_nothing_can_be_decided(desk: Web, article: str) -> None:
    page = desk.open(f"/documents/{article}?as_of=2999-01-01")

    assert not page.root.xpath("//main//form")
    assert parse_qs(urlsplit(page.root.xpath("//h3/a/@href")[0]).query) == {"as_of": ["2999-01-01"]}
