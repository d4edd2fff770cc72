"""Write down that an enterprise was told who looks after its project now."""

from __future__ import annotations

from sqlalchemy import select

from concierge.handover.events import SubstitutionTold
from concierge.handover.models import HandoverItemRow
from concierge.handover.rules.handover import HandedOverAlready, TellingWay
from concierge.handover.services.reach_handover import reach_handover
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing
from concierge.kernel.work import Work, work


class NobodyTold(Invalid):
    """No name of whom one spoke to."""

    message = N_("Write whom you told at the enterprise.")


def tell_enterprise(handover_id: int, project_id: int, way: TellingWay, whom: str, *, by: Actor) -> None:
    """Keep who was told, how and when.

    Raises: Missing; NobodyTold; HandedOverAlready.
    Source: AB-8, the same day.
    """
    with work(by) as w:
        tell(w, handover_id, project_id, way, whom)


def tell(w: Work, handover_id: int, project_id: int, way: TellingWay, whom: str) -> None:
    """The same in the caller's work."""
    if not whom.strip():
        raise NobodyTold(field="whom")
    row = reach_handover(w, handover_id)
    line = w.session.scalars(
        select(HandoverItemRow).where(
            HandoverItemRow.handover_id == row.id, HandoverItemRow.project_id == project_id
        )
    ).one_or_none()
    if line is None:
        raise Missing
    if line.told_at is not None:
        raise HandedOverAlready
    line.told_at, line.told_way = clock.now(), way
    line.told_by_id, line.told_by, line.told_whom = w.by.id, w.by.label, whom.strip()
    w.record(SubstitutionTold(project_id, row.id, way.value))
