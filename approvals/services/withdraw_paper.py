"""Take back a handing-in that was wrong: the wrong file, the wrong project. It stays on record."""

from __future__ import annotations

from approvals.events.papers import PaperWithdrawn
from approvals.models.paper import PaperVersionRow
from approvals.rules.papers import NotHere, WhyMissing
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def withdraw_paper(version_id: int, *, reason: str, version: int | None = None, by: Actor) -> None:
    """Mark one version of a paper as withdrawn; the one before it counts again, if there is one.

    Raises: Missing, Stale; WhyMissing, NotHere.
    Effects: tells ``PaperWithdrawn``.
    """
    if not reason.strip():
        raise WhyMissing(field="reason")
    with work(by) as w:
        row = w.get(PaperVersionRow, version_id, version=version)
        if row.withdrawn_at is not None:
            raise NotHere
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = clock.now(), by.label, reason.strip()
        w.record(
            PaperWithdrawn(
                version_id=row.id,
                project_id=row.project_id,
                material=row.material,
                number=row.number,
                reason=row.withdrawn_reason,
            )
        )
