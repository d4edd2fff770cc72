"""The papers of a project and of its steps: what is needed, what is here, what was allowed to come later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.deferral import DeferralRow
from approvals.models.paper import OneTimeNoticeRow, SecondListRow
from approvals.models.step import Step
from approvals.queries import papers
from approvals.rules.deferral_course import OPEN
from approvals.rules.papers import HeldVersion, PaperHere, by_material, only_withdrawn
from approvals.rules.telling import Asked
from concierge.kernel.actor import Actor
from projects.models.project import Project
from projects.queries.project_file import ProjectFile, project_file
from projects.queries.standing import expansion_of, steps_of
from projects.queries.step_file import StepFile, step_file
from projects.rules.papers import (
    PaperCount,
    PaperGroup,
    ProjectPaper,
    asked_of_step,
    paper_of_project,
    papers_each_once,
    papers_of_project,
    papers_of_step,
)


@dataclass(frozen=True)
class Promised:
    """A paper that was allowed to come later, for one step.

    Units: ``due_on`` is a civil day.
    """

    step: str
    material: str
    number: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class ProjectPapers:
    """Every paper of a project, each once.

    Shape: ``withdrawn`` are the versions of papers of which none stands any more.
    """

    file: ProjectFile
    here: Mapping[str, PaperHere]
    withdrawn: Mapping[str, tuple[HeldVersion, ...]]
    promised: Sequence[Promised]

    @cached_property
    def passed(self) -> frozenset[str]:
        """The steps that have their result."""
        return frozenset(step.code for step in self.file.steps if step.finished_on is not None)

    @cached_property
    def all(self) -> tuple[ProjectPaper, ...]:
        """The papers, in the order the list first asks for them."""
        return papers_each_once(self.file.catalogue, self.file.plan.expansion, self.passed, self.here)

    @property
    def count(self) -> PaperCount:
        """How many there are, item by item, each once, and truly the enterprise's."""
        return papers_of_project(self.file.catalogue, self.file.plan.expansion)

    def one(self, material: str) -> ProjectPaper:
        """One of them. Raises: PaperNotAsked."""
        return paper_of_project(
            self.file.catalogue, self.file.plan.expansion, material, self.passed, self.here
        )

    def due(self, material: str) -> Promised | None:
        """The promise a paper was put off on, the first due."""
        return next((one for one in self.promised if one.material == material), None)


@dataclass(frozen=True, kw_only=True)
class StepPapers:
    """The papers of one step, and what was told about them."""

    step: StepFile
    here: Mapping[str, PaperHere]
    promised: Sequence[Promised]
    notice: OneTimeNoticeRow | None
    second_lists: Sequence[SecondListRow]

    @cached_property
    def groups(self) -> Sequence[PaperGroup]:
        """The papers, those that stand for one another together."""
        file = self.step.file
        return papers_of_step(
            file.catalogue, file.plan.expansion, self.step.row.code, self.step.passed, self.here
        )

    def due(self, material: str) -> Promised | None:
        """The promise of this step a paper was put off on."""
        return next((one for one in self.promised if one.material == material), None)

    def asked(self, lang: str) -> list[Asked]:
        """The papers as the one-time notice sees them."""
        late = {one.material for one in self.promised}
        return list(asked_of_step(self.groups, self.step.file.catalogue, late, lang))


def project_papers(session: Session, project_id: int, actor: Actor, *, today: date) -> ProjectPapers:
    """The papers of a project in the actor's charge.

    Shape: three queries on top of the project's own.
    Raises: Missing.
    """
    file = project_file(session, project_id, actor, today=today)
    versions = papers.versions_of(session, project_id)
    return ProjectPapers(
        file=file,
        here=by_material(versions),
        withdrawn=only_withdrawn(versions),
        promised=promised(session, project_id),
    )


def step_papers(session: Session, step: StepFile) -> StepPapers:
    """The papers of a step whose file is read already.

    Shape: two queries where nothing was handed in or told, five at the most.
    """
    notice = papers.notice_of(session, step.row)
    return StepPapers(
        step=step,
        here=papers.papers_here(session, step.file.project.id),
        promised=[Promised(step.row.code, one.material, one.number, one.due_on) for one in step.owed],
        notice=notice,
        second_lists=papers.second_lists(session, step.row) if notice is not None else (),
    )


def papers_of_numbered_step(
    session: Session, project_id: int, number: str, actor: Actor, *, today: date
) -> StepPapers:
    """The same, by the step's number on the project's list. Raises: Missing."""
    return step_papers(session, step_file(session, project_id, number, actor, today=today))


def promised(session: Session, project_id: int) -> tuple[Promised, ...]:
    """The papers of a project that were allowed to come later and have not come, the first due first."""
    rows = session.execute(
        select(Step.code, DeferralRow.material, DeferralRow.number, DeferralRow.due_on)
        .join(Step, (Step.id == DeferralRow.step_id) & (Step.attempt == DeferralRow.attempt))
        .where(DeferralRow.project_id == project_id, DeferralRow.state.in_(OPEN))
        .order_by(DeferralRow.due_on, DeferralRow.id)
    )
    return tuple(Promised(*row) for row in rows)


def asked_at(session: Session, project: Project, step: Step, lang: str) -> list[Asked]:
    """What a step asks for, as the one-time notice sees it, without the project's plan.

    Shape: five queries at the most.
    """
    catalogue, expansion = expansion_of(session, project)
    passed = {one.code for one in steps_of(session, project.id) if one.finished_on is not None}
    here = papers.papers_here(session, project.id)
    late = {one.material for one in promised(session, project.id) if one.step == step.code}
    groups = papers_of_step(catalogue, expansion, step.code, passed, here)
    return list(asked_of_step(groups, catalogue, late, lang))
