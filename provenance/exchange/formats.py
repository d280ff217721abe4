"""All formats, in the order in which the page on exchange tells of them."""

from __future__ import annotations

from provenance.exchange.format import Format

FORMATS: tuple[Format, ...] = ()
