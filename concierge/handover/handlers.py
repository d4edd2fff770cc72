"""What handover does when somebody is away, or a project gets other people. Each may be run twice."""

from __future__ import annotations

from sqlalchemy import select

from concierge.handover.events import HandoverDropped
from concierge.handover.models import HandoverRow
from concierge.handover.queries.handovers import exists_for
from concierge.handover.rules.handover import HandoverKind, due_after_change, due_to_give
from concierge.handover.rules.takers import takings
from concierge.handover.services.make_handover import NewHandover, calendar_of, make_handover
from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.staff import queries as staff_queries
from concierge.staff.events import (
    AbsenceRecorded,
    AbsenceWithdrawn,
    CoverNamed,
    PairAssigned,
    StageEntered,
)
from concierge.staff.models import Absence
from concierge.staff.rules.minutes import DAY, day_of, minute_of
from concierge.staff.rules.presence import Presence, covers_by_project, stretches
from concierge.staff.rules.stages import Stage
from projects.models.project import Project


def hand_over_before_absence(w: Work, event: AbsenceRecorded) -> None:
    """Ask for a handover to each who acts while a person is away."""
    row = w.session.get(Absence, event.absence_id)
    away = staff_queries.away_of(row) if row is not None else None
    if row is None or away is None:
        return
    others = [
        one
        for one in staff_queries.absences(w.session, away.first_on, away.last_on)
        if (one.person_id, one.first_on) != (away.person_id, away.first_on)
    ]
    duties = {
        duty.project_id: duty
        for duty in (
            *staff_queries.duties(w.session, away.person_id),
            *staff_queries.duties_covered(w.session, away.person_id, away.first_on, away.last_on),
        )
    }
    covers = covers_by_project(staff_queries.covers(w.session, away.first_on, away.last_on))
    recorded_on = clock.local(row.recorded_at).date()
    for taking in takings(away, others, duties.values(), covers):
        make_handover(
            w,
            NewHandover(
                kind=HandoverKind.LEAVE if away.is_planned else HandoverKind.SUDDEN,
                from_id=away.person_id,
                to_id=taking.to_id,
                absence_id=row.id,
                first_on=taking.first_on,
                last_on=taking.last_on,
                due_on=due_to_give(taking.first_on, recorded_on, calendar_of(w)),
                projects=taking.projects,
            ),
        )


def drop_after_withdrawal(w: Work, event: AbsenceWithdrawn) -> None:
    """What had not begun is not handed over; what had, is handed back from today on."""
    asked = select(HandoverRow).where(
        HandoverRow.absence_id == event.absence_id, HandoverRow.dropped_at.is_(None)
    )
    today = clock.today()
    for row in w.session.scalars(asked.with_for_update()):
        if row.first_on > today or row.accepted_at is None:
            row.dropped_at = clock.now()
            w.record(HandoverDropped(row.id, row.from_id, row.to_id))
        elif row.last_on is not None and row.last_on >= today:
            row.last_on = max(row.first_on, today)


def hand_over_to_cover(w: Work, event: CoverNamed) -> None:
    """C takes over from whoever of the two leaves last, if both are away on these days."""
    duty = next((one for one in staff_queries.duties(w.session) if one.project_id == event.project_id), None)
    if duty is None:
        return
    away = staff_queries.absences(w.session, event.first_on, event.last_on)
    covers = staff_queries.covers(w.session, event.first_on, event.last_on)
    named = [one for one in covers if one.project_id == event.project_id]
    begin, end = minute_of(event.first_on), minute_of(event.last_on) + DAY
    acting = [
        one
        for one in stretches(duty, Presence(away), named, begin, end)
        if one.person_id == event.person_id and one.post == "C"
    ]
    if not acting:
        return
    first_on, last_on = day_of(acting[0].begin), day_of(acting[-1].end - 1)
    if exists_for(w.session, event.person_id, event.project_id, first_on):
        return
    begins = {one.person_id: one.begin for one in away}
    from_id, post = max(
        ((duty.a_id, "A"), (duty.b_id, "B")), key=lambda pair: (begins.get(pair[0], 0), pair[1])
    )
    make_handover(
        w,
        NewHandover(
            kind=HandoverKind.SUDDEN if event.is_head else HandoverKind.COVER,
            from_id=from_id,
            to_id=event.person_id,
            first_on=first_on,
            last_on=last_on,
            due_on=due_to_give(first_on, clock.today(), calendar_of(w)),
            projects=[(event.project_id, "A" if post == "B" else post)],
        ),
    )


def hand_over_after_change(w: Work, event: PairAssigned) -> None:
    """Whoever is no longer A or B hands over; a first pair takes over from the liaison."""
    due_on = due_after_change(clock.today(), calendar_of(w))
    changes = [
        (event.before_a_id, event.a_id, "A", HandoverKind.CHANGE),
        (event.before_b_id, event.b_id, "B", HandoverKind.CHANGE),
    ]
    if event.before_a_id is None:
        liaison = w.session.scalar(select(Project.liaison_id).where(Project.id == event.project_id))
        changes = [(liaison, event.a_id, "A", HandoverKind.STAGE)]
    for before, after, post, kind in changes:
        if before is not None and before != after:
            make_handover(
                w,
                NewHandover(
                    kind=kind,
                    from_id=before,
                    to_id=after,
                    first_on=clock.today(),
                    last_on=None,
                    due_on=due_on,
                    projects=[(event.project_id, post)],
                ),
            )


def hand_over_to_resident(w: Work, event: StageEntered) -> None:
    """When a project begins to operate, A hands over to the resident service officer."""
    if event.stage != Stage.OPERATION.value or event.person_id is None:
        return
    duty = next((one for one in staff_queries.duties(w.session) if one.project_id == event.project_id), None)
    if duty is None:
        return
    make_handover(
        w,
        NewHandover(
            kind=HandoverKind.STAGE,
            from_id=duty.a_id,
            to_id=event.person_id,
            first_on=clock.today(),
            last_on=None,
            due_on=due_after_change(clock.today(), calendar_of(w)),
            projects=[(event.project_id, "R")],
        ),
    )
