"""The quick plan: one tiny portfolio for each kind of room; every plan passes the proof."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import scheduler
from scheduler import portfolio
from scheduler.portfolio import Sitting, solve
from scheduler.portfolio.check import check
from tests.scheduler.county import CALENDAR, a_step, accept, issue, office_calendar
from tests.scheduler.portfolio import drawn
from tests.scheduler.portfolio.made import a_body, a_portfolio, a_project, at

MORNING, AFTERNOON = 0, 1
PLAIN_SEEDS = range(4000, 4012)
PLAIN = f"""
from tests.scheduler.portfolio.test_solve import _written
for seed in range({PLAIN_SEEDS.start}, {PLAIN_SEEDS.stop}):
    print(_written(seed))
"""


def planned(county):
    """The plan, proved."""
    outcome = solve.plan(county)
    assert check(county, outcome.plan) == ()
    assert outcome.bound <= outcome.tardiness
    return outcome


def where(county, *keys):
    """(accept, own end) of these projects' only steps, or of (project, step) pairs."""
    steps = planned(county).plan.steps
    placed = [steps[key] if isinstance(key, tuple) else steps[key, "permit"] for key in keys]
    return [(each.accept, each.own_end) for each in placed]


def one(key, days=3, demand=None, **known):
    """A project of one step, the permit, on the bench unless it demands something else."""
    at_office = at("office") if demand is None else demand
    project = {name: known.pop(name) for name in ("due", "release", "officers", "weight") if name in known}
    return a_project(key, [a_step("permit", days, **known)], demands={"permit": at_office}, **project)


def _written(seed):
    """A drawn portfolio's plan on one line, a joint review and all."""
    county = drawn.portfolio(seed, projects=3, steps=5)
    plan = solve.plan(county).plan
    return repr((sorted(plan.steps.items()), sorted(plan.forced)))


# --- benches ---------------------------------------------------------------------------------------------


def test_a_full_bench_makes_the_less_urgent_wait():
    # one place, three days each: b is due on 3 and goes first, a follows on days 4 to 6
    county = a_portfolio(one("a", due=9), one("b", due=3), benches={"office": 1})

    assert where(county, "a", "b") == [(3, 6), (0, 3)]


def test_work_begins_only_where_every_one_of_its_days_has_a_place():
    # day 2 is closed; three days in a row are free from day 3 on
    county = a_portfolio(one("a"), benches={"office": (1, 1, 0, 1)})

    assert where(county, "a") == [(2, 5)]


def test_more_places_later_are_used_as_soon_as_they_are_there():
    # one place until day 3, two from day 4: both b and c work on days 4 to 6
    county = a_portfolio(
        one("a", due=1), one("b", due=2), one("c", due=3), benches={"office": (1, 1, 1, 1, 2)}
    )

    assert where(county, "a", "b", "c") == [(0, 3), (3, 6), (3, 6)]


def test_a_short_case_slips_in_before_a_long_one_that_waits():
    # day 3 is closed: the urgent four-day case waits until day 4, the two-day case fits on days 1 and 2
    county = a_portfolio(one("long", 4, due=1), one("short", 2, due=9), benches={"office": (1, 1, 1, 0, 1)})

    assert where(county, "long", "short") == [(3, 7), (0, 2)]


def test_a_special_procedure_takes_no_place_and_is_counted_in_calendar_days():
    # accepted on Wednesday 15 April 2026; seven calendar days end on Wednesday 22 April, point 5;
    # the place is taken on points 6 and 7 only, so b has it on points 1 to 5
    special = scheduler.Segment("special", 7, CALENDAR)
    step = scheduler.Step("permit", (special, scheduler.Segment("work", 2)))
    county = a_portfolio(
        a_project("a", [step], demands={"permit": at("office")}, due=1),
        one("b", 5, due=9),
        benches={"office": 1},
        axis=office_calendar().axis(date(2026, 4, 15)),
    )

    assert where(county, "a", "b") == [(0, 7), (0, 5)]


def test_a_step_without_work_needs_no_place():
    county = a_portfolio(one("a", 0), benches={"office": 0})

    assert where(county, "a") == [(0, 0)]


def test_an_issue_gate_and_its_tail_hold_back_the_decision_alone():
    # land ends on 5; the permit, over on 2, is decided on 5 + 1
    project = a_project("a", [a_step("land", 5), a_step("permit", 2)], [issue("land", "permit", 1)])

    placed = planned(a_portfolio(project)).plan.steps["a", "permit"]

    assert (placed.accept, placed.own_end, placed.finish) == (0, 2, 6)


# --- officers --------------------------------------------------------------------------------------------


