"""Search: whatever somebody types is answered, best match first, in every section."""

from __future__ import annotations

from urllib.parse import quote_from_bytes

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.telling import Api

SYNTAX = ['"', "'", "*", "(", ")", ":", "&", "|", "!", "<->", "NEAR", "AND", "OR", "NOT", "^", "-", "\\", "\x00", "%"]
TYPED = st.one_of(
    st.binary(max_size=60),
    st.lists(st.sampled_from([*SYNTAX, "dozens", "тас", "塔斯", "1,000", " "]), max_size=12).map(
        lambda parts: "".join(parts).encode()
    ),
    st.text(max_size=40).map(lambda text: text.encode(errors="ignore")),
)
ADDRESSES = ["/v1/search", "/v1/claims", "/v1/figures", "/v1/sources", "/v1/documents", "/v1/events"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
def test_any_bytes_are_answered_and_never_an_error(api: Api, typed: bytes) -> None:
    for address in ADDRESSES:
        answer = api.send("GET", f"{address}?q={quote_from_bytes(typed, safe='')}")
        assert answer.status_code == 200, (address, typed, answer.text)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.binary(max_size=40))
def test_any_bytes_in_a_filter_are_answered_or_refused_and_never_fail(api: Api, typed: bytes) -> None:
    value = quote_from_bytes(typed, safe="")
    for parameter in ("event", "source", "flag", "language", "measure", "published_from", "cursor", "limit"):
        answer = api.send("GET", f"/v1/claims?{parameter}={value}")
        assert answer.status_code in (200, 422), (parameter, typed, answer.text)
    assert api.send("GET", f"/v1/claims/{value}").status_code < 500
    assert api.send("GET", f"/v1/claims?{value}").status_code in (200, 422)


def test_each_section_has_its_own_kind_of_record(api: Api) -> None:
    claim = api.claim("Dozens were killed in Almaty.")
    api.source("Almaty police")
    api.document("Tass", title="Night in Almaty")
    api.event("Almaty, January 2022")

    found = api.get("/v1/search", q="ALMATY")

    assert found["words"] == ["almaty"]
    assert [item["id"] for item in found["claims"]] == [claim]
    assert [item["name"] for item in found["sources"]] == ["Almaty police"]
    assert [item["title"] for item in found["documents"]] == ["Night in Almaty"]
    assert [item["title"] for item in found["events"]] == ["Almaty, January 2022"]


def test_the_record_that_is_most_about_the_words_comes_first(api: Api) -> None:
    api.document("Tass", title="Other news", text="Weather and sports, then at length of other things, and Almaty.")
    api.document("Tass", title="Almaty, Almaty, Almaty")

    assert [item["title"] for item in api.get("/v1/search", q="almaty")["documents"]] == [
        "Almaty, Almaty, Almaty",
        "Other news",
    ]


def test_a_search_is_cut_to_the_best_and_says_so(api: Api) -> None:
    for number in range(4):
        api.claim(f"Claim {number}")

    found = api.get("/v1/search", q="claim", limit=3)

    assert len(found["claims"]) == 3
    assert found["more"] == ["claims"]
    assert api.get("/v1/search", q="claim", limit=4)["more"] == []


def test_a_whole_word_comes_before_a_word_that_only_begins_so(api: Api) -> None:
    api.source("Almaty city police department of the interior")
    api.source("Police1")
    api.claim("The police of Almaty gave out a toll in the night.")
    api.claim("Policemen")

    found = api.get("/v1/search", q="police")

    assert [item["name"] for item in found["sources"]] == ["Almaty city police department of the interior", "Police1"]
    assert [item["text"] for item in found["claims"]][-1] == "Policemen"


def test_a_number_is_found_however_its_digits_are_grouped(api: Api) -> None:
    claim = api.claim("More than 1,000 were injured.")

    for q in ("1000", "1,000", "1 000"):
        assert [item["id"] for item in api.get("/v1/search", q=q)["claims"]] == [claim], q


def test_what_a_record_no_longer_says_is_no_longer_found(api: Api) -> None:
    claim = api.claim("Dozens were killed.")
    api.send("PATCH", f"/v1/claims/{claim}", json={"text": "Several were killed."})

    assert api.items("/v1/claims", q="dozens") == []
    assert [item["id"] for item in api.items("/v1/claims", q="several")] == [claim]


def test_a_text_longer_than_any_index_is_kept_whole_and_found_by_its_beginning(api: Api) -> None:
    words = (f"w{number:x}" for number in range(400_000))
    text = f"beginning {' '.join(words)} ending"

    document = api.document("Tass", title="Long", text=text)

    assert api.get(f"/v1/documents/{document}")["text"] == text
    assert [item["id"] for item in api.get("/v1/search", q="beginning")["documents"]] == [document]
