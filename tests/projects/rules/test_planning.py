"""Plans of the shipped templates on the shipped calendar: dates, floats, drivers, what-ifs, cascades."""

from __future__ import annotations

from datetime import date

import pytest

import scheduler
from approvals.rules.catalogue import Catalogue
from approvals.rules.periods import DaysMode
from projects.rules.cascade import cascade
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.project_plan import ProjectPlan
from projects.rules.terms import Actual, DelayIsNegative, GatesMode, PlanTerms, StepNotOnList, WhatIf
from scheduler import DriverKind, WorkCalendar

START = date(2026, 4, 15)


@pytest.fixture
def industrial(catalogue: Catalogue, calendar: WorkCalendar) -> ProjectPlan:
    """The industrial template from the demonstration day, as it stands."""
    return plan(
        expand(catalogue, "industrial-start-on-land", {}), PlanTerms(start_on=START), calendar=calendar
    )


def test_the_dates_of_the_land_chain_worked_out_by_hand(industrial: ProjectPlan) -> None:
    # Wednesday 15 April is day 0. Net-land check 5 working days: 22 April; conditions 5: 29 April;
    # indicators 3: 30 April, 6, 7 May (rest 1-5 May); supply plan 5: 8, 9 (Saturday, worked), 11-13 May;
    # listing 30 calendar days: 12 June, a Friday, then 1 working day: Monday 15 June; confirmation on
    # the 16th, contract on the 17th
    chain = {
        "land-reserve-check": date(2026, 4, 22),
        "planning-conditions": date(2026, 4, 29),
        "standard-land-indicators": date(2026, 5, 7),
        "land-supply-plan": date(2026, 5, 13),
        "land-listing": date(2026, 6, 15),
        "land-deal-confirmation": date(2026, 6, 16),
        "land-grant-contract": date(2026, 6, 17),
        "land-price-payment": date(2026, 6, 18),
        # 19 to 21 June: Dragon Boat Festival
        "land-registration": date(2026, 6, 22),
    }

    assert {code: industrial.step(code).finish_on for code in chain} == chain
    assert industrial.step("land-registration").accept_on == date(2026, 6, 18)


def test_certificates_issued_together_fall_on_one_day(industrial: ProjectPlan) -> None:
    together = [industrial.step(code).finish_on for code in industrial.expansion.template.mode.issue_together]

    assert together[1] == together[2] == date(2026, 6, 22)
    assert industrial.permit_on == industrial.lawful_start_on == date(2026, 6, 24)


def test_both_headlines_are_given_for_every_way_of_counting(industrial: ProjectPlan) -> None:
    permits = {days: found.permit_on for days, found in industrial.headlines.items()}

    assert permits[DaysMode.PROMISED] < permits[DaysMode.CLOCK] < permits[DaysMode.ELAPSED]
    assert permits[DaysMode.ELAPSED] < permits[DaysMode.STATUTORY]
    step = industrial.step("land-registration")
    assert step.ends[DaysMode.CLOCK] == step.finish_on
    # the law gives registration 30 working days from 18 June; the office promises 1
    assert (step.promised_end_on, step.statutory_end_on) == (date(2026, 6, 22), date(2026, 7, 31))


def test_a_step_that_gates_the_start_alone_moves_only_the_start(
    catalogue: Catalogue, calendar: WorkCalendar, industrial: ProjectPlan
) -> None:
    slower = plan(
        industrial.expansion,
        industrial.terms,
        calendar=calendar,
        what_if=WhatIf(delays={"eia-form": 40}),
    )

    assert slower.permit_on == industrial.permit_on
    assert slower.lawful_start_on > industrial.lawful_start_on
    assert slower.critical_path_to_start[-2:] == ("eia-form", "construction-start")
    assert slower.critical_path[-1] == "construction-permit"


def test_what_drives_a_step_is_on_its_edge(industrial: ProjectPlan) -> None:
    driving = {edge.successor: edge.predecessor for edge in industrial.edges if edge.drives}

    assert driving["land-registration"] == "land-price-payment"
    assert driving["construction-planning-permit"] == "land-registration"
    assert industrial.step("construction-planning-permit").driver.kind is DriverKind.ISSUE_GATE


