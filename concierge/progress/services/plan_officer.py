"""Say yes to a pick-up or a visit: it becomes a planned visit in an officer's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.outreach.rules.visits import PlannedVisit
from concierge.outreach.services.plan_visit import NewVisit, plan
from concierge.progress.models.acts import IncomingRow
from concierge.progress.rules.acts import ActKind, IncomingState
from concierge.progress.rules.incoming import check_handling
from concierge.progress.services.answer_incoming import settle
from concierge.progress.services.keep_incoming import person_of

MINUTES = {ActKind.PICK_UP: 30, ActKind.VISIT: 60}


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """Who goes, and when; ``answer`` is what the enterprise reads beside it.

    Units: ``at`` is a time of day in Asia/Shanghai, None for any time.
    """

    visitor_id: int
    on: date
    at: time | None = None
    answer: str = ""


def plan_officer(incoming_id: int, arranged: Arranged, *, version: int | None = None, by: Actor) -> int:
    """Plan the visit that was asked for; answers its row.

    Raises: Missing, Stale; HandledBefore, NotWhatFollows; VisitDetailsNeeded, NumberInText.
    Effects: it stands in the officer's day, and on the enterprise's page with day and name.
    """
    with work(by) as w:
        row = w.get(IncomingRow, incoming_id, version=version)
        check_handling(row.kind, row.state, IncomingState.TAKEN, who=row.handled_by)
        name, _ = person_of(row)
        new = NewVisit(
            plan=PlannedVisit(
                place=row.place,
                to_whom=name or row.sender,
                purpose=row.words,
                planned_on=arranged.on,
                minutes=MINUTES.get(row.kind, 30),
            ),
            visitor_id=arranged.visitor_id,
            planned_at=arranged.at,
            project_id=row.project_id,
        )
        visit_id = plan(w, new)
        row.wanted_on, row.begins = arranged.on, arranged.at
        settle(w, row, IncomingState.TAKEN, answer=arranged.answer.strip(), about_id=visit_id)
        return visit_id
