"""What a write accepts, what it refuses by the name of the field, and that a refused one leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import Session, col

from provenance.analysis.recording import recording
from provenance.errors import Conflict, InvalidInput, NotFound
from provenance.storage.claim import Claim, ClaimChange, ClaimCreate
from provenance.storage.dates import read_date
from provenance.storage.document import Document, DocumentChange
from provenance.storage.event import EventChange, EventCreate, InterestCreate, Tally, TallyChange
from provenance.storage.figure import Figure, FigureCreate
from provenance.storage.reads.search import Indexed
from provenance.storage.reads.searching_then import best
from provenance.storage.record import derived_public_id
from provenance.storage.report import Attribution, AttributionCreate, Report, ReportChange, ReportCreate
from provenance.storage.review import Evidence, Review, ReviewCreate
from provenance.storage.session import writing
from provenance.storage.source import SourceChange, SourceCreate, SourceName, SourceNameCreate, TieCreate
from provenance.storage.tables import ALL
from provenance.storage.writes.claims import change_claim, create_claim
from provenance.storage.writes.documents import change_document
from provenance.storage.writes.events import change_event, change_tally, create_event
from provenance.storage.writes.keeping import Keeper
from provenance.storage.writes.mappings import save_mapping
from provenance.storage.writes.reports import change_report, create_report
from provenance.storage.writes.review_pages import add_page
from provenance.storage.writes.reviews import create_review
from provenance.storage.writes.sources import add_name, change_source, create_source, state_interest, state_tie
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Basis, DatePrecision, Interest, Qualifier, TieKind
from tests.databases import Databases, opened
from tests.records import QUOTE, TEXT, Desk, every_kind

Write = Callable[[Desk], object]


def first(desk: Desk, table: type[Any]) -> Any:
    return (
        desk.session.execute(sa.select(table).where(col(table.recorded_to).is_(None)).order_by(table.id))
        .scalars()
        .first()
    )


def reported(desk: Desk, *chain: str, **more: Any) -> Report:
    return desk.report(first(desk, Claim), *chain, document=first(desk, Document), **more)


def hops(desk: Desk, *pairs: tuple[str | None, str]) -> Report:
    """A report in the document by Tass with these hops."""
    given = [
        AttributionCreate(upstream=desk.source(up).public_id if up else None, downstream=desk.source(down).public_id)
        for up, down in pairs
    ]
    return create_report(
        desk.writer,
        ReportCreate(document=first(desk, Document).public_id, claim=first(desk, Claim).public_id, attributions=given),
    )


def figure(desk: Desk, **given: Any) -> Report:
    return create_report(
        desk.writer,
        ReportCreate(
            document=first(desk, Document).public_id,
            claim=first(desk, Claim).public_id,
            figures=[FigureCreate.model_validate(given)],
        ),
    )


def named(desk: Desk, document: str = "", claim: str = "", **more: Any) -> Report:
    """A report in which one id may be replaced by another."""
    document, claim = document or first(desk, Document).public_id, claim or first(desk, Claim).public_id
    return create_report(desk.writer, ReportCreate(document=document, claim=claim, **more))


def tie(desk: Desk, **given: Any) -> object:
    said = {"kind": "part_of", "basis": "commonly_known", "other": desk.source("Interior Ministry").public_id} | given
    return state_tie(desk.writer, desk.source("Almaty police").public_id, TieCreate.model_validate(said))


def document(desk: Desk, **change: Any) -> object:
    return change_document(desk.writer, first(desk, Document).public_id, DocumentChange.model_validate(change))


# Each case: a write, and the field that is named.
REFUSED: dict[str, tuple[Write, str]] = {
    "a report in an unknown document": (lambda d: named(d, document="doc_nothing"), "document"),
    "a report of an unknown claim": (lambda d: named(d, claim="clm_nothing"), "claim"),
    "an id of another kind": (lambda d: named(d, claim=first(d, Document).public_id), "claim"),
    "an id that no database can hold": (lambda d: named(d, claim="' OR 1=1"), "claim"),
    "an unknown source upstream": (
        lambda d: named(d, attributions=[AttributionCreate(upstream="src_x", downstream=d.source("Tass").public_id)]),
        "attributions.0.upstream",
    ),
    "an empty source upstream": (
        lambda d: named(d, attributions=[AttributionCreate(upstream="", downstream=d.source("Tass").public_id)]),
        "attributions.0.upstream",
    ),
    "an unknown source downstream": (
        lambda d: named(d, attributions=[AttributionCreate(downstream="src_x")]),
        "attributions.0.downstream",
    ),
    "a chain that loops on itself": (
        lambda d: hops(d, ("Khabar 24", "Interfax"), ("Interfax", "Khabar 24"), ("Interfax", "Tass")),
        "attributions",
    ),
    "a source that relays itself": (lambda d: hops(d, ("Khabar 24", "Khabar 24")), "attributions.0"),
    "a hop on from the publisher": (
        lambda d: hops(d, ("Khabar 24", "Tass"), ("Tass", "Interfax")),
        "attributions.1.upstream",
    ),
    "a hop that never reaches the publisher": (
        lambda d: hops(d, ("Khabar 24", "Tass"), ("Almaty police", "Interfax")),
        "attributions.1.downstream",
    ),
    "the same hop twice": (lambda d: hops(d, ("Khabar 24", "Tass"), ("Khabar 24", "Tass")), "attributions.1"),
    "nobody stated twice": (lambda d: hops(d, (None, "Tass"), (None, "Tass")), "attributions.1"),
    "a quote beyond the text": (
        lambda d: named(d, quote="x" * 9, quote_start=len(TEXT) - 3, quote_end=len(TEXT) + 6),
        "quote_start",
    ),
    "a quote whose span is reversed": (lambda d: named(d, quote="x", quote_start=9, quote_end=8), "quote_start"),
    "a quote with half a span": (lambda d: named(d, quote="x", quote_start=9), "quote_start"),
    "a quote that stands elsewhere": (
        lambda d: named(d, quote=QUOTE, quote_start=1, quote_end=len(QUOTE) + 1),
        "quote_start",
    ),
    "a span in a text that is not held": (
        lambda d: named(d, document=d.document("Tass").public_id, quote="x", quote_start=0, quote_end=1),
        "quote_start",
    ),
    "a cue that stands elsewhere": (
        lambda d: named(
            d,
            attributions=[AttributionCreate(downstream=d.source("Tass").public_id, cue="told", cue_start=0, cue_end=4)],
        ),
        "attributions.0.cue_start",
    ),
    "a figure that stands elsewhere": (
        lambda d: figure(d, text="Dozens", text_start=1, text_end=7),
        "figures.0.text_start",
    ),
    "a figure whose low is above its high": (
        lambda d: figure(d, text="Dozens", qualifier="range", low=9, high=8),
        "figures.0.low",
    ),
    "a figure whose words say otherwise": (lambda d: figure(d, text="24", qualifier="at_least"), "figures.0.qualifier"),
    "a text in the place of another": (lambda d: document(d, text="Other words."), "text"),
    "no text in the place of one": (lambda d: document(d, text=None), "text"),
    "a day that does not exist": (lambda d: document(d, published="2022-02-30"), "published"),
    "half an interval": (lambda d: document(d, published_earliest=None), "published_latest"),
    "an interval that is reversed": (
        lambda d: document(d, published_latest="2020-01-01T00:00Z"),
        "published_latest",
    ),
    "a precision without a date": (
        lambda d: document(d, published_earliest=None, published_latest=None),
        "published_precision",
    ),
    "a date of no precision": (lambda d: document(d, published_precision="unknown"), "published_precision"),
    "a publisher that identifies nobody": (
        lambda d: document(d, publisher=d.source("the authorities").public_id),
        "publisher",
    ),
    "a publisher who is already in the chain": (
        lambda d: document(d, publisher=d.source("Khabar 24").public_id),
        "publisher",
    ),
    "a publisher who becomes nobody": (
        lambda d: change_source(
            d.writer, d.source("Tass").public_id, SourceChange.model_validate({"kind": "collective"})
        ),
        "kind",
    ),
    "a tie to an unknown source": (lambda d: tie(d, other="src_x"), "other"),
    "a tie to itself": (lambda d: tie(d, other=d.source("Almaty police").public_id), "other"),
    "a tie in an unknown document": (lambda d: tie(d, document="doc_x"), "document"),
    "a cited tie without reference": (lambda d: tie(d, basis="cited"), "reference"),
    "an unsigned finding of no tie": (lambda d: tie(d, kind="examined_no_tie"), "signed_by"),
    "a tie that ends before it begins": (
        lambda d: tie(d, valid_from="2022-01-02T00:00Z", valid_to="2022-01-01T00:00Z"),
        "valid_to",
    ),
    "a cited interest without reference": (
        lambda d: state_interest(
            d.writer,
            d.source("Tass").public_id,
            InterestCreate(event=d.event().public_id, interest=Interest.PARTY, basis=Basis.CITED),
        ),
        "reference",
    ),
    "an event that ends before it begins": (
        lambda d: create_event(
            d.writer,
            EventCreate.model_validate({"title": "x", "began": "2022-01-02T00:00Z", "ended": "2022-01-01T00:00Z"}),
        ),
        "ended",
    ),
    "an event that is made to end before it began": (
        lambda d: [
            change_event(d.writer, d.event().public_id, EventChange.model_validate(change))
            for change in ({"began": "2022-01-02T00:00Z"}, {"ended": "2022-01-01T00:00Z"})
        ],
        "ended",
    ),
    "a claim in another event's tally": (
        lambda d: create_claim(
            d.writer,
            ClaimCreate(text="x", event=d.event("Another").public_id, tally=first(d, Tally).public_id),
        ),
        "tally",
    ),
    "a tally that is a part of its own part": (
        lambda d: change_tally(
            d.writer,
            first(d, Tally).public_id,
            TallyChange.model_validate({"parent": d.tally(parent=first(d, Tally)).public_id}),
        ),
        "parent",
    ),
    "a review on unknown material": (
        lambda d: create_review(
            d.writer,
            ReviewCreate(author="a", rating="b", reasons="c", claim=first(d, Claim).public_id, evidence=["evi_x"]),
        ),
        "evidence.0",
    ),
    "a primary name beside the source's own": (
        lambda d: create_source(
            d.writer,
            SourceCreate.model_validate({"name": "A", "kind": "ngo", "names": [{"name": "B", "kind": "primary"}]}),
        ),
        "names.0.name",
    ),
    "a text with a NUL past all forms": (
        lambda d: Keeper(d.writer).keep(Claim, {"clm_x": {"text": "a\x00b", "event_id": 1}}),
        "text",
    ),
    "half a character past all forms": (lambda d: d.writer.change(first(d, Claim), {"text": "\ud83d"}), "text"),
    "half a character in a list past all forms": (
        lambda d: d.writer.change(first(d, Evidence), {"archives": ["https://a.test", "\ud83d"]}),
        "archives.1",
    ),
    "what is no number within markup": (
        lambda d: d.writer.change(
            first(d, Review), {"markup": {"reviewRating": [{"ratingValue": 1}, {"ratingValue": float("nan")}]}}
        ),
        "markup.reviewRating.1.ratingValue",
    ),
    "half a character within markup": (
        lambda d: d.writer.change(first(d, Review), {"markup": {"author": {"name": "\ud83d"}}}),
        "markup.author.name",
    ),
    "a key with a NUL within what a page says of its author": (
        lambda d: add_page(d.writer, "https://a.test", None, {"na\x00me": "A"}, []),
        "author",
    ),
    "an endless number in a saved mapping": (
        lambda d: save_mapping(d.writer.session, "tolls", {"killed": {"scale": float("inf")}}, "a test"),
        "columns.killed.scale",
    ),
    "markup without a bottom": (
        lambda d: d.writer.change(first(d, Review), {"markup": nested(200)}),
        f"…{'.a' * 75}",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_write_names_the_field_and_leaves_nothing(full: sa.Engine, case: str) -> None:
    write, field = REFUSED[case]
    before = _counts(full)
    with pytest.raises(InvalidInput) as refused, recording(full, "a test") as writer:
        write(Desk(writer))
    assert refused.value.field == field
    assert refused.value.message.startswith(f"{field}: ")
    assert _counts(full) == before


@pytest.mark.parametrize(
    "case",
    [
        "a chain that loops on itself",
        "a quote that stands elsewhere",
        "an id of another kind",
        "what is no number within markup",
    ],
)
def test_a_refused_write_leaves_nothing_on_either_database(engine: sa.Engine, case: str) -> None:
    write, _ = REFUSED[case]
    with recording(engine, "a test") as writer:
        every_kind(writer)
    before = _counts(engine)
    with pytest.raises(InvalidInput), recording(engine, "a test") as writer:
        write(Desk(writer))
    assert _counts(engine) == before


def test_no_message_speaks_of_keys_that_stay_inside(full: sa.Engine) -> None:
    with pytest.raises(InvalidInput, match=r"^attributions\.0: Khabar 24 cannot relay itself; leave this hop out\.$"):
        _relay_itself(full)


def nested(deep: int) -> dict[str, Any]:
    return {"a": nested(deep - 1)} if deep else {}


def _relay_itself(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        hops(Desk(writer), ("Khabar 24", "Khabar 24"))


@pytest.mark.parametrize(
    ("form", "values"),
    [
        (ClaimCreate, {"text": "a\x00b", "event": "evt_x"}),
        (ClaimCreate, {"text": "\ud83d", "event": "evt_x"}),
        (ClaimChange, {"text": "a\x00b"}),
        (SourceNameCreate, {"name": "\ud83d"}),
        (FigureCreate, {"text": "8\x00"}),
        (ClaimCreate, {"text": "x", "event": "evt_x", "kind": "rumour"}),
        (ClaimCreate, {"text": "x", "event": "evt_x", "colour": "red"}),
        (ClaimCreate, {"text": "", "event": "evt_x"}),
        (ClaimChange, {"text": None}),
        (FigureCreate, {"text": "8", "low": float("inf")}),
        (FigureCreate, {"text": "8", "text_start": 2**31, "text_end": 2**31 + 1}),
        (EventCreate, {"title": "x", "began": "2022-01-06T12:00"}),
    ],
)
def test_a_form_refuses(form: type[Any], values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        form.model_validate(values)


def test_what_nobody_has_is_not_found(full: sa.Engine) -> None:
    with (
        writing(full) as session,
        pytest.raises(NotFound, match=r"There is no claim 'clm_x'\. List what there is"),
    ):
        change_claim(Writer(session, "a test"), "clm_x", ClaimChange.model_validate({"text": "y"}))


def test_what_is_stated_already_is_a_conflict(full: sa.Engine) -> None:
    with writing(full) as session:
        desk = Desk(Writer(session, "a test"))
        with pytest.raises(Conflict, match="that tie is stated already"):
            desk.tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")
        interest = InterestCreate(event=desk.event().public_id, interest=Interest.ALIGNED, basis=Basis.COMMONLY_KNOWN)
        with pytest.raises(Conflict, match="has at stake"):
            state_interest(desk.writer, desk.source("Almaty police").public_id, interest)
        with pytest.raises(Conflict, match="Tass has the name 'Tass' already"):
            add_name(desk.writer, desk.source("Tass").public_id, SourceNameCreate(name="Tass"))


def test_a_renamed_source_keeps_its_old_name_as_an_alias_and_is_found_by_both(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a test"))
        tass = desk.source("Tass")
        for name in ("ITAR-TASS", "TASS", "Tass"):
            change_source(desk.writer, tass.public_id, SourceChange.model_validate({"name": name}))
        names = session.execute(
            sa.select(col(SourceName.name), col(SourceName.kind))
            .where(col(SourceName.recorded_to).is_(None))
            .order_by(col(SourceName.name))
        )
        assert list(map(tuple, names)) == [("ITAR-TASS", "alias"), ("TASS", "alias"), ("Tass", "primary")]
        assert [best(session, words, Indexed.SOURCE, 9) for words in ("tass", "itar")] == [[tass.id], [tass.id]]


def test_a_figure_is_read_from_its_printed_words_where_nothing_else_is_given(engine: sa.Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a test"))
        german = desk.document("Die Welt", language="de-DE")
        desk.report(desk.claim(), "Tass", figures=["more than 1,000", "dozens"])
        desk.report(desk.claim(), "Die Welt", document=german, figures=["mindestens acht"])
        read = session.execute(
            sa.select(col(Figure.qualifier), col(Figure.value), col(Figure.low), col(Figure.high)).order_by(
                col(Figure.id)
            )
        )
        assert list(map(tuple, read)) == [
            (Qualifier.MORE_THAN, 1000, 1001, None),
            (Qualifier.VAGUE, None, 24, None),
            (Qualifier.AT_LEAST, 8, 8, None),
        ]


def test_what_a_writer_says_of_a_figure_is_not_read_over(full: sa.Engine) -> None:
    with writing(full) as session:
        report = figure(Desk(Writer(session, "a test")), text="Dozens", qualifier="exact", value=20, low=20, high=20)
        kept = session.execute(sa.select(Figure).where(col(Figure.report_id) == report.id)).scalars().one()
        assert (kept.qualifier, kept.low, kept.high) == (Qualifier.EXACT, 20, 20)


def test_a_span_alone_gives_its_words(full: sa.Engine) -> None:
    with writing(full) as session:
        report = named(Desk(Writer(session, "a test")), quote_start=0, quote_end=len(QUOTE))
        assert report.quote == QUOTE


def test_spans_count_code_points_on_either_database(engine: sa.Engine) -> None:
    text = "𝔸lmaty 🔥 — «десятки» убиты"
    start = text.index("десятки")
    with writing(engine) as session:
        desk = Desk(Writer(session, "a test"))
        page = desk.document("Tass", text=text)
        report = desk.report(
            desk.claim(), "Tass", document=page, quote="десятки", quote_start=start, quote_end=start + 7
        )
        assert (page.text_length, report.quote_start) == (26, 12)


def test_another_publisher_ends_the_chains_of_its_reports(full: sa.Engine) -> None:
    with recording(full, "a test") as writer:
        desk = Desk(writer)
        interfax = desk.source("Interfax")
        document(desk, publisher=interfax.public_id)
        ends = sa.select(col(Attribution.upstream_id), col(Attribution.downstream_id)).where(
            col(Attribution.report_id) == first(desk, Report).id, col(Attribution.recorded_to).is_(None)
        )
        khabar, azirbek = desk.source("Khabar 24").id, desk.source("Saltanat Azirbek").id
        assert set(map(tuple, desk.session.execute(ends))) == {(azirbek, khabar), (khabar, interfax.id)}


def test_a_date_that_turns_out_unknown_is_unknown_again(full: sa.Engine) -> None:
    with recording(full, "a test") as writer:
        desk = Desk(writer)
        document(desk, published=None)
        page = first(desk, Document)
        assert (page.published_earliest, page.published_latest, page.published_printed) == (None, None, None)
        assert page.published_precision is DatePrecision.UNKNOWN


def test_figures_and_hops_that_stay_are_the_same_rows(full: sa.Engine) -> None:
    with recording(full, "a test") as writer:
        desk = Desk(writer)
        report = reported(desk, "Almaty police", "Tass", figures=["24", "Dozens"])
        before = _rows_of(desk, report)
        same = {
            "attributions": [hop.model_dump() for hop in desk.hops("Almaty police", "Tass")],
            "figures": [{"text": "Dozens"}, {"text": "24"}],
        }
        change_report(writer, report.public_id, ReportChange.model_validate(same))
        assert _rows_of(desk, report) == before
        less = {"attributions": [], "figures": [{"text": "24"}]}
        change_report(writer, report.public_id, ReportChange.model_validate(less))
        assert _rows_of(desk, report) == {"24"}


def test_the_same_names_always_make_the_same_public_id() -> None:
    assert derived_public_id("claim", "a", "b") != derived_public_id("claim", "ab", "")
    assert derived_public_id("claim", "a") != derived_public_id("event", "a")


WRITTEN_DATES = {
    "2022": ("2022-01-01T00:00:00", "2022-12-31T23:59:59.999999", DatePrecision.YEAR),
    "2022-02": ("2022-02-01T00:00:00", "2022-02-28T23:59:59.999999", DatePrecision.MONTH),
    "2024-02": ("2024-02-01T00:00:00", "2024-02-29T23:59:59.999999", DatePrecision.MONTH),
    "2022-12": ("2022-12-01T00:00:00", "2022-12-31T23:59:59.999999", DatePrecision.MONTH),
    "9999-12-31": ("9999-12-31T00:00:00", "9999-12-31T23:59:59.999999", DatePrecision.DAY),
    " 2022-01-06 ": ("2022-01-06T00:00:00", "2022-01-06T23:59:59.999999", DatePrecision.DAY),
    "2022-01-06T12:38Z": ("2022-01-06T12:38:00", "2022-01-06T12:38:59.999999", DatePrecision.MINUTE),
    "2022-01-06 12:38+06:00": ("2022-01-06T06:38:00", "2022-01-06T06:38:59.999999", DatePrecision.MINUTE),
    "2022-01-01T01:00+0600": ("2021-12-31T19:00:00", "2021-12-31T19:00:59.999999", DatePrecision.MINUTE),
    "2022-01-06T12:38:09Z": ("2022-01-06T12:38:09", "2022-01-06T12:38:09.999999", DatePrecision.SECOND),
    "2022-01-06T12:38:09.5-05:00": ("2022-01-06T17:38:09", "2022-01-06T17:38:09.999999", DatePrecision.SECOND),
}


@pytest.mark.parametrize("written", WRITTEN_DATES)
def test_a_date_is_as_wide_as_what_is_known_of_it(written: str) -> None:
    earliest, latest, precision = WRITTEN_DATES[written]
    read = read_date(written)
    found = (read.earliest.isoformat(), read.latest.isoformat(), read.precision)
    assert found == (f"{earliest}+00:00", f"{latest}+00:00", precision)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "6 January 2022",
        "06.01.2022",
        "2022-1-6",
        "2022-13",
        "2022-02-29",
        "0000",
        "٢٠٢٢",
        "2022-01-06T12:38",
        "2022-01-06T24:00Z",
        "2022-01-06T12:60Z",
        "2022-01-06T12:38+25:00",
        "0001-01-01T00:00+06:00",
        "9999-12-31T23:59-06:00",
        "2022-01-06T12:38:00." + "9" * 400 + "Z",
        "2022-01-06T12:38Z\x00",
    ],
)
def test_what_is_no_date_is_refused_with_the_field(written: str) -> None:
    with pytest.raises(InvalidInput, match=r"^published: ") as refused:
        read_date(written, "published")
    assert refused.value.field == "published"


@pytest.fixture(scope="module")
def filled(databases: Databases) -> Iterator[Databases]:
    """Databases with a row of every kind."""
    with databases.fresh() as url:
        with opened(url) as engine, recording(engine, "a test") as writer:
            every_kind(writer)
        yield databases.like(url)


@pytest.fixture
def full(filled: Databases) -> Iterator[sa.Engine]:
    """A database with a row of every kind."""
    with filled.fresh() as url, opened(url) as engine:
        yield engine


def _counts(engine: sa.Engine) -> dict[str, int]:
    with Session(engine) as session:
        tables = [table.__table__ for table in ALL]  # type: ignore[attr-defined]
        return {table.name: len(session.execute(sa.select(table)).all()) for table in tables}


def _rows_of(desk: Desk, report: Report) -> set[object]:
    return {
        row.text if isinstance(row, Figure) else row.id
        for table in (Attribution, Figure)
        for row in desk.session.execute(
            sa.select(table).where(col(table.report_id) == report.id, col(table.recorded_to).is_(None))
        ).scalars()
    }
