"""Dates and times in a text as intervals of UTC instants, read from the day on which the article was published."""

from provenance.extraction.dates.finding import find_dates
from provenance.extraction.dates.printed import publication_date

__all__ = ["find_dates", "publication_date"]
