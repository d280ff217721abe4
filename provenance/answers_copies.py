"""What is answered about the bytes behind a document: a page as it was retrieved, or a picture of it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from provenance.answers import Answer
from provenance.answers_intake import Ingested


class CopyItem(Answer):
    """A copy that is kept; its bytes are at the address of the list, followed by its id."""

    id: str = Field(description="Public id.")
    document: str = Field(description="Public id of the document.")
    media_type: str = Field(description="What the bytes are, such as text/html or image/png.")
    size: int = Field(description="How many bytes.")
    sha256: str = Field(description="SHA-256 of the bytes.")
    url: str | None = Field(description="Where they came from; null if somebody sent them.")
    recorded_from: datetime = Field(description="Since when they are kept.")


class IntakeAnswer(Ingested):
    """What became of a document that was sent with a form."""

    copies: list[CopyItem] = Field(description="The copies that are kept of it; none in a dry run.")
