"""The manual of the command line, made from the help that the commands themselves give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer.main

from provenance.cli.app import Shell, app

SETTINGS: dict[str, Any] = {"terminal_width": 80, "help_option_names": ["-h", "--help"]}

HEAD = """# Command line

Each command answers from the same reads as the API. `--json` prints the API's document on stdout and nothing else;
notes, progress and errors go to stderr. `provenance trace CLAIM --json` is `GET /v1/claims/CLAIM/trace` with a
newline at its end.

Where a filter takes the id of a source or an event, its name does as well. The database is the one given by
`--database`, before or after the command, else by `PROVENANCE_DATABASE_URL`, else `provenance.db` in the folder.

| exit code | meaning |
| --- | --- |
| 0 | It was done; a list may be empty. |
| 1 | It went wrong in here, or `verify` found something. |
| 2 | It cannot be done as asked; one line on stderr names the thing and the remedy. |
| 130 | Ctrl-C; `serve` ends with 0, since that is how it is stopped. |

"""


def manual() -> str:
    """The whole manual as Markdown."""
    return HEAD + "\n\n".join(_section(name, text) for name, text in helps()) + "\n"


def helps() -> Iterator[tuple[str, str]]:
    """The help of the program and of each of its commands, by what is typed for it."""
    group = typer.main.get_command(app)
    if not isinstance(group, Shell):
        raise TypeError("the app is a group of commands")
    whole = group.context_class(group, info_name="provenance", **SETTINGS)
    yield "provenance", group.get_help(whole)
    yield from _beneath(group, whole, "provenance")


def _beneath(group: Any, of: Any, typed: str) -> Iterator[tuple[str, str]]:
    """The help of the commands in a group; a group in it is only a name before those of its own."""
    for name in group.list_commands(of):
        command: Any = group.get_command(of, name)
        context = command.context_class(command, info_name=name, parent=of, **SETTINGS)
        if hasattr(command, "list_commands"):
            yield from _beneath(command, context, f"{typed} {name}")
        else:
            yield f"{typed} {name}", command.get_help(context)


def _section(name: str, text: str) -> str:
    lines = [re.sub(r"\s+$", "", line) for line in text.splitlines()]
    return f"## {name}\n\n```text\n" + "\n".join(lines) + "\n```"
