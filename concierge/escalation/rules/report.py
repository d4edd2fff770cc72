"""A report of what cannot be done (办不成事): its ways in, its four kinds, its levels and its ends."""

from __future__ import annotations

import enum


class ReportWay(enum.Enum):
    """How a report came in: told by a person, or found.

    Source: ES-1.
    """

    COUNTER = "counter"
    PHONE = "phone"
    ONLINE = "online"
    PLATFORM = "platform"
    CALL_BACK = "call_back"

    @property
    def is_found(self) -> bool:
        """Whether nobody told it: the record itself or a call-back brought it up."""
        return self in FOUND


FOUND = frozenset({ReportWay.PLATFORM, ReportWay.CALL_BACK})


class ReportKind(enum.Enum):
    """The four kinds: against the law, hard, not done though it could be, out of the ordinary.

    Source: ES-2.
    """

    UNLAWFUL = "unlawful"
    BLOCKED = "blocked"
    REFUSED = "refused"
    SPECIAL = "special"


class ReportLevel(enum.Enum):
    """Who has to come, one after another: three timed levels, then the three steps of the county.

    Source: ES-3, ES-5.
    """

    WINDOW = "window"
    DEPARTMENT = "department"
    TIMED = "timed"
    LEADER = "leader"
    OFFICE_MEETING = "office_meeting"
    STANDING_MEETING = "standing_meeting"

    @property
    def is_county(self) -> bool:
        """Whether it is beyond one department."""
        return self in COUNTY

    @property
    def is_on_the_spot(self) -> bool:
        """Whether somebody has to come within minutes."""
        return self in ON_THE_SPOT


ORDER = tuple(ReportLevel)
ON_THE_SPOT = frozenset({ReportLevel.WINDOW, ReportLevel.DEPARTMENT})
COUNTY = frozenset({ReportLevel.LEADER, ReportLevel.OFFICE_MEETING, ReportLevel.STANDING_MEETING})


class Rise(enum.Enum):
    """Why a report went one level up."""

    NOBODY_CAME = "nobody_came"
    UNSOLVED = "unsolved"
    DAY_OVER = "day_over"
    LATE = "late"
    ASKED = "asked"
    REOPENED = "reopened"


class ReportOutcome(enum.Enum):
    """How a report was closed.

    Source: ES-2, ES-7.
    """

    SOLVED = "solved"
    ARRANGED = "arranged"
    EXPLAINED = "explained"
    WITHDRAWN = "withdrawn"

    @property
    def is_negative(self) -> bool:
        """Whether the person goes home with a no."""
        return self is ReportOutcome.EXPLAINED


class Contentment(enum.Enum):
    """What the person said afterwards about the answer.

    Source: ES-7.
    """

    SATISFIED = "satisfied"
    PARTLY = "partly"
    UNSATISFIED = "unsatisfied"
    NOT_REACHED = "not_reached"


class ReportDeed(enum.Enum):
    """One thing that was done about a report, for its trail."""

    REGISTERED = "registered"
    FOUND_AGAIN = "found_again"
    ARRIVED = "arrived"
    ROSE = "rose"
    CLASSIFIED = "classified"
    OWNED = "owned"
    OPINION = "opinion"
    MEETING = "meeting"
    ASSIGNED = "assigned"
    ASSIGNMENT_ANSWERED = "assignment_answered"
    ANSWERED = "answered"
    NOTED = "noted"
    CLOSED = "closed"
    ASKED_BACK = "asked_back"
    REOPENED = "reopened"


class NegativeRuling(enum.Enum):
    """What the second person said of a no.

    Source: ES-8.
    """

    UPHELD = "upheld"
    OVERTURNED = "overturned"


class VoiceState(enum.Enum):
    """How far something people said has come.

    Source: SF-18.
    """

    HEARD = "heard"
    ROUTED = "routed"
    ANSWERED = "answered"
    TOLD = "told"


class VoiceTopic(enum.Enum):
    """What people spoke about.

    Source: SF-18.
    """

    PROBLEM = "problem"
    SUGGESTION = "suggestion"
    POLICY = "policy"
    PRAISE = "praise"


class BottleneckState(enum.Enum):
    """How far a bottleneck has come.

    Source: SF-19.
    """

    RECORDED = "recorded"
    PROPOSED = "proposed"
    TAKEN_UP = "taken_up"
    MENDED = "mended"
    NOT_FOLLOWED = "not_followed"
