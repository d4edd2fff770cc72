"""The steps of a person's projects that may ask for something, with the places and people it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from approvals.models.case import StopRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.lifecycle import StepState
from concierge.kernel.actor import Actor
from concierge.supervision.models.card import CardRow
from concierge.supervision.rules.card import Colour
from concierge.today.models import PlaceRow
from concierge.today.queries.posts import in_my_hands
from concierge.today.rules.step_lines import StepFacts
from projects.models.project import Enterprise, PlannedStep, Project
from scheduler import WorkCalendar

FRESH = timedelta(days=21)
"""How far back a result is looked up: enough for the working days it stands on the list, and holidays."""


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One step with all its line needs.

    Shape: ``enterprise`` holds the enterprise's name, contact, telephone and address, ``window`` the
        department's place, contact and telephone; parts that are not known are empty.
    """

    step_id: int
    attempt: int
    number: str
    code: str
    project_id: int
    project: str
    edition_id: int
    post: str
    is_on_way: bool
    facts: StepFacts
    planned_accept_on: date | None
    enterprise: tuple[str, str, str, str]
    window: tuple[str, str, str]


@dataclass(frozen=True)
class StepRows:
    """The steps, and the calendar their days are counted by."""

    rows: Sequence[StepRow]
    calendar: WorkCalendar


def step_rows(session: Session, reader: Actor, on: date) -> StepRows:
    """The steps of a person's projects that may ask for something on a day; three queries.

    Shape: what is planned for later than that day and what was finished long ago is left out.
    """
    asked = (
        select(
            Step,
            PlannedStep,
            StopRow.planned_last_on,
            StopRow.first_on,
            Project.name,
            Project.edition_id,
            Enterprise.name,
            Enterprise.contact,
            Enterprise.phone,
            Enterprise.address,
            PlaceRow.place,
            PlaceRow.contact,
            PlaceRow.phone,
        )
        .select_from(Step)
        .join(Project, Project.id == Step.project_id)
        .outerjoin(PlannedStep, and_(PlannedStep.project_id == Project.id, PlannedStep.code == Step.code))
        .outerjoin(
            StopRow,
            and_(
                StopRow.step_id == Step.id,
                StopRow.attempt == Step.attempt,
                StopRow.last_on.is_(None),
                StopRow.is_void.is_(False),
            ),
        )
        .outerjoin(PlaceRow, PlaceRow.department == Step.department)
        .where(
            Step.state != StepState.NOT_REQUIRED,
            or_(
                and_(Step.finished_on.is_(None), Step.received_on.is_not(None)),
                and_(Step.finished_on.is_(None), Step.accepted_on.is_not(None)),
                and_(Step.finished_on.is_(None), PlannedStep.start_on <= on),
                and_(Step.finished_on <= on, Step.finished_on >= on - FRESH),
            ),
        )
        .order_by(Step.id, StopRow.planned_last_on)
    )
    rows = {row[0].id: row for row in session.execute(in_my_hands(asked, reader, on))}
    cards = _live_cards(session, list(rows)) if rows else {}
    return StepRows(
        [_row(row, cards.get(step_id, "")) for step_id, row in rows.items()],
        catalogue_queries.work_calendar(session),
    )


def _live_cards(session: Session, step_ids: Sequence[int]) -> Mapping[int, str]:
    """The colour of the hardest live card of each step that has one."""
    asked = select(CardRow.step_id, CardRow.colour).where(
        CardRow.step_id.in_(step_ids), CardRow.ended_on.is_(None)
    )
    found: dict[int, str] = {}
    for step_id, colour in session.execute(asked):
        if found.get(step_id) != Colour.RED.value:
            found[step_id] = colour.value
    return found


def _row(row: Any, card: str) -> StepRow:
    step, planned, stop_until_on, stopped_on, project, edition_id, *people, post = row
    return StepRow(
        step_id=step.id,
        attempt=step.attempt,
        number=step.number,
        code=step.code,
        project_id=step.project_id,
        project=project,
        edition_id=edition_id,
        post=post,
        is_on_way=bool(planned and planned.is_on_way),
        planned_accept_on=planned.accept_on if planned else None,
        enterprise=(people[0], people[1] or "", people[2] or "", people[3] or ""),
        window=(people[4] or "", people[5] or "", people[6] or ""),
        facts=StepFacts(
            state=step.state,
            department=step.department,
            received_on=step.received_on,
            accepted_on=step.accepted_on,
            finished_on=step.finished_on,
            promised_end_on=step.promised_end_on,
            planned_start_on=planned.start_on if planned else None,
            planned_accept_on=planned.accept_on if planned else None,
            planned_finish_on=planned.finish_on if planned else None,
            float_workdays=planned.total_float if planned else 0,
            stop_until_on=stop_until_on,
            stopped_on=stopped_on,
            card=card,
        ),
    )
