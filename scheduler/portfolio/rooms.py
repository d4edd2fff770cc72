"""Room, in compiled loops: places on benches, officers' hands, sittings; and how one step takes and gives it.

Every loop may be called again and again on the same state: what is booked is taken from ``State.free``,
``hand``, ``taken``, ``rooms`` and ``busy``, and ``lift`` gives exactly that back.

Units: points of ``Facts``, see ``scheduler.portfolio.layout``.
"""

from __future__ import annotations

from scheduler.compiled import compiled
from scheduler.portfolio.layout import (
    ACCEPT,
    BENCH,
    BODY,
    FIRST_MEMBER,
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
    SITTING,
    SPECIAL,
    TOO_LONG,
    WORK,
    WORK_FROM,
    WORK_TO,
    Facts,
    Ints,
    State,
)


@compiled
def along(f: Facts, chain: int, point: int) -> int:
    """Where a chain of segments ends that follows a point."""
    if chain >= 0:
        return point + chain
    last = f.table.shape[1] - 1
    if point > last:
        return int(f.table[-1 - chain, last] + point - last)
    return int(f.table[-1 - chain, point])


@compiled
def last_full(free: Ints, bench: int, after: int, until: int) -> int:
    """The last day after one point, up to another, on which a bench is full; ``NOWHERE`` if none."""
    for day in range(until, after, -1):
        if free[bench, day] <= 0:
            return day
    return NOWHERE


@compiled
def reaching(f: Facts, chain: int, point: int, day: int) -> int:
    """The first point, this one or later, whose chain ends on a day or later."""
    if chain >= 0:
        return max(point, day - chain)
    while along(f, chain, point) < day:
        point += 1
    return point


@compiled
def can_seat(f: Facts, s: State, body: int, sitting: int) -> bool:
    """Whether a sitting has a seat left, or could be opened: a room, and every member free."""
    taken = s.taken[sitting]
    if taken > 0:
        return bool(taken < f.body[body, SEATS])
    slot = f.sitting[sitting]
    if f.body[body, NEEDS_ROOM] and s.rooms[slot] <= 0:
        return False
    for m in range(f.body[body, FIRST_MEMBER], f.body[body, LAST_MEMBER]):
        if s.busy[f.member[m], slot] > 0:
            return False
    return True


@compiled
def first_seat(f: Facts, s: State, body: int, point: int) -> int:
    """The first sitting at or after a point that has a seat; ``NOWHERE`` if none is left."""
    if point > f.number[HORIZON]:
        return NOWHERE
    k = f.next_sitting[body, point]
    begins_at_front = k <= s.sit_from[body]
    if begins_at_front:
        k = s.sit_from[body]
    last = f.body[body, LAST_SITTING]
    while k < last and not can_seat(f, s, body, k):
        k += 1
    if begins_at_front:
        s.sit_from[body] = k
    return k if k < last else NOWHERE


@compiled
def opened(f: Facts, s: State, body: int, sitting: int, change: int) -> None:
    """Take (+1) or give back (-1) the room and the members of a sitting."""
    slot = f.sitting[sitting]
    if f.body[body, NEEDS_ROOM]:
        s.rooms[slot] -= change
    for m in range(f.body[body, FIRST_MEMBER], f.body[body, LAST_MEMBER]):
        s.busy[f.member[m], slot] += change


@compiled
def seat(f: Facts, s: State, body: int, sitting: int) -> None:
    """Take a seat; the first one opens the sitting."""
    if s.taken[sitting] == 0:
        opened(f, s, body, sitting, 1)
    s.taken[sitting] += 1


@compiled
def unseat(f: Facts, s: State, body: int, sitting: int) -> None:
    """Give a seat back; the last one closes the sitting, which may make room for any joint review."""
    s.taken[sitting] -= 1
    s.sit_from[body] = min(s.sit_from[body], sitting)
    if s.taken[sitting] == 0:
        opened(f, s, body, sitting, -1)
        point = f.sitting[sitting] >> 1
        for other in range(len(s.sit_from)):
            s.sit_from[other] = min(s.sit_from[other], f.next_sitting[other, point])


