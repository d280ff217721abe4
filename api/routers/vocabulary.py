"""The glossary: every term that may stand in an answer, with its meaning."""

from __future__ import annotations

from fastapi import APIRouter

from api.documented import shows_json
from provenance import vocabulary
from provenance.answers_server import Vocabulary, VocabularyTerm
from provenance.vocabulary import Term

router = APIRouter(prefix="/vocabulary", tags=["vocabulary"])
VOCABULARIES = [
    each for each in vars(vocabulary).values() if isinstance(each, type) and issubclass(each, Term) and each is not Term
]
GLOSSARY = [
    Vocabulary(
        name=terms.__name__,
        meaning=(terms.__doc__ or "").strip(),
        terms=[VocabularyTerm(term=term.value, meaning=term.meaning) for term in terms],
    )
    for terms in VOCABULARIES
]


@router.get("", summary="List the terms", responses=shows_json([GLOSSARY[0].model_dump(mode="json")], problems=(422,)))
def list_terms() -> list[Vocabulary]:
    """What each word means, and where it could be confused, what it does not mean."""
    return GLOSSARY
