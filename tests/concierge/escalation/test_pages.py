"""The window's pages: what they show, what they keep of a wrong form, who may, how much they ask."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import event, select

from approvals.models.step import Step
from concierge.escalation.models.desk import FiguresRow, ReportCauseRow, WindowDutyRow
from concierge.escalation.models.learning import BottleneckRow, NegativeRow, VoiceRow
from concierge.escalation.models.report import AssignmentRow, ReportRow
from concierge.escalation.rules.report import BottleneckState, ReportKind, ReportWay, VoiceState
from concierge.escalation.services.close_report import close_report
from concierge.kernel import jobs
from concierge.kernel.db import db
from tests.builders import a_project
from tests.concierge.escalation.moments import april
from tests.concierge.escalation.reports import WINDOW, a_report, report, solved
from tests.kernel.fixtures_office import Office, Somebody

MOST_QUERIES = 22
FORM = {
    "title": "选址意见不一致",
    "text": "两个部门意见不一致",
    "department": "NRP",
    "reporter": "何经理",
    "phone": "0730-0000105",
    "way": "phone",
    "reported_at": "2026-04-14T09:12",
    "kind": "",
}


@pytest.fixture
def officer(county: Office) -> Somebody:
    """Somebody at the window; sight of every project comes with the role."""
    person = county.employs("jiangxue", "EscalationOfficer")
    jobs.run_due()
    return person


def questions(person: Somebody, path: str) -> int:
    """How many questions a page asks of the database."""
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert person.opens(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sum(not one.startswith(("PRAGMA", "BEGIN", "SAVEPOINT")) for one in asked)


def test_a_report_told_by_phone_is_registered_and_shown_with_its_ladder(county, officer):
    answer = officer.sends("/escalations/new", FORM)

    assert answer.status_code == 303
    page = officer.opens(answer.location).text
    assert "BB-2026-001" in page
    assert "chief representative here within 10 minutes" in page
    assert "何经理, by phone, 14 Apr 09:12" in page
    assert county.asked(select(ReportRow.way)) == [ReportWay.PHONE]


def test_a_form_with_a_wrong_number_names_the_field_and_keeps_what_was_typed(county, officer):
    answer = officer.sends("/escalations/new?lang=en", {**FORM, "phone": "call me"})

    assert answer.status_code == 422
    assert 'href="#phone"' in answer.text
    assert "两个部门意见不一致" in answer.text
    assert county.asked(select(ReportRow)) == []


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01T09:00", ""])
def test_a_time_nobody_can_read_is_refused_beside_its_field(officer, typed):
    answer = officer.sends("/escalations/new", {**FORM, "reported_at": typed})

    assert answer.status_code == 422
    assert "Give day and time" in answer.text


def test_the_board_asks_the_same_number_of_questions_however_many_reports(officer):
    a_report()
    officer.opens("/escalations/")  # what is read once and remembered
    few = questions(officer, "/escalations/")
    for n in range(6):
        a_report(april(14, f"10:{n + 10}"))
    officer.opens("/escalations/")

    assert questions(officer, "/escalations/") == few <= MOST_QUERIES


def test_the_whole_way_of_a_report_in_the_browser(county, officer):
    here = f"/escalations/reports/{a_report()}"

    for path, form in (
        ("arrival", {"at": "2026-04-14T09:19", "who_came": "周敏之", "result": "未解决"}),
        ("level", {"to": "department", "why": "两部门意见不一"}),
        (
            "opinions",
            {"department": "EEB", "opinion": "退让20米", "opinion_basis": "规划环评第4条", "is_coming": "1"},
        ),
        ("meetings", {"meeting_at": "2026-04-16T10:00", "place": "政务中心4楼", "proposal": "红线东移30米"}),
        ("handling", {"kind": "blocked", "answer": "16日10时开会"}),
    ):
        assert officer.sends(f"{here}/{path}", form).status_code == 303, path
    page = officer.opens(f"{here}?lang=en").text
    for shown in ("09:19 周敏之 came", "退让20米", "will come", "政务中心4楼", "16日10时开会"):
        assert shown in page

    closing = {"outcome": "solved", "answer": "红线已调整，可以办", "cause_code": "rules_conflict"}
    assert officer.sends(f"{here}/close", closing).status_code == 303
    assert officer.sends(f"{here}/contentment", {"contentment": "satisfied"}).status_code == 303
    assert "Satisfied with the answer" in officer.opens("/escalations/?state=closed&lang=en").text


def test_a_closing_that_lacks_its_cause_is_shown_again_with_the_answer(officer):
    first = a_report(kind=ReportKind.BLOCKED)

    answer = officer.sends(
        f"/escalations/reports/{first}/close", {"outcome": "solved", "answer": "红线已调整"}
    )

    assert answer.status_code == 422
    assert "红线已调整" in answer.text
    assert 'href="#cause_code"' in answer.text
    assert report(first).closed_on is None


def test_an_assignment_order_is_suggested_printed_and_made_as_a_document(county, officer):
    first = a_report()
    assert "选址意见不一致" in officer.opens(f"/escalations/assignments/new/{first}").text

    form = {
        "addressee": "县自然资源局",
        "department": "NRP",
        "demand": "会同生态环境分局协调",
        "answer_due_on": "2026-04-17",
    }
    there = officer.sends(f"/escalations/assignments/new/{first}", form).location

    assert county.asked(select(AssignmentRow.number)) == ["JB-2026-001"]
    assert "县自然资源局" in officer.opens(f"{there}/print").text
    slip = county.asked(select(AssignmentRow.id))[0]
    made = officer.sends("/documents/make", {"code": "escalation-slip", "about_id": slip}).location
    jobs.run_due()
    word = officer.opens(f"{made}/docx")
    with zipfile.ZipFile(io.BytesIO(word.data)) as package:
        text = package.read("word/document.xml").decode()
    for written in ("JB-2026-001", "县自然资源局", "会同生态环境分局协调", "两个部门意见不一致"):
        assert written in text
    again = officer.sends("/documents/make", {"code": "escalation-slip", "about_id": slip}).location
    assert again == made  # nothing changed: no second number, no second version


def test_a_no_is_reported_and_ruled_by_the_chief_not_by_who_said_it(county, officer):
    chief = county.employs("jiangyi", "Chief", sees=(None,))
    form = {
        "department": "CUB",
        "matter": "招牌备案",
        "reason": "要求物业证明",
        "basis": "市容管理条例第9条",
        "said_on": "2026-04-15",
    }
    assert officer.sends("/escalations/negatives/", form).status_code == 303
    (no,) = county.asked(select(NegativeRow))

    ruling = {"ruling": "overturned", "note": "清单没有此材料，当场收件"}
    assert officer.sends(f"/escalations/negatives/{no.id}", ruling).status_code == 403
    unchosen = chief.sends(f"/escalations/negatives/{no.id}", {"note": "应当受理"})
    assert (unchosen.status_code, 'value="应当受理"' in unchosen.text) == (422, True)
    assert chief.sends(f"/escalations/negatives/{no.id}", ruling).status_code == 303
    again = chief.sends(f"/escalations/negatives/{no.id}", ruling)
    assert again.status_code == 409
    assert "A ruling is not changed" in again.text


def test_an_overturned_no_of_a_step_leads_the_supervisor_to_its_red_card(county, officer):
    chief = county.employs("jiangyi", "Chief", sees=(None,))
    judge = county.employs("fangzheng", "Supervisor", sees=(None,))
    step = county.asked(select(Step.id).where(Step.project_id == a_project(), Step.department == "NRP"))[0]
    form = {
        "department": "NRP",
        "matter": "选址",
        "reason": "材料不符合要求",
        "basis": "窗口未说明依据",
        "said_on": "2026-04-15",
        "step_id": step,
    }
    assert officer.sends("/escalations/negatives/", form).status_code == 303
    (no,) = county.asked(select(NegativeRow))
    card = f"/supervision/violations/{step}"
    assert card not in judge.opens("/escalations/negatives/?lang=en").text

    chief.sends(f"/escalations/negatives/{no.id}", {"ruling": "overturned", "note": "没有说明理由，应当受理"})

    assert card in judge.opens("/escalations/negatives/?lang=en").text
    assert card not in chief.opens("/escalations/negatives/?lang=en").text


def test_the_window_is_arranged_on_one_page(county, officer):
    for path, form in (
        (
            "contacts",
            {"post": "representative", "departments": "NRP", "name": "周敏之", "phone": "0730-0000211"},
        ),
        ("roster", {"duty_name": "江雪", "first_on": "2026-04-15", "last_on": "2026-04-20"}),
        ("figures", {"preset": "by_difficulty", "reason": "县政府办第8号"}),
        ("causes", {"code": "night_shift", "name_zh": "夜间无人值守"}),
    ):
        assert officer.sends(f"/escalations/window/{path}", form).status_code == 303, path

    # Wednesday to Monday: the 15th, 16th, 17th and 20th are worked
    assert len(county.asked(select(WindowDutyRow))) == 4
    assert county.asked(select(FiguresRow.across_workdays)) == [3]
    assert "night_shift" in county.asked(select(ReportCauseRow.code))
    page = officer.opens("/escalations/?lang=en").text
    assert "on duty today: 江雪" in page


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("contacts", {"post": "head", "name": "许国栋", "phone": "12345"}, "Choose the one department"),
        (
            "roster",
            {"duty_name": "江雪", "first_on": "2026-04-15", "last_on": "2026-04-01"},
            "A roster reaches",
        ),
        ("figures", {"window_minutes": "0", "reason": "县政府办第8号"}, "whole number"),
        ("causes", {"code": "late", "name_zh": "超期"}, "is there already"),
    ],
)
def test_what_the_window_cannot_work_with_is_refused_in_words(officer, path, form, said):
    answer = officer.sends(f"/escalations/window/{path}?lang=en", form)

    assert answer.status_code == 422
    assert said in answer.text


def test_what_people_say_is_given_on_answered_and_told(county, officer):
    said = {"topic": "suggestion", "text": "园区班车末班太早", "heard_on": "2026-04-14", "place": "开发区"}
    assert officer.sends("/escalations/voices/", said).status_code == 303
    (voice,) = county.asked(select(VoiceRow))
    here = f"/escalations/voices/{voice.id}"

    assert officer.sends(here, {"to": "told"}).status_code == 409  # nothing to tell yet
    assert officer.sends(here, {"to": "routed", "department": "DZC"}).status_code == 303
    assert officer.sends(here, {"to": "answered", "answer": "下周起延到21时"}).status_code == 303
    assert officer.sends(here, {"to": "told"}).status_code == 303

    kept = county.has(VoiceRow, voice.id)
    assert (kept.state, kept.told_on) == (VoiceState.TOLD, date(2026, 4, 15))
    # routed on the 15th: 16, 17, 20, 21, 22
    assert kept.due_on == date(2026, 4, 22)
    digest = officer.opens("/escalations/voices/week?lang=en").text
    assert "1 thing said, 1 answered." in digest
    assert "下周起延到21时" in digest


def test_a_bottleneck_is_recorded_from_a_step_and_settled_once(county, officer):
    form = {
        "matter": "施工图审查",
        "department": "HCB",
        "waited_workdays": "6",
        "cause_code": "capacity",
        "what": "结构专业只有一人",
        "proposal": "市级机构支援",
    }
    assert officer.sends("/escalations/bottlenecks/", {**form, "waited_workdays": "six"}).status_code == 422
    assert officer.sends("/escalations/bottlenecks/", form).status_code == 303
    (row,) = county.asked(select(BottleneckRow))
    assert row.state is BottleneckState.PROPOSED

    mended = {"state": "mended", "words": "市级机构每周二到县审查"}
    assert officer.sends(f"/escalations/bottlenecks/{row.id}", mended).status_code == 303
    assert officer.sends(f"/escalations/bottlenecks/{row.id}", mended).status_code == 409


def test_statistics_count_what_came_and_what_was_in_time(officer):
    a_report(april(13, "09:00"))
    close_report(a_report(kind=ReportKind.BLOCKED), solved(), by=WINDOW)

    page = officer.opens("/escalations/statistics/?lang=en").text

    assert '<dt>Answered in time</dt><dd class="bd-num">100%</dd>' in page
    table = officer.opens("/escalations/statistics/figures.csv?lang=en").text
    assert "Reports,2" in table


def test_a_liaison_may_register_and_read_but_not_close(county):
    liaison = county.employs("linxiao", "Liaison")
    own = a_report(by=liaison.actor)

    assert liaison.opens(f"/escalations/reports/{own}").status_code == 200
    assert liaison.sends(f"/escalations/reports/{own}/close", {}).status_code == 403


def test_a_project_shows_its_open_reports_and_its_steps_lead_to_the_form(county):
    chief = county.employs("jiangyi", "Chief", sees=(None,))
    project_id = a_project()
    a_report(project_id=project_id)

    assert "选址意见不一致" in chief.opens(f"/projects/{project_id}").text


def test_a_report_out_of_sight_answers_as_if_it_were_not_there(county):
    stranger = county.employs("wenzhou", "Concierge")
    hidden = a_report()

    assert stranger.opens(f"/escalations/reports/{hidden}").status_code == 404
    assert stranger.sends(f"/escalations/reports/{hidden}/handling", {"kind": "blocked"}).status_code == 404
