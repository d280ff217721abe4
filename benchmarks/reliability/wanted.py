"""Which answers are right where a description cannot say it: to a request that is well formed, and to one that is not.

A request is well formed if each part of it has the form that is described. It may still be refused for what it says:
that is told with 422 and a sentence, and the sentences are these. A refusal in other words is a fault of ours: of the
description, which allowed it, or of what refused it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

AT_ONCE = 6  # operations that are chained
EXPECTED: Mapping[str, tuple[str, ...]] = {
    # Refused at the door (401, 403, 429), not there (404, 406), contradicts what is held (409), was changed meanwhile
    # (412); the rest of the 422 is held against the sentences below.
    "positive_data_acceptance": ("2xx", "304", "308", "401", "403", "404", "406", "409", "412", "429"),
    "negative_data_rejection": (
        "400",
        "401",
        "403",
        "404",
        "405",
        "406",
        "409",
        "412",
        "413",
        "414",
        "415",
        "422",
        "428",
        "429",
    ),
    "missing_required_header": ("401", "403", "404", "422", "428"),
}
# Sentences of 422 that no schema can say, by why it cannot.
BEYOND: Mapping[str, tuple[str, ...]] = {
    "It refers to what is not there, or is of another kind.": (r"there is no ", r"is no (public )?id"),
    "It is a word that we gave out.": (r"it is not one that this server wrote",),
    "The key says who writes.": (r"the key that was sent is that of",),
    "The same name was given to something else before.": (r"something else was sent under it before",),
    "No field takes control characters, nor half of one; with each text it would hide what the text is.": (
        r"control character",
        r"NUL character",
        r"not in UTF-8",
        r"surrogate",
    ),
    "Whether a day exists is a matter of the calendar.": (r"does not exist:",),
    "One part says what is right for another.": (
        r"Give `source` too",
        r"it ends before it begins",
        r"it is later than `",
        r"needs its reference",
        r"or give a `filter`",
        r"would find everything that waits",
        r"keep one of the two",
    ),
    "It depends on the time that it is asked at.": (r"is not over yet",),
    "It depends on what is held.": (r"is the source's primary name", r"is what we had said"),
    "No field that must say something takes white space alone.": (r"nothing but white space",),
    "Bodies in formats of others are described by those who defined them.": (
        r"and not an object\. Send an object",
        r"it is no Annotation",
        r"it is no JSON at line",
        r"neither an SPDX name",
    ),
}
_BEYOND = re.compile("|".join(one for sentences in BEYOND.values() for one in sentences))


def is_beyond_a_schema(said: str) -> bool:
    """Whether a refusal in these words is one that a description cannot foretell."""
    return _BEYOND.search(said) is not None
