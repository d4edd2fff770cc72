"""Everything about one project that its page, its steps and its print share, read once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload

from approvals.models.review import SittingItemRow, SittingRow, SittingRuleRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries.reviews import decides
from approvals.rules.catalogue import Catalogue
from approvals.rules.sittings import SittingState
from concierge.kernel.actor import Actor
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from concierge.staff.models import Pairing
from concierge.staff.queries import last_pairing, pairings
from projects.models.project import Plan, Project, ProjectStatus
from projects.queries.green_channel import in_force
from projects.queries.standing import actuals_of, first_plan, live_plan, steps_of
from projects.rules.plan_body import KeptPlan, read_body
from projects.rules.project_plan import PlannedStep, ProjectPlan

LATEST_LINES = 5
TOLD_LATELY = (
    "StepMoved",
    "StepNoted",
    "ProjectOpened",
    "ProjectEnded",
    "ProjectReopened",
    "PairAssigned",
    "CoverNamed",
    "CoverWithdrawn",
    "StageEntered",
    "SubstitutionToTell",
    "SubstitutionTold",
    "PlanMade",
    "PlanChanged",
    "FactsChanged",
    "TermsChanged",
    "GreenChannelGiven",
    "GreenChannelEnded",
    "SittingAnnounced",
    "SittingWithdrawn",
    "ReviewConvened",
    "OpinionGiven",
    "PaperTakenIn",
    "CardShown",
    "ServiceRated",
)
"""What stands under “Lately”; the trace keeps everything."""


@dataclass(frozen=True)
class StepReview:
    """The joint review one step must pass: the sitting that was announced for it, if any."""

    sitting_id: int | None
    sitting_on: date | None


@dataclass(frozen=True, kw_only=True)
class ProjectFile:
    """One project as the office sees it now: who, what, and the plan that stands.

    ``is_green`` says that it has the green channel today; ``pairing`` is the last one of a closed project.
    """

    project: Project
    catalogue: Catalogue
    steps: Sequence[Step]
    plan: ProjectPlan
    saved: Plan | None
    first: Plan | None
    pairing: Pairing | None
    latest: Sequence[AuditLine]
    reviews: Mapping[str, StepReview]
    is_green: bool = False

    @cached_property
    def promise(self) -> KeptPlan | None:
        """The first version of the plan, which the later ones are measured against."""
        return read_body(json.loads(self.first.body)) if self.first else None

    @property
    def is_closed(self) -> bool:
        """Whether the project has ended: nothing more is recorded or planned."""
        return self.project.status is ProjectStatus.CLOSED

    @property
    def is_planning(self) -> bool:
        """Whether the plan that stands is older than what is known."""
        return not self.is_closed and (self.saved is None or self.saved.revision != self.project.revision)

    def is_left(self, step: PlannedStep) -> bool:
        """Whether the project ended without a result of this step; its dates are nobody's any more."""
        return self.is_closed and (step.actual is None or step.actual.finished_on is None)


def visible_project(session: Session, project_id: int, actor: Actor) -> Project:
    """A project in the actor's charge, with its enterprise, liaison and plan.

    Raises: Missing.
    """
    row = session.execute(
        select(Project)
        .where(Project.id == project_id, within(actor, Project.id))
        .options(joinedload(Project.enterprise), joinedload(Project.liaison), joinedload(Project.plan))
    ).scalar_one_or_none()
    if row is None:
        raise Missing
    return row


def project_file(session: Session, project_id: int, actor: Actor, *, today: date) -> ProjectFile:
    """The file of one project.

    Shape: fourteen queries at the most, whatever the number of steps. The plan is counted as of the day of
        its saved version, so that page and version say the same; that of a closed project as of its last day.
    Raises: Missing.
    """
    project = visible_project(session, project_id, actor)
    steps = steps_of(session, project.id)
    saved = project.plan
    is_saved = saved is not None and saved.revision == project.revision
    as_of = project.ended_on or (saved.as_of if saved is not None and is_saved else today)
    latest = session.execute(
        select(AuditLine)
        .where(AuditLine.project_id == project.id, AuditLine.act.in_(TOLD_LATELY))
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
        .limit(LATEST_LINES)
    )
    return ProjectFile(
        project=project,
        catalogue=catalogue_queries.catalogue(project.edition_id, session),
        steps=steps,
        plan=live_plan(session, project, today=as_of, actuals=actuals_of(session, steps)),
        saved=saved,
        first=saved if saved is not None and saved.number == 1 else first_plan(session, project.id),
        pairing=_pairing(session, project),
        latest=latest.scalars().all(),
        reviews=_reviews(session, project.id),
        is_green=bool(in_force(session, [project], today)),
    )


def _pairing(session: Session, project: Project) -> Pairing | None:
    if project.status is ProjectStatus.CLOSED:
        return last_pairing(session, project.id)
    return pairings(session, [project.id]).get(project.id)


def _reviews(session: Session, project_id: int) -> dict[str, StepReview]:
    """The steps without result whose review group sits by a rule, with the sitting that stands, if any."""
    stands = and_(
        SittingItemRow.project_id == Step.project_id,
        SittingItemRow.code == Step.code,
        SittingItemRow.sitting_id.in_(
            select(SittingRow.id).where(SittingRow.state == SittingState.ANNOUNCED)
        ),
    )
    rows = session.execute(
        select(Step.code, SittingRow.id, SittingRow.on)
        .join(SittingRuleRow, decides(Step.code))
        .outerjoin(SittingItemRow, stands)
        .outerjoin(SittingRow, SittingRow.id == SittingItemRow.sitting_id)
        .where(Step.project_id == project_id, Step.finished_on.is_(None))
        .order_by(SittingRow.on)
    )
    return {code: StepReview(sitting_id, on) for code, sitting_id, on in rows}
