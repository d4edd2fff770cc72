"""Without any limit the dates of a portfolio are exactly those of each project alone."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

import scheduler
from scheduler.portfolio import Portfolio, Project, arrays, solve
from tests.scheduler.county import a_step, accept, office_calendar
from tests.scheduler.graphs import FIRST_DAYS, problems
from tests.scheduler.portfolio.drawn import portfolio as drawn
from tests.scheduler.portfolio.made import a_portfolio, a_project, at

THOROUGH = settings(max_examples=300, deadline=None, derandomize=True, database=None)


@THOROUGH
@given(
    problem=problems(most=9),
    other=problems(most=4),
    day0=st.sampled_from(FIRST_DAYS),
    is_nominal=st.sampled_from([False] * 3 + [True]),
)
def test_without_limits_every_project_has_the_dates_it_has_alone(problem, other, day0, is_nominal):
    axis = scheduler.NominalAxis() if is_nominal else office_calendar().axis(day0)
    today = 4
    alone = [_as_of(each, today) for each in (problem, other)]
    county = Portfolio(
        [Project(f"p{k}", each, {}, target=each.steps[0].key) for k, each in enumerate(alone)],
        axis,
        horizon=400,
        today=today,
    )

    plan = solve.plan(county).plan

    for k, each in enumerate(alone):
        for view in scheduler.dates(each, axis):
            placed = plan.steps[f"p{k}", view.key]
            dates = (view.start, view.accept, view.finish)
            assert (placed.start, placed.accept, placed.finish) == dates, view
            assert placed.own_end <= placed.finish
    assert not plan.forced


def _as_of(problem, today):
    """The same project without bookings, planned as of one day."""
    steps = [replace(step, accept_not_before=None, finish_not_before=None) for step in problem.steps]
    return scheduler.Problem(steps, problem.precedences, problem.targets, today=today)


def test_steps_are_numbered_project_by_project_and_after_all_they_wait_for():
    built = arrays.build(drawn(7, projects=4, steps=8))

    facts = built.facts
    first = facts.project[:, 0].tolist()
    assert first == [0, 8, 16, 24]
    for i, row in enumerate(facts.step):
        before = facts.gate[row[7] : row[8], 0]
        assert ((before < i) & (before >= first[row[12]])).all()


def test_what_happened_before_the_axis_begins_shifts_every_point():
    """Accepted two days before day 0, four days of work: over on day 2; its successor works to day 5."""
    project = a_project(
        "mill",
        [a_step("land", 4, started=-5, accepted=-2), a_step("permit", 3)],
        [accept("land", "permit")],
        {"land": at("office"), "permit": at("office")},
    )
    county = a_portfolio(project, benches={"office": (1, 1, 1, 0, 1)})

    built = arrays.build(county)
    steps = solve.plan(county).plan.steps

    assert built.origin == 5
    assert (steps["mill", "land"].accept, steps["mill", "land"].finish) == (-2, 2)
    # day 3 is closed, so the permit's three days are 4, 5 and 6, and it is accepted at point 3
    assert (steps["mill", "permit"].accept, steps["mill", "permit"].finish) == (3, 6)


def test_a_hundred_thousand_steps_in_one_project_are_planned():
    count = 100_000
    steps = [a_step(f"s{i}", 1) for i in range(count)]
    gates = [accept(f"s{i}", f"s{i + 1}") for i in range(0, count - 1, 2)]
    county = a_portfolio(a_project("railway", steps, gates, {"s0": at("office")}), benches={"office": 1})

    outcome = solve.plan(county)

    # pairs of one day after another, all at once
    assert max(placed.finish for placed in outcome.plan.steps.values()) == 2
    assert len(outcome.plan.steps) == count
