"""What is due once papers are handed in: one answer, in time; and what silence means."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from approvals.rules.catalogue import Matter
from approvals.rules.facts import Label
from scheduler import Basis, Period, WorkCalendar

NOTICE_WORKDAYS = 5
"""How long an authority has to tell everything that is missing, at once.

Units: working days.
Source: AC-1 (S02 art. 32).
"""
SECTOR_NOTICE_WORKDAYS: Mapping[str, int] = MappingProxyType({"pollutant-discharge-permit": 3})
"""Matters whose own law says sooner.

Units: working days.
Source: AC-3 (排污许可管理条例 art. 9).
"""


class Channel(enum.Enum):
    """The way papers came in, which local service rules answer by."""

    COUNTER = "counter"
    ONLINE = "online"
    PARALLEL = "parallel"


SERVICE_NOTICE_WORKDAYS: Mapping[Channel, int] = MappingProxyType(
    {Channel.COUNTER: 0, Channel.ONLINE: 1, Channel.PARALLEL: 2}
)
"""How soon local service rules want the answer; being later than that is no acceptance, but a card.

Units: working days.
Source: AC-4 (S08 art. 10; S09 arts. 36, 42).
"""

SILENCE_BASIS = "行政许可法第三十二条第一款第四项"
"""What an acceptance by silence rests on.

Source: AC-2.
"""
SILENCE_REASON = Label(
    "收到材料后未在规定期限内告知补正，自收到之日起即为受理。",
    "Nothing was said about the papers in time; they count as accepted on the day they were received.",
)


def notice_workdays(matter: Matter) -> int:
    """Within how many working days the one list of faults must be told.

    Units: working days.
    Source: AC-1, AC-3: a shorter sector limit wins.
    """
    return min(NOTICE_WORKDAYS, SECTOR_NOTICE_WORKDAYS.get(matter.code, NOTICE_WORKDAYS))


def latest_notice(received_on: date, matter: Matter, calendar: WorkCalendar) -> date:
    """The last day to tell the applicant everything that must be corrected.

    Units: a civil day; the day of receipt is day 0.
    Raises: OutsideCalendar.
    Source: AC-1, AC-3 (S02 art. 32; art. 82 for working days).
    """
    return calendar.due_on(received_on, Period(notice_workdays(matter), Basis.WORKING))


def answer_expected(received_on: date, channel: Channel, calendar: WorkCalendar) -> date:
    """The day by which local service rules expect the answer.

    Units: a civil day; the day of receipt is day 0.
    Source: AC-4.
    """
    return calendar.due_on(received_on, Period(SERVICE_NOTICE_WORKDAYS[channel], Basis.WORKING))


def accepted_by_silence(
    received_on: date, matter: Matter, calendar: WorkCalendar, today: date
) -> date | None:
    """The day a submission counts as accepted because nobody said a word in time; None while there is time.

    Shape: it reaches back to the day of receipt, or of the full correction.
    Source: AC-2 (S02 art. 32).
    """
    return received_on if today > latest_notice(received_on, matter, calendar) else None
