"""Origins that have something at stake in the event that they speak about."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import (
    MOST_ROWS,
    either,
    groups_of,
    keys,
    listed,
    name_of,
    printed,
    share,
    source_row,
)
from provenance.vocabulary import Interest


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all established origins that have an interest, by themselves or through whom ties join them."""
    origins = picture.analysis.established_origins
    stakes = stakes_of(picture, origins)
    if not stakes:
        return
    names = listed(f"{name_of(picture, origin)} ({said})" for origin, said in stakes.items())
    yield Finding(
        reason=(
            f"{share(len(stakes), len(origins), 'established origin')} {either(len(stakes), 'has', 'have')} an "
            f"interest in the event: {names}."
        ),
        clears_when=(
            f"The recorded {either(len(stakes), 'interest is', 'interests are')} found not to exist; an origin without "
            f"one, established beside {either(len(stakes), 'it', 'them')}, lowers the share."
        ),
        rows=tuple(source_row(picture, origin, said) for origin, said in list(stakes.items())[:MOST_ROWS]),
        figures=keys(printed(picture.asserting)),
    )


def stakes_of(picture: ClaimPicture, origins: Collection[int]) -> dict[int, str]:
    """What each interested origin has at stake: its own interest, else that of somebody in its group."""
    if not picture.interests:
        return {}
    groups = groups_of(picture)
    interested = [source for source in picture.interests if source in picture.actors]
    found = {}
    for origin in origins:
        own = groups.of(picture.actors[origin])
        linked = [s for s in interested if s != origin and own & groups.of(picture.actors[s])]
        # Taking part outweighs being allied with those who do.
        linked.sort(key=lambda source: (picture.interests[source] is not Interest.PARTY, name_of(picture, source)))
        if origin in picture.interests:
            found[origin] = STAKES[picture.interests[origin]]
        elif linked:
            found[origin] = f"linked to {name_of(picture, linked[0])}, {STAKES[picture.interests[linked[0]]]}"
    return found


STAKES = {Interest.PARTY: "party to the event", Interest.ALIGNED: "aligned with a party to the event"}


RULE = Rule(
    key="interested_party",
    version=1,
    title="Comes from a party to the event",
    finds=(
        "Established origins that take part in the event, answer for those who do, are allied with them, or are linked "
        "to one of these by ties."
    ),
    why=(
        "Those who fought count their own dead and their opponents' dead for a purpose. The count may be right; it "
        "needs somebody without that purpose beside it."
    ),
    example=(
        "How many attackers died in Almaty is told by the police that fired on them: the spokeswoman, her department "
        "and the ministry are each party to the event."
    ),
    clears_when=(
        "The recorded interest is found not to exist. An established origin without one does not remove the flag; it "
        "lowers the share that the reason gives."
    ),
    find=find,
)
