"""The count of parties hangs on ties for which nobody has given a reference."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import MOST_ROWS, counted, either, keys, listed, printed, tie_row, tie_words
from provenance.vocabulary import Basis


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding where cited ties alone would give another number of parties."""
    parties = picture.analysis.established_parties
    cited_only = picture.analysis.parties_cited_only
    if len(parties) == cited_only:
        return
    known = [tie for party in parties for tie in party.ties if tie.basis is not Basis.CITED]
    ties = counted(len(known), "tie")
    yield Finding(
        reason=(
            f"The established origins are {counted(len(parties), 'party', 'parties')} by all stated ties and "
            f"{cited_only} by cited ties alone; {ties} {either(len(known), 'is', 'are')} only commonly known: "
            f"{listed(tie_words(picture, tie) for tie in known)}."
        ),
        clears_when=f"A reference is given for {either(len(known), 'this tie', f'these {len(known)} ties')}.",
        rows=tuple(tie_row(picture, tie) for tie in known[:MOST_ROWS]),
        figures=keys(printed(picture.asserting)),
    )


RULE = Rule(
    key="uncited_tie",
    version=1,
    title="Links between sources are not referenced",
    finds=(
        "Ties that change how many parties there are and that rest on general knowledge alone. They are used, and the "
        "count without them is given beside it."
    ),
    why=(
        "That two sources are one voice is itself a statement, and it lowers the count. A reader must be able to check "
        "it like any other."
    ),
    example=(
        "Everybody knows that the Almaty police answers to the Interior Ministry. As long as no reference is given, "
        "the page says so and shows both counts."
    ),
    clears_when="A reference that a reader can open, for each of these ties.",
    find=find,
)
