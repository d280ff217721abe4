"""Where a text puts something into somebody's mouth: rules over its grammar, with the cues as data."""

from provenance.extraction.attribution.rules import RuleProposer

__all__ = ["RuleProposer"]
