"""What the words of a mention say: a name, a description, both, a pronoun, or nobody in particular.

"The Russian state agency Tass" is a name with a description and a country, "Interior Ministry spokesman John Smith" a
man with a name who speaks for a ministry, "a spokesman for the Interior Ministry" somebody who is known by his office.
The parser often splits a name from its noun, so the words are read in their order and its tree is asked little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from provenance.extraction.resolving.kinds import Being, Description, Gender, described
from provenance.extraction.resolving.names import (
    body_in,
    country_meant,
    honorific_gender,
    is_given_name,
    title_length,
    without_article,
    without_possessive,
)
from provenance.extraction.resolving.words import Page, Word
from provenance.vocabulary import SourceKind


class Form(Enum):
    """How a mention points at somebody."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"
    NOTHING = "nothing"


PERSONAL = frozenset({"he", "she", "it", "they", "him", "her", "them", "himself", "herself", "itself", "themselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
SPEAKING = frozenset({"i", "we", "me", "us", "my", "our", "ours", "mine"})
OWNERS = frozenset({"his", "her", "its", "their"})
PRONOUNS = (
    PERSONAL | RELATIVE | SPEAKING | OWNERS | frozenset({"you", "one", "this", "these", "those", "there", "what"})
)

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "same"})
_LEADING = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "some",
        "several",
        "many",
        "most",
        "few",
        "two",
        "three",
        "four",
        "five",
        "six",
        "another",
        "other",
        "various",
        "both",
        "all",
        "each",
        "every",
        "any",
        "such",
        "no",
        "numerous",
        "more",
        "one",
        "even",
        "only",
        "just",
        "also",
    ]
)
# Small words inside names, between two capitals.
_INSIDE = frozenset(
    [
        "al",
        "bin",
        "ibn",
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "ter",
        "ten",
        "el",
        "ben",
        "bint",
        "ul",
        "y",
        "e",
    ]
)
_JOINING = frozenset({"of", "for", "and", "&", "in", "on", "without", "the", "against", "to"})
_STOPPING = frozenset({"WP", "WDT", "WRB", "WP$", "MD", "VBD", "VBZ", "VBP", "TO"})
_ROLES = frozenset({"of", "for", "from", "at", "with", "in", "by"})
_OFFICES = frozenset(
    "minister secretary president governor ambassador commissioner prosecutor commander spokesman spokeswoman leader "
    "director premier chancellor envoy mayor".split()
)
_WITH_TITLE = frozenset("pope king queen prince princess patriarch ayatollah imam mullah sheikh emir saint archbishop".split())
_NO_END = frozenset([*",;:—–-.“”\"'‘’", "--", "'s", "’s"])
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words between ``start`` and ``end`` say of whoever they mention.

    ``name`` is the proper name among them, ``of`` whom a described person speaks or works for, as named there;
    ``owner`` is a pronoun that owns what is described ("his lawyer"), ``country`` an ISO code that an adjective or the
    name tells. ``several`` is whether more than one is named ("the US and EU").
    """

    start: int
    end: int
    form: Form
    name: str | None = None
    description: Description | None = None
    gender: Gender | None = None
    country: str | None = None
    of: str | None = None
    owner: str | None = None
    definite: bool = False
    several: bool = False
    articled: bool = False
    entity: str = ""
    words: tuple[str, ...] = ()

    @property
    def being(self) -> Being | None:
        return self.description.being if self.description else None

    @property
    def many(self) -> bool:
        return self.several or (self.description is not None and self.description.many)


def read_mention(page: Page, start: int, end: int) -> Wording:
    """What a stretch of text says of the one it mentions; it is widened to a name that the parser cut off.

    >>> from provenance.extraction.parsing import parse
    >>> from provenance.extraction.resolving.words import page_of
    >>> text = "The Kazakh television station Khabar 24 quoted a spokesman."
    >>> read = read_mention(page_of(text, parse(text)), 0, 29)
    >>> read.name, read.description.noun, read.country, text[read.start:read.end]
    ('Khabar 24', 'television station', 'KZ', 'The Kazakh television station Khabar 24')
    """
    first, last = _widened(page, *_trimmed(page, *page.within(start, end)))
    words = page.words[first:last]
    if not words:
        return Wording(start, end, Form.NOTHING)
    if len(words) == 1 and words[0].low in PRONOUNS:
        return _pronoun(words[0])
    together = any(_splits(words, place) for place in range(1, len(words)))
    return _joined(_segments(words), together)


def _pronoun(word: Word) -> Wording:
    gender = {"he": Gender.MAN, "him": Gender.MAN, "his": Gender.MAN, "himself": Gender.MAN}.get(word.low)
    if word.low in ("she", "her", "herself"):
        gender = Gender.WOMAN
    return Wording(word.start, word.end, Form.PRONOUN, gender=gender, words=(word.low,))


def _trimmed(page: Page, first: int, last: int) -> tuple[int, int]:
    while first < last and _is_no_beginning(page.words[first]):
        first += 1
    while first < last and page.words[last - 1].text in _NO_END:
        last -= 1
    return first, last


def _is_no_beginning(word: Word) -> bool:
    return word.tag == "IN" and not word.capital or not word.text[0].isalnum() and word.text[0] not in "@#"


def _widened(page: Page, first: int, last: int) -> tuple[int, int]:
    """With the name behind a noun, and the noun before a name, that belong together."""
    if first >= last:
        return first, last
    words = page.words
    while last < len(words) and _goes_on(words[last - 1], words[last]):
        last += 1
    last = _past_apposition(words, first, last)
    while first > 0 and _belongs(words[first - 1], words[first], range(first, last)):
        first -= 1
    return first, last


def _past_apposition(words: Sequence[Word], first: int, last: int) -> int:
    """With the name that a comma sets apart behind a description: "the police chief of Kunduz, Mohammad Jan"."""
    if last + 1 >= len(words) or words[last].text != "," or any(word.text == "," for word in words[first:last]):
        return last
    end = last + 1
    while end < len(words) and words[end].capital and words[end].tag in ("NNP", "NNPS") and end - last < 7:
        end += 1
    set_apart = any(word.dep == "appos" and first <= word.head < last for word in words[last + 1 : end])
    closed = end < len(words) and words[end].text in (",", ".", ")") or end == len(words)
    return end if set_apart and closed else last


def _goes_on(word: Word, following: Word) -> bool:
    if word.line != following.line or word.sentence != following.sentence:
        return False
    if word.entity == following.entity == "ORG" and (following.low in _JOINING or word.low in _JOINING):
        return following.text[0].isalnum()
    if word.tag in ("NN", "NNP") and following.proper and following.tag == "NNP":
        found = described(word.low)
        return found is not None and found.being in (Being.PERSON, Being.BODY) and not _own_subject(word, following)
    return word.capital and following.tag == "CD" and following.text.isdigit() and following.dep in ("nummod", "appos")


def _own_subject(word: Word, following: Word) -> bool:
    """Whether the name begins something else: "when asked by the agency, Tass said" has a comma; this is by grammar."""
    return following.dep.startswith("nsubj") and word.dep.startswith("nsubj") and word.head != following.head


def _belongs(before: Word, word: Word, inside: range) -> bool:
    if before.line != word.line or before.sentence != word.sentence:
        return False
    if before.low in ("the", "a", "an") and before.tag == "DT":
        return before.head in inside or word.noun or word.tag.startswith("JJ")
    named = before.noun and not before.capital and word.capital and described(before.low) is not None
    return named or (before.tag in ("NN", "NNP", "NNPS", "JJ", "NNS") and before.head in inside and word.tag != "DT")


def _segments(words: Sequence[Word]) -> list[Wording]:
    """The mention cut where a comma, bracket or dash begins an apposition."""
    parts: list[list[Word]] = [[]]
    depth = 0
    for place, word in enumerate(words):
        if word.text in ("(", "["):
            depth += 1
        elif word.text in (")", "]"):
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif word.text in (",", "—", "–", "--", ";", ":") or (parts[-1] and _splits(words, place)):
            parts.append([])
        else:
            parts[-1].append(word)
    return [_read_segment(part) for part in parts if part][:8]


def _splits(words: Sequence[Word], place: int) -> bool:
    """Whether "and" stands between two who are mentioned together, not inside one's name."""
    if words[place].low not in ("and", "or", "&") or place + 1 >= len(words):
        return False
    before, after = words[place - 1], words[place + 1]
    inside_name = before.entity == after.entity == words[place].entity == "ORG"
    office = any(word.low in ("of", "for") for word in words[:place]) and before.capital and after.capital
    return before.noun and not inside_name and not office and after.tag != "JJ"


