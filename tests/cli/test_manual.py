"""The manual of the command line says what the commands say, and offers each filter that the API offers."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.cli.manual import helps, manual
from provenance.cli.options import SHORT
from provenance.storage.reads import asked as reads
from provenance.storage.reads import asked_desk
from provenance.storage.reads.asked import Question

# What only turns files into others, or into an answer, needs no database.
FILES_ALONE = ["provenance read", "provenance convert", "provenance backups"]
SERVERS = ["provenance serve", "provenance mcp"]
# What they print is a file in a format of others.
WRITE_FILES = ("provenance graph", "provenance package", "provenance table ")
PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"


def test_the_page_is_fresh() -> None:
    _, _, made = PAGE.read_text(encoding="utf-8").partition("-->\n\n")
    assert made == manual(), "write it anew: python docs/generate.py"


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("claims", reads.ClaimsAsked),
        ("figures", reads.FiguresAsked),
        ("flags", reads.FlagsAsked),
        ("sources", reads.SourcesAsked),
        ("events", reads.EventsAsked),
        ("tallies", reads.TalliesAsked),
        ("documents", reads.DocumentsAsked),
        ("reports", reads.ReportsAsked),
        ("reviews", reads.ReviewsAsked),
        ("corrections", reads.CorrectionsAsked),
        ("rulings", reads.RulingsAsked),
        ("drift", reads.DriftAsked),
        ("desk", asked_desk.DeskAsked),
        ("tasks", asked_desk.TasksAsked),
    ],
)
def test_each_filter_of_the_api_is_an_option_of_the_command(command: str, asked: type[Question]) -> None:
    text = dict(helps())[f"provenance {command}"]
    for name in asked.model_fields:
        assert name == "q" or f"  {SHORT.get(name, '--' + name.replace('_', '-'))} " in text


def test_all_commands_but_the_servers_print_json_and_all_that_use_one_take_a_database() -> None:
    commands = dict(helps())
    del commands["provenance"]
    silent = [name for name, text in commands.items() if "--json" not in text]
    assert [name for name in silent if not name.startswith(WRITE_FILES)] == SERVERS
    assert [name for name, text in commands.items() if "--database URL" not in text] == FILES_ALONE
