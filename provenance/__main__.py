"""``provenance`` and ``python -m provenance``: the way in to the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that was typed, and leave with its exit code."""
    from provenance.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        # Names stand in many scripts; where a terminal cannot show one, a question mark is better than no answer.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="provenance")


if __name__ == "__main__":
    main()
