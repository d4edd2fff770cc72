"""A report from the window to the county: who is called, what rises by itself, what stays on record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from concierge.escalation import tasks
from concierge.escalation.events import ReportEnded
from concierge.escalation.models.learning import NegativeRow, ProcessFixRow
from concierge.escalation.models.report import AssignmentRow, ReportActRow, ReportOpinionRow
from concierge.escalation.queries.desk import called_at
from concierge.escalation.rules.assigning import AnswerDueTooEarly, AssignmentAnsweredAlready, Opinion
from concierge.escalation.rules.closing import Closing, ReopenUnsatisfied, ReportClosed
from concierge.escalation.rules.figures import PRESETS
from concierge.escalation.rules.levels import LevelsInOrder, OutsideTheStage
from concierge.escalation.rules.report import (
    Contentment,
    NegativeRuling,
    ReportDeed,
    ReportKind,
    ReportLevel,
    ReportOutcome,
    ReportWay,
    Rise,
)
from concierge.escalation.rules.telling import NotYetReported
from concierge.escalation.services.arrange_window import set_figures
from concierge.escalation.services.bring_together import (
    answer_assignment,
    give_opinion,
    hold_meeting,
    issue_assignment,
)
from concierge.escalation.services.close_report import ask_back, close_report, reopen_report
from concierge.escalation.services.follow_report import locked_report
from concierge.escalation.services.handle_report import Owner, OwnerUnknown, handle_report
from concierge.escalation.services.raise_report import raise_by_itself, raise_report
from concierge.escalation.services.record_arrival import record_arrival
from concierge.escalation.services.report_negative import rule_on_negative
from concierge.escalation.services.report_problem import register_report
from concierge.kernel import addon, clock, jobs
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import work
from concierge.staff.rules.contacts import ContactPost
from concierge.staff.services.name_contact import end_contact
from tests.builders import a_project
from tests.concierge.escalation.moments import april
from tests.concierge.escalation.reports import WINDOW, a_report, named, report, solved, stages, told

pytestmark = pytest.mark.usefixtures("county")


def passed(report_id: int, at: object) -> int:
    """Let the clocks run until a moment; answers how many levels the report rose."""
    with work(SYSTEM) as w:
        return raise_by_itself(w, locked_report(w, report_id), at)  # type: ignore[arg-type]  # a moment


def test_a_report_calls_the_chief_representative_and_starts_the_first_clock():
    with clock.standing_at(date(2026, 4, 8)):
        named(ContactPost.REPRESENTATIVE, "周敏之", "NRP")

    first = a_report(april(14, "18:00"))

    row = report(first)
    assert (row.number, row.level, row.due_on) == ("BB-2026-001", ReportLevel.WINDOW, date(2026, 4, 20))
    # it came after closing, so it is the 15th's: ten minutes after 08:30
    assert clock.local(row.level_due_at) == april(15, "08:40")
    assert (stages(first)[0].called, stages(first)[0].called_phone) == ("周敏之", "0730-0000211")


def test_nobody_comes_and_the_report_rises_through_all_timed_levels_to_the_county():
    with clock.standing_at(date(2026, 4, 8)):
        named(ContactPost.REPRESENTATIVE, "周敏之", "NRP")
        named(ContactPost.COUNTY_LEADER, "韩立新")
    first = a_report(april(10, "09:12"))  # a Friday; three working days end on Wednesday the 15th

    assert passed(first, april(10, "09:21")) == 0
    assert passed(first, april(15, "17:30")) == 3

    found = stages(first)
    assert [clock.local(one.began_at) for one in found] == [
        april(10, "09:12"),
        april(10, "09:22"),
        april(10, "09:52"),
        april(15, "17:30"),
    ]
    assert [one.rose for one in found] == [Rise.NOBODY_CAME, Rise.NOBODY_CAME, Rise.LATE, None]
    assert found[3].called == "韩立新"
    assert report(first).owner == "周敏之"  # beyond the spot the chief representative owns it
    # the leader has three working days too: Thursday, Friday, Monday the 20th
    assert clock.local(report(first).level_due_at) == april(20, "17:30")


def test_whoever_came_has_until_closing():
    first = a_report()
    record_arrival(first, april(14, "09:19"), "周敏之", "未解决", by=WINDOW)

    assert passed(first, april(14, "17:29")) == 0
    assert passed(first, april(14, "17:30")) == 1
    assert stages(first)[0].rose is Rise.DAY_OVER


def test_the_timed_task_raises_each_report_by_a_job_of_its_own(county):
    first, second = a_report(april(13, "09:00")), a_report(april(13, "09:30"))

    with work(SYSTEM) as w:
        w.enqueue("concierge.escalation.tasks:raise_overdue")
    jobs.run_due()

    # nobody came on the 13th; three working days are not over on the 15th, nor a day later on the 16th
    assert report(first).level is report(second).level is ReportLevel.TIMED
    assert {task.every_seconds for task in addon.tasks() if task.run.endswith(":raise_overdue")} == {60}
    assert tasks.RAISE in {task.run for task in addon.tasks()}


def test_a_report_cannot_come_from_the_future():
    with pytest.raises(NotYetReported):
        a_report(april(15, "00:00") + timedelta(days=1))


def test_an_arrival_before_the_call_is_refused_and_nothing_is_kept():
    first = a_report()

    with pytest.raises(OutsideTheStage):
        record_arrival(first, april(14, "09:00"), "周敏之", by=WINDOW)

    assert stages(first)[0].arrived_at is None


def test_levels_are_taken_one_by_one_unless_several_departments_are_concerned():
    first = a_report()
    with pytest.raises(LevelsInOrder):
        raise_report(first, ReportLevel.LEADER, "两部门意见不一", at=april(14, "10:00"), by=WINDOW)

    give_opinion(first, Opinion(department="EEB", words="退让20米以上"), by=WINDOW)
    raise_report(first, ReportLevel.LEADER, "两部门意见不一", at=april(14, "10:00"), by=WINDOW)

    assert report(first).level is ReportLevel.LEADER
    assert stages(first)[0].result == "两部门意见不一"


def test_the_owner_is_chosen_and_the_trail_says_so(county):
    officer = county.employs("liruo", "Concierge")
    first = a_report()

    handle_report(
        first, kind=ReportKind.BLOCKED, owner=Owner(user_id=officer.id), answer="4月16日开会", by=WINDOW
    )

    deeds = county.asked(select(ReportActRow.deed).where(ReportActRow.report_id == first))
    assert deeds == [ReportDeed.REGISTERED, ReportDeed.CLASSIFIED, ReportDeed.OWNED, ReportDeed.ANSWERED]
    assert report(first).owner_id == officer.id
    with pytest.raises(OwnerUnknown):
        handle_report(first, owner=Owner(contact_id=999), by=WINDOW)


def test_an_old_version_of_a_report_is_stale():
    first = a_report()
    version = report(first).version
    handle_report(first, kind=ReportKind.BLOCKED, version=version, by=WINDOW)

    with pytest.raises(Stale):
        handle_report(first, kind=ReportKind.SPECIAL, version=version, by=WINDOW)


def test_the_countys_figures_move_the_day_with_kind_and_departments():
    set_figures(PRESETS["by_difficulty"], "高阳做法，县政府办文件", by=WINDOW)
    first = a_report(april(14, "09:12"))
    assert report(first).due_on == date(2026, 4, 16)  # one department: two days

    handle_report(first, kind=ReportKind.UNLAWFUL, by=WINDOW)
    assert report(first).due_on == date(2026, 4, 15)  # explained within one

    give_opinion(first, Opinion(department="EEB", words="同意"), by=WINDOW)
    assert report(first).due_on == date(2026, 4, 17)  # several: three


def test_reports_on_record_keep_their_day_when_the_figures_change():
    first = a_report(april(14, "09:12"))

    set_figures(PRESETS["five_and_ten"], "县政府办文件第8号", by=WINDOW)

    assert report(first).due_on == date(2026, 4, 17)


def test_an_opinion_given_again_stands_and_the_trail_keeps_both(county):
    first = a_report()
    for words in ("不同意选址", "同意选址"):
        give_opinion(first, Opinion(department="EEB", words=words, is_coming=True), by=WINDOW)

    assert county.asked(select(ReportOpinionRow.opinion)) == ["同意选址"]
    kept = county.asked(select(ReportActRow.text).where(ReportActRow.deed == ReportDeed.OPINION))
    assert kept == ["EEB: 不同意选址", "EEB: 同意选址"]


def test_an_assignment_order_is_numbered_answered_once_and_holds_the_closing(county):
    first = a_report(kind=ReportKind.REFUSED)
    with pytest.raises(AnswerDueTooEarly):
        issue_assignment(first, "自然资源局", "立即办理此事", date(2026, 4, 15), by=WINDOW)

    order = issue_assignment(first, "自然资源局", "立即办理此事", date(2026, 4, 16), by=WINDOW)
    assert county.has(AssignmentRow, order).number == "JB-2026-001"
    answer_assignment(order, date(2026, 4, 15), "周敏之", "已经受理此件", by=WINDOW)
    with pytest.raises(AssignmentAnsweredAlready):
        answer_assignment(order, date(2026, 4, 15), "周敏之", "已经受理此件", by=WINDOW)


def test_a_closed_report_is_answered_counted_and_not_changed_any_more(county):
    first = a_report(kind=ReportKind.BLOCKED)

    close_report(first, solved(), by=WINDOW)

    row = report(first)
    assert (row.closed_on, row.outcome, row.cause_code) == (date(2026, 4, 15), ReportOutcome.SOLVED, "late")
    assert row.level_due_at is None
    ended = [one for one in county.asked(select(EventRow)) if one.name.endswith(f":{ReportEnded.__name__}")]
    assert len(ended) == 1
    assert '"is_in_time":true' in ended[0].facts.replace(" ", "")
    with pytest.raises(ReportClosed):
        handle_report(first, kind=ReportKind.SPECIAL, by=WINDOW)


def test_a_person_who_is_not_satisfied_has_the_report_taken_up_again():
    first = a_report(kind=ReportKind.BLOCKED)
    close_report(first, solved(), by=WINDOW)
    with pytest.raises(ReopenUnsatisfied):
        reopen_report(first, by=WINDOW)

    ask_back(first, Contentment.UNSATISFIED, "还是没有办", by=WINDOW)
    reopen_report(first, by=WINDOW)

    row = report(first)
    assert (row.closed_on, row.level, row.reopenings) == (None, ReportLevel.TIMED, 1)
    assert row.due_on == date(2026, 4, 20)  # three working days after the 15th
    assert stages(first)[-1].round == 2


def test_the_third_report_of_a_cause_in_a_quarter_asks_for_the_process_once(county):
    for n in range(4):
        first = a_report(april(13, f"09:{n + 10}"), kind=ReportKind.BLOCKED, department="NRP" if n else "EEB")
        close_report(first, solved("flow_bad"), by=WINDOW)

        assert len(county.asked(select(ProcessFixRow))) == (n >= 2)

    (fix,) = county.asked(select(ProcessFixRow))
    assert (fix.cause_code, fix.quarter, fix.times) == ("flow_bad", "2026Q2", 4)
    assert fix.departments == "NRP,EEB"
    # fifteen working days after 15 April: 16, 17, 20 to 24, 27 to 30, 6 to 8 May, and Saturday the 9th
    assert fix.due_on == date(2026, 5, 9)


def test_a_no_is_looked_at_by_somebody_else(county):
    first = a_report(kind=ReportKind.UNLAWFUL)
    no = Closing(
        outcome=ReportOutcome.EXPLAINED,
        answer="控规限高两层，不能加层",
        cause_code="policy_forbids",
        approver="许国栋",
        basis="控制性详细规划第21条",
    )

    close_report(first, no, by=WINDOW)

    (negative,) = county.asked(select(NegativeRow))
    assert (negative.number, negative.due_on, negative.said_by) == ("FD-2026-001", date(2026, 4, 16), "江雪")
    rule_on_negative(negative.id, NegativeRuling.UPHELD, "依据充分，维持", by=Actor(None, "蒋毅"))
    assert county.has(NegativeRow, negative.id).ruled_by == "蒋毅"


def test_a_report_of_a_project_out_of_sight_is_not_there(county):
    stranger = county.employs("wenzhou", "Concierge")
    hidden = a_report(project_id=a_project())

    with pytest.raises(Missing):
        handle_report(hidden, kind=ReportKind.BLOCKED, by=stranger.actor)
    with pytest.raises(Missing):
        a_report(by=stranger.actor, project_id=report(hidden).project_id)


def test_what_somebody_wrote_down_stays_in_his_or_her_sight(county):
    officer = county.employs("wenzhou", "Concierge")
    own = a_report(by=officer.actor)

    handle_report(own, kind=ReportKind.BLOCKED, by=officer.actor)

    assert report(own).kind is ReportKind.BLOCKED


def test_a_contact_that_ended_is_not_called_and_the_leader_of_the_field_comes_first(county):
    ended = named(ContactPost.HEAD, "许国栋", "NRP")
    end_contact(ended, by=WINDOW)
    named(ContactPost.COUNTY_LEADER, "韩立新")
    named(ContactPost.COUNTY_LEADER, "方副县长", "NRP", "EEB")

    with work(SYSTEM) as w:
        tomorrow = date(2026, 4, 16)
        assert called_at(w.session, ReportLevel.DEPARTMENT, "NRP", tomorrow) is None
        assert called_at(w.session, ReportLevel.LEADER, "EEB", tomorrow).name == "方副县长"
        assert called_at(w.session, ReportLevel.LEADER, "TAX", tomorrow).name == "韩立新"


def test_the_same_finding_twice_is_one_report():
    once = told(way=ReportWay.PLATFORM, occasion="card:7", reporter="", phone="")
    with work(SYSTEM) as w:
        first = register_report(w, once)
    with work(SYSTEM) as w:
        assert register_report(w, once) == first


def test_a_special_request_is_closed_with_its_appointment():
    first = a_report(kind=ReportKind.SPECIAL)
    hold_meeting(first, april(16, "09:00"), "和平社区3栋", "上门认证，带设备", by=WINDOW)

    close_report(
        first,
        Closing(outcome=ReportOutcome.ARRANGED, answer="16日9时上门", cause_code="special_hours"),
        by=WINDOW,
    )

    assert report(first).outcome is ReportOutcome.ARRANGED
