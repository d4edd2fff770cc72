"""Room, in compiled loops: places on benches, officers' hands, sittings; and how one step takes and gives it.

Every loop may be called again and again on the same state: what is booked is taken from ``State.free``,
``hand``, ``taken``, ``rooms`` and ``busy``, and ``lift`` gives exactly that back.

The innermost loops take their arrays one by one: a tuple of arrays costs a count of references for each of
them at every call, several times the work itself.

Units: points of ``Facts``, see ``scheduler.portfolio.layout``.
"""

from __future__ import annotations

import numpy as np

from scheduler.compiled import compiled, inlined
from scheduler.portfolio.layout import (
    ACCEPT,
    BENCH,
    BODY,
    FIRST_MEMBER,
    FIRST_SITTING,
    FORCED,
    HORIZON,
    LAST_MEMBER,
    LAST_SITTING,
    NEEDS_ROOM,
    NO_OFFICER,
    NO_PLACE,
    NO_SITTING,
    NOTICE,
    NOWHERE,
    OFFICER,
    OPINION,
    OWN_END,
    PAIR,
    SEATS,
    SEATS_TAKEN,
    SITTING,
    SPECIAL,
    TOO_LONG,
    WORK,
    WORK_FROM,
    WORK_TO,
    Bytes,
    Facts,
    Ints,
    State,
)


@compiled
def wide(number: int) -> int:
    """A number read from an array, or a constant, as wide as any: a loop is compiled anew for every width."""
    return np.int64(number)  # type: ignore[return-value]


@compiled
def chain_end(table: Ints, chain: int, point: int) -> int:
    """Where a chain of segments ends that follows a point."""
    if chain >= 0:
        return point + chain
    last = table.shape[1] - 1
    if point > last:
        return int(table[-1 - chain, last] + point - last)
    return int(table[-1 - chain, point])


@inlined
def last_full(free: Ints, bench: int, after: int, until: int) -> int:
    """The last day after one point, up to another, on which a bench is full; ``NOWHERE`` if none."""
    for day in range(until, after, -1):
        if free[bench, day] <= 0:
            return day
    return NOWHERE


@compiled
def reaching(table: Ints, chain: int, point: int, day: int) -> int:
    """The first point, this one or later, whose chain ends on a day or later."""
    if chain >= 0:
        return max(point, day - chain)
    while chain_end(table, chain, point) < day:
        point += 1
    return point


@inlined
def front_of(free: Ints, open_from: Ints, bench: int, horizon: int) -> int:
    """The first day a bench may have a place on; moves on over the days that are full."""
    front = open_from[bench]
    while front <= horizon and free[bench, front] <= 0:
        front += 1
    open_from[bench] = front
    return int(front)


@inlined
def room(  # noqa: C901, PLR0913 - arrays one by one, see above
    step: Ints,
    table: Ints,
    free: Ints,
    open_from: Ints,
    turn: Ints,
    hand: Ints,
    i: int,
    point: int,
    horizon: int,
) -> int:
    """The first acceptance at or after a point with places for all work and an officer to hand it in.

    Without any before the horizon, ``NOWHERE`` less what was missing.
    """
    special, work, bench, pair = step[i, SPECIAL], step[i, WORK], step[i, BENCH], step[i, PAIR]
    missing, seen = TOO_LONG, 0
    if bench >= 0 and work != 0 and point <= horizon:
        front = front_of(free, open_from, bench, horizon)
        if chain_end(table, special, point) < front - 1:
            point = reaching(table, special, point, front - 1)
            missing = NO_PLACE
    while point <= horizon:
        begin = chain_end(table, special, point)
        end = chain_end(table, work, begin)
        if end > horizon:
            break
        if bench >= 0:
            full = last_full(free, bench, max(begin, seen), end)
            seen = end
            if full != NOWHERE:
                missing = NO_PLACE
                point = reaching(table, special, point, full)
                continue
        if pair < 0:
            return point
        officer = turn[pair, point]
        if officer >= 0 and hand[officer, point] > 0:
            return point
        missing = NO_OFFICER
        point += 1
    return NOWHERE - missing


