"""A county plans all its projects together: reviewers are few, nobody moves without need, people decide."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.progress import Move
from approvals.services.set_bench import set_bench
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from projects.models.portfolio import BookedYear, BookingRow, PortfolioPlan, PortfolioState
from projects.models.project import Plan, PlannedStep, Project
from projects.queries.portfolio_plan import summary
from projects.rules.booked_days import TakenDays, read_days, taken_by
from projects.rules.bookings import HeldBy
from projects.rules.county_scenario import CountyScenario, NoBenchRecorded, ShortBench
from projects.services.adopt_portfolio_plan import ScenarioNotTrue, adopt_portfolio_plan
from projects.services.ask_portfolio_plan import NothingToPlan, PlanUnderWay, ask_portfolio_plan
from projects.services.cancel_portfolio_plan import AlreadyMade, cancel_portfolio_plan
from projects.services.discard_portfolio_plan import NotOnTheTable, discard_portfolio_plan
from projects.services.keep_portfolio_plan import begin, report
from projects.services.make_plan import make_plan
from projects.services.record_move import record_move
from tests.builders import a_project

TODAY = date(2026, 4, 15)
SMALL = "small-low-risk"


@pytest.fixture
def few_reviewers(county):
    """An office where planning and housing work on one case at a time."""
    set_bench("NRP", 1, by=SYSTEM)
    set_bench("HCB", 1, by=SYSTEM)
    return county


def bookings(county, project_id):
    rows = county.asked(select(BookingRow).where(BookingRow.project_id == project_id))
    return {row.code: row for row in rows}


def days_of(county, project_id):
    return {code: (row.accept_on, row.end_on) for code, row in bookings(county, project_id).items()}


def plan_of(county, project_id):
    return county.has(Plan, county.has(Project, project_id).plan_id)


def planned(county, cause="Asked", scenario=None):
    number = ask_portfolio_plan(cause, scenario, by=SYSTEM)
    jobs.run_due()
    return county.asked(select(PortfolioPlan).where(PortfolioPlan.number == number))[0]


def overfull(county):
    """Working days on which one of the two benches has more cases than its one reviewer."""
    on_a_day = Counter()
    for row in county.asked(select(BookingRow).where(BookingRow.department.in_(("NRP", "HCB")))):
        day = row.work_first_on
        while day <= row.work_last_on:
            on_a_day[row.department, day] += 1
            day += timedelta(days=1)
    return {key for key, used in on_a_day.items() if used > 1}


def the_count_is_right(county):
    """What is kept by the day is what the bookings add up to."""
    counted = TakenDays({row.of: read_days(row.taken) for row in county.asked(select(BookedYear))})
    added_up = taken_by(row.days() for row in county.asked(select(BookingRow)))
    return counted.by_day() == added_up.by_day()


def test_without_a_recorded_bench_nobody_waits_and_nothing_is_booked(county):
    project_id = a_project(template=SMALL, start_on=TODAY)

    assert bookings(county, project_id) == {}
    assert plan_of(county, project_id).permit_on is not None


def test_the_second_project_waits_for_the_only_reviewer_and_the_first_stays(few_reviewers):
    county = few_reviewers
    first = a_project(template=SMALL, start_on=TODAY)
    stood = plan_of(county, first).id

    second = a_project(template=SMALL, start_on=TODAY)

    waiting = [row for row in bookings(county, second).values() if row.held_by is HeldBy.BENCH]
    assert waiting
    assert all(row.held_workdays > 0 for row in waiting)
    assert overfull(county) == set()
    assert plan_of(county, first).id == stood
    assert plan_of(county, second).permit_on > plan_of(county, first).permit_on
    assert the_count_is_right(county)


def test_the_plan_of_a_project_tells_the_days_that_were_booked(few_reviewers):
    county = few_reviewers
    a_project(template=SMALL, start_on=TODAY)
    second = a_project(template=SMALL, start_on=TODAY)

    told = {
        row.code: row.accept_on
        for row in db.session.scalars(select(PlannedStep).where(PlannedStep.project_id == second))
    }
    booked = {code: row.accept_on for code, row in bookings(county, second).items()}
    assert booked.items() <= told.items()


def test_a_slip_in_one_project_moves_only_it(few_reviewers):
    county = few_reviewers
    first = a_project(template=SMALL, start_on=TODAY)
    second = a_project(template=SMALL, start_on=TODAY)
    others, days = plan_of(county, second).id, days_of(county, second)
    before = plan_of(county, first)
    late = next(code for code, row in sorted(bookings(county, first).items()) if row.department == "NRP")
    step = county.asked(select(Step).where(Step.project_id == first, Step.code == late))[0]

    clock.fix(TODAY + timedelta(days=12))
    with work(SYSTEM) as w:
        make_plan(w, first, "NewDay")

    assert step.accepted_on is None
    assert plan_of(county, first).number == before.number + 1
    assert plan_of(county, second).id == others
    assert days_of(county, second) == days
    assert the_count_is_right(county)


def test_a_plan_of_all_projects_changes_nothing_until_it_is_adopted(few_reviewers):
    county = few_reviewers
    first = a_project(template=SMALL, start_on=TODAY, target_on=date(2026, 12, 31))
    second = a_project(template=SMALL, start_on=TODAY, target_on=date(2026, 5, 8))
    before = {project_id: plan_of(county, project_id).id for project_id in (first, second)}
    days = {project_id: days_of(county, project_id) for project_id in (first, second)}

    proposal = planned(county)

    assert proposal.state is PortfolioState.READY
    assert proposal.projects == 2
    assert proposal.bound_workdays <= proposal.tardiness_workdays
    assert {project_id: plan_of(county, project_id).id for project_id in before} == before
    assert {project_id: days_of(county, project_id) for project_id in days} == days

    adopted = adopt_portfolio_plan(proposal.number, by=SYSTEM)
    jobs.run_due()

    assert second in adopted.moved
    assert plan_of(county, second).permit_on < county.has(Plan, before[second]).permit_on
    assert county.has(PortfolioPlan, proposal.id).state is PortfolioState.ADOPTED
    assert overfull(county) == set()
    assert the_count_is_right(county)


def test_the_plans_of_the_projects_tell_the_days_of_the_plan_that_was_adopted(few_reviewers):
    county = few_reviewers
    projects = [a_project(template=SMALL, start_on=TODAY) for _ in range(3)]
    proposal = planned(county)

    adopt_portfolio_plan(proposal.number, by=SYSTEM)
    jobs.run_due()

    for line in summary(db.session, proposal.number).lines:
        plan = plan_of(county, line.project_id)
        assert (plan.permit_on, plan.lawful_start_on) == (line.permit_on, line.start_on)
    assert len(projects) == 3


def test_a_newer_adopted_plan_supersedes_and_the_same_is_not_adopted_twice(few_reviewers):
    county = few_reviewers
    a_project(template=SMALL, start_on=TODAY)
    first, second = planned(county), planned(county)
    adopt_portfolio_plan(second.number, by=SYSTEM)

    with pytest.raises(NotOnTheTable):
        adopt_portfolio_plan(second.number, by=SYSTEM)
    assert county.has(PortfolioPlan, first.id).state is PortfolioState.SUPERSEDED


def test_a_project_something_happened_to_meanwhile_is_placed_by_itself(few_reviewers):
    county = few_reviewers
    first = a_project(template=SMALL, start_on=TODAY)
    second = a_project(template=SMALL, start_on=TODAY)
    proposal = planned(county)
    code = next(iter(sorted(bookings(county, first))))
    opening = county.asked(select(Step).where(Step.project_id == first).order_by(Step.number))[0]
    record_move(opening.id, Move.PREPARE, TODAY, by=SYSTEM)
    jobs.run_due()

    adopted = adopt_portfolio_plan(proposal.number, by=SYSTEM)
    jobs.run_due()

    assert first in adopted.overtaken
    assert second not in adopted.overtaken
    assert code in bookings(county, first)
    assert overfull(county) == set()
    assert the_count_is_right(county)


def test_a_question_for_the_whole_county_saves_its_answer_and_nothing_else(few_reviewers):
    county = few_reviewers
    set_bench("HCB", 2, by=SYSTEM)
    projects = [a_project(template=SMALL, start_on=TODAY) for _ in range(2)]
    days = [days_of(county, project_id) for project_id in projects]
    short = ShortBench(department="HCB", fewer=2, first_on=TODAY, last_on=date(2026, 6, 30))

    answer = planned(county, "WhatIf", CountyScenario(name="借调两名审批员", short=(short,)))

    assert answer.state is PortfolioState.READY
    assert answer.moved_projects == 2
    assert [days_of(county, project_id) for project_id in projects] == days
    with pytest.raises(ScenarioNotTrue):
        adopt_portfolio_plan(answer.number, by=SYSTEM)


def test_a_holiday_notice_can_be_tried_before_it_is_loaded(few_reviewers):
    county = few_reviewers
    project_id = a_project(template=SMALL, start_on=TODAY)
    stands = plan_of(county, project_id).permit_on
    week = tuple(date(2026, 4, 20) + timedelta(days=n) for n in range(5))  # Monday to Friday

    answer = planned(county, "WhatIf", CountyScenario(days_off=week))

    line = summary(db.session, answer.number).line(project_id)
    assert line.before_permit_on == stands
    assert line.permit_on > stands


def test_what_nobody_recorded_cannot_be_asked_about(few_reviewers):
    a_project(template=SMALL, start_on=TODAY)
    short = ShortBench(department="EEB", fewer=1, first_on=TODAY, last_on=TODAY)

    with pytest.raises(NoBenchRecorded):
        ask_portfolio_plan("WhatIf", CountyScenario(short=(short,)), by=SYSTEM)


def test_a_plan_that_waits_for_its_turn_is_cancelled_at_once(few_reviewers):
    county = few_reviewers
    a_project(template=SMALL, start_on=TODAY)
    number = ask_portfolio_plan("Asked", by=SYSTEM)
    with pytest.raises(PlanUnderWay):
        ask_portfolio_plan("Asked", by=SYSTEM)

    cancel_portfolio_plan(number, by=SYSTEM)
    jobs.run_due()

    row = county.asked(select(PortfolioPlan))[0]
    assert row.state is PortfolioState.CANCELLED
    assert row.body is None
    with pytest.raises(AlreadyMade):
        cancel_portfolio_plan(number, by=SYSTEM)


def test_a_plan_under_way_sees_that_it_is_cancelled_at_its_next_look(few_reviewers):
    county = few_reviewers
    a_project(template=SMALL, start_on=TODAY)
    number = ask_portfolio_plan("Asked", by=SYSTEM)
    begun = begin(county.asked(select(PortfolioPlan))[0].id)
    assert report(begun.id, 10, 7)

    cancel_portfolio_plan(number, by=SYSTEM)

    assert not report(begun.id, 20, 5)
    jobs.run_due()
    assert county.has(PortfolioPlan, begun.id).state is PortfolioState.CANCELLED


def test_a_plan_whose_worker_died_half_way_is_made_by_the_next_one(few_reviewers):
    county = few_reviewers
    a_project(template=SMALL, start_on=TODAY)
    ask_portfolio_plan("Asked", by=SYSTEM)
    begun = begin(county.asked(select(PortfolioPlan))[0].id)
    report(begun.id, 1500, 3)

    jobs.run_due()

    row = county.has(PortfolioPlan, begun.id)
    assert row.state is PortfolioState.READY
    assert row.body is not None


def test_a_plan_that_cannot_be_made_says_which_step_lacks_what(few_reviewers):
    county = few_reviewers
    set_bench("HCB", 0, by=SYSTEM)
    project_id = a_project(template=SMALL, start_on=TODAY)

    row = planned(county)

    assert row.state is PortfolioState.FAILED
    assert "finds no" in row.faults
    assert row.body is None
    assert plan_of(county, project_id).permit_on is not None


def test_a_ready_plan_can_be_put_aside(few_reviewers):
    county = few_reviewers
    a_project(template=SMALL, start_on=TODAY)
    proposal = planned(county)

    discard_portfolio_plan(proposal.number, by=SYSTEM)

    assert county.has(PortfolioPlan, proposal.id).state is PortfolioState.DISCARDED
    with pytest.raises(NotOnTheTable):
        adopt_portfolio_plan(proposal.number, by=SYSTEM)


def test_an_office_without_projects_has_nothing_to_plan(few_reviewers):
    with pytest.raises(NothingToPlan):
        ask_portfolio_plan("Asked", by=SYSTEM)
