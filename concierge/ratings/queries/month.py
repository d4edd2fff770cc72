"""What ratings counted in a month, for the county's statistics."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import N_
from concierge.ratings.queries.board import DepartmentRatings, board
from concierge.ratings.rules.rating import Level
from concierge.supervision.rules.reporting_period import ReportingPeriod
from documents.rules.statistics import Figure, Line, Month, Section

HEADS = {
    Level.VERY_SATISFIED: N_("Very satisfied"),
    Level.SATISFIED: N_("Satisfied"),
    Level.FAIRLY_SATISFIED: N_("Basically satisfied"),
    Level.DISSATISFIED: N_("Dissatisfied"),
    Level.VERY_DISSATISFIED: N_("Very dissatisfied"),
}


def month_sections(session: Session, month: Month, today: date) -> tuple[Section, ...]:
    """Ratings of a month and how the negative ones were followed; names no rater and no case.

    Source: SV-7; RT-5, call-backs and answers 100 %; RT-8, coverage.
    """
    period = ReportingPeriod(month.first_on, min(month.last_on, today))
    departments = [one for one in board(session, SYSTEM, period).departments if one.closed or one.total]
    return (
        Section(
            title=N_("Service ratings"),
            figures=_figures(departments),
            heads=tuple(HEADS.values()),
            lines=tuple(
                Line(one.department, tuple(one.levels[level] for level in HEADS))
                for one in departments
                if one.total
            ),
        ),
    )


def _figures(departments: list[DepartmentRatings]) -> tuple[Figure, ...]:
    followed = [one.followed for one in departments]
    return (
        Figure(N_("Services that could be rated"), sum(one.closed for one in departments)),
        Figure(
            N_("Services that were rated"),
            sum(one.rated for one in departments),
            sum(one.closed for one in departments),
        ),
        Figure(
            N_("Positive ratings"),
            sum(one.good for one in departments),
            sum(one.total for one in departments),
        ),
        *(Figure(head, sum(one.levels[level] for one in departments)) for level, head in HEADS.items()),
        Figure(N_("Negative ratings"), sum(one.negative for one in followed)),
        Figure(
            N_("Contacted in time"),
            sum(one.contact_in_time for one in followed),
            sum(one.contact_due for one in followed),
        ),
        Figure(
            N_("Put right in time"),
            sum(one.answer_in_time for one in followed),
            sum(one.answer_due for one in followed),
        ),
        Figure(
            N_("Called back"),
            sum(one.call_back_done for one in followed),
            sum(one.call_back_due for one in followed),
        ),
    )
