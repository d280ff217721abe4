"""What somebody at a desk does all day, one request after the other.

A day is a generator: it yields what it asks, is sent the answer, and goes on from there. So whoever runs it may lose an
answer to a crash, ask the same again, and let the day go on as if nothing had happened.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import Any

from benchmarks.reliability.asking import Answer, Json
from benchmarks.reliability.deeds import Deed, Entry, Look, Overtaken

TEXT = "At least 8 people and 3 officers were killed, she told Khabar 24, the agency reports."
QUOTE = TEXT[: TEXT.index(",")]
PRINTED = ("At least 8", "3", "8")
KINDS = ("spokesperson", "police", "broadcaster", "news_agency")

Day = Generator[Look | Deed, Answer, Any]


@dataclass
class Desk:
    """One person who writes, all under records of her own, so that nobody else changes what she is told."""

    name: str
    random: random.Random
    claims: list[str] = field(default_factory=list)
    reports: list[tuple[str, str]] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    denied: set[tuple[str, str]] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    event: str = ""
    tally: str = ""

    def day(self) -> Day:
        """Open an event, unless there is one, with its sources and a tally, then write about it without an end."""
        if not self.event:
            given = {"title": f"Night of {self.name}"}
            self.event = (yield from self._post("event", "/v1/events", given)).json["id"]
        for kind in KINDS:
            given = {"name": f"{kind} of {self.name}", "kind": kind}
            entries = {("created", "source"): 1, ("created", "source_name"): 1}
            self.sources.append((yield from self._post("source", "/v1/sources", given, entries)).json["id"])
        given = {"event": self.event, "title": f"Killed in the night of {self.name}", "measure": "killed"}
        self.tally = (yield from self._post("tally", "/v1/tallies", given)).json["id"]
        yield from self._claim()
        yield from self._report()
        tasks: dict[Callable[[], Day], int] = {
            self._claim: 2,
            self._report: 5,
            self._change_claim: 4,
            self._change_report: 3,
            self._correct: 3,
            self._take_correction_back: 1,
            self._review: 2,
            self._note: 3,
            self._change_note: 3,
            self._drop_note: 1,
            self._propose_and_accept: 2,
            self._merge_and_perhaps_undo: 2,
            self._name: 1,
        }
        while True:
            try:
                yield from self.random.choices(list(tasks), list(tasks.values()))[0]()
            except Overtaken:
                continue  # somebody else was faster, and there is enough to do

    def _claim(self) -> Generator[Look | Deed, Answer, str]:
        given = {"event": self.event, "tally": self.tally, "text": self._unique("At least 8 people were killed")}
        answer = yield from self._post("claim", "/v1/claims", given)
        self.claims.append(answer.json["id"])
        return self.claims[-1]

    def _document(self) -> Generator[Look | Deed, Answer, str]:
        given = {
            "publisher": self.sources[-1],
            "text": f"{TEXT} {self._unique('Edition')}",
            "url": f"https://agency.example/{self._unique('page').replace(' ', '-')}",
            "language": "en",
            "published": "2022-01-06",
        }
        answer = yield from self._post("document", "/v1/documents", given)
        identity: str = answer.json["id"]
        return identity

    def _report(self, claim: str | None = None, **more: Any) -> Generator[Look | Deed, Answer, str]:
        claim = claim or self.random.choice(self.claims)
        document = yield from self._document()
        hops = [{"upstream": up, "downstream": down, "manner": "told"} for up, down in pairwise(self.sources)]
        given: Json = {
            "document": document,
            "claim": claim,
            "quote": QUOTE,
            "quote_start": 0,
            "quote_end": len(QUOTE),
            "attributions": hops,
            "figures": [
                {"text": PRINTED[0], "text_start": 0, "text_end": len(PRINTED[0]), "measure": "killed"},
                {"text": PRINTED[1], "measure": "killed", "counted": "officers"},
            ],
            **more,
        }
        entries = {("created", "report"): 1, ("created", "attribution"): 3, ("created", "figure"): 2}
        touched = {self._at("documents", document)}
        answer = yield from self._post("report", "/v1/reports", given, entries, touches=touched)
        if not more:
            self.reports.append((answer.json["id"], claim))
        identity: str = answer.json["id"]
        return identity

    def _change_claim(self) -> Day:
        claim = self.random.choice(self.claims)
        yield from self._patch("claims", claim, {"note": self._unique("Read again")}, {("changed", "claim"): 1})

    def _change_report(self) -> Day:
        report, _ = self.random.choice(self.reports)
        held = yield Look(self._at("reports", report))
        printed = {figure["text"] for figure in held.json["figures"]}
        other = next(text for text in PRINTED if text not in printed)
        given = {"hedge": self._unique("reportedly"), "figures": [{"text": other, "measure": "killed"}]}
        entries = {("changed", "report"): 1, ("retired", "figure"): len(printed), ("created", "figure"): 1}
        yield self._changing("reports", report, given, entries, held.etag)

    def _correct(self) -> Day:
        claim, by = self.random.choice(self.claims), self.random.choice(self.sources)
        if (claim, by) in self.denied:
            return  # nobody denies the same twice
        self.denied.add((claim, by))
        given = {"kind": "denial", "by": by, "claim": claim, "note": self._unique("Denied")}
        answer = yield from self._post("correction", "/v1/corrections", given, says=("kind", "note"))
        self.corrections.append(answer.json["id"])

    def _take_correction_back(self) -> Day:
        if self.corrections:
            correction = self.corrections.pop(self.random.randrange(len(self.corrections)))
            yield from self._delete("corrections", correction, "correction")

    def _review(self) -> Day:
        claim = self.random.choice(self.claims)
        shown = {"event": self.event, "kind": "list", "title": self._unique("List of a morgue")}
        evidence = (yield from self._post("evidence", "/v1/evidence", shown)).json["id"]
        given: Json = {
            "claim": claim,
            "author": self.name,
            "rating": "upheld",
            "upholds": True,
            "reasons": self._unique("The list has eight names"),
            "evidence": [evidence],
        }
        entries = {("created", "review"): 1, ("created", "review_evidence"): 1}
        touched = {self._at("evidence", evidence)}
        yield from self._post("review", "/v1/reviews", given, entries, touches=touched)

    def _note(self) -> Day:
        claim = self.random.choice(self.claims)
        given = {"text": self._unique("Ask again tomorrow")}
        answer = yield from self._post("note", f"/v1/claims/{claim}/notes", given, {("created", "desk_note"): 1})
        self.notes.append(answer.json["id"])

    def _change_note(self) -> Day:
        if self.notes:
            note = self.random.choice(self.notes)
            yield from self._patch("notes", note, {"text": self._unique("Asked")}, {("changed", "desk_note"): 1})

    def _drop_note(self) -> Day:
        if self.notes:
            note = self.notes.pop(self.random.randrange(len(self.notes)))
            yield from self._delete("notes", note, "desk_note")

    def _propose_and_accept(self) -> Day:
        claim = self.random.choice(self.claims)
        report = yield from self._report(claim, state="proposed")
        held = yield Look(self._at("reports", report))
        yield Deed(
            self._token(),
            "accept",
            "POST",
            self._at("reports", report) + "/accept",
            None,
            {("changed", "report"): 1, ("created", "decision"): 1},
            about=self._at("reports", report),
            if_match=held.etag,
            says={"state": "accepted"},
        )

    def _merge_and_perhaps_undo(self) -> Day:
        kept = self.random.choice(self.claims)
        gone = yield from self._claim()
        report = yield from self._report(gone)
        # Until it is whole again, nothing else is written about it.
        self.claims.remove(gone)
        self.reports.remove((report, gone))
        at_gone, touched = self._at("claims", gone), {self._at("claims", kept), self._at("reports", report)}
        held = yield Look(at_gone)
        yield Deed(
            self._token(),
            "merge",
            "POST",
            at_gone + "/merge",
            {"into": kept},
            MERGED,
            about=at_gone,
            if_match=held.etag,
            touches=frozenset(touched),
            leads_to=self._at("claims", kept),
        )
        if self.random.random() < 0.5:
            listed = yield Look(f"{at_gone}/history?limit=1")
            change = listed.json["items"][0]["change"]
            yield Deed(
                self._token(),
                "undo",
                "POST",
                f"/v1/history/{change}/undo",
                None,
                UNMERGED,
                about=at_gone,
                touches=frozenset(touched),
            )
            self.claims.append(gone)

    def _name(self) -> Day:
        source = self.random.choice(self.sources)
        given = {"name": self._unique("Alias")}
        yield from self._post("name", f"/v1/sources/{source}/names", given, {("created", "source_name"): 1}, says=())

    def _post(
        self,
        kind: str,
        address: str,
        given: Json,
        entries: Mapping[Entry, int] | None = None,
        *,
        touches: set[str] | None = None,
        says: tuple[str, ...] | None = None,
    ) -> Generator[Look | Deed, Answer, Answer]:
        plain = {name: value for name, value in given.items() if name in PLAIN and (says is None or name in says)}
        answer = yield Deed(
            self._token(),
            kind,
            "POST",
            address,
            given,
            entries or {("created", kind): 1},
            says=plain,
            touches=frozenset(touches or ()),
            stirs=kind not in QUIET,
        )
        return answer

    def _patch(self, noun: str, identity: str, given: Json, entries: Mapping[Entry, int]) -> Day:
        held = yield Look(self._at(noun, identity))
        yield self._changing(noun, identity, given, entries, held.etag)

    def _changing(
        self,
        noun: str,
        identity: str,
        given: Json,
        entries: Mapping[Entry, int],
        version: str | None,
    ) -> Deed:
        address = self._at(noun, identity)
        plain = {name: value for name, value in given.items() if name in PLAIN}
        return Deed(
            self._token(),
            f"change of {noun}",
            "PATCH",
            address,
            given,
            entries,
            address,
            version,
            plain,
            stirs=noun != "notes",
        )

    def _delete(self, noun: str, identity: str, table: str) -> Day:
        address = self._at(noun, identity)
        held = yield Look(address)
        yield Deed(
            self._token(),
            f"end of {noun}",
            "DELETE",
            address,
            None,
            {("retired", table): 1},
            address,
            held.etag,
            stirs=noun != "notes",
        )

    def _token(self) -> str:
        return f"{self.name} {next(self._numbers)}"

    def _unique(self, words: str) -> str:
        return f"{words} {self.name} {next(self._numbers)}"

    @staticmethod
    def _at(noun: str, identity: str) -> str:
        return f"/v1/{noun}/{identity}"


# Fields that a record says as they were sent.
PLAIN = frozenset({"title", "name", "kind", "text", "note", "hedge", "rating", "reasons", "quote", "state", "measure"})
# What no claim depends on when it is new.
QUIET = frozenset({"document", "evidence", "note"})
MERGED = Counter({("created", "merge"): 1, ("retired", "claim"): 1, ("changed", "report"): 1})
UNMERGED = Counter({("retired", "merge"): 1, ("restored", "claim"): 1, ("changed", "report"): 1})
