"""A bookmarklet: sends the page that somebody looks at, with the selected words and its date, to be read here."""

from __future__ import annotations

import json
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from api.addresses import base_of
from api.web.rendering import page

router = APIRouter()

MOST_SENT = 6_000  # characters of a selection: an address with more is refused on its way
CODE = """(()=>{
const d=document,q=s=>d.querySelector(s),e=q('meta[property="article:published_time"],meta[name="date"]'),
t=q('time[datetime]'),l=[...d.querySelectorAll('script[type="application/ld+json"]')].map(s=>s.textContent).join(' ')
.match(/"datePublished"\\s*:\\s*"([^"]+)"/),w=String(getSelection()).slice(0,MOST),n=q('meta[property="og:site_name"]');
open(HERE+'/read?'+new URLSearchParams({url:location.href,title:d.title.slice(0,300),
text:w,excerpt:w.trim()?'yes':'',publisher:((n&&n.content)||'').slice(0,300),date:((e&&e.content)||(l&&l[1])||(t&&t.dateTime)||'').slice(0,10)}))
})()"""


@router.get("/bookmarklet")
def offer_bookmarklet(request: Request) -> Response:
    """The bookmarklet, to be dragged or copied, and what it does."""
    code = bookmarklet(base_of(request))
    return page(
        request,
        "bookmarklet.html",
        title="Send a page here while you read it",
        description="A bookmarklet that sends the page in your browser, with the words you selected, to be read here.",
        crumbs=[("Read an article", "/read")],
        here="read",
        code=code,
        most=MOST_SENT,
    )


def bookmarklet(here: str) -> str:
    """The code as the address of a bookmark; ``here`` is where this server is reached.

    >>> bookmarklet("http://localhost:8000")[:35]
    'javascript:(()=>{const%20d=document'
    """
    code = CODE.replace("\n", "").replace("HERE", json.dumps(here)).replace("MOST", str(MOST_SENT))
    return "javascript:" + quote(code, safe="()=>{},;:.'!*&|?[]+/$@")
