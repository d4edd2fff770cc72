"""What a question about one project's plan starts from: project, list, facts, terms and calendar."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

import scheduler
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel.actor import Actor
from projects.models.project import Project
from projects.queries.project_file import visible_project
from projects.queries.standing import actuals_of, steps_of, terms_of
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.project_plan import ProjectPlan
from projects.rules.terms import Actual, PlanTerms, WhatIf


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One project as it stands, to be planned again under other facts and terms; nothing is kept."""

    project: Project
    catalogue: Catalogue
    calendar: scheduler.WorkCalendar
    facts: Mapping[str, object]
    terms: PlanTerms
    actuals: Sequence[Actual]
    today: date

    @cached_property
    def plan(self) -> ProjectPlan:
        """The plan as it stands."""
        return self.planned()

    def planned(
        self,
        facts: Mapping[str, object] | None = None,
        terms: PlanTerms | None = None,
        what_if: WhatIf | None = None,
    ) -> ProjectPlan:
        """The plan under other facts, other terms, or a question.

        Raises: UnknownFact, FactOfWrongType, StepNotOnList, DelayIsNegative, scheduler.OutsideCalendar.
        """
        expansion = expand(self.catalogue, self.project.template, self.facts if facts is None else facts)
        return plan(
            expansion,
            terms or self.terms,
            calendar=self.calendar,
            actuals=[actual for actual in self.actuals if expansion.step(actual.step)],
            what_if=what_if,
        )


def asked(session: Session, project_id: int, actor: Actor, *, today: date) -> Asked:
    """What a question about a project starts from.

    Raises: Missing.
    """
    project = visible_project(session, project_id, actor)
    return Asked(
        project=project,
        catalogue=catalogue_queries.catalogue(project.edition_id, session),
        calendar=catalogue_queries.work_calendar(session),
        facts=json.loads(project.facts),
        terms=terms_of(project, today),
        actuals=actuals_of(steps_of(session, project.id)),
        today=today,
    )
