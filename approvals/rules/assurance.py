"""Notice and commitment: decided on the spot, checked afterwards, revoked if untrue."""

from __future__ import annotations

import enum


class AssuranceState(enum.Enum):
    """Where a decision on a promise stands.

    Source: DF-14.
    """

    DECIDED = "decided"
    TRUE = "true"
    UNTRUE = "untrue"
    REVOKED = "revoked"
