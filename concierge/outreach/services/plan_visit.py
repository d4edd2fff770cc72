"""Plan a visit to an enterprise's project or to a household of a grid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from sqlalchemy import select

from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.outreach.events import VisitPlanned
from concierge.outreach.models.place import GridRow
from concierge.outreach.models.visit import VisitRow
from concierge.outreach.queries import visits
from concierge.outreach.queries.people import in_charge
from concierge.outreach.rules.standing import VisitState
from concierge.outreach.rules.visits import PlannedVisit, checked_visit
from concierge.staff.queries import spoken_name


@dataclass(frozen=True, kw_only=True)
class NewVisit:
    """A visit as it is asked for. Shape: a project or a grid, or neither."""

    plan: PlannedVisit
    visitor_id: int
    planned_at: time | None = None
    project_id: int | None = None
    grid_id: int | None = None


def plan_visit(new: NewVisit, *, by: Actor) -> int:
    """Plan the visit; answers its row.

    Raises: Missing, for a project or grid out of charge or an unknown officer; VisitDetailsNeeded,
        NumberInText.
    Effects: it stands in the visitor's day.
    """
    with work(by) as w:
        return plan(w, new)


def plan(w: Work, new: NewVisit) -> int:
    """The same in the caller's work. Raises: as ``plan_visit``."""
    asked = checked_visit(new.plan, today=clock.today())
    _in_charge(w, new)
    names = {person.id: spoken_name(person) for person in visits.visitors(w.session)}
    if new.visitor_id not in names:
        raise Missing
    row = w.add(
        VisitRow(
            project_id=new.project_id,
            grid_id=new.grid_id,
            place=asked.place,
            to_whom=asked.to_whom,
            purpose=asked.purpose,
            visitor_id=new.visitor_id,
            visitor=names[new.visitor_id],
            planned_on=asked.planned_on,
            planned_at=new.planned_at,
            minutes=asked.minutes,
            state=VisitState.PLANNED,
            made_at=clock.now(),
        )
    )
    w.record(VisitPlanned(row.id, row.project_id, row.visitor_id, row.planned_on))
    return row.id


def _in_charge(w: Work, new: NewVisit) -> None:
    if new.project_id is not None:
        scope.require(w.session, w.by, new.project_id)
    if new.grid_id is not None:
        asked = select(GridRow.id).where(GridRow.id == new.grid_id, in_charge(w.by, GridRow.township_id))
        if w.session.scalar(asked) is None:
            raise Missing
