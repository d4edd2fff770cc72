"""The planner beside a slow oracle that steps day by day and finds every float by trying."""

from hypothesis import given, settings
from hypothesis import strategies as st

import scheduler
from scheduler import DriverKind
from tests.scheduler.county import office_calendar, published
from tests.scheduler.graphs import FIRST_DAYS, problems
from tests.scheduler.oracle import Oracle

EXCEPTIONS = {rule.on: rule.is_workday for rule in published()[0]}
OWN = DriverKind.OWN_LENGTH
THOROUGH = settings(max_examples=1000, deadline=None, derandomize=True, database=None)


def both(problem, day0, is_nominal):
    axis = scheduler.NominalAxis() if is_nominal else office_calendar().axis(day0)
    return scheduler.dates(problem, axis), Oracle(problem, EXCEPTIONS, day0, is_nominal=is_nominal)


@THOROUGH
@given(
    problem=problems(most=10),
    day0=st.sampled_from(FIRST_DAYS),
    is_nominal=st.sampled_from([False] * 4 + [True]),
)
def test_early_dates_are_those_found_by_walking_the_days_and_every_driver_binds(problem, day0, is_nominal):
    ours, oracle = both(problem, day0, is_nominal)

    early = oracle.early()

    for step, view in zip(problem.steps, ours, strict=True):
        points = (view.start, view.accept, view.finish)
        assert points == tuple(oracle.count(oracle.day0, day) for day in early.days[view.key]), view
        if not is_nominal:
            assert (view.start_on, view.accept_on, view.finish_on) == early.days[view.key]
        assert binds(view.start_driver, step, view, ours), view
        assert binds(view.finish_driver, step, view, ours), view
        assert accept_binds(step, view, ours), view
        deciding = (view.finish_driver, view.accept_driver, view.start_driver)
        assert view.driver == next((d for d in deciding if d.kind is not OWN), view.start_driver)
        path = ours.critical_path(view.key)
        assert path[-1] == view.key
        assert ours.step(path[0]).driver.predecessor is None


@THOROUGH
@given(
    problem=problems(most=6),
    day0=st.sampled_from(FIRST_DAYS),
    is_nominal=st.sampled_from([False] * 4 + [True]),
)
def test_late_dates_and_floats_are_those_found_by_trying_every_delay(problem, day0, is_nominal):
    ours, oracle = both(problem, day0, is_nominal)
    early = oracle.early()

    for step, view in zip(problem.steps, ours, strict=True):
        late_start, late_finish, total_float, free_float = oracle.floats(step, early)
        assert view.late_start == oracle.count(oracle.day0, late_start), view
        assert view.late_finish == oracle.count(oracle.day0, late_finish), view
        assert (view.total_float, view.free_float) == (total_float, free_float), view
        assert view.start_float == view.late_start - view.start >= 0


def binds(driver, step, view, ours):
    """Whether a driver is tight: without it, the day it holds could be earlier."""
    axis, problem = ours.axis, ours.problem
    queued = scheduler.explain(ours, view.key).queued_workdays
    begins = view.accept - queued if step.started is not None and step.accepted is None else view.start
    own = view.accept
    for segment in step.handling:
        own = axis.forward(own, segment)
    tails = {
        (precedence.predecessor, precedence.gate): precedence.tail
        for precedence in problem.precedences
        if precedence.successor == step.key
    }
    if driver.kind is DriverKind.ACCEPT_GATE:
        return (driver.predecessor, "accept") in tails and ours.step(driver.predecessor).finish == begins
    if driver.kind is DriverKind.ISSUE_GATE:
        tail = tails[driver.predecessor, scheduler.Gate.ISSUE]
        return ours.step(driver.predecessor).finish + tail == view.finish > own
    return {
        DriverKind.PROJECT_START: view.start == 0 and step.began is None,
        DriverKind.NOT_BEFORE: view.start == step.not_before and step.began is None,
        DriverKind.TODAY: problem.today in (begins, view.finish),
        DriverKind.ACTUAL: step.began is not None,
        DriverKind.BOOKING: step.finish_not_before == view.finish > own and step.finished is None,
        DriverKind.OWN_LENGTH: view.finish == own and step.finished is None,
    }[driver.kind]


def accept_binds(step, view, ours):
    """Whether what is said to hold the acceptance does: the preparation before it, or its booking."""
    if step.began is not None and view.accept_driver.kind is not DriverKind.BOOKING:
        return view.accept_driver == view.start_driver
    prepared = view.start
    for segment in step.preparation:
        prepared = ours.axis.forward(prepared, segment)
    queued = scheduler.explain(ours, view.key).queued_workdays
    if view.accept_driver.kind is OWN:
        return (view.accept, queued) == (prepared, 0)
    holds = view.accept == step.accept_not_before and view.accept_driver.booked_by == step.booked_by
    return holds and 0 < queued <= view.accept - prepared
