"""Who speaks in the news: agencies, outlets, ministries and bodies with their names in many languages, kept as data."""

from provenance.extraction.sources.countries import Countries, countries, country_of
from provenance.extraction.sources.entry import Entry, EntryTie
from provenance.extraction.sources.registry import Registry, registry

__all__ = ["Countries", "Entry", "EntryTie", "Registry", "countries", "country_of", "registry"]
