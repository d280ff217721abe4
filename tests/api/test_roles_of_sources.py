"""What a source does in chains, counted; and what was done to its statements and hops."""

from __future__ import annotations

from provenance.storage.reads.asked import ChainRole
from provenance.storage.reads.roles import Part, Parts, Seen, documents_by_claim, parts_of, seen
from provenance.storage.session import reading
from tests.api.telling import Api


def told(api: Api) -> tuple[str, str]:
    """The ministry through Khabar 24 and Tass; Khabar 24 alone, before Tass; and Tass with nobody."""
    dozens, eight = api.claim("Dozens of attackers were killed."), api.claim("Eight officers were killed.")
    for _ in range(2):
        api.report(dozens, "Interior Ministry", "Khabar 24", "Tass")
    api.report(dozens, "Khabar 24", "Tass")
    api.report(eight, "Tass")
    return dozens, eight


def test_a_carrier_is_counted_apart_from_the_origin_and_never_promoted_to_it(api: Api) -> None:
    told(api)

    with reading(api.app.state.engine) as session:
        ministry, khabar, tass = (
            parts_of(session, api.source(name)) for name in ("Interior Ministry", "Khabar 24", "Tass")
        )

    assert ministry == Parts(origin=Part(2, 1))
    assert khabar == Parts(carrier=Part(3, 1), unsaid=Part(1, 1))
    assert tass == Parts(publisher=Part(4, 2), unsaid=Part(1, 1))


def test_documents_are_counted_per_claim_by_the_role_that_the_source_plays_in_them(api: Api) -> None:
    dozens, eight = told(api)

    with reading(api.app.state.engine) as session:
        published = documents_by_claim(session, api.source("Tass"), ChainRole.PUBLISHER, [dozens, eight])
        carried = documents_by_claim(session, api.source("Khabar 24"), ChainRole.CARRIER, [dozens, eight])

    assert published == {dozens: 3, eight: 1}
    assert carried == {dozens: 3}


def test_a_source_that_is_never_met_has_zeros(api: Api) -> None:
    told(api)
    names = ("Tass", "Khabar 24", "Reuters")

    with reading(api.app.state.engine) as session:
        met = seen(session, [api.source(name) for name in names])

    assert [met[api.source(name)] for name in names] == [Seen(4, 1), Seen(0, 1), Seen(0, 0)]


def test_corrections_are_listed_by_who_made_them_and_by_whose_words_they_are_about(api: Api) -> None:
    ministry, channel = api.source("Health Ministry"), api.source("Headquarters channel")
    taken_back = {"kind": "retraction", "by": ministry, "claim": api.claim("164 were killed."), "upstream": channel}
    made = api.post("/v1/corrections", **taken_back)["id"]

    listed = [api.items("/v1/corrections", source=each) for each in (ministry, channel, api.source("Tass"))]
    assert [[each["id"] for each in found] for found in listed] == [[made], [made], []]


def test_cuts_are_listed_by_the_source_whose_hop_they_cut(api: Api) -> None:
    khabar = api.source("Khabar 24")
    signed = {"method": "The page names another.", "signed_by": "an editor", "signed_at": "2026-11-01T00:00:00Z"}
    made = api.post("/v1/rulings", kind="cut", claim=api.claim(), upstream=khabar, **signed)["id"]

    assert [each["id"] for each in api.items("/v1/rulings", source=khabar)] == [made]
    assert api.items("/v1/rulings", source=api.source("Tass")) == []
