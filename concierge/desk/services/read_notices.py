"""Mark notices as read."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import update

from concierge.desk.models.notices import NoticeRow
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def read_notices(notice_ids: Collection[int], *, by: Actor) -> None:
    """Mark these of a person's own notices as read; others' are left alone."""
    with work(by) as w:
        w.session.execute(
            update(NoticeRow)
            .where(NoticeRow.person_id == by.id, NoticeRow.read_at.is_(None), NoticeRow.id.in_(notice_ids))
            .values(read_at=clock.now())
        )


def read_all_notices(*, by: Actor) -> None:
    """Mark all of a person's notices as read."""
    with work(by) as w:
        w.session.execute(
            update(NoticeRow)
            .where(NoticeRow.person_id == by.id, NoticeRow.read_at.is_(None))
            .values(read_at=clock.now())
        )
