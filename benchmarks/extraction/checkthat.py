"""How well known claims are found for posts, through the real route, beside plain BM25 over the same texts.

The posts and claims are those of CheckThat! 2020, task 2 (Barrón-Cedeño et al., CLEF 2020); they lie outside the
repository. The measure is theirs: mean average precision among the first five (MAP@5).
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from anyio.from_thread import start_blocking_portal

from api.app import create_app
from provenance.analysis.recording import recording
from provenance.client import AsyncClient
from provenance.settings import Settings
from provenance.storage.claim import ClaimCreate
from provenance.storage.event import EventCreate
from provenance.storage.session import make_engine, migrate
from provenance.storage.words import fold
from provenance.storage.writes.claims import create_claim
from provenance.storage.writes.events import create_event
from provenance.vocabulary import ClaimKind

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FIRST = 5
# The textbook values, and the stop words that search engines have dropped since Lucene's first list.
SATURATION, LENGTH = 1.2, 0.75
STOP = frozenset(
    [
        *("a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not"),
        *("of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was"),
        *("will", "with"),
    ]
)

Ranking = Callable[[str], Sequence[int]]


@dataclass(frozen=True)
class Post:
    text: str
    repeats: frozenset[str]


@dataclass(frozen=True)
class Corpus:
    """The verified claims, each with the title of its page, and the posts that repeat one of them."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class Score:
    """``milliseconds`` are those of each question, in ascending order."""

    name: str
    map_at_5: float
    milliseconds: tuple[float, ...]

    @property
    def median_ms(self) -> float:
        """What half of the questions took at most."""
        return statistics.median(self.milliseconds)

    @property
    def p95_ms(self) -> float:
        """What all but one in twenty took at most."""
        return self.milliseconds[int(len(self.milliseconds) * 0.95)]

    @property
    def line(self) -> str:
        """The score as it is printed."""
        return f"{self.name:<28} MAP@5 {self.map_at_5:.4f}   {self.median_ms:6.1f} ms, p95 {self.p95_ms:6.1f} ms"


@dataclass(frozen=True)
class Comparison:
    """Both on one split in one run; ``bm25`` is the better one of two ways to cut words."""

    match: Score
    bm25: Score


def main() -> int:
    """Measure both on one split; 1 where ours is not above plain BM25."""
    options = _options()
    if not (options.corpora / "checkthat2020-claims.jsonl.gz").exists():
        print(f"CheckThat! 2020 is not in {options.corpora}: nothing is measured.")
        return 0
    result = compare(options.corpora, options.split)
    print(result.bm25.line, result.match.line, sep="\n")
    return 0 if result.match.map_at_5 > result.bm25.map_at_5 else 1


def compare(corpora: Path, split: str = "dev") -> Comparison:
    """Measure both; the claims are written into a database of their own, which is gone afterwards."""
    corpus = read(corpora, split)
    plain = (
        score("plain BM25, words as written", corpus, Bm25(corpus.texts, _written).best),
        score("plain BM25, folded words", corpus, Bm25(corpus.texts, _folded).best),
    )
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "claims.db", corpus) as ask:
        ours = score("POST /v1/match", corpus, ask)
    return Comparison(ours, max(plain, key=lambda one: one.map_at_5))


def read(corpora: Path, split: str) -> Corpus:
    """The corpus with the posts of one split; both sides of the comparison see claim and title in one text."""
    claims = _lines(corpora / "checkthat2020-claims.jsonl.gz")
    posts = _lines(corpora / f"checkthat2020-{split}.jsonl.gz")
    return Corpus(
        tuple(claim["id"] for claim in claims),
        tuple(f"{claim['claim']} {claim['title']}" for claim in claims),
        tuple(Post(post["text"], frozenset(post["gold"])) for post in posts),
    )


def score(name: str, corpus: Corpus, rank: Ranking) -> Score:
    """The mean average precision among the first five, with the time that each post took."""
    precisions, taken = [], []
    for post in corpus.posts:
        began = time.perf_counter()
        found = rank(post.text)
        taken.append((time.perf_counter() - began) * 1000)
        precisions.append(average_precision([corpus.ids[place] for place in found[:FIRST]], post.repeats))
    return Score(name, statistics.fmean(precisions), tuple(sorted(taken)))


def average_precision(found: Sequence[str], right: frozenset[str]) -> float:
    """The mean of the precision at each right one among the first five.

    >>> average_precision(["b", "a", "c"], frozenset("a")), average_precision(["b"], frozenset("a"))
    (0.5, 0.0)
    """
    hits, total = 0, 0.0
    for place, one in enumerate(found[:FIRST], start=1):
        if one in right:
            hits += 1
            total += hits / place
    return total / min(len(right), FIRST)


class Bm25:
    """Plain BM25 with an inverted index in memory: what ours has to beat."""

    def __init__(self, texts: Sequence[str], words_of: Callable[[str], list[str]]) -> None:
        self.words_of = words_of
        self.entries: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.lengths = []
        for place, text in enumerate(texts):
            words = words_of(text)
            self.lengths.append(len(words))
            for word, count in Counter(words).items():
                self.entries[word].append((place, count))
        self.average = statistics.fmean(self.lengths)

    def best(self, text: str) -> list[int]:
        """The first five; of equal ones, the earlier."""
        scores: dict[int, float] = defaultdict(float)
        for word in self.words_of(text):
            entries = self.entries.get(word, ())
            rare = math.log(1 + (len(self.lengths) - len(entries) + 0.5) / (len(entries) + 0.5))
            for place, count in entries:
                slowed = SATURATION * (1 - LENGTH + LENGTH * self.lengths[place] / self.average)
                scores[place] += rare * count * (SATURATION + 1) / (count + slowed)
        return sorted(scores, key=lambda place: (-scores[place], place))[:FIRST]


@contextmanager
def served(file: Path, corpus: Corpus) -> Iterator[Ranking]:
    """The app in this process on a database that holds the claims; what it answers, as places in the corpus."""
    url = f"sqlite:///{file}"
    places = _filled(url, corpus)
    app = create_app(Settings(database_url=url))
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        client = AsyncClient("http://provenance.test", transport=httpx.ASGITransport(app))

        async def matches(text: str) -> list[str]:
            return [item.claim for item in (await client.find.match(text=text, limit=FIRST)).items]

        def rank(text: str) -> list[int]:
            return [places[claim] for claim in portal.call(matches, text)]

        try:
            yield rank
        finally:
            portal.call(client.close)


def _filled(url: str, corpus: Corpus) -> dict[str, int]:
    migrate(url)
    engine = make_engine(url)
    with recording(engine, "benchmark") as writer:
        event = create_event(writer, EventCreate(title="Posts that were checked"))
        written = [
            create_claim(writer, ClaimCreate(text=text, kind=ClaimKind.OTHER, event=event.public_id))
            for text in corpus.texts
        ]
        places = {claim.public_id: place for place, claim in enumerate(written)}
    engine.dispose()
    return places


def _written(text: str) -> list[str]:
    return text.lower().split()


def _folded(text: str) -> list[str]:
    return [word for word in fold(text).split() if word not in STOP]


def _lines(file: Path) -> list[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="where the corpus lies")
    parser.add_argument("--split", choices=["train", "dev"], default="dev", help="which posts are asked about")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
