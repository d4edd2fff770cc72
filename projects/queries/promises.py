"""Decisions on a promise, and the records of promises that were not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.deferral import AssuranceRow, CreditRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.assurance import AssuranceState
from approvals.rules.facts import Label
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from projects.models.project import Enterprise, Project

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Assured:
    """One decision on a promise, with the project and step it is of."""

    row: AssuranceRow
    project: Project
    enterprise: str
    step: Step
    matter: Label


@dataclass(frozen=True, kw_only=True)
class OnRecord:
    """One record of a broken promise, with the enterprise's name."""

    row: CreditRow
    project: Project
    enterprise: str

    def shows(self, today: date) -> bool:
        """Whether it may be seen, and bars the next promise."""
        return self.row.facts().shows(today)


def assurances(session: Session, actor: Actor) -> Sequence[Assured]:
    """The decisions on a promise a person may see: what is to be done first, then the latest. One query."""
    rows = session.execute(_assured(actor).order_by(AssuranceRow.id.desc()).limit(MOST))
    found = [_one(session, line) for line in rows]
    order = [AssuranceState.UNTRUE, AssuranceState.DECIDED, AssuranceState.REVOKED, AssuranceState.TRUE]
    return sorted(found, key=lambda one: (order.index(one.row.state), one.row.check_due_on, one.row.id))


def assured(session: Session, assurance_id: int, actor: Actor) -> Assured:
    """One of them. Raises: Missing."""
    line = session.execute(_assured(actor).where(AssuranceRow.id == assurance_id)).one_or_none()
    if line is None:
        raise Missing
    return _one(session, line)


def _assured(actor: Actor) -> Any:
    return (
        select(AssuranceRow, Project, Enterprise.name, Step)
        .join(Project, Project.id == AssuranceRow.project_id)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .join(Step, Step.id == AssuranceRow.step_id)
        .where(within(actor, Project.id))
    )


def _one(session: Session, line: Any) -> Assured:
    row, project, enterprise, step = line
    matter = catalogue_queries.catalogue(project.edition_id, session).matter_of.get(step.code)
    named = Label(matter.name_zh, matter.name_en) if matter else Label(step.code, step.code)
    return Assured(row=row, project=project, enterprise=enterprise, step=step, matter=named)


def credit_records(session: Session, actor: Actor, *, today: date) -> Sequence[OnRecord]:
    """The records that may be seen today, those with an open objection first. One query.

    Source: DF-12: what was repaired, was wrong or is too old is not shown at all.
    """
    asked = (
        select(CreditRow, Project, Enterprise.name)
        .join(Project, Project.id == CreditRow.project_id)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(within(actor, Project.id), CreditRow.removed_on.is_(None), CreditRow.published_until >= today)
        .order_by(CreditRow.id.desc())
        .limit(MOST)
    )
    found = [
        OnRecord(row=row, project=project, enterprise=name) for row, project, name in session.execute(asked)
    ]
    return sorted(found, key=lambda one: not one.row.facts().has_open_objection)
