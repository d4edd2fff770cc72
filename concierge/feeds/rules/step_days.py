"""On which day a step stands in a calendar, and in what state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.rules.lifecycle import StepState
from concierge.feeds.rules.entry import EntryState


@dataclass(frozen=True, kw_only=True)
class StepDays:
    """What is known of a step's days.

    Units: civil days; ``planned_*`` are those of the project's plan, None for a step that is not on it.
    """

    state: StepState
    accepted_on: date | None = None
    finished_on: date | None = None
    ended_on: date | None = None
    promised_end_on: date | None = None
    planned_accept_on: date | None = None
    planned_finish_on: date | None = None


def step_day(step: StepDays) -> tuple[date, EntryState] | None:
    """When a step is decided: the day it was; the promised end of its case; else what the plan expects.

    Source: FE-2; WD-5, the promised end already has the lawful stops in it.
    """
    if step.state is StepState.NOT_REQUIRED:
        return None
    if step.finished_on is not None:
        return step.finished_on, EntryState.DONE
    if step.accepted_on and step.promised_end_on and step.ended_on is None:
        return step.promised_end_on, EntryState.OPEN
    return (step.planned_finish_on, EntryState.PLANNED) if step.planned_finish_on else None


def submission_day(step: StepDays) -> tuple[date, EntryState] | None:
    """When the papers of a step are handed in: the day they were accepted, else what the plan expects."""
    if step.state is StepState.NOT_REQUIRED:
        return None
    if step.accepted_on is not None and step.ended_on is None:
        return step.accepted_on, EntryState.DONE
    if step.finished_on is not None:
        return None
    return (step.planned_accept_on, EntryState.PLANNED) if step.planned_accept_on else None
