"""Scores, ranks and grades, worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from concierge.supervision.rules.card import Colour
from concierge.supervision.rules.complaints import ComplaintWay, complaint_due, longer_due
from concierge.supervision.rules.league import (
    CaseCard,
    ClosedCase,
    Grade,
    grade,
    league,
    rank_moves,
)
from concierge.supervision.rules.reporting_period import (
    ReportingPeriod,
    ReportSpan,
    period_before,
    reporting_period,
)


def cases(department: str, count: int, *, promised: int = 10, used: int = 5, paused: int = 0, late: int = 0):
    """So many closed cases of one department, all alike."""
    return [
        ClosedCase(
            department=department,
            ended_on=date(2026, 4, 10),
            promised=promised,
            used=used,
            paused=paused,
            late=late,
        )
        for _ in range(count)
    ]


def test_every_promise_kept_in_half_the_time_without_a_card_is_a_hundred():
    (record,) = league(cases("DRC", 5), {"DRC": 2}, [])

    assert (record.score, record.rank, record.on_time_share, record.used_share) == (100.0, 1, 1.0, 0.5)
    assert record.early_workdays == 5
    assert grade(record) is Grade.EXCELLENT


def test_the_three_parts_of_a_score():
    # 8 of 10 in time: 60 x 0.8 = 48. Used 8 x 6 + 2 x 12 = 72 of 100 days: 20 x 0.28 / 0.5 = 11.2.
    # One red and one yellow card weigh 4 on 10 closed and 6 running cases: 20 x (1 - 4/16) = 15. Sum 74.2.
    closed = [*cases("HCB", 8, used=6), *cases("HCB", 2, used=12, late=2)]
    cards = [CaseCard(department="HCB", colour=Colour.RED), CaseCard(department="HCB", colour=Colour.YELLOW)]

    (record,) = league(closed, {"HCB": 6}, cards)

    assert record.on_time == 8
    assert record.used_share == pytest.approx(0.72)
    assert record.score == pytest.approx(74.2)
    assert grade(record) is Grade.PASS
    assert record.early_workdays == 4  # of those in time


def test_stopped_days_are_shown_apart_and_cost_nothing():
    (with_stops,) = league(cases("EEB", 5, used=6, paused=12), {}, [])
    (without,) = league(cases("EEB", 5, used=6), {}, [])

    assert with_stops.score == without.score
    assert with_stops.paused_workdays == 60


def test_under_five_closed_cases_nobody_is_ranked():
    four, five = league([*cases("MEB", 4), *cases("WRB", 5, used=9)], {}, [])[::-1]

    assert (four.department, four.score, four.rank, grade(four)) == ("MEB", None, None, None)
    assert five.rank == 1


def test_the_same_score_is_the_same_rank():
    found = league([*cases("A", 5), *cases("B", 6), *cases("C", 5, used=10)], {}, [])

    assert [(one.department, one.rank) for one in found] == [("B", 1), ("A", 1), ("C", 3)]


def test_more_cards_than_cases_leave_nothing_of_that_part():
    cards = [CaseCard(department="A", colour=Colour.RED)] * 3

    (record,) = league(cases("A", 5), {}, cards)

    assert record.score == 80.0


def test_rising_and_falling_since_the_period_before():
    before = league([*cases("A", 5), *cases("B", 5, used=8)], {}, [])
    now = league([*cases("A", 5, used=9), *cases("B", 5), *cases("C", 5, used=10)], {}, [])

    assert rank_moves(now, before) == {"B": 1, "A": -1}


@pytest.mark.parametrize(
    ("span", "days", "before"),
    [
        (ReportSpan.MONTH, ("2026-04-01", "2026-04-15"), ("2026-03-01", "2026-03-31")),
        (ReportSpan.LAST_MONTH, ("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
        # 15 April and 89 days before it: 16 in January, 28, 31, 15 make 90
        (ReportSpan.NINETY_DAYS, ("2026-01-16", "2026-04-15"), ("2025-10-18", "2026-01-15")),
        (ReportSpan.QUARTER, ("2026-04-01", "2026-04-15"), ("2026-01-01", "2026-03-31")),
        (ReportSpan.LAST_QUARTER, ("2026-01-01", "2026-03-31"), ("2025-10-01", "2025-12-31")),
    ],
)
def test_the_days_of_a_report(span, days, before):
    today = date(2026, 4, 15)

    assert reporting_period(span, today) == ReportingPeriod(*map(date.fromisoformat, days))
    assert period_before(span, today) == ReportingPeriod(*map(date.fromisoformat, before))


def test_the_days_of_a_complaint(calendar):
    # On the Thursday before Labour Day: 6, 7, 8, 9 (worked) and 11 May; complex: 12 to 15 and 18 May more.
    came_at, came_on = datetime(2026, 4, 30, 2, 0, tzinfo=UTC), date(2026, 4, 30)

    approval = complaint_due(ComplaintWay.APPROVAL, came_at, came_on, calendar)
    simple = complaint_due(ComplaintWay.HOTLINE, came_at, came_on, calendar)

    assert (approval.answer_on, approval.return_by) == (date(2026, 5, 11), None)
    assert (simple.answer_on, simple.return_by) == (
        date(2026, 5, 11),
        datetime(2026, 5, 1, 2, 0, tzinfo=UTC),
    )
    assert longer_due(simple.answer_on, calendar) == date(2026, 5, 18)
