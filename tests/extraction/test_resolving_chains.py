"""How chains are put together: carriers, statements inside statements, and statements that go on."""

from __future__ import annotations

import time

from provenance.extraction.article import Article, Mention, Proposed
from provenance.extraction.parsing import parse
from provenance.extraction.reading import Span
from provenance.extraction.resolving import resolve
from provenance.extraction.sources import registry
from provenance.vocabulary import LinkStatus, Manner, SourceKind
from tests.extraction.resolved import chain, proposed, span, statements

RELAYED = (
    "Attackers tried to take a station, the broadcaster Khabar 24 quoted a spokesman for the Interior "
    "Ministry, the Russian state agency Tass reported. “Dozens were stopped.” They are being identified."
)
CARRIERS = ("a spokesman for the Interior Ministry", "the broadcaster Khabar 24", "Tass")


def test_a_chain_goes_from_the_ministry_through_khabar_24_to_tass() -> None:
    [statement] = statements(RELAYED, proposed(RELAYED, "Attackers tried to take a station", *CARRIERS, cue="quoted"))

    assert chain(statement) == ["spokesman for the Interior Ministry", "Khabar 24", "TASS"]
    assert [link.step for link in statement.chain] == [0, 1, 2]
    assert [link.kind for link in statement.chain] == [
        SourceKind.SPOKESPERSON,
        SourceKind.BROADCASTER,
        SourceKind.NEWS_AGENCY,
    ]


def test_each_link_keeps_the_words_of_the_page_and_where_they_stand() -> None:
    [statement] = statements(RELAYED, proposed(RELAYED, "Attackers tried to take a station", *CARRIERS, cue="quoted"))

    named = [RELAYED[link.start : link.end] for link in statement.chain]
    assert named == [
        "a spokesman for the Interior Ministry",
        "the broadcaster Khabar 24",
        "the Russian state agency Tass",
    ]
    assert named == [link.as_named for link in statement.chain]


def test_a_quotation_that_goes_on_inherits_the_whole_chain() -> None:
    first = proposed(RELAYED, "Attackers tried to take a station", *CARRIERS, cue="quoted")
    bare = proposed(RELAYED, "“Dozens were stopped.”", continues=0)
    after = proposed(RELAYED, "They are being identified", continues=1)

    said, quoted, then = statements(RELAYED, first, bare, after)

    assert quoted.chain == said.chain == then.chain
    assert (said.continues, quoted.continues, then.continues) == (None, 0, 1)
    assert quoted.confidences["chain"] < said.confidences["chain"]


def test_a_quotation_goes_on_from_the_statement_inside_the_one_that_only_carries_it() -> None:
    text = "According to Tass, the ministry's spokesman Ivan Petrov said that ten had died. “We mourn them.”"
    outer = proposed(text, "the ministry's spokesman Ivan Petrov said that ten had died", "Tass", cue="According to")
    inner = proposed(text, "ten had died", "the ministry's spokesman Ivan Petrov", cue="said")
    after = proposed(text, "“We mourn them.”", continues=0)

    died, mourned = statements(text, outer, inner, after)

    assert chain(died) == chain(mourned) == ["Ivan Petrov", "TASS"]
    assert mourned.continues == 0


def test_an_outer_speaker_becomes_the_last_carrier_of_what_stands_inside() -> None:
    text = "Interfax reported on a long night in the city, in which the army said that a few people had been hurt."
    outer = proposed(text, text[17:-1], "Interfax", cue="reported")
    inner = proposed(text, "a few people had been hurt", "the army", cue="said")

    night, hurt = statements(text, outer, inner)

    assert chain(night) == ["Interfax"]
    assert [link.as_named for link in hurt.chain] == ["the army", "Interfax"]


def test_a_statement_that_only_says_that_another_was_made_is_no_second_one() -> None:
    text = "According to the Reuters news agency, the army said that a few people had been hurt."
    outer = proposed(text, "the army said that a few people had been hurt", "Reuters", cue="According to")
    inner = proposed(text, "a few people had been hurt", "the army", cue="said")

    [only] = statements(text, outer, inner)

    assert only.content.text == "a few people had been hurt"
    assert [link.as_named for link in only.chain] == ["the army", "the Reuters news agency"]


def test_a_carrier_named_behind_what_was_said_carries_it_and_is_no_part_of_it() -> None:
    text = "The mission said that many had died this year, according to Reuters."
    outer = proposed(text, "The mission said that many had died this year", "Reuters", cue="according to")
    inner = proposed(text, "many had died this year, according to Reuters", "The mission", cue="said")

    [only] = statements(text, outer, inner)

    assert only.content.text == "many had died this year"
    assert [link.as_named for link in only.chain] == ["The mission", "Reuters"]


