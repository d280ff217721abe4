"""A desk that publishes, markup as others write it, and a server to send it to."""

from __future__ import annotations

import json
from typing import Any

import httpx

Json = dict[str, Any]
DESK: Json = {"desk_name": "The Desk", "desk_site": "desk.example"}
# One for all, since each new one reads the certificates of this machine.
CLIENT = httpx.Client(timeout=60)
# Words that would end the element in which markup stands.
HOSTILE = "One origin </script><script>alert(1)</script><!-- &amp; \u2028"


def publish(base: str, words: str = "dozens eliminated", **more: Any) -> Json:
    """Publish a review of a claim of the story."""
    [claim] = CLIENT.get(f"{base}/v1/claims", params={"q": words}).raise_for_status().json()["items"]
    told = {
        "claim": claim["id"],
        "author": "The Desk",
        "rating": "One origin",
        "reasons": "All of it goes back to one police force.",
        "url": "https://www.desk.example/checks/dozens",
        "reviewed_at": "2022-01-10T09:00:00Z",
        "language": "en",
        **more,
    }
    review: Json = CLIENT.post(f"{base}/v1/reviews", json=told).raise_for_status().json()
    return review


def send(base: str, body: Any, kind: str = "application/ld+json", **how: Any) -> httpx.Response:
    """Send markup, or a page that holds it."""
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return CLIENT.post(f"{base}/v1/claimreview", content=content, headers={"Content-Type": kind}, params=how)


def taken(base: str, body: Any, kind: str = "application/ld+json", **how: Any) -> Json:
    """What became of markup that must be taken in."""
    answer: Json = send(base, body, kind, **how).raise_for_status().json()
    return answer


def markup(**more: Any) -> Json:
    """A review as others publish it; what is None is left out."""
    said = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checks.example/1",
        "datePublished": "2022-01-12",
        "claimReviewed": "Twenty thousand bandits attacked Almaty.",
        "author": {"@type": "Organization", "name": "Checks", "url": "https://checks.example"},
        "itemReviewed": {"@type": "Claim", "author": {"name": "Kassym-Jomart Tokayev"}, "datePublished": "2022-01-07"},
        "reviewRating": {"@type": "Rating", "alternateName": "Unproven", "ratingValue": 2, "bestRating": 5},
        **more,
    }
    return {name: value for name, value in said.items() if value is not None}


def html_page(*scripts: Any, body: str = "") -> str:
    """A whole page with these scripts of linked data."""
    written = (script if isinstance(script, str) else json.dumps(script) for script in scripts)
    tags = "".join(f'<script type="application/ld+json">{script}</script>' for script in written)
    return f"<!doctype html><html><head><title>Check</title>{tags}</head><body>{body}</body></html>"


def entries_in_history(base: str) -> int:
    """How often something was written."""
    newest: list[Json] = CLIENT.get(f"{base}/v1/history", params={"limit": 200}).raise_for_status().json()["items"]
    return len(newest)
