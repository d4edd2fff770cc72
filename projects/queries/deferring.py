"""What the rules of deferral ask about one step of a project, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import deferrals
from approvals.queries.papers import papers_here
from approvals.rules.catalogue import Catalogue
from approvals.rules.deferral import Asked, Cap, cap_of, latest_due, level_for
from approvals.rules.deferral_course import OPEN, PENDING
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.scope import within
from projects.models.project import Enterprise, Project, ProjectStatus
from projects.queries.standing import expansion_of, steps_of
from projects.rules.deferring import Counted, Held, asked_for
from projects.rules.expand import Expansion
from projects.rules.papers import Paper, papers_of_step
from projects.rules.terms import GatesMode


class NotAPaperOfStep(Invalid):
    """A paper this step does not ask for."""

    message = N_("“%(material)s” is not among the papers of this step. Choose one from the list.")


@dataclass(frozen=True, kw_only=True)
class Deferring:
    """One step, ready to be asked whether a paper of it may come later."""

    project: Project
    enterprise: Enterprise
    step: Step
    steps: Sequence[Step]
    catalogue: Catalogue
    expansion: Expansion
    held: Held
    counted: Counted

    @property
    def gates(self) -> GatesMode:
        """How the project treats relaxable gates."""
        return GatesMode(self.project.gates)

    def papers(self) -> list[Paper]:
        """The papers the step asks for, main ones first."""
        groups = papers_of_step(self.catalogue, self.expansion, self.step.code, self.held.passed)
        return [paper for group in groups for paper in group.papers]

    def paper(self, material: str) -> Paper:
        """One of them. Raises: NotAPaperOfStep."""
        for paper in self.papers():
            if paper.material.code == material:
                return paper
        raise NotAPaperOfStep(material=material, field="material")

    def asked(self, material: str, *, lang: str, lacks_only_stamp: bool = False) -> Asked:
        """The question about one paper. Raises: NotAPaperOfStep."""
        return asked_for(
            self.catalogue,
            self.expansion,
            self.gates,
            self.step.code,
            self.paper(material),
            self.held,
            self.counted,
            lang=lang,
            lacks_only_stamp=lacks_only_stamp,
        )

    def is_others_result(self, producer: str) -> bool:
        """Whether another department than the step's own makes it."""
        made_by = self.catalogue.matter_of.get(producer)
        own = self.catalogue.matter(self.step.code)
        return made_by is not None and made_by.lead_department != own.lead_department


def deferring(
    session: Session, project: Project, step: Step, *, today: date, but: int | None = None
) -> Deferring:
    """Everything the rules look at for one step; one deferral may be left out, as if it were not there.

    Shape: eight queries at the most.
    """
    catalogue, expansion = expansion_of(session, project)
    steps = steps_of(session, project.id)
    enterprise = session.get_one(Enterprise, project.enterprise_id)
    rows = session.execute(
        select(DeferralRow.id, DeferralRow.material, DeferralRow.number).where(
            DeferralRow.step_id == step.id,
            DeferralRow.attempt == step.attempt,
            DeferralRow.state.in_(OPEN | PENDING),
        )
    ).all()
    on_case, in_project = deferrals.open_counts(session, step, but=but)
    good = (code for code, paper in papers_here(session, project.id).items() if paper.is_good)
    return Deferring(
        project=project,
        enterprise=enterprise,
        step=step,
        steps=steps,
        catalogue=catalogue,
        expansion=expansion,
        held=Held(
            passed=frozenset(one.code for one in steps if one.finished_on is not None),
            accepted=frozenset(one.code for one in steps if one.accepted_on or one.finished_on),
            here=frozenset(good),
            deferred={row.material: row.number for row in rows if row.id != but},
            bridged=deferrals.bridged(session, project.id),
        ),
        counted=Counted(
            on_case=on_case,
            in_project=in_project,
            unrepaired=deferrals.unrepaired(session, enterprise.uscc, today),
        ),
    )


@dataclass(frozen=True)
class Footing:
    """How long a paper may take, its last day, and who must grant that.

    Units: ``last_on`` is a civil day.
    """

    cap: Cap
    last_on: date
    level: str


def footing(session: Session, at: Deferring, asked: Asked, due_on: date | None, *, today: date) -> Footing:
    """What the rules allow for a paper granted today. Shape: without a due day, the last one is taken.

    Source: DF-4, DF-5.
    """
    calendar = catalogue_queries.work_calendar(session)
    cap = cap_of(asked.material, asked.promised_workdays, bridges=bool(asked.producer))
    last_on = latest_due(today, cap, calendar, at.step.promised_end_on)
    due = min(due_on or last_on, last_on)
    level = level_for(
        on_list=asked.material.deferrable,
        others_result=at.is_others_result(asked.producer),
        workdays=calendar.workdays_between(today, due),
    )
    return Footing(cap, last_on, level.value)


def projects_to_choose(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """The active projects in a person's charge, by name. Shape: number and name; one query."""
    asked = select(Project.id, Project.name).where(
        Project.status == ProjectStatus.ACTIVE, within(actor, Project.id)
    )
    return [(row.id, row.name) for row in session.execute(asked.order_by(Project.name, Project.id))]
