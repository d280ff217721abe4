"""Examples of merges and splits: the night that was coded twice, and the agency that stood in the list twice."""

from __future__ import annotations

from api import examples
from provenance.answers_merge import ClaimEffect, ClaimState, FlagChange, Regrouping
from provenance.vocabulary import ClaimStatus, Verdict

CHANGE = "chg_20261122t120000000000"
SEVERAL = "clm_severalaaaaaaaaa"
SEVERAL_TEXT = "Several troublemakers were eliminated in Almaty in the night of 5 to 6 January 2022."


def _state(documents: int, *flags: str) -> ClaimState:
    return ClaimState(
        status=ClaimStatus.STANDING,
        verdict=Verdict.SINGLE,
        parties=1,
        established_origins=1,
        documents=documents,
        reports=documents,
        flags=list(flags),
    )


_REASON = "One document states it."
_WORDED = ClaimEffect(
    claim=SEVERAL,
    text=SEVERAL_TEXT,
    before=_state(1, "single_origin", "vague_figure"),
    after=None,
    flags_gained=[],
    flags_lost=[
        FlagChange(rule="single_origin", reason=_REASON),
        FlagChange(rule="vague_figure", reason="'several' names no number."),
    ],
)
_BOTH = ClaimEffect(
    claim=examples.CLAIM.id,
    text=examples.CLAIM.text,
    before=_state(56, "one_party", "vague_figure"),
    after=_state(57, "one_party", "vague_figure"),
    flags_gained=[],
    flags_lost=[],
)
MERGED_CLAIM = Regrouping(
    dry_run=False,
    kept=examples.CLAIM.id,
    gone=SEVERAL,
    split_off=None,
    moved={"report": 1},
    dropped={},
    restored={},
    claims=[_BOTH, _WORDED],
    concerned=2,
    compared=2,
    change=CHANGE,
)
SPLIT_CLAIM = Regrouping(
    dry_run=False,
    kept=examples.CLAIM.id,
    gone=None,
    split_off=SEVERAL,
    moved={"report": 1},
    dropped={},
    restored={},
    claims=[
        _BOTH.model_copy(update={"before": _BOTH.after, "after": _BOTH.before}),
        _WORDED.model_copy(
            update={"before": None, "after": _WORDED.before, "flags_gained": _WORDED.flags_lost, "flags_lost": []}
        ),
    ],
    concerned=2,
    compared=2,
    change=CHANGE,
)
MERGED_SOURCE = Regrouping(
    dry_run=True,
    kept=examples.DOCUMENT.publisher_id,
    gone="src_tassagencyaaaaaa",
    split_off=None,
    moved={"attribution": 3, "document": 1, "source_name": 1},
    dropped={"attribution": 1, "source_name": 1},
    restored={},
    claims=[_BOTH.model_copy(update={"after": _state(56, "vague_figure")})],
    concerned=4,
    compared=4,
    change=None,
)
SPLIT_SOURCE = Regrouping(
    dry_run=False,
    kept=examples.SOURCE.id,
    gone=None,
    split_off="src_almatyhealthaaaa",
    moved={"attribution": 2, "source_name": 1},
    dropped={},
    restored={},
    claims=[],
    concerned=1,
    compared=1,
    change=CHANGE,
)
