"""The many ways in which publishers write one review, and which review of which claim it is then."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.answers_claimreview import ClaimReviewsTaken
from provenance.errors import Conflict, InvalidInput
from provenance.exchange.claimreview.importing import Asked, entries_of_json, entries_of_page, take_in
from provenance.exchange.claimreview.publishing import Publisher, feed, review_markup
from provenance.exchange.claimreview.reading import as_kept
from provenance.exchange.claimreview.reviewed import ReviewedClaim
from provenance.exchange.claimreview.taking import CATCH_ALL, take_review
from provenance.storage.claim import Claim, ClaimCreate
from provenance.storage.event import Event
from provenance.storage.reads.review_markup import PublishedAsked
from provenance.storage.review import Review
from provenance.storage.session import reading
from provenance.storage.writes.claims import create_claim
from provenance.vocabulary import ReportState
from tests.databases import SqliteDatabases, opened
from tests.exchange.reviewing import Json, html_page, markup
from tests.records import Desk

PUBLISHER = Publisher("The Desk", "desk.example")
ACCEPTED, PROPOSED = ReportState.ACCEPTED, ReportState.PROPOSED


def read(*found: Any) -> ReviewedClaim:
    """The one review in a document."""
    [entry] = entries_of_json(json.dumps(found[0] if len(found) == 1 else list(found)))
    if entry.broken is not None:
        raise entry.broken
    assert entry.reviewed is not None
    return entry.reviewed


def prefixed(prefix: str, context: Any) -> Json:
    """The review with a prefix before each name of schema.org."""
    said = {name: value for name, value in markup().items() if not name.startswith("@")}
    names = {f"{prefix}:{name}": value for name, value in said.items()}
    return {"@context": context, "@type": f"{prefix}:ClaimReview", **names}


@pytest.mark.parametrize(
    "document",
    [
        [markup()],
        {"@graph": [{"@type": "WebPage"}, markup()]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [markup(), None]}]},
        {"@type": "NewsArticle", "review": {"@type": "Thing", "about": markup()}},
        markup(**{"@type": ["ClaimReview"]}),
        markup(**{"@type": ["Review", "ClaimReview"]}),
        markup(claimReviewed=["Twenty thousand bandits attacked Almaty."], headline="", inLanguage=[]),
        markup(author=[{"name": ""}, {"name": "Checks", "url": "https://checks.example"}]),
        markup(
            author={"@type": "Person", "name": {"@value": "Checks", "@language": "en"}, "url": "https://checks.example"}
        ),
        markup(author=None, publisher={"name": "Checks", "url": "https://checks.example"}),
        markup(reviewRating=[{"alternateName": "Unproven", "ratingValue": "2", "bestRating": "5"}]),
        markup(reviewRating={"name": "Unproven", "ratingValue": "2.0", "bestRating": 5.0, "worstRating": ""}),
        markup(itemReviewed={"@type": "Claim", "author": ["Kassym-Jomart Tokayev"], "datePublished": "2022-01-07"}),
        markup(datePublished="20220112"),
        markup(datePublished="2022-01-12T00:00:00"),
        markup(
            datePublished="Jan 12, 2022",
            itemReviewed={"author": "Kassym-Jomart Tokayev", "datePublished": "7 January 2022"},
        ),
        markup(datePublished="Wed, 12 Jan 2022 00:00:00 GMT"),
        markup(datePublished=1641945600000),
        markup(claimReviewed="Twenty thousand <em>bandits</em> attacked&nbsp;Almaty."),
        markup(reviewRating={"alternateName": "Unproven", "ratingValue": "2,0", "bestRating": 5}),
        {
            f"schema:{name}" if name[0] != "@" else name: value
            for name, value in markup(**{"@type": "schema:ClaimReview"}).items()
        },
        {
            ("@context" if name == "@context" else "s:" + name if name[0] != "@" else name): value
            for name, value in markup(**{"@context": {"s": "http://schema.org/"}, "@type": "s:ClaimReview"}).items()
        },
        {
            "@graph": [
                markup(author={"@id": "#us"}, itemReviewed={"@id": "#claim"}),
                {"@id": "#us", "name": "Checks", "url": "https://checks.example"},
                {"@id": "#claim", "@type": "Claim", "author": {"@id": "#him"}, "datePublished": "2022-01-07"},
                {"@id": "#him", "@type": "Person", "name": "Kassym-Jomart Tokayev"},
            ]
        },
    ],
)
def test_one_review_in_many_forms_is_one_review(document: Any) -> None:
    plainly = read(markup())
    found = read(document)

    assert replace(found, markup={}) == replace(plainly, markup={})
    assert as_kept(read(as_kept(found))) == as_kept(found)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("last week", "no date that means one day alone"),
        ("01/02/2022", "no date that means one day alone"),
        ("2022010612", "no date that means one day alone"),
        ("Feb 30, 2022", "no date that means one day alone"),
        ("9999-12-31T23:59:59-12:00", "out of range"),
    ],
)
def test_a_date_that_nobody_can_read_is_left_out_and_told(written: str, why: str) -> None:
    found = read(markup(datePublished=written))

    assert found.reviewed_at is None
    [noticed] = found.noticed
    assert (noticed.place, why in noticed.message) == ("datePublished", True)
    assert as_kept(found)["datePublished"] == written


def test_a_number_whose_comma_may_part_thousands_is_none() -> None:
    with pytest.raises(InvalidInput, match="'1,000' is no number"):
        read(markup(reviewRating={"ratingValue": "1,000"}))


def test_what_is_missing_is_missing() -> None:
    bare = read({"@type": "ClaimReview", "claimReviewed": "It was so.", "url": "https://www.checks.example/1",
                 "reviewRating": {"ratingValue": 2, "bestRating": 1, "worstRating": 7}})  # fmt: skip

    assert replace(bare, markup={}) == ReviewedClaim(
        claim="It was so.",
        author="checks.example",
        url="https://www.checks.example/1",
        rating_value=2,
        best=1,
        worst=7,
    )


def test_claims_with_words_of_their_own_are_reviewed_one_by_one() -> None:
    document = markup(claimReviewed=None, itemReviewed=[{"text": "One died."}, {"name": "Two died."}])
    entries = entries_of_json(json.dumps(document))

    assert [(each.place, each.reviewed and each.reviewed.claim) for each in entries] == [
        ("itemReviewed.0", "One died."),
        ("itemReviewed.1", "Two died."),
    ]


def test_one_claim_by_several_claimants_names_each_and_is_given_again_as_it_came() -> None:
    items = [
        {
            "@type": "Claim",
            "author": {"@type": "Person", "name": name},
            "appearance": [{"url": f"https://{name}.example/"}],
        }
        for name in ("tass", "ria")
    ]
    found = read(markup(itemReviewed=items))

    assert found.claimant == "tass, ria"
    assert found.appearances == ("https://tass.example/", "https://ria.example/")
    assert as_kept(found)["itemReviewed"] == items


def test_a_work_that_is_no_claim_yet_is_where_the_claim_stood() -> None:
    work = {
        "@type": "CreativeWork",
        "author": {"name": "Tass"},
        "url": "https://tass.example/1",
        "sameAs": "not a link",
    }

    assert read(markup(itemReviewed=work)).appearances == ("https://tass.example/1",)


def test_a_page_is_read_through_what_stands_around_its_scripts() -> None:
    page = html_page("", f"<!--\n{json.dumps(markup())}\n-->", f"/*<![CDATA[*/{json.dumps([])}/*]]>*/", "[]")

    assert [entry.place for entry in entries_of_page(page)] == ["script.1"]


def test_what_was_changed_here_is_given_as_it_is_now_and_the_rest_as_it_came() -> None:
    found = read(
        markup(
            reviewRating={"alternateName": "False", "image": "https://i.example/"},
            about=["Almaty"],
            datePublished="2022",
        )
    )
    changed = replace(found, rating="True")

    assert as_kept(changed)["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "True",
    }
    assert (as_kept(changed)["about"], as_kept(changed)["datePublished"]) == (["Almaty"], "2022")
    assert as_kept(found)["reviewRating"]["image"] == "https://i.example/"


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
addresses = st.integers(0, 99).map("https://news.example/{}".format)
numbers = st.none() | st.integers(-5, 5).map(float) | st.just(2.5)
agents = words | st.fixed_dictionaries({"name": words}, optional={"@type": st.just("Person"), "sameAs": addresses})
items = st.fixed_dictionaries(
    {"@type": st.sampled_from(["Claim", "CreativeWork"])},
    optional={
        "author": agents | st.lists(agents, max_size=2),
        "datePublished": st.sampled_from(["2022", "2022-01", "2022-01-07", "2022-01-07T10:00:00Z", ""]),
        "firstAppearance": addresses | st.fixed_dictionaries({"url": addresses}),
        "appearance": st.lists(st.fixed_dictionaries({"@type": st.just("CreativeWork"), "url": addresses}), max_size=3),
    },
)
ratings = st.fixed_dictionaries(
    {"alternateName": words | st.lists(words, min_size=1, max_size=2)},
    optional={"ratingExplanation": words, "bestRating": st.just(5), "worstRating": st.just("-5"), "image": addresses},
)
reviews = st.fixed_dictionaries(
    {
        "@type": st.sampled_from(["ClaimReview", "schema:ClaimReview", ["ClaimReview", "Review"]]),
        "claimReviewed": words.map("The police said {}.".format),
        "author": st.just({"@type": "Organization", "name": "The Desk"}),
        "url": st.integers(0, 10**9).map("https://desk.example/{}".format),
        "datePublished": st.sampled_from(["2022", "2022-02-03", "2022-02-03T04:05:06+06:00", "2022-02-03T04:05:06"]),
        "reviewRating": ratings,
    },
    optional={
        "headline": words | st.just(" "),
        "name": words,
        "reviewBody": words,
        "inLanguage": st.sampled_from(["en", "pt-BR", "English", {"@type": "Language", "alternateName": "ru"}, None]),
        "itemReviewed": items | st.lists(items, min_size=1, max_size=2),
        "keywords": st.lists(words, max_size=2),
        "image": st.fixed_dictionaries({"url": addresses}),
    },
)


@pytest.fixture(scope="module")
def two_databases(sqlite_databases: SqliteDatabases) -> Any:
    """Two databases that hold nothing yet."""
    with sqlite_databases.fresh() as one, sqlite_databases.fresh() as two, opened(one) as first, opened(two) as second:
        yield first, second


@settings(max_examples=80, deadline=None)
@given(document=reviews)
def test_markup_that_was_read_and_written_reads_the_same_and_is_written_the_same(document: Json) -> None:
    found = read(document)
    written = as_kept(found)

    assert replace(read(written), markup={}) == replace(found, markup={})
    assert as_kept(read(written)) == written


@settings(max_examples=8, deadline=None)
@given(document=reviews)
def test_what_was_exported_is_exported_again_after_its_import_elsewhere(
    two_databases: tuple[Engine, Engine], document: Json
) -> None:
    first, second = two_databases
    exported = _export(first, document)
    again = _export(second, exported)

    assert again == exported
    assert [item.outcome for item in _take(first, exported).items] == ["unchanged"]
    assert [item.outcome for item in _take(second, again).items] == ["unchanged"]


def _export(engine: Engine, document: Json) -> Json:
    [item] = _take(engine, document).items
    assert item.review is not None
    return review_markup(engine, item.review, PUBLISHER)


def _take(engine: Engine, document: Any) -> ClaimReviewsTaken:
    return take_in(engine, entries_of_json(json.dumps(document)), Asked(state=ACCEPTED), who="a test")


SAID = ReviewedClaim(
    claim="Police eliminated dozens of attackers.", author="Checks", rating="Unproven", url="https://checks.example/1"
)


def test_the_same_review_twice_is_one_and_a_changed_one_changes_its_row(engine: Engine) -> None:
    kept = []
    for reviewed in (
        SAID,
        SAID,
        replace(SAID, claim="POLICE  eliminated dozens of attackers"),
        replace(SAID, rating="False"),
    ):
        with recording(engine, "a test") as writer:
            review = take_review(writer, reviewed, state=PROPOSED)
            kept.append((review.public_id, review.rating, review.reasons, review.upholds, review.recorded_from))

    assert len({public_id for public_id, *_ in kept}) == 1
    assert kept[0] == kept[1] == kept[2]
    assert [rating for _, rating, *_ in kept] == ["Unproven", "Unproven", "Unproven", "False"]
    assert kept[0][2:4] == (None, None)


def test_a_proposal_brings_its_claim_and_event_as_proposals_and_acceptance_accepts_them(engine: Engine) -> None:
    for state in (PROPOSED, ACCEPTED):
        with recording(engine, "a test") as writer:
            review = take_review(writer, SAID, state=state)
            claim = writer.session.get_one(Claim, review.claim_id)
            held = writer.session.get_one(Event, claim.event_id)
            assert (held.title, held.state, claim.state, review.state) == (CATCH_ALL, state, state, state)
    with recording(engine, "a test") as writer, pytest.raises(Conflict, match=r"rating: the desk accepted this review"):
        take_review(writer, replace(SAID, rating="False"), state=PROPOSED)


@pytest.mark.parametrize(
    ("claim", "known"),
    [
        ("police eliminate dozens of the attackers", True),
        ("Police did not eliminate dozens of attackers.", False),
        ("Attackers eliminated dozens of police.", False),
        ("Police eliminated 24 attackers.", False),
    ],
)
def test_only_a_claim_that_surely_is_the_same_is_taken_for_it(engine: Engine, claim: str, known: bool) -> None:
    with recording(engine, "a test") as writer:
        held = Desk(writer).claim(SAID.claim)
        review = take_review(writer, replace(SAID, claim=claim), state=ACCEPTED)
        assert (review.claim_id == held.key) is known


def test_where_two_claims_read_the_same_neither_is_taken_unless_the_event_tells(engine: Engine) -> None:
    with recording(engine, "a test") as writer:
        desk = Desk(writer)
        one, there = desk.claim(SAID.claim), desk.event("Aktau")
        other = create_claim(writer, ClaimCreate(text=SAID.claim, event=there.public_id))
        told = take_review(writer, SAID, state=ACCEPTED, event=there)
        untold = take_review(writer, replace(SAID, url="https://checks.example/2"), state=ACCEPTED)
        assert told.claim_id == other.key
        assert untold.claim_id not in (one.key, other.key)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"rating": "x" * 201}, "rating"),
        ({"rating": None}, "rating"),
        ({"rating_value": 9.0, "best": 1.0, "worst": 5.0}, "rating_value"),
        ({"url": "checks"}, "url"),
        ({"language": "plain English"}, "language"),
        ({"appearances": ("https://a.example/", "javascript:alert(1)")}, "appearances.1"),
        ({"markup": {"a": [{"b": "\ud800"}]}}, "markup"),
    ],
)
def test_a_review_that_no_row_may_hold_is_refused_by_its_column(engine: Engine, more: Json, field: str) -> None:
    with recording(engine, "a test") as writer, pytest.raises(InvalidInput) as refused:
        take_review(writer, replace(SAID, **more), state=ACCEPTED)
    assert refused.value.field == field
    with reading(engine) as session:
        assert session.get(Review, 1) is None


def test_many_reviews_are_looked_for_in_few_questions(engine: Engine) -> None:
    several = [markup(url=f"https://checks.example/{n}", claimReviewed=f"Group {n} attacked.") for n in range(30)]
    assert _take(engine, several).created == 30

    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda _c, _x, statement, *_: asked.append(statement))
    assert _take(engine, several).unchanged == 30
    assert len(asked) < 30


def test_the_feed_has_only_reviews_on_the_desks_own_domain_and_turns_its_pages(engine: Engine) -> None:
    hosts = (
        "desk.example",
        "www.desk.example",
        "desk.example:8443",
        "mydesk.example",
        "desk.example.org",
        "desk_example",
    )
    with recording(engine, "a test") as writer:
        for number, host in enumerate(hosts):
            review = replace(SAID, author="The Desk", url=f"https://{host}/{number}", reviewed_at=writer.at)
            take_review(writer, review, state=ACCEPTED)
    seen, cursor = [], None
    for _ in hosts:
        page = feed(engine, PUBLISHER, PublishedAsked(limit=2, cursor=cursor))
        seen += [each["item"]["url"] for each in page.body["dataFeedElement"]]
        cursor = page.next
        if cursor is None:
            break

    assert seen == ["https://desk.example:8443/2", "https://www.desk.example/1", "https://desk.example/0"]
