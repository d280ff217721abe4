"""Several origins that ties join into one: they look like several voices and count as one."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Row, Rule
from provenance.analysis.rules.words import (
    MOST_ROWS,
    counted,
    keys,
    listed,
    name_of,
    printed,
    source_row,
    tie_row,
)
from provenance.vocabulary import Basis, Verdict


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding where two or more established origins are one party."""
    origins = picture.analysis.established_origins
    if picture.analysis.verdict is not Verdict.SINGLE or len(origins) < 2:
        return
    party = picture.analysis.established_parties[0]
    names = listed(name_of(picture, origin) for origin in origins)
    uncited = sum(tie.basis is not Basis.CITED for tie in party.ties)
    doubt = f" ({uncited} only commonly known)" if uncited else ""
    yield Finding(
        reason=(
            f"{counted(len(origins), 'established origin')} ({names}) belong to one party, {party.name}, joined by "
            f"{counted(len(party.ties), 'tie')}{doubt}; quoted side by side they still count once."
        ),
        clears_when=f"An origin that no tie joins to {party.name} is established.",
        rows=origin_rows(picture) + tuple(tie_row(picture, tie) for tie in party.ties[: MOST_ROWS // 2]),
        figures=keys(printed(picture.asserting)),
    )


def origin_rows(picture: ClaimPicture) -> tuple[Row, ...]:
    behind: dict[int, set[int]] = {}
    for origin in picture.analysis.origins:
        if origin.established:
            behind.setdefault(origin.source, set()).update(origin.reports)
    return tuple(
        source_row(picture, source, f"origin of {counted(len(reports), 'report')}")
        for source, reports in list(behind.items())[: MOST_ROWS // 2]
    )


RULE = Rule(
    key="one_party",
    version=1,
    title="Several origins, one party",
    finds="Two or more origins are established, and stated ties join all of them into one group of linked sources.",
    why=(
        "A spokeswoman, her department and its ministry are quoted as three sources and speak for one. Agreement "
        "inside such a group corroborates nothing."
    ),
    example=(
        "For “dozens eliminated”, some documents name the police spokeswoman Saltanat Azirbek, others the Almaty "
        "police or the Interior Ministry. Ties join them: one party, the State of Kazakhstan."
    ),
    clears_when="An established origin outside the party.",
    find=find,
)
