"""Visits whose problems become tasks until they are answered."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.outreach.models.visit import ProblemRow, VisitRow
from concierge.outreach.rules.personal import NumberInText
from concierge.outreach.rules.standing import VisitState
from concierge.outreach.rules.visits import (
    AnswerNeeded,
    Heard,
    PlannedVisit,
    ProblemDetailsNeeded,
    ProblemSettledAlready,
    ReportNeeded,
    ReportTooEarly,
    VisitDetailsNeeded,
    VisitOver,
)
from concierge.outreach.services.plan_visit import NewVisit, plan_visit
from concierge.outreach.services.report_visit import report_visit, settle_problem
from concierge.outreach.views.todos import grid_todos, hour_todos, visit_todos
from concierge.staff.rules.todo import Todo
from tests.builders import a_project
from tests.concierge.outreach.conftest import a_number

TODAY = date(2026, 4, 15)


def a_plan(**told):
    usual = {
        "place": "云岭路1号",
        "to_whom": "罗敏",
        "purpose": "了解用工情况",
        "planned_on": TODAY,
        "minutes": 60,
    }
    return PlannedVisit(**{**usual, **told})


@pytest.fixture
def amy(county):
    return county.employs("amy", "Chief", sees=(None,))


@pytest.fixture
def bo(county):
    return county.employs("bo", "Concierge")


def todos_of(somebody, provider=visit_todos) -> list[Todo]:
    with somebody.app.test_request_context(), Session(db.engine) as session:
        return list(provider(session, somebody.actor, clock.today()))


def test_a_planned_visit_stands_in_the_visitors_day(county, amy):
    plan_visit(NewVisit(plan=a_plan(planned_on=TODAY + timedelta(days=2)), visitor_id=amy.id), by=amy.actor)

    (todo,) = todos_of(amy)

    assert (todo.due_on, todo.place, todo.facts["whom"]) == (date(2026, 4, 17), "云岭路1号", "罗敏")


def test_what_is_heard_on_a_visit_becomes_a_task_of_its_holder(county, amy, bo):
    project_id = a_project()
    visit_id = plan_visit(NewVisit(plan=a_plan(), visitor_id=amy.id, project_id=project_id), by=amy.actor)
    heard = [Heard("用电增容卡在供电所", bo.id, date(2026, 4, 20))]

    report_visit(visit_id, "走访车间，谈用电和招工。", heard, by=amy.actor)

    assert todos_of(amy) == []
    (todo,) = todos_of(bo)
    assert (todo.due_on, todo.project_id) == (date(2026, 4, 20), project_id)
    assert todo.facts["what"] == "用电增容卡在供电所"
    assert county.has(VisitRow, visit_id).state is VisitState.DONE


def test_a_task_is_over_once_it_is_answered(county, amy, bo):
    visit_id = plan_visit(NewVisit(plan=a_plan(), visitor_id=amy.id), by=amy.actor)
    (problem_id,) = report_visit(visit_id, "谈招工。", [Heard("缺焊工12人", bo.id, TODAY)], by=amy.actor)

    with pytest.raises(AnswerNeeded):
        settle_problem(problem_id, " ", by=bo.actor)
    settle_problem(problem_id, "人社局4月20日办专场招聘，已电话告知", by=bo.actor)
    with pytest.raises(ProblemSettledAlready):
        settle_problem(problem_id, "再答一次", by=bo.actor)

    assert todos_of(bo) == []
    assert county.has(ProblemRow, problem_id).settled_on == TODAY


def test_a_visit_called_off_says_why_and_leaves_no_task(county, amy):
    visit_id = plan_visit(NewVisit(plan=a_plan(), visitor_id=amy.id), by=amy.actor)

    with pytest.raises(ReportNeeded):
        report_visit(visit_id, "", by=amy.actor, was_made=False)
    report_visit(visit_id, "企业负责人外出", by=amy.actor, was_made=False)

    assert county.has(VisitRow, visit_id).done_on is None
    with pytest.raises(VisitOver):
        report_visit(visit_id, "补记", by=amy.actor)


def test_nobody_reports_a_visit_before_its_day(county, amy):
    visit_id = plan_visit(
        NewVisit(plan=a_plan(planned_on=date(2026, 4, 16)), visitor_id=amy.id), by=amy.actor
    )

    with pytest.raises(ReportTooEarly):
        report_visit(visit_id, "已走访", by=amy.actor)


def test_a_problem_needs_a_person_and_a_day_to_come(county, amy):
    visit_id = plan_visit(NewVisit(plan=a_plan(), visitor_id=amy.id), by=amy.actor)

    with pytest.raises(ProblemDetailsNeeded):
        report_visit(visit_id, "谈用水", [Heard("水压低", amy.id, date(2026, 4, 14))], by=amy.actor)
    with pytest.raises(ProblemDetailsNeeded):
        report_visit(visit_id, "谈用水", [Heard("水压低", 0, TODAY)], by=amy.actor)
    assert county.has(VisitRow, visit_id).state is VisitState.PLANNED


@pytest.mark.parametrize(
    "told",
    [{"place": " "}, {"to_whom": ""}, {"purpose": ""}, {"planned_on": date(2026, 4, 14)}, {"minutes": 4}],
)
def test_a_plan_that_lacks_something_names_it(county, amy, told):
    with pytest.raises(VisitDetailsNeeded) as refused:
        plan_visit(NewVisit(plan=a_plan(**told), visitor_id=amy.id), by=amy.actor)

    assert refused.value.facts["field"] == next(iter(told))


def test_no_identity_number_goes_into_a_visit(county, amy):
    with pytest.raises(NumberInText):
        plan_visit(
            NewVisit(plan=a_plan(purpose=f"看望 {a_number('19500101')}"), visitor_id=amy.id), by=amy.actor
        )


def test_a_project_out_of_sight_cannot_be_visited(county, bo):
    project_id = a_project()

    with pytest.raises(Missing):
        plan_visit(NewVisit(plan=a_plan(), visitor_id=bo.id, project_id=project_id), by=bo.actor)


def test_another_officers_visit_is_not_to_be_seen(county, amy, bo):
    visit_id = plan_visit(NewVisit(plan=a_plan(), visitor_id=amy.id), by=SYSTEM)

    assert bo.opens(f"/outreach/visits/{visit_id}").status_code == 404
    with pytest.raises(Missing):
        report_visit(visit_id, "不是我的", by=bo.actor)


def test_a_report_that_fails_keeps_what_was_typed(county, amy):
    visit_id = plan_visit(NewVisit(plan=a_plan(), visitor_id=amy.id), by=amy.actor)
    typed = {"note": "谈用电", "problem-0": "电压不稳", "holder-0": amy.id, "due-0": "2026-04-01"}

    page = amy.sends(f"/outreach/visits/{visit_id}", typed)

    assert page.status_code == 422
    assert "谈用电" in page.text
    assert "电压不稳" in page.text


@pytest.mark.parametrize("provider", [visit_todos, hour_todos, grid_todos])
def test_a_day_is_asked_for_in_few_questions_however_full_it_is(county, amy, provider):
    for n in range(12):
        plan_visit(NewVisit(plan=a_plan(to_whom=f"第{n}户"), visitor_id=amy.id), by=amy.actor)
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    todos_of(amy, provider)

    assert len([one for one in asked if one.lstrip().upper().startswith("SELECT")]) <= 3
