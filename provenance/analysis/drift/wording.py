"""Which words of a quotation changed, word by word, where both reports quote and quote in one language."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from difflib import SequenceMatcher
from functools import partial

from provenance.analysis.drift.comparing import Pair, pairs, weaker
from provenance.analysis.drift.found import Drift, sentence, side
from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.vocabulary import ComparedWith, DriftField, DriftKind, Sureness

# Below this share of common words two quotations are different sentences, and a list of differences says nothing.
LEAST_ALIKE = 0.5


def found(picture: ClaimPicture) -> Iterator[Drift]:
    """Quotations that differ in some words from what they are compared with, in its own language."""
    languages = {_language(report) for report in picture.asserting if report.quote}
    for language in sorted(languages):
        for pair in pairs(picture, partial(_reading, language)):
            if changes := changed(pair.was.quote or "", pair.now.quote or ""):
                yield _drift(pair, *changes)


def changed(was: str, now: str) -> tuple[str, str] | None:
    """The words that one has and the other has not; None where they are the same, or different sentences altogether.

    >>> changed("Dozens of attackers were eliminated, police said.", "Dozens of attackers were immobilised")
    ('eliminated police said', 'immobilised')
    """
    one, other = _words(was), _words(now)
    matcher = SequenceMatcher(None, [word.casefold() for word in one], [word.casefold() for word in other], False)
    if matcher.ratio() < LEAST_ALIKE:
        return None
    edits = [edit for edit in matcher.get_opcodes() if edit[0] != "equal"]
    if not edits:
        return None
    return (
        " … ".join(filter(None, (" ".join(one[start:end]) for _, start, end, _, _ in edits))),
        " … ".join(filter(None, (" ".join(other[start:end]) for _, _, _, start, end in edits))),
    )


def _reading(language: str, report: ReportView) -> Hashable | None:
    return tuple(map(str.casefold, _words(report.quote))) if report.quote and _language(report) == language else None


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+(?:[.,]\d+)*", text)


def _language(report: ReportView) -> str:
    return (report.language or "").partition("-")[0]


def _drift(pair: Pair, from_: str, to: str) -> Drift:
    # Two outlets that quote one statement may have translated or cut it differently; only a source's own text is firm.
    sure = pair.sure if pair.against is ComparedWith.UPSTREAM else weaker(pair.sure, Sureness.POSSIBLE)
    before, after = side(pair.was), side(pair.now)
    return Drift(
        before=before,
        after=after,
        field=DriftField.WORDING,
        kind=DriftKind.WORDING,
        from_=from_ or "nothing",
        to=to or "nothing",
        sure=sure,
        against=pair.against,
        reason=sentence(before, after, from_ or "nothing", to or "nothing", "other words are quoted", pair.against),
    )
