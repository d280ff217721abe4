"""Everything that can be traced goes back to one and the same source."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.beginnings import paths_of
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import (
    MOST_ROWS,
    chain,
    either,
    keys,
    name_of,
    printed,
    report_rows,
    share,
    source_row,
)
from provenance.vocabulary import Verdict


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding where exactly one source is established as an origin."""
    origins = picture.analysis.established_origins
    if picture.analysis.verdict is not Verdict.SINGLE or len(origins) != 1:
        return
    origin, name = origins[0], name_of(picture, origins[0])
    own = {report for found in picture.analysis.origins if found.established for report in found.reports}
    leading = [report for report in picture.asserting if report.id in own]
    asserting = len(picture.asserting)
    others = asserting - len(leading)
    rest = f"; the other {either(others, '1 establishes', f'{others} establish')} no origin" if others else ""
    ways = [next(chain(picture, p) for p in paths_of(picture)[r.id] if p.origin.actor == origin) for r in leading]
    yield Finding(
        reason=(
            f"{share(len(leading), asserting, 'report')} {either(len(leading), 'goes', 'go')} back to {name}, the only "
            f"origin that can be established{rest}."
        ),
        clears_when=f"A report that goes back to an identified source other than {name} is recorded.",
        rows=(
            source_row(picture, origin, "the only established origin"),
            *report_rows(leading, ways)[: MOST_ROWS - 1],
        ),
        figures=keys(printed(picture.asserting)),
    )


RULE = Rule(
    key="single_origin",
    version=1,
    title="One origin",
    finds="Exactly one source is established as the origin behind all reports of the claim.",
    why=(
        "However many outlets carry a statement, it was made once. If that one source was mistaken or misheard, "
        "nothing else in the record would show it."
    ),
    example=(
        "Two pages, of a Russian agency and of a Pakistani news site, print 3,811 detentions. Both go back to one post "
        "of the Interior Ministry, by way of one Kazakh news site."
    ),
    clears_when="A report that goes back to another identified source.",
    find=find,
)
