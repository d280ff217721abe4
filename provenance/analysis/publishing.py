"""What may be printed about a claim: one sentence, a box about the method, and how to cite the page.

All of it is made from the counts of a trace and from nothing else. It says where a claim is reported to be from, and on
no line whether it is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from provenance.analysis.naming_first import named_first, unidentified_documents
from provenance.analysis.plain_answer import day, taken_back
from provenance.analysis.says import LIMITS, shortened
from provenance.answers_trace import Trace, TracedParty
from provenance.phrases import counted, either, listed
from provenance.vocabulary import Verdict

UNTIL = re.compile(r" in [\d,]+ languages? until (\d{1,2} \w+ \d{4})\.")
MOST_NOTED = 140  # letters of what a search notes of its limits, in a sentence that says much else
DONE = frozenset({"Withdrawn", "Corrected", "Denied", "Replaced"})
NO_SEARCH = "No search is on record for this event, so the documents held are what happened to be collected."
NOT_CLAIMED = (
    "This says where a statement is reported to come from. It does not say whether the statement is so, and one origin "
    "does not speak against it."
)
LINKED = (
    "Linked sources, such as an office and whoever speaks for it, count once, for each may repeat what the other "
    "knows; a link that nobody recorded is a gap in the record and no sign of independence."
)


def citable_sentence(trace: Trace, on: date) -> str:
    """One sentence that a newspaper can print: what is held, who is named first, until when was searched, as of when.

    ``on`` is the day on which it is said, for a trace that is restricted to no moment. What was taken back is said in
    the same sentence, since a sentence that is printed travels without the next one.
    """
    stated = f"is stated by {counted(trace.documents, 'document')}" if trace.documents else "is stated by none"
    claimed = _quoted(trace.claim.text.rstrip("."))
    held = f"As of {_moment(trace, on)}, in the documents held ({_ground(trace)}), {claimed} {stated}"
    return f"{'; '.join([held, *_origins(trace), *_undone(trace)])}."


def methods_box(trace: Trace) -> list[str]:
    """Three to five plain sentences for a box: what was searched, how origins are counted, what is not claimed."""
    return [
        " ".join(trace.searched) if trace.searched else NO_SEARCH,
        _counting(trace),
        *([LINKED] if trace.independence.established_origins > 1 else []),
        *_dates(trace),
        NOT_CLAIMED,
    ]


def citation(trace: Trace, address: str, retrieved: date) -> str:
    """How to cite the page of a claim: the claim, this database, the record, its moment, the address, and the day.

    What is restricted to no moment may say more tomorrow, so the day on which it was read belongs to it.
    """
    restricted = [f"as of {_instant(trace.as_of)}"] if trace.as_of else []
    restricted += [f"as held on {_instant(trace.known_at)}"] if trace.known_at else []
    record = ", ".join([f"record {trace.claim.id}", *restricted])
    return f"{_quoted(trace.claim.text)} Provenance, {record}. {address} (retrieved {_day(retrieved)})."


def searched_until(trace: Trace) -> str | None:
    """The day until which the newest search went; None where no search is on record."""
    found = [match[1] for entry in trace.searched if (match := UNTIL.search(entry))]
    return max(found, key=lambda text: datetime.strptime(text, "%d %B %Y"), default=None)


def _ground(trace: Trace) -> str:
    """Until when was searched, and within which limits: what is said to be stated nowhere may stand beyond them."""
    until = searched_until(trace)
    if until is None:
        return "no search is on record"
    noted = dict.fromkeys(note for entry in trace.searched if (note := entry.partition(LIMITS)[2]))
    limits = f"; noted of its limits: {listed([_noted(note) for note in noted])}" if noted else ""
    return f"searched until {until}{limits}"


def _noted(note: str) -> str:
    return _quoted(shortened(note, MOST_NOTED).rstrip("."))


def _origins(trace: Trace) -> Iterator[str]:
    """Whom they are from, and how many name nobody; nothing where no document states it."""
    if not trace.documents:
        return
    parties = [party for party in trace.parties if party.established]
    names, every = (
        listed([party.name for party in parties] or [""]),
        f"{len(parties)} sources or groups of linked sources",
    )
    match trace.independence.verdict:
        case Verdict.NOT_ESTABLISHED:
            yield "no source of it can be identified there"
            return
        case Verdict.SINGLE:
            yield f"every source of it that can be identified {_belongs(parties[0])}"
        case Verdict.UNEXAMINED:
            yield f"it goes back to {every} ({names}), and nobody has examined whether these are linked"
        case Verdict.ESTABLISHED:
            yield f"it goes back to {every} that were examined and found not linked ({names})"
    if trace.documents > 1:
        yield from _shares(trace)


def _belongs(party: TracedParty) -> str:
    if len(party.origins) == 1:
        linked = "" if party.origins[0] == party.name else f", one of the linked sources of {party.name}"
        return f"is {party.origins[0]}{linked}"
    return f"belongs to one group of linked sources, {party.name}"


def _shares(trace: Trace) -> Iterator[str]:
    """How many of the documents name the source that is named most, and how many nobody."""
    of = f"of the {trace.documents}"
    every = "both" if trace.documents == 2 else f"all {trace.documents}"
    first = next((one for one in named_first(trace) if one.established), None)
    if first is not None:
        some = every if first.documents == trace.documents else f"{first.documents} {of}"
        yield f"{some} {either(first.documents, 'names', 'name')} {first.name} first"
    if unknown := unidentified_documents(trace):
        yield f"{unknown} {of} {either(unknown, 'names', 'name')} nobody who can be identified"


def _undone(trace: Trace) -> Iterator[str]:
    for sentence in taken_back(trace):
        first, _, rest = sentence.rstrip(".").partition(" ")
        # What was done begins with a verb, and who did something with a name.
        yield f"{first.lower() if first in DONE else first} {rest}"


def _counting(trace: Trace) -> str:
    origins, parties = trace.independence.established_origins, trace.independence.parties
    rule = (
        "Who said it first is read from the words of each document; an agency or outlet that passes it on is no "
        "origin, and repetition adds none."
    )
    if not origins:
        return f"{rule} In {counted(trace.documents, 'document')} no origin can be identified."
    groups = f", which count as {'one' if parties == 1 else parties}," if origins > 1 else ""
    return f"{rule} In {counted(trace.documents, 'document')} {counted(origins, 'origin')}{groups} can be identified."


def _dates(trace: Trace) -> Iterator[str]:
    if trace.possible:
        yield (
            f"{counted(trace.possible, 'document')} may have been published later than the moment that is asked for: "
            f"the {either(trace.possible, 'date is', 'dates are')} too coarse to tell."
        )


def _moment(trace: Trace, on: date) -> str:
    # What is printed today cannot tell of a later day, whatever was asked for.
    if trace.as_of and trace.as_of[:10] <= on.isoformat():
        known = f", as held on {_instant(trace.known_at)}" if trace.known_at else ""
        return f"{_instant(trace.as_of)}{known}"
    return _instant(trace.known_at) if trace.known_at else _day(on)


def _instant(iso: str | None) -> str:
    """A moment with its clock, unless it is the end of a day."""
    text = iso or ""
    clock = text[11:16]
    return day(text) if not clock or clock == "23:59" else f"{day(text)}, {clock} UTC"


def _day(on: date) -> str:
    return day(on.isoformat())


def _quoted(text: str) -> str:
    """Words in quotation marks; marks inside them become single ones.

    >>> _quoted("Dozens were “eliminated”")
    '“Dozens were ‘eliminated’”'
    """
    return f"“{text.translate({ord('“'): '‘', ord('”'): '’'})}”"
