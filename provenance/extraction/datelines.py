"""Where the place, date and agency end that stand in front of the first sentence.

Agencies set them off by a dash; German papers print the town and begin the sentence with no sign between them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.extraction.zone_words import matches, words_of
from provenance.vocabulary import ZoneKind

LONGEST_DATELINE = 110

_CAPITAL = "A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҚҢҒӘӨҮҰ"
_LETTER = _CAPITAL + "a-zß-öø-ÿа-яёіїєқңғәөүұšžčćłńśźżęąőűğışțřěůā-ž"
# The sign between two words is in no word, or a long line of it would be read in very many ways.
_SHOUTED = rf"(?!(?:[A-Z]\.)+ )[{_CAPITAL}][{_CAPITAL}.'’]*[{_CAPITAL}.](?:[ /-][{_CAPITAL}][{_CAPITAL}.'’]*){{0,4}}"
_NAMED = rf"[{_CAPITAL}][{_LETTER}.'’]+(?:[ /-](?:[{_CAPITAL}][{_LETTER}.'’]*|de|del|la|am|an der|au|upon|of)){{0,4}}"
_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|"
    r"sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|янв(?:аря)?|фев(?:раля)?|мар(?:та)?|апр(?:еля)?|"
    r"мая|июн[яь]|июл[яь]|авг(?:уста)?|сен(?:тября)?|окт(?:ября)?|ноя(?:бря)?|дек(?:абря)?)"
)
_DATE = rf"(?i:{_MONTH}\.? \d{{1,2}}|\d{{1,2}}\.? {_MONTH}\.?)(?:,? \d{{4}})?"
_DASH = r"\s?(?:--|[-–—―])\s"
_WEEKDAY = r"(?i:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_NUMERIC = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?i: ?[ap]\.?m\.?)?(?: ?\(?[A-Z][A-Za-z+\d:]{1,8}\)?)?"


def dateline_end(paragraph: str) -> int:
    """Where the first sentence begins behind a dateline; 0 where there is none.

    >>> dateline_end("ALMATY, Jan 6 (Reuters) - Dozens of attackers were killed.")
    26
    >>> dateline_end("Almaty Several buildings were stormed."), dateline_end("London Mayor Sadiq Khan said so.")
    (7, 0)
    """
    head = paragraph[:LONGEST_DATELINE]
    for found in (_agency().match(head), _of_town().match(head)):
        if found and found.end() < len(paragraph):
            return found.end()
    return 0


def is_dateline(line: str) -> bool:
    """Whether a whole line says only when, where or by whom the article was written.

    >>> is_dateline("By Aigerim Bekova"), is_dateline("Thursday, 6 January 2022, 10:30 GMT")
    (True, True)
    """
    return len(line) <= LONGEST_DATELINE and (
        _written().fullmatch(line) is not None or (matches(ZoneKind.DATELINE, line) and not line.endswith("."))
    )


@lru_cache(maxsize=1)
def _agency() -> re.Pattern[str]:
    """Place, date and agency in any usual order, and the dash behind them."""
    agency = _any_of(_with_capitals(words_of("agencies")))
    bracket = rf"\((?:{agency}|[A-Z]{{2,5}})(?:[/,] ?[\w .-]{{1,40}})?\)"
    stroke = rf"/{agency}(?:[ -][\w.]{{1,20}})?/"
    carrier = rf"(?:{bracket}|{stroke}|{agency}(?: news agency)?)"
    region = rf"(?:, {_NAMED})?"
    dated = rf"(?:[,.] {_DATE}| {_DATE}|, {_WEEKDAY})"
    return re.compile(
        # ALMATY, Kazakhstan, Jan 6 (Reuters) - | WASHINGTON — | MOSCOW. Jan 7. INTERFAX - | NEW YORK (AP) —
        rf"(?:{_SHOUTED}{region}{dated}?\.?,?(?: {carrier})?\.?{_DASH}(?:{agency}\. )?"
        # KELMOND, May 16 (Sarn Press) - , of whatever agency
        rf"|{_SHOUTED}{region}{dated}[.,]? \([{_CAPITAL}][^()\n]{{1,40}}\)\.?{_DASH}"
        # MOSCOW, January 6. /TASS/.
        rf"|(?:{_SHOUTED}|{_NAMED}){region}{dated}?[.,]? {stroke}[.:]?(?:{_DASH})?\s?"
        # Almaty (dpa) - | Almaty, 6 January 2022 (AFP) -
        rf"|{_NAMED}{region}{dated}?[.,]? ?{bracket}\.?{_DASH}"
        # Almaty, Jan 6 - | Almaty. 7 января. ИНТЕРФАКС -
        rf"|{_NAMED}{region}{dated}[.,]?(?: {carrier})?\.?{_DASH}"
        # (AP) - | Jan 6 (Reuters) - | Reuters -
        rf"|(?:{_DATE},? )?{bracket}\.?(?:{_DASH}|: )"
        rf"|{agency}{_DASH}"
        # May 7, 2024 - , but no span of days
        rf"|{_DATE}{_DASH}(?!\d|(?i:{_MONTH})\b))\s*"
    )


@lru_cache(maxsize=1)
def _of_town() -> re.Pattern[str]:
    """A town, with a dash or nothing before a word that only begins a sentence."""
    town = _any_of(_with_capitals(words_of("towns")))
    opener = rf"(?:{_any_of(words_of('sentence_openers'))}|[{_CAPITAL}][a-z]{{2,}}ing|\d[\d.,]*)"
    return re.compile(
        rf"(?:{town}(?:[/,] ?{town}|, {_NAMED})?(?:{_DASH}|[.:] (?=[{_CAPITAL}“\"]))"
        rf"|{town}(?:/{town})? +(?={opener} [{_LETTER}\d“\"]))\s*"
    )


@lru_cache(maxsize=1)
def _written() -> re.Pattern[str]:
    """A line of nothing but place, weekday, date and hour."""
    part = rf"\b(?:{_DATE}|{_NUMERIC}|{_WEEKDAY}|{_CLOCK}|(?i:at|on|am|um|le|uhr))(?!\w)"
    town = rf"(?:{_any_of(words_of('towns'))}|{_SHOUTED})"
    return re.compile(
        rf"(?:{town}[,.:]? ?(?:[-–—|] ?)?)?(?:{part}[\s,|•·–—-]*)*(?:{_DATE}|{_NUMERIC})(?:[\s,|•·–—-]*{part})*\.?"
    )


def _any_of(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(map(re.escape, words)) + ")"


def _with_capitals(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({form for word in words for form in (word, word.upper())}, key=len, reverse=True))
