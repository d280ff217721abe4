"""Which hops of many claims are cut, and by whom: for tables, in which nobody may count a hop that was taken back."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session

from provenance.analysis.picturing import lone_pictures
from provenance.chain import Cut
from provenance.storage.reads.standings import claim_keys

HopOf = tuple[int, int | None, int]


def cuts_of(session: Session, claims: Collection[str]) -> dict[HopOf, Cut]:
    """The cut hops of these claims (public ids), at the moment that the session sees: by the keys of their report and
    of who is named upstream and downstream, which no two hops share.
    """
    pictures = lone_pictures(session, claim_keys(session, claims))
    return {
        (view.id, hop.upstream, hop.downstream): hop.cut
        for picture in pictures.values()
        for view in picture.reports
        for hop in view.declared.hops
        if hop.cut is not None
    }
