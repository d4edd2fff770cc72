"""What the departments do for a project now, as its enterprise is told of it."""

from __future__ import annotations

from collections.abc import Collection

from approvals.rules.lifecycle import StopKind
from approvals.rules.stops import ClockStop
from concierge.progress.rules.public_progress import Running, RunningState
from projects.queries.project_file import ProjectFile
from projects.rules.lateness import overdue_workdays
from projects.rules.owner import owner_name
from projects.rules.progress import OWNERS, Standing, standing
from projects.rules.project_plan import PlannedStep


def running(file: ProjectFile, shown: Collection[PlannedStep], lang: str) -> tuple[Running, ...]:
    """The steps that lie with a department, the one due first in front; no opinion, no card, no name."""
    found = [
        _running(file, step, lang)
        for step in shown
        if step.department not in OWNERS
        and standing(file.plan, step) is Standing.RUNNING
        and step.actual is not None
        and step.actual.is_handed_in
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.number)))


def _running(file: ProjectFile, step: PlannedStep, lang: str) -> Running:
    pause = _pause(step)
    review = file.reviews.get(step.code)
    sitting_on = review.sitting_on if review else None
    return Running(
        number=step.number,
        step=step.spoken(lang),
        department=owner_name(file.catalogue.department_of.get(step.department), step.department, lang),
        due_on=step.finish_on or file.project.start_on,
        state=_state(step, pause, has_sitting=sitting_on is not None),
        pause=pause.kind.value if pause is not None and pause.kind is not StopKind.CORRECTION else "",
        late_workdays=overdue_workdays(file.plan, step),
        sitting_on=sitting_on,
    )


def _pause(step: PlannedStep) -> ClockStop | None:
    stops = step.actual.stops if step.actual else ()
    return next((stop for stop in stops if stop.last_on is None), None)


def _state(step: PlannedStep, pause: ClockStop | None, *, has_sitting: bool) -> RunningState:
    if pause is not None:
        return RunningState.WAITS_FOR_YOU if pause.kind is StopKind.CORRECTION else RunningState.PAUSED
    if has_sitting:
        return RunningState.SITTING
    is_accepted = step.actual is not None and step.actual.accepted_on is not None
    return RunningState.DECIDING if is_accepted else RunningState.LOOKING