def _joined(parts: Sequence[Wording], together: bool) -> Wording:
    """One who is mentioned by name and apposition together; or several, with the words of all."""
    if not parts:
        return Wording(0, 0, Form.NOTHING)
    whole = parts[0]
    for part in parts[1:4]:
        if part.form is Form.NOTHING:
            break
        if (
            whole.name is None
            and part.name
            and not part.of
            and whole.being is not Being.PEOPLE
            and not part.description
        ):
            whole = replace(
                whole,
                name=part.name,
                form=Form.NAME,
                end=part.end,
                entity=part.entity,
                gender=whole.gender or part.gender,
            )
        elif whole.name and part.description and not part.name and part.being is not Being.PEOPLE:
            whole = _with_apposition(whole, part)
        elif together and whole.name is None and part.name and whole.being is Being.PERSON and not whole.articled:
            whole = replace(part, start=whole.start, description=whole.description)
        elif together and (whole.name is None) == (part.name is None):
            return _several(whole, parts)
    return whole


def _with_apposition(whole: Wording, part: Wording) -> Wording:
    return replace(
        whole,
        description=whole.description or part.description,
        gender=whole.gender or part.gender,
        of=whole.of or part.of,
        country=whole.country or part.country,
        owner=whole.owner or part.owner,
        end=part.end if part.end - whole.start < _LONGEST else whole.end,
    )


