"""Who may see what over HTTP: editors say it, every answer obeys, and for whoever may not see it there is nothing."""

from __future__ import annotations

import re
from typing import Any

from api.access.policy import Address, addresses, passed_on
from provenance.vocabulary import Role
from tests.api.telling import Api, Json, running
from tests.keys import Headers, bearer

# No key: what is sent by itself is left out where a cookie comes.
EVERYBODY: Headers = {"Cookie": "chosen=nothing"}


def show_to(api: Api, record: str, to: str, headers: Headers, **more: Any) -> Json:
    answer = api.send("PUT", f"/v1/visibility/{record}", json={"visibility": to, **more}, headers=headers)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


def test_a_witness_is_public_for_no_moment_and_then_for_those_whom_the_editor_names(
    api: Api, ana: Headers, bolat: Headers, rita: Headers
) -> None:
    given = {"name": "Qanat Beisembaev", "kind": "witness"}
    made = api.send("POST", "/v1/sources", json=given, headers={**ana, "Provenance-Visibility": "named"})
    assert made.status_code == 201, made.text
    witness = made.json()["id"]
    for headers in (bolat, rita):
        gone = api.send("GET", f"/v1/sources/{witness}", headers=headers)
        none = api.send("GET", "/v1/sources/src_nosuch", headers=headers)
        assert (gone.status_code, gone.json()["detail"]) == (404, none.json()["detail"].replace("src_nosuch", witness))
        assert witness not in api.send("GET", "/v1/sources?limit=200", headers=headers).text
        assert "Qanat" not in api.send("GET", "/v1/search?q=qanat", headers=headers).text.replace('"q":"qanat"', "")
        assert witness not in api.send("GET", "/v1/history?limit=200", headers=headers).text
    assert api.send("PATCH", f"/v1/sources/{witness}", json={"note": "x"}, headers=bolat).status_code in (403, 404)

    assert show_to(api, witness, "named", ana, people=["Bolat"], why="He takes the call.")["people"] == ["Ana", "Bolat"]

    assert api.send("GET", f"/v1/sources/{witness}", headers=bolat).status_code == 200
    assert api.send("GET", f"/v1/sources/{witness}", headers=rita).status_code == 404


def test_whoever_narrows_says_which_version_they_read(api: Api, ana: Headers, bolat: Headers) -> None:
    claim = api.claim()
    read = api.send("GET", f"/v1/visibility/{claim}", headers=bolat)
    assert read.json() == {
        "id": claim,
        "noun": "claim",
        "visibility": "public",
        "people": [],
        "narrowed_by": [],
    }
    address, desk = f"/v1/visibility/{claim}", {"visibility": "desk"}
    assert api.send("PUT", address, json=desk, headers={**bolat}).status_code == 403
    assert api.send("PUT", address, json=desk, headers={**ana, "If-Match": None}).status_code == 428
    based = {**ana, "If-Match": read.headers["etag"]}
    assert api.send("PUT", address, json=desk, headers=based).status_code == 200
    assert api.send("PUT", address, json=desk, headers=based).status_code == 412
    assert api.send("PUT", address, json={**desk, "people": ["Ana"]}, headers=ana).status_code == 422
    assert api.send("PUT", "/v1/visibility/xyz_none", json=desk, headers=ana).status_code == 404


def test_what_belongs_to_a_record_goes_with_it_and_what_is_passed_on_holds_what_is_public(
    api: Api, ana: Headers, bolat: Headers, rita: Headers
) -> None:
    claim = api.claim()
    report = api.report(claim, "Interior Ministry", "Tass")
    public = api.send("GET", f"/v1/claims/{claim}/trace", headers=rita).json()["documents"]
    show_to(api, report["document"], "desk", ana)

    for address in ("/v1/reports", "/v1/documents", "/v1/figures"):
        assert api.send("GET", address, headers=rita).json()["items"] == []
        assert len(api.send("GET", address, headers=bolat).json()["items"]) == 1
        assert api.send("GET", f"{address}.csv", headers=bolat).text.count("\n") == 1, "only the head of the table"
    assert public == 1
    for headers in (rita, bolat, ana):
        assert api.send("GET", f"/v1/claims/{claim}/trace", headers=headers).json()["documents"] == 0
        assert report["document"] not in api.send("GET", "/feeds/corrections.atom", headers=headers).text
    narrowed = api.send("GET", f"/v1/visibility/{report['id']}", headers=bolat).json()
    assert [one["id"] for one in narrowed["narrowed_by"]] == [report["document"]]


