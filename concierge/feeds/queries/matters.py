"""What is to stand in calendars, as the records have it: of some projects, in one question for each kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.facts import Label
from concierge.feeds.queries.holders import Holders
from concierge.feeds.queries.meetings import deferrals_of, opinions_of, promises_of, sittings_of
from concierge.feeds.queries.sight import Sight
from concierge.feeds.rules.entry import EntryKind, EntryState, Matter
from concierge.feeds.rules.step_days import StepDays, step_day, submission_day
from projects.models.project import Plan, PlannedStep, Project, ProjectStatus
from projects.rules.progress import OWNERS

BACK = timedelta(days=370)
AHEAD = timedelta(days=3 * 366)
PERMIT = Label("取得施工许可证", "Construction permit")
LAWFUL_START = Label("依法可以开工", "Building may begin")


@dataclass(frozen=True)
class _Told:
    """One project with what its plan promises."""

    project: Project
    permit_on: date | None
    lawful_start_on: date | None


def matters_of(session: Session, project_ids: Collection[int], today: date) -> list[Matter]:
    """Everything that stands, or stood, in a calendar for these projects, with whose calendars it is on.

    Shape: twelve or so queries, however many projects there are.
    Source: FE-1; DF-8 for what an enterprise is reminded of.
    """
    told = _projects(session, project_ids)
    if not told:
        return []
    sight = Sight(
        session=session,
        projects={one.project.id: one.project for one in told},
        catalogues={
            one.project.id: catalogue_queries.catalogue(one.project.edition_id, session) for one in told
        },
    )
    holders = Holders(session, list(sight.projects), today - BACK, today + AHEAD)
    found = [
        *_steps(sight),
        *sittings_of(sight),
        *opinions_of(sight),
        *deferrals_of(sight),
        *promises_of(sight),
        *(matter for one in told for matter in _milestones(one)),
    ]
    return [_held(matter, sight, holders) for matter in found]


def _projects(session: Session, project_ids: Collection[int]) -> Sequence[_Told]:
    rows = session.execute(
        select(Project, Plan.permit_on, Plan.lawful_start_on)
        .outerjoin(Plan, Plan.id == Project.plan_id)
        .where(Project.id.in_(project_ids), Project.status == ProjectStatus.ACTIVE)
        .options(joinedload(Project.enterprise))
    )
    return [_Told(*row) for row in rows.tuples()]


def _steps(sight: Sight) -> Iterator[Matter]:
    asked = (
        select(Step, PlannedStep.accept_on, PlannedStep.finish_on)
        .join(Project, Project.id == Step.project_id)
        .outerjoin(PlannedStep, (PlannedStep.project_id == Project.id) & (PlannedStep.code == Step.code))
        .where(Step.project_id.in_(sight.projects))
    )
    for step, accept_on, finish_on in sight.session.execute(asked):
        days = StepDays(
            state=step.state,
            accepted_on=step.accepted_on,
            finished_on=step.finished_on,
            ended_on=step.ended_on,
            promised_end_on=step.promised_end_on,
            planned_accept_on=accept_on,
            planned_finish_on=finish_on,
        )
        due, handed_in = step_day(days), submission_day(days)
        if due is not None:
            yield _of_step(sight, step, EntryKind.DUE, due)
        if handed_in is not None and step.department not in OWNERS:
            yield _of_step(sight, step, EntryKind.START, handed_in)


def _of_step(sight: Sight, step: Step, kind: EntryKind, at: tuple[date, EntryState]) -> Matter:
    on, state = at
    name = sight.step_name(step.project_id, step.code)
    is_theirs = step.department in OWNERS
    return Matter(
        source=f"step:{step.id}:{kind.value}",
        kind=kind,
        state=state,
        on=on,
        name=name,
        code=step.number,
        project_id=step.project_id,
        href=f"/projects/{step.project_id}/steps/{step.number}",
        subjects=sight.enterprise(step.project_id) if is_theirs else (),
        department=sight.department(step.project_id, step.department),
    )


def _milestones(told: _Told) -> Iterator[Matter]:
    days = ((told.permit_on, "permit", PERMIT), (told.lawful_start_on, "lawful-start", LAWFUL_START))
    for on, what, name in days:
        if on is not None:
            yield Matter(
                source=f"project:{told.project.id}:{what}",
                kind=EntryKind.MILESTONE,
                state=EntryState.PLANNED,
                on=on,
                name=name,
                project_id=told.project.id,
                href=f"/projects/{told.project.id}",
                subjects=((f"enterprise:{told.project.enterprise_id}", ""),),
            )


def _held(matter: Matter, sight: Sight, holders: Holders) -> Matter:
    """The same, with the project's name and on the calendars of the project and of whoever acts."""
    project_id = matter.project_id or 0
    return replace(
        matter,
        project=sight.projects[project_id].name,
        subjects=(
            (f"project:{project_id}", ""),
            *holders.subjects(project_id, matter.on, matter.begins_at),
            *matter.subjects,
        ),
    )
