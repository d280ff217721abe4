"""Who asks or writes, and what they may see: carried along with the work that is done for them.

Whoever lets somebody in says so once with `acting`; from there on reads ask `who_asks`, and nothing has to be handed
from function to function. Where nobody was let in, everybody's eyes are all there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from provenance.errors import KeyNeeded, NotAllowed
from provenance.vocabulary import Role, Visibility


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the owner of a key, or nobody in particular.

    ``name`` and ``key`` (its public id) are empty, and ``role`` is None, for whoever comes without a key.
    """

    name: str = ""
    role: Role | None = None
    key: str = ""

    def may(self, needed: Role) -> bool:
        """Whether they may do what the role may."""
        return self.role is not None and self.role.includes(needed)

    @property
    def levels(self) -> tuple[Visibility, ...]:
        """What they see whole: what is public, and at the desk also what is for the desk.

        >>> [str(level) for level in Caller("Ana", Role.EDITOR, "key_1").levels]
        ['public', 'desk']
        >>> [str(level) for level in EVERYBODY.levels]
        ['public']
        """
        return (Visibility.PUBLIC, Visibility.DESK) if self.at_the_desk else (Visibility.PUBLIC,)

    @property
    def at_the_desk(self) -> bool:
        """Whether they work here; what named people may see is looked up by their names."""
        return self.may(Role.CONTRIBUTOR)


EVERYBODY = Caller()


@dataclass(frozen=True, slots=True)
class _Now:
    """For whom work is done now, and how far.

    ``asks`` is answered, ``came`` was let in and may have somebody else's eyes; both None where nobody was let in.
    """

    asks: Caller | None = None
    came: Caller | None = None
    what_waits: bool = True
    adds_for: Visibility | None = None
    texts_open: bool = False


_AT_THE_MACHINE = _Now()
_now: ContextVar[_Now] = ContextVar("provenance.access", default=_AT_THE_MACHINE)


def who_asks() -> Caller:
    """For whom work is done now."""
    return _now.get().asks or EVERYBODY


def at_the_machine() -> bool:
    """Whether nobody was let in: the program works for whoever holds the database itself, and writes to all of it."""
    return _now.get().asks is None


def sees_what_waits() -> bool:
    """Whether what waits for an editor, or was rejected, is shown now: at the desk, and to whoever holds the database.

    So it is where something is derived, which looks at what waits and counts none of it.
    """
    return _now.get().what_waits


def require(role: Role) -> None:
    """Refuse whoever was let in, unless they may do what a role may; whoever holds the database itself may do all.

    It is they who are told, also where they are answered with everybody's eyes.

    :raises KeyNeeded: without a key.
    :raises NotAllowed: with one whose role does not reach so far.
    """
    caller = _now.get().came
    if caller is None or caller.may(role):
        return
    if caller.role is None:
        raise needs_a_key(role)
    raise NotAllowed(
        f"The key of {caller.name} is that of {caller.role.one}, and this needs that of {role.one} or more. Ask "
        "whoever manages keys here."
    )


def needs_a_key(role: Role | None) -> KeyNeeded:
    """What to tell somebody without a key where one is needed; ``role``: whose it must be, None for anybody's."""
    what = "Reading needs a key here." if role is None else f"This needs the key of {role.one} or more."
    return KeyNeeded(f"{what} Send it as `Authorization: Bearer prv_…`; whoever manages keys here makes one.")


def narrowed_to() -> Visibility | None:
    """Who may see what is added now, where whoever adds it said so; None: as the records themselves have it."""
    return _now.get().adds_for


def reads_whole_texts() -> bool:
    """Whether whoever asks may read archived texts whole; others are given the words that reports quote.

    At the desk they may, and where nobody was let in: that is whoever holds the database itself.
    """
    return at_the_machine() or who_asks().at_the_desk or _now.get().texts_open


@contextmanager
def opening_texts(*, to_all: bool) -> Iterator[None]:
    """Let everybody who may read, or those alone who work here, read archived texts whole until the end."""
    with _until_the_end(replace(_now.get(), texts_open=to_all)):
        yield


@contextmanager
def adding_for(visibility: Visibility | None) -> Iterator[None]:
    """Let whatever is added until the end be for the desk, or for the one alone who adds it, from the first moment."""
    with _until_the_end(replace(_now.get(), adds_for=visibility)):
        yield


@contextmanager
def acting(caller: Caller, *, what_waits: bool | None = None) -> Iterator[None]:
    """Work for somebody until the end. What is derived, fed or sent to others is made for `EVERYBODY`.

    ``what_waits``: whether proposals are shown, too; left out, as they are to this caller.
    """
    shown = caller.at_the_desk if what_waits is None else what_waits
    now = _now.get()
    with _until_the_end(replace(now, asks=caller, came=now.came or caller, what_waits=shown)):
        yield


@contextmanager
def _until_the_end(now: _Now) -> Iterator[None]:
    token = _now.set(now)
    try:
        yield
    finally:
        _now.reset(token)
