"""Whose reviews are marked up as ClaimReview here, and how markup stands in a page."""

from __future__ import annotations

import json
from collections.abc import Sequence

from fastapi import Request
from markupsafe import Markup

from provenance.exchange.claimreview.plain import Fields
from provenance.exchange.claimreview.publishing import Publisher

LD_JSON = "application/ld+json"
# What could end the element in which it stands, or begin another one; JSON may write each character as its number.
UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def publisher_of(request: Request) -> Publisher:
    """Under which name, and where, the desk of this server publishes."""
    settings = request.app.state.settings
    return Publisher(settings.desk_name, settings.desk_site)


def written(body: Fields) -> bytes:
    """Markup as it is sent."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False).encode()


def in_page(body: Fields) -> Markup:
    r"""Markup as it stands in a page, where no text of it can be taken for HTML.

    >>> in_page({"claimReviewed": "</script>"})
    Markup('{"claimReviewed": "\\u003c/script\\u003e"}')
    """
    return Markup(json.dumps(body, ensure_ascii=False, allow_nan=False).translate(UNSAFE))


def all_in_page(bodies: Sequence[Fields]) -> list[Markup]:
    """As `in_page`, for each of several."""
    return [in_page(body) for body in bodies]
