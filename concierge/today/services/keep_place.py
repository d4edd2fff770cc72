"""Write down where a department receives: the window, whom to ask, the order one walks in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.today.events import PlaceKept
from concierge.today.models import PlaceRow


@dataclass(frozen=True, kw_only=True)
class PlaceAsked:
    """Where one department receives; ``position`` orders the places of a tour."""

    department: str
    place: str
    contact: str = ""
    phone: str = ""
    position: int = 0


def keep_places(asked: list[PlaceAsked], *, by: Actor) -> None:
    """Keep the windows of these departments; an empty place forgets one."""
    with work(by) as w:
        codes = [one.department for one in asked]
        there = {
            row.department: row
            for row in w.session.scalars(select(PlaceRow).where(PlaceRow.department.in_(codes)))
        }
        for one in asked:
            row = there.get(one.department)
            if not one.place.strip():
                if row is not None:
                    w.session.delete(row)
                continue
            new = (one.place.strip(), one.contact.strip(), one.phone.strip(), one.position)
            if row is not None and (row.place, row.contact, row.phone, row.position) == new:
                continue
            row = row or PlaceRow(department=one.department)
            row.place, row.contact, row.phone, row.position = new
            w.add(row)
            w.record(PlaceKept(one.department, row.place))
