"""Cards on real rows: shown once, ended when the clock moves, carried further, with who held the case."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.errors import Missing
from concierge.kernel.outbox import EventRow
from concierge.kernel.scope import ScopeRow
from concierge.kernel.work import work
from concierge.staff.rules.absence import Away
from concierge.staff.rules.contacts import ContactPost, NewContact
from concierge.staff.services.name_contact import name_contact
from concierge.staff.services.record_absence import record_absence
from concierge.supervision.models.card import CardPauseRow, CardRow, EscalationRow
from concierge.supervision.models.follow_up import AppealRow, ChaseRow, OrderRow
from concierge.supervision.rules import answering
from concierge.supervision.rules.card import Cause, ChaseWay, Ending, Level, Ruling
from concierge.supervision.services.answer_order import answer_order
from concierge.supervision.services.appeal_card import appeal_card
from concierge.supervision.services.chase_department import chase_department
from concierge.supervision.services.decide_appeal import decide_appeal
from concierge.supervision.services.issue_order import issue_order
from concierge.supervision.services.make_good import make_good
from concierge.supervision.services.record_violation import record_violation
from concierge.supervision.services.show_cards import Looked
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, cards, finished, looked, moved, stopped
from tests.kernel.fixtures_office import Office

ACCEPTED = date(2026, 4, 1)  # five days: 2, 3, 7, 8, 9 April; 4 to 6 are Qingming
NEAR, END, LATE = date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 10)
WHY = "专家评审期间未登记停表"


@pytest.fixture
def pair(county: Office) -> tuple[int, int]:
    """Two concierge officers."""
    return county.employs("hejia", "Concierge").id, county.employs("wenzhou", "Concierge").id


@pytest.fixture
def step_id(pair: tuple[int, int]) -> int:
    """A step accepted on 1 April and promised in five working days."""
    with clock.standing_at(date(2026, 3, 2)):
        project_id = a_project(pair=pair)
    return accepted(project_id, ACCEPTED, 5)


def test_yellow_then_red_then_the_end(step_id: int) -> None:
    assert looked(date(2026, 4, 7)) == Looked(shown=0, ended=0, escalated=0)
    assert looked(NEAR) == Looked(shown=1, ended=0, escalated=0)
    assert looked(LATE) == Looked(shown=1, ended=1, escalated=1)
    finished(step_id, LATE)
    looked(LATE)

    near, late = cards(step_id)

    assert (near.cause, near.limit_on, near.ended_how) == (Cause.PROMISED_NEAR, END, Ending.HARDER_CARD)
    assert (late.cause, late.shown_on, late.ended_how) == (Cause.PROMISED_PAST, LATE, Ending.CASE_ENDED)
    assert (near.limit_workdays, near.used_workdays, near.paused_workdays) == (5, 4, 0)


def test_looking_again_changes_nothing(step_id: int) -> None:
    looked(LATE)

    assert looked(LATE) == Looked(shown=0, ended=0, escalated=0)
    assert len(cards(step_id)) == 1


def test_an_extension_and_its_undoing(step_id: int) -> None:
    looked(LATE)
    moved(step_id, date(2026, 4, 23))
    looked(LATE)
    moved(step_id, END)
    looked(LATE)

    assert [(card.occasion, card.ended_how) for card in cards(step_id)] == [
        (1, Ending.CLOCK_MOVED),
        (2, None),
    ]


def test_red_climbs_day_by_day(county: Office, step_id: int) -> None:
    for day in (LATE, date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)):
        looked(day)

    assert county.asked(select(EscalationRow.level).order_by(EscalationRow.id)) == list(Level)
    assert county.asked(select(EscalationRow.reached_on).order_by(EscalationRow.id)) == [
        LATE,
        date(2026, 4, 13),
        date(2026, 4, 15),
    ]
    assert len(county.asked(select(EventRow.id).where(EventRow.name.endswith(":CardEscalated")))) == 3


def test_the_card_keeps_who_held_the_case_and_why(step_id: int, pair: tuple[int, int]) -> None:
    record_absence(
        Away(person_id=pair[0], first_on=date(2026, 4, 7), last_on=date(2026, 4, 8)), "学习", by=SYSTEM
    )
    looked(NEAR)
    looked(LATE)

    near, late = cards(step_id)

    assert (near.held_by_id, near.held_role, near.away_id) == (pair[1], "B", pair[0])
    assert (near.away_first_on, near.away_last_on) == (date(2026, 4, 7), date(2026, 4, 8))
    assert (late.held_by_id, late.held_role, late.away_id) == (pair[0], "A", None)


def test_a_stop_that_runs_over_is_on_the_card(county: Office, step_id: int) -> None:
    stopped(step_id, date(2026, 4, 2), date(2026, 4, 8))
    looked(END)

    (card,) = cards(step_id)

    assert (card.cause, card.limit_on) == (Cause.STOP_OVERRUN, date(2026, 4, 8))
    assert county.asked(select(CardPauseRow.planned_last_on)) == [date(2026, 4, 8)]


def test_nobody_is_shown_a_card_for_a_closed_case_or_the_enterprises_step(
    county: Office, pair: tuple[int, int]
) -> None:
    project_id = a_project(pair=pair)
    done = accepted(project_id, ACCEPTED, 5)
    finished(done, END)

    assert looked(LATE) == Looked(shown=0, ended=0, escalated=0)


def test_an_upheld_appeal_takes_the_card_down_for_good(county: Office, step_id: int) -> None:
    looked(LATE)
    card = cards(step_id)[0]
    writer, judge = Actor(77, "何佳"), Actor(99, "方正")
    with clock.standing_at(date(2026, 4, 14)):  # 11 and 12 April are a weekend: the second working day
        county.keeps(*_sight(77, 99))
        appeal_id = appeal_card(card.id, WHY, "高岩", by=writer)
        with pytest.raises(answering.AppealedAlready):
            appeal_card(card.id, WHY, "高岩", by=writer)
        with pytest.raises(answering.HeldTheCase):
            decide_appeal(appeal_id, Ruling.UPHELD, WHY, by=writer)
        decide_appeal(appeal_id, Ruling.UPHELD, WHY, by=judge)
        with pytest.raises(answering.AppealDecidedAlready):
            decide_appeal(appeal_id, Ruling.REJECTED, WHY, by=judge)

    assert looked(date(2026, 4, 15)).shown == 0
    (kept,) = cards(step_id)
    appeal = county.has(AppealRow, appeal_id)
    assert (kept.ended_how, kept.ended_on) == (Ending.APPEAL_UPHELD, date(2026, 4, 14))
    assert (appeal.ruling, appeal.decided_by, appeal.decision_reason) == (Ruling.UPHELD, "方正", WHY)


def test_a_rejected_appeal_leaves_the_card(county: Office, step_id: int) -> None:
    looked(LATE)
    card = cards(step_id)[0]
    county.keeps(*_sight(77, 99))
    with clock.standing_at(LATE):
        appeal_id = appeal_card(card.id, WHY, "高岩", by=Actor(77, "何佳"))
        decide_appeal(appeal_id, Ruling.REJECTED, "无停表依据", by=Actor(99, "方正"))

    assert cards(step_id)[0].ended_how is None


def test_who_held_the_case_does_not_decide(county: Office, step_id: int, pair: tuple[int, int]) -> None:
    looked(LATE)
    with clock.standing_at(LATE):
        appeal_id = appeal_card(cards(step_id)[0].id, WHY, "高岩", by=SYSTEM)
        for person in pair:
            with pytest.raises(answering.HeldTheCase):
                decide_appeal(appeal_id, Ruling.REJECTED, WHY, by=Actor(person, "A"))


def test_orders_are_numbered_by_year_and_answered_once(county: Office, step_id: int) -> None:
    looked(LATE)
    card = cards(step_id)[0]
    with clock.standing_at(LATE):
        first = issue_order(card.id, "立即办结并书面说明", date(2026, 4, 15), by=SYSTEM)
        with pytest.raises(answering.OrderOpen, match="督办〔2026〕1号"):
            issue_order(card.id, "立即办结并书面说明", date(2026, 4, 15), by=SYSTEM)
    with clock.standing_at(date(2026, 4, 13)):
        answer_order(first, date(2026, 4, 13), "高岩", "已于当日办结，送达企业", by=SYSTEM)
        with pytest.raises(answering.OrderAnsweredAlready):
            answer_order(first, date(2026, 4, 13), "高岩", "已于当日办结，送达企业", by=SYSTEM)
        issue_order(card.id, "再次督促：立即办结", date(2026, 4, 15), by=SYSTEM)

    rows = county.asked(select(OrderRow).order_by(OrderRow.id))
    assert [(row.year, row.serial) for row in rows] == [(2026, 1), (2026, 2)]
    assert rows[0].answered_by == "高岩"


def test_urging_is_kept_with_whom_and_how(county: Office, step_id: int) -> None:
    chase_department(step_id, ChaseWay.PHONE, "高岩", "请于明日前办结", by=Actor(None, "何佳"))

    (row,) = county.asked(select(ChaseRow))
    assert (row.way, row.to_whom, row.by) == (ChaseWay.PHONE, "高岩", "何佳")
    with pytest.raises(answering.NameNeeded):
        chase_department(step_id, ChaseWay.PHONE, " ", "", by=SYSTEM)
    finished(step_id, END)
    with pytest.raises(answering.NothingToUrge):
        chase_department(step_id, ChaseWay.PHONE, "高岩", "", by=SYSTEM)


def test_a_violation_is_red_at_once_and_ends_by_hand(county: Office, step_id: int) -> None:
    with clock.standing_at(LATE):
        card_id = record_violation(step_id, Cause.CHARGED, END, "收取资料费200元，有收据", by=SYSTEM)
        again = record_violation(step_id, Cause.CHARGED, END, "又收取资料费100元", by=SYSTEM)
        with pytest.raises(answering.NotAViolation):
            record_violation(step_id, Cause.PROMISED_PAST, END, "超期未办结", by=SYSTEM)
        finished(step_id, LATE)
        looked(LATE)

        assert county.has(CardRow, card_id).ended_on is None
        assert county.has(CardRow, again).occasion == 2
        make_good(card_id, by=SYSTEM)
        with pytest.raises(answering.CardOver):
            make_good(card_id, by=SYSTEM)

    assert county.has(CardRow, card_id).ended_how is Ending.MADE_GOOD
    assert Level.HANDLER in county.asked(select(EscalationRow.level))


def test_somebody_without_sight_of_the_project_finds_nothing(county: Office, step_id: int) -> None:
    looked(LATE)

    with pytest.raises(Missing):
        appeal_card(cards(step_id)[0].id, WHY, "高岩", by=Actor(55, "外人"))


def _sight(*people: int) -> list[object]:
    return [ScopeRow(user_id=person, project_id=None) for person in people]


def test_a_card_names_who_answered_for_the_department_that_day(step_id: int) -> None:
    department = _department(step_id)
    with clock.standing_at(ACCEPTED):
        name_contact(_representative("许国栋", department), by=SYSTEM)
    looked(NEAR)
    with clock.standing_at(END):
        name_contact(_representative("周敏之", department), by=SYSTEM)
    looked(LATE)

    assert [card.representative for card in cards(step_id)] == ["许国栋（副局长）", "周敏之（副局长）"]


def test_a_card_of_a_department_that_named_nobody_stays_empty(step_id: int) -> None:
    looked(NEAR)

    assert cards(step_id)[0].representative == ""


def _department(step_id: int) -> str:
    with work(SYSTEM) as w:
        return w.get(Step, step_id).department


def _representative(name: str, department: str) -> NewContact:
    return NewContact(
        post=ContactPost.REPRESENTATIVE,
        departments=(department,),
        name=name,
        phone="0730-0000211",
        title="副局长",
    )
