"""Which answers are right where a description cannot say it: to a request that is well formed, and to one that is not.

A request is well formed if each part of it has the form that is described. It may still be refused for what it says:
that is told with 422 and a sentence for each part that is wrong, and the sentences are these. A refusal in other words
is a fault of ours: of the description, which allowed it, or of what refused it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

AT_ONCE = 6  # operations that are chained
EXPECTED: Mapping[str, tuple[str, ...]] = {
    # Refused at the door (401, 403, 429), not there (404, 406), contradicts what is held (409), was changed meanwhile
    # (412), or replaces what is there and says not what was read (428: the header is needed there alone; where it is
    # described as required, no well-formed request lacks it). Each 422 is held against the sentences below.
    "positive_data_acceptance": ("2xx", "304", "308", "401", "403", "404", "406", "409", "412", "428", "429"),
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
    "missing_required_header": ("401", "403", "404", "422", "428", "429"),
}
ANY = ".*"  # any field: what is said holds for each that has such a value
# Sentences of 422 that no schema can say, by why it cannot; each with the fields that they are said of.
BEYOND: Mapping[str, Sequence[tuple[str, str]]] = {
    "It refers to what is not there, or is of another kind.": (
        (ANY, r"there is no "),
        (ANY, r"is no (public )?id"),
        (r"record", r"nothing was ever written about"),
        (r"reports(\.\d+)?", r"is not among "),
    ),
    "It is a word that we gave out.": ((r"cursor", r"it is not one that this server wrote"),),
    "The key says who writes.": ((ANY, r"the key that was sent is that of"),),
    "The same name was given to something else before.": (
        (r"Idempotency-Key", r"something else was sent under it before"),
    ),
    "No field takes control characters, nor half of one; with each text it would hide what the text is.": (
        (ANY, r"control character"),
        (ANY, r"NUL character"),
        (ANY, r"not in UTF-8"),
        (ANY, r"surrogate"),
    ),
    "No field that must say something takes white space alone.": ((ANY, r"nothing but white space"),),
    "Whether a day exists is a matter of the calendar, and whether it is over one of the time.": (
        (ANY, r"does not exist:"),
        (r"known_at", r"is not over yet"),
        (r"expires_at", r"that is past already"),
        (r"(\w+\.)*(at|signed_at|said|published)", r"it lies in the future"),
    ),
    "One part says what is right for another.": (
        (r"role", r"Give `source` too"),
        (r"ended|valid_to", r"it ends before it begins"),
        (r"(\w+\.)*\w+_latest", r"it lies before \w+_earliest"),
        (r"other|parent", r"cannot be (tied to|a part of) itself"),
        (r"signed_by", r"must be signed, with signed_by and signed_at"),
        (r"with_linked", r"it is about `sources`, and there are none"),
        (r"hops", r"name what belongs to the other source"),
        (r"text", r"say in a sentence what these reports assert instead"),
        (r"\w+", r"names an earlier merge, all else is known"),
        (r"published_from|since", r"it is later than `"),
        (r"low", r"it is above `high`"),
        (r"reference", r"needs (its|a) reference"),
        (r"event", r"nothing says what event it is about|a report says that itself"),
        (r"people", r"nobody is named where a record is"),
        (r"reports", r"or give a `filter`"),
        (r"filter", r"would find everything that waits"),
        (r"reports|filter", r"keep one of the two"),
        (r"(\w+\.)*\w+_precision", r"a precision needs a date|say how exactly the date is known"),
        (r"(\w+\.)*\w+_(earliest|latest)", r"give both ends of the interval"),
        (r"claim|attribution|target_document", r"it aims at (nothing|two things)"),
        (r"\w+", r"it belongs to an? \w+, and this is an? \w+\. Leave it out"),
        (r"(\w+\.)*(quote|text)_start", r"give both ends of the span"),
        (r"(attributions|hops)\.\d+(\.\w+)?", r"cannot relay itself"),
        (r"downstream", r"narrows what an upstream source stated"),
        (r"upstream", r"whose statement it is about narrows a claim"),
        (r"attributions\.\d+", r"this hop stands here twice"),
        (r"grade|scale", r"is named and the \w+ is not\. Give both or neither"),
        (r"grade", r"has no '.*'\. Use one of"),
        (r"low", r"a range without ends|Give low, high or both"),
        (r"text", r"there is nothing to read|so that there is something to read|give either `text` or `(html|report)`"),
        (r"sources", r"nothing is withdrawn"),
        (r"tally|claim|attribution|report|upstream|downstream", r"it is missing\. Name the"),
        (r"claim|about", r"is on one thing"),
        (r"reports|name", r"or (in|name in) `(claim|source)` one that was merged into this one"),
    ),
    "It depends on what is held.": (
        (r"name", r"is the source's primary name"),
        (r"says", r"is what we had said"),
        (r"(\w+\.)*(quote|text)_start", r"is outside the text|the text says '"),
        (r"(\w+\.)*(quote|text)", r"does not stand in the text"),
        (r"text", r"is what was retrieved and stays"),
        (r"attributions\.\d+\.\w+", r"never reaches"),
        (r"side_[ab]", r"nothing of this event counts"),
        (r"\w+\.\d+", r"does not belong to this (source|claim)"),
        (r"by", r"no tie joins it to anybody who did"),
        (r"source", r"only people are redacted"),
        (r"keep", r"the person is not held under"),
    ),
    "Where a name leads, and whom one means, is found out when it is needed.": (
        (
            r"url",
            r"gets no messages: |is not fetched: |is no web address|begin with https://|not known to the name ser",
        ),
        (r"people", r"nobody called .* has a key that is good"),
        (r"publisher", r"identifies nobody"),
    ),
    "What a letter is, or can be printed, no pattern says for all scripts.": (
        (r"also(\.\d+)?", r"has fewer than two letters"),
        (r"name", r"characters that cannot be printed|letters of several alphabets"),
        (r"save_mapping", r"printable characters"),
    ),
    "Bodies in formats of others are described by those who defined them.": (
        (r"\d+", r"and not an object\. Send an object"),
        (ANY, r"it is no Annotation"),
        (r"html", r"markup cannot be read"),
        (ANY, r"PROV-JSON has no such kind of record"),
        (r"items", r"there is no annotation in it"),
        (ANY, r"it is no JSON at line"),
        (r"licence", r"neither an SPDX name"),
        (r"screenshot", r"it is no picture that is kept"),
        (r"sheet", r"a text table has no worksheets"),
        (r"file|body", r"there is none\. Send (a CSV or XLSX file|ClaimReview markup)|headings and no rows"),
    ),
}
_BEYOND = [
    (re.compile(field, re.DOTALL), re.compile(said, re.IGNORECASE))
    for pairs in BEYOND.values()
    for field, said in pairs
]


def is_beyond_a_schema(answer: str) -> bool:
    """Whether a refusal, a problem document, names nothing but what a description cannot foretell."""
    errors = json.loads(answer)["errors"]
    return bool(errors) and all(
        _is_beyond(error["field"], f"{error['message']} {error.get('remedy') or ''}") for error in errors
    )


def _is_beyond(field: str, said: str) -> bool:
    return any(where.fullmatch(field) and words.search(said) for where, words in _BEYOND)
