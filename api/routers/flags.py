"""Flags: the catalogue of rules, and what they found."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import examples
from api.dependencies import Reads, check_rules
from api.documented import page_of, shows_json
from provenance.analysis.rules import RULES
from provenance.answers import FlagItem, FlagRule, Page
from provenance.storage.reads import flags as reads
from provenance.storage.reads.asked import FlagsAsked

router = APIRouter(prefix="/flags", tags=["flags"])
CATALOGUE = [FlagRule(**{name: getattr(rule, name) for name in FlagRule.model_fields}) for rule in RULES]


@router.get("", summary="List findings", responses=page_of(examples.FLAG))
def list_flags(asked: Annotated[FlagsAsked, Query()], session: Reads) -> Page[FlagItem]:
    """What the rules found, claim by claim, each with its reason, the rows that show it and what would clear it."""
    check_rules(asked.rule, "rule")
    return reads.flags(session, asked)


@router.get(
    "/rules", summary="List the rules", responses=shows_json([CATALOGUE[0].model_dump(mode="json")], problems=(422,))
)
def list_rules() -> list[FlagRule]:
    """The catalogue: what each rule finds, why that matters, and what clears it."""
    return CATALOGUE
