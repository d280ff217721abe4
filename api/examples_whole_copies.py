"""The example of a whole copy: a head, one row, and the end."""

from __future__ import annotations

from provenance.exchange.everything.lines import End, Head, end_line, head_line, row_line

SOURCE = {
    "id": 7,
    "public_id": "src_azirbek",
    "visibility": "public",
    "recorded_from": "2026-11-22T09:30:00.000000Z",
    "recorded_to": None,
    "version_of": None,
    "name": "Saltanat Azirbek",
    "kind": "spokesperson",
    "country": "KZ",
    "note": None,
    "state": "accepted",
}
HEAD = Head("20261123_find_hooks_and_pages", "0.1.0", "0" * 64, {"source": 1})
LINES = b"".join((head_line(HEAD), row_line("source", SOURCE), end_line(End(2, "0" * 64)))).decode()
