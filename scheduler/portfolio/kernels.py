"""The serial schedule of a whole portfolio, in compiled loops: an order of steps in, a place for each out.

Given steps (accepted, kept) are booked first; then every step, in order, takes the first room it finds.

Units: points of ``Facts``; keys are points too, smaller is sooner.
Source: S32 for the serial scheme and for latest dates as its priority.
"""

from __future__ import annotations

from scheduler.compiled import compiled
from scheduler.portfolio.layout import (
    ACCEPT_GATE,
    ACCEPTED,
    BODY,
    EARLIEST,
    FINISHED,
    FIRST_GATE,
    FIRST_SITTING,
    FORCED,
    GIVEN_ACCEPT,
    GIVEN_SITTING,
    HORIZON,
    KEPT,
    LAST_GATE,
    LAST_SITTING,
    NOTICE,
    NOWHERE,
    OFFICER,
    OPINION,
    OWN_END,
    PREPARATION,
    ROOMS,
    SITTING,
    SPECIAL,
    START,
    STARTED,
    STATE,
    TODAY,
    TOO_LONG,
    WORK,
    WORK_FROM,
    WORK_TO,
    Bytes,
    Facts,
    Ints,
    State,
)
from scheduler.portfolio.rooms import (
    book,
    can_seat,
    chain_end,
    first_seat,
    fit,
    lift,
    room,
    seat,
    sit,
    take,
    wide,
)

AHEAD = 128
"""So many steps are read ahead."""
MOVED = 1
"""In ``FORCED``: a given step that had to be placed anew."""
LOST = 2
"""In ``FORCED`` while decoding: what was given can no longer be had."""


@compiled
def clear(f: Facts, s: State) -> None:
    """All room is free again; where steps were placed is forgotten."""
    s.free[:, :] = f.places
    s.hand[:, :] = f.hand_ins
    s.taken[:] = 0
    s.rooms[:] = f.number[ROOMS]
    s.busy[:, :] = 0
    s.open_from[:] = f.number[TODAY] + 1
    for k in range(len(s.sit_from)):
        s.sit_from[k] = k
    s.trouble[:] = NOWHERE


@compiled
def may_keep(f: Facts, s: State, i: int, sitting: int) -> bool:
    """Whether a given sitting is still offered, late enough after acceptance, and has a seat."""
    body = f.step[i, BODY]
    if sitting < f.body[body, FIRST_SITTING] or sitting >= f.body[body, LAST_SITTING]:
        return False
    if f.sitting[sitting] >> 1 < f.step[i, GIVEN_ACCEPT] + f.body[body, NOTICE]:
        return False
    return bool(can_seat(f.body, f.member, f.sitting, s.taken, s.rooms, s.busy, body, sitting))


@compiled
def book_given(f: Facts, s: State, i: int) -> None:
    """Book a step that stays, as far as its sitting lets it; a sitting still to be found comes later."""
    s.placed[i, FORCED] = 0
    s.placed[i, WORK_FROM] = 0
    s.placed[i, WORK_TO] = 0
    s.placed[i, OFFICER] = NOWHERE
    s.placed[i, SITTING] = NOWHERE
    accepted, sitting = wide(f.step[i, GIVEN_ACCEPT]), wide(f.step[i, GIVEN_SITTING])
    if sitting != NOWHERE:
        point = f.sitting[sitting] >> 1
        is_over = f.step[i, STATE] & ACCEPTED != 0 and point < f.number[TODAY]
        if not is_over and not may_keep(f, s, i, sitting):
            s.placed[i, FORCED] = LOST
            sitting = NOWHERE
    if s.placed[i, FORCED] != LOST or f.step[i, STATE] & ACCEPTED:
        book(f, s, i, accepted, sitting)


