"""A claim's page and its JSON hold the same facts: each is read for itself, and both readings are compared whole."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import Any

import pytest
from lxml import html

from api.web.tongues import language
from api.web.words import PLAIN, counted, date, dated, interval, plain, plainly, short_date
from provenance.vocabulary import OriginClass, Relation, Stance
from tests.api.telling import Json
from tests.web.browsing import Leaf, Web

Facts = dict[str, Any]

CASES = {
    "56 documents": ("dozens of attackers", None),
    "taken back": ("164 people were killed in a week", None),
    "one witness beside other accounts": ("about ten people eyewitness", None),
    "no origin": ("fewer than 50 people", None),
    "replaced, with a later claim": ("more than 1,000 people were injured in the regions", None),
    "on its first day": ("dozens of attackers", "2022-01-06"),
}


@pytest.fixture(params=list(CASES.values()), ids=list(CASES))
def both(request: pytest.FixtureRequest, web: Web) -> tuple[Leaf, Facts, str]:
    """A claim's page, and the JSON of everything that it shows."""
    words, as_of = request.param
    claim = web.claim(words)
    asked = {} if as_of is None else {"as_of": as_of}
    held = {
        "trace": web.api.get(f"/v1/claims/{claim}/trace", **asked),
        "claim": web.api.get(f"/v1/claims/{claim}", **asked),
        "drift": web.api.items(f"/v1/claims/{claim}/drift", limit="200", **asked),
        "figures": web.api.items("/v1/figures", claim=claim, limit="200", **asked),
        "rulings": web.api.items("/v1/rulings", claim=claim, **asked),
    }
    page = web.open(f"/claims/{claim}" + (f"?as_of={as_of}" if as_of else ""))
    return page, held, claim


def test_the_page_of_a_claim_and_its_json_hold_the_same_facts_about_the_same_records(
    both: tuple[Leaf, Facts, str],
) -> None:
    page, held, _ = both

    shown, known = facts_of_page(page), facts_of_json(held)

    assert set(shown) == set(known)
    for name in known:
        assert shown[name] == known[name], name
    assert set(RECORD.findall(page.response.text)) <= set(RECORD.findall(str(held)))


RECORD = re.compile(r"\b(?:clm|src|doc|rep|evt|tal|cor|rev|rul)_[a-z2-7]{16}\b")


def facts_of_json(held: Facts) -> Facts:
    """What the JSON says, in the shape in which the page is read."""
    trace = held["trace"]
    return {
        "text": trace["claim"]["text"],
        "documents": trace["documents"],
        "groups counted": trace["independence"]["parties"],
        "status and independence": (
            plain(trace["claim"]["status"], "ClaimStatus"),
            plain(trace["independence"]["verdict"], "Verdict"),
        ),
        "searched": trace["searched"],
        "reports": [_report(one) for one in trace["reports"]],
        "origins": Counter(
            (
                one["source_id"],
                one["class"],
                one["established"],
                one["party"] or "",
                one["reports"],
                one["withdrawn"],
                one["disowned"],
            )
            for one in trace["origins"]
        ),
        "groups": {
            (one["name"], one["established"], tuple(sorted(one["members"])), tuple(sorted(one["origins"])))
            for one in trace["parties"]
        },
        "ties": Counter(
            (one["source_id"], one["kind"], one["other_id"], which, one["reference"] or "")
            for party in trace["parties"]
            for which, ties in (("needed", party["ties"]), ("further", party["further_ties"]))
            for one in ties
        ),
        "on all routes": {one["source"] for one in trace["chokepoints"] if one.get("source")},
        "groups on all routes": {one["party"] for one in trace["chokepoints"] if one.get("party")},
        "cut": (trace["support_cut"]["size"], sorted(trace["support_cut"]["sources"])),
        "circles": [" → ".join(one) for one in trace["circular"]],
        "accounts": {
            (one["claim"], one["text"], RELATIONS[one["relation"]], counted(one["documents"], "document"))
            for one in trace["other_accounts"]
        },
        "corrections": [(one["id"], one["kind"], one["by"], date(one["effective"])) for one in trace["corrections"]],
        "flags": Counter(
            (one["rule"], plainly(one["title"]), plainly(one["reason"]), plainly(one["clears_when"]))
            for one in trace["flags"]
        ),
        "reviews": [one["id"] for one in trace["reviews"]],
        "rulings": [one["id"] for one in held["rulings"]],
        "figures": _printed(held["figures"]),
        "drift": Counter((one["after"]["report"], dated(one["from"]), dated(one["to"])) for one in held["drift"]),
    }


RELATIONS = {one.value: plain(one).lower() for one in Relation}


def _report(one: Json) -> Facts:
    return {
        "id": one["id"],
        "document": one["document"],
        "publisher": (one["publisher"], one["publisher_id"]),
        "date": short_date(one["published_at"]),
        "language": language(one["language"], ""),
        "figure": one["figure"] or "–",
        "paths": {tuple(path) for path in one["paths"]},
        "stance": None if one["stance"] == "asserts" else plain(one["stance"], "Stance"),
        "hedge": one["hedge"],
    }


def _printed(figures: list[Json]) -> dict[tuple[str, str], int]:
    documents: dict[tuple[str, str], set[str]] = {}
    for one in figures:
        documents.setdefault((one["text"], interval(one["low"], one["high"])), set()).add(one["document"])
    return {key: len(held) for key, held in documents.items()}


