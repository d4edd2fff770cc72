"""Days the plan of all projects has agreed, in a project's own plan: its dates, its reasons, its versions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from approvals.rules.catalogue import Catalogue
from approvals.rules.periods import DaysMode
from projects.plan_command import translations
from projects.rules.bookings import Booking, HeldBy, booking_body, read_booking
from projects.rules.expand import Expansion, expand
from projects.rules.explain import render, why
from projects.rules.plan_body import body_of, kept, read_body
from projects.rules.planning import plan
from projects.rules.project_plan import ProjectPlan
from projects.rules.terms import Actual, PlanTerms
from scheduler import DriverKind, WorkCalendar

ZH = translations("zh")
TERMS = PlanTerms(start_on=date(2026, 4, 15))
FULL = Booking(accept_on=date(2026, 4, 20), held_by=HeldBy.BENCH, department="NRP")


@pytest.fixture
def industrial(catalogue: Catalogue) -> Expansion:
    """The industrial template as it stands."""
    return expand(catalogue, "industrial-start-on-land", {})


def because(planned: ProjectPlan, code: str, catalogue: Catalogue, lang: str = "zh") -> str:
    return render(why(planned, code, catalogue).chain, ZH if lang == "zh" else str, lang)


def test_a_full_department_puts_off_the_acceptance_and_everything_behind_it(
    industrial: Expansion, calendar: WorkCalendar
) -> None:
    # the net-land check is accepted on Monday 20 April instead of Wednesday 15, three working days later;
    # its 5 working days end on the 27th
    alone = plan(industrial, TERMS, calendar=calendar)

    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": FULL})

    step = booked.step("land-reserve-check")
    assert (step.start_on, step.accept_on, step.finish_on) == (
        date(2026, 4, 15),
        date(2026, 4, 20),
        date(2026, 4, 27),
    )
    assert step.driver.kind is DriverKind.BOOKING
    assert step.queued_workdays == 3
    assert booked.step("planning-conditions").accept_on == date(2026, 4, 27)
    assert booked.permit_on > alone.permit_on


def test_the_other_ways_of_counting_are_those_without_bookings(
    industrial: Expansion, calendar: WorkCalendar
) -> None:
    alone = plan(industrial, TERMS, calendar=calendar)

    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": FULL})

    for days in DaysMode:
        same = booked.headlines[days] == alone.headlines[days]
        assert same == (days is not TERMS.days)


def test_bookings_of_steps_that_are_not_on_the_list_hold_nothing(
    industrial: Expansion, calendar: WorkCalendar
) -> None:
    booked = plan(industrial, TERMS, calendar=calendar, bookings={"eia-report": FULL})

    assert booked == plan(industrial, TERMS, calendar=calendar)


def test_a_full_department_is_named_with_the_days_it_is_full(
    industrial: Expansion, catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    # prepared on Wednesday 15 April, accepted on Monday 20: it lies there on the 15th, 16th and 17th
    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": FULL})

    assert because(booked, "land-reserve-check", catalogue) == (
        "项目启动即可办理，4月15日开始；"
        "容量：自然资源和规划局 4月15日至17日已满，等3个工作日；受理后5个工作日"
    )
    assert because(booked, "land-reserve-check", catalogue, "en") == (
        "Can begin with the project, on 15 April; capacity: Natural resources and planning is full "
        "from 15 to 17 April, a wait of 3 working days; 5 working days after acceptance"
    )


def test_days_a_department_was_not_full_on_are_not_said_to_be_full(
    industrial: Expansion, catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    # three working days in the queue, but the department was full on one of them when the day was agreed
    full = replace(FULL, held_workdays=1)

    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": full})

    sentence = because(booked, "land-reserve-check", catalogue)
    assert "；容量：自然资源和规划局无空位1个工作日，共等3个工作日；" in sentence
    assert "已满" not in sentence


def test_a_single_day_without_room_is_said_as_one_day(
    industrial: Expansion, catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    full = Booking(accept_on=date(2026, 4, 16), held_by=HeldBy.BENCH, department="NRP")

    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": full})

    assert "；容量：自然资源和规划局 4月15日已满，等1个工作日；" in because(
        booked, "land-reserve-check", catalogue
    )


def test_a_sitting_is_named_with_its_half_day_and_holds_the_decision_too(
    industrial: Expansion, catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    booking = Booking(
        accept_on=date(2026, 4, 17),
        held_by=HeldBy.SITTING,
        review_group="JR_SCHEME",
        sitting_on=date(2026, 4, 21),
        sitting_half=0,
        decided_from=date(2026, 4, 28),
    )

    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": booking})

    step = booked.step("land-reserve-check")
    assert (step.accept_on, step.finish_on) == (date(2026, 4, 17), date(2026, 4, 28))
    sentence = because(booked, "land-reserve-check", catalogue)
    group = catalogue.review_group_of["JR_SCHEME"].name_zh
    assert f"；会期：{group} 4月21日上午，等2个工作日；" in sentence
    assert sentence.endswith("，4月28日出意见")


def test_a_sitting_nothing_waits_for_is_told_too(
    industrial: Expansion, catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    booking = Booking(
        accept_on=date(2026, 4, 15),
        review_group="JR_SCHEME",
        sitting_on=date(2026, 4, 21),
        sitting_half=1,
    )

    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": booking})

    assert booked.step("land-reserve-check").queued_workdays == 0
    assert "；会期：" in because(booked, "land-reserve-check", catalogue)
    assert "4月21日下午；受理后5个工作日" in because(booked, "land-reserve-check", catalogue)


@pytest.mark.parametrize(
    ("officer", "clause"),
    [("王敏", "代办员：王敏 4月20日可递交，等3个工作日"), ("", "代办员：4月20日前无人可递交，等3个工作日")],
)
def test_an_officer_who_cannot_come_before_is_named(
    industrial: Expansion, catalogue: Catalogue, calendar: WorkCalendar, officer: str, clause: str
) -> None:
    booking = Booking(accept_on=date(2026, 4, 20), held_by=HeldBy.OFFICER, officer=officer)

    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": booking})

    assert clause in because(booked, "land-reserve-check", catalogue)


def test_a_day_that_was_kept_is_the_day_agreed(
    industrial: Expansion, catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    booking = Booking(accept_on=date(2026, 4, 20), department="NRP")

    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": booking})

    assert "约定：部门4月20日受理，等3个工作日" in because(booked, "land-reserve-check", catalogue)


def test_a_decision_that_waits_for_a_result_tells_its_queue_among_the_details(
    industrial: Expansion, catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    booking = Booking(accept_on=date(2026, 4, 20), held_by=HeldBy.BENCH, department="HCB")

    booked = plan(industrial, TERMS, calendar=calendar, bookings={"joint-acceptance": booking})

    found = render(why(booked, "joint-acceptance", catalogue).details, ZH, "zh")
    assert "容量：住房和城乡建设局 4月15日至17日已满，等3个工作日" in found
    assert "容量" not in because(booked, "joint-acceptance", catalogue)


def test_what_was_accepted_waits_for_no_booking_and_what_is_done_has_none(
    industrial: Expansion, catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    terms = PlanTerms(start_on=date(2026, 4, 15), today=date(2026, 4, 16))
    accepted = Actual(step="land-reserve-check", accepted_on=date(2026, 4, 16))
    done = Actual(step="company-registration", finished_on=date(2026, 4, 16))
    bookings = {"land-reserve-check": FULL, "company-registration": FULL}

    booked = plan(industrial, terms, calendar=calendar, actuals=[accepted, done], bookings=bookings)

    assert booked.step("land-reserve-check").accept_on == date(2026, 4, 16)
    assert "容量" not in because(booked, "land-reserve-check", catalogue)
    assert booked.step("company-registration").booking is None


def test_a_version_keeps_what_held_its_steps_and_says_so_later(
    industrial: Expansion, calendar: WorkCalendar
) -> None:
    booked = plan(industrial, TERMS, calendar=calendar, bookings={"land-reserve-check": FULL})

    again = read_body(json.loads(json.dumps(body_of(kept(booked, {})))))

    assert again == kept(booked, {})
    step = again.step("land-reserve-check")
    assert step is not None
    assert step.booking is not None
    assert (step.booking.waits_from, step.booking.waits_until) == (date(2026, 4, 15), date(2026, 4, 17))
    assert [s.code for s in again.steps if s.booking] == ["land-reserve-check"]


def test_a_version_without_bookings_is_written_as_before(
    industrial: Expansion, calendar: WorkCalendar
) -> None:
    body = body_of(kept(plan(industrial, TERMS, calendar=calendar), {}))

    assert {len(row) for row in body["steps"]} == {6}


def test_a_booking_is_read_as_it_was_written() -> None:
    booking = Booking(
        accept_on=date(2026, 4, 20),
        held_by=HeldBy.SITTING,
        review_group="JR_SCHEME",
        sitting_on=date(2026, 4, 23),
        sitting_half=1,
        decided_from=date(2026, 4, 30),
    )

    assert read_booking(json.loads(json.dumps(booking_body(booking)))) == booking
    assert booking.key == "sitting:JR_SCHEME"
