"""Finds the event that an article is about among those that are held, or says what the new one is.

Articles about one event share the names of people and places that stand in their headlines and first sentences, and
are written within some days of each other. Which claims they share is found by matching, inside the event.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from provenance.analysis.matching.terms import terms
from provenance.extraction.reading import Reading, Zone
from provenance.extraction.sources.countries import country_of
from provenance.ingestion.asserting import headlines
from provenance.ingestion.loading.words import one_line
from provenance.storage.event import Event, EventBase
from provenance.storage.reads.intake import event_by_key, events_with_word, head_of_event, when_told
from provenance.storage.words import fold
from provenance.storage.writes.finding import referred
from provenance.storage.writes.proposals import propose_event
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ZoneKind

NEAR = timedelta(days=4)
# How much a shared name tells, by how many events bear it; how much is enough, with dates that are near, or unknown.
WEIGHTS = ((3, 1.5), (10, 1.0), (39, 0.5), (10**9, 0.25))
ENOUGH, ENOUGH_UNDATED = 3.0, 4.0
LOOKED_AT = 5  # events
# Which share of the shorter one's words the other has, and how many of them tell of no other event.
OVERLAP = 0.25
TELLING = 3
WHERE_NAMED = 12  # names that are looked up
MOST_EVENTS = 40  # of one name; what more events bear tells nothing
LEAD = 500  # characters of the body
HEAD = 1000  # characters of a text that is held, with its headline and dateline

NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*")
DATELINE_PLACE = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")


@dataclass(frozen=True, slots=True)
class About:
    """What tells which event an article is about: its headline, its first words, the names in both, and its date."""

    title: str
    lead: str
    names: tuple[str, ...]
    place: str | None
    earliest: datetime | None
    latest: datetime | None


def about(reading: Reading, title: str | None, earliest: datetime | None, latest: datetime | None) -> About:
    """What an article is about, by its head."""
    lead = _lead(reading)
    shown = title or next(iter(headlines(reading)), "") or lead
    return About(
        title=one_line(shown, 300) or "Untitled text",
        lead=lead,
        names=tuple(_names(shown, lead)),
        place=_place(reading),
        earliest=earliest,
        latest=latest,
    )


def event_of(writer: Writer, subject: About, votes: Callable[[], Counter[int]]) -> Event:
    """The event that an article is about.

    ``votes`` says which events hold claims that the article seems to state, and how many; it is asked where names
    alone do not tell. A new event is proposed where none is near enough.
    """
    known = held_event(writer, subject, Counter()) or held_event(writer, subject, votes())
    return known or propose_event(
        writer,
        # Who accepts it publishes what it says, and the article's words are not for everybody.
        EventBase(title=subject.title, place=subject.place),
    )


def held_event(writer: Writer, subject: About, votes: Counter[int]) -> Event | None:
    """The held event that an article is most likely about; None where none is near enough."""
    shared: Counter[int] = Counter()
    weights: dict[int, float] = {}
    for name in subject.names[:WHERE_NAMED]:
        found = events_with_word(writer.session, name, MOST_EVENTS, HEAD)
        for key in found:
            shared[key] += 1
            weights[key] = weights.get(key, 0.0) + _weight(len(found))
    candidates = {key for key, count in shared.items() if count >= 2} | set(votes)
    told = when_told(writer.session, candidates)
    scores = {
        key: weights.get(key, 0.0) + 2.0 * votes[key]
        for key, (first, last) in told.items()
        if _near(subject, first, last)
    }
    for key in sorted(scores, key=lambda key: (-scores[key], key))[:LOOKED_AT]:
        dated = subject.earliest is not None and told[key][0] is not None
        if scores[key] < (ENOUGH if dated else ENOUGH_UNDATED):
            continue
        event = event_by_key(writer.session, key)
        where = shared[key] > 0 or _same_place(subject, event)
        if where and _same_happening(subject, event, head_of_event(writer.session, key, HEAD), votes[key]):
            return event
    return None


def _same_place(subject: About, event: Event) -> bool:
    return bool(subject.place and event.place) and fold(subject.place or "") == fold(event.place or "")


def _same_happening(subject: About, event: Event, head: str, votes: int) -> bool:
    """Whether it is the same that happened there: the same figures are told of it, or in the same telling words.

    Two events in one town share its name, and that police told of people who were killed.
    """
    if votes > 1:
        return True
    here = _terms(f"{subject.title} {subject.lead}")
    there = _terms(f"{event.title} {event.description or ''} {event.place or ''} {head}")
    both = here & there
    where = _terms(f"{subject.place or ''} {event.place or ''}")
    telling = {term for term in both - where if term not in USUAL and country_of(term) is None}
    if votes:
        return bool(telling)
    return len(telling) >= TELLING and len(both) >= OVERLAP * min(len(here), len(there))


def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def _weight(bearers: int) -> float:
    """How much a name tells that so many events bear."""
    return next(weight for most, weight in WEIGHTS if bearers <= most)


def _near(subject: About, first: datetime | None, last: datetime | None) -> bool:
    # Where a date is not known, it does not tell against.
    if subject.earliest is None or subject.latest is None or first is None or last is None:
        return True
    return subject.earliest <= last + NEAR and first - NEAR <= subject.latest


def _lead(reading: Reading) -> str:
    body = next((zone for zone in reading.zones if zone.kind is ZoneKind.BODY), None)
    text = reading.text[body.start : body.end] if body is not None else reading.text
    return one_line(text[: LEAD * 2], LEAD)


def _names(title: str, lead: str) -> Iterator[str]:
    """The capitalised words of the head, those of the headline first; folded, each once.

    A headline may capitalise all its words, so of it only those count that are capitalised in the text as well, unless
    it capitalises few.
    """
    inside = [word for word, begins in _capitalised(lead) if not begins]
    first = [word for word, begins in _capitalised(lead) if begins]
    titled = [word for word, _ in _capitalised(title)]
    shouted = len(titled) > 0.6 * max(len(title.split()), 1)
    said = {fold(word) for word in (*inside, *first)}
    kept = [word for word in titled if not shouted or fold(word) in said]
    seen: set[str] = set()
    for word in (*kept, *inside, *first):
        folded = fold(word)
        if len(folded) > 2 and folded not in COMMON and folded not in seen:
            seen.add(folded)
            yield folded


def _capitalised(text: str) -> Iterator[tuple[str, bool]]:
    """Words with a capital, and whether each begins a sentence."""
    for found in NAME.finditer(text):
        before = text[: found.start()].rstrip(" \t\n\"'“”‘’(«»")
        yield re.sub(r"['’]s$", "", found.group()), not before or before[-1] in ".!?…:"


# Capitalised words that tell nothing of what an article is about.
COMMON_WORDS = (
    "the this that these those there they their them then than when where while what which who whose why how his her "
    "its our your and but for from with without into onto over under after before during since until about against "
    "according also another any are was were has have had not now one two three more most many some several all each "
    "both few other such only just even still yet new news said says say told monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november december today "
    "yesterday tomorrow president minister ministry government police officials official authorities spokesman "
    "spokeswoman reuters photo image video update breaking live"
)
COMMON = frozenset(COMMON_WORDS.split())

# What is told of most events where somebody came to harm, wherever it was.
USUAL_WORDS = (
    "people person persons man men woman women children killed kill dead died die death deaths deadly toll injured "
    "injuries hurt wounded victims casualties police officers officials official authorities government ministry "
    "minister spokesman statement least several city town region province country local state news report reported "
    "reports told according emergency services rescuers hospital incident"
)
USUAL = frozenset(terms(f"{USUAL_WORDS} {COMMON_WORDS} {' '.join(map(str, range(11)))}"))


def _place(reading: Reading) -> str | None:
    dateline = next(filter(partial(_begins_a_sentence, reading), reading.zones), None)
    found = DATELINE_PLACE.match(reading.text[dateline.start : dateline.end]) if dateline is not None else None
    if found is None:
        return next((one_line(figure.place.text, 200) for figure in reading.figures if figure.place is not None), None)
    return found.group().title() if found.group().isupper() else found.group()


def _begins_a_sentence(reading: Reading, zone: Zone) -> bool:
    # A line of its own says by whom or when; the place stands in front of the first sentence.
    behind = reading.text[zone.end :].partition("\n")[0]
    return zone.kind is ZoneKind.DATELINE and bool(behind.strip())


def given_event(writer: Writer, public_id: str) -> Event:
    """The event that somebody names.

    :raises InvalidInput: if there is none.
    """
    return referred(writer.session, Event, public_id, "event")
