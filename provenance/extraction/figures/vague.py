"""Words that give no number and still assert one: 'dozens', 'several', 'for hours', 'both'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.extraction.figures.found import Found
from provenance.extraction.figures.page import Page
from provenance.extraction.figures.qualifiers import Lead, one_bound
from provenance.extraction.figures.roles import role_word
from provenance.extraction.figures.units import unit_after
from provenance.extraction.figures.words import Words, data
from provenance.number_words import VagueWord
from provenance.numerals import Reading
from provenance.quantity import Quantity, quantity_of
from provenance.vocabulary import FigureKind, Qualifier

if TYPE_CHECKING:
    from spacy.tokens import Token

# Words that are also verbs or nouns of another meaning, unless they say of what.
_ONLY_WITH_OF = frozenset({"scores", "tens", "a handful"})
_LEAST_OF_TIME = 2


def vague_figure(page: Page, leading: Lead, words: Words) -> Found | None:
    """A word such as 'dozens' with what qualifies it; 'how many' and 'so few' assert nothing."""
    found = words.vague.at(page, leading.end)
    if found is None:
        return None
    word, end = found
    phrase = " ".join(page.low(place) for place in range(leading.end, end))
    if phrase in _ONLY_WITH_OF and page.low(end) != "of" and role_word(page.low(end)) is None:
        return None
    weak = word in (VagueWord.FEW, VagueWord.SEVERAL)
    if weak and leading.end > leading.first:
        return None
    if weak and words.has("vague_exclusions", page.low(leading.end - 1)) and page.low(leading.end) in ("many", "few"):
        return None
    if phrase == "many" and page.low(end) in ("a", "an", "more", "less"):
        return None
    unit = unit_after(page, end, words, None)
    if unit is None and page.low(end) == "of":
        unit = unit_after(page, end + 1, words, None)
    span = page.pieces[leading.first].start, page.pieces[end - 1].end
    bound = one_bound(leading.bounds)
    text = page.text[span[0] : span[1]]
    quantity = quantity_of(text, Reading(vague=word, bound=bound, unit=unit.unit if unit else None), words.language)
    if quantity is None:
        return None
    kind = unit.kind if unit is not None else FigureKind.COUNT
    number = page.pieces[leading.end].start, page.pieces[end - 1].end
    currency = unit.currency if unit is not None else None
    last = unit.end if unit is not None else end
    return Found(leading.first, last, span, number, kind, quantity, "vague", 0.85, None, currency, bound)


def both(page: Page, here: int, words: Words) -> Found | None:
    """'both cities' is two; 'both police and demonstrators' is no count of either."""
    length = next((len(p.split()) for p in words.lists["both"] if _is(page, here, p)), 0)
    if not length:
        return None
    token = page.token(here)
    if words.language == "en" and (_joins(token) if token is not None else _pairs(page, here)):
        return None
    span = page.pieces[here].start, page.pieces[here + length - 1].end
    quantity = Quantity(page.text[span[0] : span[1]], Qualifier.EXACT, 2, 2, 2, language=words.language)
    return Found(here, here + length, span, span, FigureKind.COUNT, quantity, "both", 0.8)


def _joins(both: Token) -> bool:
    """Whether it only says that two things follow: 'both police and demonstrators'."""
    noun = both.head
    if both.dep_ == "preconj":
        return True
    return noun.i > both.i and noun.tag_ in ("NN", "NNP") and any(child.dep_ == "conj" for child in noun.rights)


def _is(page: Page, here: int, phrase: str) -> bool:
    return all(page.low(here + n) == word for n, word in enumerate(phrase.split()))


def _pairs(page: Page, here: int) -> bool:
    return any(page.low(place) == "and" for place in range(here + 2, here + 6) if page.kind(place - 1) == "word")


def vague_duration(page: Page, here: int, words: Words) -> Found | None:
    """'for hours', 'in years', 'weeks later': two of them or more."""
    word = page.low(here)
    if word not in data()["vague_durations"]:
        return None
    after = page.low(here - 1) in words.lists.get("durations_after", ())
    before = words.phrases["durations_before"].at(page, here + 1) is not None and page.kind(here - 1) != "number"
    if not after and not (before and not _measured(page, here, words)):
        return None
    unit = words.units.at(page, here)
    span = page.pieces[here].start, page.pieces[here].end
    name = unit[0].name if unit is not None else None
    text = page.text[span[0] : span[1]]
    quantity = Quantity(text, Qualifier.VAGUE, None, _LEAST_OF_TIME, None, name, words.language)
    return Found(here, here + 1, span, span, FigureKind.DURATION, quantity, "vague duration", 0.8)


def _measured(page: Page, here: int, words: Words) -> bool:
    """Whether something already says how many: 'two hours later', 'hours' after 'a few'."""
    before = page.low(here - 1)
    return before in words.starters or before in ("recent", "past", "last", "coming", "next", "early", "the", "these")
