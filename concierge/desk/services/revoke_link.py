"""Take a link back, or all of a project's at once; from that moment they open nothing."""

from __future__ import annotations

from sqlalchemy import select

from concierge.desk.events import LinkRevoked
from concierge.desk.models.links import LinkRow
from concierge.desk.rules.links import LinkNotOpen
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def revoke_link(link_id: int, *, by: Actor) -> None:
    """Take one link back.

    Raises: Missing; LinkNotOpen, when it was taken back before.
    """
    with work(by) as w:
        row = w.get(LinkRow, link_id)
        if row.revoked_at is not None:
            raise LinkNotOpen
        _revoke(w, row)


def revoke_links_of(project_id: int, *, by: Actor) -> int:
    """Take back every link of a project, as when it closes; answers how many there were.

    Raises: Missing.
    """
    with work(by) as w:
        scope.require(w.session, by, project_id)
        return revoke_all(w, project_id)


def revoke_all(w: Work, project_id: int) -> int:
    """The same in the caller's work, because the project has ended; safe to repeat."""
    rows = w.session.scalars(
        select(LinkRow)
        .where(LinkRow.project_id == project_id, LinkRow.revoked_at.is_(None))
        .order_by(LinkRow.id)
        .with_for_update()
    ).all()
    for row in rows:
        _revoke(w, row)
    return len(rows)


def _revoke(w: Work, row: LinkRow) -> None:
    row.revoked_at = clock.now()
    w.session.flush()
    w.record(LinkRevoked(row.id, row.project_id, row.department, row.recipient, row.hint))
