"""The promise every axis makes: forward never turns back, and backward is its exact counterpart."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scheduler
from scheduler import NominalAxis, Segment
from tests.scheduler.county import CALENDAR, office_calendar

AXES = [NominalAxis(), office_calendar().axis(date(2026, 1, 5)), office_calendar().axis(date(2026, 12, 20))]
SEGMENTS = st.builds(Segment, st.just("work"), st.integers(0, 90), st.sampled_from(scheduler.Basis))


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(axis=st.sampled_from(AXES), point=st.integers(-200, 600), segment=SEGMENTS)
def test_backward_is_the_latest_point_from_which_forward_still_arrives(axis, point, segment):
    latest = axis.backward(point, segment)

    assert axis.forward(latest, segment) <= point < axis.forward(latest + 1, segment)
    assert axis.forward(point, segment) <= axis.forward(point + 1, segment)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(axis=st.sampled_from(AXES), points=st.lists(st.integers(-200, 600), max_size=9), segment=SEGMENTS)
def test_many_points_at_once_end_where_each_would(axis, points, segment):
    assert axis.forward_each(points, segment) == [axis.forward(point, segment) for point in points]


def test_a_point_and_its_day_are_one():
    axis = office_calendar().axis(date(2026, 2, 13))

    # the eve of the long holiday: Saturday 14 February works, the next working day is Tuesday the 24th
    assert [axis.date_of(point) for point in (-1, 0, 1, 2)] == [
        date(2026, 2, 12),
        date(2026, 2, 13),
        date(2026, 2, 14),
        date(2026, 2, 24),
    ]
    assert axis.point_of(date(2026, 2, 24)) == 2
    assert axis.point_of(date(2026, 2, 18)) == 2


def test_a_point_before_the_calendar_is_refused():
    axis = office_calendar().axis(date(2004, 1, 5))

    with pytest.raises(scheduler.OutsideCalendar):
        axis.date_of(-10)
    with pytest.raises(scheduler.OutsideCalendar):
        axis.forward(-10, Segment("work", 3, CALENDAR))
    with pytest.raises(scheduler.OutsideCalendar):
        axis.backward(0, Segment("work", 30, CALENDAR))


def test_a_nominal_axis_knows_no_days():
    assert NominalAxis().date_of(3) is None
