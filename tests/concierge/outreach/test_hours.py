"""Service outside office hours: who serves it, and that no statutory clock moves by it."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.work_calendar import work_calendar as calendar_of
from approvals.services.ship_catalogue import shipped_files
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import AlreadyThere
from concierge.outreach.models.booking import DutyRow, ServiceBookingRow
from concierge.outreach.models.people import AccessRow
from concierge.outreach.rules.off_hours import (
    DutyFull,
    DutyOutOfOrder,
    DutyWhileAway,
    NobodyOnDuty,
    OpeningHours,
    TimeNotBookable,
    TimeTaken,
    Turn,
    check_time,
    counts_on,
    hours_of,
    in_turn,
)
from concierge.outreach.rules.standing import BookingState, Hours
from concierge.outreach.services.book_service import (
    BookingOver,
    CallerNeeded,
    NewBooking,
    book_service,
    end_booking,
    opened_booking,
)
from concierge.outreach.services.plan_duty import drop_duty, plan_duty, plan_rota
from concierge.staff.rules.absence import Away
from concierge.staff.services.record_absence import record_absence
from scheduler import Basis, Period
from tests.builders import a_project

TODAY = date(2026, 4, 15)  # a Wednesday
SATURDAY = date(2026, 4, 18)
HALL = OpeningHours()


@pytest.fixture(scope="module")
def calendar():
    catalogue = read_files(shipped_files()).catalogue
    return calendar_of(catalogue.holidays)


def a_booking(**told):
    usual = {
        "on": SATURDAY,
        "begins": time(9, 30),
        "minutes": 30,
        "what": "不动产登记",
        "name": "张三丰",
        "phone": "13800001234",
    }
    return NewBooking(**{**usual, **told})


@pytest.mark.parametrize(
    ("on", "begins", "hours", "counts"),
    [
        (date(2026, 4, 15), time(10), Hours.OPEN, date(2026, 4, 15)),
        (date(2026, 4, 15), time(8), Hours.EARLY, date(2026, 4, 15)),
        (date(2026, 4, 15), time(12, 30), Hours.NOON, date(2026, 4, 15)),
        (date(2026, 4, 15), time(18), Hours.LATE, date(2026, 4, 16)),
        (SATURDAY, time(9), Hours.WEEKEND, date(2026, 4, 20)),
        (date(2026, 5, 1), time(9), Hours.HOLIDAY, date(2026, 5, 6)),  # 1 to 5 May are off
        (date(2026, 5, 9), time(9), Hours.OPEN, date(2026, 5, 9)),  # a make-up Saturday
    ],
)
def test_what_is_handed_in_outside_hours_counts_on_the_next_working_day(calendar, on, begins, hours, counts):
    assert hours_of(on, begins, calendar, HALL) is hours
    assert counts_on(on, begins, calendar, HALL) == counts


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20))  # noqa: DTZ001  (local wall clock)


@given(at=MOMENTS, days=st.integers(1, 60))
def test_no_booking_ever_moves_the_end_of_a_period(calendar, at, days):
    """The same papers pushed under the door at the same moment have the same last day."""
    booked = counts_on(at.date(), at.time(), calendar, HALL)
    unbooked = calendar.received_on(at, HALL.closes)
    period = Period(days, Basis.WORKING)

    assert calendar.due_on(booked, period) == calendar.due_on(unbooked, period)
    assert calendar.is_workday(booked)


def test_a_booking_for_a_project_leaves_every_day_of_its_steps_alone(county):
    project_id = a_project()
    amy = county.employs("amy", "Chief", sees=(None,))
    columns = [column for column in Step.__table__.columns if column.name != "version"]

    def days():
        with db.engine.connect() as connection:
            rows = connection.execute(select(*columns).where(Step.project_id == project_id).order_by(Step.id))
            return [tuple(row) for row in rows]

    before = days()
    plan_duty(Turn(SATURDAY, time(9), time(12), 0, amy.id), by=SYSTEM)
    booking_id = book_service(a_booking(project_id=project_id), by=amy.actor)
    end_booking(booking_id, BookingState.SERVED, by=amy.actor)
    jobs.run_due()

    assert len(before) > 10
    assert days() == before


def test_somebody_on_duty_serves_it_and_its_caller_is_sealed(county):
    amy = county.employs("amy", "Concierge")
    plan_duty(Turn(SATURDAY, time(9), time(12), 0, amy.id), by=SYSTEM)

    booking_id = book_service(a_booking(), by=SYSTEM)

    row = county.has(ServiceBookingRow, booking_id)
    assert (row.officer_id, row.hours, row.counts_on) == (amy.id, Hours.WEEKEND, date(2026, 4, 20))
    assert row.called == "张＊＊"
    assert "张三丰".encode() not in row.sealed
    assert opened_booking(booking_id, by=amy.actor).phone == "13800001234"
    assert len(county.asked(select(AccessRow))) == 1


def test_without_anybody_on_duty_the_next_duty_is_named(county):
    amy = county.employs("amy", "Concierge")
    plan_duty(Turn(date(2026, 4, 19), time(9), time(12), 0, amy.id), by=SYSTEM)

    with pytest.raises(NobodyOnDuty) as told:
        book_service(a_booking(), by=SYSTEM)

    assert "04-19 09:00–12:00" in str(told.value)


def test_two_on_duty_serve_two_at_a_time_and_no_third(county):
    amy, bo = county.employs("amy", "Concierge"), county.employs("bo", "Concierge")
    for one in (amy, bo):
        plan_duty(Turn(SATURDAY, time(9), time(12), 0, one.id), by=SYSTEM)

    served = {county.has(ServiceBookingRow, book_service(a_booking(), by=SYSTEM)).officer_id for _ in "12"}

    assert served == {amy.id, bo.id}
    with pytest.raises(TimeTaken):
        book_service(a_booking(begins=time(9, 45)), by=SYSTEM)
    book_service(a_booking(begins=time(10)), by=SYSTEM)  # the half hour after


def test_at_most_two_have_the_duty_of_a_place_and_each_one_place_a_day(county, village):
    people = [county.employs(name, "Concierge") for name in ("amy", "bo", "cy")]
    for one in people[:2]:
        plan_duty(Turn(SATURDAY, time(9), time(12), 0, one.id), by=SYSTEM)

    with pytest.raises(DutyFull):
        plan_duty(Turn(SATURDAY, time(14), time(17), 0, people[2].id), by=SYSTEM)
    with pytest.raises(AlreadyThere):
        plan_duty(Turn(SATURDAY, time(14), time(17), village.township_id, people[0].id), by=SYSTEM)


def test_nobody_has_the_duty_on_a_day_of_leave(county):
    amy, bo = county.employs("amy", "Concierge"), county.employs("bo", "Concierge")
    away = Away(person_id=amy.id, first_on=SATURDAY, last_on=SATURDAY, is_planned=False)
    record_absence(away, "病假", by=SYSTEM)

    with pytest.raises(DutyWhileAway) as told:
        plan_duty(Turn(SATURDAY, time(9), time(12), 0, amy.id), by=SYSTEM)

    assert "Bo" in str(told.value)
    assert plan_duty(Turn(SATURDAY, time(9), time(12), 0, bo.id), by=SYSTEM)


def test_rest_days_are_given_out_in_turn(county):
    amy, bo = county.employs("amy", "Concierge"), county.employs("bo", "Concierge")

    # 15 to 30 April: 18, 19, 25 and 26 are rest days
    assert plan_rota(TODAY, date(2026, 4, 30), time(9), time(12), by=SYSTEM) == 4
    rows = county.asked(select(DutyRow).order_by(DutyRow.on))

    assert [(row.on.day, row.person_id) for row in rows] == [
        (18, amy.id),
        (19, bo.id),
        (25, amy.id),
        (26, bo.id),
    ]
    assert plan_rota(TODAY, date(2026, 4, 30), time(9), time(12), by=SYSTEM) == 0


@given(days=st.sets(st.dates(TODAY, TODAY + timedelta(days=60))), people=st.integers(1, 5))
def test_nobody_has_two_duties_more_than_another(days, people):
    plan = in_turn(days, range(1, people + 1), [], {})
    counts = [sum(person_id == one for _, person_id in plan) for one in range(1, people + 1)]

    assert len(plan) == len(days)
    assert max(counts) - min(counts) <= 1


def test_a_duty_taken_back_says_how_many_bookings_have_nobody(county):
    amy = county.employs("amy", "Concierge")
    duty_id = plan_duty(Turn(SATURDAY, time(9), time(12), 0, amy.id), by=SYSTEM)
    booking_id = book_service(a_booking(), by=SYSTEM)

    assert drop_duty(duty_id, by=SYSTEM) == 1
    assert county.has(ServiceBookingRow, booking_id).officer_id is None


def test_a_booking_ends_once(county):
    amy = county.employs("amy", "Concierge")
    plan_duty(Turn(SATURDAY, time(9), time(12), 0, amy.id), by=SYSTEM)
    booking_id = book_service(a_booking(), by=SYSTEM)
    end_booking(booking_id, BookingState.MISSED, by=SYSTEM)

    with pytest.raises(BookingOver):
        end_booking(booking_id, BookingState.SERVED, by=SYSTEM)


@pytest.mark.parametrize("told", [{"what": ""}, {"name": " "}, {"phone": "12"}])
def test_a_booking_without_somebody_to_call_back_is_refused(county, told):
    with pytest.raises(CallerNeeded):
        book_service(a_booking(**told), by=SYSTEM)


@pytest.mark.parametrize(
    ("begins_at", "minutes"),
    [
        (datetime(2026, 4, 15, 8, 59), 30),  # noqa: DTZ001  (local wall clock)
        (datetime(2026, 8, 15, 9, 0), 30),  # noqa: DTZ001  (a wall clock of the office)
        (datetime(2026, 4, 16, 9, 0), 5),  # noqa: DTZ001  (a wall clock of the office)
        (datetime(2026, 4, 16, 23, 45), 30),  # noqa: DTZ001  (a wall clock of the office)
    ],
)
def test_a_time_gone_by_too_far_or_over_midnight_cannot_be_booked(begins_at, minutes):
    with pytest.raises(TimeNotBookable):
        check_time(begins_at, minutes, now=datetime(2026, 4, 15, 9, 0))  # noqa: DTZ001  (a wall clock of the office)


def test_a_duty_of_yesterday_or_that_ends_before_it_begins_is_refused(county):
    amy = county.employs("amy", "Concierge")

    for turn in (
        Turn(TODAY - timedelta(days=1), time(9), time(12), 0, amy.id),
        Turn(SATURDAY, time(12), time(9), 0, amy.id),
    ):
        with pytest.raises(DutyOutOfOrder):
            plan_duty(turn, by=SYSTEM)


def test_a_time_is_booked_and_served_in_the_browser(county):
    chief = county.employs("chief", "Chief", sees=(None,))
    duty = {
        "duty_on": "2026-04-18",
        "duty_place": 0,
        "duty_begins": "09:00",
        "duty_ends": "12:00",
        "person": chief.id,
    }
    assert "The duty is planned." in chief.sends("/outreach/bookings/duty", duty, follow_redirects=True).text
    typed = {
        "on": "2026-04-18",
        "begins": "09:30",
        "minutes": "30",
        "what": "不动产登记",
        "name": "张三丰",
        "phone": "1",
        "road": "phone",
        "place": 0,
    }

    page = chief.sends("/outreach/bookings/", typed)
    assert page.status_code == 422
    assert "张三丰" in page.text  # nothing typed is lost
    page = chief.sends("/outreach/bookings/", typed | {"phone": "13800001234"}, follow_redirects=True)

    assert "No statutory clock moves by it." in page.text
    assert "20 April 2026" in page.text
    assert "张三丰" not in page.text
    booking_id = county.asked(select(ServiceBookingRow.id))[0]
    assert "13800001234" in chief.sends(f"/outreach/bookings/{booking_id}/open").text
