"""What is wrong with a cell, said so that whoever keeps the table finds the cell and knows what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from provenance.errors import InvalidInput
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sheets.fields import SheetField

SHOWN = 200  # characters of a cell


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one row; ``column`` is the sheet's own heading, None where no column is to blame."""

    row: int
    field: SheetField | None
    column: str | None
    value: str | None
    message: str
    remedy: str


class Unfit(Exception):
    """A cell that cannot be what its column says; ``field`` names the column."""

    def __init__(self, field: SheetField | None, message: str, remedy: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.remedy = remedy


def parted(message: str) -> tuple[str, str]:
    """What is wrong and what to do, from a message that says both.

    >>> parted("it is no language tag; write one such as ru")
    ('It is no language tag.', 'Write one such as ru.')
    """
    for stop in ("; ", ". "):
        wrong, found, remedy = message.partition(stop)
        if found and remedy.strip():
            return _sentence(wrong), _sentence(remedy)
    return _sentence(message), "Correct the cell."


def unfit(refused: InvalidInput, field: SheetField) -> Unfit:
    """What the rules of the record refuse, as a fault of a column."""
    message = refused.message
    if refused.field and message.startswith(f"{refused.field}: "):
        message = message.removeprefix(f"{refused.field}: ")
    return Unfit(field, *parted(message))


def unfit_values(refused: ValidationError, fields: dict[str, SheetField]) -> Iterator[Unfit]:
    """The same for what the shape of a record refuses; ``fields`` says which column each value came from."""
    for error in refused.errors():
        name = str(error["loc"][0]) if error["loc"] else ""
        said = error["msg"].removeprefix("Value error, ")
        if error["type"] == "string_too_long":
            said = f"it is longer than {error['ctx']['max_length']} characters; shorten it"
        yield Unfit(fields.get(name), *parted(said))


def shown(value: str | None) -> str | None:
    """A cell's text as far as an error repeats it."""
    return None if value is None else one_line(value, SHOWN)


def _sentence(words: str) -> str:
    words = words.strip().rstrip(".")
    return f"{words[:1].upper()}{words[1:]}."