def facts_of_page(page: Leaf) -> Facts:
    """What the page says, read from its elements."""
    root = page.root
    return {
        "text": _text(root.xpath("//h1")[0]),
        "documents": int(_text(root.xpath("//*[@class='counts']/div[1]/dd")[0])),
        "groups counted": int(_text(root.xpath("//*[@class='counts']/div[3]/dd")[0])),
        "status and independence": tuple(page.part("//p[@class='under']").split(" · ")[-2:]),
        "searched": [page.part("//p[contains(@class, 'searched')]").removeprefix("In the documents held. ")],
        "reports": [_row(one) for one in root.xpath("//tr[@data-report]")],
        "origins": Counter(
            (
                one.get("data-origin"),
                one.get("data-class"),
                one.get("data-counted") == "true",
                one.xpath(".//@data-group")[0],
                int(reports),
                "taken back" in _text(one),
                "denies having said so" in _text(one),
            )
            for one in root.xpath("//*[@data-origin]")
            for reports in one.get("data-entries").split()
        ),
        "groups": {
            (
                one.get("data-group-name"),
                one.get("data-counted") == "true",
                tuple(sorted(map(_name, one.xpath(".//*[@data-member]")))),
                tuple(sorted(map(_name, one.xpath(".//*[@data-first]")))),
            )
            for one in root.xpath("//*[@data-group-name]")
        },
        "ties": Counter(
            (*one.get("data-tie").split(), one.get("data-which"), _reference(one))
            for one in root.xpath("//*[@data-tie]")
        ),
        "on all routes": set(root.xpath("//@data-all-routes")),
        "groups on all routes": set(root.xpath("//@data-all-routes-group")),
        "cut": (
            int((root.xpath("//@data-cut-size") or ["0"])[0]),
            sorted(_text(one) for one in root.xpath("//*[@data-cut]")),
        ),
        "circles": [_text(one).split(": ")[1].rstrip(".") for one in root.xpath("//*[@data-circle]")],
        "accounts": {
            (
                one.get("data-account"),
                _text(one.xpath("./p[1]")[0]),
                _text(one.xpath("./p[2]/*[@class='tag']")[0]).lower(),
                _text(one.xpath("./p[3]")[0]).split(" · ")[0],
            )
            for one in root.xpath("//*[@data-account]")
        },
        "corrections": [
            (
                one.get("data-correction"),
                one.get("data-kind"),
                *(_text(part) for part in one.xpath("./p[1]/*[@data-told]")),
            )
            for one in root.xpath("//*[@data-correction]")
        ],
        "flags": Counter(
            (one.get("data-rule"), _text(one.xpath("./h3/a")[0]), _text(reason), _text(clears))
            for one in root.xpath("//*[@data-rule]")
            for reason, clears in zip(one.xpath(".//*[@data-reason]"), one.xpath(".//*[@data-clears]"), strict=True)
        ),
        "reviews": root.xpath("//@data-review"),
        "rulings": root.xpath("//@data-ruling"),
        "figures": {
            (_text(one.xpath("./th")[0]), _text(one.xpath("./td[1]")[0])): int(_text(one.xpath("./td[2]")[0]))
            for one in root.xpath("//tr[@data-printed]")
        },
        "drift": Counter(
            (one.get("data-drift"), *(_text(quoted) for quoted in one.xpath("./q")))
            for one in root.xpath("//*[@data-drift]")
        ),
    }


def _row(row: html.HtmlElement) -> Facts:
    by = row.xpath("./th/a")[0]
    publisher = _text(by)
    document, _, report = by.get("href").rpartition("#")
    assert report == row.get("id")
    note = [_text(one) for one in row.xpath("./td[position() > 3]//*[contains(@class, 'tag')]")]
    return {
        "id": row.get("id"),
        "document": re.findall(r"doc_[a-z2-7]+", document)[0],
        "publisher": (publisher, row.get("data-report")),
        "date": _text(row.xpath("./td[1]")[0]),
        "language": "".join(_text(one) for one in row.xpath("./th/span")),
        "figure": _text(row.xpath("./td[@data-figure]")[0]),
        "paths": {(*names, publisher) for chain in row.xpath(".//ol[@class='chain']") for names in _paths(chain)},
        "stance": next((one for one in note if one in STANCES), None),
        "hedge": next(
            (_text(one) for one in row.xpath("./td[position() > 3]//q[not(../@data-label='In its words')]")), None
        ),
    }


STANCES = set(PLAIN[Stance].values())


def _paths(chain: html.HtmlElement) -> list[tuple[str, ...]]:
    steps = [[_text(name) for name in step.xpath("./span")] for step in chain.xpath("./li")]
    return list(product(*(step for step in steps if step)))


def _name(element: html.HtmlElement) -> str:
    return _text(element).removesuffix(" (named first)")


def _reference(tie: html.HtmlElement) -> str:
    ground = _text(tie.xpath("./*[@data-ground]")[0])
    return ground.removeprefix("Reference: ") if ground.startswith("Reference: ") else ""


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_way_that_names_nobody_is_told_in_words_where_a_chain_would_stand(web: Web) -> None:
    page = web.open(f"/claims/{web.claim('dozens of attackers')}")

    silent = page.root.xpath("//tr[@data-report][.//li[contains(@class, 'nobody')][not(span)]]")
    assert [_row(one)["publisher"][0] for one in silent] == ["Moscow-Baku"]
    assert OriginClass.NOT_STATED not in page.text
