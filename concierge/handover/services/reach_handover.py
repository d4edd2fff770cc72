"""The handover somebody acts on, locked, and theirs to see."""

from __future__ import annotations

from sqlalchemy import select

from concierge.handover.models import HandoverRow
from concierge.handover.queries.handovers import is_mine
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work


def reach_handover(w: Work, handover_id: int) -> HandoverRow:
    """The row, locked for update.

    Raises: Missing, also where somebody neither gives nor takes it nor sees every project.
    """
    asked = select(HandoverRow).where(HandoverRow.id == handover_id, is_mine(w.by)).with_for_update()
    row = w.session.scalars(asked).one_or_none()
    if row is None:
        raise Missing
    return row
