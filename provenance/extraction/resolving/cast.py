"""Everybody whom a text mentions, in the order they appear, each with all that its words say of them.

Like the list in front of a play: Tokayev is the president, Lufthansa an airline group, Price and Ned Price are one man.
Pronouns and descriptions find their antecedents here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from provenance.extraction.reading import Span
from provenance.extraction.resolving.kinds import Being, Description, Gender, described
from provenance.extraction.resolving.lookup import Known, Lookup
from provenance.extraction.resolving.names import body_in, country_meant, gender_of, is_given_name, stands_for
from provenance.extraction.resolving.wording import Form, Wording
from provenance.vocabulary import SourceKind

# How many of those mentioned last are looked at for an antecedent; further back nobody is meant by "he".
_REMEMBERED = 40


@dataclass(frozen=True, slots=True)
class Seen:
    """Where somebody was mentioned: code point, sentence, whether as one who does something, and the words."""

    place: int
    sentence: int
    subject: bool
    span: Span


@dataclass(eq=False)
class Member:
    """One who is mentioned. ``name`` is the fullest that the text gives, None for somebody who is only described."""

    name: str | None
    kind: SourceKind | None = None
    told: Being | None = None
    gender: Gender | None = None
    country: str | None = None
    many: bool = False
    nouns: set[str] = field(default_factory=set)
    alike: set[str] = field(default_factory=set)
    of: str | None = None
    known: Known | None = None
    span: Span | None = None
    seen: list[Seen] = field(default_factory=list)
    votes: int = 0
    count: int = 0
    spoke: int | None = None
    described: Description | None = None

    @property
    def being(self) -> Being | None:
        """What sort of being it is: as the words told, else as the parser mostly took the name."""
        # The parser takes most names of one word for people's: Twitter, Khabar, Bakhtar.
        if self.told is not None or self.votes == 0 or (self.votes > 0 and " " not in (self.name or "")):
            return self.told
        return Being.PERSON if self.votes > 0 else Being.BODY

    def learn(self, wording: Wording) -> None:
        """What more words tell of the one who is mentioned by them."""
        _learn(self, wording)

    @property
    def shown(self) -> str | None:
        """The name by which it is shown: the registry's, else the text's fullest."""
        return self.known.name if self.known else self.name


class Cast:
    """Who was mentioned so far. Mentions have to come in the order of the text."""

    def __init__(self, registry: Lookup, letters: dict[str, str], full: dict[str, str]) -> None:
        self._registry = registry
        self._letters = letters
        self._full = full
        self._by_name: dict[str, Member] = {}
        self._by_last: dict[str, Member] = {}
        self._recent: OrderedDict[int, Member] = OrderedDict()
        self._near: dict[str, int] = {}

    def recent(self) -> Iterator[Member]:
        """Those mentioned last, the latest first."""
        for count, member in enumerate(reversed(self._recent.values())):
            if count == _REMEMBERED:
                return
            yield member

    def enter(
        self, wording: Wording, span: Span, sentence: int, *, subject: bool = False, quoted: bool = False
    ) -> Member:
        """Somebody is mentioned: a member who was there before, or a new one."""
        member = self._named(wording) if wording.name else self._nameless(wording)
        _learn(member, wording)
        if wording.country:
            self._near[wording.country] = self._near.get(wording.country, 0) + 1
        self.seen(member, span, sentence, subject=subject, quoted=quoted)
        return member

    def seen(self, member: Member, span: Span, sentence: int, *, subject: bool = False, quoted: bool = False) -> None:
        """A member is mentioned again, by whatever words; inside a quotation it is not the text that mentions."""
        if quoted:
            member.span = member.span or span
            return
        member.count += 1
        if member.span is None or not _points(span.text):
            member.span = span
        member.seen[:] = [*member.seen[-3:], Seen(span.start, sentence, subject, span)]
        self._recent[id(member)] = member
        self._recent.move_to_end(id(member))

    def as_name(self, wording: Wording, text: str) -> Wording:
        """A plural at the beginning of a sentence, if it is a name that the text gives elsewhere: Sanders."""
        one_word = wording.form is Form.DESCRIPTION and len(wording.words) == 1 and " " not in text
        if not one_word or not text[:1].isupper() or described(text) is not None:
            return wording
        known = text.lower() in self._by_name or text.lower() in self._full
        return replace(wording, form=Form.NAME, name=text, description=None) if known else wording

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the text speaks of so far, the most frequent first."""
        return tuple(sorted(self._near, key=lambda code: -self._near[code])[:3])

    def _named(self, wording: Wording) -> Member:
        name = wording.name or ""
        full = self._letters.get(name) or self._fuller(name, wording)
        member = self._by_name.get(full.lower())
        if member is None or not _can_be(member, wording):
            member = Member(full)
            self._settle(member, wording)
            self._by_name[full.lower()] = member
        if not wording.several:
            self._by_name.setdefault(name.lower(), member)
        return member

    def _fuller(self, name: str, wording: Wording) -> str:
        """The fullest name that the text gives the same one, here or later."""
        last = self._by_last.get(name.lower())
        if last is not None and last.name and _can_be(last, wording):
            return last.name
        return name if wording.several else self._full.get(name.lower(), name)

    def _settle(self, member: Member, wording: Wording) -> None:
        name = member.name or ""
        member.many = wording.several
        if not wording.several:
            member.known = self._found(name, wording)
            for place in range(1, len(words := name.split())):
                self._by_last[" ".join(words[place:]).lower()] = member
        if member.known:
            member.kind, member.country = member.known.kind, member.known.country or member.country
            member.told = Being.PERSON if member.kind is SourceKind.PERSON else Being.BODY
            _named_by_noun(member, member.known.name, name)
        elif not wording.several:
            _guess(member, wording)

    def _found(self, name: str, wording: Wording) -> Known | None:
        # A person's name that is a company's too is not looked up: "Ford", "Reuter".
        if wording.being is Being.PERSON:
            return None
        near = (wording.country,) if wording.country else self.countries
        return self._registry.find(name, near=near)

    def _nameless(self, wording: Wording) -> Member:
        return Member(None)


