"""One paper that was allowed to come later, as its letters name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from approvals.models.deferral import DeferralRow
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Material
from concierge.kernel.errors import Missing
from documents.queries.project_case import StepCase, step_case
from documents.rules.facts import MissingFact, Value
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class DeferralCase:
    """One deferral with its step, its project and the calendar its days are counted by."""

    row: DeferralRow
    of: StepCase
    calendar: WorkCalendar

    @property
    def page(self) -> str:
        """Where a person records what is missing of it."""
        return f"/commitments/{self.row.id}"

    @cached_property
    def material(self) -> Material | None:
        """The paper, where the catalogue still has it."""
        papers = self.of.of.catalogue.materials_of.get(self.of.step.code, ())
        return next((one for one in papers if one.code == self.row.material), None)

    @property
    def due_on(self) -> date:
        """The day it is due: as granted, or as asked for before."""
        return self.row.due_on or self.row.asked_due_on

    @property
    def producer(self) -> str:
        """The step whose result the paper is; empty where the enterprise brings it."""
        known = self.of.of.catalogue.matter_of.get(self.row.producer)
        return known.name_zh if known else ""

    def words(self) -> dict[str, Value]:
        """The deferral as its letters say it."""
        row = self.row
        return {
            "number": row.number,
            "material": self.material.name_zh if self.material else row.material,
            "form": row.form,
            "producer": self.producer,
            "due_on": self.due_on,
            "granted_on": row.granted_on,
            "granted_by": row.granted_by,
            "department_head": row.department_head,
            "signed_by": row.signed_by,
            "signed_on": row.signed_on,
            "agent": row.agent,
            "workdays": row.period_workdays or 0,
            "before_issue": row.before_issue,
            "may_issue_first": row.may_issue_first,
            "extended_on": row.extended_on,
            "first_due_on": row.first_due_on,
            "overdue_on": row.overdue_on,
            "supplied_on": row.supplied_on,
            "rejections": row.rejections,
        }

    def lacks(self, fits: object, name: str) -> tuple[MissingFact, ...]:
        """The fact that is missing where it does not hold."""
        return () if fits else (MissingFact(name=name, page=self.page),)


def deferral_case(session: Session, deferral_id: int) -> DeferralCase:
    """One deferral. Shape: seven queries. Raises: Missing."""
    row = session.get(DeferralRow, deferral_id)
    if row is None:
        raise Missing
    return DeferralCase(
        row=row, of=step_case(session, row.step_id), calendar=catalogue_queries.work_calendar(session)
    )
