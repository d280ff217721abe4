"""Which rows of a casebook state one claim, in which tally it is a count, and what its figures measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from provenance.errors import UnreadableStory
from provenance.ingestion.casebook_reading import Casebook, Row
from provenance.ingestion.casebook_sources import sentences, slug
from provenance.ingestion.casebook_tables import Line, Tables
from provenance.ingestion.story_writing import Flow, Tree, compact
from provenance.vocabulary import ClaimKind, Stance

Statement = tuple[str, str]
STANCES = {"denial": Stance.DENIES, "retraction": Stance.RETRACTS}


@dataclass(frozen=True)
class Scope:
    """What the figures of a claim measure, normalised: what, of whom, where."""

    measure: str | None
    counted: str | None
    place: str | None


@dataclass(frozen=True)
class Reading:
    """How rows become claims: the claim and stance of each coded statement, the scope of each claim, and when it was
    first said, as far as that is known.
    """

    claims: tuple[Tree, ...]
    tallies: tuple[Tree, ...]
    claim_of: Mapping[Statement, str]
    stance_of: Mapping[Statement, Stance]
    scope_of: Mapping[str, Scope]
    said_of: Mapping[str, Flow] = field(default_factory=dict)


def read_claims(book: Casebook, tables: Tables, event: str) -> Reading:
    """The claims and tallies, from the tables where there are some, else one claim for each coded statement."""
    return _timed(_reviewed(book, tables, event) if tables.has("claims") else _derived(book, event), tables)


def _reviewed(book: Casebook, tables: Tables, event: str) -> Reading:
    tallies = {line.need("key"): line for line in tables.all("tallies")}
    lines = {line.need("key"): line for line in tables.all("claims")}
    claim_of = {(line.need("origin_key"), part): key for key, line in lines.items() for part in line.split("templates")}
    stances: dict[Statement, Stance] = {}
    for line in tables.all("stances"):
        statement = (line.need("origin_key"), line.need("template"))
        if line.need("claim") not in lines:
            raise line.refusal("claim", f"names {line.need('claim')!r}, which claims.csv lacks", "correct it")
        claim_of[statement], stances[statement] = line.need("claim"), Stance(line.need("stance"))
    for page, row in book.rows:
        if (row.origin_key, row.template) not in claim_of:
            raise UnreadableStory(
                f"{tables.path('claims')}: has no line for origin_key {row.origin_key}, template {row.template}, which "
                f"claim {row.claim_id} of document {page.id} has; add one.",
                field="origin_key",
            )
    scopes = {key: _scope(line, tallies) for key, line in lines.items()}
    claims = tuple(_claim(line, book, event) for line in lines.values())
    return Reading(claims, tuple(_tally(line, tallies, event) for line in tallies.values()), claim_of, stances, scopes)


def _timed(reading: Reading, tables: Tables) -> Reading:
    times = {key: line for (key,), line in tables.by("times", "claim").items()}
    for key, line in times.items():
        if all(claim["key"] != key for claim in reading.claims):
            raise line.refusal("claim", f"names {key!r}, which the story does not have", "correct it")
    happened = {key: compact(happened=_moment(line, "happened")) for key, line in times.items()}
    said = {key: moment for key, line in times.items() if (moment := _moment(line, "said"))}
    claims = tuple({**claim, **happened.get(claim["key"], {})} for claim in reading.claims)
    return replace(reading, claims=claims, said_of=said)


def _moment(line: Line, column: str) -> Flow | None:
    printed = line.get(column)
    if printed is None:
        return None
    return Flow(printed=printed, precision=line.need("precision"), basis=line.need("basis"))


def _scope(line: Line, tallies: Mapping[str, Line]) -> Scope:
    tally = line.get("tally")
    if tally is not None and tally not in tallies:
        raise line.refusal("tally", f"names {tally!r}, which tallies.csv lacks", "correct it or add the tally")
    counted = tallies[tally] if tally else line
    return Scope(*(line.get(part) or counted.get(part) for part in ("measure", "counted", "place")))


def _claim(line: Line, book: Casebook, event: str) -> Tree:
    return compact(
        key=line.need("key"),
        event=event,
        tally=line.get("tally"),
        kind=(line.get("kind") or ClaimKind.FIGURE.value),
        text=line.need("text"),
        note=sentences(line.get("note"), _status(book, line.need("origin_key"))),
    )


def _status(book: Casebook, origin_key: str) -> str | None:
    stage = next((stage for stage in book.timeline if stage.origin_key == origin_key), None)
    return f"Noted by the coder: {stage.status}" if stage and stage.status else None


def _tally(line: Line, tallies: Mapping[str, Line], event: str) -> Tree:
    parent = line.get("parent")
    if parent is not None and parent not in tallies:
        raise line.refusal("parent", f"names {parent!r}, which is no tally", "correct it")
    return compact(
        key=line.need("key"),
        event=event,
        title=line.need("title"),
        measure=line.need("measure"),
        counted=line.get("counted"),
        place=line.get("place"),
        period=line.get("period"),
        cumulative={"yes": True, "no": False}.get(line.get("cumulative") or ""),
        parent=parent,
    )


def _derived(book: Casebook, event: str) -> Reading:
    groups: dict[Statement, list[Row]] = {}
    for _, row in book.rows:
        groups.setdefault((row.origin_key, row.template), []).append(row)
    stance_of = {s: stance for s, rows in groups.items() if (stance := STANCES.get(rows[0].measure or ""))}
    asserted = {s: rows for s, rows in groups.items() if s not in stance_of} or groups
    scopes = {
        s: Scope(*(_usual(rows, part) for part in ("measure", "counted", "place"))) for s, rows in asserted.items()
    }
    keys = _keys(asserted)
    claim_of = {statement: keys.get(statement) or keys[_denied(statement, asserted)] for statement in groups}
    tallies = {_tally_key(scope): _derived_tally(scope, event) for scope in scopes.values() if scope.measure}
    claims = tuple(
        compact(
            key=keys[statement],
            event=event,
            tally=_tally_key(scopes[statement]) if scopes[statement].measure else None,
            kind=(ClaimKind.FIGURE if _usual(rows, "figure") else ClaimKind.OTHER).value,
            text=_told(rows),
            note=_status(book, statement[0]),
        )
        for statement, rows in asserted.items()
    )
    scope_of = {keys[statement]: scope for statement, scope in scopes.items()}
    return Reading(claims, tuple(tallies.values()), claim_of, stance_of, scope_of)


def _denied(statement: Statement, asserted: Mapping[Statement, list[Row]]) -> Statement:
    # A denial's origin key prolongs that of what it denies; the most repeated statement under it is meant.
    same = [other for other in asserted if statement[0].startswith(other[0])]
    return max(same or list(asserted), key=lambda other: (len(other[0]) if same else 0, len(asserted[other])))


def _keys(groups: Mapping[Statement, list[Row]]) -> dict[Statement, str]:
    keys: dict[Statement, str] = {}
    for statement in groups:
        key = slug("-".join(statement)).replace("_", "-")
        # Two keys that differ in punctuation alone must not become one claim.
        number = sum(taken == key or taken.startswith(f"{key}--") for taken in keys.values())
        keys[statement] = f"{key}--{number + 1}" if number else key
    return keys


def _tally_key(scope: Scope) -> str:
    return slug(" ".join(filter(None, (scope.measure, scope.counted, scope.place)))).replace("_", "-")


def _derived_tally(scope: Scope, event: str) -> Tree:
    title = ", ".join(filter(None, (scope.measure, scope.counted, scope.place)))
    return compact(
        key=_tally_key(scope),
        event=event,
        title=title[:1].upper() + title[1:],
        measure=scope.measure,
        counted=scope.counted,
        place=scope.place,
    )


def _told(rows: list[Row]) -> str:
    figure, claim = _usual(rows, "figure"), str(_usual(rows, "claim"))
    return claim if not figure or figure in claim else f"{claim}: {figure}"


def _usual(rows: list[Row], part: str) -> str | None:
    seen = Counter(value for row in rows if (value := getattr(row, part)))
    return seen.most_common(1)[0][0] if seen else None
