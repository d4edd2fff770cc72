"""How far a step that runs is past its own limit, for the lists where its clock itself is not drawn."""

from __future__ import annotations

from projects.rules.day_clock import ClockRun, day_clock
from projects.rules.project_plan import PlannedStep, ProjectPlan


def overdue_workdays(plan: ProjectPlan, step: PlannedStep) -> int:
    """How many working days a step under way is past its promise as of the plan's today; 0 in time.

    Units: working days. A decision that waits for another's result, come or to come after the day it was
    due, is not late: the other is. Nor is one whose clock stands still.
    Raises: scheduler.OutsideCalendar.
    Source: WD-2, CL-1, AC-7.
    """
    actual, draft, today = step.actual, plan.expansion.step(step.code), plan.terms.today
    if actual is None or actual.accepted_on is None or actual.finished_on is not None:
        return 0
    if draft is None or plan.calendar is None or today is None:
        return 0
    run = ClockRun(
        accepted_on=actual.accepted_on,
        ended_on=actual.ended_on,
        stops=actual.stops,
        extended_workdays=actual.extended_workdays,
    )
    clock = day_clock(draft.periods, run, plan.calendar, today=today)
    held = (plan.step(e.predecessor) for e in plan.edges if e.successor == step.code and e.gate == "issue")
    if any(other.finish_on is not None and other.finish_on > clock.due_on for other in held):
        return 0
    return clock.late
