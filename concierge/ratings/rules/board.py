"""How negative ratings were followed: how many in time, how many at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from concierge.ratings.rules.redress import RedressFacts
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class Followed:
    """The negative ratings of a period.

    Shape: each pair of counts is done and due: ``*_done`` of ``*_due``. Those set aside on appeal are left
        out; a call-back is due only where there is an answer and a name.
    """

    negative: int = 0
    contact_done: int = 0
    contact_due: int = 0
    contact_in_time: int = 0
    answer_done: int = 0
    answer_due: int = 0
    answer_in_time: int = 0
    call_back_done: int = 0
    call_back_due: int = 0


def followed(facts: Sequence[RedressFacts], calendar: WorkCalendar, today: date) -> Followed:
    """How negative ratings were followed as of a day.

    A part is due from the day after its limit, or as soon as it is done: what may still be done in time
    counts for nothing yet.

    Source: RT-3, RT-4, RT-5.
    """
    there = [one for one in facts if not one.is_set_aside]
    contacts = [one for one in there if one.contacted_on is not None or one.contact_due_on < today]
    answers = [
        one
        for one in there
        if one.rectified_on is not None or (one.rectify_due_on is not None and one.rectify_due_on < today)
    ]
    calls = [
        one
        for one in there
        if one.is_named
        and one.rectified_on is not None
        and (one.called_back_on is not None or calendar.add_workdays(one.rectified_on, 1) < today)
    ]
    return Followed(
        negative=len(there),
        contact_done=sum(one.contacted_on is not None for one in contacts),
        contact_due=len(contacts),
        contact_in_time=sum(_in_time(one.contacted_on, one.contact_due_on) for one in contacts),
        answer_done=sum(one.rectified_on is not None for one in answers),
        answer_due=len(answers),
        answer_in_time=sum(_in_time(one.rectified_on, one.rectify_due_on) for one in answers),
        call_back_done=sum(one.called_back_on is not None for one in calls),
        call_back_due=len(calls),
    )


def _in_time(done_on: date | None, due_on: date | None) -> bool:
    return done_on is not None and due_on is not None and done_on <= due_on
