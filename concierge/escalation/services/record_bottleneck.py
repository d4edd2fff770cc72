"""Record where things stand still, and what becomes of it: fed to the change of processes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from approvals.models.step import Step
from concierge.escalation.events import BottleneckRecorded, BottleneckSettled
from concierge.escalation.models.learning import BottleneckRow
from concierge.escalation.queries.desk import causes
from concierge.escalation.queries.learning import bottlenecks_in_sight
from concierge.escalation.rules.closing import CauseNeeded
from concierge.escalation.rules.learning import written
from concierge.escalation.rules.report import BottleneckState
from concierge.escalation.rules.telling import DepartmentNeeded
from concierge.escalation.rules.voices import SETTLED, BottleneckSettledAlready, checked_wait
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import work

LEAST_MATTER = 2  # the name of a matter, not a sentence


@dataclass(frozen=True, kw_only=True)
class Bottleneck:
    """Where things stand still. Units: ``waited_workdays`` working days."""

    matter: str
    department: str
    waited_workdays: int
    cause_code: str
    what: str
    proposal: str = ""
    project_id: int | None = None
    step_id: int | None = None


def record_bottleneck(found: Bottleneck, *, by: Actor) -> int:
    """Record a bottleneck; with a proposal it waits to be taken up. Answers its row.

    Raises: Missing; DepartmentNeeded, CauseNeeded, NoSuchWait, UnclearWords.
    Source: SF-19.
    """
    with work(by) as w:
        if found.project_id is not None:
            scope.require(w.session, by, found.project_id)
        if found.step_id is not None:
            step = w.session.get(Step, found.step_id)
            if step is None or step.project_id != found.project_id:
                raise Missing
        if not found.department:
            raise DepartmentNeeded(field="department")
        if found.cause_code not in {one.code for one in causes(w.session, used_only=True)}:
            raise CauseNeeded(field="cause_code")
        row = w.add(
            BottleneckRow(
                project_id=found.project_id,
                step_id=found.step_id,
                matter=written(found.matter, "matter", least=2)
                if found.step_id is None
                else found.matter.strip(),
                department=found.department,
                waited_workdays=checked_wait(found.waited_workdays),
                cause_code=found.cause_code,
                what=written(found.what, "what"),
                proposal=found.proposal.strip(),
                state=BottleneckState.PROPOSED if found.proposal.strip() else BottleneckState.RECORDED,
                recorded_on=clock.today(),
                recorded_at=clock.now(),
                by_id=by.id,
                by=by.label,
            )
        )
        w.record(
            BottleneckRecorded(
                bottleneck_id=row.id,
                project_id=row.project_id,
                department=row.department,
                cause_code=row.cause_code,
                on=row.recorded_on,
            )
        )
        return row.id


def move_bottleneck(bottleneck_id: int, state: BottleneckState, words: str, *, by: Actor) -> None:
    """Say what becomes of a bottleneck: a proposal, taken up, mended, or not followed and why.

    Raises: Missing; BottleneckSettledAlready, UnclearWords.
    Source: SF-19.
    """
    with work(by) as w:
        seen = select(BottleneckRow.id).where(BottleneckRow.id == bottleneck_id, bottlenecks_in_sight(by))
        if w.session.scalar(seen) is None:
            raise Missing
        row = w.session.get_one(BottleneckRow, bottleneck_id, with_for_update=True)
        if row.settled_on is not None:
            raise BottleneckSettledAlready(day=row.settled_on.isoformat())
        said = written(words, "words")
        row.state = state
        if state is BottleneckState.PROPOSED:
            row.proposal = said
            return
        row.outcome = said
        if state in SETTLED:
            row.settled_on, row.settled_by = clock.today(), by.label
            w.record(
                BottleneckSettled(
                    bottleneck_id=row.id,
                    project_id=row.project_id,
                    department=row.department,
                    state=state.value,
                    on=row.settled_on,
                )
            )
