"""Makes control characters harmless: what stands in the database is text, never an order to the terminal.

A title may hold an escape sequence that renames the window, moves the cursor or forges a line of the answer. Such
characters are shown as pictures of themselves, so that a reader sees that they are there.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

C0 = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
C1 = dict.fromkeys(range(0x80, 0xA0), "\N{SYMBOL FOR ESCAPE}")
HARMLESS = C0 | {0x7F: "\N{SYMBOL FOR DELETE}"} | C1
IN_A_LINE = HARMLESS | {ord("\t"): " ", ord("\n"): " ", 0x2028: " ", 0x2029: " "}


def harmless(text: str) -> str:
    r"""The text with its control characters shown; lines stay lines.

    >>> harmless("\x1b]0;pwn\x07 \x9b2J")
    '␛]0;pwn␇ ␛2J'
    """
    return text.translate(HARMLESS)


def visible(held: Any) -> Any:
    r"""The same record, list or text with every text harmless and in one line, so that none can forge another.

    >>> visible({"title": "a\nb", "paths": [["\x1b[31mred"]]})
    {'title': 'a b', 'paths': [['␛[31mred']]}
    """
    match held:
        case BaseModel():
            return held.model_copy(update={name: visible(value) for name, value in held})
        case dict():
            return {key: visible(value) for key, value in held.items()}
        case list() | tuple():
            return type(held)(map(visible, held))
        case str() if type(held) is str:
            return held.translate(IN_A_LINE)
        case _:
            return held
