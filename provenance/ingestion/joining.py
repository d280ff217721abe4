"""Decides which claim a report is proposed for: one that is known and says the same, or a new one.

Only a claim of the same event is joined, and where both print figures, only one with the same number, or with a vaguer
word by the same speaker: two accounts that merely could both be true stay two claims, which a person may merge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from sqlmodel import Session

from provenance.analysis.knowing import known, matches
from provenance.analysis.matching.comparing import Known, same_measure
from provenance.analysis.matching.judging import Match, judge
from provenance.analysis.matching.likeness import likenesses, rarity
from provenance.analysis.matching.terms import terms
from provenance.analysis.matching.wanted import Counted, Wanted, tell
from provenance.ingestion.asserting import Assertion
from provenance.numerals import Number, whole
from provenance.quantity import Quantity, agrees, disjoint
from provenance.storage.event import Event
from provenance.storage.figure import FigureBase
from provenance.storage.reads.asked import Included
from provenance.storage.reads.intake import claims_of_event
from provenance.storage.reads.known import known_claims
from provenance.storage.words import fold
from provenance.vocabulary import Qualifier, Sameness, Stance

MOST_CLAIMS = 300  # of an event, that a document is compared with
SHOWN = 3  # matches that a proposal tells
COMPARED = 40  # of these, by words and fields
VOTERS = 2  # assertions by whose matches the event is looked for
BACKGROUND = 1_000  # claims among which a term is taken to be rare
# Which share of the words of each side must stand in the other where no figure decides.
WORDING = 0.45


@dataclass(frozen=True, slots=True)
class Joined:
    """The claim that a report is for, and what else it was compared with.

    ``known`` is one that was held before; else the claim is the new one at ``place``.
    """

    known: Known | None
    place: int | None
    matches: tuple[Match, ...] = ()


@dataclass
class Joining:
    """The claims of one event, those included that one document adds to it."""

    event: Event
    language: str
    _known: list[Known] = field(default_factory=list)
    _folded: list[str] = field(default_factory=list)
    _having: dict[str, list[int]] = field(default_factory=dict)
    _counting: list[int] = field(default_factory=list)
    _frequency: Counter[str] = field(default_factory=Counter)
    _new: dict[str, int] = field(default_factory=dict)

    def load(self, session: Session) -> None:
        """Know the claims that the event has, proposed ones too."""
        keys = claims_of_event(session, self.event.key, MOST_CLAIMS)
        for held in known_claims(session, keys, Included.PROPOSED):
            self._add(known(held))

    def join(self, assertion: Assertion, chain: Sequence[str]) -> Joined:
        """The claim that an assertion makes; a new one is known from now on."""
        wanted = wanted_of(assertion, chain, self.event.public_id, self.language)
        found = self._alike(wanted)
        shown = tuple(
            match for match, _ in found if match.same is not Sameness.DIFFERENT and match.known.id not in self._new
        )[:SHOWN]
        for match, both in found:
            if match.same is Sameness.LIKELY and _same(wanted, match.known, both):
                return self._joined(match.known, shown)
        return self._joined(self._begin(assertion, wanted), shown)

    def _joined(self, claim: Known, shown: tuple[Match, ...]) -> Joined:
        place = self._new.get(claim.id)
        return Joined(None if place is not None else claim, place, shown)

    def _begin(self, assertion: Assertion, wanted: Wanted) -> Known:
        place, told = len(self._new), tell(assertion.claim.text)
        made = Known(
            id=f"new {place}",
            text=assertion.claim.text,
            event=self.event.public_id,
            event_title=self.event.title,
            figures=tuple(dict.fromkeys([*told.figures, *wanted.figures])),
            stance=told.stance,
            sources=frozenset(wanted.chain),
            places=tuple(dict.fromkeys(figure.place for figure in wanted.figures if figure.place)),
            happened=wanted.happened,
        )
        self._new[made.id] = place
        self._add(made)
        return made

    def _add(self, claim: Known) -> None:
        self._known.append(claim)
        self._folded.append(fold(claim.text))
        place, distinct = len(self._known) - 1, set(terms(claim.text))
        self._frequency.update(distinct)
        # A page of ten thousand quotations must not be compared with itself word by word.
        for having in (
            *(self._having.setdefault(term, []) for term in distinct),
            *([self._counting] if claim.figures else []),
        ):
            if len(having) < MOST_CLAIMS:
                having.append(place)

    def _alike(self, wanted: Wanted) -> list[tuple[Match, float]]:
        """All claims that may be what is wanted, best first, each with the share of words that both sides have.

        Of claims that are equally likely, one that was held before goes before one that this document brings.
        """
        asked = frozenset(terms(wanted.text))
        records = BACKGROUND + len(self._known)
        rarities = {term: rarity(records, self._frequency[term]) for term in asked}
        near = self._near(asked, rarities, bool(wanted.figures))
        alike = likenesses(fold(wanted.text), [self._folded[place] for place in near], rarities)
        judged = [
            (judge(wanted, self._known[place], likeness), min(likeness.of_wanted, likeness.of_known))
            for place, likeness in zip(near, alike, strict=True)
        ]
        return sorted(
            judged,
            key=lambda pair: (pair[0].same is not Sameness.LIKELY, pair[0].known.id in self._new, -pair[0].score),
        )

    def _near(self, asked: frozenset[str], rarities: Mapping[str, float], counts: bool) -> list[int]:
        """The places of the claims that share the most telling words; where figures are asked for, of all with some."""
        weights: dict[int, float] = dict.fromkeys(self._counting if counts else (), 0.0)
        for term in asked:
            for place in self._having.get(term, ()):
                weights[place] = weights.get(place, 0.0) + rarities[term]
        return sorted(weights, key=lambda place: (-weights[place], place))[:COMPARED]


def wanted_of(assertion: Assertion, chain: Sequence[str], event: str | None, language: str) -> Wanted:
    """What an assertion asks for."""
    return Wanted(
        text=assertion.claim.text,
        figures=tuple(_counted(figure, language) for figure in assertion.figures),
        stance=assertion.stance if assertion.stance in (Stance.ASSERTS, Stance.DENIES) else None,
        chain=tuple(chain),
        event=event,
        happened=(assertion.claim.happened_earliest, assertion.claim.happened_latest),
    )


def votes_for_events(
    session: Session, made: Iterable[Assertion], chains: Sequence[Sequence[str]], language: str
) -> Counter[str]:
    """The events whose claims some of these assertions seem to make, by public id, with how many do.

    Only those that print a figure are asked: words alone are those of many events, and each question costs.
    """
    telling = [pair for pair in zip(made, chains, strict=True) if pair[0].figures]
    votes: Counter[str] = Counter()
    for assertion, chain in telling[:VOTERS]:
        wanted = wanted_of(assertion, chain, None, language)
        found = matches(session, wanted, SHOWN, Included.PROPOSED)
        votes.update({match.known.event for match in found if match.same is Sameness.LIKELY})
    return votes


def _same(wanted: Wanted, claim: Known, both: float) -> bool:
    if wanted.figures and claim.figures:
        shared = {fold(name) for name in wanted.chain} & {fold(name) for name in claim.sources}
        return any(
            _same_number(one, other) or (bool(shared) and _vaguer(one, other))
            for one, other in product(wanted.figures, claim.figures)
            if one.measure is None or other.measure is None or same_measure(one.measure, other.measure)
        )
    return both >= WORDING


def _same_number(one: Counted, other: Counted) -> bool:
    """Whether two figures print one number; the words around it ("more than") may have been dropped on the way."""
    if one.quantity.unit != other.quantity.unit:
        return False
    same = one.quantity.value is not None and one.quantity.value == other.quantity.value
    return same or agrees(one.quantity, other.quantity)


def _vaguer(one: Counted, other: Counted) -> bool:
    vague = Qualifier.VAGUE in (one.quantity.qualifier, other.quantity.qualifier)
    return vague and not disjoint(one.quantity, other.quantity)


def _counted(figure: FigureBase, language: str) -> Counted:
    quantity = Quantity(
        text=figure.text,
        qualifier=Qualifier(figure.qualifier),
        value=_number(figure.value),
        low=_number(figure.low),
        high=_number(figure.high),
        unit=figure.unit,
        language=language,
    )
    return Counted(quantity, figure.measure, figure.counted, figure.place)


def _number(value: float | None) -> Number | None:
    return None if value is None else whole(Decimal(repr(value)))
