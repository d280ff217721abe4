"""What may be printed about a claim, to be copied: a sentence, a methods box, a citation, and a card for other pages.

Everything is the same publication that the API answers; a date in the address keeps all of it to what was held then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup
from sqlalchemy import Engine

from api.addresses import base_of
from api.dependencies import Held, PublicId, Reads
from api.web.choosing import PageAsked
from api.web.links import asked, json_link, link
from api.web.reading import trace_of
from api.web.rendering import page
from api.web.words import date, shortened
from provenance.analysis.plain_answer import PlainAnswer, plain_answer
from provenance.analysis.publication import publication
from provenance.answers_desk import Publication
from provenance.answers_detail import ClaimDetail
from provenance.storage.reads.asked import MomentAsked
from provenance.storage.reads.claims import claim_detail
from provenance.storage.record import now
from provenance.vocabulary import ReportState

router = APIRouter()

WIDE = 480  # pixels of the frame that is offered


class MomentOfPage(PageAsked, MomentAsked):
    """The moment that a page of publishing is restricted to; a date that was left empty is none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to copy, for a page that takes words and for one that takes HTML."""

    key: str
    title: str
    under: str
    plain: str
    html: str


@router.get("/claims/{claim_id}/publish")
def publish(
    claim_id: PublicId, at: Annotated[MomentOfPage, Query()], request: Request, session: Reads, engine: Held
) -> Response:
    """Everything about a claim that is made to be copied; of one that nobody accepted, that there is nothing yet."""
    claim = claim_detail(session, claim_id)
    moment = _moment(at)
    return page(
        request,
        "publish.html",
        title=f"Publish: {shortened(claim.text, 90)}",
        description="A sentence to print, a methods box, a citation, and a card to put into a page.",
        crumbs=[("The claim", link(claim_id, **moment))],
        json=json_link(claim_id, "publication", **moment),
        here="claims",
        claim=claim,
        at=at,
        address=link(claim_id, **moment),
        **({} if claim.state is ReportState.PROPOSED else _printable(request, engine, claim, at)),
    )


@router.get("/claims/{claim_id}/card")
def card(
    claim_id: PublicId, at: Annotated[MomentOfPage, Query()], request: Request, session: Reads, engine: Held
) -> Response:
    """A claim as a small page of its own, to stand in a frame on pages of others."""
    claim = claim_detail(session, claim_id)
    waits = claim.state is ReportState.PROPOSED
    return page(
        request,
        "card.html",
        HTTPStatus.CONFLICT if waits else HTTPStatus.OK,
        framed=True,
        title=claim.text,
        claim=claim,
        at=at,
        address=_absolute(request, link(claim_id, **_moment(at))),
        **({"told": None} if waits else _told(request, engine, claim, at)),
    )


def _printable(request: Request, engine: Engine, claim: ClaimDetail, at: MomentOfPage) -> dict[str, Any]:
    told = _told(request, engine, claim, at)
    printed: Publication = told["printed"]
    high = height(claim.text, told["told"], printed)
    return {
        **told,
        "pieces": _pieces(printed.sentence, printed.methods, printed.citation, printed.address),
        "frame": frame(claim.text, _absolute(request, f"/claims/{claim.id}/card{asked(**_moment(at))}"), high),
        "without_frame": quotation(printed.sentence, printed.address, _as_of(at)),
        "card_address": f"/claims/{claim.id}/card{asked(**_moment(at))}",
        "WIDE": WIDE,
        "high": high,
    }


def _told(request: Request, engine: Engine, claim: ClaimDetail, at: MomentOfPage) -> dict[str, Any]:
    address = _absolute(request, link(claim.id, **_moment(at)))
    trace = trace_of(engine, claim.id, at.moment)
    printed = publication(engine, claim.id, at.moment, address, now().date())
    return {"printed": printed, "trace": trace, "told": plain_answer(trace), "today": now().date().isoformat()}


def _pieces(sentence: str, methods: list[str], citation: str, address: str) -> list[Piece]:
    cited, linked = citation.split(address, 1)[0], f"{citation.split(address, 1)[1]}"
    return [
        Piece(
            "sentence",
            "A sentence to print",
            "made from the counts, with what was taken back in it",
            sentence,
            Markup('<p>{} <a href="{}">How this was traced</a></p>').format(sentence, address),
        ),
        Piece(
            "methods",
            "Methods box",
            "how it was found out, and what is not claimed",
            "\n\n".join(methods),
            Markup("<aside>\n<h2>{}</h2>\n{}\n</aside>").format(
                "How this was traced", Markup("\n").join(Markup("<p>{}</p>").format(one) for one in methods)
            ),
        ),
        Piece(
            "citation",
            "Citation",
            "the claim, the record, its moment, and the day on which it was read",
            citation,
            Markup('<p>{}<a href="{}">{}</a>{}</p>').format(cited, address, address, linked),
        ),
    ]


def height(text: str, told: PlainAnswer, printed: Publication) -> int:
    """The pixels in height that a card needs in a frame of that width, on the safe side of how letters run."""
    written = [(text, 44, 22), (told.lead, 40, 26), (" ".join(told.taken_back), 58, 23)]
    written += [(sentence, 58, 23) for sentence in told.sentences[:1]]
    written += [(f"Corrected by us on 23 November 2026: {one.says}", 58, 23) for one in printed.own_corrections[-1:]]
    lines = sum(ceil(len(words) / a_line) * high + BETWEEN_PARTS for words, a_line, high in written if words)
    return ceil((lines + AROUND) / 20) * 20


BETWEEN_PARTS = 12
AROUND = 170  # the counts, the foot, and the edges


def frame(text: str, address: str, high: int) -> str:
    """The card as a frame, for a page that takes frames; never wider than the page.

    >>> frame("18 died.", "/card", 400)  # doctest: +NORMALIZE_WHITESPACE
    '<iframe src="/card" title="Where it is from: 18 died." width="480" height="400" loading="lazy"
    style="max-width: 100%"></iframe>'
    """
    framed = Markup(
        '<iframe src="{}" title="Where it is from: {}" width="{}" height="{}" loading="lazy" '
        'style="max-width: 100%"></iframe>'
    )
    return str(framed.format(address, text, WIDE, high))


def quotation(sentence: str, address: str, as_of: str | None) -> str:
    """The same without a frame, for a page that takes none.

    >>> print(quotation("Stated by 2 documents.", "http://desk.test/claims/clm_x", None))
    <blockquote cite="http://desk.test/claims/clm_x">
    <p>Stated by 2 documents.</p>
    <p><a href="http://desk.test/claims/clm_x">Provenance</a></p>
    </blockquote>
    """
    named = f"Provenance, as of {date(as_of)}" if as_of else "Provenance"
    return Markup('<blockquote cite="{}">\n<p>{}</p>\n<p><a href="{}">{}</a></p>\n</blockquote>').format(
        address, sentence, address, named
    )


def _moment(at: MomentOfPage) -> Mapping[str, str | None]:
    return {"as_of": at.as_of, "known_at": at.known_at}


def _as_of(at: MomentOfPage) -> str | None:
    return at.as_of or at.known_at


def _absolute(request: Request, address: str) -> str:
    return f"{base_of(request)}{address}"
