"""Stories are loaded whole or not at all, as often as one likes, and without undoing what editors have changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from sqlmodel import Session, col, select

from provenance.analysis.recording import recording
from provenance.errors import Conflict, UnreadableStory
from provenance.ingestion.stories import load_story
from provenance.storage.claim import Claim
from provenance.storage.correction import Correction
from provenance.storage.document import Document
from provenance.storage.history import History
from provenance.storage.record import Record, derived_public_id
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source, Tie
from provenance.storage.standing import Standing
from provenance.vocabulary import DateBasis, DatePrecision
from tests.databases import Databases, opened
from tests.ingestion.conftest import LoadedStory

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "fixtures" / "stories"
Tree = dict[str, Any]


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    """The complete example of docs/story-format.md, as a folder."""
    page = (ROOT / "docs" / "story-format.md").read_text(encoding="utf-8")
    folder = tmp_path / "mill-fire"
    folder.mkdir()
    for name, content in re.findall(r"^`(\w+\.yaml)`\n\n```yaml\n(.*?)```", page, flags=re.S | re.M):
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def edit(folder: Path, name: str, change: Callable[[Tree], object]) -> None:
    path = folder / f"{name}.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(tree)
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")


def report_of(tree: Tree) -> Tree:
    report: Tree = tree["documents"][0]["reports"][0]
    return report


def rows(engine: sa.Engine) -> dict[str, int]:
    with Session(engine) as session:
        return {
            table.__tablename__: len(session.exec(select(table)).all())  # type: ignore[misc]
            for table in (Claim, Document, Report, Attribution, Source, History)
        }


def test_the_example_in_the_documentation_loads(engine: sa.Engine, mill: Path) -> None:
    loaded = load_story(engine, mill)
    assert (loaded.slug, loaded.total.created, loaded.claims) == ("mill-fire", 14, 1)
    with Session(engine) as session:
        report = session.exec(select(Report)).one()
        standing = session.exec(select(Standing)).one()
    assert (report.quote_start, report.quote_end) == (0, 31)
    assert (standing.verdict, standing.documents) == ("single", 1)


def test_loading_twice_changes_nothing(engine: sa.Engine, mill: Path) -> None:
    load_story(engine, mill)
    before = rows(engine)
    loaded = load_story(engine, mill)
    assert (loaded.total.written, loaded.claims, rows(engine)) == (0, 0, before)


def test_a_changed_word_becomes_a_new_state_of_the_same_row(engine: sa.Engine, mill: Path) -> None:
    load_story(engine, mill)
    edit(mill, "claims", lambda tree: tree["claims"][0].update(text="Three people were hurt in the fire."))
    loaded = load_story(engine, mill)
    assert (loaded.total.changed, loaded.total.created) == (1, 0)
    with Session(engine) as session:
        states = session.exec(select(Claim).order_by(col(Claim.version_of).is_(None))).all()
    assert [state.text for state in states] == [
        "At least three people were hurt in the fire at the old mill.",
        "Three people were hurt in the fire.",
    ]


def test_what_a_story_no_longer_says_is_retired_and_stays_in_the_history(engine: sa.Engine, mill: Path) -> None:
    load_story(engine, mill)
    edit(mill, "documents", lambda tree: report_of(tree).pop("hops"))
    loaded = load_story(engine, mill)
    assert loaded.tables["attribution"].retired == 1
    with Session(engine) as session:
        assert session.exec(select(Attribution)).one().recorded_to is not None
        assert session.exec(select(Standing)).one().verdict == "not_established"


def test_what_somebody_has_edited_since_is_left_as_they_edited_it(engine: sa.Engine, mill: Path) -> None:
    load_story(engine, mill)
    with recording(engine, "an editor", "plainer words") as writer:
        claim = writer.session.exec(select(Claim)).one()
        writer.change(claim, {"text": "Three hurt."})
    loaded = load_story(engine, mill)
    assert (loaded.tables["claim"].left, loaded.total.written) == (1, 0)
    with Session(engine) as session:
        current = session.exec(select(Claim).where(col(Claim.recorded_to).is_(None))).one()
    assert current.text == "Three hurt."


@pytest.mark.parametrize("first", ["kazakhstan-2022", "almaty-night"])
def test_a_source_that_two_stories_share_is_one_row_in_whatever_order_they_are_loaded(
    databases: Databases, january: LoadedStory, first: str
) -> None:
    held, missing = (january.databases, []) if first == "kazakhstan-2022" else (databases, ["kazakhstan-2022"])
    with held.fresh() as url, opened(url) as engine:
        loaded = [load_story(engine, STORIES / slug).total for slug in ("almaty-night", *missing)]
        with Session(engine) as session:
            sources = session.exec(
                select(Source).where(col(Source.name) == "TASS", col(Source.recorded_to).is_(None))
            ).all()
            tie = derived_public_id("tie", sources[0].public_id, f"owned_by {_id('ru_state')} None")
            documented = session.exec(
                select(Tie.document_id).where(col(Tie.public_id) == tie, col(Tie.recorded_to).is_(None))
            ).one()
    assert {(kept.left, kept.changed) for kept in (january.loaded.total, *loaded)} == {(0, 0)}
    assert [source.public_id for source in sources] == [_id("tass")]
    assert documented is not None


def _id(source: str) -> str:
    return derived_public_id("source", "kazakhstan-2022", source)


def test_a_text_that_is_held_is_not_replaced(engine: sa.Engine, mill: Path) -> None:
    load_story(engine, mill)
    before = rows(engine)

    def rewrite(tree: Tree) -> None:
        tree["documents"][0]["text"] = "At least three people were hurt, the fire brigade said. So did others."

    edit(mill, "documents", rewrite)
    with pytest.raises(Conflict, match="document of its own"):
        load_story(engine, mill)
    assert rows(engine) == before


def test_a_story_tells_four_times_apart_each_with_where_it_was_read(engine: sa.Engine, mill: Path) -> None:
    def moment(day: str) -> dict[str, str]:
        return {"printed": day, "precision": "day", "basis": "printed"}

    taken_back = {
        "key": "back",
        "kind": "retraction",
        "by": "brigade",
        "effective": moment("2024-03-04"),
        "target": {"claim": "three-hurt"},
    }
    edit(mill, "claims", first("claims", happened=moment("2024-03-01")))
    edit(mill, "documents", report(said=moment("2024-03-02")))
    edit(mill, "documents", first("documents", published=moment("2024-03-03")))
    (mill / "corrections.yaml").write_text(yaml.safe_dump({"corrections": [taken_back]}), encoding="utf-8")
    load_story(engine, mill)
    with Session(engine) as session:
        told = [(session.exec(select(table)).one(), name) for table, name in FOUR_TIMES]
        days = [(getattr(row, f"{name}_earliest").day, getattr(row, f"{name}_latest").day) for row, name in told]
        assert days == [(1, 1), (2, 2), (3, 3), (4, 4)]
        assert {getattr(row, f"{name}_basis") for row, name in told} == {DateBasis.PRINTED}
        assert {getattr(row, f"{name}_precision") for row, name in told} == {DatePrecision.DAY}


FOUR_TIMES: list[tuple[type[Record], str]] = [
    (Claim, "happened"),
    (Report, "said"),
    (Document, "published"),
    (Correction, "effective"),
]


def first(noun: str, **fields: object) -> Callable[[Tree], object]:
    """Change the first entry of a file."""
    return lambda tree: tree[noun][0].update(fields)


def report(**fields: object) -> Callable[[Tree], object]:
    """Change the report."""
    return lambda tree: report_of(tree).update(fields)


def figure(**fields: object) -> Callable[[Tree], object]:
    """Change the report's figure."""
    return lambda tree: report_of(tree)["figure"].update(fields)


