"""Gets documents in, as values: from a file, a folder, an address, an archive or standard input; nothing is saved.

`load` is the whole of it; `pieces` and `read` are its two halves, for those who read on several cores at once.
"""

from provenance.ingestion.loading.load import load, pieces
from provenance.ingestion.loading.loaded import LoadedDocument, LoadFailure, Piece, Published
from provenance.ingestion.loading.reading import read

__all__ = ["LoadFailure", "LoadedDocument", "Piece", "Published", "load", "pieces", "read"]
