"""Complaints about approvals: days by the rule, the way to an end, the pages, what the month counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

import pytest

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.supervision.models.complaint import ComplaintRow
from concierge.supervision.queries.complaints import count_complaints
from concierge.supervision.rules.answering import SupervisionWordsNeeded
from concierge.supervision.rules.complaints import (
    ComplainantNeeded,
    ComplainedDepartmentNeeded,
    ComplaintAcceptedAlready,
    ComplaintFinding,
    ComplaintInTheFuture,
    ComplaintNotAccepted,
    ComplaintOver,
    ComplaintStanding,
    ComplaintWay,
    ComplexAlready,
    NeverSentBack,
    NewComplaint,
    OrderNumberNeeded,
    TooLateToSendBack,
)
from concierge.supervision.rules.reporting_period import ReportingPeriod
from concierge.supervision.services import follow_complaint as follow
from concierge.supervision.services.take_complaint import take_complaint
from tests.builders import a_project
from tests.concierge.supervision.cases import department_steps
from tests.concierge.supervision.test_pages import questions
from tests.kernel.fixtures_office import Office, Somebody

CLOSES = time(17, 30)
WHY = "窗口未说明理由即退回材料"
JUDGE = Actor(1, "方正")


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of April 2026 in the county."""
    return datetime(2026, 4, day, hour, minute, tzinfo=clock.SHANGHAI)


@contextmanager
def standing(moment: datetime) -> Iterator[None]:
    """Stand at one minute of one day."""
    with clock.standing_at(moment.date()), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: moment)
        yield


def told(**said: object) -> NewComplaint:
    """A complaint, with what this test says of it."""
    usual = {
        "way": ComplaintWay.APPROVAL,
        "department": "NRP",
        "complainant": "李某",
        "text": WHY,
        "came_at": at(15),
    }
    return NewComplaint(**{**usual, **said})  # type: ignore[arg-type]


def order(**said: object) -> NewComplaint:
    """An order of the hotline."""
    return told(way=ComplaintWay.HOTLINE, outside_number="12345-2026-0415", **said)


def taken(new: NewComplaint) -> int:
    """Take it in at the moment it came."""
    with standing(new.came_at):
        return take_complaint(new, closing=CLOSES, by=JUDGE)


def row_of(complaint_id: int) -> ComplaintRow:
    """The complaint as the database has it."""
    with work(JUDGE) as w:
        return w.get(ComplaintRow, complaint_id)


def test_acceptance_is_decided_within_five_working_days(app):
    row = row_of(taken(told()))

    # 15 April 2026 is a Wednesday: 16, 17, 20, 21, 22
    assert (row.standing, row.due_on) == (ComplaintStanding.RECEIVED, date(2026, 4, 22))
    assert row.return_by is None
    assert (row.year, row.serial) == (2026, 1)


def test_what_comes_after_closing_came_the_next_working_day(app):
    row = row_of(taken(told(came_at=at(17, 18))))

    assert (row.came_on, row.due_on) == (date(2026, 4, 20), date(2026, 4, 27))


def test_an_order_of_the_hotline_is_to_be_answered_in_five_days_and_goes_back_within_24_hours(app):
    found = taken(order())
    row = row_of(found)

    assert (row.standing, row.due_on) == (ComplaintStanding.ACCEPTED, date(2026, 4, 22))
    assert clock.local(row.return_by) == at(16)
    with standing(at(16, 10, 1)), pytest.raises(TooLateToSendBack):
        follow.send_back(found, "属市级事项，应转市局", by=JUDGE)
    with standing(at(16, 9, 59)):
        follow.send_back(found, "属市级事项，应转市局", by=JUDGE)
    assert row_of(found).standing is ComplaintStanding.SENT_BACK


def test_a_complex_order_has_five_days_more_and_only_once(app):
    found = taken(order())
    with standing(at(21)):
        follow.lengthen_complaint(found, "涉及三个部门，需现场核实", by=JUDGE)
        assert row_of(found).due_on == date(2026, 4, 29)  # 23, 24, 27, 28, 29
        with pytest.raises(ComplexAlready):
            follow.lengthen_complaint(found, "涉及三个部门，需现场核实", by=JUDGE)


def test_an_accepted_complaint_is_answered_and_over(app):
    found = taken(told())
    with standing(at(20)):
        with pytest.raises(ComplaintNotAccepted):
            follow.answer_complaint(found, ComplaintFinding.FOUNDED, WHY, by=JUDGE)
        follow.accept_complaint(found, by=JUDGE)
        assert row_of(found).due_on == date(2026, 4, 27)
        with pytest.raises(ComplaintAcceptedAlready):
            follow.decline_complaint(found, WHY, by=JUDGE)
    with standing(at(24)):
        with pytest.raises(SupervisionWordsNeeded):
            follow.answer_complaint(found, ComplaintFinding.FOUNDED, "好", by=JUDGE)
        follow.answer_complaint(found, ComplaintFinding.PARTLY, "已责成窗口当面说明理由", by=JUDGE)
        with pytest.raises(ComplaintOver):
            follow.answer_complaint(found, ComplaintFinding.PARTLY, "已责成窗口当面说明理由", by=JUDGE)


