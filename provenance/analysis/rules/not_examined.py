"""Several parties that may or may not be linked: nobody has looked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import MOST_ROWS, counted, either, groups_of, keys, listed, printed, source_row
from provenance.chain import Party
from provenance.ties import above
from provenance.vocabulary import Verdict


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding where the verdict is `unexamined`, naming the pairs that are open."""
    if picture.analysis.verdict is not Verdict.UNEXAMINED:
        return
    parties = picture.analysis.established_parties
    pairs = open_pairs(picture)
    all_pairs = len(parties) * (len(parties) - 1) // 2
    some = f"of {counted(all_pairs, 'pair')} {len(pairs)} {either(len(pairs), 'was', 'were')} not examined for ties"
    state = "nobody has examined whether they are tied" if len(pairs) == all_pairs else some
    names = listed((f"{one.name} with {other.name}" for one, other in pairs), most=5)
    yield Finding(
        reason=(f"The established origins form {counted(len(parties), 'party', 'parties')}; {state}: {names}."),
        clears_when=(
            f"Somebody examines {either(len(pairs), 'the pair', f'the {len(pairs)} pairs')} and records the tie "
            "that was found, or signs that none was."
        ),
        rows=tuple(
            source_row(picture, one.origins[0], f"no tie to {other.name} is recorded, and no search for one")
            for one, other in pairs[:MOST_ROWS]
        ),
        figures=keys(printed(picture.asserting)),
    )


def open_pairs(picture: ClaimPicture) -> list[tuple[Party, Party]]:
    """The pairs of parties that no signed `examined_no_tie` covers, at the party itself or at a body above it."""
    groups = groups_of(picture)
    parties = picture.analysis.established_parties
    party_of = {s: i for i, party in enumerate(parties) for s in above(party.origins, groups, picture.actors)}
    signed = {frozenset((party_of.get(tie.source), party_of.get(tie.other))) for tie in groups.examined}
    pairs = combinations(range(len(parties)), 2)
    return [(parties[one], parties[other]) for one, other in pairs if frozenset((one, other)) not in signed]


RULE = Rule(
    key="not_examined",
    version=1,
    title="Independence not examined",
    finds=(
        "Two or more established parties between which no tie is recorded, and which nobody has examined and signed as "
        "not tied."
    ),
    why=(
        "A missing tie is a gap in the record, not a sign of independence. Two agencies may share an owner, two "
        "witnesses a flat; until somebody has looked, nobody can say that they corroborate each other."
    ),
    example=(
        "A ministry and the United Nations both speak of a thousand injured. They may be two voices, or the second may "
        "have it from the first; nobody has signed which."
    ),
    clears_when="For each pair of parties a recorded tie, or a signed and dated finding that there is none.",
    find=find,
)
