"""The words that belong to a mention although a proposer or the parser left them out: a name cut from its noun."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.extraction.resolving.heads import JOINING, head_of
from provenance.extraction.resolving.kinds import Being, described
from provenance.extraction.resolving.phrases import core_of
from provenance.extraction.resolving.words import Page, Word

_NO_END = frozenset([*",;:—–-.“”\"'‘’", "--", "'s", "’s"])


def trimmed(page: Page, first: int, last: int) -> tuple[int, int]:
    while first < last and _is_no_beginning(page.words[first]):
        first += 1
    while first < last and page.words[last - 1].text in _NO_END:
        last -= 1
    return first, last


def _is_no_beginning(word: Word) -> bool:
    return (word.tag == "IN" and not word.capital) or (not word.text[0].isalnum() and word.text[0] not in "@#")


def widened(page: Page, first: int, last: int) -> tuple[int, int]:
    """With the name behind a noun, and the noun before a name, that belong together."""
    if first >= last:
        return first, last
    words = page.words
    named = False
    while last < len(words) and (_goes_on(words[last - 1], words[last]) or (named and _same_name(words, last))):
        named, last = True, last + 1
    while last < len(words) and words[last - 1].dep == "compound" and words[last].tag in ("NN", "NNS"):
        if words[last].line != words[last - 1].line or words[last - 1].head < last:
            break
        last += 1
    if before_letters(words, last):
        last += 2
    last = _past_apposition(words, first, last)
    while first > 0 and _belongs(words[first - 1], words[first], range(first, last)):
        first -= 1
    return first, last


def _same_name(words: Sequence[Word], place: int) -> bool:
    """Whether a name that was begun goes on: Ria | Novosti."""
    return words[place - 1].capital and words[place].tag == "NNP" and words[place].line == words[place - 1].line


def is_hyphen(words: Sequence[Word], place: int) -> bool:
    """Whether a hyphen joins two parts of one name: Kassym-Jomart."""
    if words[place].text != "-" or not 0 < place < len(words) - 1:
        return False
    return words[place - 1].end == words[place].start and words[place].end == words[place + 1].start


def before_letters(words: Sequence[Word], place: int) -> bool:
    """Whether a name goes on here to the letters in brackets that stand for it: "Mission | in Afghanistan (UNAMA)"."""
    if place + 3 >= len(words) or words[place].low not in ("in", "on", "for", "and", "of"):
        return False
    return (
        words[place - 1].capital
        and words[place + 1].capital
        and words[place + 2].text == "("
        and words[place + 3].capital
    )


def _past_apposition(words: Sequence[Word], first: int, last: int) -> int:
    """With the name that a comma sets apart behind a description: "the police chief of Kunduz, Mohammad Jan"."""
    if last + 1 >= len(words) or words[last].text != "," or any(word.text == "," for word in words[first:last]):
        return last
    end = last + 1
    while end < len(words) and end - last < 9 and (is_hyphen(words, end) or _proper(words[end])):
        end += 1
    if end == last + 1 or end == len(words) or words[end].text not in (",", "."):
        return last
    set_apart = any(word.dep == "appos" and first <= word.head < last for word in words[last + 1 : end])
    held = end - last > 2 and _describes_one(words[first:last])
    return end if set_apart or held else last


def _proper(word: Word) -> bool:
    return word.capital and word.tag in ("NNP", "NNPS")


def _describes_one(words: Sequence[Word]) -> bool:
    """Whether words describe one person and give no name: "the police chief of Kunduz"."""
    core, _ = core_of(words[1:] if words[0].tag == "DT" else words)
    found = head_of(core)
    return found is not None and found.being is Being.PERSON and not core[-1].capital


def _goes_on(word: Word, following: Word) -> bool:
    if word.line != following.line or word.sentence != following.sentence:
        return False
    if word.entity == following.entity == "ORG" and (following.low in JOINING or word.low in JOINING):
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
