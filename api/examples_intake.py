"""The examples of taking documents in: the founding statement as it comes out of a page."""

from __future__ import annotations

from api.examples import CLAIM, DOCUMENT, EVENT, TEXT
from provenance.answers_intake import Ingested, IngestionDetail, IngestionItemShown

QUOTE = "Dozens of attackers were eliminated"
INGESTED = Ingested.model_validate(
    {
        "outcome": "added",
        "document": DOCUMENT.model_dump(),
        "supersedes": None,
        "event": EVENT.id,
        "event_title": EVENT.title,
        "suspected_copies": 1,
        "reports": [
            {
                "id": "rep_k3vdozenskhabar1",
                "claim": CLAIM.id,
                "claim_text": TEXT,
                "kind": "figure",
                "known": True,
                "quote": QUOTE,
                "start": 212,
                "end": 212 + len(QUOTE),
                "stance": "asserts",
                "hedge": None,
                "chain": [
                    {
                        "as_named": named,
                        "source": source,
                        "status": "resolved",
                        "start": start,
                        "end": start + len(named),
                        "step": step,
                        "kind": kind,
                        "country": country,
                        "manner": manner,
                        "antecedent": None,
                    }
                    for step, (named, source, start, kind, country, manner) in enumerate(
                        [
                            ("police spokeswoman", "Saltanat Azirbek", 249, "spokesperson", "KZ", "told"),
                            ("Khabar 24", "Khabar 24", 288, "broadcaster", "KZ", "reported"),
                        ]
                    )
                ],
                "figures": [
                    {
                        "text": "Dozens",
                        "start": 212,
                        "end": 218,
                        "qualifier": "vague",
                        "value": None,
                        "low": 24,
                        "high": None,
                        "unit": None,
                        "measure": "eliminated",
                        "counted": "attackers",
                    }
                ],
                "rule": "rules.speech.before",
                "confidence": 0.87,
                "matches": [
                    {
                        "claim": CLAIM.id,
                        "text": TEXT,
                        "score": 0.91,
                        "same": "likely",
                        "reasons": ["“Dozens” here and “dozens” in the known claim assert the same."],
                    }
                ],
            }
        ],
        "notes": [],
        "dry_run": False,
    }
)
INGESTION = IngestionItemShown.model_validate(
    {
        "id": "run_12",
        "origin": "articles",
        "who": "an editor",
        "started_at": "2022-01-08T09:00:00Z",
        "finished_at": "2022-01-08T09:02:10Z",
        "added": 996,
        "known": 2,
        "changed": 1,
        "failed": 1,
        "reports": 8_120,
    }
)
INGESTION_DETAIL = IngestionDetail.model_validate(
    {
        **INGESTION.model_dump(),
        "options": {"event": EVENT.id, "publisher": None, "floor": 0.3},
        "failures": [{"key": "articles/empty.txt", "reason": "articles/empty.txt: it is empty."}],
    }
)
