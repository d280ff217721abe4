"""A casebook becomes a story: a tiny one of our own in both layouts, and the committed story of Kazakhstan.

The casebook of Kazakhstan is not in the repository, so what was made of it is checked by its own insides.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from provenance.errors import UnreadableStory
from provenance.ingestion.casebook import convert
from provenance.ingestion.story_reading import read_story

KAZAKHSTAN = Path(__file__).parents[2] / "fixtures" / "stories" / "kazakhstan-2022"

REGISTRY: list[dict[str, Any]] = [
    {"id": "ministry", "name": "Ministry", "type": "government body", "country": "XX", "party_to_conflict": True},
    {"id": "channel", "name": "State Channel", "type": "broadcaster", "aliases": ["Stat Channel (misspelling)"]},
    {"id": "agency", "name": "Agency", "type": "news agency", "aliases": ["The Agency"]},
    {"id": "unnamed", "name": "no source given", "type": "vague attribution"},
]
TIMELINE = [{"origin_key": "O-FIVE", "time": "2024-03-01", "status": "superseded by six"}]


def node(source: str | list[str], cue: str | None = None, as_named: str | None = None) -> dict[str, Any]:
    return {"source": source, "cue_to_next": cue, "as_named": as_named}


def row(claim_id: str, *chain: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "claim_id": claim_id,
        "origin_key": "O-FIVE",
        "template": "t5",
        "claim": "People hurt at the mill",
        "figure_as_printed": "at least five",
        "low": 5,
        "high": None,
        "modifier": "at_least",
        "measure": "injured",
        "counted": "total",
        "place": "Riverton",
        "as_of": "2024-03-01",
        "chain": [*chain, {"source": "self"}],
        **fields,
    }


def page(key: str, *rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "id": key,
        "url": f"https://{key}.example.org/mill",
        "outlet": "Riverton Echo",
        "outlet_kind": "newspaper",
        "published": "2024-03-01",
        "published_basis": "in the URL",
        "language": "en",
        "claims": list(rows),
        **fields,
    }


def casebook(*pages: dict[str, Any]) -> dict[str, Any]:
    return {"event": "Fire at the mill", "meta": {"made": "coded by one reader, 2024-03-05"}, "documents": list(pages)}


QUOTED = row("k1.c1", node("ministry", "quoted"), node("channel", "reported", "the state channel"))


def write(folder: Path, name: str, data: object) -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def convert_one(folder: Path, *pages: dict[str, Any]) -> dict[str, Any]:
    path = write(folder, "casebook.yaml", casebook(*pages) | {"sources": REGISTRY, "timeline": TIMELINE})
    convert(path, None, folder / "mill-fire")
    return yaml.safe_load((folder / "mill-fire" / "documents.yaml").read_text())["documents"][0]  # type: ignore[no-any-return]


def test_sources_and_timeline_beside_the_casebook_or_inside_it_give_the_same_story(tmp_path: Path) -> None:
    for layout in ("beside", "inside"):
        (tmp_path / layout).mkdir()
    write(tmp_path / "beside", "casebook.yaml", casebook(page("k1", QUOTED)))
    write(tmp_path / "beside", "sources.yaml", {"sources": REGISTRY})
    write(tmp_path / "beside", "timeline.yaml", {"timeline": TIMELINE})
    inside = casebook(page("k1", QUOTED)) | {"sources": REGISTRY, "timeline": TIMELINE}
    write(tmp_path / "inside", "casebook.yaml", inside)

    outs = [tmp_path / layout / "mill-fire" for layout in ("beside", "inside")]
    made = [convert(out.parent / "casebook.yaml", None, out) for out in outs]

    assert made[0] == made[1]
    files = [{file.name: file.read_text(encoding="utf-8") for file in out.iterdir()} for out in outs]
    assert files[0] == files[1]
    assert "superseded by six" in files[0]["claims.yaml"]


def test_a_row_becomes_a_report_with_its_chain_origin_first(tmp_path: Path) -> None:
    document = convert_one(tmp_path, page("k1", QUOTED))

    assert document["reports"] == [
        {
            "key": "k1.c1",
            "claim": "o-five-t5",
            "stance": "asserts",
            "state": "accepted",
            "hops": [
                {"from": "ministry", "to": "channel", "manner": "quoted"},
                {"from": "channel", "to": "riverton_echo", "as_named": "the state channel", "manner": "reported"},
            ],
            "figure": {
                "text": "at least five",
                "qualifier": "at_least",
                "value": 5,
                "low": 5,
                "measure": "injured",
                "counted": "total",
                "place": "Riverton",
                "as_of": "2024-03-01",
            },
        }
    ]
    assert read_story(tmp_path / "mill-fire").title == "Fire at the mill"


@pytest.mark.parametrize(
    ("chain", "hops"),
    [
        pytest.param(
            [node(["channel", "agency"], "reported")],
            [("channel", "riverton_echo"), ("agency", "riverton_echo")],
            id="parallel carriers branch",
        ),
        pytest.param([node("unnamed", "via")], [], id="no source before the outlet leaves no hop"),
        pytest.param(
            [node("unnamed", "via"), node("agency", "published")],
            [(None, "agency"), ("agency", "riverton_echo")],
            id="no source before a carrier does not promote the carrier",
        ),
        pytest.param(
            [node("unnamed", "via", "an earlier report")],
            [("unnamed", "riverton_echo")],
            id="an unnamed source that the page names stays",
        ),
    ],
)
def test_a_chain_says_what_the_page_says_and_no_more(
    tmp_path: Path, chain: list[dict[str, Any]], hops: list[tuple[str | None, str]]
) -> None:
    document = convert_one(tmp_path, page("k1", row("k1.c1", *chain)))
    assert [(hop["from"], hop["to"]) for hop in document["reports"][0].get("hops", [])] == hops


def test_an_outlet_that_stands_in_its_own_chain_is_one_node_with_it(tmp_path: Path) -> None:
    chain = node("ministry", "said"), node("agency", "published")
    document = convert_one(tmp_path, page("k1", row("k1.c1", *chain), outlet="The Agency", outlet_kind="agency"))
    assert [(hop["from"], hop["to"]) for hop in document["reports"][0]["hops"]] == [("ministry", "agency")]


def test_an_organisation_that_gives_no_source_is_not_its_own_origin(tmp_path: Path) -> None:
    document = convert_one(tmp_path, page("k1", row("k1.c1", node("unnamed")), outlet="Mill Watch", outlet_kind="ngo"))
    assert document["reports"][0]["hops"] == [{"from": None, "to": "mill_watch", "manner": "via"}]


def test_a_denial_is_a_report_of_what_it_denies_and_has_no_figure(tmp_path: Path) -> None:
    denial = row(
        "k2.c1", node("ministry", "told"), origin_key="O-FIVE-DENIAL", template="den5", measure="denial",
        figure_as_printed="five (denied)",
    )  # fmt: skip
    write(tmp_path, "casebook.yaml", casebook(page("k1", QUOTED), page("k2", denial)) | {"sources": REGISTRY})
    convert(tmp_path / "casebook.yaml", None, tmp_path / "mill-fire")
    [_, document] = yaml.safe_load((tmp_path / "mill-fire" / "documents.yaml").read_text())["documents"]

    [report] = document["reports"]
    assert (report["claim"], report["stance"], "figure" in report) == ("o-five-t5", "denies", False)


def test_a_time_on_an_unknown_clock_is_known_to_its_day_only(tmp_path: Path) -> None:
    document = convert_one(tmp_path, page("k1", QUOTED, published="2024-03-01T18:30"))
    assert document["published"] == {"printed": "2024-03-01T18:30", "precision": "day", "basis": "in_url"}


def test_a_name_that_was_printed_by_mistake_is_marked_so(tmp_path: Path) -> None:
    convert_one(tmp_path, page("k1", QUOTED))
    sources = yaml.safe_load((tmp_path / "mill-fire" / "sources.yaml").read_text())["sources"]
    [channel] = [source for source in sources if source["key"] == "channel"]
    assert channel["names"] == [{"name": "Stat Channel", "kind": "mistaken"}]


@pytest.mark.parametrize(
    ("broken", "place", "field"),
    [
        pytest.param(page("k1", row("k1.c1", node("nobody"))), "k1.c1", "source", id="unknown source"),
        pytest.param(page("k1", row("k1.c1", node("ministry", "whispered"))), "k1.c1", "cue_to_next", id="unknown cue"),
        pytest.param(page("k1", QUOTED | {"chain": []}), "k1.c1", "chain", id="no outlet at the end"),
        pytest.param(
            page("k1", row("k1.c1", node("ministry"), node("agency"), node("ministry"))), "k1.c1", "chain", id="circle"
        ),
        pytest.param(page("k1", QUOTED | {"low": "five"}), "k1.c1", "low", id="word for a number"),
        pytest.param(page("k1", QUOTED, published="yesterday"), "k1", "published", id="no date"),
        pytest.param(page("k1", QUOTED, published_basis="heard"), "k1", "published_basis", id="unknown basis"),
        pytest.param(page("k1", QUOTED, QUOTED), "k1.c1", "id", id="the same claim twice"),
        pytest.param({"id": "k1"}, "k1", "outlet", id="no outlet"),
    ],
)
def test_malformed_input_is_refused_with_its_place_and_leaves_nothing_behind(
    tmp_path: Path, broken: dict[str, Any], place: str, field: str
) -> None:
    path = write(tmp_path, "casebook.yaml", casebook(broken) | {"sources": REGISTRY})
    with pytest.raises(UnreadableStory) as refused:
        convert(path, None, tmp_path / "mill-fire")
    assert str(path) in refused.value.message
    assert place in refused.value.message
    assert refused.value.field == field
    assert not (tmp_path / "mill-fire").exists()


@pytest.mark.parametrize("content", [b"documents: [", b"\xff\xfe", b"- a\n- list\n", b""])
def test_a_file_that_is_no_casebook_is_refused_by_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "casebook.yaml"
    path.write_bytes(content)
    with pytest.raises(UnreadableStory, match=r"casebook\.yaml"):
        convert(path, None, tmp_path / "mill-fire")


def test_a_reviewed_table_that_lacks_a_row_is_an_error_and_no_default(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "claims.csv").write_text(
        "key,origin_key,templates,tally,kind,measure,counted,place,text,note\nsix-hurt,O-SIX,t6,,,,,,Six were hurt.,\n"
    )
    path = write(tmp_path, "casebook.yaml", casebook(page("k1", QUOTED)) | {"sources": REGISTRY})
    with pytest.raises(UnreadableStory, match="O-FIVE, template t5"):
        convert(path, tables, tmp_path / "mill-fire")


@pytest.fixture(scope="module")
def kazakhstan() -> dict[str, Any]:
    names = ("story", "sources", "ties", "tallies", "claims", "documents", "corrections")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {name: yaml.load((KAZAKHSTAN / f"{name}.yaml").read_text(encoding="utf-8"), loader) for name in names}


def test_the_committed_story_holds_every_document_and_every_row(kazakhstan: dict[str, Any]) -> None:
    documents = kazakhstan["documents"]["documents"]
    assert len(documents) == 179
    assert sum(len(document["reports"]) for document in documents) == 544
    assert len(kazakhstan["story"]["coverage"][0]["languages"]) == 23


def test_the_committed_story_can_be_read_and_all_its_keys_resolve() -> None:
    story = read_story(KAZAKHSTAN)
    assert story.slug == "kazakhstan-2022"
    assert len({row.public_id for row in story.rows}) == len(story.rows)


def test_dozens_were_reported_57_times_in_56_documents_and_31_name_the_spokeswoman_first(
    kazakhstan: dict[str, Any],
) -> None:
    reports = [
        (document["key"], report)
        for document in kazakhstan["documents"]["documents"]
        for report in document["reports"]
        if report["claim"] == "dozens-killed"
    ]
    firsts = [(key, report["hops"][0]["from"]) for key, report in reports if report.get("hops")]
    assert len(reports) == 57
    assert len({key for key, _ in reports}) == 56
    assert len({key for key, first in firsts if first == "kz_azirbek"}) == 31
    assert [key for key, report in reports if not report.get("hops")] == ["k054"]


def test_the_164_is_denied_and_taken_back_in_reports_without_a_figure(kazakhstan: dict[str, Any]) -> None:
    reports = [
        report
        for document in kazakhstan["documents"]["documents"]
        for report in document["reports"]
        if report["claim"] == "killed-164"
    ]
    assert Counter(report["stance"] for report in reports) == {"asserts": 43, "retracts": 11, "denies": 8}
    assert not [report for report in reports if report["stance"] != "asserts" and "figure" in report]


def test_no_report_of_the_story_promotes_its_carrier_or_relays_itself(kazakhstan: dict[str, Any]) -> None:
    for document in kazakhstan["documents"]["documents"]:
        for report in document["reports"]:
            for hop in report.get("hops", []):
                assert hop["from"] != hop["to"]
                assert hop["from"] != "unnamed" or "as_named" in hop


def test_a_cited_tie_of_the_story_can_be_opened_and_no_other_pretends_to(
    kazakhstan: dict[str, Any],
) -> None:
    for tie in kazakhstan["ties"]["ties"]:
        assert (tie["basis"] == "cited") == ("https://" in tie.get("reference", ""))


def test_figures_that_were_read_otherwise_than_they_were_coded_are_listed(kazakhstan: dict[str, Any]) -> None:
    with (KAZAKHSTAN / "differences.csv").open(encoding="utf-8") as file:
        listed = {line["claim_id"]: line for line in csv.DictReader(file)}
    figures = {
        report["key"]: report["figure"]
        for document in kazakhstan["documents"]["documents"]
        for report in document["reports"]
        if "figure" in report
    }
    assert listed.keys() <= figures.keys()
    assert (listed["k001.c2"]["coded_low"], listed["k001.c2"]["low"]) == ("1000", "1001")
