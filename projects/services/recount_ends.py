"""Count the ends of running cases again when the calendar changed under them."""

from __future__ import annotations

from sqlalchemy import select

from approvals.events.case import EndsRecounted
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries.cases import extensions, stops
from approvals.rules.case import Case, CaseTerms, ends
from approvals.rules.periods import periods
from approvals.rules.ways import RUNNING
from concierge.kernel.work import Work
from projects.models.project import Project
from projects.queries.standing import expansion_of


def recount_ends(w: Work, project_id: int) -> int:
    """Count the ends of every running case of a project by today's calendar; answers how many moved.

    Effects: each that moved leaves a line in the trace.
    Source: WD-7.
    """
    project = w.get(Project, project_id)
    catalogue, expansion = expansion_of(w.session, project)
    calendar = catalogue_queries.work_calendar(w.session)
    rows = w.session.scalars(
        select(Step)
        .where(Step.project_id == project_id, Step.state.in_(RUNNING), Step.accepted_on.is_not(None))
        .order_by(Step.id)
        .with_for_update()
    ).all()
    ids = [step.id for step in rows]
    paused, extended = stops(w.session, ids), extensions(w.session, ids)
    moved = 0
    for step in rows:
        matter, draft = catalogue.matter(step.code), expansion.step(step.code)
        case = Case(
            attempt=step.attempt,
            accepted_on=step.accepted_on,
            stops=paused.get(step.id, ()),
            extensions=extended.get(step.id, ()),
        )
        lengths = draft.periods if draft is not None else periods(matter)
        last = ends(case, CaseTerms(name=step.code, matter=matter, periods=lengths, calendar=calendar))
        if last is None or (step.promised_end_on, step.statutory_end_on) == (
            last.promised_on,
            last.statutory_on,
        ):
            continue
        w.record(
            EndsRecounted(
                step_id=step.id,
                project_id=project_id,
                code=step.code,
                promised_before_on=step.promised_end_on,
                promised_on=last.promised_on,
                statutory_before_on=step.statutory_end_on,
                statutory_on=last.statutory_on,
            )
        )
        step.promised_end_on, step.statutory_end_on = last.promised_on, last.statutory_on
        moved += 1
    return moved
