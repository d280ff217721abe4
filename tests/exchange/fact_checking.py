"""Google's own client for the Fact Check Tools API, pointed at a server of ours."""

from __future__ import annotations

from typing import Any

import httpx
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

Json = dict[str, Any]


def tools(base: str) -> Any:
    """The client as others build it: from the description that it brings along, unmodified."""
    return build(
        "factchecktools",
        "v1alpha1",
        developerKey="any key",
        static_discovery=True,
        client_options={"api_endpoint": base},
    )


def claim_about(base: str, words: str) -> Json:
    """The one claim of the story with these words."""
    [claim] = httpx.get(f"{base}/v1/claims", params={"q": words}).raise_for_status().json()["items"]
    return dict(claim)


def reviewed(base: str, words: str, **more: Any) -> str:
    """Review a claim of the story; the public id of the review."""
    told = {"author": "Desk", "rating": "Not corroborated", "reasons": "One ministry says so.", **more}
    body = {"claim": claim_about(base, words)["id"], **told}
    review: str = httpx.post(f"{base}/v1/reviews", json=body).raise_for_status().json()["id"]
    return review


def page(slug: str = "dozens", site: str = "https://www.desk.example", **more: Any) -> Json:
    """A page with markup of one claim, with all fields that there are."""
    return {
        "pageUrl": f"{site}/checks/{slug}",
        "publishDate": "2022-01-12",
        "claimReviewAuthor": {"name": "Desk", "imageUrl": f"{site}/logo.png"},
        "claimReviewMarkups": [
            {
                "url": f"{site}/checks/{slug}#one",
                "claimReviewed": f"Dozens of attackers were eliminated ({slug}).",
                "claimDate": "2022-01-06",
                "claimLocation": "Almaty",
                "claimFirstAppearance": "https://news.example/first",
                "claimAppearances": ["https://news.example/second", "https://news.example/third"],
                "claimAuthor": {
                    "name": "Saltanat Azirbek",
                    "jobTitle": "Police spokeswoman",
                    "imageUrl": "https://police.example/azirbek.jpg",
                    "sameAs": "https://police.example/azirbek",
                },
                "rating": {
                    "textualRating": "Unproven",
                    "ratingValue": 2,
                    "bestRating": 1,
                    "worstRating": 5,
                    "ratingExplanation": "Only the police say so.",
                    "imageUrl": f"{site}/unproven.png",
                },
            }
        ],
        **more,
    }


def without_ours(told: Json) -> Json:
    """A page without its name and version, which the server gives."""
    return {name: value for name, value in told.items() if name not in ("name", "versionId")}


def found(google: Any, **asked: Any) -> list[str]:
    """The last parts of the addresses of the reviews that a search finds, in its order."""
    claims = google.claims().search(**asked).execute()["claims"]
    return [review["url"].rpartition("/")[2] for claim in claims for review in claim["claimReview"]]


def status_of(error: HttpError) -> str:
    """The word for an error: that of google.rpc.Code."""
    status: str = httpx.Response(200, content=error.content).json()["error"]["status"]
    return status
