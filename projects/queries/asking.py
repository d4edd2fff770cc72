"""What a question about one project's plan starts from: project, list, facts, terms and calendar."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

import scheduler
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import deferrals
from approvals.rules.catalogue import Catalogue
from concierge.kernel.actor import Actor
from projects.models.project import Project
from projects.queries.county import county, live_project
from projects.queries.placing import bookings_from, placed_alone
from projects.queries.project_file import visible_project
from projects.queries.standing import actuals_of, saved_bookings, steps_of, terms_of
from projects.rules.bookings import Booking
from projects.rules.county import County
from projects.rules.county_portfolio import FROZEN_WORKDAYS
from projects.rules.expand import Expansion, expand
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
    bridged: tuple[tuple[str, str], ...]
    today: date
    session: Session
    limits: County

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
        """The plan under other facts, other terms, or a question, placed among what all others have booked.

        Shape: near days stay booked under a question, none under other facts or terms; announced ones always.
        Raises: UnknownFact, FactOfWrongType, StepNotOnList, DelayIsNegative, scheduler.OutsideCalendar.
        """
        expansion = expand(self.catalogue, self.project.template, self.facts if facts is None else facts)
        return plan(
            expansion,
            terms or self.terms,
            calendar=self.calendar,
            actuals=[actual for actual in self.actuals if expansion.step(actual.step)],
            what_if=what_if,
            bookings=self._bookings(
                expansion, terms, what_if, is_other=facts is not None or terms is not None
            ),
            bridged=self.bridged,
        )

    def _bookings(
        self, expansion: Expansion, terms: PlanTerms | None, what_if: WhatIf | None, *, is_other: bool
    ) -> Mapping[str, Booking]:
        """The days others would expect its steps on."""
        if not is_other and what_if is None:
            return saved_bookings(self.session, self.project.id)
        if not self.limits.limits_anything:
            return {}
        live = live_project(self.session, self.project, self.today)
        changed = replace(
            live,
            expansion=expansion,
            terms=terms or self.terms,
            actuals=tuple(actual for actual in live.actuals if expansion.step(actual.step)),
            what_if=what_if or WhatIf(),
        )
        alone = placed_alone(
            self.session,
            changed,
            self.today,
            frozen_workdays=0 if is_other else FROZEN_WORKDAYS,
            limits=self.limits,
        )
        return bookings_from(self.session, alone.booked) if alone else {}


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
        actuals=actuals_of(session, steps_of(session, project.id)),
        bridged=deferrals.bridged(session, project.id),
        today=today,
        session=session,
        limits=county(session, today),
    )
