"""The inner loops: chance, sorting by keys, sampling an order, and placing activities one after another.

Whole numbers only, so that compiled and plain Python give the same bytes. Constants that meet a 64-bit word
are words themselves: Numba would turn a mixed pair into a float.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.compiled import compiled
from scheduler.rcpsp.arrays import Arrays, Ints, Side, Words

_LEFT, _RIGHT, _LEFT_AGAIN, _HIGH_BITS = np.uint64(13), np.uint64(7), np.uint64(17), np.uint64(33)
EVEN = 0
"""Every activity that may come next is as likely; 1 draws by urgency, 2 by its square."""
MOST_URGENT = -1


class Room(NamedTuple):
    """What the loops write into, made once: no loop asks for memory.

    ``line`` is what is left of every resource at each time, ``span`` how far of it was written; ``placed`` is
    for how many activities a time was looked for in all.

    Shape: ``line`` is words × (horizon + 1), ``load`` and ``bucket`` are as long as keys can be, the others
    have one entry per activity; ``state``, ``span`` and ``placed`` have one.
    """

    line: Words
    state: Words
    span: Ints
    placed: Ints
    start: Ints
    key: Ints
    order: Ints
    waiting: Ints
    ready: Ints
    chance: Ints
    bucket: Ints
    load: Ints


def room_for(arrays: Arrays, seed: int) -> Room:
    """Memory for one search, and its own source of chance.

    Shape: any whole number is a seed.
    """
    count, horizon = len(arrays.activity), arrays.horizon
    line = np.empty((len(arrays.capacity), horizon + 1), np.uint64)
    line[:] = arrays.capacity[:, None]
    state = np.array([(seed * 0x9E3779B97F4A7C15 + 0x1234567) % (1 << 64) or 1], np.uint64)

    def each() -> Ints:
        return np.zeros(count, np.int64)

    room = Room(
        line,
        state,
        np.zeros(1, np.int64),
        np.zeros(1, np.int64),
        start=each(),
        key=each(),
        order=each(),
        waiting=each(),
        ready=each(),
        chance=each(),
        bucket=np.zeros(4 * horizon + 8, np.int64),
        load=np.zeros(horizon + 2, np.int64),
    )
    for _ in range(10):  # the first draws of close seeds are close
        draw(room.state, 2)
    return room


@compiled
def draw(state: Words, below: int) -> int:
    """A number from 0 up to, not including, ``below``: xorshift, 31 bits of it.

    Scaled where no product leaves the word, for a division would take longer than all else here.
    """
    x = state[0]
    x ^= x << _LEFT
    x ^= x >> _RIGHT
    x ^= x << _LEFT_AGAIN
    state[0] = x
    drawn = int(np.int64(x >> _HIGH_BITS))
    return drawn * below >> 31 if below < 1 << 31 else drawn % below


@compiled
def order_by_key(side: Side, room: Room) -> None:
    """Activities by rising key into ``room.order``, those of one key in any order.

    What takes no time keeps its place by number among those of its key: what follows it may have the same.

    Shape: no key is below 0, none below a predecessor's, nor equal to one that takes time.
    """
    key, bucket, order, duration = room.key, room.bucket, room.order, side.duration
    top = key.max()
    for k in range(top + 2):
        bucket[k] = 0
    for i in range(len(key)):
        bucket[key[i] + 1] += 1
    for k in range(1, top + 2):
        bucket[k] += bucket[k - 1]
    for i in range(len(key)):
        order[bucket[key[i]]] = i
        bucket[key[i]] += 1
    begin = 0
    for k in range(1, len(order)):
        i, before = order[k], order[k - 1]
        if key[i] != key[before] or duration[i] == 0 or duration[before] == 0:
            begin = k
        else:
            chosen = begin + draw(room.state, k - begin + 1)
            order[k], order[chosen] = order[chosen], i


@compiled
def sample(side: Side, room: Room, bias: int) -> None:
    """An order in which every activity follows its predecessors, drawn by the chain that must come after.

    The chance of an activity that may come next is its regret: how much longer its own chain is than the
    shortest on offer, plus one.
    """
    waiting, ready, order = room.waiting, room.ready, room.order
    offered = 0
    for i in range(len(order)):
        waiting[i] = side.before_at[i + 1] - side.before_at[i]
        if waiting[i] == 0:
            ready[offered] = i
            offered += 1
    for k in range(len(order)):
        chosen = (
            _most_urgent(side, ready, offered) if bias == MOST_URGENT else _drawn(side, room, offered, bias)
        )
        i = ready[chosen]
        order[k] = i
        offered -= 1
        ready[chosen] = ready[offered]
        for e in range(side.after_at[i], side.after_at[i + 1]):
            j = side.after[e]
            waiting[j] -= 1
            if waiting[j] == 0:
                ready[offered] = j
                offered += 1


@compiled
def _chain(side: Side, i: int) -> int:
    return int(side.duration[i] + side.tail[i])


@compiled
def _most_urgent(side: Side, ready: Ints, offered: int) -> int:
    best = 0
    for c in range(1, offered):
        gain = _chain(side, ready[c]) - _chain(side, ready[best])
        if gain > 0 or (gain == 0 and ready[c] < ready[best]):
            best = c
    return best


@compiled
def _drawn(side: Side, room: Room, offered: int, bias: int) -> int:
    if bias == EVEN:
        return draw(room.state, offered)
    ready, chance = room.ready, room.chance
    shortest = _chain(side, ready[0])
    for c in range(1, offered):
        shortest = min(shortest, _chain(side, ready[c]))
    total = 0
    for c in range(offered):
        regret = _chain(side, ready[c]) - shortest + 1
        chance[c] = regret if bias == 1 else regret * regret
        total += chance[c]
    left = draw(room.state, total)
    c = 0
    while left >= chance[c]:
        left -= chance[c]
        c += 1
    return c


@compiled
def _other_words_fit(line: Words, demand: Words, guard: np.uint64, time: int, i: int) -> bool:
    for word in range(1, line.shape[0]):  # noqa: SIM110 - a loop compiles better than a generator
        if (line[word, time] - demand[word, i]) & guard != guard:
            return False
    return True


@compiled
def _earliest(line: Words, side: Side, guard: np.uint64, time: int, i: int) -> int:
    """The first time from ``time`` on at which i has room for its whole duration.

    The window is looked through from its end: one conflict moves it behind itself in one leap, and what was
    found free stays so.
    """
    length, words, first, need = side.duration[i], line.shape[0], line[0], side.demand[0, i]
    looked_from, free_from = time, time
    at = time + length - 1
    while at >= free_from:
        if (first[at] - need) & guard == guard and (
            words == 1 or _other_words_fit(line, side.demand, guard, at, i)
        ):
            at -= 1
        else:
            time = at + 1
            free_from = max(free_from, looked_from + length)
            looked_from = time
            at = time + length - 1
    return time


@compiled
def _clear(arrays: Arrays, room: Room) -> None:
    for word in range(room.line.shape[0]):
        room.line[word, : room.span[0]] = arrays.capacity[word]


@compiled
def place(arrays: Arrays, side: Side, room: Room, limit: int) -> int:
    """Place the activities of ``room.order`` one after another, each as early as it can; the makespan.

    Gives up with ``limit`` + 1 once an activity, with the chain after it, cannot end by ``limit``.
    """
    line, order, start, guard = room.line, room.order, room.start, arrays.guard
    duration, before_at, before = side.duration, side.before_at, side.before
    words, first = line.shape[0], line[0]
    _clear(arrays, room)
    span, placed = 0, 0
    for k in range(len(order)):
        i = order[k]
        placed += 1
        time = 0
        for e in range(before_at[i], before_at[i + 1]):
            time = max(time, start[before[e]] + duration[before[e]])
        if side.weight[i] > 0:
            time = _earliest(line, side, guard, time, i)
        end = time + duration[i]
        if end + side.tail[i] > limit:
            span = limit + 1
            break
        need = side.demand[0, i]  # most projects have one word; a function for this would cost a third
        for at in range(time, end):
            first[at] -= need
        for word in range(1, words):
            row, need = line[word], side.demand[word, i]
            for at in range(time, end):
                row[at] -= need
        start[i] = time
        span = max(span, end)
    room.placed[0] += placed
    room.span[0] = min(span, line.shape[1])
    return span
