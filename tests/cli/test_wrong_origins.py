"""What a command says to whoever names something that cannot be read: the thing, once, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.cli.reading import _the_one
from provenance.errors import InvalidInput
from provenance.ingestion.loading import LoadFailure, load


def refused(origin: str) -> str:
    with pytest.raises(InvalidInput) as wrong:
        _the_one(origin)
    return wrong.value.message


def test_a_folder_is_not_read_but_taken_in(tmp_path: Path) -> None:
    assert refused(str(tmp_path)) == f"{tmp_path} is a folder; take it in with: provenance ingest {tmp_path}"


def test_an_empty_name_is_no_file() -> None:
    assert "give a file, an address" in refused("")


@pytest.mark.parametrize("address", ["ftp://tass.example/a", "file:///etc/hosts"])
def test_only_addresses_of_the_web_are_fetched(address: str) -> None:
    [failure] = load(address)

    assert isinstance(failure, LoadFailure)
    assert "only http:// and https:// are" in failure.reason


def test_a_refused_address_is_named_once() -> None:
    assert refused("http://127.0.0.1:1/").count("http://127.0.0.1:1/") == 1


def test_a_device_is_said_to_be_no_regular_file() -> None:
    assert refused("/dev/null") == "/dev/null is no regular file; give a file or folder, or - for standard input."
