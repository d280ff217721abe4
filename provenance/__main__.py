"""``provenance`` and ``python -m provenance``: the way in to the command line."""

from __future__ import annotations

import gc
import sys

NEW_OBJECTS = 50_000  # before Python looks for garbage among them


def main() -> None:
    """Run the command that was typed, and leave with its exit code."""
    # What is imported stays to the end; looking for garbage in it over and over takes a fifth of the way in.
    gc.set_threshold(NEW_OBJECTS, 20, 100)
    from provenance.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        # Names stand in many scripts; where a terminal cannot show one, a question mark is better than no answer.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="provenance")


if __name__ == "__main__":
    main()
