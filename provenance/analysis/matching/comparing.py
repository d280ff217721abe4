"""Holds one wanted sentence against one known claim, field by field: agree, differ, or not known, each with why.

Words of posts and pages are loose: a field differs only where both sides say something that cannot be the same. Two
figures of one measure whose intervals no number satisfies are the clearest case: eight killed is not eighteen killed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from provenance.analysis.matching.terms import terms
from provenance.analysis.matching.wanted import Counted, Days, Wanted
from provenance.quantity import agrees, contradicts
from provenance.storage.words import fold
from provenance.vocabulary import Agreement, MatchField, Stance


@dataclass(frozen=True, slots=True)
class Known:
    """A claim that is held: its words, and what it and its reports say."""

    id: str
    text: str
    event: str
    event_title: str
    tally: str | None = None
    figures: tuple[Counted, ...] = ()
    stance: Stance | None = None
    sources: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    happened: Days = (None, None)


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison of one field gives, in a sentence."""

    field: MatchField
    agreement: Agreement
    reason: str


def compare(wanted: Wanted, known: Known) -> list[Compared]:
    """All fields of which both sides say something.

    >>> from provenance.analysis.matching.wanted import wanted_from
    >>> eighteen = "Eighteen officers were killed."
    >>> known = Known("clm_1", eighteen, "evt_1", "Unrest", figures=wanted_from(eighteen).figures)
    >>> [(one.field.value, one.agreement.value) for one in compare(wanted_from("Eight officers killed"), known)]
    [('quantity', 'differ'), ('measure', 'agree'), ('counted', 'agree')]
    """
    parts = (
        _event(wanted, known),
        *_figures(wanted.figures, known.figures),
        _place(wanted, known),
        _date(wanted.happened, known.happened),
        _polarity(wanted.stance, known.stance),
        _chain(wanted.chain, known.sources),
    )
    return [part for part in parts if part is not None]


def _event(wanted: Wanted, known: Known) -> Compared | None:
    if wanted.event is None:
        return None
    if wanted.event == known.event:
        return Compared(MatchField.EVENT, Agreement.AGREE, f"Both are about the event “{known.event_title}”.")
    return Compared(
        MatchField.EVENT, Agreement.DIFFER, f"The known claim is about another event, “{known.event_title}”."
    )


# What is said for the killed by those who killed them.
VEILED = {"eliminated": "killed"}


def _figures(wanted: Sequence[Counted], known: Sequence[Counted]) -> Iterator[Compared]:
    """The pair of figures that says most: one that agrees, else one that differs, else one that cannot be compared."""
    found = [_pair(one, other) for one, other in product(wanted, known)]
    if not found:
        return
    order = (Agreement.AGREE, Agreement.DIFFER, Agreement.UNKNOWN)
    yield from min(found, key=lambda parts: (order.index(parts[0].agreement), len(parts) < 3))


def _pair(one: Counted, other: Counted) -> list[Compared]:
    measure, counted = _measure(one, other), _counted(one, other)
    texts = f"“{one.quantity.text}”", f"“{other.quantity.text}”"
    beside = [part for part in (measure, counted) if part is not None]
    apart = [part for part in beside if part.agreement is Agreement.DIFFER]
    if apart:
        why = f"{texts[0]} here and {texts[1]} in the known claim count different things, so they are not compared."
        return [Compared(MatchField.QUANTITY, Agreement.UNKNOWN, why), *beside]
    if one.quantity.unit != other.quantity.unit:
        why = f"{texts[0]} here and {texts[1]} in the known claim are in different units."
        return [Compared(MatchField.QUANTITY, Agreement.UNKNOWN, why), *beside]
    what = one.measure or other.measure
    about = f" {what}" if what else ""
    if one.quantity.value is not None and one.quantity.value == other.quantity.value:
        why = f"{texts[0]} here and {texts[1]}{about} in the known claim are the same number."
        return [Compared(MatchField.QUANTITY, Agreement.AGREE, why), *beside]
    # Two figures that nothing joins but that they stand in both texts may count anything.
    joined = any(part.agreement is Agreement.AGREE for part in beside)
    if contradicts(one.quantity, other.quantity):
        agreement = Agreement.DIFFER if joined else Agreement.UNKNOWN
        why = f"No number is both {texts[0]} and {texts[1]}{about}: it is another account, not the same claim."
        unclear = f"No number is both {texts[0]} and {texts[1]}, but it is not clear that both count the same."
        return [Compared(MatchField.QUANTITY, agreement, why if joined else unclear), *beside]
    if agrees(one.quantity, other.quantity):
        why = f"{texts[0]} here and {texts[1]}{about} in the known claim assert the same."
        return [Compared(MatchField.QUANTITY, Agreement.AGREE, why), *beside]
    why = f"{texts[0]} here and {texts[1]}{about} in the known claim can both be true."
    # A word that gives no number may stand for this one; "at least nine" does not stand for nineteen.
    in_words = None in (one.quantity.value, other.quantity.value)
    return [Compared(MatchField.QUANTITY, Agreement.AGREE if joined and in_words else Agreement.UNKNOWN, why), *beside]


