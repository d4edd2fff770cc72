"""Take in a complaint about an approval, or an order of the hotline."""

from __future__ import annotations

from datetime import time

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.services.take_number import next_in_series
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.supervision.events import ComplaintTaken
from concierge.supervision.models.complaint import ComplaintRow
from concierge.supervision.queries.complaints import last_complaint
from concierge.supervision.rules.complaints import (
    ComplaintInTheFuture,
    ComplaintStanding,
    ComplaintWay,
    NewComplaint,
    complaint_due,
)

SERIES = "complaint"


def take_complaint(new: NewComplaint, *, closing: time, by: Actor) -> int:
    """Take it in under the next number of the year, with the day it is decided or answered by.

    Units: ``closing`` is when the office closes.
    Shape: an order of the hotline is to be answered at once; a complaint made here is accepted first. One
        that came after closing, or on a day of rest, counts from the next working day.
    Raises: Missing, ComplaintInTheFuture.
    Source: SV-8, WD-3.
    """
    with work(by) as w:
        if new.came_at > clock.now():
            raise ComplaintInTheFuture(field="came_at")
        project_id = w.get(Step, new.step_id).project_id if new.step_id else new.project_id
        calendar = catalogue_queries.work_calendar(w.session)
        came_on = calendar.received_on(clock.local(new.came_at).replace(tzinfo=None), closing)
        due = complaint_due(new.way, new.came_at, came_on, calendar)
        is_order = new.way is ComplaintWay.HOTLINE
        row = w.add(
            ComplaintRow(
                year=came_on.year,
                serial=next_in_series(w, SERIES, came_on.year, after=last_complaint(w.session, came_on.year)),
                way=new.way,
                outside_number=new.outside_number.strip(),
                project_id=project_id,
                step_id=new.step_id,
                department=new.department,
                complainant=new.complainant.strip(),
                phone=new.phone.strip(),
                text=new.text.strip(),
                came_at=new.came_at,
                came_on=came_on,
                taken_in_by_id=by.id,
                taken_in_by=by.label,
                standing=ComplaintStanding.ACCEPTED if is_order else ComplaintStanding.RECEIVED,
                due_on=due.answer_on,
                return_by=due.return_by,
            )
        )
        w.record(
            ComplaintTaken(
                complaint_id=row.id,
                project_id=project_id,
                department=row.department,
                way=row.way.value,
                year=row.year,
                serial=row.serial,
                due_on=row.due_on,
            )
        )
        return row.id
