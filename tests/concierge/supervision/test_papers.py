"""Notices of cards and orders as documents: the facts of the day, the right of appeal, the answer."""

from datetime import date

import pytest
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.supervision.models.card import CardRow
from concierge.supervision.rules.card import Cause, Colour
from concierge.supervision.services.answer_order import answer_order
from concierge.supervision.services.issue_order import issue_order
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, looked, stopped

TODAY = date(2026, 4, 15)
ACCEPTED = date(2026, 4, 1)  # five working days end on 9 April, for the 6th is a holiday


@pytest.fixture
def red(county):
    """A card for a step four working days over its promise: 9 April, and it is the 15th."""
    with clock.standing_at(date(2026, 3, 2)):
        step_id = accepted(a_project(), ACCEPTED, 5)
    looked(TODAY)
    asked = select(CardRow.id).where(CardRow.step_id == step_id, CardRow.colour == Colour.RED)
    return county.asked(asked)[0]


def test_a_red_card_says_which_limit_when_and_until_when_it_can_be_appealed(told, red):
    notice = told("red-card-notice", red)

    assert "于2026年4月1日受理，承诺2026年4月9日前办结" in notice.text
    assert "时限共5个工作日，已用9个工作日" in notice.text  # 2, 3, 7 to 10, 13 to 15 April
    assert "属于“超过承诺时限”（时限日2026年4月9日）" in notice.text
    assert "可以在2026年4月17日前提出申诉" in notice.text  # two working days after 15 April
    assert notice.facts.department
    assert notice.facts.addressee in notice.text
    assert notice.queries <= 5


def test_a_red_card_makes_no_yellow_notice(told, red):
    with pytest.raises(Missing):
        told("yellow-card-notice", red)


def test_a_yellow_card_for_a_stop_names_the_stop(county, told):
    with clock.standing_at(date(2026, 3, 2)):
        step_id = accepted(a_project(), ACCEPTED, 20)
    stopped(step_id, date(2026, 4, 8), date(2026, 4, 10))
    looked(TODAY)
    asked = select(CardRow.id).where(CardRow.step_id == step_id, CardRow.cause == Cause.STOP_OVERRUN)

    notice = told("yellow-card-notice", county.asked(asked)[0]).text

    assert "“停表超过计划止日”" in notice
    assert "专家评审，自2026年4月8日起，计划至2026年4月10日止" in notice
    assert "现予以黄牌预警" in notice


def test_an_order_leaves_room_for_the_answer_and_keeps_it_once_it_is_there(told, red):
    order_id = issue_order(red, "立即办结并说明原因", date(2026, 4, 20), by=SYSTEM)

    open_one = told("supervision-order", order_id)
    assert "督办〔2026〕1号" in open_one.text
    assert "立即办结并说明原因" in open_one.text
    assert "2026年4月20日前书面答复" in open_one.text
    assert open_one.controls["answer"].strip() == ""
    assert open_one.queries <= 3

    answer_order(order_id, TODAY, "赵科长", "已于当日办结，原因是专家未到场", by=SYSTEM)
    answered = told("supervision-order", order_id)
    assert answered.controls["answer"] == "已于当日办结，原因是专家未到场"
    assert answered.controls["answered_by"] == "赵科长"
    assert answered.controls["answered_on"] == "2026年4月15日"


def test_a_bulletin_names_every_department_and_each_red_card_of_the_month(county, told, red):
    bulletin = told("supervision-bulletin", 202604)

    (only,) = bulletin.facts.values["reds"]
    assert only["cause"] == "超过承诺时限"
    assert only["state"] == "仍未办结"
    assert bulletin.facts.values["red"] == 1
    assert "2026年4月审批时限执行情况通报" in bulletin.text
    assert "各有关部门：" in bulletin.text
    assert only["department"] in bulletin.text
    assert bulletin.queries <= 14

    calm = told("supervision-bulletin", 202602)
    assert "本月没有亮红牌。" in calm.text


def test_a_supervisor_has_the_bulletin_made_on_the_board_and_an_officer_does_not(county, red):
    fang = county.employs("fang", "Supervisor", sees=(None,))
    officer = county.employs("hejia", "Concierge")

    assert 'value="supervision-bulletin"' in fang.opens("/supervision/?period=month").text
    assert 'value="202603"' in fang.opens("/supervision/?period=last-month").text
    assert 'value="supervision-bulletin"' not in officer.opens("/supervision/").text
    form = {"code": "supervision-bulletin", "about_id": 202604}
    assert officer.sends("/documents/make", form).status_code == 404
    assert fang.sends("/documents/make", form).status_code == 303
    assert fang.sends("/documents/make", form | {"about_id": 202613}).status_code == 422