def _several(whole: Wording, parts: Sequence[Wording]) -> Wording:
    names = [part.name for part in parts if part.name]
    name = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if len(names) == len(parts) else None
    return replace(
        whole,
        end=parts[-1].end,
        name=name,
        form=Form.NAME if name else Form.DESCRIPTION,
        description=None if name else whole.description,
        several=True,
        gender=None,
        country=None,
    )


def _read_segment(words: Sequence[Word]) -> Wording:
    """One noun phrase without what is set apart in it."""
    lead = 0
    while lead < len(words) - 1 and (words[lead].low in _LEADING or words[lead].tag in ("CD", "PRP$", "DT", "RB")):
        if words[lead].capital and words[lead].proper and words[lead].low not in _LEADING:
            break
        lead += 1
    owner = next((word.low for word in words[:lead] if word.low in OWNERS), None)
    definite = any(word.low in _DEFINITE for word in words[:lead])
    core, rest = _core(words[lead:])
    if not core:
        return Wording(words[0].start, words[-1].end, Form.NOTHING)
    read = _read_core(core)
    role = _role(rest) if (read.description and read.name is None) or (read.name and read.description) else None
    end = role[1] if role else core[-1].end
    return replace(
        read,
        start=words[0].start,
        end=end,
        of=read.of or (role[0] if role else None),
        country=read.country or (role[2] if role else None),
        owner=owner,
        definite=definite,
        articled=lead > 0,
        words=tuple(word.low for word in core),
    )


