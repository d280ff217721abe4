"""What the story alone does not hold and some pages are about: an article that a machine read and nobody has looked at
yet, and a desk at work on a claim. All of it is invented; it is told over HTTP, as anybody would.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.api.telling import Api

ARTICLE = Path(__file__).parents[2] / "fixtures/articles/one-voice-in-three-papers/evening-courier.txt"
TITLE = "Police say dozens of attackers died in Almaty"
DOZENS = "dozens"


def furnish(api: Api) -> None:
    """Let a machine read an article, and a desk begin its work."""
    claim = api.items("/v1/claims", q=DOZENS)[0]["id"]
    read_an_article(api)
    work_on(api, claim)
    review(api, claim)


def read_an_article(api: Api) -> None:
    """Proposals of a machine, about a claim that is held and about others."""
    asked = {"text": ARTICLE.read_text("utf-8"), "publisher": "Evening Courier", "published_at": "2022-01-06"}
    answer = api.send("POST", "/v1/ingest", json=asked)
    assert answer.status_code in (200, 201), answer.text


def work_on(api: Api, claim: str) -> None:
    """Somebody has a claim, asked the ministry, and put right what the desk had published."""
    took = api.send("PATCH", f"/v1/claims/{claim}/desk", json={"state": "in_progress", "holder": "Ana"})
    assert took.status_code == 200, took.text
    api.post(f"/v1/claims/{claim}/notes", text="Look for the list of the city morgue.", author="Ana")
    api.post(
        f"/v1/claims/{claim}/contacts",
        asked="press office of the Interior Ministry",
        how="phone",
        outcome="no_reply",
        author="Ana",
    )
    api.post("/v1/watches", claim=claim, who="Ana")
    api.post(
        "/v1/own-corrections",
        claim=claim,
        said="Three news agencies confirmed the toll.",
        says="Three news agencies carried the toll; all of them have it from the police.",
        why="A reader asked who had counted.",
        author="Ana",
    )


# The desk of the server on which pages are looked at.
REVIEWING: dict[str, Any] = {"desk_name": "The Desk", "desk_site": "desk.example"}


def review(api: Api, claim: str) -> None:
    """The desk has published a review of a claim."""
    api.post(
        "/v1/reviews",
        claim=claim,
        author=REVIEWING["desk_name"],
        title="Who says that dozens were eliminated?",
        rating="One origin",
        reasons="Whoever is named first belongs to the police of Almaty or to another body of the same state.",
        claimant="Saltanat Azirbek, a police spokeswoman",
        claimed_on="2022-01-06",
        url=f"https://www.{REVIEWING['desk_site']}/checks/dozens",
        reviewed_at="2022-01-10T09:00:00Z",
        language="en",
    )
