"""What the window for what cannot be done counted in a month, for the county's statistics."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from concierge.escalation.queries.statistics import counted
from concierge.escalation.rules.report import ReportKind, ReportLevel
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import N_
from documents.rules.statistics import Figure, Month, Section

KINDS = {
    ReportKind.UNLAWFUL: N_("Not lawful"),
    ReportKind.BLOCKED: N_("Blocked"),
    ReportKind.REFUSED: N_("Refused at the counter"),
    ReportKind.SPECIAL: N_("Special request"),
}

LEVELS = {
    ReportLevel.WINDOW: N_("Settled at the window"),
    ReportLevel.DEPARTMENT: N_("Settled by the department"),
    ReportLevel.TIMED: N_("Done by a day"),
    ReportLevel.LEADER: N_("County leader in charge"),
    ReportLevel.OFFICE_MEETING: N_("Office meeting of the county head"),
    ReportLevel.STANDING_MEETING: N_("Standing meeting"),
}


def month_sections(session: Session, month: Month, today: date) -> tuple[Section, ...]:
    """Reports received in a month, by kind and level, and how they ended; two queries.

    Source: SV-7, escalations by category and level; ES-3, ES-7.
    """
    last_on = min(month.last_on, today)
    found = counted(session, SYSTEM, month.first_on, last_on, today=today, now=clock.now())
    return (
        Section(
            title=N_("Reports of what cannot be done"),
            figures=(
                Figure(N_("Reports"), found.reports),
                *(Figure(name, found.kinds[kind]) for kind, name in KINDS.items()),
                *(Figure(name, found.levels[level], found.reports) for level, name in LEVELS.items()),
                Figure(N_("Closed reports"), found.closed),
                Figure(N_("Answered in time"), found.in_time, found.closed),
                Figure(N_("Settled on the spot"), found.on_the_spot, found.closed),
                Figure(N_("Satisfied, of those asked"), found.satisfied, found.asked),
            ),
        ),
    )
