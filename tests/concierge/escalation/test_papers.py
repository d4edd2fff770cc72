"""The assignment slip and the answer to whoever reported, as documents."""

from datetime import date

from concierge.escalation.rules.closing import Closing
from concierge.escalation.rules.report import ReportKind, ReportOutcome
from concierge.escalation.services.bring_together import answer_assignment, issue_assignment
from concierge.escalation.services.close_report import close_report
from tests.concierge.escalation.reports import WINDOW, a_report


def test_an_assignment_slip_names_the_demand_and_keeps_room_for_the_answer(county, told):
    demand = "会同生态环境分局协调"
    slip = issue_assignment(
        a_report(), "县自然资源局", demand, date(2026, 4, 17), department="NRP", by=WINDOW
    )

    paper = told("escalation-slip", slip)
    assert "JB-2026-001" in paper.text
    assert "会同生态环境分局协调" in paper.text
    assert "两个部门意见不一致" in paper.text
    assert "2026年4月17日前书面答复" in paper.text
    assert paper.facts.addressee == "县自然资源局"
    assert paper.controls["answer"].strip() == ""
    assert paper.queries <= 9

    answer_assignment(slip, date(2026, 4, 15), "康宁", "已当场收件", by=WINDOW)
    assert told("escalation-slip", slip).controls["answer"] == "已当场收件"


def test_an_answer_cannot_be_written_before_there_is_one(county, told):
    report_id = a_report()

    letter = told("escalation-answer", report_id)

    assert letter.missing == ["答复内容"]
    assert letter.facts.missing[0].page == f"/escalations/reports/{report_id}"


def test_a_no_is_answered_with_its_ground_and_the_ways_to_dispute_it(county, told):
    report_id = a_report(kind=ReportKind.UNLAWFUL)
    close_report(
        report_id,
        Closing(
            outcome=ReportOutcome.EXPLAINED,
            approver="县自然资源局 刘科长",
            basis="土地管理法第四十四条",
            cause_code="land_plan",
            answer="地块在生态保护红线内，不能办理用地审批。",
        ),
        by=WINDOW,
    )

    letter = told("escalation-answer", report_id).text

    assert "何经理：" in letter
    assert "地块在生态保护红线内，不能办理用地审批。" in letter
    assert "不能办理的依据：土地管理法第四十四条。作出决定的机关（人）：县自然资源局 刘科长。" in letter
    assert "依法申请行政复议或者提起行政诉讼" in letter
