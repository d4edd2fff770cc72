"""Plan who is on duty outside office hours: one day, or the rest days to come turn about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlalchemy import select, update

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.outreach.events import DutyPlanned
from concierge.outreach.models.booking import DutyRow, ServiceBookingRow
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.queries import hours
from concierge.outreach.rules.off_hours import DutyWhileAway, Turn, check_duty, in_turn
from concierge.outreach.rules.standing import BookingState
from concierge.staff.queries import absences, agents, officers, spoken_name

LOOK_BACK = timedelta(days=180)
LONGEST_ROTA_DAYS = 62


def plan_duty(turn: Turn, *, by: Actor) -> int:
    """Give somebody a duty; answers its row.

    Raises: Missing, for an unknown officer or township; DutyOutOfOrder, DutyFull, DutyWhileAway;
        AlreadyThere, when the officer has a duty on that day.
    Source: SF-13.
    """
    with work(by) as w:
        names = {person.id: spoken_name(person) for person in officers(w.session)}
        if turn.person_id not in names or (turn.place and w.session.get(TownshipRow, turn.place) is None):
            raise Missing
        check_duty(turn, hours.turns(w.session, turn.on, turn.on), names, today=clock.today())
        away = {one.person_id for one in absences(w.session, turn.on, turn.on)}
        if turn.person_id in away:
            cover = [spoken_name(one) for one in agents(w.session) if one.id not in away]
            raise DutyWhileAway(
                who=names[turn.person_id], day=turn.on.isoformat(), cover="、".join(cover) or "—"
            )
        return _add(w, turn, names[turn.person_id])


def plan_rota(first_on: date, last_on: date, begins: time, ends: time, *, by: Actor, place: int = 0) -> int:
    """Give the rest days of a stretch that nobody has yet to the agents in turn; answers how many.

    Raises: Missing; DutyOutOfOrder.
    Source: SF-13, agents take turns; who is away is passed over.
    """
    last_on = min(last_on, first_on + timedelta(days=LONGEST_ROTA_DAYS))
    with work(by) as w:
        calendar = catalogue_queries.work_calendar(w.session)
        known = hours.turns(w.session, first_on - LOOK_BACK, last_on, place)
        taken = {turn.on for turn in known}
        days = [
            day
            for day in (first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1))
            if not calendar.is_workday(day) and day not in taken and day >= clock.today()
        ]
        people = {person.id: spoken_name(person) for person in agents(w.session)}
        busy = {(turn.on, turn.person_id) for turn in hours.turns(w.session, first_on, last_on)}
        plan = in_turn(days, sorted(people), known, _away(w, first_on, last_on))
        count = 0
        for day, person_id in plan:
            if (day, person_id) in busy:
                continue
            turn = Turn(day, begins, ends, place, person_id)
            check_duty(turn, (), people, today=clock.today())
            _add(w, turn, people[person_id])
            count += 1
        return count


def drop_duty(duty_id: int, *, by: Actor) -> int:
    """Take a duty back; answers how many bookings of that day have nobody now.

    Raises: Missing.
    """
    with work(by) as w:
        row = w.get(DutyRow, duty_id)
        booked = (
            ServiceBookingRow.on == row.on,
            ServiceBookingRow.officer_id == row.person_id,
            ServiceBookingRow.state == BookingState.BOOKED,
        )
        left = len(w.session.scalars(select(ServiceBookingRow.id).where(*booked)).all())
        w.session.execute(
            update(ServiceBookingRow)
            .where(*booked)
            .values(officer_id=None, officer="", version=ServiceBookingRow.version + 1)
            .execution_options(synchronize_session=False)
        )
        w.record(DutyPlanned(row.on, row.person_id, row.township_id, False))
        w.session.delete(row)
        return left


def _away(w: Work, first_on: date, last_on: date) -> dict[int, Sequence[tuple[date, date]]]:
    away: dict[int, list[tuple[date, date]]] = {}
    for one in absences(w.session, first_on, last_on):
        away.setdefault(one.person_id, []).append((one.first_on, one.last_on))
    return dict(away)


def _add(w: Work, turn: Turn, name: str) -> int:
    row = w.add(
        DutyRow(
            on=turn.on,
            begins=turn.begins,
            ends=turn.ends,
            place_key=turn.place,
            township_id=turn.place or None,
            person_id=turn.person_id,
            person=name,
            made_at=clock.now(),
        )
    )
    w.record(DutyPlanned(turn.on, turn.person_id, turn.place or None, True))
    return row.id
