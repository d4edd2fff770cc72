"""The slips and notices of a step, made from what was recorded about it."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.case import CaseMoveRow
from approvals.rules.lifecycle import StopKind
from approvals.rules.progress import Act, Move
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.work import reading
from projects.services.record_move import record_act, record_move
from projects.services.tell_what_is_missing import ToldList, tell_what_is_missing
from tests.builders import a_project
from tests.deferrals import a_deferral, everything_before_passes, hand_in_main_papers, step_of

DRAWINGS = "construction-drawing-review"
TODAY = date(2026, 4, 15)


@pytest.fixture
def project(county):
    """A project whose drawings may be reviewed: everything the law wants before has its result."""
    project_id = a_project(enterprise="远砺精工有限公司")
    everything_before_passes(project_id, DRAWINGS)
    return project_id


@pytest.fixture
def recorded(project):
    """Record an act on the drawing review; answers the number of its line in the journal."""

    def done(act):
        record_act(step_of(project).id, act, by=SYSTEM)
        jobs.run_due()
        return the_last(project, act.move)

    return done


def the_last(project, move):
    with reading() as session:
        of_step = CaseMoveRow.step_id == step_of(project).id, CaseMoveRow.move == move.value
        asked = select(CaseMoveRow.id).where(*of_step).order_by(CaseMoveRow.id.desc())
        found = session.scalars(asked).first()
        assert found is not None
        return found


def test_the_acceptance_slip_names_the_day_the_limits_and_the_papers_that_came(project, recorded, told):
    hand_in_main_papers(project)
    line = recorded(Act(Move.ACCEPT, TODAY))

    slip = told("acceptance-slip", line)

    assert slip.facts.addressee == "远砺精工有限公司"
    assert "决定自2026年4月15日起予以受理" in slip.text
    assert slip.facts.values["accepted"]["promised_end_on"] == step_of(project).promised_end_on is not None
    assert slip.missing == []
    names = [row["name"] for row in slip.facts.values["papers"]]
    assert names
    assert all(name in slip.text for name in names)
    assert "中华人民共和国行政许可法" in slip.text


def test_a_deferred_paper_stands_on_the_slip_with_its_day(project, recorded, told):
    hand_in_main_papers(project)
    a_deferral(project)  # the design contract, by 22 April
    line = recorded(Act(Move.ACCEPT, TODAY))

    slip = told("acceptance-slip", line)

    assert "容缺，2026.4.22前补齐" in slip.text
    assert "其中标明“容缺”的材料" in slip.text


def test_a_slip_is_signed_and_headed_by_the_department_itself(project, recorded, told):
    hand_in_main_papers(project)
    slip = told("acceptance-slip", recorded(Act(Move.ACCEPT, TODAY)))

    # The reviewing body is named 市/县施工图联合审查中心 in the catalogue; the county is 青禾县.
    assert slip.facts.values["step"]["department"] == "青禾县施工图联合审查中心"
    assert (
        slip.text.count("青禾县施工图联合审查中心") == 1
    )  # the signature; the head stands at the page's edge


def test_a_slip_about_another_move_says_what_is_missing(project, recorded, told):
    line = recorded(Act(Move.RECEIVE, TODAY))

    assert told("acceptance-slip", line).missing == ["受理日期"]
    assert told("refusal-slip", line).missing == ["不予受理的记录"]


def test_a_refusal_states_its_reasons_and_the_two_remedies(project, recorded, told):
    recorded(Act(Move.RECEIVE, TODAY))
    line = recorded(
        Act(Move.DECLINE, TODAY, reason="设计单位无相应资质\n图纸未加盖出图章", basis="行政许可法第三十二条")
    )

    slip = told("refusal-slip", line)

    assert "一、设计单位无相应资质" in slip.text
    assert "二、图纸未加盖出图章" in slip.text
    assert "六十日内依法申请行政复议" in slip.text
    assert "六个月内依法向人民法院提起行政诉讼" in slip.text
    assert slip.missing == []


def test_the_one_time_notice_holds_the_whole_list(project, recorded, told):
    recorded(Act(Move.RECEIVE, TODAY))
    told_list = ToldList(on=TODAY, basis="行政许可法第三十二条")
    tell_what_is_missing(step_of(project).id, told_list, by=SYSTEM)

    notice = told("one-time-notice", the_last(project, Move.CORRECT))

    items = notice.facts.values["items"]
    assert notice.facts.values["count"] == len(items) > 1
    assert [item["no"] for item in items] == list(range(1, len(items) + 1))
    assert all(item["name"] in notice.text for item in items)
    assert "登记编号GZ-2026-001" in notice.text
    assert "即为受理" not in notice.text  # it was told in time
    assert notice.missing == []


def test_a_notice_told_too_late_says_that_the_case_counts_as_accepted(project, recorded, told):
    recorded(Act(Move.RECEIVE, date(2026, 4, 1)))
    # Received on Wednesday 1 April. Monday the 6th is off: 2, 3, 7, 8 and the 9th were the five days.
    recorded(Act(Move.ACCEPT, date(2026, 4, 1)))  # nobody answered in time
    late = ToldList(
        on=TODAY, basis="行政许可法第三十二条", decided_by="李科长", planned_last_on=date(2026, 4, 24)
    )
    tell_what_is_missing(step_of(project).id, late, by=SYSTEM)

    notice = told("one-time-notice", the_last(project, Move.CORRECT))

    assert notice.facts.values["tell_by"] == date(2026, 4, 9)
    assert "自收到申请材料之日起即为受理" in notice.text


def test_a_correction_after_acceptance_says_until_when_the_clock_stands(project, recorded, told):
    hand_in_main_papers(project)
    recorded(Act(Move.ACCEPT, TODAY))
    line = recorded(
        Act(
            Move.CORRECT,
            TODAY,
            reason="结构计算书缺页\n消防专篇：未标注防火分区",
            basis="行政许可法第三十二条",
            decided_by="李科长",
            planned_last_on=date(2026, 4, 24),
        )
    )

    notice = told("correction-notice", line)

    assert "请于2026年4月24日前补正完毕" in notice.text
    assert [(row["name"], row["words"]) for row in notice.facts.values["items"]] == [
        ("结构计算书缺页", "请按办事指南补正"),
        ("消防专篇", "未标注防火分区"),
    ]


def test_a_special_procedure_says_how_long_it_takes(project, recorded, told):
    hand_in_main_papers(project)
    recorded(Act(Move.ACCEPT, TODAY))
    line = recorded(
        Act(
            Move.STOP,
            TODAY,
            number="特〔2026〕1号",
            stop=StopKind.EXPERT_REVIEW,
            basis="行政许可法第四十五条",
            reason="超限论证",
            decided_by="李科长",
            planned_last_on=date(2026, 4, 24),
        )
    )

    notice = told("special-procedure-notice", line)

    assert "一、程序名称：专家评审。" in notice.text
    assert "共10日" in notice.text  # 15 to 24 April, both ends counted
    assert told("correction-notice", line).missing == ["需要补正的材料清单"]


def test_an_extension_gives_its_reasons_and_who_approved_it(project, recorded, told):
    hand_in_main_papers(project)
    recorded(Act(Move.ACCEPT, TODAY))
    line = recorded(
        Act(
            Move.EXTEND,
            TODAY,
            basis="行政许可法第四十二条",
            reason="技术复杂",
            decided_by="县住房和城乡建设局局长",
            workdays=5,
        )
    )

    notice = told("extension-notice", line)

    assert "延长5个工作日" in notice.text
    assert "延长的理由：技术复杂。" in notice.text
    assert "经县住房和城乡建设局局长批准" in notice.text


def test_a_move_that_was_taken_back_has_no_slip(project, recorded, told):
    line = recorded(Act(Move.RECEIVE, TODAY))
    record_move(step_of(project).id, Move.UNDO, TODAY, by=SYSTEM)

    with pytest.raises(Missing):
        told("acceptance-slip", line)


def test_the_slips_of_a_step_ask_few_questions(project, recorded, told):
    hand_in_main_papers(project)
    accepted = recorded(Act(Move.ACCEPT, TODAY))

    assert told("acceptance-slip", accepted).queries <= 11
    assert told("extension-notice", accepted).queries <= 9
