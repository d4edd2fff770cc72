"""A plan follows what really happened: stops, extensions, receipts, ends without a result, new attempts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from approvals.models.step import Step, StepState
from approvals.rules.lifecycle import StopKind
from approvals.rules.progress import Act, Move
from approvals.services.set_bench import set_bench
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from projects.models.project import PlannedStep
from projects.queries.standing import happened
from projects.services.record_move import record_act
from tests.builders import a_project

STEP = "land-reserve-check"
MONDAY = date(2026, 4, 20)


@pytest.fixture(params=["without limits", "among others"])
def project_id(request, county):
    """A project whose department has any number of reviewers, and one that has two."""
    if request.param == "among others":
        set_bench("LRC", 2, by=SYSTEM)
    with clock.standing_at(date(2026, 4, 15)):
        return a_project(template="private-building", start_on=date(2026, 4, 15))


@pytest.fixture
def recorded(county, project_id):
    """Record acts one after the other, each on its day, and let the worker plan."""

    def record(*acts):
        step_id = county.asked(select(Step.id).where(Step.project_id == project_id, Step.code == STEP))[0]
        for act in acts:
            with clock.standing_at(act.on):
                record_act(step_id, act, by=SYSTEM)
                assert jobs.run_due().failed == 0
        row = select(Step).where(Step.id == step_id)
        line = select(PlannedStep).where(PlannedStep.project_id == project_id, PlannedStep.code == STEP)
        return county.asked(row)[0], county.asked(line)[0]

    return record


def a_stop(on, last_on, kind=StopKind.SITE_SURVEY):
    return Act(
        Move.STOP,
        on,
        stop=kind,
        planned_last_on=last_on,
        basis="安阳条例第三十七条",
        reason="现场踏勘",
        number="踏勘通知〔2026〕1号",
        decided_by="王某、李某",
    )


def test_a_stop_moves_the_plan_to_the_lawful_last_day(recorded):
    # five working days from Monday the 20th: the 27th; the survey stands from Wednesday 22 to Friday 24
    accepted, line = recorded(Act(Move.ACCEPT, MONDAY))
    assert line.finish_on == accepted.promised_end_on == date(2026, 4, 27)

    stopped, line = recorded(a_stop(date(2026, 4, 22), date(2026, 4, 24)))

    assert line.finish_on == stopped.promised_end_on == date(2026, 4, 30)


def test_an_extension_moves_the_plan_as_it_moves_the_limit(recorded):
    recorded(Act(Move.ACCEPT, MONDAY))
    longer = Act(
        Move.EXTEND,
        date(2026, 4, 22),
        workdays=3,
        basis="行政许可法第四十二条",
        reason="案情复杂",
        decided_by="局长",
    )

    extended, line = recorded(longer)

    assert line.finish_on == extended.promised_end_on == date(2026, 4, 30)


def test_papers_received_are_planned_as_accepted_from_today_on(recorded):
    received, line = recorded(Act(Move.RECEIVE, MONDAY))

    assert received.accepted_on is None
    assert (line.accept_on, line.finish_on) == (MONDAY, date(2026, 4, 27))


def test_a_refused_case_is_planned_once_more_and_is_not_done(recorded):
    refused = Act(
        Move.REFUSE,
        date(2026, 4, 24),
        basis="城乡规划法第三十八条",
        reason="不符合规划",
        number="不许可〔2026〕1号",
    )
    ended, line = recorded(Act(Move.ACCEPT, MONDAY), refused)

    # five working days from Friday the 24th: 27 to 30 April and 6 May
    assert (ended.state, ended.ended_on) == (StepState.REFUSED, date(2026, 4, 24))
    assert (line.is_done, line.accept_on, line.finish_on) == (False, date(2026, 4, 24), date(2026, 5, 6))

    again, line = recorded(Act(Move.START_OVER, date(2026, 4, 27), reason="重新申请"))

    assert (again.attempt, again.ended_on) == (2, None)
    assert (line.is_done, line.accept_on, line.finish_on) == (False, date(2026, 4, 27), date(2026, 5, 7))
    actual = happened(db.session, [again])[again.id]
    assert (actual.attempt, actual.ended_on, actual.ended_as) == (2, date(2026, 4, 24), StepState.REFUSED)


def test_what_happened_is_read_in_three_queries_however_many_steps_there_are(county, project_id):
    steps = county.asked(select(Step).where(Step.project_id == project_id).order_by(Step.number))
    for step in steps:
        step.state, step.accepted_on, step.attempt = StepState.ACCEPTED, MONDAY - timedelta(days=1), 2
    seen = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: seen.append(told[2]))

    found = happened(db.session, steps)

    assert len(found) == len(steps) > 30
    assert len([query for query in seen if query.startswith("SELECT")]) == 3
