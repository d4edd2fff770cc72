"""Record what a department said about the half-days to come; its latest word counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from approvals.events.reviews import AvailabilityRecorded
from approvals.models.catalogue import DepartmentRow
from approvals.models.review import AvailabilityRow
from approvals.rules.sittings import Answer, Half
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing
from concierge.kernel.work import Work, work

TAKEN_BACK = "none"

HalfDays = Mapping[tuple[date, Half], Answer | None]
"""What was said of each half-day; None takes an earlier answer back."""


class HalfDayIsOver(Invalid):
    """An answer for a day that has passed helps nobody."""

    message = N_("%(on)s is over. Answers are recorded for today and later.")
    field = "answers"


def record_availability(
    department: str, said: HalfDays, *, said_by: str = "", note: str = "", by: Actor
) -> int:
    """Record one department's answers; answers how many half-days have another answer now.

    Shape: half-days that are not in ``said`` keep theirs. ``said_by`` is who spoke for the department.
    Raises: Missing, HalfDayIsOver.
    Effects: tells ``AvailabilityRecorded`` with what changed, if anything did.
    Source: JR-2, the latest answer counts.
    """
    with work(by) as w:
        return put_availability(w, department, said, said_by=said_by, note=note)


def put_availability(w: Work, department: str, said: HalfDays, *, said_by: str = "", note: str = "") -> int:
    """The same in the caller's work."""
    if w.session.scalar(select(DepartmentRow.id).where(DepartmentRow.code == department)) is None:
        raise Missing
    for on, _ in said:
        if on < clock.today():
            raise HalfDayIsOver(on=on)
    there = _locked(w, department, said)
    moved = {
        half_day: answer
        for half_day, answer in sorted(said.items(), key=lambda one: (one[0][0], one[0][1].number))
        if (there[half_day].answer if half_day in there else None) is not answer
    }
    for half_day, answer in moved.items():
        row = there.get(half_day)
        if answer is None:
            w.session.delete(row)
            continue
        if row is None:
            row = AvailabilityRow(department=department, on=half_day[0], half=half_day[1])
            w.session.add(row)
        row.answer, row.said_by, row.note, row.said_at = answer, said_by.strip(), note.strip(), clock.now()
    if moved:
        w.session.flush()
        told = {f"{on} {half.value}": a.value if a else TAKEN_BACK for (on, half), a in moved.items()}
        w.record(AvailabilityRecorded(department=department, answers=told, said_by=said_by.strip()))
    return len(moved)


def _locked(w: Work, department: str, said: HalfDays) -> dict[tuple[date, Half], AvailabilityRow]:
    days = {on for on, _ in said}
    rows = w.session.scalars(
        select(AvailabilityRow)
        .where(AvailabilityRow.department == department, AvailabilityRow.on.in_(days))
        .order_by(AvailabilityRow.id)
        .with_for_update()
    )
    return {(row.on, row.half): row for row in rows}
