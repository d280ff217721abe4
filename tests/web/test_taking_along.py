"""What a page says can be taken along is there, for the moment that the page shows."""

from __future__ import annotations

import pytest

from tests.web.browsing import Web


@pytest.mark.parametrize("moment", ["", "?as_of=2022-01-07"], ids=["now", "then"])
def test_each_format_that_a_claims_page_offers_is_sent(web: Web, moment: str) -> None:
    page = web.open(f"/claims/{web.claim('dozens')}{moment}")
    offered = page.links("//*[@id='take-along']//a")
    linked = {each.get("href"): each.get("type") for each in page.root.xpath("//head/link[@rel='alternate']")}

    assert "graph (GraphML)" in offered
    for address in offered.values():
        answer = web.api.send("GET", address)
        assert answer.status_code == 200, answer.text
        assert moment.removeprefix("?") in address
    for address, media in linked.items():
        assert web.api.send("GET", address).headers["content-type"].partition(";")[0] == media


def test_a_documents_page_offers_its_reports_as_annotations(web: Web) -> None:
    [document] = web.api.items("/v1/documents", limit=1)
    offered = web.open(f"/documents/{document['id']}").links("//dt[.='Take it along']/following-sibling::dd[1]//a")

    found = web.api.get(offered["reports (Web Annotations)"])
    assert (found["type"], found["total"] > 0) == ("AnnotationCollection", True)
