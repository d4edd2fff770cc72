"""Why a case that really runs has its dates: what was received, what stood still, what was begun anew."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.catalogue import Catalogue
from approvals.rules.extensions import Extension
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.stops import ClockStop
from projects.rules.expand import expand
from projects.rules.explain import render, why
from projects.rules.planning import plan
from projects.rules.project_plan import ProjectPlan
from projects.rules.terms import Actual, PlanTerms
from scheduler import WorkCalendar

STEP = "planning-conditions"
RECEIVED_ON = date(2026, 4, 22)
DONE = Actual(
    step="land-reserve-check",
    started_on=date(2026, 4, 15),
    accepted_on=date(2026, 4, 15),
    finished_on=date(2026, 4, 22),
)


def planned(catalogue: Catalogue, calendar: WorkCalendar, today: date, actual: Actual) -> ProjectPlan:
    return plan(
        expand(catalogue, "private-building", {}),
        PlanTerms(start_on=date(2026, 4, 15), today=today),
        calendar=calendar,
        actuals=[DONE, actual],
    )


def accepted(*stops: ClockStop, extensions: tuple[Extension, ...] = ()) -> Actual:
    return Actual(
        step=STEP, started_on=RECEIVED_ON, accepted_on=RECEIVED_ON, stops=stops, extensions=extensions
    )


def received(state: StepState) -> Actual:
    return Actual(step=STEP, started_on=RECEIVED_ON, received_on=RECEIVED_ON, state=state)


def test_every_stop_is_named_with_its_kind_days_and_basis_and_an_extension_with_its_days(
    catalogue: Catalogue, calendar: WorkCalendar
) -> None:
    # 24 April, 27 to 30 April and 6 to 8 May are eight working days
    hearing = ClockStop(
        kind=StopKind.HEARING,
        first_on=date(2026, 4, 23),
        planned_last_on=date(2026, 4, 23),
        last_on=date(2026, 4, 23),
        basis="行政许可法第四十七条",
    )
    notice = ClockStop(
        kind=StopKind.PUBLICITY,
        first_on=date(2026, 4, 24),
        planned_last_on=date(2026, 5, 8),
        basis="滨州规定第十九条",
    )
    longer = Extension(workdays=5, on=date(2026, 4, 27), approved_by="局长", basis="行政许可法第四十二条")
    found = planned(catalogue, calendar, date(2026, 4, 28), accepted(hearing, notice, extensions=(longer,)))

    assert render(why(found, STEP, catalogue).chain, str, "en") == (
        "Accepted on 22 April; 5 working days after acceptance, skipping Labour Day, counting 9 May, weekend "
        "days worked instead; its clock stood still for a hearing on 23 April, by 行政许可法第四十七条; "
        "its clock stands still for a public notice since 24 April, planned to 8 May, 8 working days, "
        "by 滨州规定第十九条; its limit was extended by 5 working days, by 行政许可法第四十二条"
    )


def test_a_stop_past_its_planned_end_is_said_to_be(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    notice = ClockStop(kind=StopKind.PUBLICITY, first_on=date(2026, 4, 24), planned_last_on=date(2026, 5, 8))
    found = planned(catalogue, calendar, date(2026, 5, 12), accepted(notice))

    assert "that was planned to end on 8 May and did not" in render(
        why(found, STEP, catalogue).chain, str, "en"
    )


@pytest.mark.parametrize(
    ("state", "today", "said"),
    [
        (StepState.RECEIVED, date(2026, 4, 28), "the department may ask for what is missing until 29 April"),
        (
            StepState.RECEIVED,
            date(2026, 5, 8),
            "nothing was asked for by 29 April, so they count as accepted",
        ),
        (StepState.CORRECTING, date(2026, 5, 8), "they are accepted once the owner has corrected them"),
        (StepState.CORRECTED, date(2026, 5, 8), "papers received on 22 April and corrected since"),
    ],
)
def test_a_receipt_says_what_its_acceptance_waits_for(
    catalogue: Catalogue, calendar: WorkCalendar, state: StepState, today: date, said: str
) -> None:
    found = planned(catalogue, calendar, today, received(state))

    sentence = render(why(found, STEP, catalogue).chain, str, "en")
    assert said.casefold() in sentence.casefold()
    assert "the owner prepares" not in sentence


def test_a_new_attempt_says_how_the_one_before_ended(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    again = Actual(
        step=STEP,
        started_on=date(2026, 4, 24),
        attempt=2,
        ended_on=date(2026, 4, 24),
        ended_as=StepState.REFUSED,
    )
    found = planned(catalogue, calendar, date(2026, 4, 28), again)

    assert render(why(found, STEP, catalogue).chain, str, "en").startswith(
        "Attempt 2: refused on 24 April, prepared anew since; not handed in yet, so it counts from today, "
        "28 April; 5 working days after acceptance"
    )


def test_a_bridged_gate_says_that_a_deferral_opened_it(catalogue: Catalogue, calendar: WorkCalendar) -> None:
    terms = PlanTerms(start_on=date(2026, 4, 15), today=date(2026, 4, 15))
    expansion = expand(catalogue, "private-building", {})
    plain = plan(expansion, terms, calendar=calendar)
    edge = next(e for e in plain.edges if e.gate == "accept" and e.drives)
    bridged = plan(expansion, terms, calendar=calendar, bridged=((edge.predecessor, edge.successor),))
    assert bridged.step(edge.successor).driver.predecessor == edge.predecessor

    details = render(why(bridged, edge.successor, catalogue).details, str, "en")
    assert "a granted deferral opens the gate" in details.casefold()
