"""An enterprise leaves a message, or reports what cannot be done: once, answered, only to its own link."""

from __future__ import annotations

from sqlalchemy import select

from concierge.escalation.models.report import ReportRow
from concierge.escalation.rules.report import ReportLevel, ReportWay
from concierge.kernel.actor import Actor
from concierge.kernel.outbox import EventRow
from concierge.progress.models.acts import IncomingRow
from concierge.progress.rules.acts import ActKind, IncomingState
from concierge.progress.rules.incoming import called_department
from concierge.progress.services.answer_incoming import answer_incoming
from tests.concierge.progress.fixtures_acts import Holder, a_holder, holder, project_id
from tests.kernel.fixtures_office import Office

__all__ = ["holder", "project_id"]
AMY = Actor(None, "周敏")


def test_a_message_is_kept_answered_and_read(county: Office, holder: Holder):
    thanks = holder.after(holder.sends(holder.goes("message"), "message", words="围墙图纸要盖哪个章？"))
    assert "Sent. Your officers have it." in thanks.text

    (row,) = county.asked(select(IncomingRow))
    assert (row.kind, row.words, row.sender, row.state) == (
        ActKind.MESSAGE,
        "围墙图纸要盖哪个章？",
        "吴倩",
        IncomingState.NEW,
    )
    answer_incoming(row.id, "盖公章即可。", by=AMY)

    page = holder.goes("message").text
    assert "盖公章即可。" in page
    assert "周敏" not in page  # the office answers


def test_the_same_message_sent_twice_is_one(county: Office, holder: Holder):
    page = holder.goes("message")
    for _ in range(2):
        assert holder.sends(page, "message", words="请来电").status_code == 303

    assert len(county.asked(select(IncomingRow))) == 1


def test_too_many_words_come_back_whole(county: Office, holder: Holder):
    words = "长" * 1001  # one more than fits

    answer = holder.sends(holder.goes("message"), "message", words=words)

    assert answer.status_code == 422
    assert "at most 1000 characters; these are 1001" in answer.text
    assert words in answer.text
    assert county.asked(select(IncomingRow)) == []


def test_another_link_does_not_read_the_messages(county: Office, holder: Holder, project_id: int):
    holder.sends(holder.goes("message"), "message", words="价格先别告诉设计院")

    other = a_holder(county, project_id, recipient="设计院")

    assert "价格" not in other.goes("message").text


def test_words_of_a_message_stand_in_no_event(county: Office, holder: Holder):
    holder.sends(holder.goes("message"), "message", words="我的电话13912345678")

    assert not any("13912345678" in facts for facts in county.asked(select(EventRow.facts)))


def test_a_report_calls_the_department_of_its_step(county: Office, holder: Holder):
    page = holder.goes("stuck")
    number = page.text.split('<option value="')[2].partition('"')[0]

    answer = holder.sends(
        page,
        "stuck",
        step=number,
        title="窗口不收材料",
        text="说要等领导回来才收。",
        reporter="吴倩",
        phone="13800002468",
    )

    thanks = holder.after(answer)
    (report,) = county.asked(select(ReportRow))
    assert (report.way, report.level, report.title) == (ReportWay.ONLINE, ReportLevel.WINDOW, "窗口不收材料")
    assert report.project_id == holder.project_id
    assert report.number in thanks.text
    (row,) = county.asked(select(IncomingRow))
    assert (row.kind, row.state, row.about_id) == (ActKind.PROBLEM, IncomingState.TAKEN, report.id)
    amy = county.employs("amy", "Concierge", sees=(holder.project_id,))
    assert f"/escalations/reports/{report.id}" in amy.opens(f"/progress/inbox/{row.id}").text


def test_the_same_report_sent_twice_is_one(county: Office, holder: Holder):
    page = holder.goes("stuck")
    told = {"title": "窗口不收材料", "text": "等领导回来", "reporter": "吴倩", "phone": "13800002468"}
    for _ in range(2):
        assert holder.sends(page, "stuck", **told).status_code == 303

    assert len(county.asked(select(ReportRow))) == 1
    assert county.asked(select(ReportRow.department)) == ["ASB"]  # about nothing in particular: the window's


def test_a_report_without_a_number_comes_back_with_everything_typed(county: Office, holder: Holder):
    answer = holder.sends(
        holder.goes("stuck"), "stuck", title="窗口不收材料", text="等领导回来", reporter="吴倩", phone=""
    )

    assert answer.status_code == 422
    assert "Write a telephone number for the answer" in answer.text
    assert "窗口不收材料" in answer.text
    assert county.asked(select(ReportRow)) == []


def test_nobody_is_called_at_the_enterprise_itself():
    assert called_department("ENT") == "ASB"
    assert called_department("INT") == "ASB"
    assert called_department("NRP") == "NRP"
