"""A plan of the whole portfolio: a quick one always, a better one within a limit, and what none can beat."""

from __future__ import annotations

import time
from dataclasses import KW_ONLY, dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from scheduler.portfolio import bounds, kernels, layout, measures, orders
from scheduler.portfolio.arrays import Arrays, build, plan_of
from scheduler.portfolio.demands import Portfolio
from scheduler.portfolio.effort import Effort, Progress, Watch
from scheduler.portfolio.errors import (
    NoOfficerBeforeHorizon,
    NoPlaceBeforeHorizon,
    NoRoomBeforeHorizon,
    NoSittingBeforeHorizon,
    TooLongForHorizon,
)
from scheduler.portfolio.improve import improve
from scheduler.portfolio.improve_kernels import cost
from scheduler.portfolio.layout import Ints, State
from scheduler.portfolio.plan import PortfolioPlan

__all__ = ["Effort", "Outcome", "Progress", "Status", "Watch", "decoded", "no_room", "plan", "quick"]


class Status(StrEnum):
    """How good the plan is known to be, and why the search ended."""

    PROVED = "proved"
    """No plan has less tardiness."""
    FOUND = "found"
    """The search went as far as it was asked to."""
    STOPPED = "stopped"
    """Whoever watched stopped it, or its time was over."""


@dataclass(frozen=True)
class Outcome:
    """A plan, and how good it is.

    Units: ``tardiness`` and ``bound`` in working days past the promises, weighted; no plan is below
    ``bound``. ``seconds`` of processor time.
    """

    plan: PortfolioPlan
    status: Status
    _: KW_ONLY
    decodes: int
    tardiness: int
    bound: int
    seconds: float


def plan(
    portfolio: Portfolio,
    *,
    effort: Effort | None = None,
    seed: int = 0,
    watch: Watch | None = None,
    move_cost: int = 0,
) -> Outcome:
    """Plan all projects together: first the most urgent promises, then, within the effort, a better order.

    With a ``move_cost`` it begins from the plan that stands where that costs less: what is planned there
    stays, as long as it can, unless moving it saves more than it costs.

    Units: ``move_cost`` in thousandths of a working day past a promise, for each planned step that moves.
    Raises: NoRoomBeforeHorizon, naming the step and what it lacks; OutsideCalendar.
    """
    began = time.process_time()
    effort = effort or Effort()
    arrays = build(portfolio, move_cost=move_cost)
    bound = int(bounds.tardiness(arrays))
    arrays, state, keys = first(arrays)
    decodes, status = 1, Status.FOUND
    best = measures.tardiness(arrays.facts, state)
    if best > bound and effort.decodes > 1:
        found = improve(arrays, keys, effort=effort, bound=bound, seed=seed, watch=watch)
        decodes, status = found.decodes, Status.STOPPED if found.is_stopped else Status.FOUND
        state = decoded(arrays, found.keys)
        best = measures.tardiness(arrays.facts, state)
    return Outcome(
        plan_of(arrays, state),
        Status.PROVED if best <= bound else status,
        decodes=decodes,
        tardiness=int(best),
        bound=bound,
        seconds=time.process_time() - began,
    )


def first(arrays: Arrays) -> tuple[Arrays, State, Ints]:
    """The quick plan, or one in which more or fewer projects stay where they stand: whichever costs least.

    Shape: the arrays hold what stays, so that a search from the keys leaves it there.
    Raises: NoRoomBeforeHorizon.
    """
    facts, found = arrays.facts, []
    keys = due_keys(arrays)
    held, failed = [arrays], None
    if facts.number[layout.MOVE_COST] and (facts.step[:, layout.STATE] & layout.PLANNED).any():
        held = [*standing(arrays, keys), arrays]
    for one in held:
        try:
            found.append((one, decoded(one, keys)))
        except NoRoomBeforeHorizon as error:
            failed = error
    if not found and failed is not None:
        raise failed
    best, state = min(found, key=lambda one: int(cost(one[0].facts, one[1])))
    return best, state, keys


def standing(arrays: Arrays, keys: Ints) -> list[Arrays]:
    """The plan that stands held: of every project; of those in time; of those in time by the least."""
    facts = arrays.facts
    everybody = holding(arrays, keys, np.ones(len(facts.project), bool))
    try:
        state = decoded(everybody, keys)
    except NoRoomBeforeHorizon:
        return [everybody]
    margin = facts.project[:, layout.DUE] - state.finish[facts.project[:, layout.TARGET]]
    in_time = margin >= 0
    if in_time.all():
        return [everybody]
    tight = in_time & (margin <= np.median(margin[in_time])) if in_time.any() else in_time
    return [everybody, holding(arrays, keys, in_time), holding(arrays, keys, tight)]


def holding(arrays: Arrays, keys: Ints, projects: NDArray[np.bool_]) -> Arrays:
    """The arrays with the planned steps of these projects held where they stand, as far as all fit."""
    facts, order, lifted = arrays.facts, np.zeros_like(keys), np.zeros_like(keys)
    orders.order_of(facts, keys, lifted, order)
    planned = (facts.step[:, layout.STATE] & layout.PLANNED) > 0
    stays = (planned & projects[facts.step[:, layout.PROJECT]]).astype(np.int8)
    kernels.hold(facts, layout.state_for(facts), order, stays)
    step = facts.step.copy()
    step[stays > 0, layout.STATE] |= layout.KEPT
    given = np.concatenate([facts.given, np.flatnonzero(stays).astype(np.int32)])
    return replace(arrays, facts=facts._replace(step=step, given=given))


def quick(arrays: Arrays) -> tuple[State, Ints]:
    """The plan that serves the most urgent promise first, and the keys it was made from.

    Raises: NoRoomBeforeHorizon.
    """
    keys = due_keys(arrays)
    return decoded(arrays, keys), keys


def due_keys(arrays: Arrays) -> Ints:
    """The key of every step that serves the most urgent promise first."""
    keys, end, late = (np.zeros(len(arrays.facts.step), np.int32) for _ in range(3))
    orders.due_keys(arrays.facts, end, late, keys)
    return keys


def decoded(arrays: Arrays, keys: Ints) -> State:
    """The plan that follows from keys. Raises: NoRoomBeforeHorizon."""
    lifted, order = np.zeros_like(keys), np.zeros_like(keys)
    orders.order_of(arrays.facts, keys, lifted, order)
    state = layout.state_for(arrays.facts)
    if not kernels.decode(arrays.facts, state, order):
        raise no_room(arrays, state)
    return state


def no_room(arrays: Arrays, state: State) -> NoRoomBeforeHorizon:
    """What to say about the step for which a state found no room."""
    i, missing = (int(number) for number in state.trouble[:2])
    project, step = arrays.steps[i]
    row, portfolio = arrays.facts.step[i], arrays.portfolio
    horizon = int(arrays.facts.number[layout.HORIZON]) - arrays.origin
    kind: type[NoRoomBeforeHorizon] = TooLongForHorizon
    what = ""
    if portfolio is None:
        return kind(project=project, step=step, horizon=horizon)
    if missing == layout.NO_PLACE:
        kind, what = NoPlaceBeforeHorizon, portfolio.benches[row[layout.BENCH]].key
    elif missing == layout.NO_OFFICER:
        kind, what = NoOfficerBeforeHorizon, "、".join(portfolio.projects[row[layout.PROJECT]].officers)
    elif missing == layout.NO_SITTING:
        kind, what = NoSittingBeforeHorizon, portfolio.bodies[row[layout.BODY]].key
    return kind(project=project, step=step, horizon=portfolio.day(horizon), what=what)
