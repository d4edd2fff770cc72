"""Populations of the search: how many are left when, who is let go, and in which order children build."""

import numpy as np
import pytest

from scheduler.rcpsp.arrays import pack
from scheduler.rcpsp.breeding import BEST, DONE, MEMBERS, nearest, overtaking, pool_for, search, shrink
from scheduler.rcpsp.check import check
from scheduler.rcpsp.kernels import order_by_key, place, room_for
from scheduler.rcpsp.solve import rules_for
from tests.scheduler.rcpsp.projects import a_random_instance, an_instance

RULES = rules_for(1000, activities=40)._replace(first=20, last=4)
NO_FLOOR = 0


def test_a_population_grows_smaller_evenly_and_ends_with_as_many_as_it_should():
    # From 20 down to 4 over 800 schedules: after 400 half of the 16 are gone, after 800 all of them.
    arrays = pack(a_random_instance(3, count=40, capacities=(6, 5, 4, 3)))
    room, pool = room_for(arrays, 1), pool_for(arrays, RULES.first, 800)

    search(arrays, room, pool, RULES, 400, NO_FLOOR)
    half_way = int(pool.tally[MEMBERS])
    search(arrays, room, pool, RULES, 800, NO_FLOOR)

    assert (half_way, int(pool.tally[MEMBERS]), int(pool.tally[DONE])) == (12, 4, 800)


def test_the_shortest_plan_is_kept_whoever_is_let_go():
    arrays = pack(a_random_instance(3, count=40, capacities=(6, 5, 4, 3)))
    room, pool = room_for(arrays, 1), pool_for(arrays, RULES.first, 800)

    search(arrays, room, pool, RULES, 800, NO_FLOOR)

    duration = arrays.sides[0].duration
    assert int((pool.best + duration).max()) == int(pool.tally[BEST])


def test_the_longest_is_let_go_and_of_two_the_one_longer_from_the_other_end():
    # Four are to become two; half of the schedules are used up, so one goes: 4 - 2 * 50 / 100 = 3.
    # From the front two take 9; from the back they take 8 and 6, so the first of them goes.
    arrays = pack(a_random_instance(1))
    pool = pool_for(arrays, 4, 100)
    pool.makespan[:] = [[5, 9, 7, 9], [6, 8, 7, 6]]
    pool.keys[0, 3, :] = 11
    pool.tally[DONE] = 50

    shrink(pool, RULES._replace(first=4, last=2))

    assert pool.makespan[:, : pool.tally[MEMBERS]].tolist() == [[5, 9, 7], [6, 6, 7]]
    assert set(pool.keys[0, 1].tolist()) == {11}


def test_two_are_always_left_however_few_are_asked_for():
    pool = pool_for(pack(a_random_instance(1)), 4, 100)
    pool.tally[DONE] = 100

    shrink(pool, RULES._replace(first=4, last=0))

    assert int(pool.tally[MEMBERS]) == 2


def orders_drawn(instance, key, draws=200):
    arrays = pack(instance)
    room = room_for(arrays, 1)
    orders = set()
    for _ in range(draws):
        room.key[:] = key
        order_by_key(arrays.sides[0], room)
        orders.add(tuple(room.order.tolist()))
    return orders


def test_what_has_one_key_comes_in_every_order_and_the_rest_by_key():
    # Keys 1, 0, 1, 1: number 1 first, then the other three in all 3! = 6 orders.
    four = an_instance((2, 0, ()), (2, 0, ()), (2, 0, ()), (2, 0, ()))

    orders = orders_drawn(four, [1, 0, 1, 1])

    assert len(orders) == 6
    assert {order[0] for order in orders} == {1}


def test_what_takes_no_time_keeps_its_place_before_what_follows_it():
    # All at 0: 0 is a moment that 2 waits for, 1 and 2 take time. Numbers in order, then 1 and 2 either way.
    three = an_instance((0, 0, (2,)), (2, 0, ()), (2, 0, ()))

    assert orders_drawn(three, [0, 0, 0]) == {(0, 1, 2), (0, 2, 1)}


