"""What tests of deferral say in one line: papers handed in, promises made, days that pass."""

from __future__ import annotations

from datetime import date
from graphlib import TopologicalSorter

from sqlalchemy import select

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.rules.deferral import GrantLevel
from approvals.rules.papers import PaperWay
from approvals.rules.progress import Move
from approvals.services.grant_deferral import Grantor
from approvals.services.take_in_paper import take_in
from approvals.services.watch_deferrals import watch, watched_ids
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading, work
from projects.models.project import Project
from projects.queries.deferring import deferring
from projects.queries.standing import expansion_of
from projects.rules.deferring import missing_main
from projects.services.defer_paper import Promise, defer_paper
from projects.services.record_move import record_move

DRAWINGS = "construction-drawing-review"
CONTRACT = "design-contract-priv"
WINDOW = Grantor(name="李科长", level=GrantLevel.WINDOW)


def step_of(project_id: int, code: str = DRAWINGS) -> Step:
    """A step as the database has it now."""
    with reading() as session:
        found = session.scalar(select(Step).where(Step.project_id == project_id, Step.code == code))
        assert found is not None
        return found


def hand_in_main_papers(project_id: int, code: str = DRAWINGS, *, but: str = "") -> None:
    """Hand in every main document of a step that is not here, one paper left out."""
    with work(SYSTEM) as w:
        project = w.session.get_one(Project, project_id)
        step = w.session.scalar(select(Step).where(Step.project_id == project_id, Step.code == code))
        assert step is not None
        at = deferring(w.session, project, step, today=clock.today())
        for paper in missing_main(at.catalogue, at.expansion, at.gates, code, at.held, but=but):
            take_in(w, project_id, paper.material.code, source=PaperWay.COUNTER, on=clock.today())
    jobs.run_due()


def a_deferral(
    project_id: int,
    *,
    code: str = DRAWINGS,
    material: str = CONTRACT,
    due_on: date = date(2026, 4, 22),
    grantor: Grantor | None = WINDOW,
    signed_by: str = "王经理",
) -> int:
    """A deferral registered and, unless told otherwise, signed and granted; answers its number."""
    promise = Promise(material=material, form="盖章原件", due_on=due_on, signed_by=signed_by)
    deferral_id = defer_paper(step_of(project_id, code).id, promise, grantor=grantor, by=SYSTEM)
    jobs.run_due()
    return deferral_id


def the_deferral(deferral_id: int) -> DeferralRow:
    """A deferral as the database has it now."""
    with reading() as session:
        return session.get_one(DeferralRow, deferral_id)


def the_day_is(day: date) -> None:
    """A new day begins: its watch looks at every deferral."""
    clock.fix(day)
    with work(SYSTEM) as w:
        ids = watched_ids(w)
    for deferral_id in ids:
        with work(SYSTEM) as w:
            watch(w, deferral_id)
    jobs.run_due()


def passes(project_id: int, code: str) -> None:
    """A step is accepted, if it was not, and has its result today."""
    step = step_of(project_id, code)
    if step.accepted_on is None:
        record_move(step.id, Move.ACCEPT, clock.today(), by=SYSTEM)
    record_move(step.id, Move.PASS, clock.today(), result_number=f"{code}-1", by=SYSTEM)


def everything_before_passes(project_id: int, code: str) -> None:
    """Every step the law wants before the acceptance of this one has its result today, in order."""
    with reading() as session:
        project = session.get_one(Project, project_id)
        _, expansion = expansion_of(session, project)
        finished = select(Step.code).where(Step.project_id == project_id, Step.finished_on.is_not(None))
        done = set(session.scalars(finished))
    needed: dict[str, set[str]] = {step.code: set() for step in expansion.steps}
    for edge in expansion.precedences:
        if edge.kind == "hard":
            needed[edge.successor].add(edge.predecessor)
    wanted = set()
    open_ = [code]
    while open_:
        for before in needed[open_.pop()] - wanted:
            wanted.add(before)
            open_.append(before)
    for before in TopologicalSorter({one: needed[one] & wanted for one in wanted}).static_order():
        if before not in done:
            passes(project_id, before)
    jobs.run_due()
