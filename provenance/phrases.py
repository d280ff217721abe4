"""How counts, numbers, names in a row and months are said: in reasons, at the terminal and on pages alike."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10

from provenance.numerals import Number

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def counted(count: int, one: str, several: str | None = None) -> str:
    """So many of something.

    >>> counted(1, "report"), counted(1200, "report"), counted(2, "party", "parties")
    ('1 report', '1,200 reports', '2 parties')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def either(count: int, one: str, many: str) -> str:
    """The form of a word that goes with a number.

    >>> either(1, "prints", "print"), either(2, "prints", "print")
    ('prints', 'print')
    """
    return one if count == 1 else many


def listed(names: Iterable[str], joint: str = "and", most: int | None = None) -> str:
    """Names in a row; beyond ``most`` only how many more there are.

    >>> listed(["Khabar 24"]), listed(["Khabar 24", "Tass", "Interfax"], joint="or"), listed([])
    ('Khabar 24', 'Khabar 24, Tass or Interfax', '')
    >>> listed(["Khabar 24", "Tass", "Interfax"], most=2)
    'Khabar 24, Tass and 1 more'
    """
    every = list(names)
    parts = every if not most or len(every) <= most else [*every[:most], f"{len(every) - most} more"]
    return f" {joint} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def number(value: Number | float | None) -> str:
    """A number for people: of what lies behind the point, six digits that count; of what lies before, all.

    >>> number(24), number(0.1 + 0.2), number(1_500_000.0), number(0.00001234), number(None)
    ('24', '0.3', '1,500,000', '0.00001234', 'no number')
    """
    if value is None:
        return "no number"
    exact = float(value)
    if exact == int(exact):
        return f"{int(exact):,}"
    behind = 6 if abs(exact) >= 1 else 5 - floor(log10(abs(exact)))
    return f"{exact:,.{behind}f}".rstrip("0").rstrip(".")


def interval(low: Number | float | None, high: Number | float | None) -> str:
    """An interval in words.

    >>> interval(24, None), interval(8, 8), interval(None, 50), interval(3, 5), interval(None, None)
    ('24 or more', '8', '50 or fewer', '3 to 5', 'no number')
    >>> interval(0.2999999999999997, 1234567.5)
    '0.3 to 1,234,567.5'
    """
    match low, high:
        case None, None:
            return "no number"
        case _, None:
            return f"{number(low)} or more"
        case None, _:
            return f"{number(high)} or fewer"
        case _ if low == high:
            return number(low)
        case _:
            return f"{number(low)} to {number(high)}"
