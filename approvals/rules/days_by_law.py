"""The days the law sets around a case besides its limit: to answer, examine, hear, hand the result over."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from approvals.rules.catalogue import Matter
from approvals.rules.deadlines import delivered_by, examined_by
from approvals.rules.hearing import hearing_days
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.receiving import Channel, answer_expected, latest_notice
from approvals.rules.stops import ClockStop, pauses
from approvals.rules.ways import PASSED, RUNNING, UNANSWERED
from scheduler import WorkCalendar

_DECIDED = PASSED | {StepState.REFUSED}


class LawDay(enum.Enum):
    """What is to be done by a day."""

    ANSWER = "answer"
    LOCAL_ANSWER = "local_answer"
    EXAMINATION = "examination"
    HEARING = "hearing"
    DELIVERY = "delivery"


@dataclass(frozen=True, kw_only=True)
class CaseDays:
    """What these days follow from.

    Units: civil days; ``decided_on`` is when the result was issued, ``today`` until when an open stop counts.
    """

    state: StepState
    received_on: date | None = None
    accepted_on: date | None = None
    decided_on: date | None = None
    stops: Sequence[ClockStop] = ()
    today: date | None = None


def days_by_law(case: CaseDays, matter: Matter, calendar: WorkCalendar) -> tuple[tuple[LawDay, date], ...]:
    """The days that stand before the department now, the nearest duty first.

    Shape: what is to be done and its last day. Papers of a parallel review are answered by its shorter local
        day, all others at the counter on the day they come.
    Raises: OutsideCalendar.
    Source: AC-1, AC-3, AC-4, AC-10 to AC-12.
    """
    found: list[tuple[LawDay, date]] = []
    if case.state in UNANSWERED and case.accepted_on is None and case.received_on is not None:
        channel = Channel.PARALLEL if matter.review_group else Channel.COUNTER
        found.append((LawDay.LOCAL_ANSWER, answer_expected(case.received_on, channel, calendar)))
        found.append((LawDay.ANSWER, latest_notice(case.received_on, matter, calendar)))
    if matter.examined_first_by and case.state in RUNNING and case.accepted_on is not None:
        stood = pauses(case.stops, case.today or case.accepted_on)
        found.append((LawDay.EXAMINATION, examined_by(case.accepted_on, calendar, stood)))
    found += [
        (LawDay.HEARING, hearing_days(stop.first_on, calendar).hold_by_on)
        for stop in case.stops
        if stop.is_open and stop.kind is StopKind.HEARING
    ]
    if case.state in _DECIDED and case.decided_on is not None:
        found.append((LawDay.DELIVERY, delivered_by(case.decided_on, calendar)))
    return tuple(found)
