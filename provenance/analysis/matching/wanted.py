"""What is looked for, and the parts of a sentence by which it is held against known claims: figures, days, denial.

A bare sentence and the text of a known claim are read alike, by the same few rules; whoever has read a whole article
knows more, and gives it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from provenance.analysis.matching.terms import plain, spelled_out, terms
from provenance.numerals import lexicon, read_phrase
from provenance.quantity import Quantity, read_quantity
from provenance.vocabulary import Qualifier, Stance

Days = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what it counts, in which role, where; None is not stated."""

    quantity: Quantity
    measure: str | None = None
    counted: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for among known claims; None and empty are not stated.

    ``event`` is a public id, ``chain`` the names of sources, origin first, ``happened`` the instants not before and not
    after which it happened.
    """

    text: str
    figures: tuple[Counted, ...] = ()
    stance: Stance | None = None
    chain: tuple[str, ...] = ()
    event: str | None = None
    place: str | None = None
    happened: Days = (None, None)


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence tells by itself; its stance only where it is one sentence and no question."""

    figures: tuple[Counted, ...]
    stance: Stance | None
    happened: Days


def wanted_from(text: str, event: str | None = None, published: datetime | None = None) -> Wanted:
    """What a bare sentence or a post asks for; a day without a year is one of the year in which it was ``published``.

    >>> sought = wanted_from("Eight police officers were killed on 5 January 2022 #Almaty")
    >>> [(one.quantity.low, one.measure, one.counted) for one in sought.figures]
    [(8, 'killed', 'police officers')]
    >>> sought.happened[0].date().isoformat(), sought.stance.value
    ('2022-01-05', 'asserts')
    """
    running = plain(text)
    told = tell(running, published.year if published else None)
    return Wanted(running, told.figures, told.stance, event=event, happened=told.happened)


@lru_cache(maxsize=20_000)
def tell(text: str, year: int | None = None) -> Told:
    """What a sentence tells: its figures, whether it denies, and the one day that it names, if its year is known."""
    text = spelled_out(text)
    days = list(_days(text, year))
    figures = tuple(_figures(text, [(start, end) for start, end, _ in days]))
    distinct = {day for _, _, day in days}
    return Told(figures, _stance(text), distinct.pop() if len(distinct) == 1 else (None, None))


# What is counted, by the beginnings of the words that say so.
MEASURES: dict[str, tuple[str, ...]] = {
    "killed": ("kill", "dead", "death", "die", "dying", "eliminat", "slain", "murder", "massacr", "perish", "fatalit"),
    "injured": ("injur", "wound", "hurt"),
    "detained": ("detain", "detention", "arrest", "custod", "imprison", "jail"),
    "missing": ("missing", "disappear", "unaccounted"),
    "evacuated": ("evacuat",),
    "displaced": ("displac", "refugee"),
    "infected": ("infect", "test"),
    "hospitalised": ("hospitali", "hospitals"),
}
DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied)|refut\w+|debunk\w*|disprov\w+|hoax|fake|false|untrue|no evidence|never|not|cannot|"
    r"\w+n['’]t|no (?:one|such)|nobody|none)\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"(?<=[^\W\d_]{3})[.!?]['\"”’)]*\s+\S")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTH = "(?P<month>" + "|".join(f"{name}|{name[:3]}" for name in MONTHS) + r")\.?"
DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {MONTH},? (?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {MONTH}\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
)
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\s\w]")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
# What follows the numeral is looked at as far as this, and what leads it.
REACH, LEADING = 5, 3
# How near the word stands that says what is counted; farther away it speaks of something else.
BEHIND, BEFORE = 7, 5
# A sentence with more of them is a table, which nothing is matched by.
MOST_NUMERALS = 40
ENDS = frozenset('.,;:!?()"“”«»')
# A name with a number is no figure where the sentence goes on with what the name does.
GOES_ON = re.compile(r"(?:\w+ed|is|was|has|had|said|says|will|and|on|at|in|by|of|to|for|from|with)$")
NOT_COUNTED = re.compile(
    r"(?:were|was|are|is|be|been|have|had|has|in|on|at|by|of|from|to|and|or|as|who|that|after|when|during|with|"
    r"(?!armed|unarmed|masked)\w+ed)$"
)
BETWEEN = frozenset({"-", "–", "—", "and", "to"})
PERCENT = frozenset({"%", "percent", "per", "cent"})


def _days(text: str, year: int | None) -> Iterator[tuple[int, int, Days]]:
    taken: list[tuple[int, int]] = []
    for form in DATES:
        for found in form.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            taken.append(found.span())
            yield found.start(), found.end(), _day(found.groupdict(), year)


def _day(named: dict[str, str | None], published: int | None) -> Days:
    year, month, day = named.get("year") or published, str(named["month"]).lower(), str(named["day"])
    number = int(month) if month.isdigit() else 1 + [name[:3] for name in MONTHS].index(month[:3])
    try:
        begins = datetime(int(year or 0), number, int(day), tzinfo=UTC)
    except ValueError:
        return None, None
    return begins, begins + timedelta(hours=23, minutes=59, seconds=59)


