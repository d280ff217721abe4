"""A PDF gives its text in paragraphs; one that is locked, scanned or damaged says what to do."""

from __future__ import annotations

import io
import time

import pytest
from pypdf import PdfReader, PdfWriter

from provenance.ingestion.loading import LoadedDocument, LoadFailure, Piece, Published, read
from provenance.ingestion.sniff import Media
from provenance.vocabulary import DateBasis

LINES = [
    "Eight officers were killed",
    "",
    "Eight officers were killed in the night, the Interior Min-",
    "istry told the television channel Khabar 24, and the state",
    "agency cited it.",
    "The channel gave no names.",
]


def pdf(lines: list[str], **metadata: str) -> bytes:
    """A PDF of one page, written by hand: it needs no more than a page, a font and its lines."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n" % table
    return with_metadata(written + b"%d\n%%%%EOF" % written.index(b"xref\n0 5"), metadata)


def with_metadata(content: bytes, metadata: dict[str, str], password: str | None = None) -> bytes:
    if not metadata and password is None:
        return content
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.add_metadata({f"/{name}": value for name, value in metadata.items()})
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def found(content: bytes, url: str | None = None) -> LoadedDocument | LoadFailure:
    return read(Piece("a.pdf", content, Media.PDF, url=url))


def test_lines_become_the_paragraphs_that_they_were() -> None:
    document = found(pdf(LINES))

    assert isinstance(document, LoadedDocument)
    assert (
        "the Interior Ministry told the television channel Khabar 24, and the state agency cited it." in document.text
    )
    assert document.text.endswith("\n\nThe channel gave no names.")
    assert (document.language, document.published) == ("en-GB", Published())


def test_metadata_are_taken_and_the_day_of_making_is_only_inferred() -> None:
    document = found(pdf(LINES, Title="Eight\nkilled", Author="A. Writer", CreationDate="D:20220106123811+06'00'"))

    assert isinstance(document, LoadedDocument)
    assert (document.title, document.author) == ("Eight killed", "A. Writer")
    assert document.published.basis is DateBasis.INFERRED
    assert document.published.earliest is not None
    assert document.published.earliest.isoformat() == "2022-01-06T06:38:11+00:00"


def test_a_date_in_the_address_goes_before_the_day_of_making() -> None:
    document = found(pdf(LINES, CreationDate="D:20230106123811Z"), "https://hrw.example/2022/01/06/report.pdf")

    assert isinstance(document, LoadedDocument)
    assert document.published.basis is DateBasis.IN_URL


def test_a_scanned_pdf_says_how_to_get_its_text() -> None:
    refused = found(pdf([]))

    assert isinstance(refused, LoadFailure)
    assert "it seems to be scanned. Run it through character recognition" in refused.reason


def test_a_locked_pdf_says_so() -> None:
    refused = found(with_metadata(pdf(LINES), {}, password="secret"))

    assert isinstance(refused, LoadFailure)
    assert refused.reason.startswith("the PDF is locked with a password")


def test_a_pdf_that_is_only_protected_against_changes_is_read() -> None:
    assert isinstance(found(with_metadata(pdf(LINES), {}, password="")), LoadedDocument)


def test_a_page_made_to_be_slow_is_passed_over_with_a_note() -> None:
    start = time.monotonic()

    refused = found(pdf(["Eight"] * 150_000))

    assert isinstance(refused, LoadFailure)
    assert "Page 1 could not be read (LimitReachedError)." in refused.reason
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("keep", [8, 60, 200])
def test_a_damaged_pdf_says_so(keep: int) -> None:
    refused = found(pdf(LINES)[:keep])

    assert isinstance(refused, LoadFailure)
    assert refused.reason.startswith("the PDF")
