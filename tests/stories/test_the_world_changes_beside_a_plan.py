"""While a plan of all projects is made, or waits for its yes, the world goes on: nothing is lost."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from approvals.models.calendar import CalendarYearRow, HolidayRow
from approvals.models.review import RoomRow
from approvals.rules.sittings import Half
from approvals.services.announce_sitting import ListedStep, NewSitting, announce_sitting
from approvals.services.load_holidays import load_holidays
from approvals.services.set_bench import set_bench
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.outbox import Job, JobState
from concierge.kernel.work import reading, work
from projects.models.portfolio import BookingRow, PortfolioPlan, PortfolioState
from projects.queries.portfolio_inputs import portfolio_inputs
from projects.rules.portfolio_search import searched
from projects.services.adopt_portfolio_plan import WorldChanged, adopt_portfolio_plan
from projects.services.ask_portfolio_plan import PlanUnderWay, ask_portfolio_plan
from projects.services.cancel_portfolio_plan import cancel_portfolio_plan
from projects.services.keep_portfolio_plan import begin, keep_made, report
from tests.builders import a_project
from tests.stories.notices import the_notice_of_2027

TODAY = date(2026, 4, 15)
SMALL = "small-low-risk"


@pytest.fixture
def office(county):
    """An office where planning and housing work on one case at a time, with a room to sit in."""
    set_bench("NRP", 1, by=SYSTEM)
    set_bench("HCB", 1, by=SYSTEM)
    county.keeps(RoomRow(name="政务3楼302", places=30))
    return county


def planned():
    number = ask_portfolio_plan("Asked", effort=5, by=SYSTEM)
    jobs.run_due()
    return number


def plan_no(county, number):
    return county.asked(select(PortfolioPlan).where(PortfolioPlan.number == number))[0]


def a_notice_is_loaded(county):
    load_holidays(2027, "国办发明电〔2026〕1号", the_notice_of_2027(county), by=SYSTEM)


def a_reviewer_comes(_county):
    set_bench("HCB", 2, by=SYSTEM)


def a_room_is_closed(county):
    with work(SYSTEM) as w:
        w.session.delete(w.session.scalars(select(RoomRow)).one())


@pytest.mark.parametrize("change", [a_notice_is_loaded, a_reviewer_comes, a_room_is_closed])
def test_a_plan_made_for_another_world_is_not_adopted_and_a_new_one_is(office, change):
    a_project(template=SMALL, start_on=TODAY)
    number = planned()

    change(office)
    jobs.run_due()

    with pytest.raises(WorldChanged):
        adopt_portfolio_plan(number, by=SYSTEM)
    assert plan_no(office, number).state is PortfolioState.READY
    again = planned()
    adopt_portfolio_plan(again, by=SYSTEM)
    assert plan_no(office, again).state is PortfolioState.ADOPTED


def test_a_calendar_that_changes_while_a_plan_is_made_is_seen_when_it_is_adopted(office):
    """The plan was read before the notice came and ends after it: it is kept, and its adoption refused."""
    a_project(template=SMALL, start_on=TODAY)
    number = ask_portfolio_plan("Asked", effort=5, by=SYSTEM)
    begun = begin(plan_no(office, number).id)
    with reading() as session:
        inputs = portfolio_inputs(session, TODAY)

    a_notice_is_loaded(office)
    made = searched(inputs, begun)
    with work(SYSTEM) as w:
        keep_made(w, begun.id, made)

    assert plan_no(office, number).state is PortfolioState.READY
    with pytest.raises(WorldChanged):
        adopt_portfolio_plan(number, by=SYSTEM)


def test_a_calendar_without_a_year_fails_the_plan_in_words_and_leaves_room_for_the_next(office):
    a_project(template=SMALL, start_on=TODAY)
    with work(SYSTEM) as w:
        w.session.execute(delete(HolidayRow))
        w.session.execute(delete(CalendarYearRow))

    number = planned()

    row = plan_no(office, number)
    assert row.state is PortfolioState.FAILED
    assert "load the holidays first" in row.faults
    assert ask_portfolio_plan("Asked", by=SYSTEM) == number + 1


def test_a_plan_whose_job_failed_for_good_stands_in_nobodys_way(office):
    number = a_plan_nobody_makes_any_more(office)

    again = ask_portfolio_plan("Asked", effort=5, by=SYSTEM)
    jobs.run_due()

    left = plan_no(office, number)
    assert left.state is PortfolioState.FAILED
    assert "among the failed jobs" in left.faults
    assert plan_no(office, again).state is PortfolioState.READY


def test_a_plan_whose_job_failed_for_good_is_cancelled_at_once(office):
    number = a_plan_nobody_makes_any_more(office)

    cancel_portfolio_plan(number, by=SYSTEM)

    assert plan_no(office, number).state is PortfolioState.CANCELLED


def test_a_plan_whose_job_will_be_tried_again_is_not_given_up(office):
    a_project(template=SMALL, start_on=TODAY)
    number = ask_portfolio_plan("Asked", by=SYSTEM)
    begin(plan_no(office, number).id)

    with pytest.raises(PlanUnderWay):
        ask_portfolio_plan("Asked", by=SYSTEM)


def a_plan_nobody_makes_any_more(county):
    """Its worker fell over it until its job was put among the failed ones."""
    a_project(template=SMALL, start_on=TODAY)
    number = ask_portfolio_plan("Asked", by=SYSTEM)
    begun = begin(plan_no(county, number).id)
    report(begun.id, 700, 12)
    with work(SYSTEM) as w:
        w.session.execute(
            update(Job)
            .where(Job.task == "projects.tasks:plan_portfolio")
            .values(state=JobState.DEAD, due_at=None)
        )
    return number


def test_a_sitting_announced_since_a_plan_was_made_keeps_its_half_day(office):
    project_id = a_project()
    number = planned()
    step = booked_review(office, project_id)
    other = step.sitting_on + timedelta(days=14)
    sitting = NewSitting(
        review_group=step.review_group,
        on=other,
        half=Half.MORNING,
        steps=(ListedStep(project_id, step.code),),
    )
    announce_sitting(sitting, by=SYSTEM)
    jobs.run_due()

    adopted = adopt_portfolio_plan(number, by=SYSTEM)
    jobs.run_due()

    assert project_id in adopted.overtaken
    after = booking(office, project_id, step.code)
    assert (after.sitting_on, after.sitting_half) == (other, 0)


def booked_review(county, project_id):
    asked = select(BookingRow).where(
        BookingRow.project_id == project_id, BookingRow.review_group.is_not(None)
    )
    return county.asked(asked.order_by(BookingRow.accept_on))[-1]


def booking(county, project_id, code):
    asked = select(BookingRow).where(BookingRow.project_id == project_id, BookingRow.code == code)
    return county.asked(asked)[0]
