"""A department is late: seen, carried further, ordered, heard, and the record is kept.

A step of a factory is promised for a day, and nothing comes. The concierge urges, the supervisor orders, the
department appeals and is heard by somebody who did not hold the case.
"""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.lifecycle import StopKind
from approvals.rules.progress import Act, Move
from concierge.kernel import addon, beat, clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError
from concierge.kernel.work import work
from concierge.supervision.models.card import CardRow, EscalationRow
from concierge.supervision.models.follow_up import AppealRow, OrderRow
from concierge.supervision.rules.card import Cause, Ending, Level, Ruling
from concierge.supervision.tasks import look_at_limits
from projects.services.record_move import record_act
from tests.builders import a_project

OPENED, ACCEPTED = date(2026, 3, 2), date(2026, 3, 16)
SAID, ANSWERED, RULED = "专家评审已组织，停表未及时登记", "评审意见已取得，今日办结", "评审通知和签到表属实"
TASK = "concierge.supervision.tasks:look_at_limits"


@pytest.fixture
def officers(county):
    """A and B of the factory, and the supervisor."""
    return (
        county.employs("hejia", "Concierge"),
        county.employs("wenzhou", "Concierge"),
        county.employs("fang", "Supervisor", sees=(None,)),
    )


@pytest.fixture
def step(county, officers):
    """A step of a department that needs nothing first, accepted on Monday 16 March."""
    with clock.standing_at(OPENED):
        project_id = a_project(pair=(officers[0].id, officers[1].id))
    with clock.standing_at(ACCEPTED):
        rows = county.asked(select(Step).where(Step.project_id == project_id).order_by(Step.number))
        for row in rows:
            if row.department not in ("ENT", "INT") and _accepts(row.id):
                jobs.run_due()
                return county.has(Step, row.id)
    raise AssertionError("no department step can be accepted first")


def _accepts(step_id):
    try:
        record_act(step_id, Act(Move.ACCEPT, ACCEPTED), by=SYSTEM)
    except ConciergeError:
        return False
    return True


def the_morning_of(day):
    """The clock ticks at half past seven, and the work of that morning is done."""
    with clock.standing_at(day):
        with work(SYSTEM) as w:
            w.enqueue(TASK)
        jobs.run_due()


def live(county, step):
    return county.asked(
        select(CardRow).where(CardRow.step_id == step.id, CardRow.ended_on.is_(None)).order_by(CardRow.id)
    )


def is_urged_and_appeals(card_id, step, amy, bo):
    """The department is urged by phone, and speaks against the card."""
    urged = amy.sends(f"/supervision/steps/{step.id}/urge", {"way": "phone", "to_whom": "高岩"})
    made = bo.sends(f"/supervision/cards/{card_id}/appeal", {"speaker": "高岩", "reason": SAID})
    assert (urged.status_code, made.status_code) == (303, 303)


def is_ordered_and_answers(card_id, due_on, amy, judge):
    """The supervisor orders, and the answer comes the same day."""
    told = {"demand": "立即办结并书面说明", "answer_due_on": due_on.isoformat()}
    ordered = judge.sends(f"/supervision/orders/new/{card_id}", told)
    answer = {"answered_on": clock.today().isoformat(), "speaker": "高岩", "answer": ANSWERED}
    answered = amy.sends(ordered.headers["Location"], answer)
    assert (ordered.status_code, answered.status_code) == (303, 303)


def climbed(county, card_id):
    """The levels a card reached, with their days."""
    rows = county.asked(
        select(EscalationRow).where(EscalationRow.card_id == card_id).order_by(EscalationRow.id)
    )
    return [(row.level, row.reached_on) for row in rows]


