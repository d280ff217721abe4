"""How well drift is found: the real story against a reader's key, precision and recall by kind.

``make score`` prints the table; with ``--write`` the page in ``docs/`` is written anew.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from sqlalchemy import Engine

from provenance.analysis.drift import drifts
from provenance.analysis.picturing import lone_pictures
from provenance.ingestion.stories import load_story
from provenance.storage.reads.standings import claim_key
from provenance.storage.record import derived_public_id
from provenance.storage.session import make_engine, migrate, reading
from provenance.vocabulary import DriftField, DriftKind, Sureness

ROOT = Path(__file__).parents[1]
STORY = ROOT / "fixtures" / "stories" / "kazakhstan-2022"
KEY = STORY / "drift-key.csv"
PAGE = ROOT / "docs" / "drift-score.md"
HEADER = ["claim_id", "field", "from", "to", "detectable", "kind", "ground", "note"]


@dataclass(frozen=True, order=True)
class Change:
    """A change as the key and the rules both name it; ``claim_id`` is the coded row in which it shows."""

    claim_id: str
    field: DriftField
    kind: DriftKind


@dataclass(frozen=True)
class KeyLine:
    """One line of the key."""

    change: Change
    from_: str
    to: str
    detectable: bool
    ground: str
    note: str


@dataclass(frozen=True)
class Finding:
    """One drift that was found."""

    change: Change
    from_: str
    to: str
    sure: Sureness


@dataclass(frozen=True)
class Score:
    """How many changes the key has, how many were found, and how many of those are in the key."""

    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float | None:
        """The share of what was found that the key has; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what the key has that was found; None where it has nothing."""
        return self.right / self.expected if self.expected else None


def read_key(path: Path = KEY) -> list[KeyLine]:
    """The lines of the key, each with words that the vocabulary has."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        if lines.fieldnames != HEADER:
            raise ValueError(f"{path.name}: its columns are {lines.fieldnames}; they have to be {HEADER}.")
        return [
            KeyLine(
                Change(line["claim_id"], DriftField(line["field"]), DriftKind(line["kind"])),
                line["from"],
                line["to"],
                {"yes": True, "no": False}[line["detectable"]],
                line["ground"],
                line["note"],
            )
            for line in lines
        ]


def find(engine: Engine) -> list[Finding]:
    """All drift of the story, in a database into which it was loaded."""
    coded = {_public_id("report", key): key for key in _keys("documents", "reports")}
    with reading(engine) as session:
        keys = [claim_key(session, _public_id("claim", key)) for key in _keys("claims")]
        made = lone_pictures(session, {key for key in keys if key is not None})
    found = (
        Finding(Change(coded[one.report], one.field, one.kind), one.from_, one.to, one.sure)
        for picture in made.values()
        for one in drifts(picture)
    )
    return sorted(found, key=lambda finding: (_in_order(finding.change), finding.to))


def score(key: Iterable[KeyLine], found: Iterable[Finding], kinds: Iterable[DriftKind] = tuple(DriftKind)) -> Score:
    """How the findings of some kinds answer to the key; a finding is right if row, field and kind are in the key."""
    asked = frozenset(kinds)
    expected = {line.change for line in key if line.detectable and line.change.kind in asked}
    changes = {finding.change for finding in found if finding.change.kind in asked}
    return Score(len(expected), len(changes), len(expected & changes))


def page(key: Sequence[KeyLine], found: Sequence[Finding]) -> str:
    """The page in ``docs/``."""
    firm = [finding for finding in found if finding.sure is not Sureness.POSSIBLE]
    casebook = [line for line in key if line.ground == "casebook"]
    expected = {line.change: line for line in key if line.detectable}
    right = [finding for finding in found if finding.change in expected]
    alike = sum(_alike(finding, expected[finding.change]) for finding in right)
    all_of_them = score(key, found)
    kinds = [kind for kind in DriftKind if score(key, found, [kind]) != Score(0, 0, 0)]
    return "\n".join(
        [
            *HEAD,
            "",
            "| | in the key | found | right | precision | recall |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            _line("**all**", all_of_them),
            _line("told as certain or likely", score(key, firm)),
            *(_line(f"`{kind.value}`", score(key, found, [kind])) for kind in kinds),
            "",
            f"Of the {len(right)} right ones, {alike} have both readings word for word as the key has them. Of the "
            f"{len({line.change for line in casebook if line.detectable})} changes that the coder of the casebook had "
            f"remarked, {score(casebook, found).right} are found.",
            "",
            *UNFOUND,
            "",
            *_grouped(_missed(key, found)),
            "",
            *UNWANTED,
            "",
            *_grouped(_wrong(key, found)),
            "",
            *TRAPS,
            "",
            *_grouped(_avoided(key, found)),
            "",
            *LIMITS,
            "",
        ]
    )


