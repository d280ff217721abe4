"""A trace on a terminal: what a person reads in 80 plain columns."""

from __future__ import annotations

import io
import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from provenance.analysis.picture import ClaimPicture
from provenance.analysis.standing import findings
from provenance.analysis.trace import trace
from provenance.cli.routes import together
from provenance.cli.traced import page
from provenance.vocabulary import Basis, Stance, TieKind
from tests.builders import account, picture, report, tie

AZIRBEK, POLICE, STATE = "Saltanat Azirbek", "Almaty police", "State of Kazakhstan"
SPEAKS = tie(AZIRBEK, TieKind.SPEAKS_FOR, POLICE)
PART = tie(POLICE, TieKind.PART_OF, STATE, Basis.COMMONLY_KNOWN)


def document(drawn: ClaimPicture) -> dict[str, Any]:
    """The trace as it is sent: through JSON, so that nothing is read that no client could."""
    sent: dict[str, Any] = json.loads(json.dumps(trace(drawn, findings(drawn))))
    return sent


def lines(drawn: ClaimPicture, width: int = 80, every: bool = False) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, emoji=False, markup=False).print(page(document(drawn), every))
    return out.getvalue().splitlines()


def section(printed: list[str], begins: str) -> list[str]:
    """The lines from the one that begins so to the next empty one."""
    start = next(number for number, line in enumerate(printed) if line.startswith(begins))
    end = next((number for number in range(start, len(printed)) if not printed[number]), len(printed))
    return [line.rstrip() for line in printed[start:end]]


def test_the_routes_are_drawn_from_the_first_named_to_the_documents() -> None:
    drawn = picture(
        report(AZIRBEK, "Tass", "Euronews", also=[(AZIRBEK, "RIA", "Euronews")]),
        report(AZIRBEK, "Khabar 24", "AP", "Fox News", figure="dozens"),
        report(POLICE, "LCI"),
        report("the authorities", "Le Monde"),
        report("Moscow-Baku"),
        ties=[SPEAKS],
    )

    assert section(lines(drawn), "How it travelled") == [
        "How it travelled",
        "Linked sources: Almaty police (2 origins named in 3 reports) [all routes pass",
        "through]",
        "├── Saltanat Azirbek (2 reports)",
        "│   ├── Khabar 24 (1 report)",
        "│   │   └── AP (1 report)",
        "│   │       └── Fox News, 2022-01-06, “dozens”",
        "│   └── RIA + Tass, quoted together (1 report)",
        "│       └── Euronews, 2022-01-06, “dozens”",
        "├── Almaty police (1 report)",
        "│   └── LCI, 2022-01-06, “dozens”",
        "└── joined by 1 tie, cited",
        "    └── Saltanat Azirbek speaks for Almaty police (cited), undated",
        "Listed, not counted: 2 reports",
        "├── Moscow-Baku, 2022-01-06, “dozens” [names nobody]",
        "└── the authorities (1 report) [not counted: words that identify nobody]",
        "    └── Le Monde, 2022-01-06, “dozens”",
    ]


def test_the_head_says_status_and_verdict_in_plain_words_with_the_reason() -> None:
    head = " ".join(lines(picture(report(POLICE, "Tass"), report(POLICE, "RIA")))[:10])
    assert head.startswith("Dozens of attackers were eliminated in Almaty.")
    assert "clm_1" in head
    assert "Status:  Standing. Nobody has taken it back or denied it, in what is held." in head
    assert "Verdict: Single. One party, however many repeat it." in head


def test_a_carrier_is_never_drawn_as_the_origin() -> None:
    printed = lines(picture(report("Tass", "Le Monde"), report(POLICE, "LCI")))
    [line] = [line for line in printed if "Tass (1 report)" in line]
    assert "[origin not stated, last named carrier]" in line
    assert printed.index(line) > next(n for n, other in enumerate(printed) if other.startswith("Listed, not counted"))


def test_a_party_that_all_routes_pass_through_is_marked() -> None:
    printed = lines(picture(report(AZIRBEK, "Tass"), report(POLICE, "RIA"), ties=[SPEAKS, PART]), width=100)
    assert "Linked sources: State of Kazakhstan (2 origins named in 2 reports) [all routes pass through]" in printed


