"""Write down that an officer is away; leave that would leave a project with nobody is refused."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing, Refusal
from concierge.kernel.work import Work, work
from concierge.staff import queries
from concierge.staff.events import AbsenceRecorded
from concierge.staff.models import Absence
from concierge.staff.queries import spoken_name
from concierge.staff.rules.absence import Away, AwayAlready, Duty, checked_days, first_overlap
from concierge.staff.rules.holes import CoversThen, Hole, NobodyLeft, holes, partner_away, who_could_cover
from concierge.staff.rules.presence import Presence, covers_by_project
from concierge.staff.services.fill_holes import fill_holes


def record_absence(asked: Away, reason: str, *, by: Actor) -> tuple[int, ...]:
    """Keep an absence; the answer is the projects nobody is there for, after one that nobody planned.

    Raises: Missing, when the person is no officer; AbsenceOutOfOrder; AwayAlready;
        NobodyLeft or CoversThen, for planned leave.
    Effects: plans made from now on count the officer's days without these. What an unplanned absence leaves
        without anybody, the unit head covers from its first minute.
    Source: AB-3.
    """
    checked_days(asked)
    with work(by) as w:
        people = {person.id: spoken_name(person) for person in queries.officers(w.session)}
        if asked.person_id not in people:
            raise Missing
        w.session.execute(select(Absence.id).with_for_update()).all()  # two leaves cannot pass each other
        others = queries.absences(w.session, asked.first_on, asked.last_on)
        same = first_overlap(asked, others)
        if same is not None:
            name = people[asked.person_id]
            raise AwayAlready(person=name, first=same.first_on, last=same.last_on)
        duties = _duties(w, asked)
        found = _holes(w, asked, others, duties)
        if found and asked.is_planned:
            raise _refusal(asked, others, found, people)
        row = w.add(
            Absence(
                person_id=asked.person_id,
                first_on=asked.first_on,
                last_on=asked.last_on,
                from_time=asked.from_time,
                until_time=asked.until_time,
                is_planned=asked.is_planned,
                reason=reason.strip(),
                recorded_at=clock.now(),
            )
        )
        w.record(AbsenceRecorded(row.id, asked.person_id, asked.first_on, asked.last_on))
        alone = {hole.duty.project_id for hole in found}
        left = fill_holes(w, alone, asked.first_on, asked.last_on) if alone else ()
        return tuple(sorted({hole.duty.project_id for hole in left}))


def _duties(w: Work, asked: Away) -> list[Duty]:
    covered = queries.duties_covered(w.session, asked.person_id, asked.first_on, asked.last_on)
    own = queries.duties(w.session, asked.person_id)
    return list({duty.project_id: duty for duty in (*own, *covered)}.values())


def _holes(w: Work, asked: Away, others: Sequence[Away], duties: Sequence[Duty]) -> tuple[Hole, ...]:
    covers = covers_by_project(queries.covers(w.session, asked.first_on, asked.last_on))
    return holes(duties, Presence([*others, asked]), covers, asked.begin, asked.end)


def _refusal(asked: Away, others: Sequence[Away], found: Sequence[Hole], people: dict[int, str]) -> Refusal:
    ids = {hole.duty.project_id for hole in found}
    free = who_could_cover(people, Presence([*others, asked]), asked.begin, asked.end)
    pair = {found[0].duty.a_id, found[0].duty.b_id}
    facts = {
        "count": len(ids),
        "cover": "、".join(people[one] for one in free if one not in pair) or "—",
    }
    away = partner_away(found[0], asked.person_id, others)
    if away is None:
        return CoversThen(person=people[asked.person_id], **facts)
    partner = people.get(away.person_id) or str(away.person_id)
    return NobodyLeft(partner=partner, first=away.first_on, last=away.last_on, **facts)
