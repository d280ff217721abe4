"""The desk as pages: what to do next is told with its reason, forms keep what was typed, and notes stay private."""

from __future__ import annotations

import httpx
import pytest

from tests.web.browsing import EVERYBODY, Leaf, Web, key_of

SECRET = "zitterpappel"


@pytest.fixture
def dozens(desk: Web) -> str:
    """A claim that the desk works on."""
    return desk.claim("dozens of attackers")


def at_desk(claim: str) -> str:
    """Its page at the desk."""
    return f"/claims/{claim}/desk"


def refused(desk: Web, address: str, status: int, **fields: str) -> Leaf:
    """The page that shows a form again; the test fails if the form was taken."""
    return Leaf(desk.send(address, status, **fields))


def version(page: Leaf, form: str) -> str:
    """The version that a form of a page holds."""
    [held] = page.root.xpath(f"{form}//input[@name='version']/@value")
    return str(held)


def move(desk: Web, claim: str, by: str, **typed: str) -> httpx.Response:
    """The form that says how far the desk is, as it is filled from what is held now."""
    return desk.send(at_desk(claim), 303, by, do="moved", version=version(desk.open(at_desk(claim)), MOVE), **typed)


MOVE = "//section[@id='state']"


def test_the_desk_tells_the_ten_tasks_that_would_settle_most_as_the_interface_ranks_them(web: Web) -> None:
    page = web.open("/desk")

    told = page.root.xpath("//ol[contains(@class, 'tasks')]/li")
    tasks = web.api.items("/v1/desk/tasks", limit=10)
    assert [each.get("id") for each in told] == [task["id"] for task in tasks]
    for shown, task in zip(told, tasks, strict=True):
        said = " ".join(shown.text_content().split())
        assert task["why"] in said
        assert all(claim["text"] in said for claim in task["claims"])
    assert page.links("//section[@id='next']//a[@class='button']") == {"All tasks": "/desk/tasks"}


def test_tasks_are_narrowed_down_by_a_form_whose_empty_fields_ask_for_nothing(web: Web) -> None:
    page = web.open("/desk/tasks?event=&act=cite_tie&rule=uncited_tie&state=&holder=")

    wanted = web.api.items("/v1/desk/tasks", act="cite_tie", rule="uncited_tie", limit=25)
    assert page.root.xpath("//ol[contains(@class, 'tasks')]/li/@id") == [task["id"] for task in wanted]
    assert "No task meets this" in web.open("/desk/tasks?holder=Nobody").text


def test_a_desk_with_nothing_on_it_says_how_a_claim_comes_there(web: Web) -> None:
    assert "No claim is on the desk" in web.open("/desk").part("//section[@id='claims']")


def test_a_claim_is_put_on_the_desk_by_whoever_is_logged_in(desk: Web, dozens: str) -> None:
    taken = move(desk, dozens, by="Ana", state="in_progress", holder="Ana", due="2026-11-25")

    assert taken.headers["location"] == f"{at_desk(dozens)}?done=moved#state"
    assert "written down how far the desk is" in desk.open(taken.headers["location"]).part("//p[@role='status']")
    [entry] = desk.api.items("/v1/desk")
    assert (entry["state"], entry["holder"], entry["due"]) == ("in_progress", "Ana", "2026-11-25T23:59:00Z")
    home = desk.open("/desk", by="Ana")
    assert entry["claim_text"] in home.part("//section[@id='mine']")
    assert "In progress · 1 claim" in home.part("//section[@id='claims']//caption")


def test_whoever_was_slower_is_told_and_loses_no_word(desk: Web, dozens: str) -> None:
    seen = version(desk.open(at_desk(dozens)), MOVE)
    move(desk, dozens, by="Ana", state="in_progress", holder="Ana")

    late = {"do": "moved", "by": "Ben", "state": "second_eye", "holder": "Ben"}
    again = refused(desk, at_desk(dozens), 412, **late, version=seen)

    assert "Somebody else was faster" in again.part("//p[@role='alert']")
    assert "In progress, Ana has it" in again.part(f"{MOVE}/h2")
    assert again.root.xpath(f"{MOVE}//input[@name='holder']/@value") == ["Ben"]
    assert again.root.xpath(f"{MOVE}//option[@selected]/@value") == ["second_eye"]
    desk.send(at_desk(dozens), 303, **late, version=version(again, MOVE))
    assert desk.api.get(f"/v1/claims/{dozens}/desk")["holder"] == "Ben"


