"""A later statement of the same series took the claim's place."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.picture import Account, ClaimPicture, CorrectionView
from provenance.analysis.rule import Finding, Row, Rule
from provenance.analysis.rules.words import MOST_ROWS, correction_row, done, keys, listed, printed, quoted
from provenance.vocabulary import CorrectionKind


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding for all statements that took its place."""
    replaced = [one for one in picture.corrections if one.kind is CorrectionKind.SUPERSESSION and one.applies]
    if not replaced:
        return
    by = [(one, replacement(picture, one)) for one in replaced]
    later = [account for _, account in by if account is not None]
    claims = (Row("claim", account.public_id, quoted(account.text)) for account in later)
    yield Finding(
        reason=f"A later statement took its place: {listed(_told(one, account) for one, account in by)}.",
        clears_when="The later statement is found to count something else, and the record of it is retired.",
        rows=(*map(correction_row, replaced[: MOST_ROWS // 2]), *claims)[:MOST_ROWS],
        figures=keys(printed(picture.asserting)),
    )


def replacement(picture: ClaimPicture, correction: CorrectionView) -> Account | None:
    """The account that took the claim's place; None if none was named, or nobody asserts it in what is held."""
    named = (account for account in picture.accounts if account.claim == correction.superseded_by)
    return next(named, None)


def _told(correction: CorrectionView, account: Account | None) -> str:
    what = quoted(account.text.rstrip(".")) if account else "which claim is not recorded"
    return f"{done(correction)}, by {what}" if account else f"{done(correction)}; {what}"


RULE = Rule(
    key="superseded",
    version=1,
    title="Replaced by a later statement",
    finds="Claims that a later statement of the same series replaced, with that statement.",
    why=(
        "An early toll is not wrong because a later one is larger; both were published. Who cites it today cites a "
        "state that its own source has left behind."
    ),
    example="On 6 January 2022 the Interior Ministry's 8 officers killed became 18, and 317 injured became 748.",
    clears_when="The later statement is found to count something else, and the record of it is retired.",
    find=find,
)