REPORT = "report echo-1.hurt"
BACK = {"from": "echo", "to": "brigade", "manner": "said"}
TOO_LONG = "x" * 301


@pytest.mark.parametrize(
    ("name", "break_it", "place", "field"),
    [
        pytest.param("documents", report(claim="no-such"), REPORT, "claim", id="unknown key"),
        pytest.param("documents", report(stance="shouts"), REPORT, "stance", id="unknown term"),
        pytest.param("documents", report(span=[0, 999]), REPORT, "span", id="span outside the text"),
        pytest.param("documents", report(span=[1, 34]), REPORT, "span", id="span of other words"),
        pytest.param("documents", report(quot="x"), REPORT, "quot", id="slip in a name"),
        pytest.param("documents", report(hops=[BACK]), REPORT, "hops", id="chain that leaves the publisher"),
        pytest.param(
            "documents",
            lambda tree: report_of(tree)["hops"].append(BACK),
            REPORT,
            "hops",
            id="chain in a circle",
        ),
        pytest.param("documents", figure(low=9, high=3), "figure", "low", id="low above high"),
        pytest.param("documents", figure(low="nine"), "figure", "low", id="word for a number"),
        pytest.param(
            "documents",
            lambda tree: report_of(tree)["hops"][0].update(to="brigade"),
            "hops[0]",
            "to",
            id="relays itself",
        ),
        pytest.param(
            "documents", first("documents", retrieved_at="soon"), "document echo-1", "retrieved_at", id="no date"
        ),
        pytest.param("sources", first("sources", kind="fireman"), "source brigade", "kind", id="unknown kind"),
        pytest.param("sources", first("sources", name=TOO_LONG), "source brigade", "name", id="name too long"),
        pytest.param("sources", first("sources", country=False), "source brigade", "country", id="unquoted NO"),
        pytest.param(
            "sources", lambda tree: tree["sources"].append(tree["sources"][0]), "source brigade", "key", id="key twice"
        ),
        pytest.param("claims", first("claims", text="a\x00b"), "claim three-hurt", "text", id="NUL character"),
        pytest.param(
            "claims", first("claims", happened={"printed": "in spring"}), "happened", "printed", id="no day it happened"
        ),
        pytest.param("documents", report(said={"when": "2024-03-01"}), "said", "when", id="slip in a moment"),
        pytest.param("tallies", first("tallies", parent="hurt"), "tally hurt", "parent", id="its own parent"),
        pytest.param("story", lambda tree: tree.pop("slug"), "story.yaml", "slug", id="no slug"),
    ],
)
def test_a_story_that_contradicts_itself_is_refused_with_its_place_before_anything_is_written(
    engine: sa.Engine, mill: Path, name: str, break_it: Callable[[Tree], object], place: str, field: str
) -> None:
    edit(mill, name, break_it)
    with pytest.raises(UnreadableStory) as refused:
        load_story(engine, mill)
    assert f"{name}.yaml" in refused.value.message
    assert place in refused.value.message
    assert refused.value.field == field
    assert set(rows(engine).values()) == {0}


