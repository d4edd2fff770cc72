"""What a decision waits for that is not the department's to do: another step's result, a deferred paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.rules.deferral_course import DeferralState
from concierge.supervision.queries.running import RunningStep
from concierge.supervision.rules.thresholds import RunningCase
from projects.models.project import Project
from projects.queries.standing import expansion_of

NOT_BROUGHT = (DeferralState.GRANTED, DeferralState.OVERDUE)


@dataclass
class _Waits:
    """How many things a decision waits for, and when those that came did."""

    open: int = 0
    came: list[date] = field(default_factory=list)


def held_cases(session: Session, steps: Sequence[RunningStep]) -> dict[int, RunningCase]:
    """The same cases with what their decisions wait for, and when the last of it came.

    Shape: step → case; three queries, and one more for each edition of the catalogue not read before.
    Source: PR-6, DF-7, DF-15.
    """
    project_ids = {step.project_id for step in steps}
    projects = {
        project.id: project for project in session.scalars(select(Project).where(Project.id.in_(project_ids)))
    }
    finished = _finished(session, project_ids)
    waits = _papers(session, [step.step_id for step in steps])
    of_project: dict[int, list[RunningStep]] = defaultdict(list)
    for step in steps:
        of_project[step.project_id].append(step)
    for project_id, there in of_project.items():
        _add_results(session, waits, there, projects[project_id], finished.get(project_id, {}))
    return {
        step.step_id: replace(
            step.case,
            is_held=waits[step.step_id].open > 0,
            held_until=max(waits[step.step_id].came, default=None),
        )
        for step in steps
    }


def _add_results(
    session: Session,
    waits: Mapping[int, _Waits],
    steps: Sequence[RunningStep],
    project: Project,
    finished: Mapping[str, date],
) -> None:
    """Add the results the decisions of one project's steps wait for, by law (hard), through either gate."""
    _, expansion = expansion_of(session, project)
    needed: dict[str, set[str]] = defaultdict(set)
    for edge in expansion.precedences:
        if edge.kind == "hard":
            needed[edge.successor].add(edge.predecessor)
    for step in steps:
        for code in sorted(needed[step.code]):
            if code in finished:
                waits[step.step_id].came.append(finished[code])
            else:
                waits[step.step_id].open += 1


def _papers(session: Session, step_ids: Collection[int]) -> defaultdict[int, _Waits]:
    """The deferred papers the certificates wait for: granted and not brought, or brought on a day."""
    rows = session.execute(
        select(DeferralRow.step_id, DeferralRow.state, DeferralRow.supplied_on)
        .join(Step, and_(Step.id == DeferralRow.step_id, Step.attempt == DeferralRow.attempt))
        .where(
            DeferralRow.step_id.in_(step_ids),
            DeferralRow.granted_on.is_not(None),
            DeferralRow.may_issue_first.is_(False),
        )
    )
    found: defaultdict[int, _Waits] = defaultdict(_Waits)
    for step_id, state, supplied_on in rows:
        if state in NOT_BROUGHT:
            found[step_id].open += 1
        elif supplied_on is not None:
            found[step_id].came.append(supplied_on)
    return found


def _finished(session: Session, project_ids: Collection[int]) -> dict[int, dict[str, date]]:
    rows = session.execute(
        select(Step.project_id, Step.code, Step.finished_on).where(
            Step.project_id.in_(project_ids), Step.finished_on.is_not(None)
        )
    )
    found: dict[int, dict[str, date]] = {}
    for project_id, code, finished_on in rows:
        if finished_on is not None:
            found.setdefault(project_id, {})[code] = finished_on
    return found
