"""Keep the minutes of a session or a site visit; their lines become tasks."""

from __future__ import annotations

from collections.abc import Iterable

from approvals.events.reviews import MinutesKept
from approvals.models.minutes import MinutesAttendanceRow, MinutesRow
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.minutes import NewMinutes, NewTask, check_minutes
from approvals.services.give_tasks import give_tasks
from approvals.services.hold_review import department_names, held
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def keep_minutes(
    review_id: int, minutes: NewMinutes, *, tasks: Iterable[NewTask] = (), lang: str = "zh", by: Actor
) -> int:
    """Write the minutes down; answers their number. Earlier ones stay on record, the latest count.

    Raises: Missing; everything ``check_minutes`` and ``check_tasks`` refuse.
    Effects: tells ``MinutesKept`` and one ``ReviewTaskGiven`` for each task.
    Source: PR-4, PR-5, AC-13.
    """
    with work(by) as w:
        row, review = held(w, review_id)
        published = catalogue_queries.latest_catalogue(w.session)
        levels = {one.code: one.level for one in published.departments} if published else {}
        check_minutes(minutes, review, levels, department_names(w, lang), today=clock.today())
        kept = w.add(
            MinutesRow(
                project_id=row.project_id,
                review_id=row.id,
                held_on=minutes.held_on,
                place=minutes.place.strip(),
                text=minutes.text.strip(),
                kept_by=w.by.label,
                at=clock.now(),
            )
        )
        for one in minutes.present:
            w.add(
                MinutesAttendanceRow(
                    minutes_id=kept.id,
                    department=one.department,
                    officers=one.officers,
                    names=one.names.strip(),
                )
            )
        w.record(
            MinutesKept(
                review_id=row.id,
                project_id=row.project_id,
                held_on=minutes.held_on,
                present=tuple(one.department for one in minutes.present),
            )
        )
        give_tasks(w, review, tasks)
        return kept.id
