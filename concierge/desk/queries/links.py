"""Questions about links: which were handed out, and whether one still opens."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from concierge.desk.models.links import LinkOpeningRow, LinkRow
from concierge.desk.rules.links import DepartmentLink, LinkExpired, LinkStanding
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within

MOST_LINKS = 400
MOST_OPENINGS = 20


def still_open(row: LinkRow | None) -> DepartmentLink:
    """The link of a row, if it opens today.

    Raises: Missing, for one that is not there or was taken back, both alike; LinkExpired.
    """
    if row is None or row.standing(clock.today()) is LinkStanding.REVOKED:
        raise Missing
    if row.standing(clock.today()) is LinkStanding.EXPIRED:
        raise LinkExpired(last=row.expires_on)
    return row.facts()


def link_at(session: Session, handle: str) -> DepartmentLink:
    """The link of a handle, for a visit that was opened by its key.

    Raises: Missing; LinkExpired.
    """
    return still_open(session.execute(select(LinkRow).where(LinkRow.handle == handle)).scalar_one_or_none())


def links_of_step(session: Session, step_id: int) -> Sequence[LinkRow]:
    """The links handed out for one step that were not taken back, the newest first."""
    asked = select(LinkRow).where(LinkRow.step_id == step_id, LinkRow.revoked_at.is_(None))
    return session.scalars(asked.order_by(LinkRow.id.desc())).all()


def links_of_review(session: Session, review_id: int) -> Sequence[LinkRow]:
    """The links handed out for one joint review that were not taken back, the newest first."""
    asked = select(LinkRow).where(LinkRow.review_id == review_id, LinkRow.revoked_at.is_(None))
    return session.scalars(asked.order_by(LinkRow.id.desc())).all()


def links_in_charge(
    session: Session, actor: Actor, *, department: str = "", project_id: int | None = None
) -> Sequence[LinkRow]:
    """The links a person may see, the newest first, ``MOST_LINKS`` at most.

    Shape: those of projects in their charge, and those of a department's answers, which name no project.
    """
    asked = _visible(actor)
    if department:
        asked = asked.where(LinkRow.department == department)
    if project_id is not None:
        asked = asked.where(LinkRow.project_id == project_id)
    return session.scalars(asked.order_by(LinkRow.id.desc()).limit(MOST_LINKS)).all()


def link_in_charge(session: Session, actor: Actor, link_id: int) -> LinkRow:
    """One link a person may see.

    Raises: Missing.
    """
    row = session.execute(_visible(actor).where(LinkRow.id == link_id)).scalar_one_or_none()
    if row is None:
        raise Missing
    return row


def openings(session: Session, link_ids: Collection[int]) -> dict[int, list[LinkOpeningRow]]:
    """When these links were opened, the latest first, ``MOST_OPENINGS`` of each at most; one query."""
    rows = session.scalars(
        select(LinkOpeningRow).where(LinkOpeningRow.link_id.in_(link_ids)).order_by(LinkOpeningRow.id.desc())
    )
    found: dict[int, list[LinkOpeningRow]] = {link_id: [] for link_id in link_ids}
    for row in rows:
        if len(found[row.link_id]) < MOST_OPENINGS:
            found[row.link_id].append(row)
    return found


def _visible(actor: Actor) -> Select[tuple[LinkRow]]:
    return select(LinkRow).where(or_(LinkRow.project_id.is_(None), within(actor, LinkRow.project_id)))
