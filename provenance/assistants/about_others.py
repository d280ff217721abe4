"""Questions about more than one claim: what there is, which figures are open or compete, what is known already, what
falls with whom, and who wrote what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from provenance.analysis.impact import what_if
from provenance.analysis.knowing import match
from provenance.answers import ClaimItem
from provenance.answers_history import HistoryItem
from provenance.answers_impact import ClaimImpact
from provenance.assistants.arguments import (
    AsOf,
    Event,
    KnownAt,
    Limit,
    Record,
    Sentence,
    Sources,
    Words,
)
from provenance.assistants.library import Library
from provenance.assistants.told import Citation, Fact, Point, Told, counted, listed, rest, short, spoken
from provenance.errors import InvalidInput
from provenance.exchange.addresses import NOUNS, PLURALS
from provenance.storage.reads.asked import ClaimsAsked
from provenance.storage.reads.asked_history import HistoryAsked, WholeHistoryAsked
from provenance.storage.reads.asked_impact import WhatIfAsked
from provenance.storage.reads.asked_match import MatchAsked
from provenance.storage.reads.changes import RecordNoun, history_of, whole_history
from provenance.storage.reads.claims import claims, number_of_claims
from provenance.storage.record import PREFIXES
from provenance.vocabulary import Sameness

CITED = 10
ALIKE = 20  # claims that are compared with a sentence; nobody reads on to less likely ones


@dataclass(frozen=True, slots=True)
class AboutOthers:
    """The questions that are not about one claim alone."""

    library: Library

    def find_claims(
        self, words: Words, event: Event = None, as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = 10
    ) -> Told:
        """Find claims by words, those that most documents state first. For a whole sentence, in other words or another
        language, use do_we_know_this.
        """
        asked = ClaimsAsked(q=words, event=event, as_of=as_of, known_at=known_at, sort="-documents", limit=limit)
        with self.library.at(asked.moment) as session:
            found, total = claims(session, asked).items, number_of_claims(session, asked)
        every = self.library.call("claims", q=words, event=event, as_of=as_of, known_at=known_at, sort="-documents")
        return Told(
            answer=[f"Claims with these words: {total}." if found else self._none_with(words, asked)],
            points=[self._claim(claim) for claim in found],
            total=total,
            more=rest(total, len(found), f"Add words, or give an event; {every} lists all.") if found else FEWER,
            citations=[self._cited(claim.id, f"{claim.event_title} ({claim.event}):") for claim in found[:CITED]],
        )

    def _none_with(self, words: str, asked: ClaimsAsked) -> str:
        with self.library.at() as session:
            today = number_of_claims(session, ClaimsAsked(q=words, event=asked.event)) if asked.moment else 0
        none = f"No claim has all the words '{words}'"
        return f"{none} and was stated and held by then; {counted(today, 'claim')} today." if today else f"{none}."

    def do_we_know_this(self, sentence: Sentence, event: Event = None, limit: Limit = 5) -> Told:
        """Q8. Do we know this claim already? Claims that a sentence may be, in whatever words, ranked, with the
        reasons. Whether it is the same one an editor decides.
        """
        with self.library.at() as session:
            found = match(session, MatchAsked(text=sentence, event=event, limit=ALIKE)).items
        shown, total = found[:limit], len(found) if len(found) < ALIKE else None
        points = [
            Point(
                says=f"{SAID[each.same]}: {short(each.text)} Why: {short(' '.join(each.reasons[:3]))}",
                id=each.claim,
                page=self.library.page(each.claim),
            )
            for each in shown
        ]
        alike = Counter(each.same for each in found)
        return Told(
            answer=[*([MOST_ALIKE] if total is None else []), *_known(alike)],
            facts={same.value: alike[same] for same in Sameness},
            points=points,
            total=total,
            more=rest(total, len(shown), RANKED),
            citations=[self._cited(each.claim, f"{each.event_title} ({each.event}):") for each in shown],
        )

    def what_if_withdrawn(
        self,
        sources: Sources,
        with_linked: Annotated[
            bool, Field(description="Also everybody whom ties join to them, such as a state.")
        ] = False,
        event: Event = None,
        as_of: AsOf = None,
        known_at: KnownAt = None,
        limit: Limit = 5,
    ) -> Told:
        """Q5. What falls if these sources are withdrawn or distrusted? Claims and reports that are left without
        support, and through whom the others still stand. Nothing is changed.
        """
        asked = WhatIfAsked(
            sources=[self.library.source(each) for each in sources],
            with_linked=with_linked,
            event=event,
            as_of=as_of,
            known_at=known_at,
            limit=limit,
        )
        with self.library.at(asked.moment) as session:
            falls = what_if(session, asked)
        facts: dict[str, Fact] = {
            "claims": falls.claims,
            "claims_losing_all_support": falls.claims_losing_all_support,
            "reports_fallen": falls.reports_fallen,
            "reports_standing": falls.reports_standing,
        }
        body = asked.model_dump_json(exclude_defaults=True, exclude={"limit"})
        named = [self._cited(each.source_id, each.source) for each in falls.withdrawn.sources if each.given]
        return Told(
            answer=[falls.says],
            facts=facts,
            points=[self._impact(impact) for impact in falls.items],
            total=falls.claims,
            more=rest(falls.claims, len(falls.items), f"POST {self.library.base}/v1/what-if with {body} has more."),
            citations=[*named, *(self._cited(impact.claim, "The claim:") for impact in falls.items)],
        )

    def who_changed(self, record: Record, limit: Limit = 10) -> Told:
        """Q10. Who changed a record, when and why? The newest entries of the append-only history first."""
        plural = self._noun(record)
        with self.library.at() as session:
            if plural is None:
                page = whole_history(session, WholeHistoryAsked(record=record, limit=limit))
            else:
                # With its parts: a source's names and ties, a report's hops and figures.
                page = history_of(session, RecordNoun(plural), record, HistoryAsked(limit=limit))
        path = f"{plural}/{record}/history" if plural else "history"
        every = self.library.call(path, record=None if plural else record)
        return Told(
            answer=[f"The history of {record}, newest first."],
            points=[_entry(item) for item in page.items],
            total=None if page.next else len(page.items),
            more=f"{every} lists all, page by page." if page.next else None,
            citations=[self._cited(record, "The record:")] if self.library.page(record) else [],
        )

    def _noun(self, record: str) -> str | None:
        if record[:3] in UNTOLD:
            raise InvalidInput(
                "record: what a desk keeps about its own work is not told to assistants. Name a claim, a report, a "
                "source or another record of what was published.",
                field="record",
            )
        return PLURALS.get(NOUNS.get(record[:3], ""))

    def _claim(self, claim: ClaimItem) -> Point:
        verdict = claim.verdict.value if claim.verdict else "not computed yet"
        status = claim.status.value if claim.status else "not computed yet"
        said = (
            f"{short(claim.text)} ({counted(claim.documents, 'document')}; independence: {verdict}; status: {status})"
        )
        return Point(says=said, id=claim.id, page=self.library.page(claim.id))

    def _impact(self, impact: ClaimImpact) -> Point:
        rests = f"still rests on {counted(impact.after.reports, 'report')}"
        lost = "is left with no support" if impact.loses_all_support else rests
        through = listed((each.source for each in impact.support_cut.sources), 3)
        said = f"{short(impact.text, 200)} {lost}; {counted(len(impact.fallen), 'report falls', 'reports fall')}"
        return Point(
            says=f"{said}; what is left rests on {through}" if through else said,
            id=impact.claim,
            page=self.library.page(impact.claim),
        )

    def _cited(self, public_id: str, says: str) -> Citation:
        return Citation(id=public_id, page=str(self.library.page(public_id)), says=says)


UNTOLD = {PREFIXES[table] for table in ("desk_item", "desk_note", "contact", "watch", "hook")}
FEWER = "Use fewer words, or ask do_we_know_this with a whole sentence."
NOTHING_KNOWN = "No known claim is like it. That says nothing about what others have published."
MOST_ALIKE = f"Compared with the {ALIKE} claims that are most alike; there are more that share a word."
RANKED = "Raise `limit`, or give an event."
SAID = {
    Sameness.LIKELY: "likely this one",
    Sameness.POSSIBLE: "perhaps this one",
    Sameness.DIFFERENT: "different, so another account or about something else",
}


def _known(alike: Counter[Sameness]) -> Iterator[str]:
    likely, perhaps, different = (alike[each] for each in SAID)
    if not alike:
        yield NOTHING_KNOWN
    elif likely or perhaps:
        yield (
            f"{counted(likely + perhaps, 'known claim')} may be this one: {likely} likely, {perhaps} perhaps; an "
            "editor decides."
        )
    else:
        yield "No known claim may be this one."
    if different:
        which = "which is another account" if different == 1 else "each another account"
        yield f"{counted(different, 'related claim')}, {which} or about something else."


def _entry(item: HistoryItem) -> Point:
    fields = listed((change.field for change in item.changes), 6)
    said = f"{item.at.isoformat()} {item.who} {item.action} this {spoken(item.noun)}"
    return Point(
        says=f"{said}{f': {fields}' if fields else ''}{f' (why: {short(item.why)})' if item.why else ''}", id=item.id
    )
