"""The portfolio as flat arrays: what the compiled loops read and write.

Steps are numbered project by project, inside a project so that each comes after all it waits for. Points
are shifted by ``Arrays.origin``, so that none is below zero.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Bytes = NDArray[np.int8]

# --- columns of ``Facts.step``: one row of 64 bytes for each step ----------------------------------------
EARLIEST = 0
"""No earlier than this whatever its predecessors say; of a step that has started, its start."""
PREPARATION = 1
SPECIAL = 2
WORK = 3
"""Lengths in working days; below zero, ``-1 - row`` of ``Facts.table``."""
BENCH = 4
PAIR = 5
BODY = 6
FIRST_GATE = 7
LAST_GATE = 8
STATE = 9
GIVEN_ACCEPT = 10
"""Accepted on, or planned for; ``NOWHERE`` if neither."""
GIVEN_SITTING = 11
PROJECT = 12
PREPARATION_DAYS = 13
OWN_DAYS = 14
"""Typical lengths before and after acceptance, for the order alone."""
DEADLINE = 15
STEP_COLUMNS = 16

# --- bits of ``STATE`` -----------------------------------------------------------------------------------
FREE = 0
STARTED = 1
KEPT = 2
ACCEPTED = 4
FINISHED = 8
PLANNED = 16
"""It has a day in the plan that stands, and nobody outside counts on it. With ``KEPT`` it is held there as
long as it can be; that it had to move is no fault."""

# --- what ``State.taken`` holds beside a number of seats -------------------------------------------------
HELD_OPEN = 1 << 24
"""Added for a sitting that others hold open, also while nobody sits there yet."""
SEATS_TAKEN = HELD_OPEN - 1

# --- columns of ``Facts.project`` ------------------------------------------------------------------------
FIRST = 0
LAST = 1
TARGET = 2
DUE = 3
WEIGHT = 4
RELEASE = 5
PROJECT_COLUMNS = 6

# --- columns of ``Facts.body`` ---------------------------------------------------------------------------
NOTICE = 0
OPINION = 1
SEATS = 2
NEEDS_ROOM = 3
FIRST_SITTING = 4
LAST_SITTING = 5
FIRST_MEMBER = 6
LAST_MEMBER = 7
BODY_COLUMNS = 8

# --- places of ``Facts.number`` --------------------------------------------------------------------------
HORIZON = 0
TODAY = 1
ROOMS = 2
MOVE_COST = 3
"""What moving one planned day or sitting costs, in thousandths of a working day past a promise."""
NUMBERS = 4

# --- columns of ``State.placed`` -------------------------------------------------------------------------
START = 0
ACCEPT = 1
OWN_END = 2
SITTING = 3
OFFICER = 4
WORK_FROM = 5
WORK_TO = 6
FORCED = 7
PLACED_COLUMNS = 8

NOWHERE = -1
FAR = 1 << 28
"""No promise, no deadline: later than every horizon."""

ACCEPT_GATE = -1
"""In place of tail days: the gate holds back acceptance, not the result."""


class Facts(NamedTuple):
    """What is given; no loop changes it.

    Shape: ``gate`` (gates, 2) holds a predecessor and its tail days, the gates of one step in a row;
    ``table`` (chains, width) where a chain of calendar days ends; ``places`` (benches, days), ``hand_ins``
    (officers, days), ``turn`` (pairs, days) the officer who acts; ``sitting`` the half-days of all joint
    reviews, point * 2 + half, in order for each; ``next_sitting`` (bodies, days) the first at or after a
    point; ``given`` the steps that stay, in order.
    """

    step: Ints
    gate: Ints
    project: Ints
    table: Ints
    places: Ints
    hand_ins: Ints
    turn: Ints
    body: Ints
    sitting: Ints
    next_sitting: Ints
    member: Ints
    given: Ints
    number: Ints


class State(NamedTuple):
    """What has been placed so far, and the room that is left.

    Shape: ``free`` (benches, days) and ``hand`` (officers, days) may fall below zero where given steps
    alone are too many; ``taken`` seats by sitting, and ``HELD_OPEN``; ``rooms`` by half-day; ``busy``
    (members, half-days);
    ``open_from`` where the search for places begins, by bench;
    ``sit_from`` by sitting the next that may have a seat, itself until it was found full; ``trouble`` the
    step nothing was found for, and what was missing; nothing where all was found.
    """

    placed: Ints
    finish: Ints
    free: Ints
    hand: Ints
    taken: Ints
    rooms: Ints
    busy: Bytes
    open_from: Ints
    sit_from: Ints
    trouble: Ints


# --- values of ``State.trouble[1]`` ----------------------------------------------------------------------
TOO_LONG = 0
NO_PLACE = 1
NO_OFFICER = 2
NO_SITTING = 3


def state_for(facts: Facts) -> State:
    """An empty state for these facts; ``kernels.clear`` fills in the room."""
    steps, days = len(facts.step), facts.number[HORIZON] + 2
    members = 1 + int(facts.member.max(initial=-1))
    placed = np.zeros((steps, PLACED_COLUMNS), np.int32)
    placed[:, [SITTING, OFFICER]] = NOWHERE
    return State(
        placed=placed,
        finish=np.zeros(steps, np.int32),
        free=np.empty_like(facts.places),
        hand=np.empty_like(facts.hand_ins),
        taken=np.zeros(len(facts.sitting), np.int32),
        rooms=np.zeros(2 * days, np.int32),
        busy=np.zeros((members, 2 * days), np.int8),
        open_from=np.zeros(len(facts.places), np.int32),
        sit_from=np.zeros(len(facts.sitting), np.int32),
        trouble=np.zeros(2, np.int32),
    )
