"""Reviewed claims by site, language and image on both databases, in one order that pages cannot lose."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from provenance.analysis.recording import recording
from provenance.storage.claim import Claim
from provenance.storage.reads.fact_checks import FactChecksAsked, fact_checks
from provenance.storage.reads.review_pages import ReviewPagesAsked, page_at, pages_of
from provenance.storage.review import EvidenceCreate, Review
from provenance.storage.session import reading
from provenance.storage.writes.review_pages import add_page
from provenance.storage.writes.reviews import record_evidence, rest_on
from provenance.vocabulary import EvidenceKind, Visibility
from tests.records import Desk

SITES = {
    "https://desk.example/1": ["desk.example"],
    "http://www.Desk.example:8080?x=/other.example/": ["desk.example"],
    "https://news.desk.example#other.example": ["desk.example", "news.desk.example"],
    "https://notdesk.example/desk.example/": ["notdesk.example"],
    "https://other.example/?from=https://desk.example/": ["other.example"],
}


def review(desk: Desk, text: str, **more: Any) -> Review:
    """A published review of the claim with this text."""
    given = {"author": "Desk", "rating": "Unproven", "reasons": "One source.", "url": "https://desk.example/1", **more}
    return desk.writer.add(Review(claim_id=desk.claim(text).key, **given))


def found(engine: sa.Engine, **asked: Any) -> list[str]:
    """The claims that are found, in their order."""
    with reading(engine) as session:
        return [checked.text for checked in fact_checks(session, FactChecksAsked(**asked))[0]]


def test_a_site_holds_what_lies_on_its_host_or_below_and_nothing_that_only_names_it(engine: sa.Engine) -> None:
    with recording(engine, "Aigerim") as writer:
        for url in SITES:
            review(Desk(writer), url, url=url)
    sites = {site for lies_on in SITES.values() for site in lies_on}
    assert {site: set(found(engine, site=site)) for site in sites} == {
        site: {url for url, lies_on in SITES.items() if site in lies_on} for site in sites
    }


def test_claims_come_by_their_newest_review_and_undated_ones_last_page_by_page(engine: sa.Engine) -> None:
    days = {"old": 1, "undated": None, "new": 20, "same": 20, "also undated": None}
    with recording(engine, "Aigerim") as writer:
        for text, day in days.items():
            review(Desk(writer), text, reviewed_at=datetime(2022, 1, day, tzinfo=UTC) if day else None)

    seen, cursor = [], None
    while True:
        with reading(engine) as session:
            checked, cursor = fact_checks(session, FactChecksAsked(site="desk.example", limit=2, cursor=cursor))
        seen.append([each.text for each in checked])
        if cursor is None:
            break
    assert seen == [["same", "new"], ["old", "also undated"], ["undated"]]


def test_what_nobody_may_see_and_what_waits_is_not_found(engine: sa.Engine) -> None:
    with recording(engine, "Aigerim") as writer:
        desk = Desk(writer)
        review(desk, "shown")
        review(desk, "proposed", state="proposed")
        review(desk, "for the desk", visibility=Visibility.DESK)
        hidden = review(desk, "claim for the desk")
        writer.change(desk.session.get_one(Claim, hidden.claim_id), {"visibility": Visibility.DESK})
    assert found(engine, site="desk.example") == ["shown"]


def test_a_claim_is_found_by_the_words_of_either_side_folded_alike(engine: sa.Engine) -> None:
    with recording(engine, "Aigerim") as writer:
        review(Desk(writer), "Dozens were killed.", claim_reviewed="Убиты десятки нападавших: 1,000 déjà.")
    for query in ("ДЕСЯТКИ напад", "1000 deja", "dozens kil"):
        assert found(engine, query=query) == ["Убиты десятки нападавших: 1,000 déjà."]
    assert found(engine, query="dozens десятки") == []


@pytest.mark.parametrize(
    ("asked", "claims"),
    [
        ("https://a.example/video.mp4", ["rests"]),
        ("http://www.a.example/map.png", ["rests", "beside"]),
        ("https://archive.example/ü", ["rests", "beside"]),
        ("https://c.example/shown.png", ["markup"]),
        ("https://c.example/author", []),
    ],
)
def test_an_image_goes_with_the_claims_whose_reviews_rest_on_it_or_show_it(
    engine: sa.Engine, asked: str, claims: list[str]
) -> None:
    with recording(engine, "Aigerim") as writer:
        desk = Desk(writer)
        event = desk.event().public_id
        kind = EvidenceKind.IMAGE
        video = record_evidence(
            writer, EvidenceCreate(event=event, kind=kind, title="v", url="https://a.example/video.mp4")
        )
        archives = ["http://archive.example/%C3%BC/"]
        record_evidence(
            writer,
            EvidenceCreate(event=event, kind=kind, title="m", url="https://a.example/map.png", archives=archives),
        )
        rest_on(writer, review(desk, "rests").key, [video.key])
        review(desk, "beside")
        shown = {"author": {"image": [{"url": "http://c.example/shown.png"}], "url": "https://c.example/author"}}
        review(desk, "markup", markup={"claimreview": shown})
    in_event = {"markup"} if len(claims) == 2 else set()
    assert set(found(engine, image=asked)) == set(claims) | in_event


def test_pages_are_found_by_any_spelling_of_their_address_and_by_their_site(engine: sa.Engine) -> None:
    with recording(engine, "Aigerim") as writer:
        desk = Desk(writer)
        for url in ("https://www.desk.example/ü?id=1", "https://desk.example/b", "https://other.example/"):
            add_page(writer, url, None, {}, [review(desk, url, url=url)])
    with reading(engine) as session:
        one = page_at(session, "http://desk.example/%C3%BC/?id=1#there", "url")
        assert one is not None
        assert one.page_url == "https://www.desk.example/ü?id=1"
        assert page_at(session, "https://desk.example/ü?id=2", "url") is None
        listed, _ = pages_of(session, ReviewPagesAsked(site="desk.example"))
        assert [page.page_url for page in listed] == ["https://desk.example/b", "https://www.desk.example/ü?id=1"]
