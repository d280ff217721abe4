"""The program, read and put together before it is needed: a process that is split off here serves within a second.

An app holds nothing of its own between two servers, so each process may start with the one that lies ready.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import api.app
import provenance.cli.app  # noqa: F401  every command is read, too
from provenance.settings import settings

APP = api.app.create_app()


def run(words: Sequence[str], environment: Mapping[str, str], log: str) -> None:
    """`provenance` with these words, in this process; what it says goes to a file."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(file, stream)
    os.environ.update(environment)
    settings.cache_clear()
    sys.argv = ["provenance", *words]
    api.app.create_app = _the_app  # type: ignore[assignment]
    from provenance.__main__ import main

    main()


def _the_app() -> object:
    # The command has put its own settings into place by now.
    APP.state.settings = settings()
    return APP