def test_a_name_that_the_parser_left_in_the_content_goes_back_to_its_source() -> None:
    text = "According to the police chief of Kunduz, General Mohammad Jan, the square was empty."
    found = proposed(
        text, "General Mohammad Jan, the square was empty", "the police chief of Kunduz", cue="According to"
    )

    [statement] = statements(text, found)

    assert statement.content.text == "the square was empty"
    assert chain(statement) == ["Mohammad Jan"]


def test_two_that_stand_in_each_other_are_not_both_lost() -> None:
    text = "The police said that it was over."
    whole, cues = span(text, text), (span(text, "said"), span(text, "was"))
    found = [Proposed(whole, cue, None, (), "a rule", 0.9) for cue in cues]

    assert statements(text, *found)


def test_whoever_comes_twice_in_a_chain_stands_in_it_once_by_the_fullest_words() -> None:
    text = "US officials said on Monday that they believed that the group had fired first."
    outer = proposed(text, "they believed that the group had fired first", "US officials", cue="said")
    inner = proposed(text, "the group had fired first", "they", cue="believed")

    [only] = statements(text, outer, inner)

    assert [link.as_named for link in only.chain] == ["US officials"]


def test_parallel_carriers_share_a_step() -> None:
    text = "Eight people had died, the ministry told Reuters and AFP."
    [statement] = statements(text, proposed(text, "Eight people had died", "the ministry", ("Reuters", "AFP")))

    assert [link.step for link in statement.chain] == [0, 1, 1]


def test_the_manner_of_each_link_is_kept() -> None:
    text = "Eight people had died, the ministry told Reuters."
    told = Mention(span(text, "the ministry"), Manner.TOLD)
    [statement] = statements(
        text, Proposed(span(text, "Eight people had died"), None, told.span, ((told,),), "a rule", 0.9)
    )

    assert [link.manner for link in statement.chain] == [Manner.TOLD]


def test_where_the_text_names_nobody_the_chain_is_one_link_that_says_so() -> None:
    text = "Numerous people have reportedly died."
    [statement] = statements(text, proposed(text, "Numerous people have reportedly died", cue="reportedly"))

    assert [(link.as_named, link.source, link.status) for link in statement.chain] == [
        (None, None, LinkStatus.UNSPECIFIED)
    ]


def test_i_and_we_inside_a_statement_are_its_speaker() -> None:
    text = "“It is over. I believe that the worst is behind us, and we go on,” Ned Price told reporters."
    outer = proposed(text, text[:67], "Ned Price", cue="told")
    inner = proposed(text, "the worst is behind us", span(text, "I", 1), cue="believe")

    _, believed = statements(text, outer, inner)

    assert chain(believed) == ["Ned Price"]


def test_without_a_grammar_the_printed_words_stand_for_themselves() -> None:
    text = "ТАСС: погибли восемь человек"
    found = Proposed(span(text, "погибли восемь человек"), None, None, ((Mention(span(text, "ТАСС")),),), "a rule", 0.5)

    [statement] = resolve(Article(text, (), "ru"), [found], registry())

    assert [(link.as_named, link.status) for link in statement.chain] == [("ТАСС", LinkStatus.RESOLVED)]
    assert statement.confidence < 0.5


def test_statements_come_in_the_order_of_the_text() -> None:
    text = "Police said that one man was hurt. Witnesses said that two were."
    later = proposed(text, "two were", "Witnesses", cue="Witnesses said")
    earlier = proposed(text, "one man was hurt", "Police", cue="said")

    assert [one.content.text for one in statements(text, later, earlier)] == ["one man was hurt", "two were"]


def test_many_quotations_take_time_in_proportion_to_their_number() -> None:
    def seconds(count: int) -> float:
        line = "“We saw {} cars,” Ned Price said.\n"
        text = "".join(line.format(number) for number in range(count))
        doc = parse(text)
        found, start = [], 0
        for number in range(count):
            end = start + len(line.format(number))
            who = Span.of(text, end - 16, end - 7)
            content = Span.of(text, start, end - 17)
            cue = Span.of(text, end - 6, end - 2)
            found.append(Proposed(content, cue, who, ((Mention(who),),), "a rule", 0.9))
            start = end
        began = time.process_time()
        assert len(resolve(Article(text, (), "en", doc=doc), found, registry())) == count
        return time.process_time() - began

    assert seconds(1200) < 8 * seconds(300) + 0.5
