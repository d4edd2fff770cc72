"""How many questions the busiest pages ask, however many projects or steps; and how heavy they are."""

import json
from datetime import date

import pytest
from sqlalchemy import insert, select

from approvals.models.step import Step
from approvals.rules.progress import Move
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from projects.models.project import Plan, PlannedStep, Project
from projects.services.record_move import record_move
from tests.builders import a_project

MOST_QUERIES = 21
"""A dozen of the page itself, two of the frame around it, and what the addons above fill in beside it."""
HEAVIEST_PROJECT_PAGE = 150_000
PROJECTS = 1000


def _columns(row):
    return {c.key: getattr(row, c.key) for c in row.__table__.columns}


def _copied(session, pattern, count):
    """Copies of one planned project, row by row."""
    plan = _columns(session.get_one(Plan, pattern.plan_id))
    steps = [_columns(s) for s in session.scalars(select(Step).where(Step.project_id == pattern.id))]
    of_plan = select(PlannedStep).where(PlannedStep.project_id == pattern.id)
    dated = [_columns(s) for s in session.scalars(of_plan)]
    base = _columns(pattern)
    first = 1000
    numbers = range(first, first + count)
    coded = {n: f"2604-439921-04-01-{n:06d}" for n in numbers}
    projects = [{**base, "id": n, "code": code, "plan_id": None} for n, code in coded.items()]
    session.execute(insert(Project), projects)
    session.execute(insert(Plan), [{**plan, "id": n, "project_id": n} for n in numbers])
    session.execute(Project.__table__.update().where(Project.id >= first).values(plan_id=Project.id))
    for kind, rows in ((Step, steps), (PlannedStep, dated)):
        fresh = [{k: v for k, v in row.items() if k != "id"} for row in rows]
        named = ("project_id",)
        copies = [{**row, **dict.fromkeys(named, n)} for n in numbers for row in fresh]
        session.execute(insert(kind), copies)


@pytest.fixture
def boss(county):
    return county.employs("boss", "Chief", sees=(None,))


@pytest.fixture
def thousand(county):
    """One industrial project whose next step is overdue, and a thousand like it."""
    project_id = a_project(target_on=date(2026, 9, 1))
    holding = county.has(Plan, county.has(Project, project_id).plan_id).holding
    step = county.asked(select(Step).where(Step.project_id == project_id, Step.code == holding))[0]
    record_move(step.id, Move.ACCEPT, date(2026, 3, 3), by=SYSTEM)
    jobs.run_due()
    with work(SYSTEM) as w:
        _copied(w.session, w.session.get_one(Project, project_id), PROJECTS)


def test_a_portfolio_of_a_thousand_projects_asks_few_questions(boss, thousand, statements):
    boss.opens("/projects/")  # reads the edition and the calendar once for the process

    with statements() as sent:
        answer = boss.opens("/projects/")

    assert answer.status_code == 200
    assert "1001" in answer.text
    assert "overdue" in answer.text
    assert len(sent) <= MOST_QUERIES, "\n".join(sent)


def test_a_search_among_a_thousand_projects_asks_few(boss, thousand, statements):
    boss.opens("/search?q=施工许可")

    with statements() as sent:
        answer = boss.opens("/search?q=施工许可")

    assert answer.status_code == 200
    assert len(sent) <= MOST_QUERIES, "\n".join(sent)


@pytest.fixture
def large(county):
    """A project of sixty steps or so."""
    project_id = a_project(
        facts={"project_class": "industrial"}, template="industrial-start-on-land", target_on=date(2026, 9, 1)
    )
    project = county.has(Project, project_id)
    assert len(json.loads(county.has(Plan, project.plan_id).body)["steps"]) >= 45
    return project_id


@pytest.mark.parametrize("page", ["", "/print", "/plans", "/network.svg"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_of_a_large_project_ask_few(boss, large, statements, page, lang):
    address = f"/projects/{large}{page}?lang={lang}"
    boss.opens(address)

    with statements() as sent:
        answer = boss.opens(address)

    assert answer.status_code == 200
    assert len(sent) <= MOST_QUERIES, "\n".join(sent)
    assert len(answer.data) <= HEAVIEST_PROJECT_PAGE
