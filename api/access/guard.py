"""Stands before everything else: finds out who asks, holds them to the rule of the route, and to their share.

Plain ASGI and outermost, so that nothing is read, parsed or looked up for somebody who may not ask for it, and what is
sent without its route (a trace that lies ready) is held to the same rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from re import Pattern

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.access.behind import client_of, counted_as
from api.access.hosts import require_our_name
from api.access.identifying import Came, identified
from api.access.limiting import Shares
from api.access.policy import STATED, Address, Needs
from api.access.sessions import CHANGING_NOTHING, LOG_IN, require_our_page
from api.access.watching import WATCHED, WELL, Watchers
from api.web.locked import to_log_in
from provenance.access import EVERYBODY, Caller, acting, needs_a_key, opening_texts
from provenance.access import require as require_role
from provenance.errors import KeyNeeded, KeyOpensNothing, NotFound, NotFromHere, ProvenanceError
from provenance.settings import Settings
from provenance.vocabulary import Role

CAME = "provenance.came"
NEEDS = "provenance.needs"
ROUTE = "provenance.route"
LEARNED = "provenance.learned"
OPENS_NOTHING = "key opens nothing"
# What is counted and logged by a name of its own, since its status says less.
NAMED: Mapping[type[ProvenanceError], str] = {KeyOpensNothing: OPENS_NOTHING, NotFromHere: "sent from another site"}
REFUSED_A_MINUTE = 20  # keys that open nothing, from one address; then it is told to wait


@dataclass(slots=True)
class Learned:
    """What is found out about a request while it is answered, for the log and the figures: whose it was, if it logged
    somebody in, and why it was refused, if its status does not say so.
    """

    came: Came | None = None
    why: str | None = None


def came_of(scope: Scope) -> Came | None:
    """Whose request it was, as far as is known when it is answered."""
    learned: Learned | None = scope.get(LEARNED)
    known: Came | None = scope.get(CAME)
    return known if learned is None or learned.came is None else learned.came


def why_refused(scope: Scope) -> str | None:
    """Why it was refused, by a name of the guard's; None if its status says enough."""
    learned: Learned | None = scope.get(LEARNED)
    return None if learned is None else learned.why


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """What one route needs, and the shape of its address; ordered as the app tries them."""

    place: int
    shape: Pattern[str] = field(compare=False)
    needs: Needs = field(compare=False)
    path: str = field(compare=False)


@dataclass
class Rules:
    """Finds the rule of an address; shapes are tried in the order in which the app tries them."""

    _shapes: dict[tuple[str, str], list[Rule]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rules: Mapping[Address, Needs]) -> Rules:
        """The rules of an app, sorted by method and the first part of the address, which no route leaves open."""
        made = cls()
        for place, (address, needs) in enumerate(rules.items()):
            made._shapes[address.method, _first(address.path)].append(
                Rule(place, compile_path(address.path)[0], needs, address.path)
            )
        return made

    def rule_at(self, method: str, path: str) -> Rule | None:
        """The rule of the route at an address; None if there is no such route."""
        first = _first(path)
        candidates: Sequence[Rule] = self._shapes.get((method, first), ())
        # Pages may leave the first part of an address open, and histories of records the noun behind /v1.
        open_ones = [
            *self._shapes.get((method, OPEN), ()),
            *(self._shapes.get((method, "v1"), ()) if first.startswith("v1/") else ()),
        ]
        for rule in sorted([*candidates, *open_ones]) if open_ones else candidates:
            if rule.shape.match(path):
                return rule
        return None


OPEN = "{"


def _first(path: str) -> str:
    first, _, rest = path.removeprefix("/").partition("/")
    if first.startswith(OPEN):
        return OPEN
    # Nearly everything lies under /v1, so there the noun decides.
    second = rest.partition("/")[0]
    return f"{first}/{second}" if first == "v1" and not second.startswith(OPEN) else first


