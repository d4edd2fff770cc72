"""A plan of the whole portfolio: a quick one always, a better one within a limit, and what none can beat."""

from __future__ import annotations

import contextlib
import time
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from scheduler.portfolio import bounds, layout, measures
from scheduler.portfolio.arrays import Arrays, build, plan_of
from scheduler.portfolio.demands import Portfolio
from scheduler.portfolio.effort import Effort, Progress, Watch
from scheduler.portfolio.errors import NoRoomBeforeHorizon
from scheduler.portfolio.give_way import Held, standing
from scheduler.portfolio.improve import improve
from scheduler.portfolio.improve_kernels import cost
from scheduler.portfolio.layout import Ints, State
from scheduler.portfolio.plan import PortfolioPlan
from scheduler.portfolio.urgency import decoded, due_keys

__all__ = ["Effort", "Outcome", "Progress", "Status", "Watch", "plan"]


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
    arrays, state, keys = first(arrays, until=None if effort.seconds is None else began + effort.seconds / 2)
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


def first(arrays: Arrays, *, until: float | None = None) -> tuple[Arrays, State, Ints]:
    """The quick plan, or one in which more or fewer projects stay where they stand: whichever costs least.

    Units: seconds of processor time since the process began; past ``until`` nobody else is let go.
    Shape: the arrays hold what stays, so that a search from the keys leaves it there.
    Raises: NoRoomBeforeHorizon.
    """
    facts, keys = arrays.facts, due_keys(arrays)
    found: list[Held] = []
    if facts.number[layout.MOVE_COST] and (facts.step[:, layout.STATE] & layout.PLANNED).any():
        with contextlib.suppress(NoRoomBeforeHorizon):
            for held in standing(arrays, keys):
                found.append(held)
                if until is not None and time.process_time() > until:
                    break
    try:
        found.append((arrays, decoded(arrays, keys)))
    except NoRoomBeforeHorizon:
        if not found:
            raise
    best, state = min(found, key=lambda one: int(cost(one[0].facts, one[1])))
    return best, state, keys
