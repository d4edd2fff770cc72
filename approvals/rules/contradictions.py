"""Conditions that cannot both hold: found by rule where they name a subject and a figure.

Source: PR-3, one consolidated answer.
"""

from __future__ import annotations

import enum


class Relation(enum.Enum):
    """How a condition ties a subject to a value."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    EQUAL = "equal"
    NOT_EQUAL = "not_equal"
