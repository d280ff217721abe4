"""The example of a reading: one sentence with a chain of two links, a vague figure and a weekday."""

from __future__ import annotations

from provenance.answers_reading import ReadingAnswer

TEXT = "Dozens of attackers were eliminated, police said, Tass reported on Thursday."


def _span(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _link(words: str, source: str, step: int, **more: object) -> dict[str, object]:
    place = _span(words)
    named = {"as_named": words, "source": source, "status": "resolved", "step": step, "antecedent": None}
    return {**named, "start": place["start"], "end": place["end"], **more}


READING = ReadingAnswer.model_validate(
    {
        "id": "page-1",
        "text": TEXT,
        "language": "en",
        "zones": [{"kind": "body", "start": 0, "end": len(TEXT)}],
        "statements": [
            {
                "content": {**_span("Dozens of attackers were eliminated"), "parts": []},
                "cue": _span("said"),
                "source": _span("police"),
                "chain": [
                    _link("police", "police", 0, kind="police", country=None, manner="said"),
                    _link("Tass", "TASS", 1, kind="news_agency", country="RU", manner="reported"),
                ],
                "kind": "figure",
                "stance": "asserts",
                "hedge": None,
                "continues": None,
                "restates": None,
                "rule": "speech.inverted",
                "confidence": 0.9,
                "confidences": {"content": 0.95, "chain": 0.9},
            }
        ],
        "statements_read": True,
        "figures": [
            {
                **_span("Dozens"),
                "kind": "count",
                "number_at": None,
                "second_at": None,
                "low_open": False,
                "high_open": False,
                "qualifier": "vague",
                "value": None,
                "low": 24,
                "high": None,
                "unit": None,
                "percent": False,
                "money": None,
                "counted": "attackers",
                "counted_at": _span("attackers"),
                "role": "eliminated",
                "role_at": _span("eliminated"),
                "place": None,
                "as_of": None,
                "total": False,
                "part_of": None,
                "out_of": None,
                "statement": 0,
                "rule": "vague",
                "confidence": 0.9,
            }
        ],
        "dates": [
            {
                **_span("on Thursday"),
                "earliest": "2022-01-06T00:00:00Z",
                "latest": "2022-01-06T23:59:59Z",
                "basis": "relative",
                "rule": "weekday",
            }
        ],
        "notes": [],
    }
)