def _core(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """The head noun with what stands before it and the whole of a name; and what hangs on behind."""
    place = 0
    while place < len(words):
        word = words[place]
        if word.tag in _STOPPING and not (word.capital and place and words[place - 1].capital):
            break
        if (word.tag == "IN" and not (place and word.capital)) or word.low in _JOINING:
            if not (place and _inside_name(words, place)):
                break
        elif (word.tag in ("VBN", "VBG") and place and words[place - 1].noun and not word.capital) or (
            word.tag == "RB" and place and words[place - 1].noun
        ):
            break
        place += 1
    return words[:place], words[place:]


def _inside_name(words: Sequence[Word], place: int) -> bool:
    """Whether a small word joins two parts of one name: Ministry of Health, Reporters Without Borders."""
    before = words[place - 1]
    after = next((word for word in words[place + 1 : place + 3] if word.low not in _JOINING), None)
    if after is None or not after.capital or not (_capital(words, place - 1) or before.low in _JOINING):
        return False
    if words[place].entity == "ORG" and before.entity == "ORG" and after.entity == "ORG":
        return True
    if before.low in _JOINING:
        return True
    body = described(before.low)
    if words[place].low in ("of", "for") and body is not None and before.proper:
        return body.being is Being.BODY or before.low in ("secretary", "chief", "house", "reporters", "doctors")
    long = any(word.low in ("of", "for") for word in words[:place])
    return long and words[place].low in ("and", "in", "&") and _capital(words, place - 1)


def _role(rest: Sequence[Word]) -> tuple[str, int, str | None] | None:
    """Whom a described person or thing is of: the words, where they end, and a country among them."""
    if not rest or rest[0].low not in _ROLES:
        return None
    inner = rest[1:]
    while inner and (inner[0].tag in ("DT", "PRP$") or inner[0].low in ("the", "a", "an")):
        inner = inner[1:]
    core, after = _core(inner)
    if not core or not any(word.noun for word in core):
        return None
    name = " ".join(word.text for word in core).replace(" '", "'").replace(" ’", "’")
    deeper = _role(after) if after and after[0].low in ("of", "in") and after[0] is not rest[0] else None
    country = next((code for word in core if (code := country_meant(word.text))), deeper[2] if deeper else None)
    if deeper and deeper[1] - rest[0].start < _LONGEST // 2:
        return f"{name} {after[0].low} {deeper[0]}", deeper[1], country
    return name, core[-1].end, country


def _read_core(core: Sequence[Word]) -> Wording:
    """A head noun, a name, or both in either order."""
    run = _trailing_name(core)
    blank = Wording(core[0].start, core[-1].end, Form.DESCRIPTION)
    if run == 0:
        return _read_name(core, blank)
    if run < len(core):
        return _noun_then_name(core, run, blank)
    return _name_then_noun(core, blank)


def _trailing_name(core: Sequence[Word]) -> int:
    """Where the name that ends the core begins; the length of the core if none does."""
    place = len(core)
    while place > 0 and _of_name(core, place - 1):
        place -= 1
    while place < len(core) and not core[place].capital:
        place += 1
    return place


def _of_name(core: Sequence[Word], place: int) -> bool:
    word = core[place]
    if _capital(core, place):
        return not (place == 0 and _ordinary(word, core))
    if word.text.isdigit():
        return place > 0 and core[place - 1].capital
    inner = word.low in _INSIDE or word.low in _JOINING or word.text in ("-", "/", ".", "'s", "’s")
    return inner and 0 < place < len(core) - 1


def _capital(words: Sequence[Word], place: int) -> bool:
    """Whether a word is written like a name, or is the second half of one that is: Co-operation."""
    joined = place > 1 and words[place - 1].text == "-" and words[place - 2].capital
    return words[place].capital or joined


def _ordinary(word: Word, core: Sequence[Word]) -> bool:
    """Whether a word has its capital only because a sentence or line begins with it, or a style guide wants it."""
    if len(core) == 1 and described(word.low) is not None:
        return not (word.text.isupper() and len(word.text) > 1)
    if not word.first or word.tag in ("NNP", "NNPS") or len(core) == 1 and word.tag[:2] in ("NN", "VB") and word.tag != "NNS":
        return False
    named = len(core) > 1 and core[1].capital
    return len(core) == 1 or not named and country_meant(word.text) is None


def _read_name(core: Sequence[Word], blank: Wording) -> Wording:
    """Capitals throughout: a name, with its titles; or an office alone."""
    texts = [word.text for word in core]
    titles = title_length(texts)
    country = next((code for text in texts if (code := country_meant(text))), None)
    whole = without_possessive(_text(core))
    office = described(texts[-1].lower())
    if office and office.being is Being.PERSON and len(texts) <= 4 and not core[-1].entity == "PERSON":
        known = described(" ".join(texts[-2:]).lower()) or texts[-1].lower() in _OFFICES
        if len(texts) == 1 or known or country or body_in(_text(core[:-1])):
            of = _text(core[:-1]) or None
            return replace(blank, description=office, gender=office.gender, country=country, of=of)
    owner = _owner(core)
    if owner and (core[owner + 1].entity == "PERSON" or is_given_name(core[owner + 1].text)) and not body_in(whole):
        inner = _read_name(core[owner + 1 :], blank)
        return replace(inner, of=inner.of or without_possessive(_text(core[:owner])), country=country)
    if titles and not body_in(whole):
        title = _described_last(texts[:titles])
        bare = [text for text in texts[:titles]]
        return replace(
            blank,
            form=Form.NAME,
            name=without_possessive(_text(core[_name_start(core, titles) :])),
            description=title,
            gender=(title.gender if title else None) or honorific_gender(bare),
            country=country,
            of=_office_of(bare),
            entity="PERSON",
        )
    return replace(blank, form=Form.NAME, name=whole, country=country, entity=_entity(core))


def _owner(core: Sequence[Word]) -> int:
    """Where the ending of an owner stands inside a name; 0 if none does: Ukraine's Volodymyr Zelensky."""
    return next((place for place in range(1, len(core) - 1) if core[place].text in ("'s", "’s", "'", "’")), 0)


def _name_start(core: Sequence[Word], titles: int) -> int:
    """A first name alone is none without its title: Pope Francis, King Abdullah."""
    alone = len(core) - titles == 1 and core[titles - 1].low in _WITH_TITLE
    return titles - 1 if alone else titles


def _office_of(titles: Sequence[str]) -> str | None:
    """The body that words before a title name: Interior Ministry spokesman."""
    name = " ".join(titles[:-1])
    return name if name and body_in(name) else None


def _described_last(texts: Sequence[str]) -> Description | None:
    """The longest described noun at the end of some words."""
    for start in range(max(0, len(texts) - 4), len(texts)):
        if found := described(" ".join(texts[start:]).lower()):
            return found
    for start in range(len(texts) - 1, -1, -1):
        if found := described(texts[start].lower()):
            return found
    return None


def _noun_then_name(core: Sequence[Word], run: int, blank: Wording) -> Wording:
    """ "Interior Ministry spokesman John Smith", "the Russian state agency Tass"."""
    front, name = core[:run], core[run:]
    description = _head(front)
    affiliation = _affiliation(front)
    country = _country(front) or _country(name)
    if description is None and not any(word.noun for word in front):
        return replace(_read_name(name, blank), country=country, start=blank.start)
    inner = _read_name(name, blank)
    if description and inner.description and inner.name is None:
        return replace(inner, of=_text(core[:-1]), country=country)
    return replace(
        inner,
        form=Form.NAME,
        name=inner.name or without_possessive(_text(name)),
        description=description or inner.description,
        gender=(description.gender if description else None) or inner.gender,
        country=country,
        of=affiliation,
        entity="PERSON" if description and description.being is Being.PERSON else inner.entity,
    )


def _name_then_noun(core: Sequence[Word], blank: Wording) -> Wording:
    """ "The Interfax news agency", "Almaty police", "Grayson's spokeswoman", "experts"."""
    description = _head(core)
    country = _country(core)
    name = _front_name(core)
    if description is None:
        low = core[-1]
        if (
            len(core) > 1
            and not low.capital
            and low.tag in ("NN", "NNP")
            and (front := _head(core[:-1]))
            and front.named
        ):
            return replace(blank, form=Form.NAME, name=low.text, description=front, country=country)
        crowd = Description(low.low, Being.PEOPLE, SourceKind.UNNAMED, many=True) if low.tag == "NNS" else None
        return replace(blank, description=crowd, country=country, of=name)
    read = replace(blank, description=description, gender=description.gender, country=country)
    if name is None:
        return (
            _institution(core, read) if country and description.being is Being.BODY and not description.named else read
        )
    if description.being is Being.BODY and description.named:
        return replace(read, form=Form.NAME, name=name)
    if description.being is Being.BODY and not description.many:
        return _institution(core, read)
    if description.noun == "police":
        return _institution(core, read)
    return replace(read, of=name)


def _institution(core: Sequence[Word], read: Wording) -> Wording:
    """An organ that is named by its place and noun together: the Kazakh government, Almaty police."""
    start = next(
        (place for place, word in enumerate(core) if (word.capital and word.proper) or country_meant(word.text)), 0
    )
    return replace(read, form=Form.NAME, name=_text(core[start:]))


def _front_name(words: Sequence[Word]) -> str | None:
    """The capitals in front of a noun, without adjectives of nations."""
    caps: list[Word] = []
    for place, word in enumerate(words):
        name = word.capital and (word.proper or not _ordinary(word, words))
        if name or (
            caps and (word.low in _JOINING | _INSIDE or word.text in ("-", "/", "'s", "’s") or word.text.isdigit())
        ):
            caps.append(word)
        elif caps or place > 4:
            break
    while caps and (caps[-1].low in _JOINING or caps[-1].text in ("-", "'s", "’s", "/", "'", "’")):
        caps.pop()
    if caps and all(country_meant(word.text) for word in caps):
        return None
    while len(caps) > 1 and country_meant(caps[0].text) and not body_in(_text(caps)):
        caps = caps[1:]
    return without_possessive(_text(caps)) if caps else None


def _affiliation(words: Sequence[Word]) -> str | None:
    """What a person whose noun ends these words belongs to: Interior ministry, Clinton campaign."""
    for place in range(len(words) - 2, 0, -1):
        found = described(words[place].low)
        if found and found.being is Being.BODY and not words[place].capital:
            start = next((at for at in range(place) if words[at].capital), None)
            return _text(words[start : place + 1]) if start is not None else None
    return _front_name(words)


def _head(words: Sequence[Word]) -> Description | None:
    """What the last noun says, compounds first: "television station" before "station"."""
    end = len(words)
    while end > 0 and not words[end - 1].noun and words[end - 1].tag not in ("JJ", "VBG", "CD", "NN"):
        end -= 1
    for size in (4, 3, 2, 1):
        if size <= end:
            found = described(_text(words[end - size : end]).lower())
            if found:
                return found
    return None


def _country(words: Sequence[Word]) -> str | None:
    for place, word in enumerate(words):
        if word.text[0].isupper():
            if place + 1 < len(words) and (code := country_meant(f"{word.text} {words[place + 1].text}")):
                return code
            if code := country_meant(word.text):
                return code
    return None


def _entity(core: Sequence[Word]) -> str:
    kinds = [word.entity for word in core if word.capital and word.entity]
    return max(set(kinds), key=kinds.count) if kinds else ""


def _text(words: Sequence[Word]) -> str:
    """The words as printed, with one blank where the text had any."""
    if not words:
        return ""
    pieces = [words[0].text]
    for before, word in zip(words, words[1:], strict=False):
        pieces.append((" " if word.start > before.end else "") + word.text)
    return without_article("".join(pieces)) if words[0].low in ("the",) else "".join(pieces)