def _stance(text: str) -> Stance | None:
    if text.rstrip().endswith("?"):
        return Stance.QUESTIONS
    # Of several sentences one may deny what the next asserts. Two negations in one cancel.
    if SEVERAL.search(text):
        return None
    return Stance.DENIES if len(DENIES.findall(text)) % 2 else Stance.ASSERTS


def _figures(text: str, dates: list[tuple[int, int]]) -> Iterator[Counted]:
    tokens = [
        found
        for found in TOKEN.finditer(text)
        if not any(found.start() < end and start < found.end() for start, end in dates)
    ]
    words = [found.group() for found in tokens]
    language = "ru" if re.search("[а-яё]", text, re.IGNORECASE) else "en"
    after = 0
    numerals = [place for place in range(len(words)) if _numeral(words, place, language)]
    for place in numerals[:MOST_NUMERALS]:
        if place < after or _named(words, place) or _year(words, place):
            continue
        read = _read(text, tokens, words, place, language)
        if read is not None:
            quantity, after = read
            measure = _measure(words, place, after) if quantity.unit in (None, "percent") else None
            yield Counted(quantity, measure, _population(words, after))


def _numeral(words: list[str], place: int, language: str) -> bool:
    word = words[place]
    return (word[0].isdigit() and word.isascii()) or word.lower().split("-")[0] in _numerals(language)


@cache
def _numerals(language: str) -> frozenset[str]:
    """The words that are a number; "one" is a pronoun too often, and never the whole point of a claim."""
    known = lexicon(language)
    return frozenset({*known.small, *known.vague, *known.rounded} - {"one", *known.articles})


def _named(words: list[str], place: int) -> bool:
    """Whether the number belongs to a name, as in "Khabar 24 said" and "Boeing 737"."""
    if place < 1 or not words[place][0].isdigit() or not words[place - 1][0].isupper():
        return False
    if words[place - 1].lower() in _leads("en"):
        return False
    following = words[place + 1] if place + 1 < len(words) else "."
    return not following[0].islower() or GOES_ON.match(following) is not None


def _year(words: list[str], place: int) -> bool:
    following = words[place + 1] if place + 1 < len(words) else "."
    return YEAR.fullmatch(words[place]) is not None and not (following.endswith("s") and following.islower())


def _read(
    text: str, tokens: list[re.Match[str]], words: list[str], place: int, language: str
) -> tuple[Quantity, int] | None:
    """The figure at a numeral and the place after it: the longest phrase around it that is one figure."""
    first = place
    while first > max(0, place - LEADING) and words[first - 1].lower() in _leads(language):
        first -= 1
    last = place
    while last + 1 < len(words) and last < place + REACH and words[last + 1] not in ENDS:
        last += 1
    for begin in range(first, place + 1):
        for end in range(last, place - 1, -1):
            phrase = text[tokens[begin].start() : tokens[end].end()]
            if read_phrase(phrase, language) is None:
                continue
            quantity = read_quantity(phrase, language)
            if quantity.qualifier not in (Qualifier.UNREADABLE, Qualifier.NOT_GIVEN):
                between = BETWEEN if quantity.qualifier is Qualifier.RANGE else frozenset()
                after = _past_number(words, place, end, language, between)
                return replace(quantity, text=text[tokens[begin].start() : tokens[after - 1].end()]), after
    return None


@cache
def _leads(language: str) -> frozenset[str]:
    """The words and signs that may stand before a number and belong to it."""
    known = lexicon(language)
    phrases = (*known.before, *known.skipped, *known.between)
    return frozenset({"$", "€", "£"}.union(*(phrase.split() for phrase in phrases)))


def _past_number(words: list[str], place: int, end: int, language: str, between: Collection[str]) -> int:
    known = lexicon(language)
    after = place + 1
    while after <= end and (
        words[after][0].isdigit()
        or words[after].lower() in known.scales
        or words[after].lower() in known.small
        or words[after].lower() in known.vague
        or words[after].lower() in known.ranges
        or words[after].lower() in PERCENT
        or (after < end and words[after] in between and _numeral(words, after + 1, language))
    ):
        after += 1
    return after


def _measure(words: list[str], place: int, after: int) -> str | None:
    """What is counted: the nearest word that says so behind the figure in its clause, else before it."""
    around = (*_clause(words[after : after + BEHIND]), *_clause(words[max(0, place - BEFORE) : place][::-1]))
    return next((measure for measure in map(_role, around) if measure), None)


def _clause(words: list[str]) -> Iterator[str]:
    for word in words:
        if word in ENDS or word[0].isdigit():
            return
        yield word.lower()


@lru_cache(maxsize=8_192)
def _role(word: str) -> str | None:
    return next((measure for measure, begun in MEASURES.items() if word.startswith(begun)), None)


def _population(words: list[str], after: int) -> str | None:
    """Who is counted: the words right behind the figure, up to a verb or a preposition."""
    behind = words[after:]
    if behind and behind[0].lower() in ("of", "more", "other"):
        behind = behind[1:]
    said: list[str] = []
    for word in behind[:REACH]:
        if word in ENDS or word[0].isdigit() or NOT_COUNTED.match(word.lower()) or _role(word.lower()):
            break
        said.append(word)
    return " ".join(said) if terms(" ".join(said)) else None