@pytest.mark.parametrize("inner", [0, 1000])
def test_children_of_either_kind_keep_the_precedences(inner):
    # A child that built an activity before its predecessor would start it too early, and fail the proof.
    rules = RULES._replace(inner=inner)
    for seed in range(20):
        instance = a_random_instance(seed, count=25, capacities=(6, 5))
        arrays = pack(instance)
        room, pool = room_for(arrays, seed), pool_for(arrays, rules.first, 300)

        search(arrays, room, pool, rules, 300, NO_FLOOR)

        starts = [0] * 25
        for number, activity in enumerate(arrays.activity):
            starts[activity] = int(pool.best[number])
        assert check(instance, starts, int(pool.tally[BEST])) == ()


def overtaking_in_a_child(his, hers):
    arrays = pack(an_instance(*[(2, 0, ())] * len(his)))
    room = room_for(arrays, 1)
    room.key[:] = hers
    return overtaking(room, np.array(his), max(his))


def test_a_child_in_its_fathers_order_has_none_overtaking_however_far_its_keys_lie():
    assert overtaking_in_a_child([0, 2, 4, 6], [1, 5, 5, 30]) == 0


def test_what_the_father_begins_together_the_child_may_begin_in_any_order():
    assert overtaking_in_a_child([0, 2, 2, 4], [0, 7, 3, 9]) == 0


def test_an_activity_overtakes_where_the_child_builds_it_before_one_the_father_builds_first():
    # The father builds 0, 1, 2, 3; the child 2, 0, 3, 1: number 2 overtakes 0 and 1, number 3 overtakes 1.
    assert overtaking_in_a_child([0, 2, 4, 6], [2, 8, 1, 5]) == 2


def test_a_child_that_cannot_differ_from_its_father_is_built_all_the_same():
    # A chain has one order only: however much a child is to differ, the search goes on, 2 + 3 + 4 = 9.
    arrays = pack(an_instance((2, 1, (1,)), (3, 1, (2,)), (4, 1, ())))
    rules = RULES._replace(apart=1000)
    room, pool = room_for(arrays, 1), pool_for(arrays, rules.first, 60)

    search(arrays, room, pool, rules, 60, NO_FLOOR)

    assert (int(pool.tally[DONE]), int(pool.tally[BEST])) == (60, 9)


def place_taken(makespan, rivals):
    # Two of 2 on one machine, built 0 then 1; read from the end that gives the keys 0 and 2.
    # Member 0 has them the other way round, 1 the same way, 2 as well but is shorter than any child.
    arrays = pack(an_instance((2, 1, ()), (2, 1, ())))
    room, pool = room_for(arrays, 1), pool_for(arrays, 3, 100)
    room.start[:] = [0, 2]
    pool.keys[1] = [[2, 0], [0, 2], [0, 2]]
    pool.makespan[1] = [4, 4, 3]
    return nearest(arrays.sides[0], room, pool, RULES._replace(rivals=rivals), 0, makespan)


def test_a_child_takes_the_place_of_the_rival_most_like_it_that_is_no_shorter():
    assert place_taken(makespan=4, rivals=100) == 1


def test_a_child_keeps_the_place_it_was_built_for_where_it_has_no_rival_or_all_are_shorter():
    assert place_taken(makespan=4, rivals=1) == 0
    assert place_taken(makespan=5, rivals=100) == 0


def test_a_schedule_given_up_counts_as_far_as_it_was_placed():
    # Three of 2 on one machine, 3 allowed: the second would end at 4, so a time was looked for twice.
    arrays = pack(an_instance((2, 1, ()), (2, 1, ()), (2, 1, ())))
    room = room_for(arrays, 1)
    room.order[:] = [0, 1, 2]

    assert place(arrays, arrays.sides[0], room, 3) == 4
    assert int(room.placed[0]) == 2


@pytest.mark.parametrize("schedules", [1_000, 5_000, 50_000])
def test_small_projects_are_searched_by_larger_populations(schedules):
    assert rules_for(schedules, activities=62).first > rules_for(schedules, activities=122).first
