"""Take in a paper of a project: a first version, or a new one in place of the last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from approvals.events.papers import PaperTakenIn
from approvals.models.paper import PaperFileRow, PaperVersionRow
from approvals.rules.papers import CameLater, PaperWay
from concierge.kernel import clock
from concierge.kernel.storage import Stored
from concierge.kernel.work import Work


def take_in(  # noqa: PLR0913  (what a receipt for papers says)
    w: Work,
    project_id: int,
    material: str,
    files: Stored | Sequence[Stored] | None = None,
    *,
    source: PaperWay,
    on: date,
    step_id: int | None = None,
    note: str = "",
) -> PaperVersionRow:
    """Take in one paper in the caller's transaction; the version before it, if any, stays on record.

    Shape: ``material`` is its code; ``files`` are kept already, none for a paper that lies at the counter;
        ``on`` is the civil day it came, ``step_id`` the step it was brought for, if one.
    Raises: CameLater.
    Effects: the project has the paper, for every step that asks for it; tells ``PaperTakenIn``.
    Source: AC-6: what one step collected, no other asks for again.
    """
    if on > clock.today():
        raise CameLater(day=on.isoformat(), field="on")
    kept = (files,) if isinstance(files, Stored) else tuple(files or ())
    last = w.session.scalar(
        select(func.max(PaperVersionRow.number)).where(
            PaperVersionRow.project_id == project_id, PaperVersionRow.material == material
        )
    )
    row = w.add(
        PaperVersionRow(
            project_id=project_id,
            material=material,
            number=(last or 0) + 1,
            step_id=step_id,
            way=source,
            came_on=on,
            taken_in_at=clock.now(),
            taken_in_by_id=w.by.id,
            taken_in_by=w.by.label,
            note=note,
        )
    )
    for position, file in enumerate(kept, start=1):
        w.add(_file_row(row, position, file))
    w.record(
        PaperTakenIn(
            version_id=row.id,
            project_id=project_id,
            step_id=step_id,
            material=material,
            number=row.number,
            way=source.value,
            on=on,
            files=len(kept),
        )
    )
    return row


def _file_row(version: PaperVersionRow, position: int, file: Stored) -> PaperFileRow:
    return PaperFileRow(
        project_id=version.project_id,
        version_id=version.id,
        position=position,
        key=file.key,
        name=file.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        pages=file.pages,
    )
