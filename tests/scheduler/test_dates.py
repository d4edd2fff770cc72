"""Earliest and latest dates: one tiny project for each rule, worked out by hand."""

import random
from datetime import date

from scheduler import Driver, DriverKind
from tests.scheduler.county import CALENDAR, a_step, accept, issue, planned


def test_an_accept_gate_holds_the_start():
    plan = planned([a_step("land", 5), a_step("permit", 3)], [accept("land", "permit")])

    assert (plan.step("permit").start, plan.step("permit").finish) == (5, 8)
    assert plan.step("permit").driver == Driver(DriverKind.ACCEPT_GATE, "land")


def test_an_issue_gate_holds_only_the_decision():
    plan = planned([a_step("land", 5), a_step("permit", 3)], [issue("land", "permit", tail=1)])

    assert (plan.step("permit").start, plan.step("permit").finish) == (0, 6)
    assert plan.step("permit").driver == Driver(DriverKind.ISSUE_GATE, "land")
    assert plan.step("permit").start_driver == Driver(DriverKind.PROJECT_START)


def test_an_issue_gate_that_opens_early_costs_nothing():
    plan = planned([a_step("land", 5), a_step("permit", 9)], [issue("land", "permit", tail=1)])

    assert plan.step("permit").finish == 9
    assert plan.step("permit").finish_driver == Driver(DriverKind.OWN_LENGTH)


def test_preparation_comes_before_acceptance_and_after_the_accept_gate():
    plan = planned(
        [a_step("land", 5), a_step("permit", 3, preparation=2, special=4)], [accept("land", "permit")]
    )

    permit = plan.step("permit")
    assert (permit.start, permit.accept, permit.finish) == (5, 7, 14)


def test_a_step_without_days_starts_and_finishes_on_the_same_day():
    plan = planned([a_step("land", 5), a_step("notice")], [accept("land", "notice")])

    assert (plan.step("notice").start, plan.step("notice").finish) == (5, 5)


def test_a_nominal_plan_counts_calendar_days_as_five_sevenths_rounded_up():
    plan = planned([a_step("listing", 20, basis=CALENDAR), a_step("notice", 7, basis=CALENDAR)])

    assert (plan.step("listing").finish, plan.step("notice").finish) == (15, 5)  # 100 / 7 = 14.3
    assert plan.step("listing").finish_on is None


def test_a_lawful_plan_counts_calendar_days_on_the_calendar():
    # 20 days after Monday 2 March 2026 is Sunday 22 March: Monday, the 15th working day
    plan = planned([a_step("listing", 20, basis=CALENDAR)], day0=date(2026, 3, 2))

    assert plan.step("listing").finish == 15
    assert plan.step("listing").finish_on == date(2026, 3, 23)


def test_a_project_that_begins_on_a_rest_day_begins_on_the_next_working_day():
    plan = planned([a_step("land", 1)], day0=date(2026, 3, 7))

    assert plan.step("land").start_on == date(2026, 3, 9)
    assert plan.step("land").finish_on == date(2026, 3, 10)


def test_a_step_held_until_a_day_does_not_start_before_it():
    plan = planned([a_step("land", 5, not_before=4)])

    assert (plan.step("land").start, plan.step("land").finish) == (4, 9)
    assert plan.step("land").driver == Driver(DriverKind.NOT_BEFORE)


def test_what_has_finished_stays_although_its_length_says_otherwise():
    plan = planned(
        [a_step("land", 5, started=0, accepted=1, finished=12), a_step("permit", 3)],
        [accept("land", "permit")],
    )

    land = plan.step("land")
    assert (land.start, land.accept, land.finish, land.total_float, land.free_float) == (0, 1, 12, 0, 0)
    assert land.driver == Driver(DriverKind.ACTUAL)
    assert plan.step("permit").start == 12


def test_what_was_accepted_keeps_its_acceptance_although_a_predecessor_is_late():
    plan = planned(
        [a_step("land", 9), a_step("permit", 3, preparation=2, started=1, accepted=4)],
        [accept("land", "permit")],
    )

    permit = plan.step("permit")
    assert (permit.start, permit.accept, permit.finish) == (1, 4, 7)


def test_what_has_started_keeps_its_start_but_its_acceptance_still_waits():
    plan = planned(
        [a_step("land", 9), a_step("permit", 3, preparation=2, started=1)], [accept("land", "permit")]
    )

    permit = plan.step("permit")
    assert (permit.start, permit.accept, permit.finish) == (1, 9, 12)
    assert permit.driver == Driver(DriverKind.ACCEPT_GATE, "land")


