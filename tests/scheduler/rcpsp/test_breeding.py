"""Populations of the search: how many are left when, and who is let go."""

from scheduler.rcpsp.arrays import pack
from scheduler.rcpsp.breeding import BEST, DONE, MEMBERS, pool_for, search, shrink
from scheduler.rcpsp.kernels import room_for
from scheduler.rcpsp.solve import rules_for
from tests.scheduler.rcpsp.projects import a_random_instance

RULES = rules_for(1000)._replace(first=20, last=4)
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
