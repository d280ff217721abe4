"""Examples of W3C PROV: one hop of the founding case in each notation, and what becomes of a document of others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from api.documented import Responses, shows_files
from provenance.answers_prov import ProvAnswer, ProvTerm, ProvTerms
from provenance.exchange.prov.model import LABEL, ORGANIZATION, PERSON, QUOTATION, TYPE, VALUE, Kind, Record, document
from provenance.exchange.prov.names import name_of, namespaces, own, relayed
from provenance.exchange.prov.notations import NOTATIONS, Notation
from provenance.exchange.prov.words import TYPES

BASE = "https://claims.example"
CLAIM, REPORT = name_of("clm_w5k3dozensalmaty"), name_of("rep_tassdozensaaaaa")
AZIRBEK, KHABAR = name_of("src_azirbekaaaaaaaa"), name_of("src_khabar24aaaaaaa")
SAID, PAGE = relayed(REPORT.local, AZIRBEK.local), name_of("doc_khabardozensaaa")
TOLD = document(
    namespaces(BASE),
    [
        Record(Kind.ENTITY, CLAIM, (), ((TYPE, own("Claim")), (VALUE, "Dozens of attackers were killed in Almaty."))),
        Record(Kind.ENTITY, SAID, (), ((TYPE, own("Relayed")), (own("report"), REPORT))),
        Record(Kind.ENTITY, PAGE, (), ((TYPE, own("Document")), (own("published"), "2022-01-06"))),
        Record(Kind.AGENT, AZIRBEK, (), ((TYPE, PERSON), (LABEL, "Saltanat Azirbek"))),
        Record(Kind.AGENT, KHABAR, (), ((TYPE, ORGANIZATION), (LABEL, "Khabar 24"))),
        Record(Kind.SPECIALIZATION, None, (SAID, CLAIM)),
        Record(Kind.ATTRIBUTION, None, (SAID, AZIRBEK)),
        Record(Kind.ATTRIBUTION, None, (PAGE, KHABAR)),
        Record(
            Kind.DERIVATION,
            relayed(REPORT.local, AZIRBEK.local, KHABAR.local),
            (PAGE, SAID),
            ((TYPE, QUOTATION), (own("report"), REPORT), (own("manner"), "told")),
        ),
    ],
)
# PROV-JSON as far as its own schema goes that matters here: kinds of records, each with records by identifier.
PROV_JSON: dict[str, Any] = {
    "type": "object",
    "required": ["prefix"],
    "properties": {"prefix": {"type": "object", "additionalProperties": {"type": "string"}}},
    "additionalProperties": {"type": "object", "additionalProperties": {"type": ["object", "array"]}},
}


def notations(problems: Sequence[int]) -> Responses:
    """The responses of an operation that tells of something in PROV, with an example in each notation."""
    written = {notation: one.body(TOLD).decode() for notation, one in NOTATIONS.items()}
    answer = shows_files({NOTATIONS[notation].media: said for notation, said in written.items()}, problems=problems)
    content = answer[200]["content"]
    content["application/json"] = {"schema": PROV_JSON, "example": json.loads(written[Notation.JSON])}
    return answer


TERMS = ProvTerms(
    namespace=f"{BASE}/v1/provenance#",
    terms=[ProvTerm(term="Claim", of="type", meaning=TYPES["Claim"])],
)
# What somebody else wrote down with a program for PROV: Tass has it from Khabar 24, which quotes the ministry.
THEIRS: dict[str, Any] = {
    "prefix": {"ex": "https://research.example/"},
    "entity": {
        "ex:statement": {"prov:value": "26 armed criminals were eliminated."},
        "ex:khabar": {"prov:label": "26 armed criminals eliminated"},
        "ex:tass": {"prov:label": "Kazakh ministry: 26 eliminated"},
    },
    "agent": {
        "ex:ministry": {
            "prov:label": "Interior Ministry of Kazakhstan",
            "prov:type": {"$": "prov:Organization", "type": "xsd:QName"},
        },
        "ex:khabar24": {"prov:label": "Khabar 24"},
        "ex:tass-agency": {"prov:label": "Tass"},
    },
    "wasAttributedTo": {
        "_:a1": {"prov:entity": "ex:statement", "prov:agent": "ex:ministry"},
        "_:a2": {"prov:entity": "ex:khabar", "prov:agent": "ex:khabar24"},
        "_:a3": {"prov:entity": "ex:tass", "prov:agent": "ex:tass-agency"},
    },
    "wasDerivedFrom": {
        "_:d1": {
            "prov:generatedEntity": "ex:khabar",
            "prov:usedEntity": "ex:statement",
            "prov:type": {"$": "prov:Quotation", "type": "xsd:QName"},
        },
        "_:d2": {"prov:generatedEntity": "ex:tass", "prov:usedEntity": "ex:khabar"},
    },
}
SENT: dict[str, Any] = {"prov": {"summary": "From the founding case", "value": THEIRS}}
RECEIVED = ProvAnswer.model_validate(
    {
        "added": 1,
        "proposed": 2,
        "known": 1,
        "left": 1,
        "records": [
            {
                "place": "agent.ex:khabar24",
                "became": "known",
                "noun": "source",
                "id": KHABAR.local,
                "why": "It bears the same name.",
            },
            {
                "place": "entity.ex:statement",
                "became": "proposed",
                "noun": "claim",
                "id": CLAIM.local,
                "why": None,
            },
            {
                "place": "entity.ex:khabar",
                "became": "added",
                "noun": "document",
                "id": PAGE.local,
                "why": None,
            },
            {
                "place": "entity.ex:khabar",
                "became": "proposed",
                "noun": "report",
                "id": REPORT.local,
                "why": None,
            },
            {
                "place": "activity.ex:interview",
                "became": "left",
                "noun": None,
                "id": None,
                "why": "Activities have no place here, only what came of them.",
            },
        ],
    }
)
