"""Planning again as days go by: every plan is proved, and what was announced moves only where it must."""

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.portfolio import repair, solve
from scheduler.portfolio.check import check
from scheduler.portfolio.compare import changes
from scheduler.portfolio.explain import why
from scheduler.portfolio.plan import Occupancy, PortfolioPlan
from scheduler.portfolio.usage import Usage
from tests.scheduler.county import office_calendar
from tests.scheduler.portfolio import drawn
from tests.scheduler.portfolio.lived import adopted, later

CALENDAR_AXIS = office_calendar().axis(date(2026, 4, 15))
OFTEN = settings(max_examples=80, deadline=None, derandomize=True, database=None)
SEEDS = st.integers(0, 1 << 30)


@OFTEN
@given(seed=SEEDS, is_nominal=st.booleans())
def test_as_days_go_by_every_plan_is_right_and_every_day_of_it_explained(seed, is_nominal):
    draw = random.Random(seed)  # noqa: S311 - an instance, not a secret
    portfolio = drawn.portfolio(seed, projects=4, axis=None if is_nominal else CALENDAR_AXIS)
    plan = solve.plan(portfolio).plan

    for _ in range(3):
        portfolio = later(portfolio, plan, draw.choice((0, 1, 3, 6)), draw)
        plan = solve.plan(portfolio).plan

        assert check(portfolio, plan) == ()
        usage = Usage(portfolio, plan)
        for project in portfolio.projects:
            chain = why(portfolio, plan, project.key, usage=usage)
            assert sum(link.workdays for link in chain.links) == chain.end - chain.begin


@OFTEN
@given(seed=SEEDS, is_nominal=st.booleans())
def test_as_days_go_by_a_plan_that_stands_where_it_can_is_right_and_explained_too(seed, is_nominal):
    draw = random.Random(seed)  # noqa: S311 - an instance, not a secret
    portfolio = drawn.portfolio(seed, projects=4, axis=None if is_nominal else CALENDAR_AXIS)
    plan = solve.plan(portfolio).plan

    for _ in range(3):
        portfolio = later(portfolio, plan, draw.choice((0, 1, 3, 6)), draw)
        outcome = solve.plan(portfolio, effort=solve.Effort(20), move_cost=50)
        plan = outcome.plan

        assert check(portfolio, plan) == ()
        assert outcome.bound <= outcome.tardiness
        usage = Usage(portfolio, plan)
        for project in portfolio.projects:
            chain = why(portfolio, plan, project.key, usage=usage)
            assert sum(link.workdays for link in chain.links) == chain.end - chain.begin


@OFTEN
@given(seed=SEEDS, is_nominal=st.booleans())
def test_with_a_cost_of_moving_a_plan_to_which_nothing_happens_stays_as_it_is(seed, is_nominal):
    portfolio = drawn.portfolio(seed, projects=4, axis=None if is_nominal else CALENDAR_AXIS)
    first = adopted(portfolio, solve.plan(portfolio).plan, is_announced=False)
    plan = solve.plan(first).plan  # nothing in it lies where only an announcement let it lie
    standing = adopted(portfolio, plan, is_announced=False)

    again = solve.plan(standing, move_cost=1_000_000).plan

    assert changes(standing, plan, again).projects == ()


@OFTEN
@given(seed=SEEDS, is_nominal=st.booleans())
def test_an_announced_plan_to_which_nothing_happens_stays_as_it_is(seed, is_nominal):
    portfolio = drawn.portfolio(seed, projects=4, axis=None if is_nominal else CALENDAR_AXIS)
    plan = solve.plan(portfolio).plan
    standing = adopted(portfolio, plan)

    again = solve.plan(standing).plan

    assert changes(standing, plan, again).projects == ()
    assert again.forced == frozenset()


@OFTEN
@given(seed=SEEDS)
def test_what_happens_to_one_project_moves_no_other(seed):
    draw = random.Random(seed)  # noqa: S311 - an instance, not a secret
    portfolio = drawn.portfolio(seed, projects=4)
    plan = solve.plan(portfolio).plan
    hit = draw.choice(later(portfolio, plan, 0, draw).projects)
    others = [project for project in portfolio.projects if project.key != hit.key]
    beside = Occupancy.of(replace(portfolio, projects=others), plan)

    placed = repair.place(replace(portfolio, projects=[hit]), beside)

    assert check(replace(portfolio, projects=[hit]), placed, beside) == ()
    forced = placed.forced | {key for key in plan.forced if key[0] != hit.key}
    whole = PortfolioPlan({**plan.steps, **placed.steps}, forced)
    faults = check(replace(portfolio, projects=[*others, hit]), whole)
    assert faults == ()