def test_a_relaxed_gate_is_shown_as_such(industrial: ProjectPlan) -> None:
    gates = {(edge.predecessor, edge.successor): edge for edge in industrial.edges}

    relaxed = gates["land-registration", "construction-permit"]
    assert (relaxed.source.gate, relaxed.gate, relaxed.was_relaxed, relaxed.tail_workdays) == (
        "accept",
        "issue",
        True,
        0,
    )
    assert gates["construction-contract", "construction-permit"].gate == "accept"
    assert gates["joint-site-visit", "investment-agreement"].gate == "info"


def test_normal_gates_let_a_decision_follow_one_working_day_later(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    terms = PlanTerms(start_on=START, gates=GatesMode.NORMAL)
    planned = plan(expand(catalogue, "industrial-start-on-land", {}), terms, calendar=calendar)

    handover, registration = planned.step("land-handover"), planned.step("land-registration")

    assert calendar.workdays_between(handover.finish_on, registration.finish_on) == 1
    assert registration.driver == scheduler.Driver(DriverKind.ISSUE_GATE, "land-handover")


def test_one_step_later_moves_what_hangs_on_it_and_nothing_else(
    industrial: ProjectPlan, calendar: WorkCalendar
) -> None:
    later = plan(
        industrial.expansion,
        industrial.terms,
        calendar=calendar,
        what_if=WhatIf(delays={"land-listing": 3}),
    )

    moved = cascade(industrial, later)

    by_code = {move.code: move for move in moved.moves}
    assert (by_code["land-listing"].old_finish_on, by_code["land-listing"].new_finish_on) == (
        date(2026, 6, 15),
        date(2026, 6, 18),
    )
    assert by_code["construction-permit"].workdays_later == 3
    assert (moved.old.permit_on, moved.new.permit_on) == (date(2026, 6, 24), date(2026, 6, 29))
    assert "land-reserve-check" not in by_code
    assert "eia-form" not in by_code
    assert cascade(later, later).is_empty


def test_a_step_with_float_may_slip_that_far_and_no_headline_moves(
    industrial: ProjectPlan, calendar: WorkCalendar
) -> None:
    step = next(
        s
        for s in industrial.steps
        if s.leads_to_headline and 0 < s.total_float < 10 and s.driver.kind is not DriverKind.ISSUE_GATE
    )

    def headline_after(days: int) -> date | None:
        what_if = WhatIf(delays={step.code: days})
        return plan(
            industrial.expansion, industrial.terms, calendar=calendar, what_if=what_if
        ).lawful_start_on

    assert headline_after(step.total_float) == industrial.lawful_start_on
    assert headline_after(step.total_float + 1) > industrial.lawful_start_on


def test_one_gate_relaxed_in_a_what_if(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    expansion = expand(catalogue, "private-building", {})
    terms = PlanTerms(start_on=START)
    as_it_is = plan(expansion, terms, calendar=calendar)

    pair = ("design-scheme-review", "construction-drawing-review")
    asked = plan(expansion, terms, calendar=calendar, what_if=WhatIf(relaxed=(pair,)))

    assert (
        asked.step("construction-drawing-review").start < as_it_is.step("construction-drawing-review").start
    )


def test_changed_facts_show_steps_that_come_and_go_in_the_cascade(
    catalogue: Catalogue, calendar: WorkCalendar, industrial: ProjectPlan
) -> None:
    with_report = expand(catalogue, "industrial-start-on-land", {"eia_category": "report"})

    moved = cascade(industrial, plan(with_report, industrial.terms, calendar=calendar))

    by_code = {move.code: move for move in moved.moves}
    assert by_code["eia-report"].old_finish_on is None
    assert by_code["eia-form"].new_finish_on is None
    assert by_code["eia-form"].workdays_later is None


def test_what_has_happened_stays_and_the_rest_moves(industrial: ProjectPlan, calendar: WorkCalendar) -> None:
    done_late = Actual(
        step="land-reserve-check", accepted_on=date(2026, 4, 15), finished_on=date(2026, 4, 24)
    )

    planned = plan(industrial.expansion, industrial.terms, calendar=calendar, actuals=[done_late])

    assert planned.step("land-reserve-check").finish_on == date(2026, 4, 24)  # two working days late
    assert planned.step("planning-conditions").accept_on == date(2026, 4, 24)
    # supply plan done on 15 May instead of 13; 30 calendar days end on Sunday 14 June and move to the
    # 15th, so the listing closes on 16 June instead of 15: the weekend makes good one of the two days
    assert planned.step("land-listing").finish_on == date(2026, 6, 16)
    assert calendar.workdays_between(industrial.permit_on, planned.permit_on) == 1


def test_what_has_not_begun_by_today_counts_from_today(
    industrial: ProjectPlan, calendar: WorkCalendar
) -> None:
    terms = PlanTerms(start_on=START, today=date(2026, 4, 20))

    planned = plan(industrial.expansion, terms, calendar=calendar)

    assert min(step.start_on for step in planned.steps) == date(2026, 4, 20)
    assert planned.step("company-registration").driver.kind is DriverKind.TODAY


def test_a_start_on_a_rest_day_begins_on_the_next_working_day(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    on_labour_day = PlanTerms(start_on=date(2026, 5, 1))

    planned = plan(expand(catalogue, "small-low-risk", {}), on_labour_day, calendar=calendar)

    assert min(step.start_on for step in planned.steps) == date(2026, 5, 6)


def test_days_in_an_unpublished_year_are_marked(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    planned = plan(
        expand(catalogue, "private-building", {}), PlanTerms(start_on=date(2026, 11, 16)), calendar=calendar
    )

    assert planned.is_provisional
    assert not planned.step("land-reserve-check").is_provisional  # done in November 2026
    assert planned.step("construction-permit").is_provisional


def test_a_plan_in_a_published_year_is_not_marked_for_a_later_acceptance(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    facts = {"construction_working_days": 200}
    planned = plan(expand(catalogue, "small-low-risk", facts), PlanTerms(start_on=START), calendar=calendar)

    assert planned.step("joint-survey").is_provisional
    assert not planned.is_provisional


def test_the_building_itself_takes_its_time_before_it_is_surveyed(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    facts = {"construction_working_days": 60}
    at_once = plan(expand(catalogue, "small-low-risk", {}), PlanTerms(start_on=START), calendar=calendar)
    built = plan(expand(catalogue, "small-low-risk", facts), PlanTerms(start_on=START), calendar=calendar)

    assert built.permit_on == at_once.permit_on
    assert built.lawful_start_on == at_once.lawful_start_on
    assert built.step("joint-survey").start == at_once.step("joint-survey").start + 60
    assert built.works_on == (built.lawful_start_on, built.step("joint-survey").start_on)
    assert at_once.works_on is None
    assert {step.code for step in built.steps} == {step.code for step in at_once.steps}


def test_a_project_without_a_permit_plans_towards_its_start(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    expansion = expand(catalogue, "small-low-risk", {"floor_area_m2": 300})

    planned = plan(expansion, PlanTerms(start_on=START), calendar=calendar)

    assert (planned.permit_on, planned.workdays_to_permit) == (None, None)
    assert planned.critical_path[-1] == "construction-start"


def test_a_decision_that_waits_may_begin_later_without_ending_later(industrial: ProjectPlan) -> None:
    step = industrial.step("joint-acceptance")  # waits for special acceptances, at its decision only

    assert step.start_on == START
    assert START < step.start_by_on < step.finish_on


def test_questions_about_steps_that_are_not_there_are_refused(
    industrial: ProjectPlan, calendar: WorkCalendar
) -> None:
    for what_if in (
        WhatIf(delays={"eia-report": 1}),
        WhatIf(relaxed=(("eia-report", "construction-start"),)),
    ):
        with pytest.raises(StepNotOnList):
            plan(industrial.expansion, industrial.terms, calendar=calendar, what_if=what_if)
    with pytest.raises(DelayIsNegative):
        plan(
            industrial.expansion, industrial.terms, calendar=calendar, what_if=WhatIf(delays={"eia-form": -1})
        )
    with pytest.raises(StepNotOnList):
        industrial.step("eia-report")


def test_a_start_before_the_calendar_is_refused(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    with pytest.raises(scheduler.OutsideCalendar):
        plan(
            expand(catalogue, "small-low-risk", {}), PlanTerms(start_on=date(2003, 12, 31)), calendar=calendar
        )


def test_a_start_in_the_far_future_is_planned_provisionally(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    planned = plan(
        expand(catalogue, "small-low-risk", {}), PlanTerms(start_on=date(2150, 4, 15)), calendar=calendar
    )

    assert planned.is_provisional
    assert planned.permit_on.year == 2150
