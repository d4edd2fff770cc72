"""What each of the four kinds asks for before a report is closed; what a telling needs; who looks twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from concierge.escalation.rules.closing import (
    AccountNeeded,
    AppointmentFirst,
    ApproverNeeded,
    AssignmentFirst,
    AssignmentOpen,
    CauseNeeded,
    Closing,
    Done,
    GroundNeeded,
    KindNeeded,
    ReopenUnsatisfied,
    ReportAnswerNeeded,
    ReportOpen,
    check_closing,
    check_reopening,
)
from concierge.escalation.rules.figures import Figures
from concierge.escalation.rules.learning import (
    OwnNegative,
    RuledAlready,
    check_ruling,
    quarter_of,
    wants_fix,
    week_of,
)
from concierge.escalation.rules.report import Contentment, ReportKind, ReportOutcome, ReportWay
from concierge.escalation.rules.telling import (
    DepartmentNeeded,
    PhoneNeeded,
    ReporterNeeded,
    StoryNeeded,
    TitleNeeded,
    Told,
    checked_phone,
)
from tests.concierge.escalation.moments import april

CAUSES = {"late", "policy_forbids"}
SOLVED = Closing(outcome=ReportOutcome.SOLVED, answer="今天已受理", cause_code="late")
NO = Closing(
    outcome=ReportOutcome.EXPLAINED,
    answer="该地块在生态红线内",
    cause_code="policy_forbids",
    approver="自然资源局 周敏",
    basis="生态保护红线管理办法第八条",
)
BLOCKED = Done(kind=ReportKind.BLOCKED)


def test_an_answered_sorted_report_with_its_cause_is_closed():
    check_closing(SOLVED, BLOCKED, CAUSES, closer="江雪")


@pytest.mark.parametrize(
    ("closing", "done", "refusal"),
    [
        (replace(SOLVED, answer="好"), BLOCKED, ReportAnswerNeeded),
        (SOLVED, Done(kind=None), KindNeeded),
        (replace(SOLVED, cause_code=""), BLOCKED, CauseNeeded),
        (replace(SOLVED, cause_code="weather"), BLOCKED, CauseNeeded),
        (replace(NO, approver=""), Done(kind=ReportKind.UNLAWFUL), ApproverNeeded),
        (replace(NO, approver=" 江雪 "), Done(kind=ReportKind.UNLAWFUL), ApproverNeeded),
        (replace(NO, basis=""), BLOCKED, GroundNeeded),
        (SOLVED, Done(kind=ReportKind.REFUSED), AssignmentFirst),
        (SOLVED, Done(kind=ReportKind.REFUSED, assignments=1), AccountNeeded),
        (SOLVED, replace(BLOCKED, open_assignments=("JB-2026-001",)), AssignmentOpen),
        (replace(SOLVED, outcome=ReportOutcome.ARRANGED), Done(kind=ReportKind.SPECIAL), AppointmentFirst),
    ],
)
def test_what_is_missing_is_named(closing, done, refusal):
    with pytest.raises(refusal):
        check_closing(closing, done, CAUSES, closer="江雪")


def test_a_no_with_approver_and_ground_is_closed():
    check_closing(NO, Done(kind=ReportKind.UNLAWFUL), CAUSES, closer="江雪")


def test_duty_not_done_is_ordered_and_held_to_account():
    done = Done(kind=ReportKind.REFUSED, assignments=1)

    check_closing(replace(SOLVED, accountability="窗口人员王某提醒谈话"), done, CAUSES, closer="江雪")


def test_a_special_request_is_closed_once_it_has_its_appointment():
    arranged = replace(SOLVED, outcome=ReportOutcome.ARRANGED)

    check_closing(arranged, Done(kind=ReportKind.SPECIAL, appointments=1), CAUSES, closer="江雪")


def test_what_the_person_takes_back_needs_its_words_only():
    taken_back = Closing(outcome=ReportOutcome.WITHDRAWN, answer="本人来电撤回")

    check_closing(taken_back, Done(kind=None), CAUSES, closer="江雪")


def test_only_an_unsatisfied_person_has_a_closed_report_reopened():
    check_reopening(is_closed=True, contentment=Contentment.UNSATISFIED)
    with pytest.raises(ReportOpen):
        check_reopening(is_closed=False, contentment=Contentment.UNSATISFIED)
    with pytest.raises(ReopenUnsatisfied):
        check_reopening(is_closed=True, contentment=Contentment.NOT_REACHED)


def told(**facts: object) -> Told:
    """A telling with nothing missing, but for what the test says."""
    usual = {
        "way": ReportWay.COUNTER,
        "title": "选址意见不一致",
        "text": "两个部门意见不一致",
        "department": "NRP",
        "reported_at": april(14, "09:12"),
        "reporter": "赵经理",
        "phone": "0750-6688120",
    }
    return Told(**{**usual, **facts})  # type: ignore[arg-type]  # a test's shorthand


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"title": "难"}, TitleNeeded, "title"),
        ({"title": "难" * 121}, TitleNeeded, "title"),
        ({"text": " 难 "}, StoryNeeded, "text"),
        ({"department": ""}, DepartmentNeeded, "department"),
        ({"reporter": " "}, ReporterNeeded, "reporter"),
        ({"phone": "call me"}, PhoneNeeded, "phone"),
        ({"phone": ""}, PhoneNeeded, "phone"),
    ],
)
def test_a_telling_without_what_it_takes_names_the_field(facts, refusal, field):
    with pytest.raises(refusal) as refused:
        told(**facts)
    assert refused.value.facts["field"] == field


def test_what_the_platform_finds_needs_no_person():
    assert told(way=ReportWay.PLATFORM, reporter="", phone="").reporter == ""


@pytest.mark.parametrize("phone", ["12345", "0750-668 8120", "+86 138 0000 0000", "（0750）6688120"])
def test_telephone_numbers_are_taken_as_people_write_them(phone):
    assert checked_phone(f" {phone} ", "phone") == phone


def test_who_said_no_does_not_look_at_it_again():
    check_ruling(7, "王磊", None, "", by=9, name="江雪")
    with pytest.raises(OwnNegative):
        check_ruling(7, "王磊", None, "", by=7, name="别名")
    with pytest.raises(OwnNegative):
        check_ruling(None, "王磊", None, "", by=9, name="王磊")
    with pytest.raises(RuledAlready):
        check_ruling(7, "王磊", date(2026, 4, 14), "江雪", by=9, name="李若")


def test_the_third_time_in_a_quarter_asks_for_the_process_to_be_mended():
    assert [wants_fix(times, Figures()) for times in (2, 3, 4)] == [False, True, True]
    assert wants_fix(2, Figures(fix_times=2))


@pytest.mark.parametrize(
    ("day", "name", "last_on"),
    [
        (date(2026, 3, 31), "2026Q1", date(2026, 3, 31)),
        (date(2026, 4, 1), "2026Q2", date(2026, 6, 30)),
        (date(2026, 12, 31), "2026Q4", date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_its_name_and_its_last_day(day, name, last_on):
    assert (str(quarter_of(day)), quarter_of(day).last_on) == (name, last_on)


def test_a_week_runs_from_monday_to_sunday():
    assert week_of(date(2026, 4, 15)) == (date(2026, 4, 13), date(2026, 4, 19))
    assert week_of(date(2026, 4, 19)) == (date(2026, 4, 13), date(2026, 4, 19))
