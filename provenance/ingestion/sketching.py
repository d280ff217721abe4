"""Tells near-copies by their words: sketches that make them meet in the database, and the share that two texts have
in common.

A sketch is a MinHash of the runs of three words that a text consists of, cut into bands; two texts that share a band
are worth comparing. Numbers survive translation, so a second, smaller sketch holds the runs of numbers alone.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rensa import RMinHash

from provenance.storage.words import fold

SHINGLE = 3  # words
PERMUTATIONS = 128
ROWS = 3  # 42 bands of 3: of texts that share half of their shingles all meet, of a third 4 in 5, of a tenth 1 in 25
NUMBER_BANDS = 8
FIRST_NUMBER_BAND = 1_000
SEED = 20220106  # another one would make sketches that never meet those already stored
FEWEST_WORDS = 20  # below that, texts are alike by chance
FEWEST_NUMBERS = 5
LONGEST_SKETCHED = 200_000  # characters; what is longer is known by its beginning

NUMBER = re.compile(r"\d+(?:[.,'\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The bands of a text, as (band, hash) with hashes that fit 64 bits with a sign; none where it is too short."""

    words: tuple[tuple[int, int], ...] = ()
    numbers: tuple[tuple[int, int], ...] = ()

    @property
    def bands(self) -> tuple[tuple[int, int], ...]:
        """All of them."""
        return self.words + self.numbers


def sketch(text: str) -> Sketch:
    """The sketch of a text.

    >>> sketch("Eight officers were killed.")
    Sketch(words=(), numbers=())
    """
    return Sketch(tuple(_bands(shingles(text))), tuple(_number_bands(numbers(text))))


def shingles(text: str) -> frozenset[str]:
    """The runs of three words in a text, whatever their case and accents; none where it is too short to tell.

    >>> sorted(shingles("one two three four " * 6))
    ['four one two', 'one two three', 'three four one', 'two three four']
    """
    words = fold(text[:LONGEST_SKETCHED]).split()
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of all shingles that stand in both texts (Jaccard), from 0 to 1.

    >>> likeness(frozenset("abc"), frozenset("bcd"))
    0.5
    """
    return len(one & other) / len(one | other) if one and other else 0.0


def numbers(text: str) -> tuple[str, ...]:
    """The numbers that are printed in digits, in their order, without what groups their digits.

    >>> numbers("2,298 were held by 6 January; 1 000 hurt")
    ('2298', '6', '1000')
    """
    found = NUMBER.findall(text[:LONGEST_SKETCHED])
    return tuple(re.sub(r"[.,'\u00a0\u202f ](?=\d{3}(?!\d))", "", number) for number in found)


def same_order(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of two runs of numbers is the same in the same order, from 0 to 1; 0 where there are few.

    >>> same_order("8 18 353 1000 2298 5".split(), "8 18 353 1000 2298 6".split())
    0.8333333333333334
    """
    if min(len(set(one)), len(set(other))) < FEWEST_NUMBERS:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _bands(found: frozenset[str]) -> Iterator[tuple[int, int]]:
    if found:
        digest = _digest(sorted(found), PERMUTATIONS)
        for band in range(PERMUTATIONS // ROWS):
            yield band, _hash(digest[band * ROWS : (band + 1) * ROWS])


def _number_bands(found: Sequence[str]) -> Iterator[tuple[int, int]]:
    if len(set(found)) >= FEWEST_NUMBERS:
        runs = [" ".join(found[start : start + SHINGLE]) for start in range(len(found) - SHINGLE + 1)]
        for band, value in enumerate(_digest(sorted(set(runs)), NUMBER_BANDS)):
            yield FIRST_NUMBER_BAND + band, _hash([value])


def _digest(tokens: list[str], permutations: int) -> list[int]:
    made = RMinHash(num_perm=permutations, seed=SEED)
    made.update(tokens)
    return list(made.digest())


def _hash(values: Sequence[int]) -> int:
    # The library's version goes in: sketches that another algorithm made must never meet ours by chance.
    packed = struct.pack(f"<{len(values) + 1}Q", RMinHash.ALGORITHM_VERSION, *values)
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little", signed=True)
