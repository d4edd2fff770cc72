"""Let a project enter a stage: who answers there, from this minute on; the line before ends and stays."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.staff.events import StageEntered
from concierge.staff.models import StagePostRow
from concierge.staff.rules.stages import Stage
from concierge.staff.services.open_to import open_to


def enter_stage(w: Work, project_id: int, stage: Stage, person_id: int | None) -> StagePostRow:
    """Write the stage down with who answers for it; None where the pair does.

    Effects: the person may see the project.
    Source: S27, three roles by three stages; AB-8.
    """
    asked = select(StagePostRow).where(StagePostRow.project_id == project_id, StagePostRow.until_at.is_(None))
    before = w.session.scalars(asked.with_for_update()).one_or_none()
    if before is not None:
        if before.stage is stage and before.person_id == person_id:
            return before
        before.until_at = clock.now()
    row = w.add(
        StagePostRow(
            project_id=project_id,
            stage=stage,
            person_id=person_id,
            since_at=clock.now(),
            made_by=w.by.label,
        )
    )
    if person_id is not None:
        open_to(w, project_id, person_id)
    w.record(StageEntered(project_id, stage.value, person_id))
    return row