def test_a_day_that_is_left_as_it_was_keeps_its_hour(desk: Web, dozens: str) -> None:
    due = "2026-11-25T12:00:00Z"
    desk.api.send("PATCH", f"/v1/claims/{dozens}/desk", json={"state": "to_check", "due": due})

    move(desk, dozens, by="Ana", state="ready", due="2026-11-25")

    assert desk.api.get(f"/v1/claims/{dozens}/desk")["due"] == due


def test_asked_the_ministry_at_ten_past_two_in_almaty_and_no_reply(desk: Web, dozens: str) -> None:
    asked = {"asked": "the ministry", "how": "phone", "outcome": "no_reply", "at": "2022-01-06T14:10", "zone": "360"}
    desk.send(at_desk(dozens), 303, do="logged", by="Ana", **asked)

    [entry] = desk.api.get(f"/v1/claims/{dozens}/desk")["contacts"]
    assert (entry["at"], entry["author"]) == ("2022-01-06T08:10:00Z", "Ana")
    told = desk.open(at_desk(dozens)).part("//section[@id='contacts']//ol")
    assert "the ministry: no reply" in told
    assert "6 January 2022, 08:10 UTC, by phone; Ana asked" in told


def test_an_answer_that_came_after_all_is_written_to_the_entry_that_was_seen(desk: Web, dozens: str) -> None:
    desk.send(at_desk(dozens), do="logged", by="Ana", asked="the ministry", how="mail", outcome="no_reply")
    [entry] = desk.api.get(f"/v1/claims/{dozens}/desk")["contacts"]
    seen = version(desk.open(at_desk(dozens)), f"//li[@id='{entry['id']}']")
    answer = {"do": "contact-changed", "by": "Ana", "record": entry["id"], "outcome": "answered"}

    desk.send(at_desk(dozens), 303, **answer, words="No list is kept.", version=seen)
    late = refused(desk, at_desk(dozens), 412, **answer, words="They have a list.", version=seen)

    assert "They have a list." in late.part(f"//li[@id='{entry['id']}']//textarea")
    assert desk.api.get(f"/v1/contacts/{entry['id']}")["words"] == "No list is kept."


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"do": "logged", "at": "2999-01-01T00:00"}, "lies in the future"),
        ({"do": "logged", "at": "ten past two"}, "no date with a time"),
        ({"do": "logged", "how": "pigeon"}, "Use one of"),
        ({"do": "logged", "source": "src_aaaaaaaaaaaaaaaa"}, "src_aaaaaaaaaaaaaaaa"),
        ({"do": "noted", "text": " "}, "Note: It is too short"),
        ({"do": "moved", "state": "to_check", "due": "soon"}, "no day"),
        ({}, "Press the button"),
    ],
    ids=["the future", "no time", "no such way", "no such source", "no note", "no day", "nothing"],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    desk: Web, dozens: str, fields: dict[str, str], said: str
) -> None:
    typed = {"by": "Ana", "asked": "the ministry", "how": "phone", "outcome": "no_reply", **fields}
    typed["version"] = version(desk.open(at_desk(dozens)), MOVE)

    again = refused(desk, at_desk(dozens), 422, **typed)

    assert said in again.part("//p[@role='alert']")
    if fields.get("do") == "logged":
        assert again.root.xpath("//input[@id='asked']/@value") == ["the ministry"]
    kept = desk.api.get(f"/v1/claims/{dozens}/desk")
    assert (kept["state"], kept["notes"], kept["contacts"]) == (None, [], [])


