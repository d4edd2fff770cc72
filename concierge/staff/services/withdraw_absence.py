"""Take an absence back: the officer is there after all. The line stays in the record."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.work import work
from concierge.staff.events import AbsenceWithdrawn
from concierge.staff.models import Absence


class AbsenceOver(Refusal):
    """The days have passed, or the absence was taken back before."""

    message = N_("This absence is over or was withdrawn before; what has happened stays in the record.")


def withdraw_absence(absence_id: int, *, by: Actor) -> None:
    """Take back an absence that is not over.

    Raises: Missing; AbsenceOver.
    """
    with work(by) as w:
        row = w.get(Absence, absence_id)
        if row.withdrawn_at is not None or row.last_on < clock.today():
            raise AbsenceOver
        row.withdrawn_at = clock.now()
        w.record(AbsenceWithdrawn(row.id, row.person_id, row.first_on, row.last_on))
