"""What an enterprise may do by its link, and how far a thing that came in has got."""

from __future__ import annotations

import enum


class ActKind(enum.Enum):
    """What came in by a progress link."""

    UPLOAD = "upload"
    PICK_UP = "pick_up"
    COMMITMENT = "commitment"
    PROBLEM = "problem"
    MESSAGE = "message"
    VISIT = "visit"
    SCENARIO = "scenario"


class IncomingState(enum.Enum):
    """How far a thing that came in has got.

    Shape: NEW waits for the office; TAKEN is accepted and goes its own way from there (a paper among the
        papers, a planned visit); ANSWERED has its answer; DECLINED was not taken, with a reason the
        enterprise reads.
    """

    NEW = "new"
    TAKEN = "taken"
    ANSWERED = "answered"
    DECLINED = "declined"

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do anything about it any more."""
        return self is not IncomingState.NEW


class UploadState(enum.Enum):
    """How far the pages of one material have got."""

    COLLECTING = "collecting"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class TellingWay(enum.Enum):
    """How a subscriber hears of milestones."""

    SMS = "sms"
    MAIL = "mail"
    CALENDAR = "calendar"


class ScenarioReply(enum.Enum):
    """What the enterprise said to a shared scenario."""

    WANTED = "wanted"
    NOT_WANTED = "not_wanted"
    CALL_US = "call_us"
