"""The lengths of a matter in each way of counting, and its last days once accepted."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.catalogue import Catalogue, Matter, Override
from approvals.rules.deadlines import deadlines
from approvals.rules.periods import DaysMode, periods, segments
from approvals.rules.work_calendar import work_calendar
from scheduler import Basis, Period, Segment, WorkCalendar


@pytest.fixture(scope="module")
def calendar(catalogue: Catalogue) -> WorkCalendar:
    return work_calendar(catalogue.holidays)


def a_matter(**changes: object) -> Matter:
    of = {
        "statutory_days": 20,
        "statutory_basis": "working",
        "promised_workdays": 5,
        "special_days": 10,
        "special_basis": "calendar",
        "prep_workdays": 15,
    }
    return Matter(code="m", name_zh="事项", name_en="Matter", **{**of, **changes})


PREPARATION = Segment("preparation", 15)
SPECIAL = Segment("special", 10, Basis.CALENDAR)
WORK = Segment("work", 5)


@pytest.mark.parametrize(
    ("mode", "chain"),
    [
        (DaysMode.PROMISED, (WORK,)),
        (DaysMode.CLOCK, (SPECIAL, WORK)),
        (DaysMode.ELAPSED, (PREPARATION, SPECIAL, WORK)),
        (DaysMode.STATUTORY, (SPECIAL, Segment("work", 20))),
    ],
)
def test_each_way_of_counting_takes_its_own_stretches_in_order(
    mode: DaysMode, chain: tuple[Segment, ...]
) -> None:
    assert segments(periods(a_matter()), mode) == chain


def test_a_templates_override_replaces_the_periods_it_names() -> None:
    folded = Override(matter="m", promised_workdays=2, special_days=0)

    assert segments(periods(a_matter(), folded), DaysMode.ELAPSED) == (PREPARATION, Segment("work", 2))


def test_the_statutory_length_is_never_less_than_the_promise() -> None:
    on_the_spot = a_matter(statutory_days=0, special_days=0)
    no_limit = a_matter(statutory_days=None, statutory_basis="", special_days=0)

    assert segments(periods(on_the_spot), DaysMode.STATUTORY) == (WORK,)
    assert segments(periods(no_limit), DaysMode.STATUTORY) == (WORK,)


def test_a_period_whose_text_says_only_days_counts_as_the_office_chose() -> None:
    undecided = a_matter(statutory_days=30, statutory_basis="unspecified")
    decided = a_matter(statutory_days=30, statutory_basis="unspecified", unspecified_as="calendar")

    assert periods(undecided).lawful_work == Segment("work", 30, Basis.UNSPECIFIED)
    assert periods(decided).lawful_work == Segment("work", 30, Basis.CALENDAR)


def test_promised_and_statutory_last_days_stand_side_by_side(calendar: WorkCalendar) -> None:
    # accepted Thursday 30 April 2026; May Day rest 1 to 5 May, Saturday 9 May worked
    # 5 working days: 6, 7, 8, 9, 11 May; 20 working days: on to 1 June
    found = deadlines(periods(a_matter()), date(2026, 4, 30), calendar)

    assert found.promised_on == date(2026, 5, 11)
    assert found.statutory_on == date(2026, 6, 1)
    assert not found.is_provisional


def test_a_special_procedure_stops_the_clock_while_it_runs(calendar: WorkCalendar) -> None:
    matter = a_matter(promised_workdays=20)
    pause = (date(2026, 12, 1), date(2026, 12, 11))

    found = deadlines(periods(matter), date(2026, 11, 23), calendar, [pause])

    assert found.promised_on == date(2027, 1, 4)
    assert found.is_provisional


@pytest.mark.parametrize(
    ("accepted_on", "period", "due_on"),
    [
        (date(2025, 1, 24), Period(7), date(2025, 2, 10)),
        (date(2025, 9, 26), Period(5), date(2025, 10, 10)),
        (date(2026, 2, 12), Period(5), date(2026, 2, 26)),
        (date(2026, 4, 30), Period(3), date(2026, 5, 8)),
        (date(2026, 9, 18), Period(7), date(2026, 9, 29)),
        (date(2026, 11, 23), Period(20), date(2026, 12, 21)),
        (date(2026, 11, 23), Period(45), date(2027, 1, 26)),
        (date(2026, 12, 28), Period(10), date(2027, 1, 12)),
        (date(2026, 9, 5), Period(20, Basis.CALENDAR), date(2026, 9, 28)),
    ],
)
def test_the_golden_vectors_hold_on_the_shipped_calendar(
    calendar: WorkCalendar, accepted_on: date, period: Period, due_on: date
) -> None:
    assert calendar.due_on(accepted_on, period) == due_on
    assert calendar.touches_provisional(accepted_on, due_on) == (due_on.year == 2027)


def test_days_beyond_the_table_never_crash_and_are_provisional(calendar: WorkCalendar) -> None:
    assert calendar.is_provisional(2031)
    assert not calendar.is_workday(date(2031, 10, 1))
    assert calendar.due_on(date(2150, 1, 1), Period(20)).year == 2150
