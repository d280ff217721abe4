"""What changed on the way: each report of a claim against the one upstream of it, else against the earliest.

It compares printed words and values, and does not ask whether two figures could both be true: "more than 1,000" that
became "1,000" has lost something although no number satisfies only one of them. Neither reading is called right.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.drift import counting, headlines, numbers, sources, wording
from provenance.analysis.drift.found import Drift, Side
from provenance.analysis.picture import ClaimPicture

__all__ = ["Drift", "Side", "drifts"]


def drifts(picture: ClaimPicture) -> tuple[Drift, ...]:
    """Everything that differs between reports of a claim, report by report in their own order.

    Only reports that assert the claim are compared. Of a report that was certainly out by the moment of the picture
    another may be said to have drifted; a report whose date is unknown is compared, and nothing is compared with it.

    Rosbalt has 317 injured from the ministry on 5 January, and a page of 6 January that names the same ministry 137:
    `figure`, `transposed_digits`, from 317 to 137, certain, against the earliest report.

    A spokeswoman on the news is no drift from the police that she speaks for, and "tens" are "dozens" elsewhere.
    """
    place = {report.public_id: number for number, report in enumerate(picture.reports)}
    return tuple(sorted(_found(picture), key=lambda one: place[one.report]))


def _found(picture: ClaimPicture) -> Iterator[Drift]:
    for part in (numbers, counting, sources, wording, headlines):
        yield from part.found(picture)
