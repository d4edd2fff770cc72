"""Put steps on a project's list, and take off those that no longer apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from approvals.models.step import Step
from approvals.queries.cases import journal
from approvals.rules.journal import standing_lines
from approvals.rules.lifecycle import StepState
from concierge.kernel.db import Base
from concierge.kernel.work import Work


@dataclass(frozen=True)
class NewStep:
    """One step to put on the list. ``number`` is how people call it, such as “07”."""

    code: str
    number: str
    department: str


def set_steps(w: Work, project_id: int, wanted: Iterable[NewStep]) -> None:
    """Make these the steps of a project.

    Effects: new ones are added; ones no longer wanted that nobody has touched go; touched ones stay as not
        required, because nothing a citizen relied on is overwritten; all are numbered anew.
    """
    there = {
        step.code: step
        for step in w.session.execute(select(Step).where(Step.project_id == project_id)).scalars()
    }
    listed = {new.code: new for new in wanted}
    for code, step in there.items():
        if code in listed:
            continue
        if step.state is not StepState.NOT_STARTED or _has_record(w, step):
            step.state = StepState.NOT_REQUIRED
        else:
            w.session.delete(step)
    for code, new in listed.items():
        known = there.get(code)
        if known is None:
            w.session.add(
                Step(
                    project_id=project_id,
                    code=code,
                    number=new.number,
                    department=new.department,
                    state=StepState.NOT_STARTED,
                )
            )
        else:
            known.number = new.number
            if known.state is StepState.NOT_REQUIRED:
                known.state = _state_before(w, known)
    w.session.flush()


def _has_record(w: Work, step: Step) -> bool:
    """Whether any row of any addon names the step: a move taken back, a paper, a deferral, a link, a card."""
    return any(
        w.session.execute(select(column).where(column == step.id).limit(1)).first() is not None
        for column in _naming_a_step()
    )


def _naming_a_step() -> Iterator[ColumnElement[int]]:
    own = Step.__table__
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if any(key.column.table is own for key in column.foreign_keys):
                yield column


def _state_before(w: Work, step: Step) -> StepState:
    """Where a step stood, by its journal, before it was taken off the list."""
    lines = standing_lines(journal(w.session, step.id))
    return lines[-1].state if lines else StepState.NOT_STARTED
