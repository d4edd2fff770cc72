"""Register a report of what cannot be done, told by a person or found by the platform."""

from __future__ import annotations

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.services.take_number import take_number
from concierge.escalation.events import ProblemReported
from concierge.escalation.models.report import ReportRow
from concierge.escalation.queries.desk import figures_in_force
from concierge.escalation.queries.reports import known_occasion, open_of_step
from concierge.escalation.rules.levels import answer_due_on, received_on
from concierge.escalation.rules.report import ReportDeed, ReportLevel
from concierge.escalation.rules.telling import NotYetReported, Told
from concierge.escalation.services.follow_report import begin_level, note_deed
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work

SERIES = "BB"


def report_problem(told: Told, *, by: Actor) -> int:
    """Register a report; answers its row. The progress page of an enterprise calls this too.

    Raises: Missing; NotYetReported, and what ``Told`` refuses when it is built.
    Effects: the chief representative is called, and the first clock runs.
    Source: ES-1, ES-3.
    """
    with work(by) as w:
        return register_report(w, told)


def register_report(w: Work, told: Told) -> int:
    """Register a report inside the caller's work; what the platform finds again adds a line, not a report.

    Raises: Missing, NotYetReported.
    Source: ES-1.
    """
    if told.reported_at > clock.now():
        raise NotYetReported(field="reported_at")
    _check_place(w, told)
    known = _known(w, told)
    if known is not None:
        if known.occasion != told.occasion:
            note_deed(w, known, ReportDeed.FOUND_AGAIN, told.title)
        return known.id
    report = _new_row(w, told)
    row = begin_level(w, report, ReportLevel.WINDOW, told.reported_at, round_number=1)
    note_deed(w, report, ReportDeed.REGISTERED, told.way.value, at=told.reported_at)
    w.record(
        ProblemReported(
            report_id=report.id,
            project_id=report.project_id,
            number=report.number,
            title=report.title,
            department=report.department,
            way=told.way.value,
            called=row.called,
            called_phone=row.called_phone,
            due_at=row.due_at,
            due_on=report.due_on,
        )
    )
    return report.id


def _check_place(w: Work, told: Told) -> None:
    """Whether project and step are there and in sight. Raises: Missing."""
    if told.project_id is not None:
        scope.require(w.session, w.by, told.project_id)
    if told.step_id is not None:
        step = w.session.get(Step, told.step_id)
        if step is None or step.project_id != told.project_id:
            raise Missing


def _known(w: Work, told: Told) -> ReportRow | None:
    """The report the platform made of this before, or the open one about the same step."""
    if told.occasion is None:
        return None
    known = known_occasion(w.session, told.occasion)
    if known is None and told.step_id is not None:
        known = open_of_step(w.session, told.step_id)
    return known


def _new_row(w: Work, told: Told) -> ReportRow:
    figures, calendar = figures_in_force(w.session), catalogue_queries.work_calendar(w.session)
    received = received_on(clock.local(told.reported_at), figures, calendar)
    return w.add(
        ReportRow(
            number=take_number(w, SERIES, clock.local(told.reported_at).date()),
            project_id=told.project_id,
            step_id=told.step_id,
            way=told.way,
            occasion=told.occasion,
            reporter=told.reporter.strip(),
            phone=told.phone.strip(),
            title=told.title.strip(),
            text=told.text.strip(),
            department=told.department,
            kind=told.kind,
            reported_at=told.reported_at,
            received_on=received,
            registered_by_id=w.by.id,
            registered_by=w.by.label,
            level=ReportLevel.WINDOW,
            due_on=answer_due_on(received, told.kind, 1, figures, calendar),
        )
    )
