"""A paper comes later: not at all, to the default and its repair; or by itself, when another step closes."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.deferral import CreditRow, DeferralMoveRow, DeferralReminderRow
from approvals.queries.deferrals import bridged
from approvals.rules.case import PapersOwed
from approvals.rules.deferral import CreditNotRepaired, GrantLevel, MaterialNotDeferrable
from approvals.rules.deferral_course import Consequence, DeferralState
from approvals.rules.lifecycle import StepState
from approvals.rules.progress import Move, StepNotReady
from approvals.services.change_credit import repair_credit
from approvals.services.grant_deferral import Grantor
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading
from projects.services.dispose_default import Disposal, dispose_default
from projects.services.record_move import record_move
from tests.builders import a_project
from tests.deferrals import (
    a_deferral,
    everything_before_passes,
    hand_in_main_papers,
    passes,
    step_of,
    the_day_is,
    the_deferral,
)

SOIL, SURVEY = "water-soil-report", "boundary-survey"
ROAD, PLANNING, PERMIT_PAPER = "road-occupation-permit", "construction-planning-permit", "planning-permit-doc"


def april(day):
    return date(2026, 4, day)


def journal(deferral_id):
    asked = select(DeferralMoveRow).where(DeferralMoveRow.deferral_id == deferral_id)
    with reading() as session:
        return [(row.on, row.move) for row in session.scalars(asked.order_by(DeferralMoveRow.id))]


def reminders(deferral_id):
    asked = select(DeferralReminderRow).where(DeferralReminderRow.deferral_id == deferral_id)
    with reading() as session:
        return [
            (row.sent_on, row.reminder.value)
            for row in session.scalars(asked.order_by(DeferralReminderRow.id))
        ]


def test_a_promise_is_not_kept_and_its_credit_is_repaired(county):
    # The soil and water report promises 7 working days, so that a paper of it may come 5 later.
    project_id = a_project(template="private-building", start_on=april(15))
    hand_in_main_papers(project_id, SOIL)
    record_move(step_of(project_id, SOIL).id, Move.ACCEPT, april(15), by=SYSTEM)

    # Wednesday 15 April: the enterprise promises its boundary survey by Wednesday 22, and the window agrees.
    deferral_id = a_deferral(project_id, code=SOIL, material=SURVEY, due_on=april(22))
    assert the_deferral(deferral_id).number == "RQ-2026-001"

    # The days pass, and each is looked at twice; nothing is said twice.
    for day in range(16, 24):
        for _ in range(2):
            the_day_is(april(day))
    assert reminders(deferral_id) == [
        (april(15), "granted"),
        (april(17), "three_left"),
        (april(20), "half_time"),
        (april(21), "one_left"),
        (april(22), "due"),
        (april(23), "overdue"),
    ]

    # The certificate is held back, though the review is done.
    with pytest.raises(PapersOwed):
        passes(project_id, SOIL)

    # Thursday 23 was the day of grace. On Friday 24 the promise is broken.
    the_day_is(april(24))
    assert the_deferral(deferral_id).state is DeferralState.DEFAULTED

    # The chief closes the case as withdrawn; the bare fact goes on record.
    told = Disposal(
        consequence=Consequence.WITHDRAWN, basis="安阳条例第24条", reason="逾期未补交", number="1号"
    )
    dispose_default(deferral_id, told, by=SYSTEM)
    jobs.run_due()
    assert step_of(project_id, SOIL).state is StepState.RECALLED
    with reading() as session:
        credit = session.scalars(select(CreditRow)).one()
    assert (credit.due_on, credit.was_supplied, credit.published_until) == (
        april(22),
        False,
        date(2031, 4, 24),
    )

    # Until that is repaired, the enterprise promises nothing more, here or in another of its projects.
    hand_in_main_papers(project_id)
    with pytest.raises(CreditNotRepaired):
        a_deferral(project_id, due_on=april(29))
    clock.fix(april(27))
    repair_credit(credit.id, "已补交测绘成果并通过核对", by=SYSTEM)
    again = a_deferral(project_id, due_on=april(29))

    assert the_deferral(deferral_id).state is DeferralState.REPAIRED
    assert the_deferral(again).number == "RQ-2026-002"


def test_the_result_of_an_earlier_step_closes_the_bridge_by_itself(county):
    # Digging up a road waits for the works planning permit: the law closes the gate of acceptance.
    project_id = a_project(template="private-building", start_on=april(15))
    everything_before_passes(project_id, PLANNING)
    hand_in_main_papers(project_id, ROAD, but=PERMIT_PAPER)
    with pytest.raises(StepNotReady):
        record_move(step_of(project_id, ROAD).id, Move.ACCEPT, april(15), by=SYSTEM)

    # The permit is a main document: it may be awaited only once its office has accepted the application.
    lead = Grantor(name="邹主任", level=GrantLevel.STAGE_LEAD)
    asked = {"code": ROAD, "material": PERMIT_PAPER, "due_on": april(20), "grantor": lead}
    with pytest.raises(MaterialNotDeferrable):
        a_deferral(project_id, **asked)
    record_move(step_of(project_id, PLANNING).id, Move.ACCEPT, april(15), by=SYSTEM)
    deferral_id = a_deferral(project_id, **asked)

    # The gate moves from acceptance to the certificate.
    with reading() as session:
        assert bridged(session, project_id) == ((PLANNING, ROAD),)
    record_move(step_of(project_id, ROAD).id, Move.ACCEPT, april(15), by=SYSTEM)
    with pytest.raises(StepNotReady):
        passes(project_id, ROAD)

    # The permit is late. The enterprise owes nothing, so nothing is held against it.
    for day in (16, 17, 20, 21, 22, 23):
        the_day_is(april(day))
    assert the_deferral(deferral_id).state is DeferralState.OVERDUE

    # The permit is issued, and the deferral closes without anybody doing anything.
    passes(project_id, PLANNING)
    jobs.run_due()
    row = the_deferral(deferral_id)
    assert (row.state, row.supplied_on) == (DeferralState.CLOSED, april(23))
    assert [move for _, move in journal(deferral_id)][-3:] == ["cure", "verify", "close"]
    passes(project_id, ROAD)
    with reading() as session:
        assert session.scalars(select(CreditRow)).all() == []
        told = session.scalars(select(EventRow.name).where(EventRow.name.endswith("DeferralDue"))).all()
    assert told
