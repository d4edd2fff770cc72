"""Random acts through the services: the rows always say what the rules say; what was taken back is gone."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from approvals.models.case import CaseMoveRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries.cases import case_of
from approvals.rules.case import Case, CaseTerms, moved
from approvals.rules.lifecycle import StopKind
from approvals.rules.periods import periods
from approvals.rules.progress import Act, Move
from approvals.rules.ways import open_moves
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import first_altered
from concierge.kernel.errors import ConciergeError
from concierge.kernel.work import reading
from projects.models.project import Plan, Project
from projects.services.record_move import record_act
from tests.builders import a_project

CODE = "investment-lead-screening"
ACTS = 220
MOVES_WANTED = 100
BEGINNING = date(2026, 4, 15)


@pytest.fixture
def walked(county):
    """A project, one of its steps, and the terms its case is handled by."""
    project_id = a_project()
    step = county.asked(select(Step).where(Step.project_id == project_id, Step.code == CODE))[0]
    with reading() as session:
        edition_id = session.get(Project, project_id).edition_id
        matter = catalogue_queries.catalogue(edition_id, session).matter(CODE)
        calendar = catalogue_queries.work_calendar(session)
    terms = CaseTerms(name=matter.name_zh, matter=matter, periods=periods(matter), calendar=calendar)
    return step.id, terms


def bare(case):
    """A case without what only rows have: their numbers, moments and actors, and the numbers of slips."""
    return replace(
        case,
        stops=tuple(replace(stop, id=None) for stop in case.stops),
        lines=tuple(
            replace(line, id=None, step_id=None, at=None, actor="", actor_id=None, paper="", reason="")
            for line in case.lines
        ),
    )


def as_kept(step_id):
    with reading() as session:
        return bare(case_of(session, session.get(Step, step_id)))


def an_act(case, today, rolled):
    here = open_moves(case.state, is_accepted=case.accepted_on is not None)
    move = rolled.choice((*here, *here, *here, Move.UNDO, rolled.choice(list(Move))))
    running = [stop.kind for stop in case.own_stops if stop.is_open]
    kinds = {Move.STOP: [StopKind.HEARING, StopKind.PUBLICITY], Move.RESUME: [*running, None]}
    return Act(
        move,
        today,
        basis=rolled.choice(("行政许可法", "行政许可法", "")),
        reason="因故",
        number="告2026-1",
        decided_by="甲、乙",
        stop=rolled.choice(kinds.get(move, [None])),
        workdays=rolled.choice((2, 5, 9)),
    )


def test_rows_follow_the_rules_through_a_hundred_random_records(county, walked):
    step_id, terms = walked
    rolled = Random(20260415)  # noqa: S311  (records that can be made again)
    case, today, made = Case(), BEGINNING, 0

    for _ in range(ACTS):
        today = terms.calendar.on_or_after(today + timedelta(days=rolled.choice((0, 0, 1, 2))))
        act = an_act(case, today, rolled)
        try:
            wanted = moved(case, act, terms, today=today)
        except ConciergeError as error:
            with clock.standing_at(today), pytest.raises(type(error)):
                record_act(step_id, act, by=SYSTEM)
        else:
            with clock.standing_at(today):
                record_act(step_id, act, by=SYSTEM)
            case, made = wanted, made + 1
        assert as_kept(step_id) == bare(case)

    assert made >= MOVES_WANTED
    assert len(county.asked(select(CaseMoveRow).where(CaseMoveRow.step_id == step_id))) == made
    with reading() as session:
        assert first_altered(session) is None


def test_the_plan_follows_whatever_was_recorded_last(county, walked):
    step_id, _ = walked
    stop = Act(
        Move.STOP,
        BEGINNING,
        basis="行政许可法第四十五条",
        reason="听证",
        number="告2026-1",
        decided_by="王主任",
        stop=StopKind.HEARING,
        workdays=5,
    )
    for act in (Act(Move.ACCEPT, BEGINNING), stop, Act(Move.UNDO, BEGINNING), stop):
        record_act(step_id, act, by=SYSTEM)
        jobs.run_due()

        project = county.has(Project, county.has(Step, step_id).project_id)
        assert county.has(Plan, project.plan_id).revision == project.revision
