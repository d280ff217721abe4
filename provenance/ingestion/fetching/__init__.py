"""Fetches pages politely, within bounds of size and time, and never from an address inside somebody's network."""

from provenance.ingestion.fetching.fetcher import Fetched, Fetcher, NotModified

__all__ = ["Fetched", "Fetcher", "NotModified"]
