"""After an event one project finds room beside all others, who do not move."""

from dataclasses import replace

import numpy as np
import pytest

from scheduler import portfolio
from scheduler.portfolio import (
    Occupancy,
    PortfolioPlan,
    Sitting,
    arrays,
    layout,
    orders,
    repair,
    rooms,
    solve,
    urgency,
)
from scheduler.portfolio.check import check
from tests.scheduler.county import a_step
from tests.scheduler.portfolio import drawn
from tests.scheduler.portfolio.made import a_body, a_portfolio, a_project, at


def one(key, days, demand):
    return a_project(key, [a_step("permit", days)], demands={"permit": demand})


def test_places_others_have_booked_are_not_free():
    county = a_portfolio(one("mill", 3, at("office")), benches={"office": 1})

    plan = repair.place(county, Occupancy(places={"office": [0, 0, 1]}))

    # day 2 is taken: the first three days in a row are 3, 4 and 5
    assert plan.steps["mill", "permit"].accept == 2
    assert check(county, plan, Occupancy(places={"office": [0, 0, 1]})) == ()


def test_hand_ins_others_have_booked_fill_an_officer_s_day():
    project = a_project(
        "mill", [a_step("permit", 3)], demands={"permit": at(needs_officer=True)}, officers=("amy",)
    )
    county = a_portfolio(project, officers={"amy": 2})

    plan = repair.place(county, Occupancy(hand_ins={"amy": [2, 1]}))

    assert plan.steps["mill", "permit"].accept == 1


def test_a_sitting_others_have_opened_is_joined_even_where_no_room_is_left():
    county = a_portfolio(one("mill", 1, at(body="review")), bodies=(a_body(),), rooms=1)
    others = Occupancy(seats={("review", Sitting(5, 0)): 1})

    plan = repair.place(county, others)

    assert plan.steps["mill", "permit"].sitting == Sitting(5, 0)
    assert check(county, plan, others) == ()


def test_a_sitting_announced_and_still_empty_has_its_room_and_its_seats():
    bodies = (a_body(), a_body("site", ["fire"], sittings=(Sitting(5, 0),)))
    county = a_portfolio(one("mill", 1, at(body="review")), bodies=bodies, rooms=1)

    for announced, at_point in (("review", 5), ("site", 10)):
        others = Occupancy(seats={(announced, Sitting(5, 0)): 0})
        plan = repair.place(county, others)
        assert plan.steps["mill", "permit"].sitting == Sitting(at_point, 0)
        assert check(county, plan, others) == ()


def test_a_full_sitting_and_a_room_taken_by_another_review_send_it_to_the_next():
    bodies = (a_body(), a_body("other", ["water"], sittings=(Sitting(5, 0),)))
    county = a_portfolio(one("mill", 1, at(body="review")), bodies=bodies, rooms=1)

    full = repair.place(county, Occupancy(seats={("review", Sitting(5, 0)): 2}))
    taken = repair.place(county, Occupancy(seats={("other", Sitting(5, 0)): 1}))

    assert full.steps["mill", "permit"].sitting == Sitting(10, 0)
    assert taken.steps["mill", "permit"].sitting == Sitting(10, 0)


def test_bookings_of_something_unknown_are_refused_by_name():
    with pytest.raises(portfolio.UnknownInOccupancy, match="harbour"):
        repair.place(a_portfolio(one("mill", 1, at())), Occupancy(places={"harbour": [0, 1]}))


@pytest.mark.parametrize("seed", range(60))
def test_a_project_taken_out_and_put_back_leaves_a_right_plan_and_the_others_where_they_were(seed):
    county = drawn.portfolio(2000 + seed, projects=4, steps=5)
    before = solve.plan(county).plan
    chosen = county.projects[seed % 4]
    others = Occupancy.of(county, before, without=chosen.key)

    alone = replace(county, projects=[chosen])
    plan = repair.place(alone, others)

    assert check(alone, plan, others) == ()
    kept = {key: placed for key, placed in before.steps.items() if key[0] != chosen.key}
    forced = {key for key in before.forced if key[0] != chosen.key}
    whole = PortfolioPlan({**kept, **plan.steps}, frozenset(forced | plan.forced))
    assert check(county, whole) == ()


@pytest.mark.parametrize("seed", range(40))
def test_one_project_repaired_in_the_loops_touches_no_other_row_and_gives_back_what_it_took(seed):
    built = arrays.build(drawn.portfolio(3000 + seed, projects=4, steps=5))
    facts, (state, keys) = built.facts, urgency.quick(built)
    order, turns, lifted = (np.zeros_like(keys) for _ in range(3))
    orders.order_of(facts, keys, lifted, order)
    repair.turns_of(facts, order, turns)
    p = seed % 4
    others = facts.step[:, layout.PROJECT] != p
    before = state.placed[others].copy()

    assert repair.repair_project(facts, state, p, turns)

    assert (state.placed[others] == before).all()
    for i in range(len(facts.step)):
        rooms.lift(facts, state, i)
    assert (state.free == facts.places).all()
    assert (state.hand == facts.hand_ins).all()
    assert not state.taken.any()
    assert not state.busy.any()
    assert (state.rooms == facts.number[layout.ROOMS]).all()
