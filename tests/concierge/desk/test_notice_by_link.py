"""What a department finds wrong, told by its link, is the numbered one-time notice of its step."""

from datetime import date

from sqlalchemy import select

from approvals.models.case import CaseMoveRow
from approvals.models.paper import NoticeItemRow, OneTimeNoticeRow
from approvals.rules.lifecycle import StepState

TODAY = date(2026, 4, 15)
FAULTS = "1、营业执照复印件模糊\n2. 公章不清"


def _told(visitor, token):
    page = visitor.enters(token)
    return visitor.sends(page, outcome="faults", on="2026-04-15", faults=FAULTS, workdays="5")


def test_the_notice_has_a_number_and_every_line(visitor, hands_out, the_step, county):
    _told(visitor, hands_out())

    notice = county.asked(select(OneTimeNoticeRow))[0]
    items = county.asked(select(NoticeItemRow).order_by(NoticeItemRow.position))
    move = county.asked(select(CaseMoveRow).where(CaseMoveRow.move == "correct"))[0]
    assert move.number == notice.number == "GZ-2026-001"
    assert (notice.step_id, notice.told_on, notice.told_by) == (the_step().id, TODAY, move.actor)
    said = "；".join(item.words for item in items)
    assert "营业执照复印件模糊" in said
    assert "公章不清" in said


def test_the_officer_finds_it_where_notices_stand(visitor, hands_out, the_step, amy):
    _told(visitor, hands_out())
    step = the_step()

    page = amy.opens(f"/projects/{step.project_id}/steps/{step.number}/notice").text

    assert "GZ-2026-001" in page
    assert "公章不清" in page
    assert step.state is StepState.CORRECTING


def test_the_same_form_sent_twice_takes_one_number(visitor, hands_out, county):
    page = visitor.enters(hands_out())

    for _ in range(2):
        visitor.sends(page, outcome="faults", on="2026-04-15", faults=FAULTS, workdays="5")

    assert county.asked(select(OneTimeNoticeRow.number)) == ["GZ-2026-001"]


def test_a_list_that_is_refused_takes_no_number(visitor, hands_out, county):
    page = visitor.enters(hands_out())

    answer = visitor.sends(page, outcome="faults", on="2026-04-15", faults="  \n 1. \n")

    assert answer.status_code == 422
    assert county.asked(select(OneTimeNoticeRow)) == []
