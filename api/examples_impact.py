"""The examples of answers about what falls, from the founding case."""

from __future__ import annotations

from api.examples import CLAIM, CORRECTION, DOCUMENT, REPORT, TEXT, TIE
from provenance.answers_impact import CorrectionImpact, WhatFalls

WHAT_FALLS = WhatFalls.model_validate(
    {
        "withdrawn": {
            "sources": [{"source": "Khabar 24", "source_id": "src_khabar24aaaaaaa", "given": True}],
            "claims": [],
            "reports": [],
            "documents": [],
            "hops": [],
        },
        "event": None,
        "as_of": None,
        "known_at": None,
        "says": "Without Khabar 24, 1 of 2 supported reports loses all support, in 1 claim; 1 still stands.",
        "claims": 1,
        "claims_losing_all_support": 0,
        "reports_fallen": 1,
        "reports_standing": 1,
        "items": [
            {
                "claim": CLAIM.id,
                "text": TEXT,
                "before": {"verdict": "single", "established_origins": 2, "parties": 1, "reports": 2, "documents": 2},
                "after": {"verdict": "single", "established_origins": 1, "parties": 1, "reports": 1, "documents": 1},
                "loses_all_support": False,
                "fallen": [
                    {
                        "report": REPORT.id,
                        "document": DOCUMENT.id,
                        "document_title": DOCUMENT.title,
                        "publisher": "Tass",
                        "publisher_id": DOCUMENT.publisher_id,
                        "published_at": DOCUMENT.published_at,
                        "paths": [
                            {
                                "path": REPORT.chains[0],
                                "broken_by": [{"kind": "source", "id": "src_khabar24aaaaaaa", "says": "Khabar 24"}],
                            }
                        ],
                    }
                ],
                "standing": [
                    {
                        "report": "rep_interfaxdozensa",
                        "document": "doc_interfaxdozensa",
                        "document_title": None,
                        "publisher": "Interfax",
                        "publisher_id": "src_interfaxaaaaaaa",
                        "published_at": "2022-01-06",
                        "paths": [["Almaty police", "Interfax"]],
                        "through": [{"source": "Almaty police", "source_id": TIE.other_id}],
                    }
                ],
                "support_cut": {
                    "size": 1,
                    "exact": True,
                    "sources": [{"source": "Almaty police", "source_id": TIE.other_id}],
                },
            }
        ],
        "more": 0,
    }
)
CORRECTION_IMPACT = CorrectionImpact(
    **WHAT_FALLS.model_dump(exclude={"says"}),
    says="The retraction by Health Ministry is in effect. Without what leads through Health Ministry: 1 of 2 supported "
    "reports loses all support, in 1 claim; 1 still stands.",
    correction=CORRECTION,
    cuts=True,
    applies=True,
    also_cut_by=[],
)
