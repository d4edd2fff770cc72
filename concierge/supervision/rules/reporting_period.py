"""The span of days a report is about, and the one before it that it is compared with."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta

NINETY = timedelta(days=89)
_ONE_DAY = timedelta(days=1)


class ReportSpan(enum.Enum):
    """The spans a report can be asked for.

    Source: SV-6 for the quarter.
    """

    MONTH = "month"
    LAST_MONTH = "last-month"
    NINETY_DAYS = "90-days"
    QUARTER = "quarter"
    LAST_QUARTER = "last-quarter"

    @property
    def is_graded(self) -> bool:
        """Whether departments get a grade for it."""
        return self in (ReportSpan.QUARTER, ReportSpan.LAST_QUARTER)


@dataclass(frozen=True)
class ReportingPeriod:
    """Civil days, both ends included."""

    first: date
    last: date


def reporting_period(span: ReportSpan, today: date) -> ReportingPeriod:
    """The days of a span as of today; a running month or quarter ends today."""
    if span is ReportSpan.NINETY_DAYS:
        return ReportingPeriod(today - NINETY, today)
    months = 3 if span.is_graded else 1
    first = _first_of(today, months)
    if span in (ReportSpan.MONTH, ReportSpan.QUARTER):
        return ReportingPeriod(first, today)
    return ReportingPeriod(_first_of(first - _ONE_DAY, months), first - _ONE_DAY)


def period_before(span: ReportSpan, today: date) -> ReportingPeriod:
    """The whole span before it, to compare with."""
    first = reporting_period(span, today).first
    if span is ReportSpan.NINETY_DAYS:
        return ReportingPeriod(first - _ONE_DAY - NINETY, first - _ONE_DAY)
    return ReportingPeriod(_first_of(first - _ONE_DAY, 3 if span.is_graded else 1), first - _ONE_DAY)


def _first_of(day: date, months: int) -> date:
    """The first day of the month or quarter a day lies in."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)
