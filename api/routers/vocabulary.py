"""The glossary: every term that may stand in an answer, with its meaning."""

from __future__ import annotations

from fastapi import APIRouter

from api.documented import shows_json
from provenance.answers_server import Vocabulary, glossary

router = APIRouter(prefix="/vocabulary", tags=["vocabulary"])
GLOSSARY = glossary()


@router.get("", summary="List the terms", responses=shows_json([GLOSSARY[0].model_dump(mode="json")], problems=(422,)))
def list_terms() -> list[Vocabulary]:
    """What each word means, and where it could be confused, what it does not mean."""
    return GLOSSARY