class Guard:
    """Lets in whoever may come in; everybody else is told what they need."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules
        self.watchers = Watchers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        scope[LEARNED] = Learned()
        try:
            came = await self._let_in(request)
        except ProvenanceError as refused:
            await self._refuse(request, refused, send)
            return
        texts = request.app.state.settings.full_texts
        with acting(came.caller), opening_texts(to_all=texts == "public"):
            await self.app(scope, receive, _private(send) if came.caller.role else send)

    async def _refuse(self, request: Request, refused: ProvenanceError, send: Send) -> None:
        known: Came | None = request.scope.get(CAME)
        if type(refused) in NAMED:
            request.scope[LEARNED].why = NAMED[type(refused)]
        with acting(known.caller if known else EVERYBODY):
            people = await to_log_in(request) if isinstance(refused, KeyNeeded) else None
            answer = people or problems.refusal(request, refused)
        await answer(request.scope, request.receive, _private(send) if known and known.caller.role else send)

    async def _let_in(self, request: Request) -> Came:
        require_one_line(request.scope["path"])
        state = request.app.state
        settings: Settings = state.settings
        shares: Shares = state.shares
        # Looked up first, so that what is told of a refusal says which route was asked for.
        rule = self.rules.rule_at("GET" if request.method == "HEAD" else request.method, request.scope["path"])
        needs = request.scope[NEEDS] = None if rule is None else rule.needs
        request.scope[ROUTE] = None if rule is None else rule.path
        path = request.scope["path"]
        find = self.watchers.identified if path in WATCHED else identified
        try:
            came = request.scope[CAME] = await find(request, state.engine, settings)
        except KeyNeeded:
            # Only those that fail are counted: a neighbour's broken program locks nobody out whose key is good.
            shares.take_one(f"refused {counted_as(client_of(request, settings))}", REFUSED_A_MINUTE)
            raise
        shares.take(came, settings, apart=path in WELL)
        require_meant(request, came, settings)
        if came.caller.key:
            state.uses.note(came.caller.key)
        if request.method == "OPTIONS":
            return came
        require(came.caller, Needs.TO_READ if needs is None else needs, settings)
        return came


def require_one_line(path: str) -> None:
    """Refuse an address with a control character in it: a route may overlook a line end that its rule does not.

    :raises NotFound: always then.
    """
    if any(sign < " " for sign in path):
        raise NotFound("There is nothing at an address with control characters. Leave them out.")


def require_meant(request: Request, came: Came, settings: Settings) -> None:
    """Refuse what another site lets a browser send in the name of whoever is logged in there.

    Logging in, too: somebody could be made to work, unawares, under the name of whoever made up the form.

    :raises NotFromHere: unless a page of ours sent it, to a name of ours.
    """
    logs_in = request.scope["path"] == LOG_IN and not came.caller.key
    if request.method not in CHANGING_NOTHING and (came.by_page or logs_in):
        require_our_name(request, settings)
        require_our_page(request, settings)


async def held_to_its_rule(request: Request) -> None:
    """Refuse to answer whatever the guard did not see, or took for another route than the app did.

    It never happens; where it did, somebody would be let in by mistake.

    :raises RuntimeError: always then.
    """
    scope = request.scope
    context = scope.get("fastapi", {}).get("effective_route_context")
    found = Address(request.method, (context or scope["route"]).path)
    if CAME not in scope or scope.get(NEEDS) is not STATED.get(found):
        raise RuntimeError(f"{found} was reached past the guard; nothing is answered.")


def require(caller: Caller, needs: Needs, settings: Settings) -> None:
    """Refuse whoever may not do what a route needs.

    :raises KeyNeeded: without a key.
    :raises NotAllowed: with one whose role does not reach so far.
    """
    if needs is Needs.NOTHING or (needs is Needs.TO_READ and (settings.reading == "open" or caller.role)):
        return
    role: Role | None = None if needs is Needs.TO_READ else needs.value
    if role is None:
        raise needs_a_key(None)
    with acting(caller):
        require_role(role)


def _private(send: Send) -> Send:
    """No cache in between may keep for others what somebody in particular was answered."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if "no-store" not in headers.get("Cache-Control", ""):
                headers["Cache-Control"] = "private, no-cache"
        await send(message)

    return sent
