"""Arrange the window: its figures, who is on duty, the causes it counts by."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.events import WindowArranged
from concierge.escalation.models.desk import FiguresRow, ReportCauseRow, WindowDutyRow
from concierge.escalation.queries.desk import causes
from concierge.escalation.rules.figures import Figures
from concierge.escalation.rules.learning import written
from concierge.escalation.rules.telling import ReporterNeeded
from concierge.escalation.rules.window import checked_cause, roster_days
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def set_figures(figures: Figures, reason: str, *, by: Actor) -> None:
    """Decide the local figures from this moment on; the reports on record keep the days they were given.

    Raises: UnclearWords.
    Source: ES-6.
    """
    with work(by) as w:
        w.add(
            FiguresRow(
                made_at=clock.now(),
                by_id=by.id,
                by=by.label,
                reason=written(reason, "reason"),
                window_minutes=figures.window_minutes,
                department_minutes=figures.department_minutes,
                explain_workdays=figures.explain_workdays,
                one_department_workdays=figures.one_department_workdays,
                across_workdays=figures.across_workdays,
                leader_workdays=figures.leader_workdays,
                negative_workdays=figures.negative_workdays,
                fix_times=figures.fix_times,
                fix_workdays=figures.fix_workdays,
                opens=figures.hours.opens,
                pauses=figures.hours.pauses,
                resumes=figures.hours.resumes,
                closes=figures.hours.closes,
            )
        )
        w.record(WindowArranged(what="figures", detail=reason.strip(), on=clock.today()))


def plan_duty(first_on: date, last_on: date, name: str, phone: str = "", *, by: Actor) -> int:
    """Put somebody on the roster of the window for the working days of a stretch; answers how many are new.

    Raises: RosterTooLong, ReporterNeeded.
    """
    with work(by) as w:
        if not name.strip():
            raise ReporterNeeded(field="duty_name")
        calendar = catalogue_queries.work_calendar(w.session)
        days = [day for day in roster_days(first_on, last_on) if calendar.is_workday(day)]
        asked = select(WindowDutyRow.on).where(WindowDutyRow.name == name.strip(), WindowDutyRow.on.in_(days))
        known = set(w.session.scalars(asked))
        for day in days:
            if day not in known:
                w.add(WindowDutyRow(on=day, name=name.strip(), phone=phone.strip()))
        w.record(WindowArranged(what="duty", detail=f"{first_on} {last_on}", on=clock.today()))
        return len(days) - len(known)


def leave_duty(duty_id: int, *, by: Actor) -> None:
    """Take somebody off the roster of one day. Raises: Missing."""
    with work(by) as w:
        row = w.get(WindowDutyRow, duty_id)
        w.session.delete(row)
        w.record(WindowArranged(what="duty", detail=row.on.isoformat(), on=clock.today()))


def add_cause(code: str, name_zh: str, name_en: str, *, by: Actor) -> None:
    """Add a cause of the county's own. Raises: CauseCodeWrong, CauseTaken, ReporterNeeded."""
    with work(by) as w:
        wanted = checked_cause(code, {one.code for one in causes(w.session)})
        if not name_zh.strip():
            raise ReporterNeeded(field="name_zh")
        w.add(
            ReportCauseRow(code=wanted, name_zh=name_zh.strip(), name_en=name_en.strip() or name_zh.strip())
        )
        w.record(WindowArranged(what="cause", detail=wanted, on=clock.today()))


def use_cause(cause_id: int, *, is_used: bool, by: Actor) -> None:
    """Take a cause out of use, or back into it; what is counted by it stays counted. Raises: Missing."""
    with work(by) as w:
        row = w.get(ReportCauseRow, cause_id)
        row.is_used = is_used
        w.record(WindowArranged(what="cause", detail=row.code, on=clock.today()))
