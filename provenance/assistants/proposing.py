"""What an assistant may write where that is allowed: proposals, which count for nothing until a person accepts them.

There is no tool that accepts, changes or deletes, and none will be: that is for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from provenance.analysis.recording import recording
from provenance.assistants.letting_in import proposer
from provenance.assistants.library import Library
from provenance.assistants.told import Citation, Told
from provenance.errors import InvalidInput
from provenance.storage.claim import ClaimBase
from provenance.storage.event import Event
from provenance.storage.reads.documents import document_detail
from provenance.storage.report import ReportCreate
from provenance.storage.writes.finding import referred
from provenance.storage.writes.proposals import propose_claims
from provenance.storage.writes.reports import create_report
from provenance.vocabulary import ClaimKind, Manner, ReportState, Stance

Assistant = Annotated[
    str, Field(min_length=1, max_length=80, description="Who proposes: the name of the model or program; it is kept.")
]
Why = Annotated[str, Field(min_length=3, max_length=2000, description="Why, for the person who decides; it is kept.")]
WAITING = "It is proposed: it counts for nothing until a person accepts it."


@dataclass(frozen=True, slots=True)
class Proposing:
    """The tools that write."""

    library: Library

    def propose_claim(
        self,
        event: Annotated[str, Field(max_length=100, description="Public id of the event (evt_…).")],
        text: Annotated[str, Field(min_length=1, max_length=2000, description="The assertion, in a sentence.")],
        assistant: Assistant,
        why: Why,
        kind: Annotated[ClaimKind, Field(description="What it asserts.")] = ClaimKind.FIGURE,
    ) -> Told:
        """Propose a claim. Ask do_we_know_this first: what is known is not proposed again."""
        who = proposer()
        with recording(self.library.engine, who, f"{_who(assistant)}: {why}") as writer:
            happened = referred(writer.session, Event, event, "event")
            [claim] = propose_claims(writer, happened, [ClaimBase(text=text, kind=kind)])
            made = claim.public_id
        return self._made("claim", made)

    def propose_report(
        self,
        claim: Annotated[
            str, Field(max_length=100, description="Public id of the claim (clm_…), also a proposed one.")
        ],
        document: Annotated[str, Field(max_length=100, description="Public id of the document (doc_…).")],
        quote: Annotated[
            str, Field(min_length=1, max_length=4000, description="The words of the document, exactly as they stand.")
        ],
        assistant: Assistant,
        why: Why,
        stance: Annotated[Stance, Field(description="What the document does with the claim.")] = Stance.ASSERTS,
        through: Annotated[
            list[str],
            Field(
                max_length=6,
                description="From whom it comes, as the document names them: the first source, then each that relays "
                "it, by public id or name; without the publisher of the document. Empty: it names nobody.",
            ),
        ] = [],  # noqa: B006 - a model reads the default in the schema, and nothing changes it
        figure: Annotated[
            str | None, Field(max_length=200, description="The figure exactly as printed in the quote; null: none.")
        ] = None,
    ) -> Told:
        """Propose that a document states a claim, with the words that say so; they must stand in its text."""
        who = proposer()
        with self.library.at() as session:
            publisher = document_detail(session, document).publisher_id
        chain = [*(self.library.source(named, "through") for named in through), publisher]
        given = ReportCreate.model_validate(
            {
                "document": document,
                "claim": claim,
                "quote": quote,
                "stance": stance,
                "state": ReportState.PROPOSED,
                "extractor": _who(assistant),
                "attributions": [
                    {"upstream": one, "downstream": next, "manner": Manner.SAID} for one, next in pairwise(chain)
                ],
                "figures": [] if figure is None else [{"text": figure}],
            }
        )
        with recording(self.library.engine, who, f"{_who(assistant)}: {why}") as writer:
            made = create_report(writer, given).public_id
        return self._made("report", made)

    def _made(self, noun: str, public_id: str) -> Told:
        page = str(self.library.page(public_id))
        return Told(
            answer=[f"Proposed {noun} {public_id}. {WAITING}"],
            facts={noun: public_id, "state": ReportState.PROPOSED.value},
            total=1,
            citations=[Citation(id=public_id, page=page, says=f"The proposed {noun}:")],
        )


def _who(assistant: str) -> str:
    name = " ".join(assistant.split())
    if not name.isprintable() or not name:
        raise InvalidInput("assistant: it has characters that cannot be printed. Give a plain name.", field="assistant")
    return f"assistant: {name}"
