"""Say how many steps an officer can hand in on one day: plans give nobody more."""

from __future__ import annotations

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing
from concierge.kernel.work import work
from concierge.staff import queries
from concierge.staff.events import HandInsLimited
from concierge.staff.models import StaffProfile

MOST_A_DAY = 99


class NoSuchDailyNumber(Invalid):
    """A number of hand-ins no working day could have."""

    message = N_(
        "Give 1 to %(most)s hand-ins a day, or leave the field empty for any number. For days away, record "
        "an absence."
    )


def limit_hand_ins(person_id: int, a_day: int | None, *, by: Actor) -> None:
    """Write down on how many steps a day an officer can go to a counter; None for any number.

    Raises: Missing, when the person is no officer; NoSuchDailyNumber.
    Source: AB-6, who hands in is the one who acts that day; the number is the office's own.
    """
    if a_day is not None and not 1 <= a_day <= MOST_A_DAY:
        raise NoSuchDailyNumber(field="daily_hand_ins", most=MOST_A_DAY)
    with work(by) as w:
        if person_id not in {person.id for person in queries.everyone(w.session)}:
            raise Missing
        row = queries.profile_to_change(w.session, person_id) or w.add(StaffProfile(person_id=person_id))
        if row.daily_hand_ins == a_day:
            return
        row.daily_hand_ins = a_day
        w.record(HandInsLimited(person_id, a_day))
