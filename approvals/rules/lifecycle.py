"""The states of a step, as the national exchange standard of engineering approvals numbers them."""

from __future__ import annotations

import enum


class StepState(enum.Enum):
    """Where a step stands: the fifteen states of the exchange standard, and what the office knows besides.

    Source: S12, states 1 to 15.
    """

    NOT_STARTED = "not_started"
    PREPARING = "preparing"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    DECLINED = "declined"
    CORRECTING = "correcting"
    CORRECTED = "corrected"
    WORKING = "working"
    IN_PROCEDURE = "in_procedure"
    PROCEDURE_OVER = "procedure_over"
    PASSED = "passed"
    PASSED_DEFERRED = "passed_deferred"
    REFUSED = "refused"
    RECALLED = "recalled"
    REVOKED = "revoked"
    NOT_REQUIRED = "not_required"

    @property
    def exchange_code(self) -> int | None:
        """The code of the exchange standard; None for what only this office knows."""
        return _CODES.get(self)


_CODES = {
    StepState.RECEIVED: 1,
    StepState.WITHDRAWN: 2,
    StepState.ACCEPTED: 3,
    StepState.NOT_ACCEPTED: 4,
    StepState.DECLINED: 5,
    StepState.CORRECTING: 6,
    StepState.CORRECTED: 7,
    StepState.WORKING: 8,
    StepState.IN_PROCEDURE: 9,
    StepState.PROCEDURE_OVER: 10,
    StepState.PASSED: 11,
    StepState.PASSED_DEFERRED: 12,
    StepState.REFUSED: 13,
    StepState.RECALLED: 14,
    StepState.REVOKED: 15,
}


class StopKind(enum.Enum):
    """Why a clock stands still. A paper that comes later is no reason.

    Source: CL-1 to CL-5, CL-8.
    """

    CORRECTION = "correction"
    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"
    PUBLICITY = "publicity"
    TECHNICAL_REVIEW = "technical_review"
    SITE_SURVEY = "site_survey"
    CONSULTATION = "consultation"
