"""Give a project its A and B, and with them the right to see it."""

from __future__ import annotations

from sqlalchemy import delete, select

from concierge.kernel import clock
from concierge.kernel.scope import ScopeRow
from concierge.kernel.work import Work
from concierge.staff.events import PairAssigned
from concierge.staff.models import Pairing
from concierge.staff.queries import absences
from concierge.staff.rules.pairing import checked_pair
from concierge.staff.services.fill_holes import fill_holes
from concierge.staff.services.open_to import open_to


def assign_pair(w: Work, project_id: int, a_id: int, b_id: int) -> Pairing:
    """Make these two the A and B of a project from today on.

    Raises: PairOfOne.
    Effects: the line before ends today and stays; A and B may see the project, the two before them no longer.
        Where both are away on some day, the unit head covers.
    Source: AB-1, AB-8 (nothing is overwritten).
    """
    checked_pair(a_id, b_id)
    before = w.session.execute(
        select(Pairing).where(Pairing.project_id == project_id, Pairing.until.is_(None)).with_for_update()
    ).scalar_one_or_none()
    before_a, before_b = (before.a_id, before.b_id) if before else (None, None)
    if before is not None:
        before.until = clock.today()
        gone = {before.a_id, before.b_id} - {a_id, b_id}
        w.session.execute(
            delete(ScopeRow).where(ScopeRow.project_id == project_id, ScopeRow.user_id.in_(gone))
        )
    pairing = w.add(
        Pairing(project_id=project_id, a_id=a_id, b_id=b_id, since=clock.today(), made_at=clock.now())
    )
    for person in (a_id, b_id):
        open_to(w, project_id, person)
    w.record(PairAssigned(project_id, a_id, b_id, before_a, before_b))
    away = absences(w.session, clock.today())
    if any(one.person_id in (a_id, b_id) for one in away):
        fill_holes(w, [project_id], clock.today(), max(one.last_on for one in away))
    return pairing
