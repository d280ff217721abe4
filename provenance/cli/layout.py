"""The few shapes of which everything on the terminal is made; none is ever wider than the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.text import Text

OPENING = tuple("“”„«»‘‚\"'「『")


@dataclass(frozen=True, slots=True)
class Hanging:
    """Words behind a mark, further lines indented below the first; no line ends in spaces."""

    mark: str
    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Wrap the words into what the mark leaves of the width."""
        indent = len(self.mark)
        lines = self.text.wrap(console, max(options.max_width - indent, 10), overflow="fold")
        for number, line in enumerate(lines):
            line.rstrip()
            yield Text.assemble(self.mark if number == 0 else " " * indent, line)


def plain(text: str | Text, style: str = "") -> Hanging:
    """A paragraph."""
    return Hanging("", Text(text, style) if isinstance(text, str) else text)


def item(text: str | Text) -> Hanging:
    """One of several."""
    return Hanging("- ", Text(text) if isinstance(text, str) else text)


def beneath(text: str) -> Hanging:
    """What belongs to the item above."""
    return Hanging("    ", Text(text, "dim"))


def quoted(text: str) -> str:
    """The words in quotation marks, unless they bring their own.

    >>> quoted("dozens"), quoted("“Dozens were eliminated,” she said")
    ('“dozens”', '“Dozens were eliminated,” she said')
    """
    return text if text[:1] in OPENING else f"“{text}”"


def title(text: str) -> Group:
    """What comes next, after an empty line."""
    return Group(Text(), plain(text, "bold underline"))
