"""Take a report one level up: because nobody settled it, because somebody asks, because its time is over."""

from __future__ import annotations

from datetime import datetime

from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.models.report import ReportRow
from concierge.escalation.queries.desk import figures_in_force
from concierge.escalation.queries.reports import current_stage, opinions_of
from concierge.escalation.rules.learning import written
from concierge.escalation.rules.levels import check_moment, level_asked, next_level, rises_at
from concierge.escalation.rules.report import ReportLevel, Rise
from concierge.escalation.services.follow_report import open_report, rise, stage_facts
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def raise_report(
    report_id: int,
    to: ReportLevel,
    why: str,
    *,
    at: datetime | None = None,
    version: int | None = None,
    by: Actor,
) -> None:
    """Take a report up by hand, now or at a moment since its level began; ``why`` stands beside that level.

    Raises: Missing, Stale, ReportClosed; NoHigherLevel, LevelsInOrder, OutsideTheStage, UnclearWords.
    Source: ES-3 to ES-5.
    """
    with work(by) as w:
        report = open_report(w, report_id, version)
        departments = {report.department, *(one.department for one in opinions_of(w.session, report.id))}
        asked = level_asked(report.level, to, len(departments))
        row = current_stage(w.session, report.id)
        moment, now = at or clock.now(), clock.local(clock.now())
        check_moment(clock.local(row.began_at), clock.local(moment), now=now)
        said = written(why, "why")
        row.result = row.result or said
        rise(w, report, asked, moment, Rise.UNSOLVED if row.level.is_on_the_spot else Rise.ASKED)


def raise_by_itself(w: Work, report: ReportRow, now: datetime) -> int:
    """Take a report up as often as its clocks say by now; answers how often.

    Shape: each level begins at the moment the one before was over, so that a late task gives nobody time.
    Source: ES-3.
    """
    figures, calendar = figures_in_force(w.session), catalogue_queries.work_calendar(w.session)
    times = 0
    while report.closed_at is None:
        row = current_stage(w.session, report.id)
        rising = rises_at(stage_facts(row), figures, calendar)
        if rising is None or rising[0] > now:
            break
        rise(w, report, next_level(row.level), rising[0], rising[1])
        times += 1
    return times