def measured() -> tuple[list[KeyLine], list[Finding]]:
    """The key, and what is found in the story in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'story.db'}"
        migrate(url)
        load_story(url, STORY)
        engine = make_engine(url)
        try:
            return read_key(), find(engine)
        finally:
            engine.dispose()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the page, and write it if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)} anew")
    told = parser.parse_args(arguments)
    text = page(*measured())
    if told.write:
        PAGE.write_text(text, encoding="utf-8")
    print(text, end="")
    return 0


def _keys(file: str, inner: str | None = None) -> list[str]:
    tree = yaml.load((STORY / f"{file}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    entries = tree[file] if inner is None else [entry for outer in tree[file] for entry in outer.get(inner, ())]
    return [entry["key"] for entry in entries]


def _public_id(table: str, key: str) -> str:
    return derived_public_id(table, STORY.name, key)


def _in_order(change: Change) -> tuple[int, str, str, str]:
    number = int("".join(filter(str.isdigit, change.claim_id.partition(".")[0])))
    return number, change.claim_id, change.field.value, change.kind.value


def _alike(finding: Finding, line: KeyLine) -> bool:
    return (finding.from_, finding.to) == (line.from_, line.to)


def _line(name: str, one: Score) -> str:
    shares = (("–" if share is None else f"{share:.0%}") for share in (one.precision, one.recall))
    return f"| {name} | {one.expected} | {one.found} | {one.right} | {' | '.join(shares)} |"


def _missed(key: Iterable[KeyLine], found: Iterable[Finding]) -> list[tuple[Change, str]]:
    changes = {finding.change for finding in found}
    lines = [line for line in key if line.detectable and line.change not in changes]
    return [(line.change, f"“{line.from_}” became “{line.to}”") for line in lines]


def _wrong(key: Iterable[KeyLine], found: Iterable[Finding]) -> list[tuple[Change, str]]:
    traps = {line.change: line.note for line in key if not line.detectable}
    expected = {line.change for line in key if line.detectable}
    kinds = {line.change.claim_id: line.change.kind for line in key if line.detectable}

    def why(change: Change) -> str:
        other = kinds.get(change.claim_id)
        return traps.get(change) or (f"the key has `{other.value}` here" if other else "not in the key")

    wrong = [finding for finding in found if finding.change not in expected]
    return [(one.change, f"“{one.from_}”, “{one.to}” ({one.sure.value}): {why(one.change)}") for one in wrong]


def _avoided(key: Iterable[KeyLine], found: Iterable[Finding]) -> list[tuple[Change, str]]:
    changes = {finding.change for finding in found}
    lines = [line for line in key if not line.detectable and line.from_ and line.change not in changes]
    return [(line.change, f"“{line.from_}”, “{line.to}”: {line.note}") for line in lines]


def _grouped(lines: Iterable[tuple[Change, str]]) -> list[str]:
    """One line for all rows that show the same."""
    alike: dict[tuple[DriftKind, str], list[str]] = {}
    for change, text in lines:
        alike.setdefault((change.kind, text), []).append(change.claim_id)
    return [f"- `{kind.value}` {', '.join(rows)}: {text}" for (kind, text), rows in alike.items()] or ["- none"]


HEAD = """# How well drift is found

Made by `python -m benchmarks.drift --write` (`make score` prints it). The story `kazakhstan-2022` is loaded into a
database of its own, and what is found is held against `fixtures/stories/kazakhstan-2022/drift-key.csv`. A finding is
right if the key has a detectable change in the same coded row, the same field and of the same kind; everything else
that is found counts as wrong, whether the key calls it a trap or does not know it.
""".splitlines()
UNFOUND = """## What is not found

Most of it is for one reason: a report is held against the claim's earliest certain report, and where that one had
already rounded or dropped something, what later reports lost as well does not show.
""".splitlines()
UNWANTED = """## What is found and should not be

The other side of the same rule: reports that have it right differ from an earliest one that has it wrong. Where more
reports have the later reading than the first one, it is told as possible.
""".splitlines()
TRAPS = """## Traps that are avoided

Two rows differ here, and nothing changed on the way.
""".splitlines()
LIMITS = """## What these numbers are worth

- One reader made the key, from another reader's remarks and from the rows of the story, and held each statement to what
  its origin gave according to the casebook's timeline. Nobody else has read it.
- The rules were written with this story at hand, and the key by the one who wrote them, after a first run. The numbers
  say that the rules do what they were meant to; on another story they will be lower, and how much is not known.
- The casebook keeps who is counted, the place and the date only where a page differs from the usual, and in English. A
  change of words that the coder folded into one term is not in the data and is counted nowhere.
- Changes that the data cannot show are on the key as not detectable and left out of recall: no text and no title of the
  story is held, so wording is not measured here, nor are headlines but for what a row tells of whom one counts.
""".splitlines()


if __name__ == "__main__":
    sys.exit(main())
