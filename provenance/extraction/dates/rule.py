"""What a rule for dates is: words that a pattern finds, and a reading of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from provenance.extraction.dates.page import Page
from provenance.extraction.dates.stretches import Stretch


@dataclass(frozen=True, slots=True)
class Rule:
    """``read`` gives the stretch that the found words name; None where they are no date after all."""

    name: str
    pattern: str
    read: Callable[[re.Match[str], Page], Stretch | None]