def test_a_party_that_one_route_passes_by_is_not_marked() -> None:
    drawn = picture(report(AZIRBEK, "Tass"), report(POLICE, "RIA"), report("Eyewitness", "AP"), ties=[SPEAKS])
    printed = lines(drawn)
    assert "Linked sources: Almaty police (2 origins named in 2 reports)" in printed
    assert "One source: Eyewitness (1 report)" in printed
    assert not any("[all routes pass through]" in line for line in printed)


def test_a_carrier_that_all_routes_pass_through_is_marked() -> None:
    drawn = picture(report(POLICE, "Khabar 24", "Tass"), report("Eyewitness", "Khabar 24", "RIA"))
    marked = [line for line in lines(drawn) if "Khabar 24" in line and "[all routes pass through]" in line]
    assert len(marked) == 2


def test_a_cut_hop_says_who_cut_it_and_why() -> None:
    drawn = picture(report(POLICE, "Tass", cut=True), report("Eyewitness", "RIA"))
    text = " ".join(" ".join(lines(drawn)).split())
    assert "[withdrawn]" in text
    assert "[cut: withdrawn by an editor]" in text


def test_many_publishers_are_folded_into_a_number_and_unfolded_on_demand() -> None:
    outlets = [f"Outlet {number:02}" for number in range(15)]
    drawn = picture(*(report(POLICE, "Khabar 24", outlet) for outlet in outlets))

    folded, unfolded = "\n".join(lines(drawn)), "\n".join(lines(drawn, every=True))

    assert "Khabar 24 (15 reports)" in folded
    assert "… and 12 more" in folded
    assert sum(outlet in folded for outlet in outlets) == 3
    assert all(outlet in unfolded for outlet in outlets)


def test_several_documents_of_one_publisher_are_one_line() -> None:
    printed = lines(picture(report(POLICE, "Tass"), report(POLICE, "Tass", figure="several", on="2022-01-07")))
    assert [line.strip("├└─│ ") for line in printed if "2 documents" in line and "Tass" in line] == [
        "Tass, 2022-01-06, “dozens”, “several”, 2 documents"
    ]


def test_documents_that_deny_it_are_told_apart_from_those_that_state_it() -> None:
    drawn = picture(report(POLICE, "Tass"), report(POLICE, "RIA", stance=Stance.DENIES, figure=None))
    printed = lines(drawn)
    assert section(printed, "Documents that do not state it")[1] == "- 1 report denies it: RIA."
    assert not any("RIA" in line for line in section(printed, "How it travelled"))


def test_other_accounts_flags_and_what_was_searched_are_told() -> None:
    drawn = picture(
        report(POLICE, "Tass"), accounts=[account("About ten people were killed.", report("Eyewitness", "Die Welt"))]
    )
    text = " ".join(" ".join(lines(drawn)).split())
    assert "Other accounts: 1, none of them a repetition of this one" in text
    assert "from Eyewitness: About ten people were killed." in text
    for flag in document(drawn)["flags"]:
        assert f"{flag['title']} ({flag['rule']}): {flag['reason']} Clears when: {flag['clears_when']}" in text
    assert "No log says what was searched" in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    long = "Office of the High Commissioner for the Coordination of Everything That Anybody May Have Said"
    drawn = picture(
        report(POLICE, long, "Khabar 24", "RIA", "AP", "Interfax", f"{long} Weekly"),
        *(report(AZIRBEK, "Tass", f"Newspaper of a very long name indeed, number {number}") for number in range(9)),
        ties=[SPEAKS, PART],
    )
    assert max(map(len, lines(drawn, width))) <= width


def test_nothing_but_text_is_printed_where_colours_are_not_wanted() -> None:
    assert "\x1b" not in "\n".join(lines(picture(report(POLICE, "Tass"))))


def test_brackets_in_a_name_are_printed_and_not_read_as_markup() -> None:
    assert any("Belga [bold] agency" in line for line in lines(picture(report(POLICE, "Belga [bold] agency", "LCI"))))


@given(
    st.sets(
        st.lists(st.sampled_from(["Khabar 24", "Tass", "RIA"]), max_size=3, unique=True).map(
            lambda carriers: (POLICE, *carriers, "Le Monde")
        ),
        min_size=1,
    )
)
def test_drawing_carriers_together_neither_loses_nor_invents_a_path(paths: set[tuple[str, ...]]) -> None:
    drawn = [path for steps in together(sorted(paths)) for path in product(*steps)]
    assert sorted(drawn) == sorted(paths)