def test_a_decision_already_accepted_still_waits_at_its_issue_gate():
    plan = planned([a_step("land", 9), a_step("permit", 3, accepted=4)], [issue("land", "permit", tail=1)])

    assert plan.step("permit").finish == 10


def test_what_has_not_happened_does_not_happen_before_today():
    steps = [
        a_step("open", 2),
        a_step("started", 2, preparation=1, started=0),
        a_step("accepted", 2, accepted=1),
        a_step("finished", 2, finished=3),
    ]

    plan = planned(steps, today=6)

    assert [(view.start, view.accept, view.finish) for view in plan] == [
        (6, 6, 8),
        (0, 6, 8),
        (1, 1, 6),
        (3, 3, 3),
    ]
    assert {plan.step(key).driver.kind for key in ("open", "started", "accepted")} == {DriverKind.TODAY}


def test_float_is_measured_to_the_target_not_to_the_end_of_the_project():
    # the permit finishes on day 5; archives lead nowhere and the project ends on day 20
    steps = [a_step("land", 5), a_step("survey", 2), a_step("permit"), a_step("archive", 20)]
    gates = [accept("land", "permit"), accept("survey", "permit")]

    plan = planned([*steps, a_step("plaque", 1)], [*gates, accept("permit", "plaque")], targets=["permit"])

    assert plan.step("land").total_float == 0
    assert plan.step("survey").total_float == 3
    assert plan.step("permit").total_float == 0
    assert plan.step("plaque").total_float == 14
    assert plan.step("archive").total_float == 0


def test_a_first_target_stays_where_it_is_though_a_second_would_let_it_wait():
    steps = [a_step("permit", 2), a_step("power", 9), a_step("start")]

    plan = planned(steps, [accept("permit", "start"), accept("power", "start")], targets=["permit", "start"])

    assert plan.step("permit").late_finish == 2
    assert plan.step("permit").total_float == 0


def test_the_float_at_an_issue_gate_leaves_room_for_its_tail():
    plan = planned(
        [a_step("land", 5), a_step("permit", 9)], [issue("land", "permit", tail=1)], targets=["permit"]
    )

    assert plan.step("land").total_float == 3
    assert plan.step("land").free_float == 3


def test_free_float_ends_where_the_next_step_would_move():
    steps = [a_step("survey", 2), a_step("drawing", 4), a_step("land", 9), a_step("permit", 1)]
    gates = [accept("survey", "drawing"), accept("drawing", "permit"), accept("land", "permit")]

    plan = planned(steps, gates, targets=["permit"])

    assert (plan.step("survey").total_float, plan.step("survey").free_float) == (3, 0)
    assert (plan.step("drawing").total_float, plan.step("drawing").free_float) == (3, 3)


def test_a_start_may_slip_across_a_rest_day_without_moving_the_finish():
    # 3 calendar days from Thursday 5 March end on Sunday, from Friday on Monday: both on Monday 9 March
    plan = planned([a_step("notice", 3, basis=CALENDAR)], targets=["notice"], day0=date(2026, 3, 5))

    notice = plan.step("notice")
    assert notice.finish_on == date(2026, 3, 9)
    assert (notice.total_float, notice.start_float) == (0, 1)
    assert notice.late_start_on == date(2026, 3, 6)


def test_the_critical_path_follows_the_drivers_back_from_a_target():
    steps = [a_step("survey", 2), a_step("land", 9), a_step("review", 3), a_step("permit", 1)]
    gates = [accept("survey", "permit"), accept("land", "review"), issue("review", "permit", tail=1)]

    plan = planned(steps, gates, targets=["permit"])

    assert plan.critical_path("permit") == ("land", "review", "permit")
    assert plan.target("permit") == 13
    assert plan.critical_path("no such step") == ()
    assert plan.target("no such step") is None


def test_a_headline_step_a_project_does_not_have_is_passed_over():
    plan = planned([a_step("land", 5)], targets=("construction-permit", "construction-start"))

    assert plan.step("land").total_float == 0


def test_a_project_without_steps_has_an_empty_plan():
    plan = planned([])

    assert (len(plan), plan.end) == (0, 0)


def test_the_plan_runs_into_a_year_nobody_has_published():
    plan = planned([a_step("land", 2000)], day0=date(2026, 3, 2))

    # about eight years on; the calendar knows 2027 only provisionally and nothing after it
    assert plan.step("land").finish_on.year == 2033


