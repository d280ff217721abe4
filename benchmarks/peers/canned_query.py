"""Datasette with canned queries over our file; runs in an environment of its own, which has Datasette and not us.

``trace`` sends the stored document, which is the least that Datasette can do for it; ``rows`` joins what the document
is made of. Called with the file: ``python -m benchmarks.peers.canned_query FILE``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from datasette.app import Datasette  # type: ignore[import-not-found]

from benchmarks.peers.serving import serve

TRACE = "select trace from standing where public_id = :id"

ROWS = """
select report.public_id as report, report.stance, report.quote, document.url, document.title,
       document.published_earliest, publisher.name as publisher, upstream.name as upstream,
       downstream.name as downstream, attribution.manner, attribution.mark, figure.text as figure, figure.qualifier,
       figure.low, figure.high
from claim
join report on report.claim_id = claim.id and report.recorded_to is null
join document on document.id = report.document_id
join source as publisher on publisher.id = document.publisher_id
left join figure on figure.report_id = report.id and figure.recorded_to is null
left join attribution on attribution.report_id = report.id and attribution.recorded_to is null
left join source as upstream on upstream.id = attribution.upstream_id
left join source as downstream on downstream.id = attribution.downstream_id
where claim.public_id = :id and claim.recorded_to is null
order by report.id, figure.id, attribution.id
"""


def app(file: Path) -> object:
    """Datasette's app over one file, which others may write to meanwhile, with our two queries."""
    queries = {"trace": {"sql": TRACE}, "rows": {"sql": ROWS}}
    return Datasette([str(file)], metadata={"databases": {file.stem: {"queries": queries}}}).app()


if __name__ == "__main__":
    serve(app(Path(sys.argv[1])))
