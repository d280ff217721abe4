"""From the words of a mention to a link of a chain: who is meant, how sure that is, and what shows it.

A name in the text or the registry resolves; so do words that stand for one. Words that identify nobody, such as
"experts" or "a senior official", stay unresolved, with whatever kind and country they tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from provenance.extraction.article import Mention
from provenance.extraction.reading import Link, Span
from provenance.extraction.resolving.antecedents import Antecedent, of_description, of_pronoun, of_thing
from provenance.extraction.resolving.carriers import relay_words
from provenance.extraction.resolving.cast import Cast, Member
from provenance.extraction.resolving.kinds import Being, Gender, described
from provenance.extraction.resolving.mentions import read_mention
from provenance.extraction.resolving.names import body_in, without_article
from provenance.extraction.resolving.wording import OWNERS, PERSONAL, PRONOUNS, RELATIVE, SPEAKING, Form, Wording
from provenance.extraction.resolving.words import Page
from provenance.vocabulary import LinkStatus, Manner, SourceKind

# Nouns that one at a time holds for each country or body: whoever is "the mayor of Almaty" is identified by it.
_OFFICES = frozenset({"head", "ruler"})
_HOLDERS = frozenset(
    [
        "mayor",
        "governor",
        "minister",
        "head",
        "chief",
        "director",
        "commander",
        "ambassador",
        "secretary",
        "speaker",
        "prosecutor",
        "king",
        "chair",
    ]
)
_SORTS = frozenset(
    {"state", "state-run", "official", "local", "regional", "opposition", "independent", "private", "rival"}
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A link, whom it means, and how sure that is. ``speaking`` is whether the words are "I" or "we", which only the
    statement around them explains.
    """

    link: Link
    member: Member | None
    confidence: float
    speaking: bool = False


def resolve_mention(
    page: Page,
    mention: Mention,
    cast: Cast,
    members: dict[int, Member],
    inside: tuple[int, int],
    *,
    stop: int | None = None,
    acts: bool = True,
) -> Resolved:
    """Who is meant by a mention, with everybody in ``cast`` who came before it.

    ``members`` are those at each word, ``stop`` is where the words of the mention end at the latest, ``acts`` whether
    they name one who does something, not one to whom something is told.
    """
    wording = read_mention(page, mention.span.start, mention.span.end, stop=stop)
    wording = cast.as_name(wording, page.text[wording.start : wording.end])
    first, _ = page.within(wording.start, wording.end)
    sentence = page.words[first].sentence if first < len(page.words) else 0
    return _Asked(page, wording, cast, members, inside, first, sentence, mention.manner, acts).answer()


