"""How long matters really take, on the screen, and a length corrected by it."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.catalogue import MatterRow
from approvals.models.step import Step
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.work import work
from tests.builders import a_project

MATTER = "construction-permit"
PROPOSAL = f"|{MATTER}|prep_workdays|9"


@pytest.fixture
def five_cases(county):
    """Five permits prepared nine working days each: from Monday 2 to Friday 13 March."""
    ids = [a_project() for _ in range(5)]
    with work(SYSTEM) as w:
        rows = w.session.scalars(select(Step).where(Step.project_id.in_(ids), Step.code == MATTER))
        for step in rows:
            step.preparing_since, step.accepted_on = date(2026, 3, 2), date(2026, 3, 13)
            step.finished_on = date(2026, 3, 16)
    return ids


@pytest.fixture
def keeper(county):
    return county.employs("keeper", "SystemAdmin")


def _planned(county):
    return county.asked(select(MatterRow.prep_workdays).where(MatterRow.code == MATTER))[0]


def test_practice_is_shown_beside_promise_and_law(county, five_cases):
    boss = county.employs("boss", "Chief", sees=(None,))

    page = boss.opens("/projects/durations/?lang=en").text

    assert "Construction permit" in page
    assert PROPOSAL not in page  # only who keeps the catalogue may take it over


def test_a_proposal_is_taken_over_into_the_draft_with_its_evidence(county, keeper, five_cases):
    before = _planned(county)
    assert PROPOSAL in keeper.opens("/projects/durations/?lang=en").text

    answer = keeper.sends("/projects/durations/correct", {"proposal": PROPOSAL})

    assert answer.status_code == 303
    assert (before, _planned(county)) != (9, 9)
    assert _planned(county) == 9
    (facts,) = county.asked(select(AuditLine.facts).where(AuditLine.act == "PeriodCorrected"))
    assert f'"old":{before}' in facts
    assert '"new":9' in facts
    assert PROPOSAL not in keeper.opens("/projects/durations/?lang=en").text


def test_a_proposal_the_record_does_not_show_is_not_taken_over(county, keeper, five_cases):
    before = _planned(county)

    answer = keeper.sends("/projects/durations/correct", {"proposal": f"|{MATTER}|prep_workdays|1"})

    assert answer.status_code == 404
    assert _planned(county) == before


def test_before_any_case_is_finished_the_page_says_so(county):
    boss = county.employs("boss", "Chief", sees=(None,))

    assert "No case is finished yet" in boss.opens("/projects/durations/?lang=en").text


def test_the_page_asks_few_questions(county, five_cases, statements):
    boss = county.employs("boss", "Chief", sees=(None,))
    boss.opens("/projects/durations/")

    with statements() as sent:
        assert boss.opens("/projects/durations/").status_code == 200

    assert len(sent) <= 12, "\n".join(sent)
