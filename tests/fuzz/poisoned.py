"""A small story in which every text that a person may write says hostile words, told over HTTP as anybody would."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from api.examples import GIVEN
from tests.api.telling import Api, Json
from tests.fuzz.hostile import MARKUP

LEAST = 20  # a field that takes no more signs than that is a code


def tell(api: Api, words: str = MARKUP) -> dict[str, str]:
    """Tell it; the ids of what was written, by the names that parameters of addresses have."""
    told = Told(api, words)
    event = told.add("event", "/v1/events", "EventCreate")
    tally = told.add("tally", "/v1/tallies", "TallyCreate", event=event)
    origin = told.add("source", "/v1/sources", "SourceCreate", kind="spokesperson")
    paper = told.add("source", "/v1/sources", "SourceCreate", keep="paper_id", kind="newspaper", names=[])
    told.add("name", f"/v1/sources/{origin}/names", "SourceNameCreate", name=f"{words} again", language=None)
    told.add("tie", f"/v1/sources/{origin}/ties", "TieCreate", other=paper)
    told.add("interest", f"/v1/sources/{origin}/interests", "InterestCreate", event=event)
    document = told.add("document", "/v1/documents", "DocumentCreate", publisher=paper, text=f"{words} Dozens died.")
    claim = told.add("claim", "/v1/claims", "ClaimCreate", event=event, tally=tally)
    told.add(
        "report",
        "/v1/reports",
        "ReportCreate",
        document=document,
        claim=claim,
        quote=words,
        quote_start=0,
        quote_end=len(words),
        attributions=[{"upstream": origin, "downstream": paper, "as_named": words}],
        figures=[{"text": "Dozens", "measure": "killed"}],
    )
    told.add("review", "/v1/reviews", "ReviewCreate", claim=claim)
    evidence = told.add("evidence", "/v1/evidence", "EvidenceCreate", event=event)
    told.add("verification", f"/v1/evidence/{evidence}/verifications", "VerificationCreate")
    told.add("correction", "/v1/corrections", "CorrectionCreate", by=paper, claim=claim)
    told.add("ruling", "/v1/rulings", "RulingCreate", tally=tally, scale=None, grade=None)
    told.add("note", f"/v1/claims/{claim}/notes", "DeskNoteCreate", example={"text": words, "author": words})
    contact = {"asked": words, "how": "phone", "outcome": "no_reply", "author": "Ana"}
    told.add("contact", f"/v1/claims/{claim}/contacts", "ContactCreate", example=contact)
    told.add("watch", "/v1/watches", "WatchCreate", example={"claim": claim, "who": words})
    own = {"claim": claim, "said": words, "says": f"Not {words}", "why": words, "author": "Ana"}
    told.add("own_correction", "/v1/own-corrections", "OwnCorrectionCreate", example=own)
    answer = api.send("PATCH", f"/v1/claims/{claim}/desk", json={"state": "in_progress", "holder": words[:100]})
    assert answer.status_code == 200, answer.text
    return told.ids | {"record_id": claim, "public_id": claim}


class Told:
    """What was written so far."""

    def __init__(self, api: Api, words: str) -> None:
        self.api = api
        self.words = words
        self.ids: dict[str, str] = {}
        self.schemas = api.app.openapi()["components"]["schemas"]

    def add(
        self, noun: str, address: str, schema: str, *, keep: str = "", example: Json | None = None, **said: Any
    ) -> str:
        """One record with hostile words in each text; where a text is refused, what the example says stands there."""
        plain = deepcopy(example if example is not None else GIVEN[noun]) | said
        body = plain | {name: self._cut(field) for name, field in self._texts(schema).items() if name not in said}
        for _ in range(len(body)):
            answer = self.api.send("POST", address, json={name: one for name, one in body.items() if one is not None})
            if answer.status_code != 422:
                break
            for fault in answer.json()["errors"]:
                name = fault["field"].partition(".")[0].partition("[")[0]
                assert body.get(name) != plain.get(name), (noun, fault)
                body[name] = plain.get(name)
        assert answer.status_code == 201, (noun, answer.text)
        identity = (
            answer.headers["location"].rsplit("/", 1)[-1] if noun not in PARTS else self._part(answer.json(), noun)
        )
        self.ids[keep or f"{noun}_id"] = identity
        return identity

    def _texts(self, schema: str) -> dict[str, Json]:
        """The fields of a body that take any text."""
        fields = self.schemas[schema]["properties"]
        kinds = {name: [field, *field.get("anyOf", ())] for name, field in fields.items()}
        return {
            name: one
            for name, several in kinds.items()
            for one in several
            if one.get("type") == "string"
            and not {"enum", "format", "pattern", "const"} & one.keys()
            and "ublic id" not in fields[name].get("description", "")
            and one.get("maxLength", 2000) > LEAST
        }

    def _cut(self, field: Json) -> str:
        return self.words[: field.get("maxLength", 2000)]

    def _part(self, whole: Json, noun: str) -> str:
        parts = whole.get(PARTS[noun], [])
        return str(parts[-1]["id"]) if parts else str(whole["id"])


PARTS = {"name": "names", "tie": "ties", "interest": "interests", "verification": "verifications"}
