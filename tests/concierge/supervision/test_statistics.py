"""The counts of a period, on real rows."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.progress import Act, Move
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.supervision.queries.statistics import statistics
from concierge.supervision.rules.reporting_period import ReportingPeriod
from concierge.supervision.services.issue_order import issue_order
from projects.services.record_move import record_act
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, cards, department_steps, finished, looked

APRIL = ReportingPeriod(date(2026, 4, 1), date(2026, 4, 15))
LATE = date(2026, 4, 10)


@pytest.fixture
def project_id(county):
    with clock.standing_at(date(2026, 3, 2)):
        return a_project()


def test_cards_orders_and_cases_of_the_period_are_counted(project_id):
    step_id = accepted(project_id, date(2026, 4, 1), 5)
    looked(date(2026, 4, 9))
    looked(LATE)
    with clock.standing_at(LATE):
        issue_order(cards(step_id)[1].id, "立即办结并书面说明", date(2026, 4, 14), by=SYSTEM)
    finished(step_id, LATE)

    found = statistics(db.session, APRIL)

    assert (found.received, found.accepted, found.first_time, found.refused) == (1, 1, 1, 0)
    assert (found.yellow, found.red, found.taken_down) == (1, 1, 0)
    assert (found.orders, found.answered_in_time, found.chases) == (1, 0, 0)
    assert statistics(db.session, ReportingPeriod(date(2026, 3, 1), date(2026, 3, 31))).accepted == 0


def test_papers_sent_back_before_acceptance_are_no_first_submission(project_id):
    first = department_steps(project_id)[0]
    with clock.standing_at(date(2026, 4, 7)):
        record_act(first, Act(Move.RECEIVE, date(2026, 4, 7)), by=SYSTEM)
        told = Act(Move.CORRECT, date(2026, 4, 7), reason="缺规划总平面图", basis="行政许可法第三十二条")
        record_act(first, told, by=SYSTEM)
    with clock.standing_at(date(2026, 4, 9)):
        record_act(first, Act(Move.CORRECTED, date(2026, 4, 9)), by=SYSTEM)
        record_act(first, Act(Move.ACCEPT, date(2026, 4, 9)), by=SYSTEM)

    found = statistics(db.session, APRIL)

    assert (found.accepted, found.first_time, found.returns) == (1, 0, 1)
    assert (found.first_time_share, found.returns_a_case) == (0.0, 1.0)


def test_the_page_of_statistics_opens(county, project_id):
    judge = county.employs("fang", "Supervisor", sees=(None,))

    page = judge.opens("/supervision/statistics?period=month&lang=en").text

    assert "Accepted at first submission" in page
    assert "0 of 0, —" in page
