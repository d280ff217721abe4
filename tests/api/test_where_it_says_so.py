"""Where exactly a figure is printed: the address, the span and the hash stand beside it in every list."""

from __future__ import annotations

import hashlib

from tests.api.telling import Api

TEXT = "Dozens of attackers were eliminated, a police spokeswoman said."


def test_a_figure_in_a_list_says_where_it_is_printed_and_in_which_text(api: Api) -> None:
    page = {"text": TEXT, "url": "https://tass.example/almaty"}
    api.report(
        api.claim(),
        "Almaty police",
        "Tass",
        document=page,
        quote=TEXT[:35],
        quote_start=0,
        quote_end=35,
        figure="Dozens",
    )

    [figure] = api.items("/v1/figures")

    assert figure["document_url"] == "https://tass.example/almaty"
    assert TEXT[figure["quote_start"] : figure["quote_end"]] == figure["quote"]
    assert figure["content_hash"] == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_figure_from_a_text_that_is_not_held_says_that_nothing_is_marked(api: Api) -> None:
    api.report(api.claim(), "Almaty police", "Tass")

    [figure] = api.items("/v1/figures")

    assert [figure[name] for name in ("document_url", "content_hash", "quote_start", "quote_end")] == [None] * 4
    assert figure["no_quote_reason"]
