"""Record what happened to a step of a project; what it waits for is read from the project's own edition."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.progress import Move
from approvals.services.move_step import move_step
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from projects.models.project import Project
from projects.queries.standing import expansion_of
from projects.rules.terms import GatesMode
from projects.rules.waiting import waiting_for


def record_move(  # noqa: PLR0913  (a form's fields, and who sends it)
    step_id: int,
    move: Move,
    on: date,
    *,
    version: int | None = None,
    result_number: str = "",
    lang: str = "zh",
    by: Actor,
) -> None:
    """Record one move of a step.

    Raises: Missing, Stale; NoSuchMove, StepNotReady, NotYet, OutOfOrder.
    Effects: the project's revision rises, so that its plan is made again.
    """
    with work(by) as w:
        record(w, w.get(Step, step_id, version=version), move, on, result_number=result_number, lang=lang)


def record(w: Work, step: Step, move: Move, on: date, *, result_number: str = "", lang: str = "zh") -> None:
    """The same inside the caller's transaction, on a step it holds."""
    project = w.get(Project, step.project_id)
    catalogue, expansion = expansion_of(w.session, project)
    passed = set(
        w.session.execute(
            select(Step.code).where(Step.project_id == project.id, Step.finished_on.is_not(None))
        ).scalars()
    )
    waiting = [
        catalogue.matter(code).spoken(lang)
        for code in waiting_for(expansion, GatesMode(project.gates), step.code, move, passed)
    ]
    name = catalogue.matter(step.code).spoken(lang)
    move_step(w, step, move, on, name=name, waiting=waiting, result_number=result_number or None)
    project.revision += 1
