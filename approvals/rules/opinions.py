"""What a department says in a joint review: its stance, its conditions, and what it still needs.

Source: PR-3, PR-4.
"""

from __future__ import annotations

import enum


class Stance(enum.Enum):
    """What a department answers to a submission; ``SILENT`` is written down when its day has passed.

    Source: PR-4.
    """

    AGREE = "agree"
    CONDITIONS = "conditions"
    MATERIAL = "material"
    NOT_OURS = "not_ours"
    SILENT = "silent"


class Way(enum.Enum):
    """By which way an answer or a receipt came in; ``RULE`` is the calendar's own doing."""

    SCREEN = "screen"
    LINK = "link"
    DOCUMENT = "document"
    RULE = "rule"


class LineKind(enum.Enum):
    """What one line of an opinion is: a condition, or a paper that is missing."""

    CONDITION = "condition"
    MATERIAL = "material"
