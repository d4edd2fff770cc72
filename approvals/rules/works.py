"""After the construction permit: beginning in time, putting the beginning off, and works that stand still.

Source: PR-11 (建筑法 arts. 9 and 10); months end by 民法典 art. 202.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from approvals.rules.validity import months_later
from concierge.kernel.errors import N_, Invalid, Refusal

EXTENSION_MONTHS = 3
MOST_EXTENSIONS = 2
REPORT_MONTHS = 1
RECHECK_MONTHS = 12


class WorksNotBegun(Refusal):
    """Only what began can stand still."""

    message = N_("No start of construction is recorded, so nothing can stand still. Record the start first.")


class WorksBegunAlready(Refusal):
    """Who has begun needs no more time to begin."""

    message = N_("Construction began on %(day)s; there is nothing to put off.")


class PermitVoid(Refusal):
    """The permit ended by itself."""

    message = N_("The permit ended by itself after %(day)s. A new one has to be applied for.")


class NoMoreExtensions(Refusal):
    """The law allows two."""

    message = N_("The beginning was put off twice already; the law allows no third time.")


class PutOffTooLong(Invalid):
    """A day outside the three months."""

    message = N_("Give a day after %(first)s and not after %(last)s: three months at most at a time.")


class WorksStandStill(Refusal):
    """A second stop inside the first."""

    message = N_("The works stand still since %(day)s already. Record when they go on first.")


class WorksGoOn(Refusal):
    """Nothing stands still."""

    message = N_("No stop of works is recorded that is still open. Reload the page.")


class DayOutOfOrder(Invalid):
    """A day before what it follows, or ahead of today."""

    message = N_("Give a day between %(first)s and %(last)s.")


class PermitToBeRechecked(Refusal):
    """A year and more of standing still."""

    message = N_(
        "The works stood still for a year and more. The authority has to re-check the permit before they go"
        " on; record its re-check first."
    )


@dataclass(frozen=True, kw_only=True)
class StartExtension:
    """One time the beginning was put off. Units: civil days; ``until_on`` is the last day to begin."""

    number: int
    until_on: date
    granted_on: date


@dataclass(frozen=True, kw_only=True)
class WorksStop:
    """Works that stand, or stood, still.

    Units: civil days. Shape: what has not happened yet is None.
    """

    stopped_on: date
    reported_on: date | None = None
    rechecked_on: date | None = None
    resumed_on: date | None = None

    @property
    def report_due_on(self) -> date:
        """The last day to report the stop to the authority that issued the permit. Source: PR-11."""
        return months_later(self.stopped_on, REPORT_MONTHS)

    @property
    def recheck_from_on(self) -> date:
        """From this day on the permit is re-checked before the works go on. Source: PR-11."""
        return months_later(self.stopped_on, RECHECK_MONTHS)

    def needs_recheck(self, on: date) -> bool:
        """Whether works that go on then need a re-check that is not there. Source: PR-11."""
        return on >= self.recheck_from_on and self.rechecked_on is None


def last_day_to_begin(by_permit_on: date, extensions: Sequence[StartExtension]) -> date:
    """The last day on which building may begin under the permit.

    Shape: ``by_permit_on`` is the last day without an extension.
    Source: PR-11.
    """
    return max([by_permit_on, *(one.until_on for one in extensions)])


def decide_extension(
    last_on: date, extensions: Sequence[StartExtension], until_on: date, *, began_on: date | None, today: date
) -> StartExtension:
    """Put the beginning off to a day.

    Shape: ``last_on`` is the last day to begin as it stands now.
    Raises: WorksBegunAlready, PermitVoid, NoMoreExtensions, PutOffTooLong.
    Source: PR-11: asked before the time is over, twice, three months at most each.
    """
    if began_on is not None:
        raise WorksBegunAlready(day=began_on)
    if today > last_on:
        raise PermitVoid(day=last_on)
    if len(extensions) >= MOST_EXTENSIONS:
        raise NoMoreExtensions
    furthest = months_later(last_on, EXTENSION_MONTHS)
    if not last_on < until_on <= furthest:
        raise PutOffTooLong(first=last_on, last=furthest, field="until_on")
    return StartExtension(number=len(extensions) + 1, until_on=until_on, granted_on=today)


def decide_stop(
    began_on: date | None, stops: Sequence[WorksStop], stopped_on: date, *, today: date
) -> WorksStop:
    """Works that began stand still from a day on.

    Raises: WorksNotBegun, WorksStandStill, DayOutOfOrder.
    Source: PR-11.
    """
    if began_on is None:
        raise WorksNotBegun
    standing = open_stop(stops)
    if standing is not None:
        raise WorksStandStill(day=standing.stopped_on)
    first = max([began_on, *(one.resumed_on for one in stops if one.resumed_on)])
    _check_order(first, stopped_on, today, "stopped_on")
    return WorksStop(stopped_on=stopped_on)


def check_report(stop: WorksStop | None, on: date, *, today: date) -> None:
    """Whether a stop was reported, or its permit re-checked, on a day.

    Raises: WorksGoOn, DayOutOfOrder.
    """
    if stop is None:
        raise WorksGoOn
    _check_order(stop.stopped_on, on, today, "on")


def check_resumption(stop: WorksStop | None, resumed_on: date, *, today: date) -> None:
    """Whether works that stood still may go on from a day.

    Raises: WorksGoOn, DayOutOfOrder, PermitToBeRechecked.
    Source: PR-11.
    """
    check_report(stop, resumed_on, today=today)
    if stop is not None and stop.needs_recheck(resumed_on):
        raise PermitToBeRechecked
    if stop is not None and stop.rechecked_on is not None:
        _check_order(stop.rechecked_on, resumed_on, today, "on")


def open_stop(stops: Sequence[WorksStop]) -> WorksStop | None:
    """The stop that still stands."""
    return next((one for one in stops if one.resumed_on is None), None)


def _check_order(first: date, on: date, today: date, field: str) -> None:
    if not first <= on <= today:
        raise DayOutOfOrder(first=first, last=today, field=field)