def test_an_officer_hands_in_only_so_many_on_one_day():
    asked = at(needs_officer=True)
    county = a_portfolio(
        one("a", demand=asked, officers=("amy",), due=3),
        one("b", demand=asked, officers=("amy",), due=4),
        officers={"amy": 1},
    )

    assert where(county, "a", "b") == [(0, 3), (1, 4)]


def test_b_hands_in_on_the_days_a_is_away_and_not_where_a_is_merely_full():
    asked = at(needs_officer=True)
    county = a_portfolio(
        one("a", demand=asked, officers=("amy", "bo"), due=3),
        one("b", demand=asked, officers=("amy", "bo"), due=4),
        one("c", demand=asked, officers=("amy", "bo"), due=5),
        officers={"amy": (0, 1, 1), "bo": 1},
    )

    steps = planned(county).plan.steps

    # on day 0 amy is away: bo takes one; from day 1 on amy takes one a day, though bo has nothing to do
    handed = [(steps[key, "permit"].accept, steps[key, "permit"].officer) for key in "abc"]
    assert handed == [(0, "bo"), (1, "amy"), (2, "amy")]


# --- joint reviews ---------------------------------------------------------------------------------------


def test_a_session_is_waited_for_so_that_acceptance_is_late_rather_than_the_wait_long():
    # sittings on 5 and 10, notice 2, opinion 1: accepted on 3, sits on 5, over on 6
    county = a_portfolio(one("a", 2, at(body="review")), bodies=(a_body(),))

    assert where(county, "a") == [(3, 6)]


def test_a_session_inside_long_work_costs_nothing():
    # twelve days of work from 0: the opinion on 5 + 1 comes long before the work is over
    county = a_portfolio(one("a", 12, at(body="review")), bodies=(a_body(),))

    assert where(county, "a") == [(0, 12)]


def test_seats_of_one_sitting_are_shared_and_the_next_project_waits_for_the_next():
    asked = at(body="review")
    county = a_portfolio(
        *(one(key, 1, asked, due=due) for key, due in (("a", 1), ("b", 2), ("c", 3))), bodies=(a_body(),)
    )

    steps = planned(county).plan.steps

    points = [steps[key, "permit"].sitting.point for key in "abc"]
    assert points == [5, 5, 10]


def test_the_room_is_taken_so_another_review_sits_in_the_afternoon():
    first = a_body("first", ["fire"], sittings=(Sitting(5, MORNING),))
    second = a_body("second", ["land"], sittings=(Sitting(5, MORNING), Sitting(5, AFTERNOON)))
    county = a_portfolio(
        one("a", 1, at(body="first"), due=1), one("b", 1, at(body="second"), due=2), bodies=(first, second)
    )

    steps = planned(county).plan.steps

    assert steps["b", "permit"].sitting == Sitting(5, AFTERNOON)


def test_a_department_sits_at_one_table_at_a_time_whatever_rooms_there_are():
    first = a_body("first", ["fire", "land"], needs_room=False)
    second = a_body("second", ["fire", "water"], needs_room=False)
    county = a_portfolio(
        one("a", 1, at(body="first"), due=1),
        one("b", 1, at(body="second"), due=2),
        bodies=(first, second),
        rooms=9,
    )

    steps = planned(county).plan.steps

    # fire is with a on the morning of 5, so b waits for the morning of 10
    assert [steps[key, "permit"].sitting.point for key in "ab"] == [5, 10]


# --- what stays ------------------------------------------------------------------------------------------


def test_what_is_announced_stays_however_urgent_the_others_are():
    kept = at("office", planned=2, is_announced=True)
    county = a_portfolio(one("a", 3, kept), one("b", due=3), benches={"office": 1})

    # a works on days 3 to 5; b finds three days in a row from day 6 on
    assert where(county, "a", "b") == [(2, 5), (5, 8)]


def test_what_is_planned_inside_the_frozen_days_stays_and_later_plans_may_move():
    near, far = at("office", planned=4), at("office", planned=9)
    county = a_portfolio(one("a", 3, near), one("b", 3, far), benches={"office": 2}, frozen_until=5)

    assert where(county, "a", "b") == [(4, 7), (0, 3)]


def test_an_announced_sitting_keeps_its_seat_before_the_more_urgent():
    kept = at(body="review", planned=3, sitting=Sitting(5, MORNING), is_announced=True)
    county = a_portfolio(one("a", 1, kept), one("b", 1, at(body="review"), due=1), bodies=(a_body(seats=1),))

    steps = planned(county).plan.steps

    assert [steps[key, "permit"].sitting.point for key in "ab"] == [5, 10]


