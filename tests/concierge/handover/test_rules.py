"""The rules of handing over: days, turns, who may, and what belongs on the sheet."""

from datetime import date, timedelta

import pytest

from approvals.rules.catalogue import Holiday
from approvals.rules.work_calendar import work_calendar
from concierge.handover.rules.handover import (
    GiverOnly,
    HandedOverAlready,
    Handover,
    HandoverKind,
    HandoverState,
    NotGivenYet,
    TakerOnly,
    check_may_accept,
    check_may_give,
    due_after_change,
    due_to_give,
    is_late,
    state_of,
    window,
)
from concierge.handover.rules.sheet import LineKind, ProjectSheet, SheetLine
from concierge.handover.rules.takers import takings
from concierge.staff.rules.absence import Away, Duty
from concierge.staff.rules.presence import Cover

AMY, BO, CAI = 1, 2, 3


def day(text):
    return date.fromisoformat(text)


@pytest.fixture(scope="module")
def calendar():
    """2026 without public holidays: weekends are the only rest days."""
    rest = [
        Holiday(on=date(year, 1, 1), kind="holiday", is_workday=False, status="official")
        for year in (2025, 2026, 2027)
    ]
    return work_calendar(tuple(rest))


def a_handover(**more):
    told = {
        "kind": HandoverKind.LEAVE,
        "from_id": AMY,
        "to_id": BO,
        "first_on": day("2026-06-10"),
        "last_on": day("2026-06-12"),
        "due_on": day("2026-06-09"),
    }
    return Handover(**{**told, **more})


def test_a_handover_is_due_the_working_day_before_or_when_it_became_known(calendar):
    monday, friday = day("2026-06-15"), day("2026-06-12")

    assert due_to_give(monday, day("2026-06-01"), calendar) == friday
    assert due_to_give(monday, monday, calendar) == monday  # known only that morning
    assert due_after_change(friday, calendar) == monday


def test_the_window_is_the_absence_and_five_working_days(calendar):
    """Friday 12 June: 15, 16, 17, 18 and 19 June follow."""
    assert window(a_handover(), calendar) == (day("2026-06-10"), day("2026-06-19"))
    assert window(a_handover(last_on=None), calendar) == (day("2026-06-10"), None)


def test_it_goes_from_giving_over_accepting_and_reporting_to_its_end():
    today, after = day("2026-06-09"), day("2026-06-15")
    given = {"given_on": today}
    accepted = {**given, "accepted_on": today}

    assert state_of(a_handover(), today) is HandoverState.TO_GIVE
    assert state_of(a_handover(**given), today) is HandoverState.TO_ACCEPT
    assert state_of(a_handover(**accepted), today) is HandoverState.ACCEPTED
    assert state_of(a_handover(**accepted), after) is HandoverState.TO_REPORT
    assert state_of(a_handover(**accepted, is_reported=True), after) is HandoverState.TO_TAKE_BACK
    over = a_handover(**accepted, is_reported=True, is_taken_back=True)
    assert state_of(over, after) is HandoverState.OVER
    assert state_of(a_handover(**accepted, last_on=None), today) is HandoverState.OVER
    assert state_of(a_handover(kind=HandoverKind.SUDDEN), today) is HandoverState.TO_ACCEPT
    assert state_of(a_handover(is_dropped=True), today) is HandoverState.DROPPED


def test_late_is_given_after_its_day_and_never_what_nobody_could_give():
    due, after = day("2026-06-09"), day("2026-06-10")

    assert not is_late(a_handover(), due)
    assert is_late(a_handover(), after)
    assert not is_late(a_handover(given_on=due), after)
    assert is_late(a_handover(given_on=after), after)
    assert not is_late(a_handover(kind=HandoverKind.SUDDEN), after)


def test_only_the_giver_or_the_chief_gives_and_only_once():
    check_may_give(a_handover(), AMY, "Amy", is_chief=False)
    check_may_give(a_handover(), CAI, "Amy", is_chief=True)
    with pytest.raises(GiverOnly, match="Only Amy"):
        check_may_give(a_handover(), BO, "Amy", is_chief=False)
    with pytest.raises(HandedOverAlready):
        check_may_give(a_handover(given_on=day("2026-06-08")), AMY, "Amy", is_chief=False)


def test_only_the_taker_accepts_and_what_is_planned_not_before_it_is_given():
    names, today = ("Amy", "Bo"), day("2026-06-09")

    with pytest.raises(TakerOnly, match="Only Bo"):
        check_may_accept(a_handover(given_on=today), CAI, names, today)
    with pytest.raises(NotGivenYet, match="Amy has not"):
        check_may_accept(a_handover(), BO, names, today)
    check_may_accept(a_handover(), BO, names, day("2026-06-10"))  # the days have begun
    check_may_accept(a_handover(kind=HandoverKind.SUDDEN), BO, names, today)


def line(kind, due_on, name="x"):
    return SheetLine(kind=kind, name_zh=name, name_en=name, due_on=due_on)


def test_the_sheet_names_what_falls_due_first_and_what_is_only_planned_later_not_at_all():
    first, last = day("2026-06-10"), day("2026-06-19")
    overdue = line(LineKind.DEFERRAL, first - timedelta(days=9))
    soon = line(LineKind.START, last)
    running = line(LineKind.STEP, last + timedelta(days=1))
    planned = line(LineKind.START, last + timedelta(days=40))
    sheet = ProjectSheet(
        project_id=7, code="c", name="n", enterprise="e", lines=(planned, running, soon, overdue)
    )

    assert sheet.due(first, last) == (overdue, soon)
    assert sheet.later(last) == (running,)
    assert sheet.due(first, None) == (overdue, soon, running)  # for good: all open, four weeks of the plan


def test_the_work_goes_to_whoever_acts_instead():
    shared = [Duty(project_id=1, a_id=AMY, b_id=BO), Duty(project_id=2, a_id=BO, b_id=AMY)]
    away = Away(person_id=AMY, first_on=day("2026-06-10"), last_on=day("2026-06-12"))

    (taking,) = takings(away, [], shared, {})

    assert (taking.to_id, taking.projects) == (BO, ((1, "A"),))  # of the second she is B: nothing changes


def test_days_on_which_b_is_away_too_go_to_c():
    shared = [Duty(project_id=1, a_id=AMY, b_id=BO)]
    away = Away(person_id=AMY, first_on=day("2026-06-10"), last_on=day("2026-06-12"))
    bo = Away(person_id=BO, first_on=day("2026-06-12"), last_on=day("2026-06-12"))
    named = {1: [Cover(project_id=1, person_id=CAI, first_on=bo.first_on, last_on=bo.last_on)]}

    found = takings(away, [bo], shared, named)

    told = [(one.to_id, one.first_on.day, one.last_on.day) for one in found]
    assert told == [(BO, 10, 11), (CAI, 12, 12)]
