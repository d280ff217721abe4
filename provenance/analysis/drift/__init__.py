"""What changed on the way: each report of a claim against the one upstream of it, else against the earliest.

It compares printed words and values, and does not ask whether two figures could both be true: "more than 1,000" that
became "1,000" has lost something although no number satisfies only one of them. Neither reading is called right.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.drift import counting, headlines, numbers, sources, wording
from provenance.analysis.drift.found import Drift, Side
from provenance.analysis.picture import ClaimPicture
from provenance.vocabulary import ComparedWith, DriftField

__all__ = ["Drift", "Side", "drifts"]


# Which part finds what, so that a rule that asks about one field does not compare all of them.
PARTS = (
    (numbers.found, frozenset({DriftField.FIGURE, DriftField.QUALIFIER, DriftField.UNIT})),
    (
        counting.found,
        frozenset({DriftField.MEASURE, DriftField.COUNTED, DriftField.PLACE, DriftField.AS_OF, DriftField.HEADLINE}),
    ),
    (sources.found, frozenset({DriftField.SOURCE, DriftField.MERGED})),
    (wording.found, frozenset({DriftField.WORDING})),
    (headlines.found, frozenset({DriftField.HEADLINE})),
)


def drifts(picture: ClaimPicture, *fields: DriftField) -> tuple[Drift, ...]:
    """Everything that differs between reports of a claim, report by report in their own order.

    Only in these fields, where some are given. Only reports that assert the claim are compared. A report whose date is
    unknown, or too coarse to say that it was out by the moment of the picture, is compared and no standard for others.
    Where a publisher corrects itself, its correction is held against nobody.

    Rosbalt has 317 injured from the ministry on 5 January, and a page of 6 January that names the same ministry 137:
    `figure`, `transposed_digits`, from 317 to 137, certain, against the earliest report.

    A police spokeswoman is no drift from the police that she speaks for, and "tens" are "dozens" elsewhere.
    """
    place = {report.public_id: number for number, report in enumerate(picture.reports)}
    asked, mending = frozenset(fields or DriftField), _mending(picture)
    found = [one for one in _found(picture, asked) if one.against is ComparedWith.BODY or one.report not in mending]
    return tuple(sorted(found, key=lambda one: place[one.report]))


def _mending(picture: ClaimPicture) -> frozenset[str]:
    """Reports in which a publisher puts right what it had stated itself: there a difference is the point."""
    carried = {(one.document, one.by.id) for one in picture.corrections if one.kind.withdraws}
    return frozenset(
        report.public_id for report in picture.asserting if (report.document_public_id, report.publisher.id) in carried
    )


def _found(picture: ClaimPicture, asked: frozenset[DriftField]) -> Iterator[Drift]:
    for found, fields in PARTS:
        if fields & asked:
            yield from (one for one in found(picture) if one.field in asked)
