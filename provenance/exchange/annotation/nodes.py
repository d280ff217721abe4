"""A value in JSON that others wrote, with the place where it stands: whoever reads it asks for what it ought to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from provenance.errors import InvalidInput
from provenance.storage.record import LONGEST
from provenance.storage.texts import check_field

LONGEST_TEXT = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its path, such as ``items.0.target.selector``; the path of the whole is empty.

    Keys of JSON-LD that begin with an at sign are read without it as well.
    """

    place: str
    value: Any

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.value, list)

    @property
    def is_object(self) -> bool:
        """Whether it is an object."""
        return isinstance(self.value, dict)

    @property
    def is_text(self) -> bool:
        """Whether it is a text."""
        return isinstance(self.value, str)

    def at(self, key: str, value: Any) -> Node:
        """A value under this one."""
        return Node(f"{self.place}.{key}" if self.place else key, value)

    def child(self, key: str) -> Node | None:
        """What stands under a key; None where nothing or null does."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return None if value is None else self.at(key, value)

    def object(self) -> Node:
        """Itself, if it is an object; raises :class:`InvalidInput`."""
        if not isinstance(self.value, dict):
            raise self._unfit("an object")
        return self

    def listed(self, most: int) -> list[Node]:
        """What stands in a list; raises :class:`InvalidInput` if it is none, or a longer one."""
        if not isinstance(self.value, list):
            raise self._unfit("a list")
        if len(self.value) > most:
            raise InvalidInput(
                f"{self._shown}: it has {len(self.value):,} entries, and at most {most} are read at once. Send parts.",
                field=self._shown,
            )
        return [self.at(str(number), value) for number, value in enumerate(self.value)]

    def several(self, key: str) -> list[Node]:
        """What stands under a key, whether it is one value or a list of them."""
        found = self.child(key)
        if found is None:
            return []
        return found.listed(MOST_PARTS) if found.is_list else [found]

    def string(self, *, verbatim: bool = False) -> str:
        """Itself as a text that a record may hold; ``verbatim`` words of a document may hold whatever it does.

        :raises InvalidInput: if it is none, or holds what no record does.
        """
        if not isinstance(self.value, str):
            raise self._unfit("a text")
        try:
            check_field("", self.value, required=False, verbatim=verbatim)
        except ValueError as unfit:
            raise InvalidInput(f"{self._shown}: {unfit}.", field=self._shown) from unfit
        if len(self.value) > LONGEST_TEXT:
            raise InvalidInput(
                f"{self._shown}: it has {len(self.value):,} characters, and at most {LONGEST_TEXT:,} are read. Cut it.",
                field=self._shown,
            )
        return self.value

    def text(self, key: str, *, verbatim: bool = False) -> str | None:
        """The text under a key; None where there is none, or a blank one."""
        found = self.child(key)
        said = None if found is None else found.string(verbatim=verbatim)
        return said if said and said.strip() else None

    def required(self, key: str, *, verbatim: bool = False) -> str:
        """The text under a key; raises :class:`InvalidInput` where there is none."""
        said = self.text(key, verbatim=verbatim)
        if said is None:
            raise self.wrong(key, "it is missing", "Add it")
        return said

    def words(self, key: str) -> list[str]:
        """The texts under a key, whether it is one or a list."""
        return [each.string() for each in self.several(key)]

    def types(self) -> list[str]:
        """Of which types it is."""
        return self.words("type") + self.words("@type")

    def id(self) -> str | None:
        """Its address."""
        return self.text("id") or self.text("@id")

    def required_id(self) -> str:
        """Its address; raises :class:`InvalidInput` where it has none."""
        address = self.id()
        if address is None:
            raise self.wrong("id", "it is missing", "Add the address")
        return address

    def count(self, key: str) -> int:
        """The number of code points under a key; raises :class:`InvalidInput`."""
        value = self.value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LONGEST:
            raise self.wrong(key, f"{str(value)[:40]!r} is no number of characters", "Send a whole number from 0")
        return value

    def wrong(self, key: str, problem: str, remedy: str) -> InvalidInput:
        """What is wrong under a key, and what to do about it."""
        where = self.at(key, None).place
        return InvalidInput(f"{where}: {problem}. {remedy}.", field=where)

    @property
    def _shown(self) -> str:
        return self.place or "body"

    def _unfit(self, wanted: str) -> InvalidInput:
        kind = KINDS.get(type(self.value).__name__, "a number")
        return InvalidInput(f"{self._shown}: it is {kind}, and not {wanted}. Send {wanted}.", field=self._shown)


MOST_PARTS = 200  # bodies, targets or selectors of one annotation
KINDS = {"dict": "an object", "list": "a list", "str": "a text", "bool": "true or false", "NoneType": "null"}
