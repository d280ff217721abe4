"""Reads out of the tests which code of others proves which format, for the page on exchange.

A test that lets such code read or write a format of ours says so with ``@pytest.mark.proves(format, direction, by)``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from provenance.exchange.format import Direction

ROOT = Path(__file__).resolve().parent.parent
TESTS, LOCK = ROOT / "tests" / "exchange", ROOT / "requirements" / "dev.lock"
# Where there is nobody else's code to be had, a test may say that ours reads what ours wrote.
OURS = "ours"


@dataclass(frozen=True, slots=True)
class Proof:
    """One test: which format it proves in which direction, with whose code, and what it says in words."""

    format: str
    direction: Direction
    by: str
    test: str
    file: str

    @property
    def sentence(self) -> str:
        """What the test is called, as a sentence."""
        words = self.test.removeprefix("test_").replace("_", " ")
        return words[:1].upper() + words[1:] + "."


def proofs() -> list[Proof]:
    """All proofs, in the order of the files and of the tests in them."""
    return [proof for file in sorted(TESTS.glob("test_*.py")) for proof in proofs_in(file)]


def proofs_in(file: Path) -> Iterator[Proof]:
    """The proofs in one file of tests.

    :raises ValueError: if a mark is written so that it cannot be read without running the test.
    """
    body = ast.parse(file.read_text(encoding="utf-8")).body
    named = {
        target.id: node.value
        for node in body
        if isinstance(node, ast.Assign) and _proves(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            marks = [named.get(mark.id, mark) if isinstance(mark, ast.Name) else mark for mark in node.decorator_list]
            yield from (_proof(mark, node.name, file) for mark in marks if _proves(mark))


def packages() -> dict[str, str]:
    """The locked version of every package that tests may use."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE))


def _proves(mark: ast.expr) -> bool:
    return isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.proves"


def _proof(mark: ast.expr, test: str, file: Path) -> Proof:
    assert isinstance(mark, ast.Call)
    given = dict(zip(("format", "direction", "by"), mark.args, strict=False))
    given |= {keyword.arg: keyword.value for keyword in mark.keywords if keyword.arg}
    try:
        said = {name: ast.literal_eval(value) for name, value in given.items()}
        return Proof(said["format"], Direction(said["direction"]), said["by"], test, file.name)
    except (KeyError, ValueError) as unreadable:
        raise ValueError(
            f"{file.name}: {test}: write the mark as proves('key', 'writes', by='package')"
        ) from unreadable
