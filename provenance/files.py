"""Writes files whole or not at all: what stands under a name was written to its end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def written_whole(file: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """A stream into a file that gets its name when all is written; until then, and if that fails, what stood there
    stays. Pipes and devices are written to as they are.

    ``private``: only its owner may read it, from its first byte on; it holds what is not for everybody.

    :raises OSError: naming the file.
    """
    if file.exists() and not file.is_file():
        with _naming(file), file.open("wb") as device:
            yield device
        return
    half = file.with_name(f"{file.name}.part")
    stream = _begun(half, private)
    try:
        with _naming(file), stream:
            yield stream
        half.replace(file)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def _begun(half: Path, private: bool) -> IO[bytes]:
    if not private:
        return half.open("wb")
    # One that was left behind may be open to others.
    half.unlink(missing_ok=True)
    return os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failed:
        # A full disk does not say where.
        if failed.filename is None:
            failed.filename = str(file)
        raise
