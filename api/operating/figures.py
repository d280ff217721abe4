"""Counts what the server does, for Prometheus: each app has a board of its own, and each label has few values.

A label is the shape of an address, never an address, so nobody can make the board grow by asking for more of them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.platform_collector import PlatformCollector

from api.access.guard import NAMED
from provenance.storage.reads.upkeep import Upkeep

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
NO_ROUTE = "none"
# A ready trace takes a tenth of a millisecond, a page some ten, a package some hundreds, an article read some seconds.
SECONDS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0, 30.0)
# By status; some the guard names itself, for their status says less.
REFUSALS = {
    401: "key needed",
    403: "not allowed",
    408: "too slow",
    409: "conflict",
    412: "stale write",
    413: "too large",
    422: "not valid",
    428: "version needed",
    429: "too much",
    503: "not ready",
}


class Board:
    """The figures of one app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.in_flight = 0
        self._asked: dict[tuple[str, str, int], Counter] = {}
        self._took: dict[tuple[str, str], Histogram] = {}
        self._requests = Counter(
            "provenance_requests",
            "Requests that were answered, by the shape of their address.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "provenance_request_seconds",
            "How long answers took, to their last byte.",
            ["method", "route"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self._refusals = Counter(
            "provenance_refusals", "Requests that were refused, and why.", ["kind"], registry=self.registry
        )
        for kind in (*REFUSALS.values(), *NAMED.values()):
            self._refusals.labels(kind)
        self.gauge("requests_in_flight", "Requests under way.", lambda: self.in_flight)
        self._database = Gauge(
            "provenance_database_up", "1: the database answers within two seconds.", registry=self.registry
        )
        self._kept = {
            name: Gauge(f"provenance_{name}", meaning, registry=self.registry) for name, meaning in KEPT.items()
        }
        self._schema = Info("provenance_schema", "The schema version of the database.", registry=self.registry)
        Info("provenance_program", "The program.", registry=self.registry).info(
            {"version": version("claim-provenance")}
        )
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    def gauge(self, name: str, meaning: str, told: Callable[[], float]) -> None:
        """Show a number that is asked for whenever somebody looks."""
        Gauge(f"provenance_{name}", meaning, registry=self.registry).set_function(told)

    def answered(self, method: str, route: str | None, status: int, seconds: float, why: str | None = None) -> None:
        """Count an answer; ``route`` is the shape of its address, None if there is none. Status 0: cut off.

        ``why`` it was refused, if the guard has a name for that.
        """
        method = method if method in METHODS else OTHER
        route = route or NO_ROUTE
        asked = self._asked.get((method, route, status))
        if asked is None:
            asked = self._asked[method, route, status] = self._requests.labels(method, route, str(status or "cut off"))
        asked.inc()
        took = self._took.get((method, route))
        if took is None:
            took = self._took[method, route] = self._seconds.labels(method, route)
        took.observe(seconds)
        if status in REFUSALS:
            self._refusals.labels(why or REFUSALS[status]).inc()

    def shown(self, kept: Upkeep | None) -> bytes:
        """All figures as Prometheus reads them; without those of the database if it does not answer."""
        self._database.set(0 if kept is None else 1)
        for name, gauge in self._kept.items():
            gauge.set(float("nan") if kept is None else getattr(kept, name))
        if kept is not None:
            self._schema.info({"version": kept.schema or "none"})
        return generate_latest(self.registry)


KEPT = {
    "history_entries": "Entries of the history.",
    "stale_claims": "Claims that wait to be computed anew; each is when it is next read.",
    "hook_messages_waiting": "Messages to hooks that are not delivered yet.",
}
