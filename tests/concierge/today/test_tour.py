"""Where to go, in which order, and when."""

from __future__ import annotations

from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from concierge.staff.rules.todo import Todo
from concierge.today.rules.tour import tour

HALL, WORKS, PARK = "Hall, floor 2", "Works", "Park office"


def an_errand(key: str, place: str, **told) -> Todo:
    return Todo(key=key, text="Fetch", place=place, **told)


def test_everything_at_one_place_is_one_stop_in_the_office_s_order():
    errands = [an_errand("1", WORKS), an_errand("2", HALL), an_errand("3", HALL), an_errand("4", "")]

    found = tour(errands, {HALL: 1, WORKS: 2})

    # the hall from 9:00: two errands of 20 minutes and half an hour of way; the works at 10:10
    assert [(stop.at, stop.place, len(stop.errands)) for stop in found.stops] == [
        (time(9), HALL, 2),
        (time(10, 10), WORKS, 1),
    ]
    assert found.saved == 1


def test_an_appointment_keeps_its_time_and_others_go_before_it_where_they_fit():
    errands = [
        an_errand("1", WORKS, at=time(10), minutes=60),
        an_errand("2", HALL),
        an_errand("3", PARK, minutes=40),
    ]

    found = tour(errands, {HALL: 1, PARK: 2, WORKS: 3})

    # hall 9:00 to 9:20 and half an hour of way is 9:50, in time for 10:00; after 11:00 and the way, 11:30
    assert [(stop.at, stop.place, stop.is_fixed) for stop in found.stops] == [
        (time(9), HALL, False),
        (time(10), WORKS, True),
        (time(11, 30), PARK, False),
    ]
    assert not any(stop.is_tight for stop in found.stops)


def test_two_appointments_too_near_each_other_are_called_tight():
    errands = [an_errand("1", WORKS, at=time(10), minutes=30), an_errand("2", HALL, at=time(10, 45))]

    found = tour(errands, {})

    # the works until 10:30 and half an hour of way is 11:00, a quarter of an hour late
    assert [(stop.place, stop.is_tight) for stop in found.stops] == [(WORKS, False), (HALL, True)]


def test_nobody_is_sent_to_a_closed_counter_at_noon():
    errands = [an_errand("1", HALL, minutes=160), an_errand("2", WORKS)]

    found = tour(errands, {HALL: 1, WORKS: 2})

    # the hall until 11:40 and half an hour of way is 12:10: counters open again at 14:30
    assert [stop.at for stop in found.stops] == [time(9), time(14, 30)]


def test_without_a_place_there_is_nowhere_to_go():
    assert tour([an_errand("1", "")], {}).stops == ()


@given(
    st.lists(
        st.builds(
            an_errand,
            key=st.integers().map(str),
            place=st.sampled_from(["", HALL, WORKS, PARK]),
            at=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
            minutes=st.integers(0, 600),
        ),
        max_size=12,
    )
)
def test_every_place_is_gone_to_once_and_every_errand_done_there(errands):
    found = tour(errands, {HALL: 1})

    assert sorted(stop.place for stop in found.stops) == sorted({one.place for one in errands if one.place})
    assert sum(len(stop.errands) for stop in found.stops) == sum(1 for one in errands if one.place)
    assert found.saved >= 0
