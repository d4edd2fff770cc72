"""What moved between two kept versions of a plan."""

from datetime import date

from projects.rules.plan_body import KeptPlan, KeptStep
from projects.rules.plan_change import plan_change


def may(day):
    return date(2026, 5, day)


def _step(code, start, finish):
    return KeptStep(code, may(start), may(start), may(finish), 0, is_critical=False)


def _plan(*steps, days="clock", gates="template", facts=None):
    return KeptPlan(steps, days, gates, facts or {})


def test_a_version_beside_itself_says_nothing():
    plan = _plan(_step("a", 6, 8), facts={"x": 1})

    assert plan_change(plan, plan).is_empty


def test_steps_that_moved_came_and_went_are_told_in_the_order_of_the_newer_version():
    old = _plan(_step("stays", 6, 7), _step("goes", 6, 8), _step("moves", 8, 11))
    new = _plan(_step("comes", 6, 6), _step("stays", 6, 7), _step("moves", 8, 12))

    change = plan_change(old, new)

    assert [(c.code, c.is_new, c.is_gone) for c in change.steps] == [
        ("comes", True, False),
        ("moves", False, False),
        ("goes", False, True),
    ]


def test_a_step_that_only_begins_otherwise_has_moved():
    change = plan_change(_plan(_step("a", 6, 12)), _plan(_step("a", 7, 12)))

    assert [c.code for c in change.steps] == ["a"]


def test_facts_and_ways_of_counting_that_differ_are_told_old_and_new():
    old = _plan(days="clock", facts={"land": "granted", "area": 2})
    new = _plan(days="elapsed", gates="normal", facts={"land": "leased", "deep": True})

    change = plan_change(old, new)

    assert dict(change.facts) == {"land": ("granted", "leased"), "area": (2, None), "deep": (None, True)}
    assert change.days == ("clock", "elapsed")
    assert change.gates == ("template", "normal")
