"""With whom the reports of a claim begin, counted once for the sentences and the flags alike.

A report begins with somebody identifiable, with words that identify nobody, or it leaves open who it is from. One that
begins with several counts as the best of them. Cuts change nothing here: they take support away, not what a page says.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.chain import Path
from provenance.vocabulary import OriginClass

UNIDENTIFIED = frozenset({OriginClass.UNNAMED, OriginClass.COLLECTIVE, OriginClass.ANONYMOUS_VOUCHED})


def paths_of(picture: ClaimPicture) -> dict[int, tuple[Path, ...]]:
    """The declared paths of each report, by the report's key."""
    return {finding.report: finding.paths for finding in picture.analysis.reports}


def names_an_origin(paths: Iterable[Path]) -> bool:
    """Whether one of a report's paths begins with somebody, or something, that can be identified."""
    return any(path.origin_class.establishable for path in paths)


def unidentified(picture: ClaimPicture, report: ReportView) -> list[Path]:
    """The paths that begin with words for nobody, of a report that begins with nobody better."""
    paths = paths_of(picture)[report.id]
    return [] if names_an_origin(paths) else [path for path in paths if path.origin_class in UNIDENTIFIED]


def open_ends(picture: ClaimPicture, report: ReportView) -> list[Path]:
    """The paths that leave open who it is from, of a report that begins with nobody identifiable."""
    paths = paths_of(picture)[report.id]
    return [] if names_an_origin(paths) else [path for path in paths if path.origin_class is OriginClass.NOT_STATED]


def first_named(picture: ClaimPicture) -> dict[int, set[str]]:
    """In how many documents each source is named first: the documents by the key of the source."""
    documents: dict[int, set[str]] = {}
    found = paths_of(picture)
    for report in picture.asserting:
        for path in found[report.id]:
            if path.origin_class is not OriginClass.NOT_STATED:
                documents.setdefault(path.origin.actor, set()).add(report.document_public_id)
    return documents
