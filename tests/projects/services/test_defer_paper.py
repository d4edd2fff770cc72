"""Registering, granting and following deferrals: what the cases, the papers and the days do to them."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.deferral import DeferralMoveRow, DeferralReminderRow, DeferralRow
from approvals.models.paper import PaperVersionRow
from approvals.queries.deferrals import owed
from approvals.rules.deferral import (
    AlreadyDeferred,
    GrantLevel,
    MainPapersMissing,
    NotTheirsToGrant,
    TooManyOnCase,
)
from approvals.rules.deferral_course import DeferralState, NoSuchDeferralMove
from approvals.rules.papers import Finding, PaperWay
from approvals.rules.progress import Act, Move
from approvals.services.check_paper import check_paper
from approvals.services.grant_deferral import Grantor
from approvals.services.supply_deferral import supply_deferral
from approvals.services.take_in_paper import take_in
from approvals.services.take_number import DEFERRALS, take_number
from approvals.services.verify_deferral import reject_deferral, verify_deferral
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading, work
from projects.models.deferral_worth import DeferralWorthRow
from projects.models.project import Plan
from projects.services.record_move import record_act, record_move
from tests.builders import a_project
from tests.deferrals import (
    CONTRACT,
    a_deferral,
    hand_in_main_papers,
    passes,
    step_of,
    the_day_is,
    the_deferral,
)

SOIL, SURVEY = "water-soil-report", "boundary-survey"


def april(day):
    return date(2026, 4, day)


def may(day):
    return date(2026, 5, day)


@pytest.fixture
def building(county):
    """A private building, the main documents of its drawing review handed in."""
    project_id = a_project(template="private-building", start_on=april(15))
    hand_in_main_papers(project_id)
    return project_id


def moves_of(deferral_id):
    asked = select(DeferralMoveRow.move).where(DeferralMoveRow.deferral_id == deferral_id)
    with reading() as session:
        return list(session.scalars(asked.order_by(DeferralMoveRow.id)))


def test_nothing_is_deferred_before_the_main_documents_are_here(county):
    project_id = a_project(template="private-building", start_on=april(15))

    with pytest.raises(MainPapersMissing):
        a_deferral(project_id)


def test_numbers_run_on_within_a_year_and_begin_anew_with_the_next(building):
    first = a_deferral(building, grantor=None)
    with work(SYSTEM) as w:
        numbers = [take_number(w, DEFERRALS, date(year, 1, 5)) for year in (2026, 2027, 2027)]

    assert the_deferral(first).number == "RQ-2026-001"
    assert numbers == ["RQ-2026-002", "RQ-2027-001", "RQ-2027-002"]


def test_the_same_paper_is_deferred_once(building):
    a_deferral(building, grantor=None)

    with pytest.raises(AlreadyDeferred):
        a_deferral(building)


def test_a_refused_registration_takes_no_number_and_leaves_nothing_behind(building):
    with pytest.raises(NotTheirsToGrant):
        a_deferral(building, grantor=Grantor(name="李", level=GrantLevel.STAGE_LEAD))

    with reading() as session:
        assert session.scalars(select(DeferralRow)).all() == []
    assert the_deferral(a_deferral(building)).number == "RQ-2026-001"


def test_a_fourth_deferral_of_one_case_is_refused(building):
    deferral_id = a_deferral(building)
    row = the_deferral(deferral_id)
    base = {c.key: getattr(row, c.key) for c in DeferralRow.__table__.columns if c.key != "id"}
    with work(SYSTEM) as w:
        for n in (2, 3):
            w.add(DeferralRow(**{**base, "number": f"RQ-2026-10{n}", "material": f"paper-{n}"}))

    with pytest.raises(TooManyOnCase):
        a_deferral(building, material="planning-permit-doc")


def test_the_two_numbers_are_kept_at_the_grant_and_counted_again_with_the_plan(building):
    a_deferral(building)

    with reading() as session:
        worth = session.scalars(select(DeferralWorthRow)).one()
        latest = session.scalar(select(Plan.id).order_by(Plan.id.desc()).limit(1))
    assert worth.withheld == "construction-permit"
    assert worth.latest_on > april(22)
    first = worth.plan_id

    # a step moves: another plan, and the numbers are of that one
    record_move(step_of(building, "investment-lead-screening").id, Move.ACCEPT, april(15), by=SYSTEM)
    passes(building, "investment-lead-screening")
    jobs.run_due()

    with reading() as session:
        worth = session.scalars(select(DeferralWorthRow)).one()
        newest = session.scalar(select(Plan.id).order_by(Plan.id.desc()).limit(1))
    assert first == latest
    assert worth.plan_id == newest


def test_a_case_that_ends_voids_its_deferrals_and_owes_nothing(county):
    project_id = a_project(template="private-building", start_on=april(15))
    hand_in_main_papers(project_id, SOIL)
    step = step_of(project_id, SOIL)
    record_move(step.id, Move.ACCEPT, april(15), by=SYSTEM)
    deferral_id = a_deferral(project_id, code=SOIL, material=SURVEY)
    with reading() as session:
        assert [one.number for one in owed(session, step.id)] == ["RQ-2026-001"]

    record_act(
        step.id, Act(Move.RECALL, april(15), basis="申请人申请", reason="方案调整", number="1"), by=SYSTEM
    )
    jobs.run_due()

    assert the_deferral(deferral_id).state is DeferralState.VOID
    with reading() as session:
        assert owed(session, step.id) == ()


def test_a_paper_taken_in_at_the_counter_and_found_fit_closes_its_deferral(building):
    deferral_id = a_deferral(building)
    with work(SYSTEM) as w:
        version = take_in(w, building, CONTRACT, source=PaperWay.ONLINE, on=april(15)).id
    jobs.run_due()
    assert the_deferral(deferral_id).state is DeferralState.SUPPLIED

    check_paper(version, Finding.FIT, by=SYSTEM)
    jobs.run_due()

    assert the_deferral(deferral_id).state is DeferralState.CLOSED
    assert moves_of(deferral_id)[-3:] == ["supply", "verify", "close"]


def test_what_is_taken_in_here_is_among_the_papers_of_the_project(building):
    deferral_id = a_deferral(building)
    supply_deferral(deferral_id, april(15), by=SYSTEM)
    jobs.run_due()
    verify_deferral(deferral_id, "曾磊", by=SYSTEM)
    jobs.run_due()

    with reading() as session:
        paper = session.scalars(select(PaperVersionRow).where(PaperVersionRow.material == CONTRACT)).one()
    assert (paper.came_on, paper.finding) == (april(15), Finding.FIT)
    assert moves_of(deferral_id) == ["draft", "sign", "grant", "supply", "verify", "close"]


def test_an_unfit_paper_is_owed_again_and_unfit_after_the_day_of_grace_is_a_default(building):
    deferral_id = a_deferral(building, due_on=april(17))
    supply_deferral(deferral_id, april(15), by=SYSTEM)
    reject_deferral(deferral_id, "未盖章", by=SYSTEM)
    jobs.run_due()
    assert the_deferral(deferral_id).state is DeferralState.GRANTED

    the_day_is(april(20))  # due Friday 17: Monday is the day of grace
    supply_deferral(deferral_id, april(20), by=SYSTEM)
    reject_deferral(deferral_id, "仍未盖章", by=SYSTEM)
    jobs.run_due()

    assert the_deferral(deferral_id).state is DeferralState.DEFAULTED
    with pytest.raises(NoSuchDeferralMove):
        supply_deferral(deferral_id, april(20), by=SYSTEM)


def test_a_paper_on_the_day_of_grace_cures_even_before_the_watch_has_come_round(building):
    deferral_id = a_deferral(building, due_on=april(17))
    clock.fix(april(20))

    supply_deferral(deferral_id, april(20), by=SYSTEM)

    assert the_deferral(deferral_id).state is DeferralState.SUPPLIED
    assert moves_of(deferral_id)[-2:] == ["lapse", "cure"]


def test_the_holiday_gives_no_day_of_grace_and_takes_none(building):
    # granted Monday 27 April, due Thursday 30: 28, 29, 30 are three working days; 1 to 5 May are off
    clock.fix(april(27))
    deferral_id = a_deferral(building, due_on=april(30))
    for day in (april(30), may(1), may(2), may(3), may(4), may(5)):
        the_day_is(day)
    assert the_deferral(deferral_id).state is DeferralState.GRANTED

    the_day_is(may(6))
    assert the_deferral(deferral_id).state is DeferralState.OVERDUE
    the_day_is(may(7))

    assert the_deferral(deferral_id).state is DeferralState.DEFAULTED
    with reading() as session:
        sent = session.scalars(select(DeferralReminderRow.sent_on).order_by(DeferralReminderRow.id))
        assert list(sent) == [april(27), april(30), may(6)]


def test_a_result_taken_back_opens_the_bridge_it_had_closed(county):
    project_id = a_project(template="private-building", start_on=april(15))
    hand_in_main_papers(project_id, SOIL)
    lead = Grantor(name="邹主任", level=GrantLevel.STAGE_LEAD)
    deferral_id = a_deferral(project_id, code=SOIL, material="filing-cert", due_on=april(24), grantor=lead)
    for before in ("company-registration", "project-code-assignment", "project-filing"):
        passes(project_id, before)
    jobs.run_due()
    assert the_deferral(deferral_id).state is DeferralState.CLOSED

    record_move(step_of(project_id, "project-filing").id, Move.UNDO, april(15), by=SYSTEM)
    jobs.run_due()

    assert the_deferral(deferral_id).state is DeferralState.GRANTED
    assert moves_of(deferral_id)[-1] == "reopen"
