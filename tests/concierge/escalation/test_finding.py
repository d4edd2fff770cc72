"""What nobody reported and the platform finds, and what then waits for whom."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, select

from approvals.events.case import StepMoved
from approvals.models.case import CaseMoveRow
from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from concierge.escalation import handlers
from concierge.escalation.models.learning import NegativeRow
from concierge.escalation.models.report import ReportActRow, ReportRow
from concierge.escalation.rules.report import NegativeRuling, ReportDeed, ReportKind, ReportWay
from concierge.escalation.services.close_report import close_report
from concierge.escalation.services.handle_report import Owner, handle_report
from concierge.escalation.views.todos import todos
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.db import db
from concierge.kernel.work import work
from concierge.ratings.events import RaterStillDissatisfied
from concierge.supervision.services.issue_order import issue_order
from tests.builders import a_project
from tests.concierge.escalation.moments import april
from tests.concierge.escalation.reports import WINDOW, a_report, solved
from tests.concierge.supervision.cases import accepted, cards, looked
from tests.kernel.fixtures_office import Office, Somebody

ACCEPTED = date(
    2026, 4, 1
)  # five days end on 9 April; red from the 10th, with the supervision office on the 15th


@pytest.fixture
def step_id(county: Office) -> int:
    """A step past its promise since 10 April."""
    with clock.standing_at(date(2026, 3, 2)):
        project_id = a_project()
    return accepted(project_id, ACCEPTED, 5)


@pytest.fixture
def officer(county: Office) -> Somebody:
    """Somebody at the window, who sees every project."""
    person = county.employs("jiangxue", "EscalationOfficer")
    jobs.run_due()
    return person


def test_a_red_card_that_reached_the_supervision_office_becomes_one_report(county, step_id):
    looked(date(2026, 4, 10))
    jobs.run_due()
    assert county.asked(select(ReportRow)) == []  # handler and deputy know, nobody else yet

    looked(date(2026, 4, 15))
    jobs.run_due()
    looked(date(2026, 4, 15))
    jobs.run_due()

    (found,) = county.asked(select(ReportRow))
    assert (found.way, found.step_id, found.reporter) == (ReportWay.PLATFORM, step_id, "")
    assert "逾期未办结" in found.title
    assert "2026-04-09" in found.text


def test_an_order_past_its_answer_is_reported_in_the_morning_and_not_twice(county, step_id):
    looked(date(2026, 4, 10))
    with clock.standing_at(date(2026, 4, 10)):
        issue_order(cards(step_id)[-1].id, "请立即办结并说明", date(2026, 4, 14), by=Actor(None, "方正"))

    for _ in range(2):
        with work(SYSTEM) as w:
            w.enqueue("concierge.escalation.tasks:find_unanswered")
        jobs.run_due()

    (found,) = county.asked(select(ReportRow))
    assert found.occasion.startswith("order:")
    assert "督办〔2026〕1号" in found.title


def test_what_is_found_about_a_step_with_an_open_report_adds_a_line(county, step_id):
    step = county.has(Step, step_id)
    first = a_report(project_id=step.project_id, step_id=step_id, department=step.department)
    looked(date(2026, 4, 15))
    jobs.run_due()
    looked(date(2026, 4, 20))
    jobs.run_due()

    assert [one.id for one in county.asked(select(ReportRow))] == [first]
    deeds = county.asked(select(ReportActRow.deed).where(ReportActRow.report_id == first))
    assert deeds.count(ReportDeed.FOUND_AGAIN) == 1


def test_a_person_still_dissatisfied_after_a_rating_is_called_by_the_window(county):
    told = RaterStillDissatisfied(
        redress_id=3,
        rating_id=5,
        project_id=None,
        code="project-filing",
        department="DRC",
        on=date(2026, 4, 15),
    )
    for _ in range(2):
        with work(SYSTEM) as w:
            handlers.report_dissatisfied(w, told)

    (found,) = county.asked(select(ReportRow))
    assert (found.way, found.department) == (ReportWay.CALL_BACK, "DRC")


def refusal(step: Step, move: str = "refuse", undone: str = "") -> StepMoved:
    """A department's no, or that it was taken back."""
    return StepMoved(
        step_id=step.id,
        project_id=step.project_id,
        code=step.code,
        move=move,
        on=date(2026, 4, 15),
        attempt=step.attempt,
        undone=undone,
    )


def test_a_refusal_of_a_step_is_looked_at_twice_unless_it_is_taken_back(county, step_id):
    step = county.has(Step, step_id)
    county.keeps(
        CaseMoveRow(
            project_id=step.project_id,
            step_id=step.id,
            attempt=step.attempt,
            move="refuse",
            before=StepState.ACCEPTED,
            state=StepState.REFUSED,
            on=date(2026, 4, 15),
            at=clock.now(),
            actor="何佳",
            decided_by="许国栋",
            reason="不符合控规",
            basis="城乡规划法第三十八条",
        )
    )
    for _ in range(2):
        with work(SYSTEM) as w:
            handlers.report_refusal(w, refusal(step))
    (no,) = county.asked(select(NegativeRow))
    assert (no.said_by, no.reason, no.basis) == ("许国栋", "不符合控规", "城乡规划法第三十八条")

    with work(SYSTEM) as w:
        handlers.report_refusal(w, refusal(step, "undo", "refuse"))

    assert county.has(NegativeRow, no.id).ruling is NegativeRuling.OVERTURNED


def waiting(county: Office, person: Somebody) -> list[str]:
    """What waits for a person, by its key without numbers."""
    with county.app.test_request_context():
        found = list(todos(db.session, person.actor, date(2026, 4, 15)))
    db.session.remove()
    return [one.key.partition(":")[0] + ":" + one.key.rpartition(":")[2] for one in found]


def test_each_sees_what_waits_for_him_or_her(county, officer):
    owner = county.employs("liruo", "Concierge")
    chief = county.employs("jiangyi", "Chief", sees=(None,))
    on_the_spot = a_report(april(14, "09:12"))
    assert waiting(county, officer) == ["report:window"]

    handle_report(on_the_spot, kind=ReportKind.BLOCKED, owner=Owner(user_id=owner.id), by=WINDOW)
    assert waiting(county, owner) == ["report:see"]
    assert waiting(county, chief) == []

    close_report(on_the_spot, solved(), by=WINDOW)
    assert waiting(county, owner) == []
    assert waiting(county, officer) == ["report:ask"]


def test_what_waits_is_asked_in_three_questions_however_much_it_is(county, officer):
    for n in range(5):
        a_report(april(14, f"10:{n + 10}"))
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    assert len(waiting(county, officer)) == 5
    event.remove(db.engine, "before_cursor_execute", note)

    assert sum(one.startswith("SELECT") for one in asked) == 3
