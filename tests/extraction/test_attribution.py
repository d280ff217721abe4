"""Who is said to have said what: each frame in sentences of our own, with its chain from the origin outwards."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from provenance.extraction.article import Article, Proposed
from provenance.extraction.attribution import RuleProposer
from provenance.extraction.attribution.cues import Family
from provenance.extraction.parsing import parse
from provenance.extraction.reading import Zone
from provenance.vocabulary import Manner, Stance, ZoneKind


@dataclass(frozen=True)
class Said:
    """One proposal as a reader would tell it: its chain, origin first, what is said, and how it is meant."""

    chain: tuple[str, ...]
    content: str
    stance: Stance = Stance.ASSERTS


def proposals(text: str, *families: Family) -> list[Proposed]:
    """What the rules find in a text without zones."""
    proposer = RuleProposer(frozenset(families)) if families else RuleProposer()
    return proposer.propose(Article(text=text, zones=(), language="en", doc=parse(text)))


def told(one: Proposed, text: str) -> Said:
    """A proposal in short; parallel carriers are joined with a stroke, interrupted words with three dots."""
    chain = tuple(" | ".join(mention.span.text for mention in step) for step in one.sources)
    words = " ... ".join(text[start:end] for start, end in one.parts) if one.parts else one.content.text
    return Said(chain, words, one.stance)


SENTENCES = {
    "said that": (
        "The health minister said that twelve people had died in the flood.",
        [Said(("The health minister",), "that twelve people had died in the flood")],
    ),
    "said without that": (
        "Hospital officials say more than 200 people were wounded.",
        [Said(("Hospital officials",), "more than 200 people were wounded")],
    ),
    "clause before its cue": (
        "At least twelve people died when a shell hit the market on Tuesday, the regional governor said.",
        [Said(("the regional governor",), "At least twelve people died when a shell hit the market on Tuesday")],
    ),
    "cue in the middle": (
        "The bridge, officials said, had been closed for a week.",
        [Said(("officials",), "The bridge ... had been closed for a week")],
    ),
    "quotation before its cue": (
        "“The town is quiet,” the mayor, Ana Silva, said on Friday.",
        [Said(("the mayor, Ana Silva,",), "“The town is quiet,”")],
    ),
    "speaker behind the cue": (
        "“The town is quiet,” said Ana Silva, the mayor of the port.",
        [Said(("Ana Silva, the mayor of the port",), "“The town is quiet,”")],
    ),
    "quotation around its cue": (
        '"We have found nine bodies," rescue chief Lena Ortiz said. "There will be more."',
        [Said(("rescue chief Lena Ortiz",), '"We have found nine bodies," ... "There will be more."')],
    ),
    "question before its cue": (
        "“Where is our army?” asked Omar Haddad, a baker.",
        [Said(("Omar Haddad, a baker",), "“Where is our army?”")],
    ),
    "told an outlet": (
        "Police spokesman Ahmed Karimi told Reuters that three gunmen had been shot.",
        [Said(("Police spokesman Ahmed Karimi", "Reuters"), "that three gunmen had been shot")],
    ),
    "told reporters, who carry nothing": (
        "The minister told reporters that talks had failed.",
        [Said(("The minister",), "that talks had failed")],
    ),
    "according to in front": (
        "According to the health ministry, hospitals took in over 1,000 wounded.",
        [Said(("the health ministry",), "hospitals took in over 1,000 wounded")],
    ),
    "according to behind": (
        "The attack killed twenty people, according to the army.",
        [Said(("the army",), "The attack killed twenty people")],
    ),
    "according to, then said": (
        "According to the Reuters news agency, the army said that the square had been cleared.",
        [Said(("the army", "the Reuters news agency"), "that the square had been cleared")],
    ),
    "as X reported": (
        "No bank had opened its doors, as the Chinese state agency Xinhua reported.",
        [Said(("the Chinese state agency Xinhua",), "No bank had opened its doors")],
    ),
    "quoted as reported by": (
        "Two offices were looted on Monday, the radio station Echo 5 quoted an adviser to the "
        "Justice Ministry as reported by the Chinese state agency Xinhua.",
        [
            Said(
                (
                    "an adviser to the Justice Ministry",
                    "the radio station Echo 5",
                    "the Chinese state agency Xinhua",
                ),
                "Two offices were looted on Monday",
            )
        ],
    ),
    "was quoted as saying": (
        "Ivanov was quoted as saying by RIA Novosti that twenty drones had been destroyed.",
        [Said(("Ivanov", "RIA Novosti"), "that twenty drones had been destroyed")],
    ),
    "quoted somebody as saying": (
        "State television quoted the governor as saying that the dam would hold.",
        [Said(("the governor", "State television"), "that the dam would hold")],
    ),
    "reported, citing": (
        "The toll rose to 41, the news agency SANA reported, citing a source at the health ministry.",
        [Said(("a source at the health ministry", "the news agency SANA"), "The toll rose to 41")],
    ),
    "quoting, in the speaker's phrase": (
        "Tasnim, quoting an unnamed official, said that two soldiers were missing.",
        [Said(("an unnamed official", "Tasnim"), "that two soldiers were missing")],
    ),
    "parallel carriers": (
        "Tass and RIA Novosti reported that the airport was closed.",
        [Said(("Tass | RIA Novosti",), "that the airport was closed")],
    ),
    "confirmed a number": (
        "The government has now confirmed nine dead firemen and medics.",
        [Said(("The government",), "nine dead firemen and medics")],
    ),
    "reported two numbers": (
        "The hospital reported 17 dead and 56 injured.",
        [Said(("The hospital",), "17 dead and 56 injured")],
    ),
    "announced in quotation marks": (
        "The president announced “maximum severity” in a speech.",
        [Said(("The president",), "“maximum severity”")],
    ),
    "denied a clause": (
        "The military denied that its forces had crossed the border.",
        [Said(("The military",), "that its forces had crossed the border", Stance.DENIES)],
    ),
    "denied a deed": (
        "The ministry denied killing any civilians.",
        [Said(("The ministry",), "killing any civilians", Stance.DENIES)],
    ),
    "nobody confirmed": (
        "Neither side has confirmed the figures.",
        [Said(("Neither side",), "the figures", Stance.MENTIONS)],
    ),
    "called for": (
        "The EU called for restraint on all sides.",
        [Said(("The EU",), "restraint on all sides")],
    ),
    "urged somebody to": (
        "The mayor urged residents to stay at home.",
        [Said(("The mayor",), "residents to stay at home")],
    ),
    "urged, said somebody": (
        "Norway urged both camps to return to the table, Berg said.",
        [Said(("Norway", "Berg"), "Norway urged both camps to return to the table")],
    ),
    "suggested doing": (
        "He also suggested freezing the price of gas.",
        [Said(("He",), "freezing the price of gas")],
    ),
    "threatened to": (
        "The general threatened to close the border.",
        [Said(("The general",), "to close the border")],
    ),
    "accused of": (
        "Amnesty International accused the army of using cluster bombs.",
        [Said(("Amnesty International",), "the army of using cluster bombs")],
    ),
    "called something a name": (
        "The opposition called the vote a farce.",
        [Said(("The opposition",), "the vote a farce")],
    ),
    "took as a sign": (
        "Analysts took the late visit as a sign that she had lost her party.",
        [Said(("Analysts",), "the late visit as a sign that she had lost her party")],
    ),
    "somebody's claim that": (
        "Nobody believes the governor's claim that the dam is safe.",
        [Said(("the governor",), "that the dam is safe")],
    ),
    "in somebody's ranking": (
        "In Amnesty International's annual report, the country comes last.",
        [Said(("Amnesty International",), "the country comes last")],
    ),
    "a statement by": (
        "A statement by the army said its troops had withdrawn.",
        [Said(("the army",), "its troops had withdrawn")],
    ),
    "it was said that": (
        "It was said that the soldiers would stay for a limited time.",
        [Said((), "that the soldiers would stay for a limited time")],
    ),
    "are reported to be": (
        "The men are reported to be armed.",
        [Said((), "The men ... to be armed")],
    ),
    "reportedly": (
        "The riot has reportedly cost many lives.",
        [Said((), "The riot has ... cost many lives")],
    ),
    "was asked to": (
        "Drivers have been asked to use other roads.",
        [Said((), "Drivers ... to use other roads")],
    ),
    "was confirmed by": (
        "The deaths were confirmed by the health ministry.",
        [Said(("the health ministry",), "The deaths")],
    ),
    "who, for those it stands for": (
        "The rebels, who say they shot down the plane, have left the town.",
        [Said(("The rebels",), "they shot down the plane")],
    ),
    "said, adding": (
        "The minister said that talks had failed, adding that fighting would go on.",
        [
            Said(("The minister",), "that talks had failed"),
            Said(("The minister",), "that fighting would go on"),
        ],
    ),
    "a name and a colon": (
        "Angela Merkel: the talks have failed",
        [Said(("Angela Merkel",), "the talks have failed")],
    ),
    "in somebody's poll": (
        "The president was ahead of his rivals in a new Gallup poll.",
        [Said(("a new Gallup poll",), "The president was ahead of his rivals")],
    ),
    "reported, citing, that": (
        "Local media reported, citing residents, that the bridge had collapsed.",
        [Said(("residents", "Local media"), "that the bridge had collapsed")],
    ),
    "was asked whether": (
        "The governor was asked whether the dam was safe.",
        [Said((), "whether the dam was safe")],
    ),
    "two speakers of one statement": (
        "The attack killed twenty people, according to officials and witnesses.",
        [Said(("officials | witnesses",), "The attack killed twenty people")],
    ),
    "called on somebody to": (
        "The European Union and the United States called on the authorities to release the detainees.",
        [Said(("The European Union | the United States",), "the authorities to release the detainees")],
    ),
    "while another said": (
        "The ministry said its forces had destroyed a depot, while Kyiv said civilians were hit.",
        [
            Said(("The ministry",), "its forces had destroyed a depot"),
            Said(("Kyiv",), "civilians were hit"),
        ],
    ),
    "officials said, raising": (
        "More than 60 people are missing, officials said on Sunday, raising an earlier toll of 40.",
        [Said(("officials",), "More than 60 people are missing")],
    ),
    "a picture from": (
        "The picture from the French news agency AFP shows firemen on a roof.",
        [Said(("the French news agency AFP",), "firemen on a roof")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_sentence_says_who_says_what(text: str, expected: list[Said]) -> None:
    assert [told(one, text) for one in proposals(text)] == expected


NOTHING_SAID = {
    "a plan that is called so": "The army began an operation called Northern Shield.",
    "the text's own guess": "The trains stood still all day, presumably to keep people at home.",
    "dismissed from office": "He dismissed the government on Wednesday.",
    "a question of checking": "It was not immediately possible to verify the numbers.",
    "a topic and a colon": "Kazakhstan: a blockade of the internet makes the news unclear",
    "one of the largest": "The republic is one of the largest producers in the world.",
    "a word in quotation marks": "The so-called “liberators” left the town.",
    "many of those": "Many people use gas because it is cheaper.",
    "nothing at all": "",
}


@pytest.mark.parametrize("text", NOTHING_SAID.values(), ids=NOTHING_SAID.keys())
def test_what_nobody_is_said_to_have_said_is_left_alone(text: str) -> None:
    assert [told(one, text) for one in proposals(text)] == []


MANNERS = {
    "said": ("The mayor said that it was over.", Manner.SAID),
    "told": ("The mayor told residents that it was over.", Manner.TOLD),
    "according to": ("It was over, according to the mayor.", Manner.ACCORDING_TO),
    "announced": ("The mayor announced that it was over.", Manner.ANNOUNCED),
    "confirmed": ("The mayor confirmed that it was over.", Manner.CONFIRMED),
    "denied": ("The mayor denied that it was over.", Manner.DENIED),
    "reported": ("The agency reported that it was over.", Manner.REPORTED),
    "wrote": ("The mayor wrote that it was over.", Manner.PUBLISHED),
    "tweeted": ("The mayor tweeted that it was over.", Manner.POSTED),
}


@pytest.mark.parametrize(("text", "manner"), MANNERS.values(), ids=MANNERS.keys())
def test_the_manner_of_a_step_follows_the_cue(text: str, manner: Manner) -> None:
    [one] = proposals(text)
    assert [mention.manner for step in one.sources for mention in step] == [manner]


def test_cue_and_source_are_the_words_of_the_text() -> None:
    text = "The authorities have officially confirmed eight deaths."
    [one] = proposals(text)
    assert one.cue is not None
    assert one.source is not None
    assert (one.cue.text, one.source.text) == ("have officially confirmed", "The authorities")
    assert all(text[span.start : span.end] == span.text for span in (one.cue, one.source, one.content))


def test_a_reader_may_leave_out_beliefs_and_plans() -> None:
    text = "The rebels want to leave. Officials believe that they will stay. The mayor said that nobody knew."
    assert len(proposals(text)) == 3
    [spoken] = proposals(text, Family.SPEECH)
    assert spoken.content.text == "that nobody knew"


def test_what_is_hearsay_names_its_hedge_and_no_source() -> None:
    [one] = proposals("The riot has reportedly cost many lives.")
    assert (one.hedge, one.source, one.sources) == ("reportedly", None, ())


def test_reports_that_somebody_denies_are_one_statement() -> None:
    text = "The mayor denied reports that the dam had burst."
    assert [told(one, text) for one in proposals(text)] == [
        Said(("The mayor",), "that the dam had burst", Stance.DENIES)
    ]


def test_only_the_articles_own_text_is_read() -> None:
    own, other = "The mayor said that it was over.", "The mayor said that it was not over."
    text = f"{own}\n{own}\n{other}\n{other}\n{other}"
    kinds = [ZoneKind.HEADLINE, ZoneKind.CAPTION, ZoneKind.TEASER, ZoneKind.BOILERPLATE, ZoneKind.CREDIT]
    zones, start = [], 0
    for kind, line in zip(kinds, text.split("\n"), strict=True):
        zones.append(Zone(kind, start, start + len(line)))
        start += len(line) + 1
    found = RuleProposer().propose(Article(text=text, zones=tuple(zones), language="en", doc=parse(text, zones)))
    assert [one.content.text for one in found] == ["that it was over", "that it was over"]


def test_a_text_without_grammar_yields_nothing() -> None:
    assert RuleProposer().propose(Article(text="Он сказал, что всё кончено.", zones=(), language="ru")) == []