def test_a_late_department_is_seen(county, officers, step):
    amy, bo, judge = officers
    calendar, end = catalogue_queries.work_calendar(db.session), step.promised_end_on
    first, second, third, fourth, fifth = (calendar.add_workdays(end, n) for n in range(1, 6))

    the_morning_of(end)
    (yellow,) = live(county, step)
    assert (yellow.cause, yellow.limit_on, yellow.held_by_id) == (Cause.PROMISED_NEAR, end, amy.id)

    the_morning_of(first)
    (red,) = live(county, step)
    assert (red.cause, red.shown_on) == (Cause.PROMISED_PAST, first)
    assert county.has(CardRow, yellow.id).ended_how is Ending.HARDER_CARD

    with clock.standing_at(first):
        is_urged_and_appeals(red.id, step, amy, bo)
    for day in (second, third, fourth):
        the_morning_of(day)
    assert climbed(county, red.id) == list(zip(Level, (first, second, fourth), strict=True))

    with clock.standing_at(fourth):
        is_ordered_and_answers(red.id, calendar.add_workdays(fourth, 3), amy, judge)
        ruled = judge.sends(f"/supervision/cards/{red.id}/decide", {"ruling": "upheld", "decision": RULED})
    assert ruled.status_code == 303
    the_morning_of(fifth)

    assert live(county, step) == []
    the_record_is_kept(county, red.id, judge, fourth)


def the_record_is_kept(county, card_id, judge, ended_on):
    """The card taken down, the appeal, the order and every trace of them are still there."""
    kept = county.has(CardRow, card_id)
    (appeal,) = county.asked(select(AppealRow))
    (order,) = county.asked(select(OrderRow))
    assert (kept.ended_how, kept.ended_on) == (Ending.APPEAL_UPHELD, ended_on)
    assert (appeal.ruling, appeal.decided_by_id, appeal.reason) == (Ruling.UPHELD, judge.id, SAID)
    assert (order.serial, order.answer) == (1, ANSWERED)
    acts = set(county.asked(select(AuditLine.act).where(AuditLine.project_id == kept.project_id)))
    assert {"CardShown", "CardEscalated", "DepartmentChased", "AppealMade", "OrderIssued"} <= acts
    assert {"OrderAnswered", "AppealDecided", "CardEnded"} <= acts
    page = judge.opens(f"/supervision/cards/{card_id}?lang=en").text
    assert "The card stays on record." in page
    assert RULED in page


def test_the_result_in_time_ends_the_warning(county, officers, step):
    end = step.promised_end_on
    the_morning_of(end)
    (warned,) = live(county, step)

    with clock.standing_at(end):
        record_act(step.id, Act(Move.PASS, end, number="青建审〔2026〕3号"), by=SYSTEM)
        jobs.run_due()

    assert county.has(CardRow, warned.id).ended_how is Ending.CASE_ENDED


def test_a_lawful_stop_takes_the_warning_back(county, officers, step):
    end = step.promised_end_on
    calendar = catalogue_queries.work_calendar(db.session)
    the_morning_of(end)
    (warned,) = live(county, step)

    with clock.standing_at(end):
        act = Act(
            Move.STOP,
            end,
            stop=StopKind.EXPERT_REVIEW,
            planned_last_on=calendar.add_workdays(end, 4),
            basis="行政许可法第四十五条",
            reason="组织专家评审",
            number="青停〔2026〕1号",
            decided_by="王科长",
        )
        record_act(step.id, act, by=SYSTEM)
        jobs.run_due()
    the_morning_of(calendar.add_workdays(end, 2))
    assert county.has(CardRow, warned.id).ended_how is Ending.CLOCK_MOVED
    assert live(county, step) == []

    the_morning_of(calendar.add_workdays(end, 5))  # the stop was planned to end the day before
    (overrun,) = live(county, step)
    assert overrun.cause is Cause.STOP_OVERRUN


def test_the_look_at_limits_is_a_daily_task(county):
    (task,) = (one for one in addon.tasks() if one.run == TASK)

    before = datetime(2026, 4, 14, 23, 29, tzinfo=UTC)  # 07:29 in Shanghai
    after = datetime(2026, 4, 14, 23, 30, tzinfo=UTC)
    assert beat.slot_of(task, at=before, day_at=before) is None
    assert beat.slot_of(task, at=after, day_at=after) == f"{TASK}:2026-04-15"
    assert look_at_limits.__name__ in task.run
