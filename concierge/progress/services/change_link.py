"""What staff do with a link that was made: give it a new key, extend it, take it back."""

from __future__ import annotations

from datetime import date

from flask import current_app
from sqlalchemy import select

from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.tokens import Minted, mint
from concierge.kernel.work import Work, work
from concierge.progress.events import ProgressLinkExtended, ProgressLinkRenewed, ProgressLinkRevoked
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.queries.links import project_end
from concierge.progress.rules.links import PREFIX, TAIL_SIGNS, LinkTakenBack, checked_last_day, usual_last_day
from concierge.progress.services.make_link import address_of, tail_hash
from projects.models.project import Project


def renew_link(link_id: int, *, version: int | None = None, by: Actor) -> Minted:
    """Give a link a new key, and the usual time again if it has less left.

    Raises: Missing, Stale; LinkTakenBack.
    Effects: the key of before, and every page open with it, stops at once; tells ``ProgressLinkRenewed``.
    Source: PL-1, nobody can read the old key.
    """
    with work(by) as w:
        row = w.get(ProgressLinkRow, link_id, version=version)
        project = w.get(Project, row.project_id)
        usual = usual_last_day(project_end(w.session, project), clock.today())
        return new_key(w, row, max(row.expires_on, usual), is_sent=False)


def new_key(w: Work, row: ProgressLinkRow, expires_on: date, *, is_sent: bool) -> Minted:
    """The same in the caller's work, until a day of the caller's. Raises: LinkTakenBack."""
    if row.revoked_at is not None:
        raise LinkTakenBack
    minted = mint(PREFIX, current_app.config["SECRET_KEY"])
    row.token_hash, row.hint, row.handle = minted.token_hash, minted.hint, minted.handle
    row.expires_on, row.asked_again_at = expires_on, None
    if row.asks_tail:
        row.tail_hash = tail_hash(address_of(row)[-TAIL_SIGNS:], minted.handle)
    w.session.flush()
    w.record(
        ProgressLinkRenewed(row.id, row.project_id, row.recipient, row.hint, row.expires_on, is_sent=is_sent)
    )
    return minted


def extend_link(link_id: int, last_on: date, *, version: int | None = None, by: Actor) -> None:
    """Give a link another last day.

    Raises: Missing, Stale; LinkTakenBack, LastDayOutOfRange.
    Source: PL-3, only staff extend.
    """
    with work(by) as w:
        row = w.get(ProgressLinkRow, link_id, version=version)
        if row.revoked_at is not None:
            raise LinkTakenBack
        before, row.expires_on = row.expires_on, checked_last_day(last_on, clock.today())
        w.session.flush()
        w.record(ProgressLinkExtended(row.id, row.project_id, row.recipient, before, row.expires_on))


def revoke_link(link_id: int, *, by: Actor) -> None:
    """Take one link back; from that moment it opens nothing.

    Raises: Missing; LinkTakenBack, when it was before.
    Source: PL-5.
    """
    with work(by) as w:
        row = w.get(ProgressLinkRow, link_id)
        if row.revoked_at is not None:
            raise LinkTakenBack
        _revoke(w, row)


def revoke_links_of(project_id: int, *, by: Actor) -> int:
    """Take back every link of a project; answers how many. Raises: Missing."""
    with work(by) as w:
        scope.require(w.session, by, project_id)
        return revoke_all(w, project_id)


def revoke_all(w: Work, project_id: int) -> int:
    """The same in the caller's work, because the project was closed; safe to repeat.

    Source: PL-16.
    """
    rows = w.session.scalars(
        select(ProgressLinkRow)
        .where(ProgressLinkRow.project_id == project_id, ProgressLinkRow.revoked_at.is_(None))
        .order_by(ProgressLinkRow.id)
        .with_for_update()
    ).all()
    for row in rows:
        _revoke(w, row)
    return len(rows)


def _revoke(w: Work, row: ProgressLinkRow) -> None:
    row.revoked_at, row.revoked_by = clock.now(), w.by.label
    w.session.flush()
    w.record(ProgressLinkRevoked(row.id, row.project_id, row.recipient, row.hint))
