"""Where answers go: documents and pictures to stdout, everything else to stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from provenance.cli.visible import harmless

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

# The words of an error that speak of the API, and what the same is called here.
ADDRESSES = re.compile(
    r" GET /v1/(claims|corrections|documents|events|figures|flags|history|reports|reviews|rulings|sources|tallies)\b\.?"
)


def console() -> Console:
    """The terminal, or 80 plain columns where the output goes elsewhere."""
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)


def show(*parts: RenderableType) -> None:
    """Print for people; whatever the parts hold, only colours reach the terminal as control sequences."""
    from rich.segment import Segment, Segments

    terminal = console()
    for part in parts:
        drawn = terminal.render(terminal.render_str(part) if isinstance(part, str) else part)
        terminal.print(Segments(Segment(harmless(text), style) for text, style, control in drawn if not control))


def show_unbroken(line: str) -> None:
    """Print a line that somebody will copy, however long it is."""
    typer.echo(harmless(line))


def print_document(body: str | bytes) -> None:
    """Print a document and nothing else; JSON is UTF-8 whatever the terminal prefers."""
    raw = body.encode() if isinstance(body, str) else body
    sys.stdout.buffer.write(raw + b"\n")
    sys.stdout.buffer.flush()


def print_values(values: dict[str, Any]) -> None:
    """Print what a command did as a document."""
    print_document(json.dumps(values, ensure_ascii=False))


def note(message: str) -> None:
    """Say something beside the answer."""
    typer.echo(harmless(message), err=True)


def fail(message: str) -> NoReturn:
    """Tell an error in one line and leave with exit code 2."""
    one_line = ADDRESSES.sub(r": provenance \1", " ".join(message.split()))
    note(f"error: {one_line}")
    raise typer.Exit(2)


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar on stderr that hears how many of how many, with rate and remaining time; nothing where nobody looks on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    terminal = Console(stderr=True)
    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        task = bar.add_task(title, total=None, rate="")

        def heard(done: int, total: int | None) -> None:
            speed = bar.tasks[task].speed
            bar.update(task, completed=done, total=total, rate=f"{speed:,.1f}/s" if speed else "")

        yield heard
