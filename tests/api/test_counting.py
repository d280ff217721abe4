"""What a list is said to hold is what its pages hold together, now and at a moment, whatever it is filtered by."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from provenance.analysis.moments import looking
from provenance.storage.reads.asked import ClaimsAsked, FiguresAsked
from provenance.storage.reads.claims import number_of_claims
from provenance.storage.reads.figures import number_of_figures
from tests.api.telling import Api

EVENING = "2022-01-06T18:00Z"


@pytest.mark.parametrize(("as_of", "figures", "claims"), [(None, 5, 2), (EVENING, 2, 1)], ids=["now", "that evening"])
def test_a_list_counts_what_all_its_pages_hold(
    api: Api, engine: Engine, as_of: str | None, figures: int, claims: int
) -> None:
    dozens, officers = api.claim(), api.claim(text="Eight officers were killed.")
    for day in ("2022-01-06T12:00Z", "2022-01-06T13:00Z", "2022-01-08"):
        api.report(dozens, "Interior Ministry", "Tass", document={"published": day})
    for _ in range(2):
        api.report(officers, "Commandant", "RIA", figure="eight", document={"published": "2022-01-09"})
    of_figures = FiguresAsked(flag=["unverified_figure"], as_of=as_of, limit=1)
    of_claims = ClaimsAsked(q="killed", sort="-documents", as_of=as_of, limit=1)

    with looking(engine, of_figures.moment) as session:
        counted = number_of_figures(session, of_figures), number_of_claims(session, of_claims)

    assert counted == (figures, claims)
    asked = {} if as_of is None else {"as_of": as_of}
    assert len(api.items("/v1/figures", flag="unverified_figure", limit=200, **asked)) == figures
    assert len(api.items("/v1/claims", q="killed", limit=200, **asked)) == claims
