"""Why a step lies where it does, in facts an edge can put into words."""

from datetime import date

import scheduler
from scheduler import DriverKind
from tests.scheduler.county import CALENDAR, a_step, accept, issue, planned


def test_a_wait_for_a_result_names_the_step_its_day_and_the_holiday_skipped():
    # the registration is out on Monday 15 June 2026; 5 working days on, past the festival from 19 to 21 June
    plan = planned(
        [a_step("registration", 10), a_step("permit", 5)],
        [accept("registration", "permit")],
        day0=date(2026, 6, 1),
    )

    why = scheduler.explain(plan, "permit")

    assert why.start_hold.driver.kind is DriverKind.ACCEPT_GATE
    assert why.start_hold.predecessor.key == "registration"
    assert why.start_hold.released_on == date(2026, 6, 15)
    assert why.finish_hold.driver.kind is DriverKind.OWN_LENGTH
    (work,) = why.stretches
    assert (work.segment.days, work.begin_on, work.end_on) == (5, date(2026, 6, 15), date(2026, 6, 23))
    (festival,) = why.rests
    assert (festival.first, festival.last, festival.names_zh) == (
        date(2026, 6, 19),
        date(2026, 6, 21),
        ("端午节",),
    )
    assert not why.is_provisional


def test_a_decision_that_lies_ready_says_how_long_it_waits():
    plan = planned([a_step("land", 9), a_step("permit", 3)], [issue("land", "permit", tail=1)])

    why = scheduler.explain(plan, "permit")

    assert (why.own_finish, why.waited_workdays) == (3, 7)
    assert (why.finish_hold.predecessor.key, why.finish_hold.tail_workdays, why.finish_hold.released) == (
        "land",
        1,
        10,
    )


def test_a_calendar_period_that_rolled_forward_names_the_rest_day_it_ended_on():
    plan = planned([a_step("listing", 20, basis=CALENDAR)], day0=date(2026, 3, 2))

    (stretch,) = scheduler.explain(plan, "listing").stretches

    assert (stretch.ended_on_rest_day, stretch.end_on) == (date(2026, 3, 22), date(2026, 3, 23))


def test_the_owner_the_experts_and_the_authority_have_a_stretch_each():
    plan = planned([a_step("review", 5, preparation=2, special=10)])

    stretches = scheduler.explain(plan, "review").stretches

    assert [(s.segment.kind, s.begin, s.end) for s in stretches] == [
        ("preparation", 0, 2),
        ("special", 2, 12),
        ("work", 12, 17),
    ]


def test_a_step_that_runs_into_an_unpublished_year_is_marked():
    plan = planned([a_step("review", 20)], day0=date(2026, 12, 21))

    assert scheduler.explain(plan, "review").is_provisional


def test_a_finished_step_is_explained_by_what_happened():
    plan = planned([a_step("review", 5, accepted=1, finished=9)])

    why = scheduler.explain(plan, "review")

    assert why.start_hold.driver.kind is why.finish_hold.driver.kind is DriverKind.ACTUAL
    assert (why.stretches, why.own_finish, why.waited_workdays) == ((), 9, 0)


def test_a_started_step_is_held_at_its_acceptance():
    plan = planned(
        [a_step("land", 9), a_step("permit", 3, preparation=2, started=1)], [accept("land", "permit")]
    )

    why = scheduler.explain(plan, "permit")

    assert (why.start_hold.predecessor.key, why.start_hold.released, why.dates.accept) == ("land", 9, 9)


def test_a_booked_step_says_since_when_it_lies_prepared_and_what_it_waits_for():
    # prepared on Friday 17 April 2026 (day 2), accepted on Wednesday 22 April: three working days queued
    plan = planned(
        [a_step("permit", 5, preparation=2, accept_not_before=5, booked_by="bench:HCB")],
        day0=date(2026, 4, 15),
    )

    why = scheduler.explain(plan, "permit")

    assert (why.accept_hold.driver.booked_by, why.accept_hold.released_on) == ("bench:HCB", date(2026, 4, 22))
    assert (why.queued_workdays, why.waited_workdays) == (3, 0)
    assert [(s.segment.kind, s.begin, s.end) for s in why.stretches] == [
        ("preparation", 0, 2),
        ("work", 5, 10),
    ]


def test_a_started_step_in_the_queue_counts_only_the_days_after_its_last_gate():
    plan = planned(
        [a_step("land", 4), a_step("permit", 3, preparation=1, started=0, accept_not_before=6)],
        [accept("land", "permit")],
    )

    why = scheduler.explain(plan, "permit")

    assert (why.start_hold.predecessor.key, why.start_hold.released) == ("land", 4)
    assert (why.queued_workdays, why.accept_hold.released) == (2, 6)
