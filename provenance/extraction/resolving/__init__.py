"""Who is meant: from spans that were proposed to statements with whole chains."""

from provenance.extraction.resolving.lookup import Known, Lookup
from provenance.extraction.resolving.statements import resolve

__all__ = ["Known", "Lookup", "resolve"]
