"""Write down that the chief representative, or the head of the department, has come."""

from __future__ import annotations

from datetime import datetime

from concierge.escalation.queries.reports import current_stage
from concierge.escalation.rules.levels import check_arrival
from concierge.escalation.rules.report import ReportDeed
from concierge.escalation.rules.telling import ReporterNeeded
from concierge.escalation.services.follow_report import note_deed, open_report, set_rising, stage_facts
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def record_arrival(
    report_id: int, at: datetime, who_came: str, result: str = "", *, version: int | None = None, by: Actor
) -> None:
    """Keep when somebody came and what came of it; the report rises at closing unless it is closed before.

    Raises: Missing, Stale, ReportClosed; NobodyCalled, ArrivedAlready, OutsideTheStage, ReporterNeeded.
    Source: ES-3, ES-4.
    """
    with work(by) as w:
        report = open_report(w, report_id, version)
        row = current_stage(w.session, report.id)
        name = who_came.strip()
        if not name:
            raise ReporterNeeded(field="who_came")
        check_arrival(stage_facts(row), clock.local(at), row.who_came, now=clock.local(clock.now()))
        row.arrived_at, row.who_came = at, name
        row.result = result.strip()
        set_rising(w, report, row)
        note_deed(w, report, ReportDeed.ARRIVED, f"{name} {row.result}".strip(), at=at)
