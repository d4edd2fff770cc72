"""Write down that somebody urged a department about a step: how, whom, with which words."""

from __future__ import annotations

from approvals.models.step import Step
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.supervision.events import DepartmentChased
from concierge.supervision.models.follow_up import ChaseRow
from concierge.supervision.queries.running import is_running
from concierge.supervision.rules.answering import check_urging, checked_name
from concierge.supervision.rules.card import ChaseWay


def chase_department(step_id: int, way: ChaseWay, to_whom: str, text: str, *, by: Actor) -> int:
    """Keep one chase; answers its number.

    Raises: Missing; NotADepartment, NothingToUrge, NameNeeded.
    """
    with work(by) as w:
        step = w.get(Step, step_id)
        check_urging(step.department, is_running=is_running(step))
        row = w.add(
            ChaseRow(
                project_id=step.project_id,
                step_id=step.id,
                attempt=step.attempt,
                department=step.department,
                by_id=by.id,
                by=by.label,
                on=clock.today(),
                at=clock.now(),
                way=way,
                to_whom=checked_name(to_whom, "to_whom"),
                text=text.strip(),
            )
        )
        w.record(
            DepartmentChased(
                chase_id=row.id,
                project_id=row.project_id,
                step_id=row.step_id,
                department=row.department,
                way=way.value,
                on=row.on,
            )
        )
        return row.id