@dataclass(frozen=True, slots=True)
class _Asked:
    """One mention with all that may answer whom it means."""

    page: Page
    wording: Wording
    cast: Cast
    members: dict[int, Member]
    inside: tuple[int, int]
    first: int
    sentence: int
    manner: Manner
    acts: bool = True

    def answer(self) -> Resolved:
        """Whom the mention means."""
        match self.wording.form:
            case Form.NAME:
                return self.named()
            case Form.PRONOUN:
                return self.pronoun()
            case Form.DESCRIPTION:
                return self.described()
            case Form.NOTHING:
                return self.nobody(None)

    def named(self) -> Resolved:
        wording = self.wording
        if wording.being is Being.THING and wording.name is None:
            return self.described()
        member = self._enter(wording)
        return Resolved(self._link(member.shown, LinkStatus.RESOLVED, member), member, 0.95 if member.known else 0.9)

    def pronoun(self) -> Resolved:
        low = self.wording.words[0]
        if low in RELATIVE:
            return self._relative()
        if low in PERSONAL or low in OWNERS:
            found = of_pronoun(self.cast, self.wording, self.wording.start, self.sentence, self.inside)
            return self._standing_for(found) if found else self.nobody(None)
        answer = self.nobody(None)
        return replace(answer, speaking=low in SPEAKING)

    def described(self) -> Resolved:
        wording = self.wording
        match wording.being:
            case Being.THING:
                return self._thing()
            case Being.PEOPLE:
                return self._people()
            case Being.PERSON:
                return self._person()
            case Being.BODY:
                return self._body()
            case None:
                return self.nobody(None)

    def nobody(self, kind: SourceKind | None) -> Resolved:
        """Words that identify nobody here; they can be pointed back at all the same."""
        member = self._enter(self.wording) if self.wording.form is Form.DESCRIPTION else None
        link = replace(self._link(None, LinkStatus.UNRESOLVED, member), kind=kind or (member.kind if member else None))
        return Resolved(link, member, 0.85 if link.kind and link.kind.placeholder else 0.7 if member else 0.5)

    def _people(self) -> Resolved:
        kind = self.wording.description.kind if self.wording.description else None
        return self.nobody(kind or SourceKind.UNNAMED)

    def _person(self) -> Resolved:
        wording, found = self.wording, self.wording.description
        assert found is not None
        if wording.definite and wording.owner is None:
            before = of_description(self.cast, wording, wording.start, self.sentence, self.inside)
            if before and (before.confidence >= 0.5 or not self._whose()):
                return self._standing_for(before)
        whose = self._whose()
        speaks = found.kind is SourceKind.SPOKESPERSON
        holds = found.alike in _OFFICES or any(word in _HOLDERS for word in found.noun.split())
        if whose and (speaks or (holds and wording.definite)):
            return self._by_office(self._office(whose))
        if wording.country and (speaks or (holds and wording.definite)):
            return self._by_office(self._bare())
        return self.nobody(SourceKind.UNNAMED if not speaks else SourceKind.SPOKESPERSON)

    def _by_office(self, name: str) -> Resolved:
        """Somebody who is known by the office alone is a source by that name."""
        member = self._enter(replace(self.wording, name=name, form=Form.NAME))
        kind = self.wording.description.kind if self.wording.description else None
        link = replace(self._link(member.shown, LinkStatus.RESOLVED, member), kind=kind or member.kind)
        return Resolved(link, member, 0.85)

    def _office(self, whose: str) -> str:
        """The words of the office, with the name of what it is in where only a description stood."""
        printed = self._bare()
        if self.wording.of and whose != self.wording.of and self.wording.of in printed:
            return printed.replace(f"the {self.wording.of}", self.wording.of).replace(self.wording.of, f"the {whose}")
        if self.wording.owner:
            return f"{whose}'s {printed.partition(' ')[2]}"
        return printed

    def _bare(self) -> str:
        words = self.page.text[self.wording.start : self.wording.end].split()
        return " ".join(words[1:] if words and words[0].lower() in ("the", "a", "an", "another", "one") else words)

    def _whose(self) -> str | None:
        """The name of whom a person or thing is of: as printed, or whom the description or pronoun there stands for."""
        wording = self.wording
        if wording.owner:
            gender = {"his": Gender.MAN, "her": Gender.WOMAN}.get(wording.owner)
            owner = replace(wording, form=Form.PRONOUN, words=(wording.owner,), gender=gender)
            # The owner may be in what is said: "Bachelet demanded an inquiry, her office said".
            found = of_pronoun(self.cast, owner, wording.start, self.sentence, (wording.start, wording.start))
            return found.member.shown if found else None
        if wording.of is None:
            return None
        return self._organ(wording.of)

    def _organ(self, named: str) -> str:
        """The organ that was mentioned last, for "ministry" in "spokesman for the ministry"."""
        noun = described(named) if named.islower() else None
        if noun is None or noun.being is not Being.BODY:
            return named
        asked = Wording(self.wording.start, self.wording.end, Form.DESCRIPTION, description=noun, definite=True)
        found = of_description(self.cast, asked, self.wording.start, self.sentence, self.inside)
        return found.member.shown if found and found.member.shown else named

    def _body(self) -> Resolved:
        wording = self.wording
        if wording.of and wording.of[0].isupper():
            return self._by_office(self._bare())
        if wording.owner and (whose := self._whose()):
            return self._by_office(self._office(whose))
        if wording.definite or not (wording.many or wording.articled):
            called = not wording.definite or self._sorted_out()
            before = of_description(self.cast, wording, wording.start, self.sentence, self.inside, called=called)
            if before and before.member.shown and (wording.definite or before.confidence >= 0.6):
                return self._standing_for(before)
        return self.nobody(None)

    def _sorted_out(self) -> bool:
        """Whether words tell one body from others of its kind: no "state broadcaster" is whichever came before."""
        first, last = self.page.within(self.wording.start, self.wording.end)
        return any(word.low in _SORTS for word in self.page.words[first:last])

    def _thing(self) -> Resolved:
        """What carries words: whoever issued it said them."""
        wording = self.wording
        whose = self._whose()
        if whose and self._can_issue(whose):
            member = self._enter(
                replace(wording, name=whose, form=Form.NAME, description=None, country=None, entity="")
            )
            return Resolved(self._link(member.shown, LinkStatus.RESOLVED, member), member, 0.75)
        if (shown := self._publisher(self._noun())) is not None:
            return self._in_words_of(Antecedent(shown, 0.75))
        found = of_thing(self.cast, wording, self.sentence) if wording.definite and not wording.of else None
        return self._standing_for(found) if found else self.nobody(None)

    def _noun(self) -> int:
        """The word whose head is outside the mention: its noun."""
        words = self.page.words
        first, last = self.page.within(self.wording.start, self.wording.end)
        return next((at for at in range(first, last) if words[at].head not in range(first, last)), first)

    def _can_issue(self, whose: str) -> bool:
        last = whose.rpartition(" ")[2]
        return last[:1].isupper() or last[:1].isdigit() or (body_in(whose) is not None and any(map(str.isupper, whose)))

    def _relative(self) -> Resolved:
        """Whom the clause of "who" hangs on; no page gives it as a name, but the words it stands for."""
        words = self.page.words
        verb = words[self.first].head
        while words[verb].dep in ("conj", "xcomp", "ccomp") and words[verb].head != verb:
            verb = words[verb].head
        noun = words[verb].head
        member = self.members.get(noun) or self._publisher(noun)
        if member is None or member.span is None:
            return self.nobody(None) if noun >= self.first or noun == verb else self._as_the_noun(noun)
        return self._in_words_of(Antecedent(member, 0.8))

    def _in_words_of(self, before: Antecedent) -> Resolved:
        """Whom the mention stands for, by the words that named them before."""
        span = before.member.span
        found = self._standing_for(before)
        if span is None:
            return found
        return replace(found, link=replace(found.link, as_named=span.text, start=span.start, end=span.end))

    def _as_the_noun(self, noun: int) -> Resolved:
        words, start = self.page.words, noun
        while start > 0 and words[start - 1].head in range(start, noun + 1) and words[start - 1].tag != "IN":
            start -= 1
        return replace(self, wording=read_mention(self.page, words[start].start, words[noun].end)).answer()

    def _publisher(self, noun: int) -> Member | None:
        """Who put out the thing that "that" stands for: "channels published videos that show"."""
        words = self.page.words
        found = described(words[noun].low)
        if found is None or found.being is not Being.THING:
            return None
        verb = words[noun].head
        if words[verb].lemma not in relay_words()["publishing"]:
            return None
        subjects = (
            place
            for place in range(max(0, verb - 14), verb)
            if words[place].head == verb and words[place].dep == "nsubj"
        )
        return next((self.members[place] for place in subjects if place in self.members), None)

    def _standing_for(self, found: Antecedent) -> Resolved:
        member = found.member
        span = member.span
        status = LinkStatus.RESOLVED if member.shown else LinkStatus.UNRESOLVED
        link = replace(self._link(member.shown or self._pointed_at(member), status, member), antecedent=span)
        words = Span.of(self.page.text, self.wording.start, self.wording.end)
        self.cast.seen(member, words, self.sentence, subject=self.acts)
        if self.wording.gender and member.being is Being.PERSON:
            member.gender = member.gender or self.wording.gender
        return Resolved(link, member, found.confidence)

    def _pointed_at(self, member: Member) -> str | None:
        """What a pronoun stands for where the text gives no name: "he" is the "member of the delegation"."""
        if self.wording.form is not Form.PRONOUN or member.span is None:
            return None
        words = member.span.text
        return without_article(words) if words.lower() not in PRONOUNS else None

    def _enter(self, wording: Wording) -> Member:
        span = Span.of(self.page.text, wording.start, wording.end)
        return self.cast.enter(wording, span, self.sentence, subject=self.acts)

    def _link(self, source: str | None, status: LinkStatus, member: Member | None) -> Link:
        wording = self.wording
        kind = member.kind if member else None
        if wording.description and wording.description.kind is SourceKind.SPOKESPERSON:
            kind = SourceKind.SPOKESPERSON
        return Link(
            as_named=self.page.text[wording.start : wording.end],
            source=source,
            status=status,
            start=wording.start,
            end=wording.end,
            kind=kind,
            country=wording.country or (member.country if member else None) or None,
            manner=self.manner,
        )