NUMBERS = (
    *("/", "/claims", "/flags", "/sources", "/documents", "/search?q=ministry", "/v1/search?q=ministry", "/v1/flags"),
    *("/v1/claims?limit=200", "/v1/events?limit=200", "/v1/sources?limit=200", "/v1/tallies", "/v1/figures?limit=200"),
)


def test_no_number_that_everybody_sees_changes_with_what_is_added_for_the_desk(
    api: Api, ana: Headers, database_url: str
) -> None:
    claim = api.claim()
    report = api.report(claim, "Interior Ministry", "Tass")
    with running(database_url, keyed=False) as public:
        before = {address: without_once(public.send("GET", address)) for address in NUMBERS}
        desk = {**ana, "Provenance-Visibility": "desk"}
        written = [
            api.send("POST", "/v1/sources", json={"name": "Ministry of Truth", "kind": "witness"}, headers=desk),
            api.send("POST", "/v1/events", json={"title": "What the ministry did"}, headers=desk),
        ]
        event = api.send("GET", f"/v1/claims/{claim}", headers=ana).json()["event"]
        held = {"text": "The ministry moved.", "kind": "event", "event": event}
        written.append(api.send("POST", "/v1/claims", json=held, headers=desk))
        assert [answer.status_code for answer in written] == [201, 201, 201], [answer.text for answer in written]
        assert {address: without_once(public.send("GET", address)) for address in NUMBERS} == before
        show_to(api, report["id"], "desk", ana)
        assert public.send("GET", "/v1/figures").json()["items"] == []


def without_once(answer: Any) -> str:
    """What was answered, but for what is made once for each answer."""
    assert answer.status_code == 200, answer.text
    return re.sub(r'nonce="[^"]*"|name="csrf"[^>]*|[0-9.]+ ms', "", answer.text)


def test_the_page_of_a_claim_that_is_withheld_says_who_sees_it_and_why_nothing_is_derived(
    api: Api, ana: Headers, bolat: Headers, rita: Headers
) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass")
    show_to(api, claim, "desk", ana)
    page = api.send("GET", f"/claims/{claim}", headers=bolat)
    assert page.status_code == 200, page.text
    assert "Only those who work here see this." in page.text
    assert "no chain, no verdict and no flags" in page.text
    assert "Tass" in page.text
    show_to(api, claim, "named", ana, people=["Bolat"])
    assert "Only Ana and Bolat see this." in api.send("GET", f"/claims/{claim}", headers=bolat).text
    assert api.send("GET", f"/claims/{claim}", headers=rita).status_code == 404


def test_nobody_undoes_a_change_of_which_they_see_a_part(api: Api, ana: Headers, bolat: Headers) -> None:
    report = api.report(api.claim(), "Interior Ministry", "Tass")
    change = api.items(f"/v1/reports/{report['id']}/history")[0]["change"]
    show_to(api, report["id"], "named", ana, people=["Ana"])
    document = api.send("GET", f"/v1/history/{change}", headers=bolat)
    assert report["id"] not in document.text
    other = bearer(api.app.state.settings.database_url, Role.EDITOR, "Dina")
    refused = api.send("POST", f"/v1/history/{change}/undo", headers=other)
    assert refused.status_code in (404, 409), refused.text
    assert report["id"] not in refused.text


def test_an_unknown_word_for_who_may_see_is_refused(api: Api, ana: Headers) -> None:
    headers = {**ana, "Provenance-Visibility": "friends"}
    problem = api.refused("POST", "/v1/events", 422, json={"title": "x"}, headers=headers)
    assert problem["errors"][0]["field"] == "Provenance-Visibility"


