"""What really happened to a case, as reasons: receipt and silence, stops, an extension, an attempt before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from approvals.rules.catalogue import Matter
from approvals.rules.facts import Label
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.receiving import latest_notice
from approvals.rules.stops import ClockStop
from approvals.rules.wording import Reason, spoken_day
from concierge.kernel.errors import N_
from projects.rules.terms import Actual
from scheduler import WorkCalendar

ONE_WORKDAY = N_("1 working day")
WORKDAYS = N_("%(n)s working days")
RECEIVED = N_("papers received on %(on)s; the department may ask for what is missing until %(until)s")
SILENT = N_("papers received on %(on)s; nothing was asked for by %(until)s, so they count as accepted then")
CORRECTING = N_("papers received on %(on)s; they are accepted once the owner has corrected them")
HANDED_IN_AGAIN = N_("papers received on %(on)s and corrected since")
STOOD = N_("its clock stood still for %(kind)s from %(first)s to %(last)s, %(days)s")
STOOD_A_DAY = N_("its clock stood still for %(kind)s on %(first)s")
STANDS = N_("its clock stands still for %(kind)s since %(first)s, planned to %(last)s, %(days)s")
STANDS_TOO_LONG = N_(
    "its clock stands still for %(kind)s since %(first)s; that was planned to end on %(last)s and did not"
)
BY_BASIS = N_("by %(basis)s")
EXTENDED = N_("its limit was extended by %(days)s")

_KINDS = {
    StopKind.CORRECTION: N_("a correction of its papers"),
    StopKind.HEARING: N_("a hearing"),
    StopKind.TENDER: N_("a tender"),
    StopKind.AUCTION: N_("an auction"),
    StopKind.INSPECTION: N_("an inspection"),
    StopKind.TESTING: N_("testing"),
    StopKind.QUARANTINE: N_("quarantine"),
    StopKind.APPRAISAL: N_("an appraisal"),
    StopKind.EXPERT_REVIEW: N_("an expert review"),
    StopKind.PUBLICITY: N_("a public notice"),
    StopKind.TECHNICAL_REVIEW: N_("a technical review"),
    StopKind.SITE_SURVEY: N_("a survey of the site"),
    StopKind.CONSULTATION: N_("consulting another department"),
}
_ENDS = {
    StepState.WITHDRAWN: N_("attempt %(n)s: withdrawn on %(on)s, prepared anew since"),
    StepState.NOT_ACCEPTED: N_("attempt %(n)s: not accepted on %(on)s, prepared anew since"),
    StepState.DECLINED: N_("attempt %(n)s: acceptance declined on %(on)s, prepared anew since"),
    StepState.REFUSED: N_("attempt %(n)s: refused on %(on)s, prepared anew since"),
    StepState.RECALLED: N_("attempt %(n)s: recalled on %(on)s, prepared anew since"),
    StepState.REVOKED: N_("attempt %(n)s: revoked on %(on)s, prepared anew since"),
}


def attempt_reasons(actual: Actual, *, year: int) -> Iterator[Reason]:
    """Why a step is done once more: how the case before this one ended.

    Source: S12, states 2, 4, 5 and 13 to 15.
    """
    if actual.ended_on is not None and actual.ended_as in _ENDS:
        facts = {"n": actual.attempt, "on": _day(actual.ended_on, year)}
        yield Reason("begun_anew", _ENDS[actual.ended_as], facts)


def receipt_reasons(
    actual: Actual, matter: Matter, calendar: WorkCalendar, today: date, *, year: int
) -> Iterator[Reason]:
    """What its acceptance waits for once the papers lie with the department.

    Source: AC-1, AC-2, CL-5.
    """
    if actual.received_on is None:
        return
    until = latest_notice(actual.received_on, matter, calendar)
    facts = {"on": _day(actual.received_on, year), "until": _day(until, year)}
    if actual.state is StepState.CORRECTING:
        yield Reason("correcting", CORRECTING, facts)
    elif actual.state is StepState.CORRECTED:
        yield Reason("handed_in_again", HANDED_IN_AGAIN, facts)
    elif today > until:
        yield Reason("silent", SILENT, facts)
    else:
        yield Reason("received", RECEIVED, facts)


def course_reasons(actual: Actual, calendar: WorkCalendar, today: date, *, year: int) -> Iterator[Reason]:
    """What lengthened a case that runs: each stop with its kind, days and basis, then its extension.

    Source: CL-6, CL-7, AC-7.
    """
    for stop in actual.stops:
        yield from _stop(stop, calendar, today, year)
    for extension in actual.extensions:
        yield Reason("extended", EXTENDED, {"days": _workdays(extension.workdays)})
        yield from _basis(extension.basis)


def _stop(stop: ClockStop, calendar: WorkCalendar, today: date, year: int) -> Iterator[Reason]:
    last_on = stop.last_on or stop.planned_last_on
    taken = calendar.workdays_between(stop.first_on, last_on) + calendar.is_workday(stop.first_on)
    facts = {
        "kind": Reason("stop_kind", _KINDS[stop.kind]),
        "first": _day(stop.first_on, year),
        "last": _day(last_on, year),
        "days": _workdays(taken),
    }
    if stop.is_overdue(today):
        yield Reason("stands_too_long", STANDS_TOO_LONG, facts)
    elif stop.is_open:
        yield Reason("stands", STANDS, facts)
    else:
        yield Reason("stood", STOOD_A_DAY if stop.first_on == last_on else STOOD, facts)
    yield from _basis(stop.basis)


def _basis(basis: str) -> Iterator[Reason]:
    if basis:
        yield Reason("by_basis", BY_BASIS, {"basis": basis})


def _workdays(count: int) -> Reason:
    return Reason("days", ONE_WORKDAY) if count == 1 else Reason("days", WORKDAYS, {"n": count})


def _day(day: date, year: int) -> Label:
    with_year = day.year != year
    return Label(spoken_day(day, "zh", with_year=with_year), spoken_day(day, "en", with_year=with_year))
