"""What must be true of a database whatever was done to it, asked of the program's own command that proves it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from typer.testing import CliRunner


def verified(database_url: str) -> list[str]:
    """What `provenance verify` finds wrong: nothing, where all is well."""
    from provenance.cli.app import app

    said = CliRunner().invoke(app, ["--database", database_url, "verify", "--json"])
    if said.exit_code == 0:
        return []
    try:
        found: dict[str, Any] = json.loads(said.stdout)
    except ValueError:
        return [f"verify ended with {said.exit_code}: {said.output[-1000:]} {said.exception!r}"]
    wrong = {name: value for name, value in found.items() if not _is_well(value)}
    return [f"verify: {name}: {json.dumps(value)[:500]}" for name, value in (wrong or found).items()]


def _is_well(part: Any) -> bool:
    """Whether a part of what is verified says that nothing is wrong: it lists nothing, and counts nothing as wrong."""
    if not isinstance(part, dict):
        return not part
    lists = [value for value in part.values() if isinstance(value, list)]
    return not part.get("wrong") and not any(lists) and part.get("noted_is_there") is not False


def contradictions(trace: dict[str, Any]) -> Iterator[str]:
    """Where the counts of a trace do not agree with its own lists."""
    asserting = {report["document"] for report in trace["reports"] if report["stance"] == "asserts"}
    proof = trace["independence"]
    counted = (
        ("documents", trace["documents"], len(asserting)),
        ("certain and possible", trace["certain"] + trace["possible"], trace["documents"]),
        ("parties", proof["parties"], sum(party["established"] for party in trace["parties"])),
        ("established origins", proof["established_origins"], sum(one["established"] for one in trace["origins"])),
    )
    for what, says, lists in counted:
        if says != lists:
            yield f"{what}: {says}, and {lists} by its lists"
