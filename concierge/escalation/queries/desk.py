"""What the window works with: the figures in force, whom to call, who is on duty, the causes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.escalation.models.desk import FiguresRow, ReportCauseRow, WindowDutyRow
from concierge.escalation.rules.figures import Figures
from concierge.escalation.rules.opening import OpeningHours
from concierge.escalation.rules.report import ReportLevel
from concierge.staff.models import ContactRow
from concierge.staff.queries import holding
from concierge.staff.rules.contacts import ContactPost

POST_AT = {
    ReportLevel.WINDOW: ContactPost.REPRESENTATIVE,
    ReportLevel.DEPARTMENT: ContactPost.HEAD,
    ReportLevel.TIMED: ContactPost.REPRESENTATIVE,
    ReportLevel.LEADER: ContactPost.COUNTY_LEADER,
    ReportLevel.OFFICE_MEETING: ContactPost.COUNTY_LEADER,
    ReportLevel.STANDING_MEETING: ContactPost.COUNTY_LEADER,
}
"""Who is called at each level. Source: ES-3, ES-4, ES-5."""


def figures_in_force(session: Session) -> Figures:
    """The local figures; as shipped where the county decided nothing. Source: ES-6."""
    row = latest_figures(session)
    if row is None:
        return Figures()
    return Figures(
        window_minutes=row.window_minutes,
        department_minutes=row.department_minutes,
        explain_workdays=row.explain_workdays,
        one_department_workdays=row.one_department_workdays,
        across_workdays=row.across_workdays,
        leader_workdays=row.leader_workdays,
        negative_workdays=row.negative_workdays,
        fix_times=row.fix_times,
        fix_workdays=row.fix_workdays,
        hours=OpeningHours(opens=row.opens, pauses=row.pauses, resumes=row.resumes, closes=row.closes),
    )


def latest_figures(session: Session) -> FiguresRow | None:
    """The newest row of figures, if the county has set any."""
    return session.scalar(select(FiguresRow).order_by(FiguresRow.id.desc()).limit(1))


def called_at(session: Session, level: ReportLevel, department: str, on: date) -> ContactRow | None:
    """Who is called at a level for a department on a day; None where nobody is named.

    Shape: a county leader's row may name several departments by comma, or none for all.
    Source: ES-3, ES-5.
    """
    held = holding(session, POST_AT[level], on)
    found = [row for row in held if not row.department or department in _codes(row)]
    return min(found, key=lambda row: not row.department, default=None)


def _codes(row: ContactRow) -> tuple[str, ...]:
    return tuple(code.strip() for code in row.department.split(","))


def on_duty(session: Session, on: date) -> list[str]:
    """Who is at the window on a day."""
    asked = select(WindowDutyRow.name).where(WindowDutyRow.on == on).order_by(WindowDutyRow.id)
    return list(session.scalars(asked))


def duty_rows(session: Session, first_on: date, last_on: date) -> Sequence[WindowDutyRow]:
    """The duty roster of some days."""
    asked = select(WindowDutyRow).where(WindowDutyRow.on >= first_on, WindowDutyRow.on <= last_on)
    return session.scalars(asked.order_by(WindowDutyRow.on, WindowDutyRow.id)).all()


def causes(session: Session, *, used_only: bool = False) -> Sequence[ReportCauseRow]:
    """The causes reports are counted by, in the order they were made."""
    asked = select(ReportCauseRow).order_by(ReportCauseRow.id)
    return session.scalars(asked.where(ReportCauseRow.is_used) if used_only else asked).all()
