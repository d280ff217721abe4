"""Every package we ask for is pinned, locked with hashes, and explained; no lock names where packages come from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
GROUPS: dict[str, list[str]] = {"runtime": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
REQUIREMENTS = [(group, line) for group, lines in GROUPS.items() for line in lines if PROJECT["name"] not in line]
COMPARED = [
    line
    for line in (ROOT / "benchmarks" / "requirements.in").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LOCKS = sorted([*(ROOT / "requirements").glob("*.lock"), ROOT / "benchmarks" / "requirements.lock"])

PIN = re.compile(r"(?P<name>[\w-]+)(\[[\w,]+\])?==(?P<version>[\w.]+)( *;.*)?")


@pytest.mark.parametrize(("group", "requirement"), REQUIREMENTS)
def test_each_requirement_is_pinned_and_its_lock_agrees(group: str, requirement: str) -> None:
    pin = PIN.fullmatch(requirement)
    assert pin is not None, f"{requirement} is not pinned to one version"
    lock = (ROOT / "requirements" / f"{group}.lock").read_text(encoding="utf-8")
    assert re.search(rf"^{pin['name']}(\[[\w,]+\])?=={re.escape(pin['version'])} ", lock, re.MULTILINE), (
        "run `make lock`"
    )


def test_the_page_on_dependencies_explains_each_and_no_other() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `([\w-]+)` \| \w.+ \| \w.+ \|$", page, re.MULTILINE)
    lines = [line for _, line in REQUIREMENTS] + COMPARED
    asked_for = {pin["name"] for line in lines if (pin := PIN.fullmatch(line))}
    assert sorted(explained) == sorted(asked_for)


@pytest.mark.parametrize("requirement", [line for line in COMPARED if not line.startswith("datasette")])
def test_what_the_benchmark_compares_with_runs_on_the_same_server_program(requirement: str) -> None:
    assert requirement in GROUPS["runtime"], "give benchmarks/requirements.in the pin of pyproject.toml"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_a_hash_for_each_package_and_no_address(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8"))
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert packages
    assert [entry.split()[0] for entry in packages if "--hash=sha256:" not in entry] == []
    assert "://" not in lock.read_text(encoding="utf-8")


def test_the_page_on_advisories_speaks_of_each_package_that_runs_in_the_version_that_is_locked() -> None:
    page = (ROOT / "docs" / "advisories.md").read_text(encoding="utf-8")
    lock = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([\w.-]+)` \| ([\w.]+) \|", page, re.MULTILINE)
    locked = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", lock, re.MULTILINE)
    assert sorted(told) == sorted(locked), "look what is known of what is new, and write it down"


def test_no_package_is_locked_below_the_version_in_which_what_was_found_is_mended() -> None:
    page = (ROOT / "docs" / "advisories.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `([\w.-]+)` \| ([\w.]+) \| [^|]+ \| ([\w.]+) \|$", page, re.MULTILINE)
    assert len(found) > 25
    assert [(name, locked) for name, locked, mended in found if Version(locked) < Version(mended)] == []