def test_a_complaint_of_our_own_is_never_sent_back_and_a_declined_one_says_why(app):
    found = taken(told())
    with standing(at(16)):
        with pytest.raises(NeverSentBack):
            follow.send_back(found, WHY, by=JUDGE)
        with pytest.raises(SupervisionWordsNeeded):
            follow.decline_complaint(found, " ", by=JUDGE)
        follow.decline_complaint(found, "已就同一事项提起行政诉讼", by=JUDGE)
    assert row_of(found).decision_reason == "已就同一事项提起行政诉讼"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"department": ""}, ComplainedDepartmentNeeded),
        ({"department": "ENT"}, ComplainedDepartmentNeeded),
        ({"complainant": " "}, ComplainantNeeded),
        ({"way": ComplaintWay.HOTLINE}, OrderNumberNeeded),
        ({"text": "慢"}, SupervisionWordsNeeded),
    ],
)
def test_what_cannot_be_followed_is_not_taken_in(said, refusal):
    with pytest.raises(refusal):
        told(**said)


def test_nothing_is_taken_in_before_it_came(app):
    with standing(at(15, 9)), pytest.raises(ComplaintInTheFuture):
        take_complaint(told(), closing=CLOSES, by=JUDGE)


def test_a_period_counts_what_was_in_time(app, calendar):
    early, late, ordered = taken(told()), taken(told()), taken(order())
    with standing(at(22)):
        follow.accept_complaint(early, by=JUDGE)
        follow.answer_complaint(ordered, ComplaintFinding.UNFOUNDED, "经查与事实不符", by=JUDGE)
    with standing(at(23)):
        follow.accept_complaint(late, by=JUDGE)
    with standing(at(30)):
        follow.answer_complaint(early, ComplaintFinding.FOUNDED, "已责成窗口当面说明理由", by=JUDGE)

    with work(JUDGE) as w:
        counted = count_complaints(w.session, ReportingPeriod(date(2026, 4, 1), date(2026, 4, 30)), calendar)

    assert (counted.came, counted.decided, counted.decided_in_time) == (3, 2, 1)
    # accepted on the 22nd, due on the 29th, answered on the 30th; the order was in time
    assert (counted.answered, counted.answered_in_time, counted.founded) == (2, 1, 1)


@pytest.fixture
def judge(county: Office) -> Somebody:
    """A supervisor."""
    return county.employs("fang", "Supervisor", sees=(None,))


def test_a_complaint_goes_from_a_step_to_its_answer_in_the_browser(county, judge):
    officers = county.employs("hejia", "Concierge").id, county.employs("wenzhou", "Concierge").id
    step_id = department_steps(a_project(pair=officers))[0]
    form = judge.opens(f"/supervision/complaints/new?step_id={step_id}&lang=en").text
    assert "selected" in form  # the department of the step

    said = {
        "way": "approval",
        "department": "NRP",
        "complainant": "李某",
        "text": WHY,
        "came_at": "2026-04-15T00:00",
        "step_id": str(step_id),
    }
    bare = judge.sends("/supervision/complaints/new?lang=en", {**said, "complainant": ""})
    assert bare.status_code == 422
    assert WHY in bare.text
    assert "Write the name of the person who complains" in bare.text
    taken_in = judge.sends("/supervision/complaints/new?lang=en", said)
    page = taken_in.headers["Location"]
    assert "decide on acceptance by" in judge.opens(f"{page}?lang=en").text
    assert judge.sends(f"{page}/accept").status_code == 303
    assert judge.sends(f"{page}/answer?lang=en", {"answer": "已责成窗口说明理由"}).status_code == 422
    assert (
        judge.sends(f"{page}/answer", {"answer": "已责成窗口说明理由", "finding": "founded"}).status_code
        == 303
    )
    ended = judge.opens(f"{page}?lang=en").text
    assert "The complaint is right" in ended
    assert f"/supervision/violations/{step_id}" in ended


def test_a_complaint_about_a_project_out_of_sight_is_not_there(county):
    officers = county.employs("hejia", "Concierge").id, county.employs("wenzhou", "Concierge").id
    step_id = department_steps(a_project(pair=officers))[0]
    hidden, open_one = taken(told(step_id=step_id)), taken(told())
    window = county.employs("xue", "EscalationOfficer", sees=())

    assert window.opens(f"/supervision/complaints/{hidden}").status_code == 404
    assert window.opens(f"/supervision/complaints/{open_one}").status_code == 200
    assert window.sends(f"/supervision/complaints/{open_one}/accept").status_code in (302, 403, 404)
    assert row_of(open_one).standing is ComplaintStanding.RECEIVED


def test_the_list_asks_no_more_for_more_complaints(county, judge):
    taken(told())
    judge.opens("/supervision/complaints/")
    taken(told())  # the counts of the menu are read anew after each change
    before = questions(judge, "/supervision/complaints/")
    for _ in range(4):
        taken(told())

    assert questions(judge, "/supervision/complaints/") == before
