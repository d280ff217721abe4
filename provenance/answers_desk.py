"""What is answered about a desk's own work: how far it is with each claim, whom it asked, what is to be done next."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from provenance.answers import Answer, EvidenceRow
from provenance.answers_detail import RECORDED_FROM
from provenance.vocabulary import ClaimStatus, ContactMeans, ContactOutcome, DeskAct, DeskState, Verdict

NOT_ON_THE_DESK = "null: the claim was never put on the desk, or was taken off it."


class NoteItem(Answer):
    """A private note on a claim."""

    id: str = Field(description="Public id.")
    claim: str = Field(description="Public id of the claim.")
    author: str = Field(description="Who wrote it.")
    at: datetime = Field(description="When it was written.")
    text: str = Field(description="The note.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class ContactItem(Answer):
    """One entry of the contact log of a claim: somebody was asked."""

    id: str = Field(description="Public id.")
    claim: str = Field(description="Public id of the claim.")
    asked: str = Field(description="Who was asked, in words.")
    source: str | None = Field(description="Name of the source that was asked; null: none that is recorded.")
    source_id: str | None = Field(description="Public id of that source.")
    how: ContactMeans = Field(description="How.")
    at: datetime = Field(description="When.")
    outcome: ContactOutcome = Field(description="What came of it.")
    words: str | None = Field(description="What was said; null: nothing, or not noted.")
    author: str = Field(description="Who asked.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class WatchItem(Answer):
    """Somebody watches something."""

    id: str = Field(description="Public id.")
    who: str = Field(description="Who watches.")
    since: datetime = Field(description="Since when.")
    noun: str = Field(description="What kind of thing: claim, event, source or tally.")
    watched: str = Field(description="Public id of the thing.")
    label: str = Field(description="The thing in words: a claim's sentence, a title, or a name.")
    changed_at: datetime = Field(description="When the record of the thing itself was last changed.")


class OwnCorrectionItem(Answer):
    """What this desk had published wrongly about a claim, and says otherwise now."""

    id: str = Field(description="Public id.")
    claim: str = Field(description="Public id of the claim.")
    claim_text: str = Field(description="The claim in a sentence.")
    event: str = Field(description="Public id of the event.")
    event_title: str = Field(description="What happened, in a few words.")
    at: datetime = Field(description="When we corrected it.")
    said: str = Field(description="What we had said.")
    says: str = Field(description="What we say now.")
    why: str = Field(description="How it came about, and how it was noticed.")
    author: str = Field(description="Who answers for it.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class DeskEntry(Answer):
    """One claim on the desk, in a list."""

    claim: str = Field(description="Public id of the claim.")
    claim_text: str = Field(description="The claim in a sentence.")
    event: str = Field(description="Public id of the event.")
    event_title: str = Field(description="What happened, in a few words.")
    status: ClaimStatus | None = Field(description="Where the claim stands; null: not computed yet.")
    verdict: Verdict | None = Field(description="How independent its origins are; null: not computed yet.")
    documents: int = Field(description="Documents that state it.")
    flags: list[str] = Field(description="Keys of the rules that found something.")
    state: DeskState = Field(description="How far the desk is with it.")
    holder: str | None = Field(description="Who has it; null: nobody.")
    due: datetime | None = Field(description="By when; null: no time was set.")
    notes: int = Field(description="How many notes there are.")
    contacts: int = Field(description="How many times somebody was asked.")
    last_contact: ContactItem | None = Field(description="The latest entry of the contact log; null: nobody was asked.")
    watchers: list[str] = Field(description="Who watches it.")
    own_corrections: int = Field(description="How many corrections of ours there are.")
    changed_at: datetime = Field(description="When its state, holder or time was last changed.")


class DeskStep(Answer):
    """Who moved a claim on, or handed it over."""

    at: datetime = Field(description="When.")
    who: str = Field(description="Who did it, as the history has it.")
    why: str | None = Field(description="The reason given.")
    state: DeskState | None = Field(description="How far the desk was from then on; null: it was taken off.")
    holder: str | None = Field(description="Who had it from then on.")
    due: datetime | None = Field(description="By when it was due from then on.")


class ClaimDesk(Answer):
    """What the desk keeps about one claim."""

    claim: str = Field(description="Public id of the claim.")
    claim_text: str = Field(description="The claim in a sentence.")
    state: DeskState | None = Field(description=f"How far the desk is with it; {NOT_ON_THE_DESK}")
    holder: str | None = Field(description="Who has it; null: nobody.")
    due: datetime | None = Field(description="By when; null: no time was set.")
    notes: list[NoteItem] = Field(description="Private notes, oldest first.")
    contacts: list[ContactItem] = Field(description="The contact log, oldest first.")
    watches: list[WatchItem] = Field(description="Who watches the claim.")
    own_corrections: list[OwnCorrectionItem] = Field(description="What we had published wrongly, oldest first.")
    steps: list[DeskStep] = Field(description="Who moved it on or handed it over, oldest first.")


class TaskClaim(Answer):
    """A claim that a task is about, with how far the desk is."""

    id: str = Field(description="Public id.")
    text: str = Field(description="The claim in a sentence.")
    documents: int = Field(description="Documents that state it.")
    figures: int = Field(description="Figures that the flags of the task are about.")
    state: DeskState | None = Field(description=f"How far the desk is with it; {NOT_ON_THE_DESK}")
    holder: str | None = Field(description="Who has it; null: nobody.")


class TaskSource(Answer):
    """Somebody whom a task concerns."""

    id: str = Field(description="Public id.")
    name: str = Field(description="Name.")


class TaskFlag(Answer):
    """A flag that a task would settle, or help to settle."""

    claim: str = Field(description="Public id of the claim.")
    rule: str = Field(description="Key of the rule.")
    clears_when: str = Field(description="What would clear it, in the words of the flag.")
    settles: bool = Field(description="Whether this alone would clear it; else something else is needed too.")


class DeskTask(Answer):
    """Something to do next: one act, with all that it would settle."""

    id: str = Field(description="A name that stays the same while the task does.")
    rank: int = Field(description="Its place in the list, from 1.")
    act: DeskAct = Field(description="What kind of work it is.")
    do: str = Field(description="What to do, in a sentence.")
    why: str = Field(description="Why it stands where it does, in a sentence made from the counts.")
    settles: int = Field(description="Flags that it alone would clear.")
    helps: int = Field(description="Further flags that need something else too.")
    figures: int = Field(description="Figures that those flags are about.")
    documents: int = Field(description="Documents that state the claims concerned; one that states two counts twice.")
    rules: list[str] = Field(description="Keys of the rules whose flags these are.")
    flags: list[TaskFlag] = Field(description="Those flags, the ones that it would clear first.")
    claims: list[TaskClaim] = Field(description="The claims concerned, most documents first.")
    sources: list[TaskSource] = Field(description="Whom it concerns.")
    rows: list[EvidenceRow] = Field(description="The records to look at.")


class Publication(Answer):
    """What may be printed about a claim: a sentence, a box about the method, and how to cite the page."""

    claim: str = Field(description="Public id of the claim.")
    as_of: str | None = Field(description="The moment that it is restricted to: what was published by then.")
    known_at: str | None = Field(description="The moment that it is restricted to: what this database held then.")
    sentence: str = Field(description="One sentence to print, made from the counts.")
    methods: list[str] = Field(description="How it was found out, in a few sentences for a box.")
    citation: str = Field(description="How to cite the page.")
    address: str = Field(description="The permanent address of the page.")
    own_corrections: list[OwnCorrectionItem] = Field(
        description="What we had published wrongly about it, oldest first."
    )