@compiled
def can_seat(  # noqa: PLR0913 - arrays one by one, see above
    body: Ints, member: Ints, slots: Ints, taken: Ints, rooms: Ints, busy: Bytes, b: int, sitting: int
) -> bool:
    """Whether a sitting has a seat left, or could be opened: a room, and every member free."""
    if taken[sitting] > 0:
        return bool(taken[sitting] & SEATS_TAKEN < body[b, SEATS])
    slot = slots[sitting]
    if body[b, NEEDS_ROOM] and rooms[slot] <= 0:
        return False
    for m in range(body[b, FIRST_MEMBER], body[b, LAST_MEMBER]):  # noqa: SIM110 - compiled: a loop
        if busy[member[m], slot] > 0:
            return False
    return True


@compiled
def first_seat(  # noqa: PLR0913 - arrays one by one, see above
    body: Ints,
    member: Ints,
    slots: Ints,
    following: Ints,
    taken: Ints,
    rooms: Ints,
    busy: Bytes,
    sit_from: Ints,
    b: int,
    point: int,
) -> int:
    """The first sitting at or after a point that has a seat; ``NOWHERE`` if none is left.

    Effects: sittings found full point past themselves in ``sit_from``, so that nobody looks at them again.
    Source: S33 for following and shortening such pointers.
    """
    first, last = wide(following[b, point]), body[b, LAST_SITTING]
    k = first
    while k < last:
        if sit_from[k] > k:
            k = sit_from[k]
        elif can_seat(body, member, slots, taken, rooms, busy, b, k):
            break
        else:
            k += 1
            sit_from[k - 1] = k
    while first < k:
        after = sit_from[first]
        sit_from[first] = k
        first = after
    return int(k) if k < last else NOWHERE


@compiled
def sit(  # noqa: PLR0913 - arrays one by one, see above
    step: Ints,
    table: Ints,
    free: Ints,
    open_from: Ints,
    turn: Ints,
    hand: Ints,
    body: Ints,
    member: Ints,
    slots: Ints,
    following: Ints,
    taken: Ints,
    rooms: Ints,
    busy: Bytes,
    sit_from: Ints,
    i: int,
    point: int,
    wanted: int,
    horizon: int,
) -> tuple[int, int]:
    """From an acceptance with room on, the first that a sitting follows in time, and that sitting."""
    b, work, special = step[i, BODY], step[i, WORK], step[i, SPECIAL]
    opinion, sitting = body[b, OPINION], wanted
    while point >= 0:
        held = point + body[b, NOTICE]
        if held + opinion > horizon:
            break
        if wanted == NOWHERE and (sitting == NOWHERE or slots[sitting] >> 1 < held):
            sitting = first_seat(body, member, slots, following, taken, rooms, busy, sit_from, b, held)
        at = slots[sitting] >> 1 if sitting != NOWHERE else NOWHERE
        if at < held:
            break
        if at <= max(held, chain_end(table, work, chain_end(table, special, point)) - opinion):
            return point, sitting
        point = room(step, table, free, open_from, turn, hand, i, point + 1, horizon)
    if point < 0:
        return NOWHERE, NOWHERE - point
    return NOWHERE, NO_SITTING


@compiled
def fit(f: Facts, s: State, i: int, point: int, wanted: int) -> tuple[int, int]:
    """The first acceptance at or after a point for which a step finds room, and its sitting.

    ``wanted`` is the one sitting to look at, or ``NOWHERE`` for any. Without room before the horizon the
    first answer is ``NOWHERE`` and the second says what was missing.
    """
    step, table, free, open_from, turn, hand = f.step, f.table, s.free, s.open_from, f.turn, s.hand
    horizon = f.number[HORIZON]
    point = room(step, table, free, open_from, turn, hand, i, point, horizon)
    if point < 0:
        return NOWHERE, NOWHERE - point
    if step[i, BODY] < 0:
        return point, NOWHERE
    return sit(
        step,
        table,
        free,
        open_from,
        turn,
        hand,
        f.body,
        f.member,
        f.sitting,
        f.next_sitting,
        s.taken,
        s.rooms,
        s.busy,
        s.sit_from,
        i,
        point,
        wanted,
        horizon,
    )


@compiled
def seat(  # noqa: PLR0913 - arrays one by one, see above
    body: Ints, member: Ints, slots: Ints, taken: Ints, rooms: Ints, busy: Bytes, b: int, sitting: int
) -> None:
    """Take a seat; the first one opens the sitting: its room and its members are taken."""
    if taken[sitting] == 0:
        slot = slots[sitting]
        if body[b, NEEDS_ROOM]:
            rooms[slot] -= 1
        for m in range(body[b, FIRST_MEMBER], body[b, LAST_MEMBER]):
            busy[member[m], slot] += 1
    taken[sitting] += 1


