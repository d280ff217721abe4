"""What people decided: reviews and the evidence under them, corrections, rulings, and what falls with what."""

from __future__ import annotations

from typing import Unpack

from provenance import answers, answers_detail, answers_impact, answers_rulings
from provenance.client import asked, given
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, deletes, gets, patches, posts

SCALES = list[answers_rulings.ScaleItem]


class Reviews(Resource[S]):
    """A person's or a fact-checker's verdict with reasons."""

    @lists("/v1/reviews", answers.ReviewItem)
    def list(self, **asked: Unpack[asked.ReviewsAsked]) -> None:
        """Reviews."""

    @gets("/v1/reviews/{review_id}", answers_detail.ReviewDetail)
    def get(self, review: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One review with its evidence."""

    @posts("/v1/reviews", answers_detail.ReviewDetail)
    def create(self, **given: Unpack[given.ReviewCreate]) -> None:
        """Add a review."""

    @patches("/v1/reviews/{review_id}", answers_detail.ReviewDetail)
    def change(self, review: str, /, *, etag: str | None = None, **given: Unpack[given.ReviewChange]) -> None:
        """Change the fields that are given."""


class Evidence(Resource[S]):
    """Material that does not speak."""

    @lists("/v1/evidence", answers.EvidenceItem)
    def list(self, **asked: Unpack[asked.EvidenceAsked]) -> None:
        """Evidence."""

    @gets("/v1/evidence/{evidence_id}", answers_detail.EvidenceDetail)
    def get(self, evidence: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One piece with the steps of its verification."""

    @posts("/v1/evidence", answers_detail.EvidenceDetail)
    def create(self, **given: Unpack[given.EvidenceCreate]) -> None:
        """Add evidence."""

    @patches("/v1/evidence/{evidence_id}", answers_detail.EvidenceDetail)
    def change(self, evidence: str, /, *, etag: str | None = None, **given: Unpack[given.EvidenceChange]) -> None:
        """Change the fields that are given."""

    @posts("/v1/evidence/{evidence_id}/verifications", answers_detail.EvidenceDetail)
    def add_verification(self, evidence: str, /, **given: Unpack[given.VerificationCreate]) -> None:
        """Add a step of verification."""


class Corrections(Resource[S]):
    """What somebody did to an earlier statement; it deletes nothing."""

    @lists("/v1/corrections", answers.CorrectionItem)
    def list(self, **asked: Unpack[asked.CorrectionsAsked]) -> None:
        """Corrections."""

    @gets("/v1/corrections/{correction_id}", answers_detail.CorrectionDetail)
    def get(self, correction: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One correction."""

    @gets("/v1/corrections/{correction_id}/impact", answers_impact.CorrectionImpact)
    def impact(self, correction: str, /, **asked: Unpack[asked.ReadImpactAsked]) -> None:
        """What falls because of it, and what still stands otherwise."""

    @posts("/v1/what-if", answers_impact.WhatFalls)
    def what_if(self, **given: Unpack[given.WhatIfAsked]) -> None:
        """What would fall if these were withdrawn or distrusted; nothing is written."""

    @posts("/v1/corrections", answers_detail.CorrectionDetail)
    def create(self, **given: Unpack[given.CorrectionCreate]) -> None:
        """Add a correction."""

    @patches("/v1/corrections/{correction_id}", answers_detail.CorrectionDetail)
    def change(self, correction: str, /, *, etag: str | None = None, **given: Unpack[given.CorrectionChange]) -> None:
        """Change the fields that are given."""

    @deletes("/v1/corrections/{correction_id}")
    def retire(self, correction: str, /, *, etag: str | None = None) -> None:
        """It holds no longer."""


class Rulings(Resource[S]):
    """What an editor decided and signed."""

    @lists("/v1/rulings", answers_rulings.RulingItem)
    def list(self, **asked: Unpack[asked.RulingsAsked]) -> None:
        """Rulings."""

    @gets("/v1/rulings/{ruling_id}", answers_rulings.RulingDetail)
    def get(self, ruling: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One ruling with its method."""

    @gets("/v1/rulings/scales", SCALES)
    def scales(self) -> None:
        """The scales of grading that rulings may use."""

    @posts("/v1/rulings", answers_rulings.RulingDetail)
    def create(self, **given: Unpack[given.RulingCreate]) -> None:
        """Sign a ruling."""

    @patches("/v1/rulings/{ruling_id}", answers_rulings.RulingDetail)
    def change(self, ruling: str, /, *, etag: str | None = None, **given: Unpack[given.RulingChange]) -> None:
        """Change the fields that are given."""

    @deletes("/v1/rulings/{ruling_id}")
    def retire(self, ruling: str, /, *, etag: str | None = None) -> None:
        """It holds no longer."""
