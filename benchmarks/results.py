"""What was measured, and what it says: medians, spreads, and ratios of rounds that ran side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from benchmarks.load import Round


@dataclass
class Measured:
    """All rounds of one endpoint for one claim; ``cpu`` is what the server computed per answer, in seconds."""

    endpoint: str
    claim: str
    size: int
    rounds: list[Round] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Median requests per second."""
        return median(one.rate for one in self.rounds)

    @property
    def spread(self) -> tuple[float, float]:
        """Requests per second of the slowest and the fastest round."""
        rates = [one.rate for one in self.rounds]
        return min(rates), max(rates)

    def latency(self, percent: int) -> float:
        """The latency in milliseconds that so many percent of all answers kept."""
        every = [latency for one in self.rounds for latency in one.latencies]
        return quantiles(every, n=100, method="inclusive")[percent - 1] / 1e6

    def ratio(self, other: Measured) -> float:
        """How many times as fast as another: the median over rounds, each with the other's round next to it in time.

        What else the machine does slows both of a pair, so their ratio varies less than either.
        """
        return median(mine.rate / its.rate for mine, its in zip(self.rounds, other.rounds, strict=True))

    def cpu_ratio(self, other: Measured) -> float | None:
        """How many times the other computes per answer, which hardly depends on what else the machine does."""
        return median(other.cpu) / median(self.cpu) if self.cpu and other.cpu else None

    def as_json(self) -> dict[str, Any]:
        """What is kept of it."""
        return {
            "endpoint": self.endpoint,
            "claim": self.claim,
            "bytes": self.size,
            "requests_per_second": {
                "median": round(self.rate, 1),
                "rounds": [round(one.rate, 1) for one in self.rounds],
            },
            "latency_ms": {"p50": round(self.latency(50), 3), "p99": round(self.latency(99), 3)},
            "server_cpu_us": round(median(self.cpu) * 1e6, 1) if self.cpu else None,
        }


@dataclass(frozen=True)
class Comparison:
    """The trace against something else, for each claim; ``least`` is the ratio to reach, None where none is set.

    ``ratios`` are of requests per second and decide; ``cpu_ratios`` stand beside them for readers on busy machines.
    """

    other: str
    least: float | None
    ratios: dict[str, float]
    cpu_ratios: dict[str, float]
    failed: str | None = None

    @property
    def verdict(self) -> str:
        """Whether every claim reaches the ratio, in a word or two."""
        if self.failed is not None:
            return f"NOT COMPARED: {self.failed}"
        if self.least is None:
            return "no threshold"
        return "meets" if all(ratio >= self.least for ratio in self.ratios.values()) else "BELOW"

    def __str__(self) -> str:
        found = ", ".join(f"{claim} {ratio:.2f}" for claim, ratio in self.ratios.items()) or "-"
        wanted = "" if self.least is None else f", at least {self.least:g}"
        computed = ", ".join(f"{claim} {ratio:.2f}" for claim, ratio in self.cpu_ratios.items())
        also = f" (by server CPU: {computed})" if computed else ""
        return f"trace / {self.other:10} {found}{wanted}: {self.verdict}{also}"

    def as_json(self) -> dict[str, Any]:
        """What is kept of it."""
        ratios = {claim: round(ratio, 3) for claim, ratio in self.ratios.items()}
        cpu = {claim: round(ratio, 3) for claim, ratio in self.cpu_ratios.items()}
        return {
            "other": self.other,
            "least": self.least,
            "ratios": ratios,
            "cpu_ratios": cpu,
            "verdict": self.verdict,
        }


def faster(one: Measured, other: Measured) -> Measured:
    """The faster of two ways of asking the same."""
    return max(one, other, key=lambda measured: measured.rate)


def table(measured: list[Measured], empty: Measured, datasette: dict[str, Measured]) -> list[str]:
    """The lines of the table: one per endpoint and claim."""
    lines = [
        f"{'endpoint':22} {'claim':7} {'bytes':>7} {'req/s':>8} {'min..max':>15} {'/empty':>7} {'/datasette':>10} "
        f"{'p50 ms':>7} {'p99 ms':>7} {'cpu µs':>7}"
    ]
    for one in measured:
        low, high = one.spread
        peer = datasette.get(one.claim)
        times = "" if peer is None else f"{one.ratio(peer):.2f}"
        cpu = f"{median(one.cpu) * 1e6:.0f}" if one.cpu else ""
        lines.append(
            f"{one.endpoint:22} {one.claim:7} {one.size:7} {one.rate:8.0f} {f'{low:.0f}..{high:.0f}':>15} "
            f"{one.ratio(empty):7.2f} {times:>10} {one.latency(50):7.2f} {one.latency(99):7.2f} {cpu:>7}"
        )
    return lines
