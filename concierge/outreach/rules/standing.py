"""The values outreach keeps: where an entitlement, a batch, a visit, a booking stands, and by which road."""

from __future__ import annotations

import enum


class Road(enum.Enum):
    """By which road somebody asks, answers or is served; none of them is closed to anybody.

    Source: SF-17.
    """

    COUNTER = "counter"
    PAPER = "paper"
    PHONE = "phone"
    AGENT = "agent"
    ONLINE = "online"


class Support(enum.Enum):
    """What the civil-affairs ledger says of a household's means."""

    NONE = "none"
    LOW_INCOME = "low_income"
    NO_MEANS = "no_means"


class DueState(enum.Enum):
    """Where one entitlement stands, from being found to the signature of whoever received it.

    Source: SF-9.
    """

    ASK = "ask"  # separate consent is needed first
    FOUND = "found"
    STARTED = "started"
    ISSUED = "issued"
    DELIVERED = "delivered"
    DECLINED = "declined"
    LAPSED = "lapsed"


class BatchState(enum.Enum):
    """Where a grid's batch stands.

    Source: SF-7.
    """

    COLLECTING = "collecting"
    SENT = "sent"
    RETURNED = "returned"
    CLOSED = "closed"


class ApplicationState(enum.Enum):
    """Where one person's line of a batch stands.

    Source: SF-7.
    """

    FAULTY = "faulty"
    READY = "ready"
    SENT = "sent"
    GRANTED = "granted"
    REFUSED = "refused"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class VisitState(enum.Enum):
    """Where a visit stands."""

    PLANNED = "planned"
    DONE = "done"
    CALLED_OFF = "called_off"


class BookingState(enum.Enum):
    """Where a booking stands."""

    BOOKED = "booked"
    SERVED = "served"
    MISSED = "missed"
    CALLED_OFF = "called_off"


class Hours(enum.Enum):
    """Which hours a booking lies in, seen from the office's own.

    Source: SF-13.
    """

    OPEN = "open"
    EARLY = "early"
    NOON = "noon"
    LATE = "late"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
