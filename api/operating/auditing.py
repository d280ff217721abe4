"""Writes down who came in, who was turned away, and what cannot be taken back: one line of the log for each.

The history tells who changed which record; these lines tell the rest. They name keys by their public ids.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic

from starlette.types import Scope

from api.access.guard import ROUTE, why_refused
from api.operating.telling import facts

LOG = logging.getLogger("provenance.audit")

# What is told when it was done. A page and the address under /v1 that does the same say the same.
DONE: Mapping[tuple[str, str], str] = {
    ("POST", "/v1/keys"): "key made",
    ("DELETE", "/v1/keys/{key_id}"): "key revoked",
    ("POST", "/login"): "logged in",
    ("POST", "/logout"): "logged out",
    ("POST", "/v1/redactions"): "name redacted",
    ("GET", "/v1/export.jsonl"): "everything exported",
}
LOG_IN = ("POST", "/login")
REFUSED = {401: "key needed", 403: "not allowed", 429: "too many requests"}

QUIET = 60.0  # seconds for which the same refusal of the same address is counted and not told again
MOST_KNOWN = 10_000


@dataclass
class Auditing:
    """Tells each thing done, and of refusals the first in a minute with how many there were since the last was told.

    Whoever floods a server with refusals would otherwise fill its disk, too.
    """

    _told: OrderedDict[tuple[str, str], tuple[float, int]] = field(default_factory=OrderedDict)

    def told(self, scope: Scope, status: int) -> None:
        """Tell what became of a request, if it is of those that are told."""
        asked = (scope["method"], scope.get(ROUTE) or "")
        if status < 400:
            done = DONE.get(asked) if asked[0] != "GET" or status == 200 else None
            if done and status:
                LOG.info(done, extra=facts(scope, status))
        elif asked == LOG_IN:
            self._refused("log-in refused", scope, status)
        elif status in REFUSED:
            self._refused(why_refused(scope) or REFUSED[status], scope, status)

    def _refused(self, what: str, scope: Scope, status: int) -> None:
        told = facts(scope, status)
        whose = (what, told.get("key") or told["address"])
        now = monotonic()
        last, unsaid = self._told.pop(whose, (now - QUIET, 0))
        if now - last < QUIET:
            self._told[whose] = (last, unsaid + 1)
            return
        self._told[whose] = (now, 0)
        if len(self._told) > MOST_KNOWN:
            self._told.popitem(last=False)
        LOG.warning(what, extra={**told, "before": unsaid} if unsaid else told)
