"""Demands that cannot all be met: each clash is named in full, and is gone without any one of its demands."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.portfolio import exact, solve
from scheduler.portfolio.clash import (
    AskedKind,
    NoWayAtAll,
    asked,
    clash,
    is_possible_alone,
    minimal,
    proved_by,
    without,
)
from scheduler.portfolio.demands import Sitting
from tests.scheduler.county import a_step, accept, office_calendar
from tests.scheduler.portfolio import brute_force
from tests.scheduler.portfolio.made import a_body, a_portfolio, a_project, at


def can_be(portfolio):
    """Whether there is a plan; proved."""
    verdict = exact.solve(portfolio, limit=exact.Limit(work=2.0)).verdict
    assert verdict in (exact.Verdict.BEST, exact.Verdict.FOUND, exact.Verdict.IMPOSSIBLE)
    return verdict is not exact.Verdict.IMPOSSIBLE


def named(portfolio, is_feasible=None):
    """The clash in words; that it is minimal is tried here, every time."""
    found = clash(portfolio, is_feasible)
    judge = is_possible_alone if found.project else is_feasible
    inside = [p for p in portfolio.projects if found.project in (None, p.key)]
    alone = a_portfolio(
        *inside,
        axis=portfolio.axis,
        horizon=portfolio.horizon,
        today=portfolio.today,
        frozen_until=portfolio.frozen_until,
        bodies=portfolio.bodies,
        rooms=portfolio.rooms,
        benches={bench.key: bench.places for bench in portfolio.benches},
        officers={officer.key: officer.hand_ins for officer in portfolio.officers},
    )
    rest = set(asked(alone)) - set(found.demands)
    assert not judge(without(alone, rest))
    for demand in found.demands:
        assert judge(without(alone, rest | {demand})), demand
    return [str(demand) for demand in found.demands]


LAND_THEN_PERMIT = [a_step("land", 5), a_step("permit", 3)]
GATE = [accept("land", "permit")]


def test_demands_that_can_be_met_do_not_clash():
    project = a_project("A", LAND_THEN_PERMIT, GATE, {"permit": at("housing", deadline=8)})

    assert clash(a_portfolio(project, benches={"housing": 1}), can_be) is None


def test_a_deadline_clashes_with_a_late_release():
    # released on day 2: 2 + 5 + 3 = 10, one day past the deadline
    project = a_project("A", LAND_THEN_PERMIT, GATE, {"permit": at("housing", deadline=9)}, release=2)

    assert named(a_portfolio(project, benches={"housing": 1})) == [
        "A begins no earlier than 2.",
        "“permit” of A is to finish by 9.",
    ]


def test_a_deadline_the_work_itself_cannot_meet_stands_alone():
    project = a_project("A", LAND_THEN_PERMIT, GATE, {"permit": at(deadline=7)})

    assert named(a_portfolio(project)) == ["“permit” of A is to finish by 7."]


def test_a_department_without_reviewers_clashes_with_the_end_of_the_plan_or_not_at_all():
    # without a place there is no day however long the plan: only places can be talked about
    project = a_project("A", [a_step("land", 5)], demands={"land": at("housing")})

    assert named(a_portfolio(project, benches={"housing": 0})) == ["housing works on 0 cases a day at most."]


def test_a_joint_review_whose_members_share_no_day_is_named():
    project = a_project("A", [a_step("land", 5)], demands={"land": at(body="review")})

    assert named(a_portfolio(project, bodies=(a_body(sittings=()),))) == [
        "The members of review share no half-day before the plan ends."
    ]


def test_an_announced_day_clashes_with_a_deadline_behind_it():
    # the land stays on day 4, so it is there on 9 and the permit on 12
    demands = {"land": at(planned=4, is_announced=True), "permit": at(deadline=11)}

    assert named(a_portfolio(a_project("A", LAND_THEN_PERMIT, GATE, demands))) == [
        "“land” of A is to stay on 4.",
        "“permit” of A is to finish by 11.",
    ]


def test_a_plan_that_ends_too_soon_says_its_last_day():
    axis = office_calendar().axis(date(2026, 3, 2))

    (sentence,) = named(a_portfolio(a_project("A", LAND_THEN_PERMIT, GATE), axis=axis, horizon=7))

    assert sentence == f"The plan ends on {axis.date_of(7)}."


def test_officers_who_are_away_are_named():
    project = a_project(
        "A", [a_step("land", 5)], demands={"land": at(needs_officer=True, deadline=6)}, officers=("amy",)
    )

    assert named(a_portfolio(project, officers={"amy": (0, 0, 1)})) == [
        "amy hands in 1 steps a day at most, and none when away.",
        "“land” of A is to finish by 6.",
    ]


def two_for_one_place(**known):
    projects = [
        a_project(key, [a_step("land", 5)], demands={"land": at("housing", deadline=8)}) for key in "ABC"
    ]
    projects[2] = a_project("C", [a_step("land", 5)], demands={"land": at("housing")})
    return a_portfolio(*projects, benches={"housing": 1, "roads": 0})


def test_projects_that_clash_only_together_need_a_planner_to_say_so():
    # each is done by day 5 alone; side by side one of the two with a deadline ends on 10
    assert clash(two_for_one_place()) is None
    assert named(two_for_one_place(), can_be) == [
        "housing works on 1 cases a day at most.",
        "“land” of A is to finish by 8.",
        "“land” of B is to finish by 8.",
    ]


def test_seats_rooms_and_members_are_named_where_they_are_what_is_short():
    def reviews(*bodies, rooms=1):
        projects = [
            a_project(f"P{i}", [a_step("land", 1)], demands={"land": at(body=body.key, deadline=6)})
            for i, body in enumerate(bodies)
        ]
        distinct = {body.key: body for body in bodies}
        portfolio = a_portfolio(*projects, bodies=tuple(distinct.values()), rooms=rooms)
        return {demand.kind for demand in clash(portfolio, can_be).demands} - {AskedKind.DEADLINE}

    single = a_body(seats=1)
    other = a_body("site", ["fire"])
    apart = a_body("site", ["roads"])

    assert reviews(single, single) == {AskedKind.SEATS, AskedKind.SITTINGS}
    assert AskedKind.MEMBERS in reviews(a_body(), other, rooms=2)
    assert AskedKind.ROOMS in reviews(a_body(), apart)


def test_a_question_put_wrongly_is_refused():
    with pytest.raises(NoWayAtAll, match="choose a later last day"):
        minimal(a_portfolio(a_project("A", [a_step("land", 5)])), lambda _: False)


def test_an_announced_sitting_may_be_let_go():
    demand = at(body="review", planned=8, sitting=Sitting(10, 0), is_announced=True)
    project = a_project("A", LAND_THEN_PERMIT, GATE, {"land": demand, "permit": at(deadline=13)})

    assert named(a_portfolio(project, bodies=(a_body(sittings=(Sitting(7, 0), Sitting(10, 0))),))) == [
        "“land” of A is to stay on 8.",
        "“permit” of A is to finish by 13.",
    ]


def test_a_planner_that_proves_its_plans_can_be_asked():
    # the quick plan serves the due date first; with deadlines both in reach it finds a plan, else it says no
    is_feasible = proved_by(lambda portfolio: solve.plan(portfolio).plan)
    alone = a_project("A", [a_step("land", 5)], demands={"land": at("housing", deadline=5)})

    assert is_feasible(a_portfolio(alone, benches={"housing": 1}))
    assert not is_feasible(a_portfolio(alone, benches={"housing": 0}))
    assert not is_feasible(two_for_one_place())


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(seed=st.integers(0, 1 << 30))
def test_any_clash_is_minimal_and_there_is_one_exactly_where_there_is_no_plan(seed):
    portfolio = brute_force.tiny(seed, with_deadlines=True)
    is_possible = brute_force.best(portfolio) is not None

    if is_possible:
        assert clash(portfolio, can_be) is None
    else:
        assert named(portfolio, can_be)
