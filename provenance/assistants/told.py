"""What an assistant is told: sentences made from counts, a bounded list of points, and citations that a reader can
check. Every answer has this one shape, as structured data and as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, Field

REPORTING = "This measures who reported what through whom, never whether it is true."
LONGEST = 600  # characters of a quote or a sentence; whole texts stay behind the links

Fact = str | int | float | bool | None


class Point(BaseModel):
    """One thing in an answer, as a sentence."""

    says: str = Field(description="What it is, in words.")
    id: str | None = Field(default=None, description="Public id of the record that it is about.")
    page: str | None = Field(default=None, description="Where people read that record.")


class Citation(BaseModel):
    """Where an answer can be checked."""

    id: str = Field(description="Public id of the report, document or other record.")
    page: str = Field(description="Where people read that record.")
    says: str = Field(description="Who published it, when.")
    quote: str | None = Field(default=None, description="The words of the document, exactly; null: none are held.")
    url: str | None = Field(default=None, description="Where the document was found; null: not recorded.")


class Told(BaseModel):
    """An answer to one of the ten questions."""

    answer: list[str] = Field(description="The answer, in sentences made from counts.")
    facts: dict[str, Fact] = Field(default_factory=dict, description="The same in keys and numbers, where it has any.")
    points: list[Point] = Field(default_factory=list, description="The things that the answer is made of, in order.")
    total: int | None = Field(description="How many such things there are; `points` may hold fewer. Null: not counted.")
    more: str | None = Field(default=None, description="How to get the rest; null: this is all.")
    citations: list[Citation] = Field(default_factory=list, description="Where it can be checked.")
    measures: str = Field(default=REPORTING, description="What such an answer does not say.")

    def text(self) -> str:
        """The answer to be read."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield from self.answer
        yield from (f"- {point.says}{_where(point)}" for point in self.points)
        if self.more and self.total == 0:
            yield self.more
        elif self.more:
            yield f"{len(self.points)}{'' if self.total is None else f' of {self.total}'} shown. {self.more}"
        if self.citations:
            yield "Citations:"
        for number, cited in enumerate(self.citations, 1):
            yield f"[{number}] {cited.says} {_held(cited)}{cited.page}"
        yield self.measures


def short(text: str, most: int = LONGEST) -> str:
    """The beginning of a long text, marked as such.

    >>> short("Dozens of attackers were killed.", 12)
    'Dozens of a…'
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "claim"), counted(56, "document"), counted(2, "party", "parties")
    ('1 claim', '56 documents', '2 parties')
    """
    return f"{number} {one if number == 1 else several or one + 's'}"


def listed(names: Iterable[str], most: int = 5) -> str:
    """Names in a row, of which the last ones may only be counted.

    >>> listed(["Tass", "Interfax", "RIA Novosti"], 2)
    'Tass, Interfax and 1 more'
    """
    every = list(names)
    if len(every) <= most:
        return ", ".join(every)
    return f"{', '.join(every[:most])} and {len(every) - most} more"


def by_then(as_of: str | None) -> str:
    """What an answer is restricted to, to stand behind what it counts.

    >>> f"2 reports{by_then('2022-01-06T07:00Z')}", f"57 reports{by_then(None)}"
    ('2 reports published by 2022-01-06T07:00Z', '57 reports')
    """
    return f" published by {as_of}" if as_of else ""


def in_marks(words: str) -> str:
    """Words in quotation marks, once.

    >>> in_marks("dozens"), in_marks("“Dozens,” she said")
    ('“dozens”', '“Dozens,” she said')
    """
    return words if words.startswith(("“", "«", "„", '"')) else f"“{words}”"


def spoken(key: str) -> str:
    """A key as it is read.

    >>> spoken("not_comparable")
    'not comparable'
    """
    return str(key).replace("_", " ")


def rest(total: int | None, shown: int, remedy: str) -> str | None:
    """How to get what is not shown; None where all is."""
    return remedy if total is None or total > shown else None


def _where(point: Point) -> str:
    return f" ({point.id}, {point.page})" if point.page else f" ({point.id})" if point.id else ""


def _held(cited: Citation) -> str:
    if not cited.id.startswith("rep_"):
        return ""
    quoted = in_marks(cited.quote) if cited.quote else "no words of it are held"
    return f"{quoted}; {cited.url or 'its address is not recorded'}; "
