"""Questions about what is printed and counted: which figures are open, and which compete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provenance.analysis.tallying import tally_ledger
from provenance.answers import FigureItem
from provenance.answers_ledger import LedgerFigure, LedgerOrigin, TallyLedger
from provenance.assistants.arguments import AsOf, ClaimOrAll, ClaimOrTally, Event, KnownAt, Limit
from provenance.assistants.library import Library
from provenance.assistants.told import Citation, Point, Told, by_then, counted, in_marks, listed, rest, short, spoken
from provenance.errors import InvalidInput
from provenance.storage.reads.asked import FiguresAsked, moment_of
from provenance.storage.reads.figures import figures, number_of_figures
from provenance.vocabulary import OriginClass, Relation

OPEN = "unverified_figure"
CITED = 10
PAIRS = 10


@dataclass(frozen=True, slots=True)
class AboutFigures:
    """The questions about figures."""

    library: Library

    def unverified_figures(
        self,
        claim: ClaimOrAll = None,
        event: Event = None,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        limit: Limit = 10,
    ) -> Told:
        """Q3. Which figures are unverified, that is, not independently corroborated? Each with why, and what would
        clear it; of one claim, of one event, or of all.
        """
        moment = moment_of(as_of, known_at)
        named = None if claim is None else self.library.claim(claim, moment)
        asked = FiguresAsked(flag=[OPEN], claim=named, event=event, as_of=as_of, known_at=known_at, limit=limit)
        with self.library.at(moment) as session:
            shown, total = figures(session, asked).items, number_of_figures(session, asked)
        every = self.library.call("figures", flag=OPEN, claim=named, event=event, as_of=as_of, known_at=known_at)
        return Told(
            answer=[f"{counted(total, 'printed figure')}{by_then(as_of)} not independently corroborated."],
            facts={"claim": named, "event": event, "figures": total},
            points=list(self._figures(shown)),
            total=total,
            more=rest(total, len(shown), f"{every} lists all, page by page."),
            citations=[self.library.cited_figure(figure) for figure in shown[:PAIRS]],
        )

    def competing_figures(
        self, claim: ClaimOrTally, as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = 15
    ) -> Told:
        """Q7. Which figures compete? The ledger of what is being counted: each figure with whom it begins with, which
        can be compared and which field forbids it for the others. No winner is picked.
        """
        moment = moment_of(as_of, known_at)
        tally = self._tally(claim)
        with self.library.at(moment) as session:
            ledger = tally_ledger(session, tally)
        points = [self._entry(entry) for entry in ledger.figures[:limit]]
        number = f"{counted(len(ledger.figures), 'figure')}{by_then(as_of)}"
        every = self.library.call(f"tallies/{ledger.id}", as_of=as_of, known_at=known_at)
        return Told(
            answer=[
                f"{ledger.title}: {number}, of which no winner is picked.",
                *_compared(ledger),
            ],
            facts={
                "tally": ledger.id,
                "event": ledger.event,
                "figures": len(ledger.figures),
                "pairs": ledger.pairs_total,
            },
            points=points,
            total=len(ledger.figures),
            more=rest(len(ledger.figures), len(points), f"{every} has all."),
            citations=[Citation(id=ledger.id, page=str(self.library.page(ledger.id)), says="The ledger:")],
        )

    def _tally(self, named: str) -> str:
        if named.startswith("tal_"):
            return named
        claim = self.library.claim_detail(named)
        if claim.tally is None:
            raise InvalidInput(f"claim: {claim.id} counts in no tally, so no figure competes with it.", field="claim")
        return claim.tally

    def _figures(self, shown: Sequence[FigureItem]) -> Iterator[Point]:
        told: set[tuple[str, str]] = set()
        for figure in shown:
            [flag] = [flag for flag in figure.flags if flag.rule == OPEN]
            said = f"“{figure.text}”, {' → '.join(figure.chain)}"
            # All figures of a claim are open for one reason; once is enough to read it.
            if (figure.claim, flag.reason) not in told:
                told.add((figure.claim, flag.reason))
                said = f"{said} ({short(figure.claim_text)}): {short(flag.reason)} Clears: {flag.clears_when}"
            yield Point(says=said, id=figure.id, page=self.library.page(figure.report))

    def _entry(self, entry: LedgerFigure) -> Point:
        origins = listed(dict.fromkeys(_begins(origin) for origin in entry.origins), 3) or "origin not stated"
        said = (
            f"“{entry.text}” ({entry.status.value}), first published {entry.published_at or 'at an unknown time'}, in "
            f"{counted(entry.documents, 'document')}, from {origins}: {short(entry.claim_text, 200)}"
        )
        return Point(says=said, id=entry.claim, page=self.library.page(entry.claim))


def _compared(ledger: TallyLedger) -> Iterator[str]:
    """How many pairs stand to each other how, and those that contradict each other."""
    for (relation, field), number in Counter((pair.relation, pair.field) for pair in ledger.pairs).most_common():
        why = "" if field is None else f" ({'missing' if relation is Relation.UNKNOWN else 'they differ in'}: {field})"
        yield f"{counted(number, 'pair')} {spoken(relation)}{why}."
    if ledger.pairs_total > len(ledger.pairs):
        yield f"These are {len(ledger.pairs)} of {ledger.pairs_total} pairs."
    texts = {entry.claim: in_marks(entry.text) for entry in ledger.figures}
    for pair in [pair for pair in ledger.pairs if pair.relation is Relation.CONFLICTING][:PAIRS]:
        yield f"{texts[pair.claim]} ({pair.claim}) and {texts[pair.other]} ({pair.other}) exclude each other."


def _begins(origin: LedgerOrigin) -> str:
    if origin.origin_class is OriginClass.NOT_STATED:
        return f"an origin that is not stated (last carrier {origin.source})"
    return origin.source
