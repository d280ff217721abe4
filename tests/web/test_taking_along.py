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


@pytest.mark.parametrize("moment", ["", "?as_of=2022-01-07"], ids=["now", "then"])
@pytest.mark.parametrize("noun", ["events", "sources"])
def test_each_format_that_the_page_of_an_event_or_source_offers_is_sent(web: Web, noun: str, moment: str) -> None:
    record = web.api.items(f"/v1/{noun}", limit=1)[0]["id"]
    page = web.open(f"/{noun}/{record}{moment}")
    offered = page.root.xpath("//*[@id='take-along']//a")
    linked = page.root.xpath("//head/link[@rel='alternate']")

    assert len(offered) >= 3
    for each in (*offered, *linked):
        answer = web.api.send("GET", each.get("href"))
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].partition(";")[0] == each.get("type")
    assert all(moment.removeprefix("?") in each.get("href") for each in offered)


def test_a_documents_page_offers_its_reports_as_annotations(web: Web) -> None:
    [document] = web.api.items("/v1/documents", limit=1)
    offered = web.open(f"/documents/{document['id']}").links("//dt[.='Take it along']/following-sibling::dd[1]//a")

    found = web.api.get(offered["reports (Web Annotations)"])
    assert (found["type"], found["total"] > 0) == ("AnnotationCollection", True)
