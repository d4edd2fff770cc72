"""What really happened to a case takes the place of what was planned for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.rules.catalogue import Catalogue
from approvals.rules.deadlines import deadlines
from approvals.rules.extensions import Extension
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.periods import DaysMode, Periods, segments
from approvals.rules.stops import ClockStop, pauses
from projects.press.chart import ChartPause
from projects.press.charted import Charting, charted
from projects.rules.day_clock import ClockRun, day_clock
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.project_plan import ProjectPlan
from projects.rules.running import as_it_runs, expected_acceptance, last_day
from projects.rules.terms import Actual, PlanTerms
from scheduler import Basis, DriverKind, Segment, WorkCalendar

TWENTY = Periods(
    preparation=Segment("preparation", 0),
    special=Segment("special", 0),
    promised=Segment("work", 20),
    statutory=None,
)


def a_stop(kind: StopKind, first_on: date, planned_last_on: date, last_on: date | None = None) -> ClockStop:
    return ClockStop(kind=kind, first_on=first_on, planned_last_on=planned_last_on, last_on=last_on)


def extended(workdays: int, on: date) -> Extension:
    return Extension(workdays=workdays, on=on, approved_by="局长")


def planned(
    catalogue: Catalogue, calendar: WorkCalendar, today: date, *actuals: Actual, **more: object
) -> ProjectPlan:
    return plan(
        expand(catalogue, "private-building", {}),
        PlanTerms(start_on=date(2026, 4, 15), today=today),
        calendar=calendar,
        actuals=actuals,
        **more,  # type: ignore[arg-type]
    )


def test_twenty_days_with_an_expert_review_in_them_end_on_4_january(calendar: WorkCalendar) -> None:
    # accepted Monday 23 November 2026, the review stands from 1 to 11 December, both paused: nine working
    # days. Without it the twentieth day is 21 December; with it 1 January is a holiday to 3 January, so the
    # nine days are 22 to 25, 28 to 31 December and 4 January
    review = a_stop(StopKind.EXPERT_REVIEW, date(2026, 12, 1), date(2026, 12, 11), date(2026, 12, 11))
    actual = Actual(step="x", accepted_on=date(2026, 11, 23), stops=(review,))
    axis, today = calendar.axis(date(2026, 11, 23)), date(2026, 12, 15)

    found = as_it_runs((Segment("work", 20),), date(2026, 11, 23), actual, axis, today)

    assert last_day((Segment("work", 20),), date(2026, 11, 23), actual, calendar, today) == date(2027, 1, 4)
    assert axis.date_of(sum(stretch.days for stretch in found)) == date(2027, 1, 4)
    # 24 to 30 November are five days of work, then nine stand still: 14, and 15 more to the 29th
    assert [(stretch.kind, stretch.days) for stretch in found] == [("special", 14), ("work", 15)]


_DAY = st.integers(0, 60)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Periods, Actual, date]:
    """A case accepted some day in the autumn, with stops that may overlap, and a day to look at it."""
    accepted_on = date(2026, 9, 1) + timedelta(days=draw(_DAY))
    today = accepted_on + timedelta(days=draw(_DAY))
    stops = []
    for _ in range(draw(st.integers(0, 3))):
        first_on = accepted_on + timedelta(days=draw(st.integers(0, (today - accepted_on).days)))
        planned_last_on = first_on + timedelta(days=draw(st.integers(0, 25)))
        is_over = draw(st.booleans())
        last_on = min(today, first_on + timedelta(days=draw(st.integers(0, 25)))) if is_over else None
        stops.append(a_stop(draw(st.sampled_from(StopKind)), first_on, planned_last_on, last_on))
    more = draw(st.integers(0, 10))
    of = Periods(
        preparation=Segment("preparation", draw(st.integers(0, 5))),
        special=Segment("special", 0),
        promised=Segment("work", draw(st.integers(1, 25))),
        statutory=Segment("work", draw(st.integers(1, 60)), draw(st.sampled_from(Basis))),
    )
    actual = Actual(
        step="x",
        accepted_on=accepted_on,
        stops=tuple(stops),
        extensions=(extended(more, today),) if more else (),
    )
    return of, actual, today


@settings(max_examples=400, deadline=None)
@given(case=cases())
def test_the_plan_the_deadline_and_the_day_clock_agree_on_every_case(
    calendar: WorkCalendar, case: tuple[Periods, Actual, date]
) -> None:
    of, actual, today = case
    accepted_on = actual.accepted_on
    assert accepted_on is not None
    ends = deadlines(
        of,
        accepted_on,
        calendar,
        pauses(actual.stops, today),
        extension_workdays=actual.extended_workdays,
    )
    clock = day_clock(
        of,
        ClockRun(accepted_on=accepted_on, stops=actual.stops, extended_workdays=actual.extended_workdays),
        calendar,
        today=today,
    )

    assert last_day((of.promised,), accepted_on, actual, calendar, today) == ends.promised_on == clock.due_on
    assert of.statutory is not None
    assert last_day((of.statutory,), accepted_on, actual, calendar, today) == ends.statutory_on
    axis = calendar.axis(date(2026, 8, 3))
    stretches = as_it_runs((of.promised,), accepted_on, actual, axis, today)
    if actual.stops or actual.extensions:
        whole = axis.point_of(accepted_on) + sum(stretch.days for stretch in stretches)
        standing = max((s.ends_on(today) for s in actual.stops if s.is_open), default=accepted_on)
        assert whole == max(
            axis.point_of(ends.promised_on),
            axis.point_of(accepted_on),
            axis.point_of(standing + timedelta(days=1)) - 1,
        )


def test_a_planned_procedure_gives_way_to_the_recorded_one(calendar: WorkCalendar) -> None:
    # twelve days planned, five were taken: Monday 7 to Friday 11 September; work of ten days from the 2nd:
    # 2, 3, 4 September, 14 to 18, Sunday 20 (worked) and 21
    stretches = (Segment("special", 12), Segment("work", 10))
    accepted_on, today = date(2026, 9, 1), date(2026, 9, 15)
    waiting = Actual(step="x", accepted_on=accepted_on)
    recorded = Actual(
        step="x",
        accepted_on=accepted_on,
        stops=(a_stop(StopKind.TECHNICAL_REVIEW, date(2026, 9, 7), date(2026, 9, 16), date(2026, 9, 11)),),
    )
    corrected = Actual(
        step="x",
        accepted_on=accepted_on,
        stops=(a_stop(StopKind.CORRECTION, date(2026, 9, 2), date(2026, 9, 3), date(2026, 9, 3)),),
    )

    # without a record: 12 days to 17 September, then 18, 20 to 24, 28 to 30 September and 8 October
    assert last_day(stretches, accepted_on, waiting, calendar, today) == date(2026, 10, 8)
    assert last_day(stretches, accepted_on, recorded, calendar, today) == date(2026, 9, 21)
    # a correction is no procedure: the planned one is still to come, and the correction falls into it
    assert last_day(stretches, accepted_on, corrected, calendar, today) == date(2026, 10, 8)


def test_an_open_stop_past_its_end_holds_the_finish_until_today(calendar: WorkCalendar) -> None:
    # due on Friday 4 September; a hearing from the 7th, planned to the 9th, still open on the 15th
    late = Actual(
        step="x",
        accepted_on=date(2026, 9, 1),
        stops=(a_stop(StopKind.HEARING, date(2026, 9, 7), date(2026, 9, 9)),),
    )
    axis = calendar.axis(date(2026, 9, 1))

    found = as_it_runs((Segment("work", 3),), date(2026, 9, 1), late, axis, date(2026, 9, 15))

    assert axis.date_of(sum(stretch.days for stretch in found)) == date(2026, 9, 15)


@pytest.mark.parametrize(
    ("today", "state", "expected"),
    [
        # received on Monday 20 April: the office may ask until Monday 27 April
        (date(2026, 4, 22), StepState.RECEIVED, date(2026, 4, 22)),
        (date(2026, 4, 27), StepState.RECEIVED, date(2026, 4, 27)),
        # silence: accepted, and from the day of receipt
        (date(2026, 4, 28), StepState.RECEIVED, date(2026, 4, 20)),
        # the owner corrects: nothing is accepted by silence, and no rest day accepts anything
        (date(2026, 5, 1), StepState.CORRECTING, date(2026, 5, 6)),
        (date(2026, 4, 28), StepState.CORRECTED, date(2026, 4, 28)),
    ],
)
def test_papers_received_are_accepted_from_today_and_by_silence_from_their_receipt(
    catalogue: Catalogue, calendar: WorkCalendar, today: date, state: StepState, expected: date
) -> None:
    matter = catalogue.matter("planning-conditions")
    received = Actual(step="x", received_on=date(2026, 4, 20), state=state)

    assert expected_acceptance(received, matter, calendar, today) == expected


def test_the_discharge_permit_is_accepted_by_silence_two_days_sooner(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    # received on Monday 20 April: its own law leaves three working days, to Thursday the 23rd
    matter = catalogue.matter("pollutant-discharge-permit")
    received = Actual(step=matter.code, received_on=date(2026, 4, 20), state=StepState.RECEIVED)

    assert expected_acceptance(received, matter, calendar, date(2026, 4, 23)) == date(2026, 4, 23)
    assert expected_acceptance(received, matter, calendar, date(2026, 4, 24)) == date(2026, 4, 20)


def test_a_correction_with_a_planned_end_holds_the_acceptance_to_it(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    matter = catalogue.matter("planning-conditions")
    correction = a_stop(StopKind.CORRECTION, date(2026, 4, 21), date(2026, 4, 30))
    told = Actual(step="x", received_on=date(2026, 4, 20), state=StepState.CORRECTING, stops=(correction,))

    assert expected_acceptance(told, matter, calendar, date(2026, 4, 22)) == date(2026, 4, 30)


def test_a_stop_moves_what_follows_and_a_permit_that_waits_for_it(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    step, today = "planning-conditions", date(2026, 4, 28)
    begun = Actual(step=step, accepted_on=date(2026, 4, 22), started_on=date(2026, 4, 22))
    done = Actual(
        step="land-reserve-check",
        started_on=date(2026, 4, 15),
        accepted_on=date(2026, 4, 15),
        finished_on=date(2026, 4, 22),
    )
    publicity = a_stop(StopKind.PUBLICITY, date(2026, 4, 24), date(2026, 5, 8))
    stopped = Actual(
        step=step, accepted_on=date(2026, 4, 22), started_on=date(2026, 4, 22), stops=(publicity,)
    )
    freely = planned(catalogue, calendar, today, done, begun)
    now = planned(catalogue, calendar, today, done, stopped)
    of = now.expansion.step(step)
    assert of is not None

    due_on = deadlines(of.periods, date(2026, 4, 22), calendar, pauses((publicity,), today)).promised_on
    assert now.step(step).finish_on == now.step(step).promised_end_on == due_on
    assert freely.step(step).finish_on is not None
    # the stop takes eight working days: 24, 27 to 30 April, 6 to 8 May
    assert calendar.workdays_between(freely.step(step).finish_on, due_on) == 8
    assert now.workdays_to_permit is not None
    assert freely.workdays_to_permit is not None
    assert now.workdays_to_permit > freely.workdays_to_permit
    # every way of counting has the stop in it
    for days in DaysMode:
        assert now.step(step).ends[days] > freely.step(step).ends[days]
    assert now.step(step).segments == segments(of.periods, DaysMode.CLOCK)


def test_a_case_refused_is_prepared_anew_and_never_counts_as_done(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    # refused on Wednesday 6 May: it can be accepted again that day, because the clock counts no preparation;
    # its five days are 7 to 9 (a Saturday, worked), 11 and 12 May
    again = Actual(
        step="land-reserve-check",
        started_on=date(2026, 5, 6),
        attempt=2,
        ended_on=date(2026, 5, 6),
        ended_as=StepState.REFUSED,
    )
    found = planned(catalogue, calendar, date(2026, 5, 6), again)
    step = found.step("land-reserve-check")

    assert (step.accept_on, step.finish_on) == (date(2026, 5, 6), date(2026, 5, 12))
    assert found.step("planning-conditions").accept_on == date(2026, 5, 12)


def test_a_bridged_gate_holds_back_the_decision_only(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    today = date(2026, 4, 15)
    plain = planned(catalogue, calendar, today)
    edge = next(e for e in plain.edges if e.gate == "accept" and not e.was_relaxed and e.drives)
    pair = (edge.predecessor, edge.successor)

    bridged = planned(catalogue, calendar, today, bridged=(pair,))

    now = next(e for e in bridged.edges if (e.predecessor, e.successor) == pair)
    assert (now.gate, now.was_relaxed, now.was_bridged) == ("issue", True, True)
    before, after = plain.step(edge.successor), bridged.step(edge.successor)
    assert before.accept == plain.step(edge.predecessor).finish
    assert after.accept < before.accept
    assert after.finish >= bridged.step(edge.predecessor).finish
    assert after.driver.kind in (DriverKind.ISSUE_GATE, DriverKind.ACCEPT_GATE, DriverKind.PROJECT_START)


def test_the_chart_hatches_the_days_a_clock_stood_where_they_lie(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    # two that overlap are one; the second is cut where today's bar ends
    stops = (
        a_stop(StopKind.PUBLICITY, date(2026, 4, 17), date(2026, 4, 21), date(2026, 4, 21)),
        a_stop(StopKind.HEARING, date(2026, 4, 21), date(2026, 4, 23), date(2026, 4, 22)),
    )
    begun = Actual(
        step="land-reserve-check",
        started_on=date(2026, 4, 15),
        accepted_on=date(2026, 4, 15),
        stops=stops,
    )
    found = planned(catalogue, calendar, date(2026, 4, 24), begun)
    chart = charted(found, Charting(catalogue=catalogue, translate=str, lang="en", today=date(2026, 4, 24)))

    step = next(step for step in chart.steps if step.code == "land-reserve-check")
    assert step.pauses == (ChartPause(date(2026, 4, 17), date(2026, 4, 22)),)
    assert step.segments == ()
