"""Tell a person what falls due within two days: each task once for each day it is due on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from concierge.desk.events import DeadlinesNear, NearThing
from concierge.desk.models.notices import NearRow
from concierge.kernel import clock
from concierge.kernel.work import Work


def tell_near(w: Work, person_id: int, things: Sequence[NearThing]) -> int:
    """Tell what was not told of before; answers how many things that is.

    Effects: tells ``DeadlinesNear``, once for all of them.
    Source: FE-16, SF-15.
    """
    known = set(
        w.session.execute(select(NearRow.key, NearRow.due_on).where(NearRow.person_id == person_id)).tuples()
    )
    new = [one for one in things if (one.key, one.due_on) not in known]
    for one in new:
        w.add(NearRow(person_id=person_id, key=one.key, due_on=one.due_on, told_at=clock.now()))
    if new:
        w.record(DeadlinesNear(person_id=person_id, things=tuple(new)))
    return len(new)