def test_what_a_predecessor_makes_impossible_is_placed_anew_and_named():
    # announced for 2, but land ends on 4
    project = a_project(
        "a",
        [a_step("land", 4), a_step("permit", 3)],
        [accept("land", "permit")],
        {"permit": at("office", planned=2, is_announced=True)},
    )

    plan = planned(a_portfolio(project, benches={"office": 1})).plan

    assert plan.steps["a", "permit"].accept == 4
    assert plan.forced == {("a", "permit")}


def test_a_day_that_became_impossible_leaves_the_sitting_where_it_was_if_it_can():
    # announced for 1 with the sitting on 5; land ends on 2, so it is accepted on 3, two days before it sits
    project = a_project(
        "a",
        [a_step("land", 2), a_step("permit", 1)],
        [accept("land", "permit")],
        {"permit": at(body="review", planned=1, sitting=Sitting(5, MORNING), is_announced=True)},
    )

    plan = planned(a_portfolio(project, bodies=(a_body(),))).plan

    assert (plan.steps["a", "permit"].accept, plan.steps["a", "permit"].sitting) == (3, Sitting(5, MORNING))
    assert plan.forced == {("a", "permit")}


def test_a_sitting_nobody_offers_any_more_is_given_up_and_named():
    kept = at(body="review", planned=4, sitting=Sitting(7, MORNING), is_announced=True)

    plan = planned(a_portfolio(one("a", 1, kept), bodies=(a_body(),))).plan

    assert plan.steps["a", "permit"].sitting == Sitting(5, MORNING)
    assert plan.forced == {("a", "permit")}


def test_what_a_kept_step_waits_for_takes_room_before_all_others():
    # one place: land must end by 3 for the announced day, though b is due long before
    project = a_project(
        "a",
        [a_step("land", 3), a_step("permit", 1)],
        [accept("land", "permit")],
        {"land": at("office"), "permit": at(planned=3, is_announced=True)},
    )

    plan = planned(a_portfolio(project, one("b", due=-9), benches={"office": 1})).plan

    assert plan.steps["a", "permit"].accept == 3
    assert plan.steps["b", "permit"].accept == 3
    assert not plan.forced


def test_what_has_begun_stays_even_beyond_the_places_and_the_rest_waits_until_it_is_over():
    begun = {"started": 0, "accepted": 1}
    county = a_portfolio(
        one("a", 4, **begun), one("b", 4, **begun), one("c", 1, due=1), benches={"office": 1}, today=2
    )

    # a and b share the one place on days 2 to 5; c works on day 6
    assert where(county, "a", "b", "c") == [(1, 5), (1, 5), (5, 6)]


def test_a_step_that_has_started_keeps_its_start_and_its_acceptance_waits_for_room():
    county = a_portfolio(
        one("a", 3, started=1, preparation=2), one("b", 6, due=1), benches={"office": 1}, today=2
    )

    placed = planned(county).plan.steps["a", "permit"]

    # prepared on 3; b, more urgent, has the place on days 3 to 8
    assert (placed.start, placed.accept, placed.own_end) == (1, 8, 11)


# --- no room ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refused", "what", "county"),
    [
        (portfolio.TooLongForHorizon, "a", lambda: a_portfolio(one("a", 9, at()), horizon=8)),
        (
            portfolio.NoPlaceBeforeHorizon,
            "office",
            lambda: a_portfolio(one("a"), benches={"office": 0}),
        ),
        (
            portfolio.NoOfficerBeforeHorizon,
            "amy",
            lambda: a_portfolio(one("a", 3, at(needs_officer=True), officers=("amy",)), officers={"amy": 0}),
        ),
        (
            portfolio.NoSittingBeforeHorizon,
            "review",
            lambda: a_portfolio(one("a", 3, at(body="review")), bodies=(a_body(sittings=()),)),
        ),
    ],
)
def test_a_step_without_room_is_named_with_what_it_lacks(refused, what, county):
    with pytest.raises(refused) as refusal:
        solve.plan(county())

    assert what in str(refusal.value)
    assert refusal.value.facts["step"] == "permit"


# --- the whole -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(150))
def test_any_plan_passes_the_proof(seed):
    county = drawn.portfolio(1000 + seed, projects=4, steps=6)

    planned(county)


def test_the_same_portfolio_and_seed_give_the_same_plan():
    effort = solve.Effort(decodes=30)

    first, second = (solve.plan(drawn.portfolio(3), effort=effort, seed=5) for _ in range(2))

    assert first.plan == second.plan
    assert first.tardiness == second.tardiness


def test_the_loops_as_plain_python_give_the_same_plans():
    ours = [_written(seed) for seed in PLAIN_SEEDS]

    told = subprocess.run(
        [sys.executable, "-c", PLAIN],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )

    assert told.stdout.splitlines() == ours


def test_nothing_to_plan_is_a_plan():
    assert planned(a_portfolio()).plan.steps == {}
