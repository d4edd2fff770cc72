"""C: who covers a project while both of its people are away, and where the chain ends."""

from __future__ import annotations

import enum


class CoverCause(enum.Enum):
    """Why somebody covers."""

    NAMED = "named"  # the chief chose
    HEAD = "head"  # nobody was there: the unit head covers from the first minute
