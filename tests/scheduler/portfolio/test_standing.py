"""The cost of moving: what stands stays where it can, and what an announced day waits for stays with it."""

import scheduler
from scheduler.period import Segment
from scheduler.portfolio.check import check
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.solve import Effort, Status, plan
from tests.scheduler.portfolio.made import a_body, a_portfolio, a_project, at

STEP_COSTS = 50


def work(key, days, **known):
    """A step of nothing but work."""
    return scheduler.Step(key, (Segment("work", days),), **known)


def works(key, days, **known):
    """One project of one step, its work on the only bench."""
    due = known.pop("due", None)
    return a_project(key, [work("permit", days)], demands={"permit": at("office", **known)}, due=due)


def accepted(outcome):
    """The day each project's permit is accepted."""
    return {key[0]: placed.accept for key, placed in outcome.plan.steps.items() if key[1] == "permit"}


def test_what_stands_stays_though_it_could_come_sooner():
    """One place; 2 days each, planned for days 5 and 9, and all that is promised is kept."""
    county = a_portfolio(
        works("a", 2, planned=5, due=20), works("b", 2, planned=9, due=20), benches={"office": 1}
    )

    assert accepted(plan(county, move_cost=STEP_COSTS)) == {"a": 5, "b": 9}
    assert accepted(plan(county)) == {"a": 0, "b": 2}  # without a cost everything begins at once


def test_a_new_project_takes_the_room_that_what_stands_leaves():
    """a has days 2 to 5 and b days 7 to 9; c needs 3 days: 10 to 12, as days 1 and 6 are too short."""
    county = a_portfolio(
        works("a", 4, planned=1), works("b", 3, planned=6), works("c", 3), benches={"office": 1}
    )

    found = plan(county, move_cost=STEP_COSTS)

    assert accepted(found) == {"a": 1, "b": 6, "c": 9}
    assert check(county, found.plan) == ()


def test_what_stands_gives_way_where_a_promise_is_worth_more():
    """c is promised for day 3 and would end on day 12: 9 days late, against two moves of 0.05 days each."""
    county = a_portfolio(
        works("a", 4, planned=1, due=20),
        works("b", 4, planned=5, due=20),
        works("c", 3, due=3),
        benches={"office": 1},
    )

    found = plan(county, effort=Effort(50), move_cost=STEP_COSTS)

    assert accepted(found)["c"] == 0
    assert found.tardiness == 0
    assert check(county, found.plan) == ()


def test_of_those_in_the_way_the_one_with_most_days_to_spare_gives_way_and_nobody_else_moves():
    """c would wait for a and b and end on day 13, 5 days late; a has 25 days to spare and b 11, so a goes.

    b stays on days 6 to 9 and a follows it; d and e, who could come sooner, stay where they stand.
    """
    county = a_portfolio(
        works("a", 4, planned=1, due=30),
        works("b", 4, planned=5, due=20),
        works("c", 4, due=8),
        works("d", 4, planned=20, due=40),
        a_project("e", [work("permit", 2)], demands={"permit": at("fire", planned=30)}, due=60),
        benches={"office": 1, "fire": 1},
    )

    found = plan(county, move_cost=STEP_COSTS)

    assert accepted(found) == {"a": 9, "b": 5, "c": 0, "d": 20, "e": 30}
    assert found.tardiness == 0
    assert check(county, found.plan) == ()


def test_whoever_has_no_time_lets_nobody_go_one_by_one_and_has_a_plan_all_the_same():
    """With time a alone gives way; without, all are planned anew, as that costs less: d moves too."""
    county = a_portfolio(
        works("a", 4, planned=1, due=30),
        works("b", 4, planned=5, due=20),
        works("c", 4, due=8),
        works("d", 4, planned=20, due=40),
        benches={"office": 1},
    )

    hurried = plan(county, effort=Effort(1, seconds=0.0), move_cost=STEP_COSTS)

    assert accepted(plan(county, move_cost=STEP_COSTS))["d"] == 20
    assert accepted(hurried)["d"] < 20
    assert hurried.tardiness == 0
    assert check(county, hurried.plan) == ()


def test_what_cannot_stay_moves_and_is_no_forced_move():
    """a was planned for day 1; what it waits for ends on day 3, and b has days 4 and 5: a follows b."""
    late = a_project(
        "a",
        [work("land", 3), work("permit", 2)],
        [scheduler.Precedence("land", "permit", scheduler.Gate.ACCEPT)],
        {"permit": at("office", planned=1)},
    )
    county = a_portfolio(late, works("b", 2, planned=3), benches={"office": 1})

    found = plan(county, move_cost=STEP_COSTS)

    assert accepted(found) == {"a": 5, "b": 3}
    assert found.plan.forced == frozenset()
    assert check(county, found.plan) == ()


def test_a_sitting_that_stands_stays_too():
    """The review could sit on day 5; it stands for day 10, accepted on day 8, two days ahead."""
    stands = a_project(
        "a",
        [work("permit", 1)],
        demands={"permit": at(body="review", planned=8, sitting=Sitting(10, 0))},
    )
    county = a_portfolio(stands, bodies=(a_body(),))

    held, free = plan(county, move_cost=STEP_COSTS), plan(county)

    assert held.plan.steps["a", "permit"].sitting == Sitting(10, 0)
    assert free.plan.steps["a", "permit"].sitting == Sitting(5, 0)


def test_what_an_announced_day_waits_for_keeps_its_own_however_full_the_bench():
    """“land” has the only place on days 1 and 2; b, accepted long ago, fills it too, and neither moves."""
    announced = a_project(
        "a",
        [work("land", 2), work("permit", 1)],
        [scheduler.Precedence("land", "permit", scheduler.Gate.ACCEPT)],
        {"land": at("office", planned=0), "permit": at(planned=2, is_announced=True)},
    )
    running = a_project(
        "b",
        [work("permit", 4, started=0, accepted=0)],
        demands={"permit": at("office")},
        today=0,
    )
    county = a_portfolio(announced, running, benches={"office": 1})

    found = plan(county)

    assert announced.demands["land"].is_announced
    assert found.plan.steps["a", "land"].accept == 0
    assert accepted(found)["a"] == 2
    assert found.plan.forced == frozenset()
    assert check(county, found.plan) == ()


def test_what_waits_for_an_announced_day_is_not_announced_with_it():
    after = a_project(
        "a",
        [work("land", 2), work("permit", 1)],
        [scheduler.Precedence("land", "permit", scheduler.Gate.ACCEPT)],
        {"land": at(planned=0, is_announced=True), "permit": at(planned=7)},
    )

    assert not after.demands["permit"].is_announced


def test_three_projects_of_one_place_cannot_all_end_on_one_day():
    """4 days of work each, one place, all promised for day 4: they end on days 4, 8 and 12, so 4 + 8 late."""
    county = a_portfolio(*(works(key, 4, due=4) for key in "abc"), benches={"office": 1})

    found = plan(county)

    assert (found.bound, found.tardiness, found.status) == (12, 12, Status.PROVED)


def test_the_bound_counts_the_way_from_the_bench_to_the_result():
    """2 days on the one place, then 5 elsewhere, promised for day 7: alone in time; the second is 2 late."""
    both = [
        a_project(
            key,
            [work("land", 2), work("permit", 5)],
            [scheduler.Precedence("land", "permit", scheduler.Gate.ACCEPT)],
            {"land": at("office")},
            due=7,
        )
        for key in "ab"
    ]

    assert plan(a_portfolio(*both, benches={"office": 1})).bound == 2
