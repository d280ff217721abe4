"""How pages say what answers hold: the key of the API never stands where a reader would not know it.

Every term that a page shows has plain words here; `api/web/glossary.py` shows both side by side. Each filter is a pure
function from a value of an answer to text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup, escape

from api.web.countries import countries
from api.web.tongues import language, tongue
from provenance.phrases import MONTHS
from provenance.phrases import counted as counted
from provenance.phrases import interval as interval
from provenance.phrases import listed as listed
from provenance.phrases import number as number
from provenance.vocabulary import (
    ClaimStatus,
    CorrectionKind,
    DateBasis,
    DeskAct,
    DriftField,
    FigureStatus,
    Interest,
    Manner,
    OriginClass,
    Relation,
    RulingKind,
    Sameness,
    SourceKind,
    Stance,
    Sureness,
    Term,
    TieKind,
    Verdict,
)

PLAIN: Mapping[type[Term], Mapping[str, str]] = {
    Verdict: {
        "established": "independent, and examined",
        "unexamined": "several sources, links not examined",
        "single": "counts as one source",
        "not_established": "origin not established",
    },
    ClaimStatus: {
        "standing": "not taken back",
        "superseded": "replaced by a later statement",
        "corrected": "corrected by whoever made it",
        "retracted": "withdrawn",
        "denied": "denied by its own source",
        "disputed": "disputed by others",
    },
    FigureStatus: {"contradicted": "another account excludes it"},
    Stance: {
        "asserts": "states it",
        "denies": "denies it",
        "questions": "doubts it",
        "retracts": "takes it back",
        "mentions": "only mentions it",
    },
    Manner: {"according_to": "according to", "via": "carried, in a way not said"},
    OriginClass: {
        "named": "named",
        "first_hand": "was there",
        "compiled": "counted from records",
        "material": "material that does not speak",
        "anonymous_vouched": "not named; the outlet says why it trusts them",
        "unnamed": "words that identify nobody",
        "collective": "several unknown carriers",
        "not_stated": "origin not stated",
    },
    Relation: {
        "agreeing": "agrees",
        "compatible": "can both hold",
        "conflicting": "excludes it",
        "update": "an update of the same count",
        "not_comparable": "counts something else",
        "unknown": "cannot be compared: something is not stated",
    },
    CorrectionKind: {
        "retraction": "taken back",
        "correction": "corrected",
        "denial": "denied",
        "disavowal": "disowned: says that it never said so",
        "supersession": "replaced by a later statement",
    },
    TieKind: {
        "speaks_for": "speaks for",
        "part_of": "is part of",
        "owned_by": "is owned by",
        "controlled_by": "is controlled by",
        "examined_no_tie": "was examined, and found not linked to",
    },
    Interest: {"party": "takes part in the event itself", "aligned": "is allied with a side"},
    RulingKind: {
        "range": "range used by this desk",
        "cut": "hop that supports nothing",
        "zombie": "repeated after withdrawal, or not",
    },
    DateBasis: {
        "printed": "printed on the page",
        "in_url": "read from the address",
        "index": "from an index that lists the page",
        "inferred": "concluded from the content",
        "unknown": "basis not known",
    },
    Sameness: {
        "likely": "probably the same claim",
        "possible": "perhaps the same claim",
        "different": "a different claim",
    },
    SourceKind: {
        "unnamed": "words that identify nobody",
        "collective": "words for several unknown carriers",
        "ngo": "non-governmental organisation",
    },
    DriftField: {
        "figure": "number",
        "qualifier": "words around the number",
        "unit": "unit",
        "measure": "what is counted",
        "counted": "who is counted",
        "as_of": "when",
        "source": "who said it",
        "wording": "words",
        "merged": "how many said it",
    },
    DeskAct: {
        "find_origin": "find somebody else who says so",
        "find_nearer": "get nearer to whoever said it first",
        "review": "review the figure",
        "ask": "ask where it is from",
        "examine_tie": "look whether there is a link",
        "cite_tie": "find a reference for a link",
        "hold_text": "archive the text",
        "compare": "compare two accounts",
        "decide": "decide as an editor",
        "read_again": "read the page again",
        "doubt": "only if the record is wrong",
    },
    Sureness: {},
}


def plain(value: Term | str, of: str | None = None) -> str:
    """A term in words that a reader knows.

    >>> plain(Verdict.SINGLE), plain(Manner.ACCORDING_TO), plain("news_agency")
    ('counts as one source', 'according to', 'news agency')
    >>> plain("retracted", "ClaimStatus")
    'withdrawn'
    """
    named = next((terms for terms in PLAIN if terms.__name__ == of), None) if of else type(value)
    told = PLAIN.get(named, {}) if named in PLAIN else {}  # type: ignore[arg-type]
    return told.get(str(value), str(value).replace("_", " "))


def date(iso: str | None, unknown: str = "date not known") -> str:
    """A date of an answer, with no more digits than it has.

    >>> date("2022-01-06T06:38Z"), date("2022-01"), date("2022-01-09/2022-01-10"), date(None)
    ('6 January 2022, 06:38 UTC', 'January 2022', '9 January 2022 to 10 January 2022', 'date not known')
    """
    if not iso:
        return unknown
    if "/" in iso:
        first, _, last = iso.partition("/")
        return f"{date(first)} to {date(last)}"
    found = SHAPE.match(str(iso))
    if not found:
        return str(iso)
    year, month, day, clock = found.groups()
    told = " ".join(
        part for part in (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year) if part
    )
    return f"{told}, {clock} UTC" if clock else told


SHAPE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|\+00:00))?$")


def short_date(iso: str | None) -> str:
    """A date where room is scarce: no clock, and the month in three letters.

    >>> short_date("2022-01-06T06:38Z"), short_date("2022-01"), short_date(None)
    ('6 Jan 2022', 'Jan 2022', 'no date')
    """
    if not iso:
        return "no date"
    return " ".join(
        word[:3] if word.isalpha() else word for word in date(iso.partition("/")[0]).partition(",")[0].split()
    )


def when(instant: datetime | str | None) -> str:
    """An instant of this database, such as when something was recorded.

    >>> when(datetime(2026, 11, 22, 18, 5, tzinfo=UTC))
    '22 November 2026, 18:05 UTC'
    """
    return date(instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if isinstance(instant, datetime) else instant)


def moment(iso: str) -> str:
    """A date that somebody asked for, with a note where it has not come yet.

    >>> moment("1990"), moment("2999-01")
    ('1990', 'January 2999 (later than today)')
    """
    today = datetime.now(UTC).date().isoformat()
    return date(iso) + (" (later than today)" if iso[:10] > today[: len(iso[:10])] else "")


def time(iso: str | None, short: bool = False) -> Markup:
    """A date as an element that programs read too."""
    if not iso:
        return Markup('<span class="unknown">{}</span>').format(short_date(None) if short else date(None))
    told = short_date(iso) if short else date(iso)
    if "/" in iso:
        return escape(told)
    return Markup('<time datetime="{}">{}</time>').format(iso, told)


def host(url: str | None) -> str:
    """The site of an address.

    >>> host("https://www.inform.kz/en/a3881841/amp")
    'inform.kz'
    """
    site = (url or "").partition("://")[2].partition("/")[0]
    return site.removeprefix("www.")


def readable(url: str, most: int = 90) -> str:
    """An address that stands for a page without a title: without its scheme, and with letters for their codes.

    >>> readable("https://www.azattyq.org/a/%D2%9B%D0%B0%D2%A3%D1%82%D0%B0%D1%80/")
    'azattyq.org/a/қаңтар'
    """
    told = unquote(url).partition("://")[2].removeprefix("www.").rstrip("/")
    return told if len(told) <= most else told[:most] + "…"


def shortened(text: str, most: int = 160) -> str:
    """A text cut at a word, for descriptions and labels.

    >>> shortened("Dozens of attackers were killed", 20)
    'Dozens of attackers…'
    """
    return text if len(text) <= most else text[: most + 1].rpartition(" ")[0].rstrip(",;: ") + "…"


def sentence(text: str) -> str:
    """Words that begin with a capital letter.

    >>> sentence("not taken back")
    'Not taken back'
    """
    return text[:1].upper() + text[1:]


def plainly(text: str) -> str:
    """A sentence of the analysis as a page says it: parties are groups of linked sources, and dates are in words.

    What is quoted stays as it is.

    >>> plainly("All 3 origins belong to one party, State of Kazakhstan.")
    'All 3 origins belong to one group of linked sources, State of Kazakhstan.'
    >>> plainly("2 parties are named; “one party” is quoted; the ministry is party to the event.")
    '2 groups of linked sources are named; “one party” is quoted; the ministry is party to the event.'
    >>> plainly("Repeated 3 days later (2022-01-09T15:33Z) at https://tengrinews.kz/2022-01-09/news.")
    'Repeated 3 days later (9 January 2022, 15:33 UTC) at https://tengrinews.kz/2022-01-09/news.'
    """
    pieces = QUOTED.split(text)
    return "".join(piece if place % 2 else _in_words(piece) for place, piece in enumerate(pieces))


def _in_words(piece: str) -> str:
    return dated(PARTY.sub(_group, piece))


def dated(text: str) -> str:
    """A text with the dates in it in words, and everything else as it is.

    >>> dated("night of 2022-01-05 to 2022-01-06")
    'night of 5 January 2022 to 6 January 2022'
    """
    return DAY.sub(lambda found: date(found.group()), text)


QUOTED = re.compile("(“[^”]*”)")
INSTANT = r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z)?"
# Not within an address or an id.
DAY = re.compile(rf"(?<![\w/.=-]){INSTANT}(?:/{INSTANT})?(?![\w/-])")
PARTY = re.compile(r"\b(party|parties)\b(?! to the event)")


def _group(found: re.Match[str]) -> str:
    return "group of linked sources" if found.group() == "party" else "groups of linked sources"


def writer(who: str) -> str:
    """Who wrote something, from how the history names whoever it was.

    >>> writer("page: Aigerim"), writer("api: archive robot"), writer("page"), writer("the command line")
    ('Aigerim', 'archive robot (by the API)', 'somebody on a page', 'the command line')
    """
    way, parted, name = who.partition(": ")
    match way:
        case "page":
            return name if parted else "somebody on a page"
        case "api":
            return f"{name} (by the API)" if parted else "somebody, by the API"
        case _:
            return who


def sure(confidence: float | None) -> str:
    """How sure an extractor is of its own reading, in words; its estimate is never one of the truth.

    >>> sure(0.91), sure(0.7), sure(0.4), sure(None)
    ('quite sure', 'fairly sure', 'not sure', 'sureness not given')
    """
    if confidence is None:
        return "sureness not given"
    return "quite sure" if confidence >= 0.85 else "fairly sure" if confidence >= 0.6 else "not sure"


FILTERS: dict[str, Callable[..., Any]] = {
    "plain": plain,
    "plainly": plainly,
    "dated": dated,
    "date": date,
    "short_date": short_date,
    "when": when,
    "moment": moment,
    "time": time,
    "number": number,
    "counted": counted,
    "listed": listed,
    "host": host,
    "readable": readable,
    "shortened": shortened,
    "sentence": sentence,
    "sure": sure,
    "writer": writer,
    "countries": countries,
    "interval": interval,
    "language": language,
    "tongue": tongue,
}
