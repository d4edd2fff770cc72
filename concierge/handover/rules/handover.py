"""A handover: what it is made for, by when it is given, where it stands, and who may do what with it."""

from __future__ import annotations

import enum


class HandoverKind(enum.Enum):
    """What a handover is made for. Source: AB-4, AB-8; rules.md section 5, three stages."""

    LEAVE = "leave"  # planned: given a day ahead
    SUDDEN = "sudden"  # illness and the like: taken over from the records
    CHANGE = "change"  # A or B is another person from now on
    STAGE = "stage"  # the project enters its next stage
    COVER = "cover"  # both are away: C takes over


class TellingWay(enum.Enum):
    """How an enterprise was told who looks after its project now."""

    PHONE = "phone"
    MESSAGE = "message"
    MEETING = "meeting"
    LETTER = "letter"
