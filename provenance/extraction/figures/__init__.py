"""Every quantity in a text: its words, the interval they assert, and what is counted in which role."""

from provenance.extraction.figures.finding import find_figures

__all__ = ["find_figures"]