@compiled
def unseat(f: Facts, s: State, b: int, sitting: int) -> None:
    """Give a seat back; the last one closes the sitting, which may make room for any joint review."""
    s.taken[sitting] -= 1
    look_again(f, s, b, sitting)
    if s.taken[sitting] > 0:
        return
    slot = f.sitting[sitting]
    if f.body[b, NEEDS_ROOM]:
        s.rooms[slot] += 1
    for m in range(f.body[b, FIRST_MEMBER], f.body[b, LAST_MEMBER]):
        s.busy[f.member[m], slot] -= 1
    for other in range(len(f.body)):
        k = wide(f.next_sitting[other, min(slot >> 1, f.number[HORIZON])])
        while k < f.body[other, LAST_SITTING] and f.sitting[k] <= slot:
            if f.sitting[k] == slot:
                look_again(f, s, other, k)
            k += 1


@compiled
def look_again(f: Facts, s: State, b: int, sitting: int) -> None:
    """Let no pointer of ``sit_from`` lead past a sitting that may have a seat again."""
    k = sitting
    while k >= f.body[b, FIRST_SITTING] and s.sit_from[k] != k:
        s.sit_from[k] = k
        k -= 1


@inlined
def take(  # noqa: PLR0913 - arrays one by one, see above
    step: Ints,
    table: Ints,
    turn: Ints,
    placed: Ints,
    free: Ints,
    hand: Ints,
    i: int,
    accepted: int,
    horizon: int,
) -> None:
    """Write down where a step is accepted and take its places and its officer; it has no sitting yet."""
    begin = chain_end(table, step[i, SPECIAL], accepted)
    end = chain_end(table, step[i, WORK], begin)
    placed[i, ACCEPT] = accepted
    placed[i, OWN_END] = end
    placed[i, SITTING] = NOWHERE
    bench, pair, officer = step[i, BENCH], step[i, PAIR], NOWHERE
    if bench >= 0:
        end = min(end, horizon)
        begin = min(begin, end)
        placed[i, WORK_FROM] = begin
        placed[i, WORK_TO] = end
        for day in range(begin + 1, end + 1):
            free[bench, day] -= 1
    if pair >= 0 and accepted <= horizon:
        officer = turn[pair, accepted]
        if officer >= 0:
            hand[officer, accepted] -= 1
    placed[i, OFFICER] = officer


@compiled
def book(f: Facts, s: State, i: int, accepted: int, sitting: int) -> None:
    """Write down where a step is accepted and sits, and take the room that needs."""
    take(f.step, f.table, f.turn, s.placed, s.free, s.hand, i, accepted, f.number[HORIZON])
    if sitting != NOWHERE:
        b = f.step[i, BODY]
        seat(f.body, f.member, f.sitting, s.taken, s.rooms, s.busy, b, sitting)
        s.placed[i, SITTING] = sitting
        s.placed[i, OWN_END] = max(s.placed[i, OWN_END], (f.sitting[sitting] >> 1) + f.body[b, OPINION])


@compiled
def give_back(step: Ints, placed: Ints, free: Ints, hand: Ints, open_from: Ints, i: int) -> None:
    """Give back a step's places and its officer's hands; harmless where it has none."""
    bench = step[i, BENCH]
    if bench >= 0:
        begin = placed[i, WORK_FROM]
        for day in range(begin + 1, placed[i, WORK_TO] + 1):
            free[bench, day] += 1
        open_from[bench] = min(open_from[bench], begin + 1)
        placed[i, WORK_TO] = begin
    officer = placed[i, OFFICER]
    if officer >= 0:
        hand[officer, placed[i, ACCEPT]] += 1
        placed[i, OFFICER] = NOWHERE


@compiled
def lift(f: Facts, s: State, i: int) -> None:
    """Give back all the room a step has taken; harmless for a step that has none."""
    give_back(f.step, s.placed, s.free, s.hand, s.open_from, i)
    sitting = s.placed[i, SITTING]
    if sitting >= 0:
        unseat(f, s, wide(f.step[i, BODY]), wide(sitting))
        s.placed[i, SITTING] = NOWHERE
    s.placed[i, FORCED] = 0
