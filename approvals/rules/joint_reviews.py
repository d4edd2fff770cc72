"""Joint reviews: how a group works, where a review stands, and what its one answer says.

Source: PR-3, PR-4, PR-5.
"""

from __future__ import annotations

import enum


class ReviewKind(enum.Enum):
    """How the members look at a submission.

    Source: PR-4, PR-5; PR-9 for the review before the land is held.
    """

    WRITTEN = "written"
    MEETING = "meeting"
    SITE_VISIT = "site_visit"
    BEFORE_LAND = "before_land"


class ReviewState(enum.Enum):
    """Where a joint review stands."""

    GATHERING = "gathering"
    GATHERED = "gathered"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


class AnswerKind(enum.Enum):
    """What the one answer of a joint review says.

    Source: PR-3.
    """

    AGREED = "agreed"
    CONDITIONS = "conditions"
    MATERIAL = "material"
