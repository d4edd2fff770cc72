"""A genetic search with two populations, one building from the front and one from the back.

A schedule built in one direction gives, read from its other end, the keys to build the next one in the other
direction: every child costs one pass and is justified by it. A child takes a stretch of time from its mother
and what lies before and after it from its father, each by the order of their starts, so both parents' orders
hold without repair; or it is its father with one stretch of his own put into her order. What starts together
is put in any order: its numbers would always say the same one. A child too much like its father is not built:
most of them would come out as he did. Where it has rivals, a child takes the place of the one most like it,
so that what is like nothing else stays.

Both populations begin large and grow smaller, evenly with the schedules used up: first they look everywhere,
in the end they finish what is best.

Source: S29 for the two populations and the stretch of time, S97 for populations that grow smaller.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.compiled import compiled
from scheduler.rcpsp.arrays import Arrays, Ints, Side
from scheduler.rcpsp.kernels import EVEN, MOST_URGENT, Room, draw, order_by_key, place, sample

PARTS = 1000
"""Shares are given in thousandths."""
TRIES = 7
"""So often a child that is too much like its father is crossed anew, before it is built as it is."""
NEVER = 1 << 40
FRONT, BACK = 0, 1


class Rules(NamedTuple):
    """How children are made. Shares are thousandths.

    ``shortest`` and ``longest`` bound the mother's stretch of time, ``peaks`` is how often it is her busiest
    one; ``suitors`` is among how many she is chosen. ``inner`` is how often a child is its father but for a
    stretch of his, between ``inner_shortest`` and ``inner_longest``, in her order; ``even`` how often a first
    order is drawn evenly. ``apart`` is how many activities a child should build before one that its father
    builds first. ``allowance`` is how much longer a child may be than what it takes the place of.
    ``rivals`` is among how many members it takes the place of the one most like it; one takes no choice.
    ``first`` and ``last`` are how many members each population has in the beginning and in the end.

    Units: ``allowance`` in units of time.
    """

    first: int
    last: int

    shortest: int
    longest: int
    peaks: int
    suitors: int
    inner: int
    inner_shortest: int
    inner_longest: int
    even: int
    apart: int
    allowance: int
    rivals: int


class Pool(NamedTuple):
    """Both populations: the keys to build with in each direction, how long the schedule behind them was,
    and a mark that tells twins apart; and the best schedule so far, with the tally of the search.

    Shape: ``keys`` is 2 × members × activities, ``makespan`` and ``mark`` 2 × members; those who are still
    there come first.
    """

    keys: Ints
    makespan: Ints
    mark: Ints
    best: Ints
    tally: Ints


DONE, BEST, TURN, MEMBERS, IS_SOWN, END = range(6)
"""Places of the tally: schedules built, best makespan, whose turn, how many members each population has
left, whether there is a population at all, and after how many schedules all ends."""


def pool_for(arrays: Arrays, members: int, schedules: int) -> Pool:
    """Two empty populations, for a search that ends after so many schedules.

    Shape: ``members`` >= 2.
    """
    count = len(arrays.activity)
    tally = np.array([0, NEVER, 0, members, 0, schedules], np.int64)
    return Pool(
        np.zeros((2, members, count), np.int64),
        np.full((2, members), NEVER, np.int64),
        np.zeros((2, members), np.int64),
        np.zeros(count, np.int64),
        tally,
    )


@compiled
def search(arrays: Arrays, room: Room, pool: Pool, rules: Rules, until: int, floor: int) -> None:
    """Go on until so many schedules were built, or one as short as ``floor`` was found.

    A generation once begun is finished, unless it would go past the end of the whole search.
    """
    tally = pool.tally
    while tally[DONE] < until and tally[BEST] > floor:
        if tally[IS_SOWN] == 0:
            _sow(arrays, room, pool, rules)
        else:
            _breed(arrays, room, pool, rules, floor)
            shrink(pool, rules)


@compiled
def _sow(arrays: Arrays, room: Room, pool: Pool, rules: Rules) -> None:
    """A first population from the front, by sampling; then turned round once, so that both are there."""
    tally, side = pool.tally, arrays.sides[FRONT]
    for member in range(tally[MEMBERS]):
        bias = MOST_URGENT if member == 0 else 1
        if bias == 1 and draw(room.state, PARTS) < rules.even:
            bias = EVEN
        sample(side, room, bias)
        _keep(arrays, room, pool, member, place(arrays, side, room, arrays.horizon))
        tally[DONE] = _schedules(room)
        if tally[DONE] >= tally[END]:
            return
    tally[TURN] = BACK
    for member in range(tally[MEMBERS]):
        if tally[DONE] >= tally[END]:
            return
        room.key[:] = pool.keys[BACK, member]
        order_by_key(arrays.sides[BACK], room)
        _keep(arrays, room, pool, member, place(arrays, arrays.sides[BACK], room, arrays.horizon))
        tally[DONE] = _schedules(room)
    tally[TURN], tally[IS_SOWN] = FRONT, 1


@compiled
def _breed(arrays: Arrays, room: Room, pool: Pool, rules: Rules, floor: int) -> None:
    """One generation: the population whose turn it is has a child for each member of the other one.

    A child comes into the other population if it is at most the allowance longer than what was at its place
    there, no longer where that was the shortest of all, and no twin of another. It then takes the place of
    the rival most like it.
    """
    tally, turn, members = pool.tally, pool.tally[TURN], pool.tally[MEMBERS]
    other, side = 1 - turn, arrays.sides[turn]
    shortest = pool.makespan[other, :members].min()
    for member in range(members):
        _conceive(side, room, pool, rules, member)
        order_by_key(side, room)
        limit = pool.makespan[other, member]
        if limit > shortest:
            limit += rules.allowance
        makespan = place(arrays, side, room, limit)
        if makespan <= limit:
            rival = nearest(side, room, pool, rules, member, makespan)
            if not _has_twin(room, pool, makespan, rival):
                _keep(arrays, room, pool, rival, makespan)
        tally[DONE] = _schedules(room)
        if tally[BEST] <= floor or tally[DONE] >= tally[END]:
            break
    tally[TURN] = other


@compiled
def nearest(side: Side, room: Room, pool: Pool, rules: Rules, member: int, makespan: int) -> int:
    """Whose place the child takes: of some rivals no shorter, the one whose starts differ least from its own.

    It is ``member`` itself where all rivals are shorter. No start is looked for.
    """
    other, last = 1 - pool.tally[TURN], len(room.start) - 1
    found, least = member, NEVER
    for k in range(rules.rivals):
        rival = member if k == 0 else draw(room.state, pool.tally[MEMBERS])
        if pool.makespan[other, rival] < makespan:
            continue
        keys, far = pool.keys[other, rival], 0
        for i in range(last + 1):
            far += abs(keys[last - i] - (makespan - room.start[i] - side.duration[i]))
        if far < least:
            found, least = rival, far
    return found


@compiled
def _schedules(room: Room) -> int:
    """How many were built: as many placings as there are activities make one, given up or not."""
    count = len(room.start)
    return int((room.placed[0] + count - 1) // count)


@compiled
def shrink(pool: Pool, rules: Rules) -> None:
    """Let go of the longest until as many are left as the schedules used up call for."""
    tally, turn, makespan = pool.tally, pool.tally[TURN], pool.makespan
    fewer = (rules.first - rules.last) * tally[DONE] // tally[END]
    while tally[MEMBERS] > max(2, rules.first - fewer):
        last, longest = tally[MEMBERS] - 1, 0
        for member in range(1, last + 1):
            gain = makespan[turn, member] - makespan[turn, longest]
            if gain > 0 or (gain == 0 and makespan[1 - turn, member] >= makespan[1 - turn, longest]):
                longest = member
        for way in (FRONT, BACK):
            pool.keys[way, longest] = pool.keys[way, last]
            makespan[way, longest] = makespan[way, last]
            pool.mark[way, longest] = pool.mark[way, last]
        tally[MEMBERS] = last


@compiled
def _mother(room: Room, pool: Pool, rules: Rules, member: int) -> int:
    makespan = pool.makespan[pool.tally[TURN], : pool.tally[MEMBERS]]
    mother = draw(room.state, len(makespan))
    for _ in range(1, rules.suitors):
        suitor = draw(room.state, len(makespan))
        if makespan[suitor] < makespan[mother]:
            mother = suitor
    if mother == member:
        mother = (mother + 1 + draw(room.state, len(makespan) - 1)) % len(makespan)
    return mother


@compiled
def _conceive(side: Side, room: Room, pool: Pool, rules: Rules, father: int) -> None:
    """The keys of a child: crossed anew, mostly with another mother, while it is too much like its father."""
    for _ in range(TRIES):
        mother = _mother(room, pool, rules, father)
        if draw(room.state, PARTS) < rules.inner:
            _cross_within(room, pool, rules, mother, father)
        else:
            _cross(side, room, pool, rules, mother, father)
        if rules.apart == 0:
            return
        his, makespan = pool.keys[pool.tally[TURN], father], pool.makespan[pool.tally[TURN], father]
        if overtaking(room, his, makespan) * PARTS >= rules.apart * len(his):
            return


@compiled
def overtaking(room: Room, his: Ints, makespan: int) -> int:
    """How many activities the child's keys put before one that begins earlier by the father's.

    Shape: no key of the father is above ``makespan``.
    """
    key, latest = room.key, room.load
    latest[: makespan + 2] = -1
    for i in range(len(key)):
        latest[his[i] + 1] = max(latest[his[i] + 1], key[i])
    for time in range(1, makespan + 2):
        latest[time] = max(latest[time], latest[time - 1])
    count = 0
    for i in range(len(key)):
        if key[i] < latest[his[i]]:
            count += 1
    return count


@compiled
def _cross(side: Side, room: Room, pool: Pool, rules: Rules, mother: int, father: int) -> None:
    """The child's keys: the father's before the stretch, the mother's in it, the father's after it."""
    turn, key = pool.tally[TURN], room.key
    hers, his = pool.keys[turn, mother], pool.keys[turn, father]
    makespan = pool.makespan[turn, mother]
    length = _stretch(room, makespan, rules.shortest, rules.longest)
    begin = draw(room.state, makespan - length + 1)
    if draw(room.state, PARTS) < rules.peaks:
        begin = _busiest(side, room.load, hers, makespan, length)
    during = pool.makespan[turn, father] + 1
    after = during + length
    for i in range(len(key)):
        if hers[i] < begin:
            key[i] = his[i]
        elif hers[i] < begin + length:
            key[i] = during + hers[i] - begin
        else:
            key[i] = after + his[i]


@compiled
def _cross_within(room: Room, pool: Pool, rules: Rules, mother: int, father: int) -> None:
    """The child's keys: the father's, but what begins within a stretch of his follows the mother's order."""
    turn, key = pool.tally[TURN], room.key
    hers, his = pool.keys[turn, mother], pool.keys[turn, father]
    makespan, widest = pool.makespan[turn, father], pool.makespan[turn, mother]
    length = _stretch(room, makespan, rules.inner_shortest, rules.inner_longest)
    begin = draw(room.state, makespan - length + 1)
    for i in range(len(key)):
        if his[i] < begin:
            key[i] = his[i]
        elif his[i] < begin + length:
            key[i] = begin + hers[i]
        else:
            key[i] = widest + 1 + his[i]