@compiled
def fit(  # noqa: C901, PLR0915 - one loop, compiled: a branch for each kind of room
    f: Facts, s: State, i: int, point: int, wanted: int
) -> tuple[int, int]:
    """The first acceptance at or after a point for which a step finds room, and its sitting.

    ``wanted`` is the one sitting to look at, or ``NOWHERE`` for any. Without room before the horizon the
    first answer is ``NOWHERE`` and the second says what was missing.
    """
    horizon = f.number[HORIZON]
    special, work = f.step[i, SPECIAL], f.step[i, WORK]
    bench, pair, body = f.step[i, BENCH], f.step[i, PAIR], f.step[i, BODY]
    missing, seen, sitting = TOO_LONG, 0, NOWHERE
    a = point
    if bench >= 0 and a <= horizon:
        front = s.open_from[bench]
        while front <= horizon and s.free[bench, front] <= 0:
            front += 1
        s.open_from[bench] = front
        if work != 0 and along(f, special, a) < front - 1:
            a = reaching(f, special, a, front - 1)
            missing = NO_PLACE
    while a <= horizon:
        begin = along(f, special, a)
        end = along(f, work, begin)
        if end > horizon:
            break
        if bench >= 0:
            full = last_full(s.free, bench, max(begin, seen), end)
            seen = end
            if full != NOWHERE:
                missing = NO_PLACE
                a = reaching(f, special, a, full)
                continue
        if pair >= 0:
            officer = f.turn[pair, a]
            if officer < 0 or s.hand[officer, a] <= 0:
                missing = NO_OFFICER
                a += 1
                continue
        if body >= 0:
            held = a + f.body[body, NOTICE]
            if wanted != NOWHERE:
                sitting = wanted
            elif sitting == NOWHERE or f.sitting[sitting] >> 1 < held:
                sitting = first_seat(f, s, body, held)
            at = f.sitting[sitting] >> 1 if sitting != NOWHERE else NOWHERE
            if at < held or held + f.body[body, OPINION] > horizon:
                missing = NO_SITTING
                break
            if at > max(held, end - f.body[body, OPINION]):
                missing = NO_SITTING
                a += 1
                continue
        return a, sitting
    return NOWHERE, missing


@compiled
def own_end(f: Facts, i: int, worked: int, sitting: int) -> int:
    """When a step's work and its sitting's opinion are both there."""
    body = f.step[i, BODY]
    if body < 0 or sitting == NOWHERE:
        return worked
    return max(worked, (int(f.sitting[sitting]) >> 1) + int(f.body[body, OPINION]))


@compiled
def book(f: Facts, s: State, i: int, accepted: int, sitting: int) -> None:
    """Write down where a step is accepted and sits, and take the room that needs."""
    begin = along(f, f.step[i, SPECIAL], accepted)
    end = along(f, f.step[i, WORK], begin)
    s.placed[i, ACCEPT] = accepted
    s.placed[i, OWN_END] = own_end(f, i, end, sitting)
    bench, pair = f.step[i, BENCH], f.step[i, PAIR]
    horizon = f.number[HORIZON]
    if bench >= 0:
        if end > horizon:
            end = horizon
        if begin > end:
            begin = end
        s.placed[i, WORK_FROM] = begin
        s.placed[i, WORK_TO] = end
        for day in range(begin + 1, end + 1):
            s.free[bench, day] -= 1
    officer = NOWHERE
    if pair >= 0 and accepted <= horizon:
        officer = f.turn[pair, accepted]
        if officer >= 0:
            s.hand[officer, accepted] -= 1
    s.placed[i, OFFICER] = officer
    s.placed[i, SITTING] = sitting
    if sitting != NOWHERE:
        seat(f, s, f.step[i, BODY], sitting)


@compiled
def lift(f: Facts, s: State, i: int) -> None:
    """Give back all the room a step has taken; harmless for a step that has none."""
    bench = f.step[i, BENCH]
    if bench >= 0:
        begin = s.placed[i, WORK_FROM]
        for day in range(begin + 1, s.placed[i, WORK_TO] + 1):
            s.free[bench, day] += 1
        s.open_from[bench] = min(s.open_from[bench], begin + 1)
        s.placed[i, WORK_TO] = begin
    officer = s.placed[i, OFFICER]
    if officer >= 0:
        s.hand[officer, s.placed[i, ACCEPT]] += 1
        s.placed[i, OFFICER] = NOWHERE
    sitting = s.placed[i, SITTING]
    if sitting >= 0:
        unseat(f, s, f.step[i, BODY], sitting)
        s.placed[i, SITTING] = NOWHERE
    s.placed[i, FORCED] = 0
