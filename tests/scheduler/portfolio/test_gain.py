"""What parallel handling gains, worked out by hand, and bounds no plan falls below."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.portfolio import solve
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.gain import earliest, gain
from tests.scheduler.county import a_step, accept, office_calendar
from tests.scheduler.portfolio import drawn
from tests.scheduler.portfolio.made import a_body, a_plan, a_portfolio, a_project, at, lies

CALENDAR_AXIS = office_calendar().axis(date(2026, 4, 15))


def test_a_project_gains_what_its_steps_overlap():
    # fire (4) and water (6) run beside each other before the permit (3, prepared in 1): one after another
    # 4 + 6 + 1 + 3 = 14, side by side 6 + 1 + 3 = 10; the plan waits one day for housing, so 11
    project = a_project(
        "A",
        [a_step("fire", 4), a_step("water", 6), a_step("garden", 9), a_step("permit", 3, preparation=1)],
        [accept("fire", "permit"), accept("water", "permit")],
        {"permit": at("housing")},
        release=2,
    )
    portfolio = a_portfolio(project, benches={"housing": 1})
    placed = {
        ("A", "fire"): lies(2, 2, 6),
        ("A", "water"): lies(2, 2, 8),
        ("A", "garden"): lies(2, 2, 11),
        ("A", "permit"): lies(8, 10, 13),
    }

    answer = gain(portfolio, a_plan(placed))

    (one,) = answer.projects
    assert (one.serial_end, one.planned_end, one.bound_end) == (16, 13, 12)
    assert (one.gained, one.possible, one.within) == (3, 4, 1)
    assert (answer.gained, answer.possible, answer.within) == (3, 4, 1)


def test_a_sitting_counts_its_notice_and_opinion_and_is_no_earlier_than_offered():
    # serial: 2 days' notice and 1 for the opinion, longer than its 2 days of work; first offered: day 5
    project = a_project("A", [a_step("land", 2)], demands={"land": at(body="review")})
    portfolio = a_portfolio(project, bodies=(a_body(),))

    (one,) = gain(portfolio, a_plan({("A", "land"): lies(0, 3, 6, sitting=Sitting(5, 0))})).projects

    assert (one.serial_end, one.planned_end, one.bound_end) == (3, 6, 6)


def test_what_has_happened_counts_as_it_was():
    # 9 days were spent on the land on record; one after another the permit of 2 days follows today at best
    project = a_project(
        "A",
        [a_step("land", 3, started=0, accepted=1, finished=9), a_step("permit", 2)],
        [accept("land", "permit")],
    )
    placed = {("A", "land"): lies(0, 1, 9), ("A", "permit"): lies(12, 12, 14)}

    (one,) = gain(a_portfolio(project, today=12), a_plan(placed)).projects

    assert (one.serial_end, one.planned_end, one.bound_end) == (14, 14, 14)


def test_a_bench_needs_so_many_days_for_all_it_is_asked():
    # three cases of 4 days for two places, from day 1 on: 12 case-days, two a day, so not before day 7
    projects = [
        a_project(key, [a_step("land", 4)], demands={"land": at("housing")}, release=1) for key in "ABC"
    ]
    placed = {("A", "land"): lies(1, 1, 5), ("B", "land"): lies(1, 1, 5), ("C", "land"): lies(1, 5, 9)}

    (bench,) = gain(a_portfolio(*projects, benches={"housing": 2}), a_plan(placed)).benches

    assert (bench.case_days, bench.first, bench.bound_end, bench.planned_end) == (12, 1, 7, 9)
    assert bench.within == 2


def test_a_bench_without_places_has_no_such_day():
    project = a_project("A", [a_step("land", 4)], demands={"land": at("housing")})

    (bench,) = gain(
        a_portfolio(project, benches={"housing": 0}), a_plan({("A", "land"): lies(0, 0, 4)})
    ).benches

    assert (bench.bound_end, bench.within) == (None, None)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(seed=st.integers(0, 1 << 30), is_nominal=st.booleans())
def test_no_plan_is_earlier_than_the_bounds(seed, is_nominal):
    portfolio = drawn.portfolio(seed, projects=4, axis=None if is_nominal else CALENDAR_AXIS)
    plan = solve.plan(portfolio).plan

    for project in portfolio.projects:
        for key, soonest in earliest(portfolio, project).items():
            placed = plan.steps[project.key, key]
            assert soonest.finish <= placed.finish
            assert soonest.accept <= placed.accept
    for bench in gain(portfolio, plan).benches:
        assert bench.within is not None
        assert bench.within >= 0