def _points(words: str) -> bool:
    return words.lower() in ("he", "she", "it", "they", "who", "which", "that", "him", "her")


def _can_be(member: Member, wording: Wording) -> bool:
    """Whether words that name somebody alike can mean this member: Mr Clinton is not Hillary Clinton."""
    if wording.gender and member.gender and wording.gender is not member.gender:
        return False
    # The parser takes many a name for a person's; where words told that it is a group, they count for more.
    person = wording.being is Being.PERSON or (wording.entity == "PERSON" and not member.nouns)
    return not (person and member.being is Being.BODY and member.known is None)


def _learn(member: Member, wording: Wording) -> None:
    found = wording.description
    member.votes += {"PERSON": 1, "ORG": -1, "GPE": -1, "PRODUCT": -1}.get(wording.entity, 0)
    member.country = member.country or wording.country
    member.of = member.of or wording.of
    member.gender = member.gender or wording.gender
    member.many = member.many or wording.several or (member.name is None and wording.many)
    if found is None:
        _as_person(member)
        return
    member.nouns.add(found.noun)
    if found.alike:
        member.alike.add(found.alike)
    member.described = member.described or found
    if member.known is None and not (found.many and member.name):
        if found.kind is not None and (member.kind is None or member.kind is SourceKind.PERSON):
            member.kind = found.kind
        member.told = member.told or found.being
    _as_person(member)


def _as_person(member: Member) -> None:
    if member.being is Being.PERSON and member.known is None:
        member.kind = member.kind or SourceKind.PERSON
        member.gender = member.gender or gender_of(member.name or "")


def _guess(member: Member, wording: Wording) -> None:
    """What a name tells by itself of who bears it."""
    name = member.name or ""
    found = _named_by_noun(member, name)
    if found is not None:
        member.kind, member.told = (None if found.being is Being.PEOPLE else found.kind), Being.BODY
    elif wording.being in (Being.PERSON, Being.BODY):
        member.told = wording.being
    elif country_meant(name):
        member.kind, member.told, member.country = SourceKind.GOVERNMENT_BODY, Being.BODY, country_meant(name)
    elif is_given_name(name.split()[0]) and " " in name:
        member.told = Being.PERSON


def _named_by_noun(member: Member, *names: str) -> Description | None:
    """What the noun in a body's name tells, of the first name that has one: the Defence Ministry is a ministry."""
    noun = next((noun for name in names if (noun := body_in(name))), None)
    found = described(noun) if noun else None
    if found is not None:
        member.nouns.add(found.noun)
        member.alike |= {found.alike} if found.alike else set()
    return found


def fullest(names: list[str]) -> dict[str, str]:
    """For the last words of each name that a text gives, the longest name that ends so.

    >>> fullest(["Ned Price", "Price", "US State Department"])["state department"]
    'US State Department'
    """
    full: dict[str, str] = {}
    for name in names:
        words = name.split()
        for place in range(1, len(words)):
            short = " ".join(words[place:]).lower()
            if len(full.get(short, "")) < len(name) and len(words) <= 6:
                full[short] = name
    return full


def letters_of(bracketed: list[tuple[int, str]], names: list[tuple[int, str]]) -> dict[str, str]:
    """What short forms stand for: the name right before the bracket that they abbreviate.

    >>> letters_of([(22, "KNG")], [(0, "Kazakh National Guard")])
    {'KNG': 'Kazakh National Guard'}
    """
    found: dict[str, str] = {}
    place = 0
    for start, letters in bracketed:
        while place < len(names) and names[place][0] < start:
            place += 1
        for _, name in reversed(names[max(0, place - 2) : place]):
            if stands_for(letters, name):
                found.setdefault(letters, name)
                break
    return found
