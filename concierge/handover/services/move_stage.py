"""Move a project into operation: a resident service officer answers for it from now on."""

from __future__ import annotations

from concierge.handover.queries.posts import stage_of
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import work
from concierge.staff import queries as staff_queries
from concierge.staff.models import StagePostRow
from concierge.staff.rules.stages import Stage, checked_next
from concierge.staff.services.enter_stage import enter_stage
from projects.models.project import Project


class NotAResident(Invalid):
    """Somebody without the role of resident service officer."""

    message = N_(
        "Choose a resident service officer. If there is none, have the security administrator give "
        "somebody that role."
    )


def begin_operation(project_id: int, person_id: int, *, by: Actor) -> StagePostRow:
    """Let a project enter operation, with the officer who stays with the enterprise.

    Raises: Missing; StageOutOfOrder; NotAResident.
    Effects: A hands over to the officer; the enterprise is to be told.
    Source: S27, three roles by three stages.
    """
    with work(by) as w:
        w.get(Project, project_id)
        checked_next(stage_of(w.session, project_id), Stage.OPERATION)
        if person_id not in {one.id for one in staff_queries.residents(w.session)}:
            raise NotAResident(field="resident")
        return enter_stage(w, project_id, Stage.OPERATION, person_id)