@compiled
def seat_given(f: Facts, s: State, i: int) -> None:
    """Find the sitting a given step still lacks: the first with a seat, today or later."""
    body = f.step[i, BODY]
    if body < 0 or s.placed[i, SITTING] != NOWHERE:
        return
    if s.placed[i, FORCED] == LOST and f.step[i, STATE] & ACCEPTED == 0:
        return
    accepted = wide(f.step[i, GIVEN_ACCEPT])
    point = max(accepted + f.body[body, NOTICE], f.number[TODAY])
    sitting = NOWHERE
    if point <= f.number[HORIZON]:
        sitting = first_seat(
            f.body,
            f.member,
            f.sitting,
            f.next_sitting,
            s.taken,
            s.rooms,
            s.busy,
            s.sit_from,
            body,
            point,
        )
    if sitting == NOWHERE:
        s.placed[i, FORCED] = LOST
        return
    was_lost = s.placed[i, FORCED]
    lift(f, s, i)
    book(f, s, i, accepted, sitting)
    s.placed[i, FORCED] = was_lost


@compiled
def give(f: Facts, s: State, steps: Ints) -> None:
    """Book these given steps, in order; sittings already said first, those still to find after them."""
    for k in range(len(steps)):
        book_given(f, s, wide(steps[k]))
    for k in range(len(steps)):
        seat_given(f, s, wide(steps[k]))


@compiled
def lost(s: State, i: int, missing: int) -> None:
    """Write down which step found nothing, and what it lacked."""
    s.trouble[0] = i
    s.trouble[1] = missing


@compiled
def place_free(f: Facts, s: State, i: int, ready: int, wanted: int) -> bool:
    """Take the first room there is for a step from a point on; False, with ``trouble``, if there is none."""
    accepted, sitting = fit(f, s, i, ready, wanted)
    if accepted == NOWHERE:
        lost(s, i, sitting)
        return False
    book(f, s, i, accepted, sitting)
    return True


@compiled
def stay(f: Facts, s: State, i: int, ready: int) -> bool:
    """Leave a given step where it is booked; a kept one that has become impossible is placed anew."""
    is_lost = s.placed[i, FORCED] == LOST
    if f.step[i, STATE] & ACCEPTED:
        s.placed[i, FORCED] = MOVED if is_lost else 0
        return True
    if not is_lost and ready <= f.step[i, GIVEN_ACCEPT]:
        return True
    lift(f, s, i)
    body, wanted = f.step[i, BODY], wide(f.step[i, GIVEN_SITTING])
    found = False
    is_offered = wanted != NOWHERE and f.body[body, FIRST_SITTING] <= wanted < f.body[body, LAST_SITTING]
    if is_offered and can_seat(f.body, f.member, f.sitting, s.taken, s.rooms, s.busy, body, wanted):
        found = place_free(f, s, i, ready, wanted)
    if not found:
        found = place_free(f, s, i, ready, wide(NOWHERE))
    s.placed[i, FORCED] = MOVED
    return found


@compiled
def fetch(f: Facts, s: State, order: Ints, first: int, last: int) -> None:
    """Read the rows of the steps to come, one after the other, so that they wait in the processor's cache.

    An order jumps from project to project, so every step would stop for memory; reads that do not depend on
    each other travel together.
    """
    step, placed, finish, gate = f.step, s.placed, s.finish, f.gate
    touched = 0
    for k in range(first, last):
        i = order[k]
        touched += step[i, EARLIEST] + step[i, STATE] + placed[i, START] + placed[i, FORCED] + finish[i]
    for k in range(first, last):
        e = step[order[k], FIRST_GATE]
        if e < len(gate):
            touched += gate[e, 0]
    for k in range(first, last):
        i = order[k]
        if step[i, FIRST_GATE] < step[i, LAST_GATE]:
            touched += finish[gate[step[i, FIRST_GATE], 0]]
    s.trouble[1] = touched & 1  # written down, so that the compiler does not leave the reads out


