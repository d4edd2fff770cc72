"""What supervision counted in a month, for the county's statistics."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from approvals.queries.catalogue import work_calendar
from concierge.kernel.errors import N_
from concierge.supervision.models.card import CardRow
from concierge.supervision.queries.complaints import ComplaintCount, count_complaints
from concierge.supervision.queries.statistics import Statistics, statistics
from concierge.supervision.rules.card import Colour, Ending
from concierge.supervision.rules.reporting_period import ReportingPeriod
from documents.rules.statistics import Figure, Line, Month, Section


def month_sections(session: Session, month: Month, today: date) -> tuple[Section, ...]:
    """Submissions, deferred papers, cards and complaints of a month; ten queries.

    Source: SV-7, SV-8.
    """
    period = ReportingPeriod(month.first_on, min(month.last_on, today))
    it = statistics(session, period)
    return (
        _submissions(it),
        _deferrals(it),
        _cards(session, it, period),
        _complaints(count_complaints(session, period, work_calendar(session))),
    )


def _submissions(it: Statistics) -> Section:
    return Section(
        title=N_("Submissions"),
        figures=(
            Figure(N_("Papers received"), it.received),
            Figure(N_("Cases accepted"), it.accepted),
            Figure(N_("Accepted at first submission"), it.first_time, it.accepted),
            Figure(N_("Papers sent back"), it.returns),
            Figure(N_("Returns for one accepted case"), it.returns_a_case),
            Figure(N_("Cases refused"), it.refused),
        ),
    )


def _deferrals(it: Statistics) -> Section:
    return Section(
        title=N_("Papers that come later"),
        figures=(
            Figure(N_("Deferrals granted"), it.granted),
            Figure(N_("Handed in by the day they were due"), it.supplied_in_time, it.owed),
            Figure(N_("Promises broken"), it.defaulted),
        ),
    )


def _cards(session: Session, it: Statistics, period: ReportingPeriod) -> Section:
    return Section(
        title=N_("Supervision"),
        figures=(
            Figure(N_("Yellow cards"), it.yellow),
            Figure(N_("Red cards"), it.red),
            Figure(N_("Cards taken down on appeal"), it.taken_down),
            Figure(N_("Appeals upheld"), it.upheld, it.appeals),
            Figure(N_("Orders answered in time"), it.answered_in_time, it.orders),
            Figure(N_("Departments urged"), it.chases),
        ),
        heads=(N_("Yellow cards"), N_("Red cards")),
        lines=_by_department(session, period),
    )


def _complaints(it: ComplaintCount) -> Section:
    return Section(
        title=N_("Complaints about approvals"),
        figures=(
            Figure(N_("Complaints and orders of the hotline"), it.came),
            Figure(N_("Decided on acceptance in time"), it.decided_in_time, it.decided),
            Figure(N_("Complaints answered in time"), it.answered_in_time, it.answered),
            Figure(N_("Found to be right, wholly or in part"), it.founded, it.answered),
        ),
    )


def _by_department(session: Session, period: ReportingPeriod) -> tuple[Line, ...]:
    """The cards of each department, those with red ones first, without those an appeal took down."""
    found: dict[str, Counter[Colour]] = {}
    rows = session.execute(
        select(CardRow.department, CardRow.colour, func.count())
        .where(
            CardRow.shown_on.between(period.first, period.last),
            or_(CardRow.ended_how.is_(None), CardRow.ended_how != Ending.APPEAL_UPHELD),
        )
        .group_by(CardRow.department, CardRow.colour)
    )
    for department, colour, count in rows:
        found.setdefault(department, Counter())[colour] = count
    order = sorted(found, key=lambda one: (-found[one][Colour.RED], -found[one][Colour.YELLOW], one))
    return tuple(Line(one, (found[one][Colour.YELLOW], found[one][Colour.RED])) for one in order)
