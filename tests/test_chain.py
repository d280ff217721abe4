"""Who a claim is from: sentences about declared paths, parties, verdicts, routes and withdrawals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from provenance.chain import (
    Actor,
    Analysis,
    Chains,
    Cut,
    Declared,
    Hop,
    HopKey,
    ImpossibleHop,
    Span,
    SupportCut,
    Tie,
    analyse,
    check_declared,
    declared_paths,
    impact,
)
from provenance.declared import MOST_PATHS
from provenance.errors import InvalidInput
from provenance.routes import MOST_CIRCLES
from provenance.vocabulary import Basis, HopBasis, Manner, OriginClass, SourceKind, TieKind, Verdict

AZIRBEK, POLICE, MINISTRY, STATE, AUTHORITIES, MEDIA, WITNESSES = 1, 2, 3, 4, 5, 6, 7
KHABAR, TASS, INTERFAX, RIA, SITE, PAPER = 11, 12, 13, 14, 15, 16
UN, AIDA, NGO, VIDEO_CHANNEL = 21, 22, 23, 24

NAMES: dict[int, tuple[str, SourceKind]] = {
    AZIRBEK: ("Saltanat Azirbek", SourceKind.SPOKESPERSON),
    POLICE: ("Almaty police", SourceKind.POLICE),
    MINISTRY: ("Interior Ministry", SourceKind.GOVERNMENT_BODY),
    STATE: ("State of Kazakhstan", SourceKind.GOVERNMENT_BODY),
    AUTHORITIES: ("the authorities", SourceKind.UNNAMED),
    MEDIA: ("media reports", SourceKind.COLLECTIVE),
    WITNESSES: ("witnesses", SourceKind.UNNAMED),
    KHABAR: ("Khabar 24", SourceKind.BROADCASTER),
    TASS: ("Tass", SourceKind.NEWS_AGENCY),
    INTERFAX: ("Interfax", SourceKind.NEWS_AGENCY),
    RIA: ("RIA Novosti", SourceKind.NEWS_AGENCY),
    SITE: ("A news site", SourceKind.WEBSITE),
    PAPER: ("A newspaper", SourceKind.NEWSPAPER),
    UN: ("UN human rights office", SourceKind.INTERNATIONAL_BODY),
    AIDA: ("Aida, who was on the square", SourceKind.WITNESS),
    NGO: ("A rights group", SourceKind.NGO),
    VIDEO_CHANNEL: ("A channel", SourceKind.CHANNEL),
}
ACTORS = {id: Actor(id, name, kind) for id, (name, kind) in NAMES.items()}

KAZAKH_TIES = (
    Tie(AZIRBEK, TieKind.SPEAKS_FOR, POLICE, Basis.CITED, id=1),
    Tie(POLICE, TieKind.PART_OF, MINISTRY, Basis.CITED, id=2),
    Tie(MINISTRY, TieKind.PART_OF, STATE, Basis.COMMONLY_KNOWN, id=3),
    Tie(KHABAR, TieKind.OWNED_BY, STATE, Basis.COMMONLY_KNOWN, id=4),
)
THE_AUTHORITIES_ARE_KAZAKH = Tie(AUTHORITIES, TieKind.SPEAKS_FOR, STATE, Basis.COMMONLY_KNOWN, id=5)


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2022, 1, number, hour, tzinfo=UTC)


def on(number: int) -> Span:
    return Span(day(number), day(number + 1) - timedelta(microseconds=1))


def chain(*sources: int | None, **extra: object) -> tuple[Hop, ...]:
    """The hops of one path; ``extra`` belongs to the first."""
    return tuple(
        Hop(one, other, Manner.SAID, **(extra if place == 0 else {}))  # type: ignore[arg-type]
        for place, (one, other) in enumerate(pairwise(sources))
        if other is not None
    )


def report(number: int, *paths: Iterable[Hop], publisher: int | None = None, **extra: object) -> Declared:
    hops = tuple(dict.fromkeys(hop for path in paths for hop in path))
    outlet = publisher if publisher is not None else hops[-1].downstream
    return Declared(number, 100 + number, outlet, hops, **extra)  # type: ignore[arg-type]


def found(*reports: Declared, ties: Iterable[Tie] = (), **extra: object) -> Analysis:
    return analyse(Chains(ACTORS, reports, tuple(ties), **extra))  # type: ignore[arg-type]


def classes(analysis: Analysis) -> dict[int, OriginClass]:
    return {origin.source: origin.cls for origin in analysis.origins}


# -- paths ---------------------------------------------------------------------------------------------------------


def test_parallel_carriers_are_several_paths() -> None:
    both = report(1, chain(POLICE, TASS, SITE), chain(POLICE, INTERFAX, SITE))
    paths = declared_paths(both, ACTORS)
    assert {tuple(node.actor for node in path.nodes) for path in paths} == {
        (POLICE, TASS, SITE),
        (POLICE, INTERFAX, SITE),
    }


def test_a_path_that_only_the_union_of_two_reports_makes_never_counts() -> None:
    """Khabar 24 quoted the ministry in one report; that gives no ministry to a report that names only Khabar 24."""
    analysis = found(report(1, chain(MINISTRY, KHABAR)), report(2, chain(KHABAR, TASS)))
    declared = {tuple(node.actor for node in path.nodes) for r in analysis.reports for path in r.paths}
    assert declared == {(MINISTRY, KHABAR), (KHABAR, TASS)}
    assert {origin.source: origin.reports for origin in analysis.origins} == {MINISTRY: (1,), KHABAR: (2,)}
    assert [origin.source for origin in analysis.origins if origin.established] == [MINISTRY]
    assert impact(analysis, sources=[MINISTRY]).fallen == (1,)
    assert impact(analysis, sources=[MINISTRY]).standing.keys() == {2}


def test_a_union_of_declared_halves_is_no_chokepoint_and_no_second_route() -> None:
    """Two reports that share their middle make four union paths and only two declared ones."""
    analysis = found(report(1, chain(POLICE, TASS, SITE)), report(2, chain(UN, TASS, PAPER)))
    assert [len(r.paths) for r in analysis.reports] == [1, 1]
    assert impact(analysis, sources=[POLICE]).fallen == (1,)


def test_a_report_without_hops_has_itself_as_its_one_path() -> None:
    assert [len(path.nodes) for path in declared_paths(report(1, publisher=TASS), ACTORS)] == [1]


def test_own_observation_is_a_path_of_its_own_beside_the_quoted_ones() -> None:
    analysis = found(report(1, chain(POLICE, TASS), own_basis=HopBasis.WITNESSED))
    assert classes(analysis) == {POLICE: OriginClass.NAMED, TASS: OriginClass.FIRST_HAND}
    assert impact(analysis, sources=[POLICE]).fallen == ()


# -- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "field", "says"),
    [
        (report(1, [Hop(TASS, TASS, Manner.SAID)]), "hops[0]", "Tass cannot relay itself"),
        (report(1, chain(POLICE, TASS, SITE, TASS), publisher=SITE), "hops[2].upstream", "no hop leads on from it"),
        (report(1, chain(RIA, TASS, INTERFAX, RIA), chain(POLICE, SITE)), "hops", "circle (Interfax, RIA Novosti, T"),
        (report(1, chain(POLICE, TASS), publisher=SITE), "hops[0].downstream", "ends at Tass and never reaches A news"),
        (Declared(1, 1, TASS, chain(POLICE, TASS) * 2), "hops[1]", "twice"),
        (report(1, chain(99, TASS)), "hops[0].upstream", "no source 99"),
        (report(1, publisher=99), "publisher", "no source 99"),
        (report(1, publisher=WITNESSES), "publisher", "identifies nobody"),
    ],
    ids=[
        "itself",
        "out of the publisher",
        "circle",
        "dangling",
        "twice",
        "unknown",
        "unknown publisher",
        "placeholder",
    ],
)
def test_a_chain_that_contradicts_itself_is_refused_by_naming_the_field(
    declared: Declared, field: str, says: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_declared(declared, ACTORS)
    assert caught.value.field == field
    assert says in caught.value.message
    with pytest.raises(InvalidInput):
        found(declared)


def test_a_page_with_thousands_of_paths_is_refused_before_they_are_listed() -> None:
    layers = [range(100 + 10 * i, 110 + 10 * i) for i in range(20)]
    crowd = {id: Actor(id, f"agency {id}", SourceKind.NEWS_AGENCY) for layer in layers for id in layer}
    hops = [Hop(a, b, Manner.SAID) for one, other in pairwise(layers) for a in one for b in other]
    hops += [Hop(a, SITE, Manner.SAID) for a in layers[-1]]
    with pytest.raises(InvalidInput, match=f"more than {MOST_PATHS}"):
        declared_paths(report(1, hops), {**ACTORS, **crowd})


def test_a_tie_to_a_source_that_was_not_given_is_refused() -> None:
    with pytest.raises(InvalidInput, match="names source 99"):
        found(report(1, chain(POLICE, TASS)), ties=[Tie(POLICE, TieKind.PART_OF, 99, Basis.CITED)])


# -- origins -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "source", "cls", "established"),
    [
        (report(1, chain(MINISTRY, KHABAR, TASS)), MINISTRY, OriginClass.NAMED, True),
        (report(1, chain(UN, SITE)), UN, OriginClass.NAMED, True),
        (report(1, chain(KHABAR, TASS)), KHABAR, OriginClass.NOT_STATED, False),
        (report(1, chain(None, MINISTRY, TASS)), MINISTRY, OriginClass.NOT_STATED, False),
        (report(1, chain(None, SITE)), SITE, OriginClass.NOT_STATED, False),
        (report(1, publisher=SITE), SITE, OriginClass.NOT_STATED, False),
        (report(1, publisher=SITE, own_basis=HopBasis.TOLD), SITE, OriginClass.NOT_STATED, False),
        (report(1, publisher=SITE, own_basis=HopBasis.WITNESSED), SITE, OriginClass.FIRST_HAND, True),
        (report(1, publisher=SITE, own_basis=HopBasis.COMPILED), SITE, OriginClass.COMPILED, True),
        (report(1, publisher=MINISTRY), MINISTRY, OriginClass.NAMED, True),
        (report(1, chain(AIDA, SITE)), AIDA, OriginClass.FIRST_HAND, True),
        (report(1, chain(NGO, SITE, basis=HopBasis.COMPILED)), NGO, OriginClass.COMPILED, True),
        (report(1, chain(RIA, SITE, basis=HopBasis.WITNESSED)), RIA, OriginClass.FIRST_HAND, True),
        (report(1, chain(VIDEO_CHANNEL, SITE, basis=HopBasis.MATERIAL)), VIDEO_CHANNEL, OriginClass.MATERIAL, False),
        (report(1, chain(WITNESSES, SITE)), WITNESSES, OriginClass.UNNAMED, False),
        (report(1, chain(WITNESSES, SITE, basis=HopBasis.WITNESSED)), WITNESSES, OriginClass.UNNAMED, False),
        (report(1, chain(WITNESSES, SITE, access="were there")), WITNESSES, OriginClass.ANONYMOUS_VOUCHED, False),
        (report(1, chain(MEDIA, SITE)), MEDIA, OriginClass.COLLECTIVE, False),
    ],
)
def test_the_first_node_of_a_path_is_of_a_class(
    declared: Declared, source: int, cls: OriginClass, established: bool
) -> None:
    [origin] = found(declared).origins
    assert (origin.source, origin.cls, origin.established) == (source, cls, established)


def test_material_is_established_once_it_was_examined() -> None:
    posted = report(1, chain(VIDEO_CHANNEL, SITE, basis=HopBasis.MATERIAL))
    assert found(posted).verdict is Verdict.NOT_ESTABLISHED
    assert found(posted, material_examined=frozenset({VIDEO_CHANNEL})).verdict is Verdict.SINGLE


def test_the_same_words_for_nobody_are_another_node_in_each_report() -> None:
    analysis = found(report(1, chain(WITNESSES, TASS)), report(2, chain(WITNESSES, RIA)))
    assert [origin.reports for origin in analysis.origins] == [(1,), (2,)]
    assert len({origin.node for origin in analysis.origins}) == 2


def test_a_denial_lists_its_paths_and_supports_nothing() -> None:
    analysis = found(report(1, chain(MINISTRY, TASS), counted=False))
    assert len(analysis.reports[0].paths) == 1
    assert (analysis.supported, analysis.origins, analysis.edges) == ((), (), ())
    assert analysis.why == "No origin is established: no report asserts the claim."


# -- support -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "supported"),
    [
        (report(1, chain(POLICE, SITE)), True),
        (report(1, chain(TASS, SITE)), True),
        (report(1, chain(WITNESSES, TASS, SITE)), True),
        (report(1, chain(WITNESSES, SITE)), False),
        (report(1, chain(MEDIA, SITE)), False),
        (report(1, chain(None, SITE)), False),
        (report(1, publisher=SITE), False),
        (report(1, publisher=MINISTRY), True),
        (report(1, publisher=SITE, own_basis=HopBasis.WITNESSED), True),
        (report(1, chain(AUTHORITIES, SITE)), False),
    ],
)
def test_a_report_is_supported_when_a_path_names_somebody_identifiable(declared: Declared, supported: bool) -> None:
    assert bool(found(declared).supported) is supported


def test_the_authorities_support_a_report_once_an_editor_ties_them_to_a_state() -> None:
    analysis = found(report(1, chain(AUTHORITIES, SITE)), ties=[THE_AUTHORITIES_ARE_KAZAKH])
    assert analysis.supported == (1,)
    assert analysis.verdict is Verdict.NOT_ESTABLISHED
    [party] = analysis.parties
    assert (party.name, party.established, party.origins) == ("State of Kazakhstan", False, ())


def test_a_path_with_a_cut_hop_is_listed_as_withdrawn_and_supports_nothing() -> None:
    cut = Cut("Interior Ministry", "2022-01-10", "said that its account was hacked")
    analysis = found(report(1, chain(MINISTRY, TASS, cut=cut)), report(2, chain(UN, SITE)))
    [path] = analysis.reports[0].paths
    assert (path.withdrawn, path.origin_class) == (True, OriginClass.NAMED)
    assert analysis.supported == (2,)
    withdrawn = next(origin for origin in analysis.origins if origin.source == MINISTRY)
    assert (withdrawn.withdrawn, withdrawn.established, withdrawn.party, withdrawn.reports) == (True, False, None, (1,))
    assert analysis.verdict is Verdict.SINGLE


def test_one_cut_path_leaves_the_other_standing() -> None:
    cut = Cut("an editor", None, "the page never said so")
    analysis = found(report(1, chain(MINISTRY, TASS, SITE, cut=cut), chain(UN, SITE)))
    assert analysis.supported == (1,)
    assert [origin.source for origin in analysis.origins if origin.established] == [UN]


# -- parties -------------------------------------------------------------------------------------------------------


def test_a_spokeswoman_her_police_and_their_ministry_are_one_party_named_after_the_state() -> None:
    analysis = found(
        report(1, chain(AZIRBEK, KHABAR)),
        report(2, chain(POLICE, INTERFAX)),
        report(3, chain(MINISTRY, KHABAR, TASS)),
        ties=KAZAKH_TIES,
    )
    [party] = analysis.parties
    assert party.name == "State of Kazakhstan"
    assert party.origins == (AZIRBEK, POLICE, MINISTRY)
    assert {tie.id for tie in party.ties} == {1, 2}
    assert KHABAR in party.members
    assert analysis.parties_cited_only == 1
    assert analysis.verdict is Verdict.SINGLE
    assert analysis.why == "3 established origins belong to one party, State of Kazakhstan, joined by 2 ties."


def test_three_agencies_that_quote_one_spokeswoman_add_no_origin_and_no_party() -> None:
    through = [report(n, chain(AZIRBEK, agency, SITE)) for n, agency in enumerate((TASS, INTERFAX, RIA))]
    analysis = found(*through)
    assert analysis.established_origins == (AZIRBEK,)
    assert [c.source for c in analysis.chokepoints if c.source] == [AZIRBEK, SITE]


def test_parties_joined_by_what_is_only_commonly_known_are_more_by_cited_ties_alone() -> None:
    reports = report(1, chain(MINISTRY, TASS)), report(2, chain(STATE, RIA))
    analysis = found(*reports, ties=KAZAKH_TIES)
    assert (len(analysis.parties), analysis.parties_cited_only) == (1, 2)
    assert "joined by 1 tie that is only commonly known." in analysis.why
    assert analysis.why.endswith("By cited ties alone they are 2 parties.")


def test_what_links_words_for_nobody_to_a_party_is_told_apart_from_what_joins_its_origins() -> None:
    speaking = Tie(AUTHORITIES, TieKind.SPEAKS_FOR, STATE, Basis.COMMONLY_KNOWN, id=9)
    reports = [report(n, chain(origin, TASS)) for n, origin in enumerate((AZIRBEK, POLICE, AUTHORITIES))]
    [party] = found(*reports, ties=[*KAZAKH_TIES, speaking]).parties
    assert {tie.id for tie in party.ties} == {1}
    assert {tie.id for tie in party.further_ties} == {2, 3, 9}
    assert AUTHORITIES in party.members


def test_a_cited_way_between_two_origins_is_shown_before_a_shorter_uncited_one() -> None:
    short = Tie(AZIRBEK, TieKind.SPEAKS_FOR, MINISTRY, Basis.COMMONLY_KNOWN, id=9)
    analysis = found(report(1, chain(AZIRBEK, TASS)), report(2, chain(MINISTRY, TASS)), ties=[short, *KAZAKH_TIES])
    assert {tie.id for tie in analysis.parties[0].ties} == {1, 2}


def test_origins_are_shown_joined_by_named_sources_and_not_by_words_for_nobody() -> None:
    shortcut = [Tie(AUTHORITIES, TieKind.SPEAKS_FOR, end, Basis.CITED, id=9) for end in (AZIRBEK, STATE)]
    analysis = found(report(1, chain(AZIRBEK, TASS)), report(2, chain(STATE, RIA)), ties=[*KAZAKH_TIES, *shortcut])
    assert {tie.id for tie in analysis.parties[0].ties} == {1, 2, 3}


def test_a_party_is_named_after_the_body_above_most_of_its_origins() -> None:
    also = Tie(AZIRBEK, TieKind.PART_OF, NGO, Basis.CITED)
    reports = [report(n, chain(origin, TASS)) for n, origin in enumerate((AZIRBEK, POLICE, MINISTRY))]
    assert [party.name for party in found(*reports, ties=[also, *KAZAKH_TIES]).parties] == ["State of Kazakhstan"]


def test_the_authorities_of_a_state_join_its_party_without_being_counted() -> None:
    analysis = found(
        report(1, chain(AZIRBEK, TASS)),
        report(2, chain(AUTHORITIES, RIA)),
        ties=[*KAZAKH_TIES, THE_AUTHORITIES_ARE_KAZAKH],
    )
    [party] = analysis.parties
    assert (party.name, party.origins) == ("State of Kazakhstan", (AZIRBEK,))
    assert AUTHORITIES in party.members
    assert analysis.established_origins == (AZIRBEK,)
    assert [(o.cls, o.party) for o in analysis.origins if o.source == AUTHORITIES] == [(OriginClass.UNNAMED, 0)]
    assert [c.party for c in analysis.chokepoints] == [0]


def test_words_for_nobody_that_are_tied_to_two_states_join_neither_to_the_other() -> None:
    ties = [Tie(AUTHORITIES, TieKind.SPEAKS_FOR, other, Basis.CITED) for other in (STATE, UN)]
    analysis = found(
        report(1, chain(STATE, TASS)), report(2, chain(UN, RIA)), report(3, chain(AUTHORITIES, SITE)), ties=ties
    )
    assert len(analysis.established_parties) == 2


def test_media_reports_join_nobody_whatever_they_are_tied_to() -> None:
    analysis = found(report(1, chain(MEDIA, SITE)), ties=[Tie(MEDIA, TieKind.CONTROLLED_BY, STATE, Basis.CITED)])
    assert (analysis.supported, analysis.parties) == ((), ())


def test_a_tie_counts_only_while_it_held() -> None:
    former = Tie(AZIRBEK, TieKind.SPEAKS_FOR, POLICE, Basis.CITED, valid_to=day(1))
    reports = [report(n, chain(origin, TASS), published=on(6)) for n, origin in enumerate((AZIRBEK, POLICE))]
    assert len(found(*reports, ties=[former]).parties) == 2
    chains = Chains(ACTORS, tuple(reports), (former,))
    assert len(analyse(chains, moment=Span(day(1), day(2))).parties) == 1
    undated = [report(n, chain(origin, TASS)) for n, origin in enumerate((AZIRBEK, POLICE))]
    assert len(found(*undated, ties=[former]).parties) == 1


# -- verdicts ------------------------------------------------------------------------------------------------------


def signed(one: int, other: int) -> Tie:
    return Tie(one, TieKind.EXAMINED_NO_TIE, other, Basis.CITED)


POLICE_AND_UN = (report(1, chain(POLICE, TASS)), report(2, chain(UN, RIA)))


def test_two_parties_that_nobody_has_examined_are_not_independent() -> None:
    analysis = found(*POLICE_AND_UN)
    assert analysis.verdict is Verdict.UNEXAMINED
    assert analysis.why == (
        "2 parties: Almaty police, UN human rights office; "
        "nobody has examined whether Almaty police and UN human rights office are tied."
    )


@pytest.mark.parametrize("above_police", [POLICE, MINISTRY, STATE])
def test_a_signed_pair_of_parties_or_of_bodies_above_them_is_established(above_police: int) -> None:
    analysis = found(*POLICE_AND_UN, ties=[*KAZAKH_TIES, signed(UN, above_police)])
    assert analysis.verdict is Verdict.ESTABLISHED


def test_examining_a_station_of_the_same_owner_says_nothing_about_the_police() -> None:
    through_khabar = report(3, chain(POLICE, KHABAR, SITE))
    analysis = found(*POLICE_AND_UN, through_khabar, ties=[*KAZAKH_TIES, signed(UN, KHABAR)])
    assert KHABAR in analysis.parties[0].members
    assert analysis.verdict is Verdict.UNEXAMINED


def test_of_three_parties_every_pair_must_be_signed() -> None:
    three = (*POLICE_AND_UN, report(3, chain(AIDA, SITE)))
    two_pairs = [signed(POLICE, UN), signed(UN, AIDA)]
    assert found(*three, ties=two_pairs).verdict is Verdict.UNEXAMINED
    assert found(*three, ties=[*two_pairs, signed(AIDA, POLICE)]).verdict is Verdict.ESTABLISHED


def test_a_stated_tie_outweighs_a_signature_that_there_is_none() -> None:
    stated = Tie(POLICE, TieKind.CONTROLLED_BY, UN, Basis.CITED)
    assert found(*POLICE_AND_UN, ties=[stated, signed(POLICE, UN)]).verdict is Verdict.SINGLE


def test_nothing_established_says_what_was_found_instead() -> None:
    analysis = found(report(1, chain(WITNESSES, SITE)), report(2, chain(TASS, SITE)), report(3, chain(RIA, SITE)))
    assert analysis.verdict is Verdict.NOT_ESTABLISHED
    assert analysis.why == "No origin is established: 1 unnamed, 2 not stated."


# -- routes --------------------------------------------------------------------------------------------------------


def test_two_ministries_quoted_only_through_one_agency_share_a_chokepoint() -> None:
    analysis = found(report(1, chain(MINISTRY, TASS, SITE)), report(2, chain(POLICE, TASS, PAPER)))
    assert [(c.source, c.paths) for c in analysis.chokepoints] == [(TASS, 2)]
    assert analysis.support_cut == SupportCut(1, True, (TASS,))


def test_a_party_is_a_chokepoint_through_the_carrier_that_it_owns() -> None:
    analysis = found(report(1, chain(POLICE, TASS)), report(2, chain(KHABAR, RIA)), ties=KAZAKH_TIES)
    assert [(c.source, c.party) for c in analysis.chokepoints] == [(None, 0)]


def test_unsupported_reports_do_not_break_a_chokepoint() -> None:
    analysis = found(report(1, chain(POLICE, TASS)), report(2, chain(WITNESSES, SITE)))
    assert [c.source for c in analysis.chokepoints if c.source] == [POLICE, TASS]


def test_nothing_supported_needs_no_cut_and_has_no_chokepoint() -> None:
    analysis = found(report(1, publisher=SITE))
    assert analysis.support_cut == SupportCut(0, True, ())
    assert analysis.chokepoints == ()


def test_agencies_that_quote_each_other_across_reports_are_a_circle() -> None:
    analysis = found(report(1, chain(TASS, RIA)), report(2, chain(RIA, TASS)))
    assert analysis.circles == ((TASS, RIA),)


def test_a_cut_hop_closes_no_circle_and_nobody_in_particular_is_on_none() -> None:
    cut = Cut("an editor", None, "misread")
    assert found(report(1, chain(TASS, RIA, cut=cut)), report(2, chain(RIA, TASS))).circles == ()
    assert found(report(1, chain(TASS, MEDIA, RIA)), report(2, chain(RIA, MEDIA, TASS))).circles == ()


def test_a_tangle_of_circles_is_listed_up_to_a_number() -> None:
    agencies = {n: Actor(n, f"agency {n}", SourceKind.NEWS_AGENCY) for n in range(100, 130)}
    reports = tuple(
        Declared(100 * a + b, 1, b, (Hop(a, b, Manner.CITED),)) for a in agencies for b in agencies if a != b
    )
    assert len(set(analyse(Chains(agencies, reports)).circles)) == MOST_CIRCLES


def test_a_report_certainly_before_its_upstream_first_published_is_impossible() -> None:
    ministry = report(1, publisher=MINISTRY, published=on(6))
    early = report(2, chain(MINISTRY, TASS), published=on(5))
    same_day = report(3, chain(MINISTRY, RIA), published=on(6))
    assert found(ministry, early, same_day).impossible == (ImpossibleHop(2, MINISTRY, TASS),)


def test_an_order_is_unknown_where_the_upstream_published_nothing_or_something_undated() -> None:
    early = report(2, chain(MINISTRY, TASS), published=on(5))
    assert found(early).impossible == ()
    dated = report(1, publisher=MINISTRY, published=on(6))
    assert found(early, dated, report(3, publisher=MINISTRY)).impossible == ()


def test_an_edge_gathers_what_the_reports_say_of_one_hop() -> None:
    first = report(1, chain(POLICE, TASS), published=on(7))
    second = Declared(2, 2, TASS, (Hop(POLICE, TASS, Manner.TOLD, stated=False),), published=on(6))
    [edge] = found(first, second).edges
    assert (edge.manners, edge.reports, edge.first_seen) == ((Manner.SAID, Manner.TOLD), (1, 2), on(6))
    assert (edge.stated, edge.cut) == (True, None)


# -- impact --------------------------------------------------------------------------------------------------------

THROUGH_TWO = report(1, chain(POLICE, TASS, SITE), chain(POLICE, INTERFAX, SITE))


@pytest.mark.parametrize(
    ("withdrawn", "fallen"),
    [
        ({"sources": [POLICE]}, (1, 2)),
        ({"sources": [TASS]}, (2,)),
        ({"sources": [TASS, INTERFAX]}, (1, 2)),
        ({"sources": [RIA]}, ()),
        ({"reports": [1]}, (1,)),
        ({"documents": [102]}, (2,)),
        ({"hops": [HopKey(POLICE, TASS)]}, (2,)),
        ({"hops": [HopKey(POLICE, TASS, report=1)]}, ()),
        ({"hops": [HopKey(POLICE, TASS), HopKey(INTERFAX, SITE, report=1)]}, (1, 2)),
    ],
    ids=str,
)
def test_a_report_falls_when_none_of_its_paths_survives(withdrawn: dict[str, list[int]], fallen: tuple[int]) -> None:
    analysis = found(THROUGH_TWO, report(2, chain(POLICE, TASS, PAPER)))
    left = impact(analysis, **withdrawn)  # type: ignore[arg-type]
    assert left.fallen == fallen
    assert set(left.standing) == {1, 2} - set(fallen)


def test_those_that_stand_say_through_whom() -> None:
    left = impact(found(THROUGH_TWO), sources=[TASS])
    [path] = left.standing[1]
    assert [node.actor for node in path.nodes] == [POLICE, INTERFAX, SITE]


def test_a_path_that_names_nobody_does_not_save_a_report() -> None:
    analysis = found(report(1, chain(POLICE, SITE), chain(WITNESSES, SITE)))
    assert impact(analysis, sources=[POLICE]).fallen == (1,)