def test_a_watch_list_tells_what_moved_last_and_takes_the_address_of_a_page(desk: Web, dozens: str) -> None:
    source = desk.api.items("/v1/sources", q="Khabar 24")[0]["id"]
    for what in (f"http://desk.test/claims/{dozens}?as_of=2022-01-06", source):
        sent = desk.send("/desk", what=what, by="Ana")
        assert "It is on your watch list." in desk.open(sent.headers["location"]).part("//p[@role='status']")

    desk.api.send("PATCH", f"/v1/sources/{source}", json={"note": "State broadcaster."})

    watched = desk.open("/desk?who=Ana").root.xpath("//section[@id='watching']//ul/li")
    first, second = (" ".join(each.text_content().split()) for each in watched)
    assert "Khabar 24" in first
    assert "source changed by api" in first
    assert "created by story" in second
    for watch in desk.api.items("/v1/watches"):
        desk.send("/desk", stop=watch["id"], by="Ana")
    assert desk.api.items("/v1/watches") == []


@pytest.mark.parametrize("what", ["a claim", "src_aaaaaaaaaaaaaaaa"])
def test_what_cannot_be_watched_is_said_beside_what_was_typed(desk: Web, what: str) -> None:
    again = refused(desk, "/desk", 422, what=what, by="Ana")

    assert again.root.xpath("//input[@id='what']/@value") == [what]
    assert again.part("//p[@role='alert']")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/desk?who={'x' * 201}", 422),
        ("/desk/tasks?limit=-1", 422),
        ("/our-corrections?limit=-1", 422),
        (f"/our-corrections?limit={'9' * 40}", 422),
        (f"/our-corrections?claim={'x' * 2500}", 404),
    ],
    ids=lambda one: str(one)[:30],
)
def test_a_page_that_is_asked_for_more_than_there_can_be_says_so(desk: Web, address: str, status: int) -> None:
    refused = desk.api.send("GET", address)
    assert refused.status_code == status, refused.text[:500]


def test_nothing_that_the_desk_keeps_stands_on_a_page_for_everybody(desk: Web, dozens: str) -> None:
    move(desk, dozens, by=SECRET, state="in_progress", holder=SECRET, why=SECRET)
    desk.send(at_desk(dozens), do="noted", by=SECRET, text=SECRET)
    desk.send(at_desk(dozens), do="logged", by=SECRET, asked=SECRET, how="phone", outcome="answered", words=SECRET)
    desk.send(at_desk(dozens), do="watched", by=SECRET)
    [note] = desk.api.get(f"/v1/claims/{dozens}/desk")["notes"]
    seen = version(desk.open(at_desk(dozens)), f"//form[.//input[@value='{note['id']}'] and .//textarea]")
    change = {"do": "note-changed", "by": SECRET, "record": note["id"], "text": f"{SECRET} again", "version": seen}
    desk.send(at_desk(dozens), 303, **change)
    assert desk.open(at_desk(dozens)).text.count(SECRET) > 4

    of_claim = tuple(f"/claims/{dozens}{part}" for part in ("", "/history", "/publish", "/card"))
    elsewhere = ("/", "/claims", "/flags", "/search?q=dozens", "/history", "/our-corrections")
    for address in (*of_claim, *elsewhere, "/v1/history"):
        shown = desk.api.send("GET", address, headers=key_of(EVERYBODY))
        assert shown.status_code == 200, address
        assert SECRET not in shown.text, address
    assert SECRET not in desk.open(f"/search?q={SECRET}", by=EVERYBODY).part("//main").replace(f"“{SECRET}”", "")


def test_a_task_about_a_source_whose_name_is_withheld_leads_to_no_page_of_it(desk: Web) -> None:
    asked = next(one for one in desk.api.items("/v1/desk/tasks", limit=200) if one["act"] == "ask" and one["sources"])
    source = asked["sources"][0]
    assert f"/sources/{source['id']}" in desk.open("/desk/tasks?limit=200", by="Ana").response.text
    named = {"visibility": "named", "people": ["Ana"]}
    assert desk.api.send("PUT", f"/v1/visibility/{source['id']}", json=named).status_code == 200

    for address in ("/desk", "/desk/tasks?limit=200"):
        page = desk.open(address, by="Bolat")
        assert source["id"] not in page.response.text
        assert source["name"] not in page.text
    assert f"/sources/{source['id']}" in desk.open("/desk/tasks?limit=200", by="Ana").response.text
