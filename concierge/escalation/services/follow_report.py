"""What every verb about a report shares: the locked row, the next level, the trail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.events import ReportRose
from concierge.escalation.models.report import ReportActRow, ReportRow, StageRow
from concierge.escalation.queries.desk import called_at, figures_in_force
from concierge.escalation.queries.reports import current_stage, in_sight, opinions_of
from concierge.escalation.rules.closing import ReportClosed
from concierge.escalation.rules.levels import Stage, answer_due_on, rises_at, stage_at
from concierge.escalation.rules.report import ReportDeed, ReportLevel, Rise
from concierge.kernel import clock
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.work import Work


def locked_report(w: Work, report_id: int, version: int | None = None) -> ReportRow:
    """A report in sight, locked for change.

    Raises: Missing; Stale, when ``version`` is not the row's any more.
    """
    asked = select(ReportRow).where(ReportRow.id == report_id, in_sight(w.by)).with_for_update()
    report = w.session.scalar(asked)
    if report is None:
        raise Missing
    if version is not None and report.version != version:
        raise Stale
    return report


def open_report(w: Work, report_id: int, version: int | None = None) -> ReportRow:
    """An open report in sight, locked for change. Raises: Missing, Stale, ReportClosed."""
    report = locked_report(w, report_id, version)
    if report.closed_on is not None:
        raise ReportClosed(day=report.closed_on.isoformat())
    return report


def note_deed(
    w: Work, report: ReportRow, deed: ReportDeed, text: str = "", *, at: datetime | None = None
) -> None:
    """Add a line to the trail of a report."""
    w.add(
        ReportActRow(
            report_id=report.id, at=at or clock.now(), by_id=w.by.id, by=w.by.label, deed=deed, text=text
        )
    )


def begin_level(
    w: Work, report: ReportRow, level: ReportLevel, began_at: datetime, *, round_number: int
) -> StageRow:
    """Put a report on a level from a moment on, and call who has to come.

    Source: ES-3, ES-5.
    """
    figures = figures_in_force(w.session)
    calendar = catalogue_queries.work_calendar(w.session)
    stage = stage_at(level, clock.local(began_at), report.due_on, figures, calendar)
    called = called_at(w.session, level, report.department, clock.local(began_at).date())
    row = w.add(
        StageRow(
            report_id=report.id,
            round=round_number,
            level=level,
            began_at=began_at,
            due_at=stage.due_at,
            called=called.name if called else "",
            called_phone=called.phone if called else "",
        )
    )
    report.level = level
    set_rising(w, report, row)
    return row


def set_rising(w: Work, report: ReportRow, row: StageRow) -> None:
    """Keep the moment at which a report rises by itself."""
    stage = stage_facts(row)
    rising = rises_at(stage, figures_in_force(w.session), catalogue_queries.work_calendar(w.session))
    report.level_due_at = rising[0] if rising else None


def stage_facts(row: StageRow) -> Stage:
    """A level as the rules see it, on the clock of the office."""
    return Stage(
        level=row.level,
        began_at=clock.local(row.began_at),
        due_at=clock.local(row.due_at) if row.due_at else None,
        arrived_at=clock.local(row.arrived_at) if row.arrived_at else None,
    )


def rise(w: Work, report: ReportRow, to: ReportLevel, at: datetime, why: Rise) -> StageRow:
    """End the level a report stands at and begin a higher one; beyond the spot, somebody owns it.

    Source: ES-3, ES-4, ES-5.
    """
    before = current_stage(w.session, report.id)
    before.ended_at, before.rose = max(at, before.began_at), why
    row = begin_level(w, report, to, at, round_number=before.round)
    note_deed(w, report, ReportDeed.ROSE, to.value, at=at)
    if to is ReportLevel.TIMED and not report.owner and row.called:
        take_over(w, report, row)
    w.record(
        ReportRose(
            report_id=report.id,
            project_id=report.project_id,
            number=report.number,
            title=report.title,
            department=report.department,
            level=to.value,
            why=why.value,
            called=row.called,
            called_phone=row.called_phone,
            due_at=row.due_at,
        )
    )
    return row


def take_over(w: Work, report: ReportRow, row: StageRow) -> None:
    """Make the chief representative the report's agent: it was not settled on the spot.

    Source: ES-4.
    """
    called = called_at(w.session, ReportLevel.TIMED, report.department, clock.local(row.began_at).date())
    if called is None:
        return
    report.owner_id, report.owner, report.owner_phone = called.person_id, called.name, called.phone
    note_deed(w, report, ReportDeed.OWNED, called.name, at=row.began_at)


def recount_due(w: Work, report: ReportRow) -> None:
    """Count the last day again, after the kind or the departments of a report changed.

    Effects: the day itself, and the moment of rising where the report stands at the timed level.
    Source: ES-6.
    """
    figures, calendar = figures_in_force(w.session), catalogue_queries.work_calendar(w.session)
    departments = {report.department, *(one.department for one in opinions_of(w.session, report.id))}
    received = report.received_on
    report.due_on = answer_due_on(received, report.kind, len(departments), figures, calendar)
    row = current_stage(w.session, report.id)
    if row.level is ReportLevel.TIMED:
        row.due_at = stage_at(row.level, clock.local(row.began_at), report.due_on, figures, calendar).due_at
        set_rising(w, report, row)