@compiled
def _stretch(room: Room, makespan: int, shortest: int, longest: int) -> int:
    return makespan * (shortest + draw(room.state, longest - shortest + 1)) // PARTS


@compiled
def _busiest(side: Side, load: Ints, start: Ints, makespan: int, length: int) -> int:
    """Where the stretch of so many times begins in which the resources are most in use."""
    load[: makespan + 1] = 0
    for i in range(len(start)):
        load[start[i]] += side.weight[i]
        load[start[i] + side.duration[i]] -= side.weight[i]
    for time in range(1, makespan + 1):
        load[time] += load[time - 1]
    use = 0
    for time in range(length):
        use += load[time]
    most, begin = use, 0
    for time in range(1, makespan - length + 1):
        use += load[time + length - 1] - load[time - 1]
        if use > most:
            most, begin = use, time
    return begin


@compiled
def _has_twin(room: Room, pool: Pool, makespan: int, member: int) -> bool:
    other, mark = 1 - pool.tally[TURN], room.start.sum()
    for rival in range(pool.tally[MEMBERS]):
        if rival != member and pool.makespan[other, rival] == makespan and pool.mark[other, rival] == mark:
            return True
    return False


@compiled
def _keep(arrays: Arrays, room: Room, pool: Pool, member: int, makespan: int) -> None:
    """Put the schedule just built into the other population, read from its end; and note the best."""
    tally, turn = pool.tally, pool.tally[TURN]
    duration, last = arrays.sides[turn].duration, len(room.start) - 1
    pool.makespan[1 - turn, member] = makespan
    pool.mark[1 - turn, member] = room.start.sum()
    keys = pool.keys[1 - turn, member]
    for i in range(last + 1):
        keys[last - i] = makespan - room.start[i] - duration[i]
    if makespan < tally[BEST]:
        tally[BEST] = makespan
        if turn == FRONT:
            pool.best[:] = room.start
        else:
            pool.best[:] = keys
