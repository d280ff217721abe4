"""What looks like a figure and is none: dates, times, names with numbers, addresses, lists, scores, pronouns.

Some are known by their marks alone and are found in one sweep over the text; the others are asked about one number at
a time, with the words around it and the grammar where there is one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.extraction.figures.cardinals import Numeral
from provenance.extraction.figures.page import Page
from provenance.extraction.figures.words import Words, data

FIRST_YEAR, LAST_YEAR = 1500, 2099


def barred(text: str, words: Words, bare: bool) -> list[tuple[int, int]]:
    """Stretches in which no figure is read, in order."""
    patterns = [_ALWAYS, _months(words.language)] if bare else [_ALWAYS, _months(words.language), _IN_PROSE]
    found = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    if not bare:
        found += [match.span() for match in _SCORE.finditer(text) if _a_score(text, match)]
    return sorted(found)


_ALWAYS = re.compile(
    r"""
    \b(?:https?://|www\.)\S+ | \b[\w.+-]{1,64}@[\w-]{1,64}\.\w+
  | \b[12]\d{3}-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?\b(?!-?\d)
  | <\s*> | =\s*[<>]\s*\d+
    """,
    re.VERBOSE,
)
_IN_PROSE = re.compile(
    r"""
    \b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)\b(?!\1?\d)                             # 5/17/2018
  | \b[12]\d{3}/[01]?\d/[0-3]?\d\b
  | (?<![\d.])\d+\.\d+\.\d+(?:\.\d+)*\b(?<!\.\d\d\d)                                       # versions and addresses
  | \b\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?                                  # 10:30
  | \b\d{1,2}(?:\.\d\d)?\s*(?:[ap]\.m\.|[ap]m\b|[AP]M\b|Uhr\b|o['’]clock\b|GMT\b|UTC\b|CET\b|hours\s+GMT\b)
  | \b\d{1,2}[hH]\d\d\b | \b\d{4}\s+(?:hours|hrs|GMT|UTC)\b
  | (?:\+\d|\b00\d)[\d\-\s()/.]{6,}\d | \b\d{3}[-.\s]\d{3,4}-\d{4}\b | \(\d{3,5}\)\s*\d{3,}[-\s]?\d+
  | ['’]?\b\d{2,4}['’]?s\b                                                         # the 1990s
  | \[\d{1,3}\]
  | ^[^\S\n]*(?:\(\d{1,3}\)|\d{1,3}[.)])[^\S\n]+(?=\S)                             # a list
  | (?:\bNos?\.?|\bno\.|\bNr\.|№|\#|§|\bArt\.|\bpp?\.|\bvol\.|\bSt\.)\s?\d+(?:[-–]\d+)?
  | [@\#]\w+
  | \b(?!(?:USD?|EUR|GBP|Rs|CHF|KZT|RUB|UAH|TRY|CNY|INR)\d)[^\W\d_]+\d[\w-]*       # G20
  | \b[^\W\d_]+-\d+(?:[.,]\d+)*[^\W\d_]*                                           # COVID-19
  | \b\d+[^\W\d_]\d\w*\b | \b[2-6]G\b | \b[2-4]D\b | \b[48]K\b(?!\w)               # 4x4
  | =["']\d+["'] | \b911\b(?=\s+(?:call|operator|dispatch))                       # markup, an emergency number
  | (?<![\d.,$€£₸₽])\b\d{11,}\b                                                   # accounts and other identifiers
  | \b\d{1,2}-to-\d{1,2}\b(?!-)                                                     # a vote of 5-to-4
  | \b(?:[Aa]ccount|[Pp]hone|[Tt]el|[Ff]ax|[Rr]eference|IBAN)\b\.?:?\s(?:no\.?\s|number\s)?\+?\d[\d -]{3,}\d
  | \b(?:9/11|24/7|7/7|50/50|50-50|7/11)\b
  | \b[12]\d{3}\s*[-–/]\s*(?:[12]\d{3}|\d\d)\b(?!\s*(?:%|percent|people|[^\W\d_]+s\b))  # 2019-22
    """,
    re.VERBOSE | re.MULTILINE,
)
_SCORE = re.compile(r"(?<![\d.,$€£-])\b(\d{1,2})\s?[-–:]\s?(\d{1,2})\b(?![\d.,]?\d|\s?%|-\w)")
_SCORE_WORD = re.compile(
    r"\b(?:w[io]n|wins|winning|victory|lost|loss|beat|beats|beating|defeat\w*|draw|drew|drawn|scor\w+|lead|led|goals?|"
    r"final|set|sets|vote\w*|majority|6-\d|gewann\w*|verlor\w*|siegte\w*|gagn\w+|battu\w*|perdu\w*|счет\w*|победил\w*)\b",
    re.IGNORECASE,
)


def _a_score(text: str, match: re.Match[str]) -> bool:
    """'2-1' cannot be a range; '0-3' is a score beside words of games and votes."""
    if int(match[1]) >= int(match[2]):
        return True
    around = text[max(0, match.start() - 40) : match.end() + 25]
    return int(match[2]) < 20 and _SCORE_WORD.search(around) is not None


@lru_cache(maxsize=8)
def _months(language: str) -> re.Pattern[str]:
    """Days with their month, in either order; English months need their capital, or 'may' would be one."""
    names = data()[language]["months"]
    if language == "en":
        names = [name.capitalize() for name in names] + [name.upper() for name in names if len(name) > 3]
    month = "|".join(sorted({*names, *(name.capitalize() for name in names)}, key=len, reverse=True))
    day = r"\d{1,2}(?:st|nd|rd|th|er|\.)?"
    year = r"(?:,?\s+(?:in\s+)?[12]\d{3}(?!\s+(?:people|[^\W\d_]+s\b)))?"
    after = rf"\b{day}(?:\s*(?:[-–/]|to|and|bis|au|et|по|и|und)\s*{day})?\s+(?:of\s+)?(?:{month})\b\.?{year}"
    before = rf"\b(?:{month})\.?\s+(?:the\s+)?{day}(?:\s*(?:[-–]|to|and)\s*{day})?\b(?![.,]\d|\s*%){year}"
    alone = rf"\b(?:{month})\.?,?\s+(?:of\s+)?[12]\d{{3}}\b"
    return re.compile(f"{after}|{before}|{alone}")


def a_name(page: Page, found: Numeral, words: Words) -> bool:
    """Whether the number belongs to a name: 'Khabar 24', 'Boeing 737', 'Article 5', 'World War Two'."""
    if page.bare or found.first == 0:
        return False
    here, leader = found.first, page.pieces[found.first - 1]
    if leader.kind != "word" or found.fraction:
        return False
    if found.spelled:
        if (leader.low == "number" and found.value == 1) or (found.value == 0 and words.has("labels", leader.low)):
            return True
        return _capital_inside(page, here) and not page.text[page.pieces[here].start :][:1].islower()
    if found.scale > 1 or "," in page.pieces[here].text:
        return False
    counts = _counts_what_follows(page, found.end, here, words)
    if words.has("labels", leader.low):
        return words.has("strong_labels", leader.low) or not counts
    if not leader.text[0].isupper() or words.has("openers", leader.low) or words.has("months", leader.low):
        return False
    if words.has("weekdays", leader.low) or counts or _shouting(page, leader.start):
        return False
    token = page.token(here - 1)
    if token is not None and token.ent_type_ == "GPE" and page.low(here - 2) == "in":
        return False  # "in Taraz 12" leaves a verb out
    return token is None or token.pos_ in ("PROPN", "NOUN", "X") or page.low(here - 2) != ""


def _counts_what_follows(page: Page, end: int, here: int, words: Words) -> bool:
    """Whether the next word is something that can be counted, rather than what the name does."""
    following = page.low(end)
    if words.has("plural_follows", following) or following == "%":
        return True
    if page.kind(end) != "word" or page.pieces[end].text[0].isupper():
        return False
    token, head = page.token(here), page.token(end)
    if token is not None and head is not None:
        return token.head.i > token.i and head.pos_ in ("NOUN", "ADJ", "PROPN")
    return following.endswith("s") and following not in _SINGULAR_S


_SINGULAR_S = frozenset({"is", "was", "has", "as", "this", "its", "his", "says", "reports", "does", "us"})


def _capital_inside(page: Page, here: int) -> bool:
    """Whether a word has a capital where no sentence begins and where not every word has one."""
    piece = page.pieces[here]
    if not piece.text[0].isupper() or page.kind(here - 1) != "word":
        return False
    return not _shouting(page, piece.start)


def _shouting(page: Page, start: int) -> bool:
    """Whether most words of the line have capitals, as headlines in English often have."""
    begin = max(page.text.rfind("\n", max(0, start - 160), start) + 1, start - 160, 0)
    end = page.text.find("\n", start, start + 160)
    words = re.findall(r"[^\W\d_]{4,}", page.text[begin : end if end >= 0 else start + 160])
    return len(words) >= 5 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def a_year(page: Page, found: Numeral, words: Words) -> bool:
    """Whether four plain digits are a year: nothing qualifies them and nothing is counted by them."""
    text = page.pieces[found.first].text
    if page.bare or found.spelled or found.end != found.first + 1 or len(text) != 4 or not text.isdecimal():
        return False
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        return False
    leading = page.low(found.first - 1)
    if words.has("after_year", page.low(found.end)) or words.has("before_year", leading):
        return not _counts_people(page, found, words)
    token = page.token(found.first)
    if token is not None and token.ent_type_ == "DATE":
        return True
    return not _counts_what_follows(page, found.end, found.first, words)


def _counts_people(page: Page, found: Numeral, words: Words) -> bool:
    """'of 2000 people', against 'in 2019 protests began'."""
    following = page.low(found.end)
    if words.language == "en" and following in ("people", "men", "women", "children", "personnel", "percent"):
        return True
    token = page.token(found.first)
    if token is None:
        return False
    noun = token.dep_ == "nummod" and token.head.i > token.i and token.head.pos_ == "NOUN"
    return noun and token.ent_type_ in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT")


def an_enumerator(page: Page, found: Numeral) -> bool:
    """Whether a numeral only counts off what is being said: 'One, ... Two, ...' at the beginning of a sentence."""
    if page.bare or not found.spelled or page.low(found.end) not in (",", ":", ")"):
        return False
    opening = page.kind(found.first - 1) in ("", "gap") or page.low(found.first - 1) in _OPENING
    return opening and found.end == found.first + 1 and page.pieces[found.first].text[0].isupper()


_OPENING = frozenset('.“"?!:;')


def a_pronoun(page: Page, found: Numeral, words: Words) -> bool:
    """Whether 'one' stands for somebody or something instead of counting: 'this one', 'one of the largest'."""
    if found.value != 1 or page.low(found.first) != "one" or found.end != found.first + 1:
        return False
    if page.bare:
        return False
    before, after = page.low(found.first - 1), page.low(found.end)
    if words.has("pronoun_one", before) or (page.pieces[found.first].hyphened and before != "twenty"):
        return not (before in ("the", "that", "only", "just", "first") and _one_counted(page, found.end))
    if after == "of":
        return _among_superlatives(page, found.end + 1, words)
    if page.kind(found.end) != "word":
        if before == "for":
            return True  # "the ministry, for one, ..."
        token = page.token(found.first)
        return token is not None and token.tag_ == "NN" and any(child.dep_ == "amod" for child in token.children)
    if words.has("after_pronoun_one", after):
        return True
    token = page.token(found.first)
    return token is not None and (token.pos_ == "PRON" or token.tag_ == "NN") and not _one_counted(page, found.end)


def _one_counted(page: Page, here: int) -> bool:
    token = page.token(here)
    return token is not None and token.pos_ == "NOUN" and page.low(here) not in ("thing", "hand", "side", "day")


def _among_superlatives(page: Page, here: int, words: Words) -> bool:
    """'one of the largest producers': the best of its kind, and no count of it."""
    for place in range(here, min(here + 7, page.stop)):
        word = page.low(place)
        if page.kind(place) not in ("word", "ordinal"):
            return False
        ending = word.endswith("est") and len(word) > 4 and not words.has("no_superlatives", word)
        if ending or words.has("superlatives", word):
            return True
    return False
