"""What moved between two plans."""

from datetime import date

import scheduler
from tests.scheduler.county import a_step, accept, planned

STEPS = [a_step("land", 5), a_step("survey", 2), a_step("permit", 3)]
GATES = [accept("land", "permit")]


def test_a_later_step_moves_what_waits_for_it_and_nothing_else():
    old = planned(STEPS, GATES)

    moved = scheduler.changes(old, planned([a_step("land", 7), *STEPS[1:]], GATES))

    assert [(change.key, change.old.finish, change.new.finish) for change in moved] == [
        ("land", 5, 7),
        ("permit", 8, 10),
    ]
    assert [change.finish_moved for change in moved] == [2, 2]


def test_nothing_moves_between_a_plan_and_itself():
    assert scheduler.changes(planned(STEPS, GATES), planned(STEPS, GATES)) == ()


def test_steps_that_come_in_and_fall_away_are_named():
    moved = scheduler.changes(
        planned(STEPS, GATES), planned([*STEPS[:1], a_step("power", 1), STEPS[2]], GATES)
    )

    assert [(change.key, change.old is None, change.new is None) for change in moved] == [
        ("power", True, False),
        ("survey", False, True),
    ]
    assert {change.finish_moved for change in moved} == {None}


def test_plans_with_different_first_days_are_compared_by_the_calendar():
    old = planned(STEPS, GATES, day0=date(2026, 3, 2))
    later = [a_step("land", 4), a_step("survey", 1, not_before=0), a_step("permit", 3)]

    moved = scheduler.changes(old, planned(later, GATES, day0=date(2026, 3, 3)))

    # every step starts a day later; land and survey are a day shorter, so only their starts move
    assert [(change.key, change.new.finish_on == change.old.finish_on) for change in moved] == [
        ("land", True),
        ("survey", True),
    ]
