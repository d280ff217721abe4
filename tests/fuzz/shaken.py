"""What comes in from outside, shaken: sound files with a few bytes changed, and sound JSON with odd values in it.

Each is drawn from a fixed seed, so that a run is the same everywhere; `PROVENANCE_FUZZ=all` draws many more. Whatever
takes longer than it ever should is stopped, which fails the test that it is in.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

MANY = os.environ.get("PROVENANCE_FUZZ") == "all"
ENDLESS = 30  # seconds for what takes milliseconds, on a machine that others use, too


def tried(few: int, many: int = 2_000) -> Callable[[Any], Any]:
    """How many examples a test draws; always the same ones in the suite."""
    shared = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(
        max_examples=many if MANY else few,
        derandomize=not MANY,
        database=None,
        deadline=None,
        # What was found is found again; only many examples are worth the time to look for the smallest of them.
        phases=[*Phase] if MANY else [Phase.explicit, Phase.generate],
        suppress_health_check=shared,
    )


class Endless(BaseException):
    """Something did not end; nothing that catches errors may take it for one of its own."""


@contextmanager
def ending() -> Iterator[None]:
    """Stop what does not end."""

    def stop(_signal: int, _frame: object) -> None:
        raise Endless(f"it was not done after {ENDLESS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(ENDLESS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


# What parsers have stumbled over: ends of texts, numbers at their limits, signs that are half of something.
PIECES = (
    *(
        "",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u2028",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u0301",
        "\U0001f692",
        "\x85",
        "\ufffd",
    ),
    *(
        "0",
        "-0",
        "-1",
        "00",
        "9" * 30,
        "1e400",
        "1e-400",
        "NaN",
        "Infinity",
        "½",
        "²",
        "٣",
        "𝟟",
        "〇",
        "Ⅻ",
        "1,00",
        "1.2.3",
    ),
    *(
        '"',
        "'",
        "“",
        "”",
        "«",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "</",
        "<!--",
        "<![CDATA[",
        "&",
        "&#0;",
        "&#xd800;",
    ),
    *(
        "\\",
        "\\u0000",
        "\\ud800",
        "%00",
        "%ff",
        "--",
        "/",
        "//",
        ":",
        ";",
        ",",
        ".",
        "…",
        "=",
        "?",
        "#",
        "@",
        "|",
        "*",
        "^",
    ),
    *("2022-02-30", "0000-00-00", "9999-12-31T23:59:60Z", "24:00", "+14:00", "+99:99", "January 32", "5 дня", "1月6日"),
    *(
        "null",
        "true",
        "[]",
        "{}",
        "&amp;" * 3,
        "a" * 300,
        "x-" * 100,
        "!!python/object:os.system",
        "*a",
        "&a",
        "<<: *a",
    ),
)
pieces = st.sampled_from(PIECES)


def texts(*words: str, most: int = 8) -> st.SearchStrategy[str]:
    """Short texts of words that a parser knows, between what parsers stumble over."""
    known = st.sampled_from(words)
    return st.lists(known | known | pieces | st.text(max_size=4), max_size=most).map("".join)


def shaken(sound: bytes) -> st.SearchStrategy[bytes]:
    """A sound file with one to four of its places changed: bytes flipped, left out, doubled, put in, or cut off."""
    return st.lists(_changes(len(sound)), min_size=1, max_size=4).map(lambda several: _changed(sound, several))


Change = tuple[str, int, int, bytes]


def _changes(size: int) -> st.SearchStrategy[Change]:
    inside = st.one_of(pieces.map(lambda piece: piece.encode("utf-8", "surrogatepass")), st.binary(max_size=6))
    kinds = st.sampled_from(("flip", "flip", "cut", "leave out", "double", "put in", "put in"))
    return st.tuples(kinds, st.integers(0, max(size - 1, 0)), st.integers(1, 40), inside)


def _changed(sound: bytes, several: list[Change]) -> bytes:
    content = sound
    for kind, at, length, inside in several:
        before, there, after = content[:at], content[at : at + length], content[at + length :]
        match kind:
            case "flip":
                content = before + bytes(one ^ (1 << length % 8) for one in there[:1]) + there[1:] + after
            case "cut":
                content = before
            case "leave out":
                content = before + after
            case "double":
                content = before + there + there + after
            case _:
                content = before + inside + there + after
    return content


odd_values: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**31, 2**63, 10**40, 1e308, -0.5, float("nan"), float("inf")]),
    pieces,
    st.text(max_size=8),
    st.just("\ud83d"),
    st.lists(pieces | st.none(), max_size=3),
    st.dictionaries(pieces, pieces | st.integers(), max_size=2),
    st.sampled_from([10, 100, 200]).map(lambda depth: _deep(depth)),
)


def _deep(depth: int) -> Any:
    held: Any = "deep"
    for _ in range(depth):
        held = [held]
    return held


@st.composite
def odd(draw: st.DrawFn, sound: Any) -> Any:
    """Sound JSON in which one to three places hold something else, are left out, or hold what stands elsewhere."""
    given = deepcopy(sound)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(given))
        if not places:
            return given
        holder, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(("other", "other", "gone", "elsewhere", "wrapped"))):
            case "gone":
                del holder[key]
            case "elsewhere":
                other, name = draw(st.sampled_from(places))
                holder[key] = deepcopy(other[name])
            case "wrapped":
                holder[key] = draw(st.sampled_from(([holder[key]], {"@value": holder[key]}, {"@list": [holder[key]]})))
            case _:
                holder[key] = draw(odd_values)
    return given


def _places(held: Any) -> Iterator[tuple[Any, Any]]:
    """Each place of a document, as what holds it and the key or number there."""
    waiting = [held]
    while waiting:
        one = waiting.pop()
        keys: list[Any] = list(one) if isinstance(one, dict) else list(range(len(one))) if isinstance(one, list) else []
        for key in keys:
            yield one, key
            waiting.append(one[key])
