"""The states of a step in the words and looks of the pills, the same on every page."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from approvals.rules.lifecycle import StepState
from concierge.kernel.errors import N_
from projects.queries.project_file import ProjectFile
from projects.rules.lateness import overdue_workdays
from projects.rules.progress import standing
from projects.rules.project_plan import PlannedStep

IN_PROGRESS = N_("In progress")
PILLS: Mapping[StepState, tuple[str, str]] = {
    StepState.PREPARING: ("running", N_("In preparation")),
    StepState.RECEIVED: ("running", N_("Papers received")),
    StepState.WITHDRAWN: ("ended", N_("Withdrawn")),
    StepState.ACCEPTED: ("running", IN_PROGRESS),
    StepState.NOT_ACCEPTED: ("ended", N_("Not accepted")),
    StepState.DECLINED: ("ended", N_("Acceptance declined")),
    StepState.CORRECTING: ("paused", N_("To be corrected")),
    StepState.CORRECTED: ("running", N_("Corrected")),
    StepState.WORKING: ("running", IN_PROGRESS),
    StepState.IN_PROCEDURE: ("paused", N_("Clock stopped")),
    StepState.PROCEDURE_OVER: ("running", IN_PROGRESS),
    StepState.PASSED: ("done", N_("Done")),
    StepState.PASSED_DEFERRED: ("deferred", N_("Done, papers owed")),
    StepState.REFUSED: ("ended", N_("Refused")),
    StepState.RECALLED: ("ended", N_("Recalled")),
    StepState.REVOKED: ("ended", N_("Revoked")),
    StepState.NOT_REQUIRED: ("todo", N_("No longer required")),
}
"""How a pill looks and what it says; a step that has not begun is ready or waits, which the plan knows."""


def state_word(state: StepState) -> str:
    """A state in a word; of a step not begun, only that."""
    return gettext(PILLS[state][1]) if state in PILLS else gettext("Not started")


def pill_of(file: ProjectFile, step: PlannedStep) -> dict[str, str | None]:
    """How far a step is, as a pill shows it.

    Shape: ``state`` is the look, ``text`` None for its usual word.
    """
    state = _state(step)
    if file.is_left(step) and (state is None or PILLS.get(state, ("",))[0] != "ended"):
        return {"state": "todo", "text": gettext("Not done")}
    if overdue_workdays(file.plan, step):
        return {"state": "overdue", "text": None}
    if state is None or state is StepState.NOT_STARTED:
        return {"state": standing(file.plan, step).value, "text": None}
    look, word = PILLS[state]
    return {"state": look, "text": gettext(word)}


def _state(step: PlannedStep) -> StepState | None:
    actual = step.actual
    if actual is None:
        return None
    return actual.state or actual.ended_as