def test_a_folder_that_holds_no_story_is_refused(engine: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(UnreadableStory, match=r"no story\.yaml"):
        load_story(engine, tmp_path)


def test_the_first_story_loads_whole_on_both_databases(january: LoadedStory, story: sa.Engine) -> None:
    made = {name: kept.created for name, kept in january.loaded.tables.items()}
    assert (made["document"], made["report"], january.loaded.total.left) == (179, 544, 0)
    with Session(story) as session:
        claim = session.exec(select(Claim).where(col(Claim.text).startswith("Dozens of attackers"))).one()
        standing = session.exec(select(Standing).where(Standing.claim_id == claim.id)).one()
    assert (standing.documents, standing.parties, standing.verdict) == (56, 1, "single")


def test_a_correction_of_one_hop_withdraws_the_path_that_it_was_on(database_url: str, engine: sa.Engine) -> None:
    load_story(database_url, STORIES / "almaty-night")
    with Session(engine) as session:
        claim = derived_public_id("claim", "almaty-night", "attackers-killed")
        standing = session.exec(select(Standing).where(Standing.public_id == claim)).one()
    trace = json.loads(standing.trace)
    [withdrawn] = [origin for origin in trace["origins"] if origin["withdrawn"]]
    assert withdrawn["source"] == "Interior Ministry spokesman (unnamed)"


@pytest.fixture(scope="module")
def night() -> list[Tree]:
    tree = yaml.safe_load((STORIES / "almaty-night" / "documents.yaml").read_text(encoding="utf-8"))
    documents: list[Tree] = tree["documents"]
    return documents


def test_every_span_of_the_demonstration_texts_holds_its_words(night: list[Tree]) -> None:
    spans = [
        (document["text"][slice(*entry[span])], entry[words])
        for document in night
        for report in document["reports"]
        for entry, span, words in [
            (report, "span", "quote"),
            *((hop, "cue_span", "cue") for hop in report["hops"] if "cue" in hop),
            *((figure, "span", "text") for figure in [report.get("figure")] if figure),
        ]
    ]
    assert len(spans) > 30
    assert [pair for pair in spans if pair[0] != pair[1]] == []


def test_the_demonstration_texts_are_short_and_say_what_they_are(night: list[Tree]) -> None:
    for document in night:
        assert 80 <= len(document["text"].split()) <= 250
        assert ".example.org/" in document["url"]
        assert "demonstration" in document["note"]