@compiled
def place_run(  # noqa: C901, PLR0915 - the one hot loop: its arrays are named once, before it
    f: Facts, s: State, order: Ints, first: int, last: int
) -> int:
    """Place the steps that stand in an order from one place up to another, predecessors before successors.

    Answers the place of the step nothing was left for, with ``trouble``; ``last`` where all found room.
    """
    step, gate, table, turn = f.step, f.gate, f.table, f.turn
    placed, finish, free, hand, open_from = s.placed, s.finish, s.free, s.hand, s.open_from
    body, member, slots, following = f.body, f.member, f.sitting, f.next_sitting
    taken, rooms, busy, sit_from = s.taken, s.rooms, s.busy, s.sit_from
    horizon, today = f.number[HORIZON], f.number[TODAY]
    for k in range(first, last):
        if (k - first) % AHEAD == 0:
            fetch(f, s, order, k, min(last, k + AHEAD))
        i = wide(order[k])
        start, gated, issued = wide(step[i, EARLIEST]), NOWHERE, NOWHERE
        for e in range(step[i, FIRST_GATE], step[i, LAST_GATE]):
            end, tail = finish[gate[e, 0]], gate[e, 1]
            if tail == ACCEPT_GATE:
                gated = max(gated, end)
            else:
                issued = max(issued, end + tail)
        state = step[i, STATE]
        if state & STARTED:
            ready = max(chain_end(table, step[i, PREPARATION], start), gated, today)
        else:
            start = max(start, gated)
            ready = chain_end(table, step[i, PREPARATION], start)
        placed[i, START] = start
        if state & (ACCEPTED | KEPT):
            found = stay(f, s, i, ready)
        else:
            placed[i, FORCED] = 0
            accepted = room(step, table, free, open_from, turn, hand, i, ready, horizon)
            b, sitting = step[i, BODY], NOWHERE - accepted
            if b >= 0 and accepted >= 0:
                accepted, sitting = sit(
                    step,
                    table,
                    free,
                    open_from,
                    turn,
                    hand,
                    body,
                    member,
                    slots,
                    following,
                    taken,
                    rooms,
                    busy,
                    sit_from,
                    i,
                    accepted,
                    wide(NOWHERE),
                    horizon,
                )
            found = accepted >= 0
            if not found:
                lost(s, i, sitting)
            else:
                take(step, table, turn, placed, free, hand, i, accepted, horizon)
                if b >= 0:
                    seat(body, member, slots, taken, rooms, busy, b, sitting)
                    placed[i, SITTING] = sitting
                    placed[i, OWN_END] = max(placed[i, OWN_END], (slots[sitting] >> 1) + body[b, OPINION])
        end = max(placed[i, OWN_END], issued)
        if state & ACCEPTED:
            if not state & FINISHED:
                end = max(end, today)
        elif found and end > horizon:
            lost(s, i, TOO_LONG)
            found = False
        finish[i] = end
        if not found:
            return k
    return last


@compiled
def may_sit_again(f: Facts, s: State, i: int, sitting: int) -> bool:
    """Whether a planned step may keep its sitting, and does not lie waiting for it longer than it has to."""
    if sitting == NOWHERE or not may_keep(f, s, i, sitting):
        return False
    accepted, body = wide(f.step[i, GIVEN_ACCEPT]), f.step[i, BODY]
    worked = chain_end(f.table, f.step[i, WORK], chain_end(f.table, f.step[i, SPECIAL], accepted))
    opinion = f.body[body, OPINION]
    latest = max(accepted + f.body[body, NOTICE], worked - opinion)
    return bool(f.sitting[sitting] >> 1 <= latest)


@compiled
def hold(f: Facts, s: State, order: Ints, stays: Bytes) -> None:
    """Book, in order, each planned step that still fits on its day beside what is given and what stayed.

    Effects: ``stays`` holds 1 for the steps to try, and for those that found room afterwards.
    """
    clear(f, s)
    give(f, s, f.given)
    step, table, free, hand = f.step, f.table, s.free, s.hand
    for k in range(len(order)):
        i = wide(order[k])
        if not stays[i]:
            continue
        accepted, sitting = wide(step[i, GIVEN_ACCEPT]), wide(step[i, GIVEN_SITTING])
        at = room(step, table, free, s.open_from, f.turn, hand, i, accepted, f.number[HORIZON])
        if at != accepted or (step[i, BODY] >= 0 and not may_sit_again(f, s, i, sitting)):
            stays[i] = 0
        else:
            book(f, s, i, accepted, sitting)


@compiled
def decode(f: Facts, s: State, order: Ints) -> bool:
    """Place every step, in an order that puts none before a predecessor; False where one finds no room."""
    clear(f, s)
    return place_all(f, s, order)


@compiled
def place_all(f: Facts, s: State, order: Ints) -> bool:
    """Place every step in order in what room a state has left; False where one finds none."""
    give(f, s, f.given)
    return place_run(f, s, order, wide(0), len(order)) == len(order)