def many_reports() -> ClaimPicture:
    """Thirty reports, most of them through carriers that only one or two outlets took it from."""
    return picture(
        *(report(AZIRBEK, "Khabar 24", f"Outlet {number}") for number in range(10)),
        *(report(AZIRBEK, f"Agency {number}", f"Newspaper {number}") for number in range(9)),
        *(report(POLICE, f"Daily {number}") for number in range(9)),
        report(AZIRBEK, "RIA", "Sputnik", cut=True),
        report("the authorities", "Le Monde"),
        ties=[SPEAKS],
    )


def test_carriers_of_one_or_two_reports_are_only_counted_where_there_are_many() -> None:
    folded, unfolded = lines(many_reports()), lines(many_reports(), every=True)
    assert "│   └── … and 9 more carriers (9 reports)" in folded
    assert not any("Agency" in line for line in section(folded, "How it travelled"))
    assert sum("Agency" in line for line in section(unfolded, "How it travelled")) == 9


def test_a_hop_that_was_taken_back_is_drawn_however_few_carry_it() -> None:
    assert any("RIA (1 report) [cut: withdrawn by an editor]" in line for line in lines(many_reports()))


def test_each_flag_says_in_full_what_was_found_and_what_clears_it_however_large_the_picture() -> None:
    claim = many_reports()
    flags = " ".join(" ".join(section(lines(claim), "Flags: ")).split())
    for rule, finding in findings(claim):
        assert f"({rule.key}): {finding.reason} Clears when: {finding.clears_when}" in flags


def test_reports_that_identify_nobody_are_told_apart_in_the_count_of_a_party() -> None:
    drawn = picture(
        report(POLICE, "Tass"),
        report("the authorities", "Le Monde"),
        ties=[tie("the authorities", TieKind.SPEAKS_FOR, POLICE)],
    )
    printed = " ".join(" ".join(lines(drawn)).split())
    assert "(1 origin named in 1 report, 1 more report only in words that identify nobody)" in printed


def test_the_smallest_set_of_sources_is_told_in_a_sentence_and_only_on_demand() -> None:
    drawn = picture(report(POLICE, "Tass"), report("Eyewitness", "RIA"))
    assert "were not believed" not in " ".join(lines(drawn))
    sentence = "If these 2 sources were not believed, no report would still have anybody behind it: "
    assert sentence in " ".join(" ".join(lines(drawn, every=True)).split())


@pytest.mark.parametrize("width", [33, 47, 60, 80])
def test_no_line_ends_in_a_blank(width: int) -> None:
    assert [line for line in lines(many_reports(), width) if line != line.rstrip()] == []


@pytest.mark.parametrize(
    ("bases", "told"),
    [
        pytest.param([Basis.CITED], "joined by 1 tie, cited", id="one"),
        pytest.param([Basis.CITED] * 2, "joined by 2 ties, both cited", id="two alike"),
        pytest.param([Basis.COMMONLY_KNOWN] * 3, "joined by 3 ties, all only commonly known", id="three alike"),
        pytest.param(
            [Basis.CITED, Basis.COMMONLY_KNOWN], "joined by 2 ties, 1 cited and 1 only commonly known", id="one of each"
        ),
    ],
)
def test_ties_are_counted_by_what_they_rest_on(bases: list[Basis], told: str) -> None:
    speakers = [AZIRBEK, "Eyewitness", STATE][: len(bases)]
    drawn = picture(
        *(report(speaker, "Tass") for speaker in speakers),
        report(POLICE, "RIA"),
        ties=[tie(speaker, TieKind.SPEAKS_FOR, POLICE, basis) for speaker, basis in zip(speakers, bases, strict=True)],
    )
    assert any(line.endswith(told) for line in lines(drawn, 120))


def test_a_correction_says_what_replaced_the_claim_and_an_origin_that_it_was_disowned() -> None:
    sent = document(picture(report(POLICE, "Tass"), report("Eyewitness", "RIA")))
    sent["origins"][0]["disowned"] = True
    sent["corrections"] = [
        {
            "kind": "correction", "by": POLICE, "effective": None, "upstream": None, "downstream": None, "note": None,
            "remains": None, "replaced_by": "clm_2", "replaced_by_text": "Several attackers were eliminated.",
        }
    ]  # fmt: skip
    out = io.StringIO()
    Console(file=out, width=100, highlight=False, emoji=False, markup=False).print(page(sent))
    assert "Replaced by: Several attackers were eliminated. (clm_2)" in out.getvalue()
    assert out.getvalue().count("[disowned]") == 1
