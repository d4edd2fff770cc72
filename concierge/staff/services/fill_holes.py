"""Never leave a project with nobody: the unit head covers, from the first minute, what nobody planned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.staff import queries
from concierge.staff.events import CoverNamed
from concierge.staff.models import CoverRow
from concierge.staff.rules.cover import CoverCause
from concierge.staff.rules.holes import Hole, fillings, holes
from concierge.staff.rules.minutes import DAY, minute_of
from concierge.staff.rules.presence import Presence, covers_by_project
from concierge.staff.services.open_to import lend_to


def fill_holes(w: Work, project_ids: Collection[int], first_on: date, last_on: date) -> tuple[Hole, ...]:
    """Have the heads cover what nobody is there for on these days; answers what stays open.

    Effects: C may see the projects until the cover is over; each cover is an event of its own.
    Source: AB-3, the unit head covers or names someone at once.
    """
    duties = [duty for duty in queries.duties(w.session) if duty.project_id in set(project_ids)]
    presence = Presence(queries.absences(w.session, first_on, last_on))
    begin, end = minute_of(first_on), minute_of(last_on) + DAY
    named = covers_by_project(queries.covers(w.session, first_on, last_on))
    heads = queries.heads(w.session)
    for hole in holes(duties, presence, named, begin, end):
        for cover in fillings(hole, presence, heads):
            row = w.add(
                CoverRow(
                    project_id=cover.project_id,
                    person_id=cover.person_id,
                    first_on=cover.first_on,
                    last_on=cover.last_on,
                    cause=CoverCause.HEAD,
                    named_by_id=w.by.id,
                    named_by=w.by.label,
                    named_at=clock.now(),
                )
            )
            lend_to(w, row)
            w.record(
                CoverNamed(
                    cover.project_id, row.id, cover.person_id, cover.first_on, cover.last_on, is_head=True
                )
            )
    named = covers_by_project(queries.covers(w.session, first_on, last_on))
    return holes(duties, presence, named, begin, end)