def test_the_same_input_gives_the_same_plan_in_whatever_order():
    steps = [a_step(f"s{i}", i % 4, preparation=i % 3) for i in range(30)]
    gates = [
        (accept if (i + j) % 3 else issue)(f"s{i}", f"s{j}")
        for j in range(30)
        for i in range(j)
        if i * j % 7 == 1
    ]
    first = planned(steps, gates, targets=["s29"])

    shuffled_steps, shuffled_gates = steps[:], gates[:]
    random.Random(7).shuffle(shuffled_steps)  # noqa: S311 - an order, not a secret
    random.Random(8).shuffle(shuffled_gates)  # noqa: S311 - an order, not a secret
    again = planned(shuffled_steps, shuffled_gates, targets=["s29"])

    assert list(planned(steps, gates, targets=["s29"])) == list(first)
    numbers = {view.key: (view.start, view.finish, view.late_finish, view.free_float) for view in first}
    assert {
        view.key: (view.start, view.finish, view.late_finish, view.free_float) for view in again
    } == numbers


def test_a_predecessor_that_ends_on_the_first_day_is_still_the_driver():
    plan = planned([a_step("notice"), a_step("permit", 3)], [accept("notice", "permit")])

    assert plan.step("permit").driver == Driver(DriverKind.ACCEPT_GATE, "notice")
    assert plan.critical_path("permit") == ("notice", "permit")


def test_a_booked_step_is_prepared_at_once_and_accepted_on_its_day():
    # prepared on day 2, the department has room on day 6, three days of work: day 9
    plan = planned([a_step("permit", 3, preparation=2, accept_not_before=6, booked_by="bench:HCB")])

    permit = plan.step("permit")
    assert (permit.start, permit.accept, permit.finish) == (0, 6, 9)
    assert permit.start_driver == Driver(DriverKind.PROJECT_START)
    assert permit.accept_driver == permit.driver == Driver(DriverKind.BOOKING, booked_by="bench:HCB")


def test_a_booking_before_the_step_is_prepared_holds_nothing():
    plan = planned([a_step("permit", 3, preparation=2, accept_not_before=2, booked_by="bench:HCB")])

    permit = plan.step("permit")
    assert (permit.accept, permit.accept_driver.kind) == (2, DriverKind.OWN_LENGTH)
    assert permit.driver == Driver(DriverKind.PROJECT_START)


def test_what_comes_before_a_booked_step_may_be_late_until_its_booking():
    # land is out on day 2 and the permit, prepared by day 3, is accepted on day 8 whatever land does till 7
    plan = planned(
        [a_step("land", 2), a_step("permit", 4, preparation=1, accept_not_before=8)],
        [accept("land", "permit")],
        targets=("permit",),
    )

    land, permit = plan.step("land"), plan.step("permit")
    assert (permit.start, permit.late_start, permit.finish, permit.total_float) == (2, 7, 12, 0)
    assert (land.late_finish, land.total_float, land.free_float) == (7, 5, 0)
    assert plan.critical_path("permit") == ("permit",)


def test_a_booked_decision_waits_for_its_sitting_though_it_was_accepted_long_ago():
    plan = planned(
        [a_step("review", 3, accepted=1, finish_not_before=9, booked_by="sitting:JR_SCHEME")], today=2
    )

    review = plan.step("review")
    assert review.finish == 9
    assert review.driver == review.finish_driver == Driver(DriverKind.BOOKING, booked_by="sitting:JR_SCHEME")


def test_what_has_been_accepted_is_held_by_no_booking():
    plan = planned([a_step("review", 3, accepted=1, accept_not_before=9)], today=2)

    assert (plan.step("review").accept, plan.step("review").finish) == (1, 4)


def test_a_booked_step_that_has_begun_waits_for_its_gate_first_and_then_for_its_booking():
    plan = planned(
        [a_step("land", 4), a_step("permit", 3, preparation=1, started=0, accept_not_before=6)],
        [accept("land", "permit")],
        today=1,
    )

    # land counts from today, day 1, to day 5; the booking lets the permit in one day later
    permit = plan.step("permit")
    assert (permit.accept, permit.finish) == (6, 9)
    assert permit.start_driver == Driver(DriverKind.ACCEPT_GATE, "land")
    assert permit.driver.kind is DriverKind.BOOKING
