"""Let a person see a project: for good, or while they cover it."""

from __future__ import annotations

from sqlalchemy import delete, exists, or_, select, update

from concierge.kernel import clock
from concierge.kernel.scope import ScopeRow
from concierge.kernel.work import Work
from concierge.staff.models import CoverRow


def open_to(w: Work, project_id: int | None, person_id: int) -> None:
    """Let a person see a project; with None, every project.

    Effects: what was lent to them for a cover is theirs from now on.
    """
    if project_id is not None:
        w.session.execute(
            update(CoverRow)
            .where(CoverRow.project_id == project_id, CoverRow.person_id == person_id)
            .values(opened_sight=False)
        )
    _open(w, project_id, person_id)


def lend_to(w: Work, cover: CoverRow) -> None:
    """Let whoever covers a project see it until the cover is over."""
    cover.opened_sight = _open(w, cover.project_id, cover.person_id) or _is_lent(w, cover)


def end_lent_sight(w: Work) -> int:
    """Close projects to those who saw them for a cover that is over; answers how many.

    Effects: whoever covers the project again, today or later, goes on seeing it.
    """
    today = clock.today()
    over = w.session.scalars(
        select(CoverRow).where(
            CoverRow.opened_sight, or_(CoverRow.last_on < today, CoverRow.withdrawn_at.is_not(None))
        )
    ).all()
    closed = 0
    for cover in over:
        cover.opened_sight = False
        if _is_lent(w, cover):
            continue
        closed += w.session.execute(
            delete(ScopeRow).where(
                ScopeRow.user_id == cover.person_id, ScopeRow.project_id == cover.project_id
            )
        ).rowcount  # type: ignore[attr-defined]  # a DELETE answers how many
    return closed


def _open(w: Work, project_id: int | None, person_id: int) -> bool:
    """Whether this opened it."""
    seen = select(ScopeRow.id).where(
        ScopeRow.user_id == person_id,
        ScopeRow.project_id.is_(None) if project_id is None else ScopeRow.project_id == project_id,
    )
    if w.session.execute(seen).first() is not None:
        return False
    w.add(ScopeRow(user_id=person_id, project_id=project_id))
    return True


def _is_lent(w: Work, cover: CoverRow) -> bool:
    """Whether another cover that is not over lends the same."""
    other = exists().where(
        CoverRow.project_id == cover.project_id,
        CoverRow.person_id == cover.person_id,
        CoverRow.id != cover.id,
        CoverRow.opened_sight,
        CoverRow.withdrawn_at.is_(None),
        CoverRow.last_on >= clock.today(),
    )
    return bool(w.session.scalar(select(other)))
