"""What to do next: flags turned into acts, and the acts put in the order of what they would settle.

A flag says what would clear it. Several flags are often cleared by one and the same thing: a reference for one tie, a
comparison of two accounts, the text of one document that states ten claims. Such a thing is a task.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from provenance.phrases import counted, either
from provenance.storage.reads.seen import ClaimSeen, FlagSeen, RowSeen, Seen
from provenance.vocabulary import DeskAct


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is needed to clear a flag; needs with the same act and ``of`` are one and the same thing."""

    act: DeskAct
    of: tuple[str, ...]
    do: str
    rows: tuple[RowSeen, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One act with the flags that it alone would clear, and those that need something else too."""

    id: str
    need: Need
    settles: tuple[FlagSeen, ...]
    helps: tuple[FlagSeen, ...]
    claims: tuple[ClaimSeen, ...]

    @property
    def figures(self) -> int:
        """How many figures the flags are about, each counted once."""
        return len(frozenset().union(*(flag.figures for flag in (*self.settles, *self.helps))))

    @property
    def documents(self) -> int:
        """How many documents state the claims; one that states two of them counts twice."""
        return sum(claim.documents for claim in self.claims)

    @property
    def order(self) -> tuple[int, int, int, int, int, str]:
        """What decides its place: the smaller comes first, and each number decides only where those before are even."""
        doubtful = int(self.need.act is DeskAct.DOUBT)
        return (doubtful, -len(self.settles), -len(self.helps), -self.figures, -self.documents, self.id)

    @property
    def why(self) -> str:
        """Why it stands where it does, in a sentence made from the counts."""
        states = f"which {counted(self.documents, 'document')} {either(self.documents, 'states', 'state')}"
        of = f"of {counted(len(self.claims), 'claim')}, {states}"
        done = "would clear" if self.need.act is not DeskAct.DOUBT else "would clear, if the record is wrong,"
        if not self.settles:
            return f"With other things it {done} {counted(len(self.helps), 'flag')} {of}."
        more = f", and with other things {len(self.helps)} more" if self.helps else ""
        return f"It alone {done} {counted(len(self.settles), 'flag')}{more}, {of}."


def ranked(seen: Seen) -> list[Task]:
    """All tasks, in the order in which they settle most.

    There are no weights. What helps only if the record turns out to be wrong comes last. Then decides how many flags an
    act alone would clear; where that is even, how many more it would help to clear; then how many figures these flags
    are about, how many documents state the claims, and last the task's own id, so that the order is always the same.

    One reference for a tie serves both claims whose origins it joins, so it comes before a review of either figure:

    >>> tie = RowSeen("source", "src_police", "Almaty police is part of Interior Ministry (only commonly known)")
    >>> flags = [FlagSeen(claim, "uncited_tie", "A reference is given for this tie.", (tie,)) for claim in "ab"]
    >>> flags += [FlagSeen("a", "unverified_figure", "An accepted review upholds it.", (), frozenset({1}))]
    >>> claims = {"a": ClaimSeen("a", "Dozens of attackers were eliminated.", 56), "b": ClaimSeen("b", "18 died.", 10)}
    >>> for task in ranked(Seen(claims, flags, {}, {}, {"src_police": "Almaty police"})):
    ...     print(task.need.act, len(task.settles), len(task.helps), task.why)
    cite_tie 2 0 It alone would clear 2 flags, of 2 claims, which 66 documents state.
    review 1 0 It alone would clear 1 flag, of 1 claim, which 56 documents state.
    find_origin 0 1 With other things it would clear 1 flag of 1 claim, which 56 documents state.
    """
    opened: dict[tuple[DeskAct, tuple[str, ...]], _Opened] = {}
    for flag in seen.flags:
        needs = list(needs_of(flag, seen))
        enough = {(need.act, need.of) for need in needs} if len(needs) == 1 else set()
        for need in (*needs, *_also(flag)):
            task = opened.setdefault((need.act, need.of), _Opened(need))
            task.take(flag, need, settles=(need.act, need.of) in enough)
    tasks = (task.closed(seen.claims) for task in opened.values())
    return sorted(tasks, key=lambda task: task.order)


def needs_of(flag: FlagSeen, seen: Seen) -> Iterator[Need]:
    """What is needed to clear a flag: all of these together.

    Figures of two accounts that contradict each other need one comparison, from whichever side it is seen:

    >>> def clash(one, other):
    ...     return FlagSeen(one, "contradicted_figure", "The two are compared.", (RowSeen("claim", other, "“16”"),))
    >>> nothing = Seen({}, [], {}, {}, {})
    >>> [need.of for flag in (clash("a", "b"), clash("b", "a")) for need in needs_of(flag, nothing)]
    [('a', 'b'), ('a', 'b')]
    """
    match flag.rule:
        case "uncited_tie":
            yield from (_about(DeskAct.CITE_TIE, row, "A reference is found for this tie") for row in flag.rows)
        case "not_examined":
            yield from (
                _about(DeskAct.EXAMINE_TIE, row, "A tie is looked for, and recorded or signed as none")
                for row in flag.rows
            )
        case "interested_party":
            yield from (_about(DeskAct.DOUBT, row, "This recorded interest is found not to exist") for row in flag.rows)
        case "contradicted_figure" | "falling_cumulative":
            yield from _comparisons(flag)
        case "zombie":
            yield from (_of_rows(DeskAct.DECIDE, flag, [row]) for row in flag.rows if row.noun == "report")
        case "disputed_attribution":
            yield _of_rows(DeskAct.DECIDE, flag, [row for row in flag.rows if row.noun == "correction"])
        case "retracted" | "superseded":
            yield _of_rows(DeskAct.DOUBT, flag, [row for row in flag.rows if row.noun == "correction"])
        case "origin_not_stated":
            yield from _asking(flag, seen)
        case "no_quote":
            yield from _texts(flag, seen)
        case rule if rule in ACTS:
            yield _of_claim(ACTS[rule], flag)
        case _:
            yield from _reading_again(flag)


# What clears the flags of a rule for one claim at a time; whatever is not named at all is cleared by reading again.
ACTS: Mapping[str, DeskAct] = {
    "single_origin": DeskAct.FIND_ORIGIN,
    "one_party": DeskAct.FIND_ORIGIN,
    "chokepoint": DeskAct.FIND_ORIGIN,
    "unverified_figure": DeskAct.REVIEW,
    "vague_figure": DeskAct.ASK,
    "hearsay": DeskAct.FIND_NEARER,
    "text_changed": DeskAct.COMPARE,
}
# Which sentence tells what to do where flags of several rules need the same: the most demanding one.
TELLING = ("one_party", "chokepoint", "single_origin")


def _also(flag: FlagSeen) -> Iterator[Need]:
    """What is another way to clear a flag, and not enough alone: a second origin, which has then to be examined."""
    if flag.rule == "unverified_figure":
        yield _of_claim(DeskAct.FIND_ORIGIN, flag)


def _about(act: DeskAct, row: RowSeen, do: str) -> Need:
    shown = row.shows.removesuffix(" (only commonly known)").rstrip(".")
    return Need(act, (row.id, row.shows), f"{do}: {shown}.", (row,), (row.id,))


def _comparisons(flag: FlagSeen) -> Iterator[Need]:
    for row in flag.rows:
        if row.noun == "claim":
            yield Need(DeskAct.COMPARE, tuple(sorted((flag.claim, row.id))), flag.clears_when, (row,))


def _of_rows(act: DeskAct, flag: FlagSeen, rows: Sequence[RowSeen]) -> Need:
    return Need(act, tuple(sorted(row.id for row in rows)) or (flag.claim,), flag.clears_when, tuple(rows))


def _of_claim(act: DeskAct, flag: FlagSeen) -> Need:
    sources = tuple(row.id for row in flag.rows if row.noun == "source")
    return Need(act, (flag.claim,), flag.clears_when, flag.rows, sources)


def _asking(flag: FlagSeen, seen: Seen) -> Iterator[Need]:
    carriers = seen.carriers.get(flag.claim, frozenset())
    for one in sorted(carriers):
        do = (
            f"Reports in which {seen.sources[one]} is the last that is named are found to say where it is from, and "
            "the missing hops are recorded."
        )
        yield Need(DeskAct.ASK, (one,), do, (), (one,))
    if not carriers:
        yield _of_claim(DeskAct.READ_AGAIN, flag)


def _texts(flag: FlagSeen, seen: Seen) -> Iterator[Need]:
    documents = seen.wordless.get(flag.claim, ())
    for one in documents:
        do = f"The text of this document is archived, and what it states is marked in it: {one.title}."
        row = RowSeen("document", one.id, one.title)
        yield Need(DeskAct.HOLD_TEXT, (one.id,), do, (row,), (one.publisher_id,))
    if not documents:
        yield _of_claim(DeskAct.HOLD_TEXT, flag)


def _reading_again(flag: FlagSeen) -> Iterator[Need]:
    """The reports that show it, one by one; the whole claim where other records show it."""
    reports = [row for row in flag.rows if row.noun == "report"]
    for row in reports:
        do = f"The page is read again, and what was recorded of it is confirmed or put right: {row.shows}."
        yield Need(DeskAct.READ_AGAIN, (row.id,), do, (row,))
    if not reports:
        yield _of_claim(DeskAct.READ_AGAIN, flag)


@dataclass(slots=True)
class _Opened:
    """A task to which flags are still added."""

    need: Need
    settles: list[FlagSeen] = field(default_factory=list)
    helps: list[FlagSeen] = field(default_factory=list)
    needs: dict[str, Need] = field(default_factory=dict)

    def take(self, flag: FlagSeen, need: Need, *, settles: bool) -> None:
        (self.settles if settles else self.helps).append(flag)
        self.needs.setdefault(flag.rule, need)

    def closed(self, claims: Mapping[str, ClaimSeen]) -> Task:
        told = next((self.needs[rule] for rule in TELLING if rule in self.needs), self.need)
        need = Need(
            told.act,
            told.of,
            told.do,
            tuple(dict.fromkeys(row for one in self.needs.values() for row in one.rows)),
            tuple(dict.fromkeys(name for one in self.needs.values() for name in one.sources)),
        )
        concerned = dict.fromkeys(flag.claim for flag in (*self.settles, *self.helps))
        known = sorted((claims[one] for one in concerned), key=lambda claim: (-claim.documents, claim.id))
        return Task(_named(need), need, tuple(self.settles), tuple(self.helps), tuple(known))


def _named(need: Need) -> str:
    """An id that stays while the thing stays the same, whatever flags come and go."""
    thing = "\x1f".join((need.act, *need.of))
    return f"tsk_{hashlib.sha256(thing.encode()).hexdigest()[:16]}"