def same_measure(one: str, other: str) -> bool:
    """Whether two measures count the same; a word that only veils another counts what that one counts.

    >>> same_measure("eliminated", "killed"), same_measure("Killed", "killed"), same_measure("injured", "killed")
    (True, True, False)
    """
    return _plainly(one) == _plainly(other)


def _plainly(measure: str) -> str:
    return VEILED.get(fold(measure), fold(measure))


def _measure(one: Counted, other: Counted) -> Compared | None:
    if one.measure is None or other.measure is None:
        return None
    if fold(one.measure) == fold(other.measure):
        return Compared(MatchField.MEASURE, Agreement.AGREE, f"Both count the {one.measure}.")
    if same_measure(one.measure, other.measure):
        why = f"“{one.measure}” here and “{other.measure}” in the known claim count the same."
        return Compared(MatchField.MEASURE, Agreement.AGREE, why)
    why = f"Here the {one.measure} are counted, in the known claim the {other.measure}."
    return Compared(MatchField.MEASURE, Agreement.DIFFER, why)


def _counted(one: Counted, other: Counted) -> Compared | None:
    if one.counted is None or other.counted is None:
        return None
    here, there = set(terms(one.counted)), set(terms(other.counted))
    if here & there:
        return Compared(MatchField.COUNTED, Agreement.AGREE, f"Both count {other.counted}.")
    # "Attackers" and "troublemakers" may be the same people, so other words alone never differ.
    why = f"Here {one.counted} are counted, in the known claim {other.counted}; they may be the same."
    return Compared(MatchField.COUNTED, Agreement.UNKNOWN, why)


def _place(wanted: Wanted, known: Known) -> Compared | None:
    here = {place for place in (wanted.place, *(one.place for one in wanted.figures)) if place}
    if not here or not known.places:
        return None
    for one, other in product(sorted(here), known.places):
        words = set(fold(one).split()), set(fold(other).split())
        if words[0] <= words[1] or words[1] <= words[0]:
            return Compared(MatchField.PLACE, Agreement.AGREE, f"Both are about {other}.")
    why = f"Here it is {_joined(sorted(here))}, in the known claim {_joined(known.places)}; one may lie in the other."
    return Compared(MatchField.PLACE, Agreement.UNKNOWN, why)


def _date(here: Days, there: Days) -> Compared | None:
    (begins, ends), (first, last) = here, there
    if begins is None or ends is None or first is None or last is None:
        return None
    if begins <= last and first <= ends:
        return Compared(MatchField.DATE, Agreement.AGREE, f"Both may have happened on {_day(max(begins, first))}.")
    why = f"Here it happened on {_day(begins)}, in the known claim on {_day(first)}."
    return Compared(MatchField.DATE, Agreement.DIFFER, why)


def _polarity(here: Stance | None, there: Stance | None) -> Compared | None:
    told = (Stance.ASSERTS, Stance.DENIES)
    if here not in told or there not in told:
        return None
    if here == there:
        verb = "assert" if here is Stance.ASSERTS else "deny"
        return Compared(MatchField.POLARITY, Agreement.AGREE, f"By their words, both {verb} it.")
    why = "By their words, one denies what the other asserts; that is another stance on the same claim."
    return Compared(MatchField.POLARITY, Agreement.DIFFER, why)


def _chain(here: Sequence[str], there: Iterable[str]) -> Compared | None:
    names = {fold(name): name for name in there}
    if not here or not names:
        return None
    shared = [name for name in here if fold(name) in names]
    if shared:
        return Compared(MatchField.CHAIN, Agreement.AGREE, f"Both come through {_joined(shared)}.")
    why = f"Here it comes from {here[0]}, who is in no chain of the known claim: perhaps a further source of it."
    return Compared(MatchField.CHAIN, Agreement.DIFFER, why)


def _day(instant: datetime) -> str:
    return instant.date().isoformat()


def _joined(names: Sequence[str]) -> str:
    return " and ".join(names)
