"""One case from papers to result: told once, stopped, extended, refused, begun anew; its ends by hand."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from approvals.queries.cases import journal
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.progress import Act, Move
from approvals.rules.saying import ReasonMissing
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine, first_altered
from concierge.kernel.work import reading
from projects.models.project import Plan, Project
from projects.queries.project_file import visible_project
from projects.queries.standing import live_plan
from projects.services.record_move import record_act
from tests.builders import a_project

CODE = "investment-lead-screening"  # promised in 3 working days; the law sets no limit


def april(day):
    return date(2026, 4, day)


@pytest.fixture
def project_id(county):
    return a_project()


@pytest.fixture
def on(county, project_id):
    """Do something on a day, let the jobs run, and see the step as it stands."""

    def acted(day, move, **said):
        step = county.asked(select(Step).where(Step.project_id == project_id, Step.code == CODE))[0]
        with clock.standing_at(day):
            record_act(step.id, Act(move, day, **said), version=step.version, by=SYSTEM)
            jobs.run_due()
        return county.has(Step, step.id)

    return acted


def test_a_case_is_told_once_stopped_extended_refused_and_begun_anew(county, project_id, on):
    # nothing to count before acceptance; then 3 working days from Thursday 16 April: 17, 20, 21
    on(april(13), Move.RECEIVE)
    on(april(14), Move.CORRECT, reason="缺总平面图\n缺承诺书")
    on(april(16), Move.CORRECTED)
    assert on(april(16), Move.ACCEPT).promised_end_on == april(21)

    # experts on 17, 20, 21, 22: four days that do not count, so the 21st becomes Monday the 27th
    review = {"stop": StopKind.EXPERT_REVIEW, "planned_last_on": april(22), "number": "告2026-7"}
    said = {"basis": "行政许可法第四十五条", "reason": "组织专家评审", "decided_by": "王主任"}
    assert on(april(17), Move.STOP, **review, **said).promised_end_on == april(27)
    assert on(april(22), Move.RESUME).state is StepState.PROCEDURE_OVER

    # nobody moves an end without saying why
    granted = {"workdays": 5, "basis": "行政许可法第四十二条", "decided_by": "县招商局局长"}
    with pytest.raises(ReasonMissing):
        on(april(23), Move.EXTEND, **granted)
    assert [line.act for line in county.asked(select(AuditLine))].count("MoveRefused") == 1

    # five working days more, across Labour Day: 28, 29, 30 April, 6, 7 May
    step = on(april(23), Move.EXTEND, reason="需补充调查", **granted)
    assert step.promised_end_on == date(2026, 5, 7)

    # refused with reasons, so it opens no way; begun anew, and passed
    step = on(april(28), Move.REFUSE, basis="产业政策", reason="不符合准入条件")
    assert (step.finished_on, step.ended_on) == (None, april(28))
    on(april(29), Move.START_OVER)
    assert on(april(29), Move.ACCEPT).promised_end_on == date(2026, 5, 7)  # 30 April, 6 and 7 May
    step = on(april(30), Move.PASS, number="意见2026-3")

    assert (step.attempt, step.finished_on, step.result_number) == (2, april(30), "意见2026-3")
    with reading() as session:
        codes = [line.state.exchange_code for line in journal(session, step.id)]
        plan = live_plan(session, visible_project(session, project_id, SYSTEM), today=april(30))
        assert first_altered(session) is None
    assert codes == [1, 6, 7, 3, 9, 10, 10, 13, None, 3, 11]
    assert plan.step(CODE).actual.finished_on == april(30)
    project = county.has(Project, project_id)
    assert county.has(Plan, project.plan_id).revision == project.revision