def test_the_page_of_any_record_that_not_everybody_sees_says_who_does(
    api: Api, ana: Headers, bolat: Headers, rita: Headers
) -> None:
    desk, named = "Only those who work here see this.", "Only Ana and Bolat see this."
    source = api.source("Saule", "witness")
    made = api.report(api.claim(), "Saule", "Tass")
    report, document = made["id"], made["document"]
    assert desk not in api.send("GET", f"/documents/{document}", headers=bolat).text
    show_to(api, source, "named", ana, people=["Bolat"])
    show_to(api, document, "desk", ana)

    assert named in api.send("GET", f"/sources/{source}", headers=bolat).text
    assert named in api.send("GET", f"/sources/{source}/history", headers=bolat).text
    assert desk in api.send("GET", f"/documents/{document}", headers=bolat).text
    assert desk in api.send("GET", f"/report/{report}/history", headers=bolat).text, "it belongs to the document"
    assert api.send("GET", f"/reports/{report}", headers=rita).status_code == 404


def test_the_words_by_which_a_page_names_a_withheld_source_are_withheld_in_the_past_as_in_the_present(
    api: Api, ana: Headers, bolat: Headers
) -> None:
    witness, paper = api.source("Saule", "witness"), api.source("Tass")
    named = {"upstream": witness, "downstream": paper, "as_named": "Saule Omarova", "cue": "Omarova said"}
    report = api.report(api.claim(), "Saule", "Tass", attributions=[named])["id"]
    places = (f"/v1/reports/{report}", f"/v1/reports/{report}/history", f"/reports/{report}/history", "/v1/history.csv")
    assert all("Omarova" in api.send("GET", place, headers=EVERYBODY).text for place in places)
    show_to(api, witness, "named", ana)

    for place in places:
        assert "Omarova" not in api.send("GET", place, headers=EVERYBODY).text, place
        assert "Omarova" not in api.send("GET", place, headers=bolat).text, place
    for place in places[:-1]:
        assert "Omarova" in api.send("GET", place, headers=ana).text, place


def test_whose_name_was_read_in_an_article_is_told_at_the_desk_to_whoever_may_see_them_all(
    api: Api, ana: Headers, bolat: Headers
) -> None:
    text = "Almaty, 6 January. Two people were killed, Saule Omarova said."
    sent = {"text": text, "publisher": "Tass", "published_at": "2022-01-06"}
    document = api.send("POST", "/v1/ingest", json=sent).json()["document"]["id"]
    [report] = [one["id"] for one in api.items("/v1/reports", document=document, state="proposed")]
    assert api.send("POST", f"/v1/reports/{report}/accept", json={}).status_code == 200

    def grounds(headers: Headers, beside: str = "") -> Json:
        answer = api.send("GET", f"/v1/reports/{report}{beside}", headers=headers)
        assert answer.status_code == 200, answer.text
        body: Json = answer.json()
        return body["grounds"] if not beside else {"items": body["items"]}

    assert grounds(bolat)["sources"][0]["source"] == "Saule Omarova"
    assert not {"sources", "matches"} & grounds(EVERYBODY).keys()
    [hop] = api.get(f"/v1/reports/{report}")["attributions"]
    show_to(api, hop["upstream_id"], "named", ana)

    assert "sources" not in grounds(bolat)
    assert grounds(ana)["sources"][0]["source"] == "Saule Omarova"
    for headers in (bolat, EVERYBODY):
        told = [one["after"]["grounds"] for one in grounds(headers, "/history")["items"] if one["noun"] == "report"]
        assert told
        assert not any("Omarova" in str(one) for one in told)


def test_every_file_feed_and_format_of_others_is_made_to_be_passed_on(api: Api) -> None:
    """A new one that the policy does not name among them would hold what its reader alone may see."""
    routes = list(addresses(api.app))
    files = {one for one in routes if one.path.endswith((".csv", ".parquet", ".zip", ".atom"))}
    others = {
        one for one in routes if one.method == "GET" and one.path.startswith(("/feeds", "/reconcile", "/v1alpha1"))
    }
    public = {one for one in routes if passed_on(one.method, one.path)}
    assert len(files) > 20
    assert files | others <= public
    assert {one.method for one in public} == {"GET", "POST"}
    assert {one.path for one in public if one.method == "POST"} == {"/v1/what-if", "/v1/match", "/reconcile"}
    assert Address("GET", "/v1/claims/{claim_id}") not in public
