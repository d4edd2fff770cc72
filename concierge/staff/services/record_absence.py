"""Write down that an officer is away; leave that would leave a project with nobody is refused."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from concierge.staff.events import AbsenceRecorded
from concierge.staff.models import Absence
from concierge.staff.queries import absences, agents, duties, spoken_name
from concierge.staff.rules.absence import (
    Away,
    AwayAlready,
    Gap,
    NobodyLeft,
    checked_days,
    first_overlap,
    gaps,
    who_could_cover,
)


def record_absence(asked: Away, reason: str, *, by: Actor) -> tuple[int, ...]:
    """Keep an absence; the answer is the projects nobody is there for, after one that nobody planned.

    Raises: Missing, when the person is no officer; AbsenceOutOfOrder; AwayAlready;
        NobodyLeft, for planned leave.
    Effects: plans made from now on count the officer's days without these.
    Source: AB-3.
    """
    checked_days(asked)
    with work(by) as w:
        people = {person.id: person for person in agents(w.session)}
        if asked.person_id not in people:
            raise Missing
        w.session.execute(select(Absence.id).with_for_update()).all()  # two leaves cannot pass each other
        others = absences(w.session, asked.first_on, asked.last_on)
        same = first_overlap(asked, others)
        if same is not None:
            name = spoken_name(people[asked.person_id])
            raise AwayAlready(person=name, first=same.first_on, last=same.last_on)
        open_gaps = gaps(asked, others, duties(w.session, asked.person_id))
        if open_gaps and asked.is_planned:
            cover = who_could_cover(asked, others, list(people))
            raise _nobody_left(w, open_gaps[0], [spoken_name(people[one]) for one in cover])
        row = w.add(
            Absence(
                person_id=asked.person_id,
                first_on=asked.first_on,
                last_on=asked.last_on,
                is_planned=asked.is_planned,
                reason=reason.strip(),
                recorded_at=clock.now(),
            )
        )
        w.record(AbsenceRecorded(row.id, asked.person_id, asked.first_on, asked.last_on))
        return tuple(project for gap in open_gaps for project in gap.project_ids)


def _nobody_left(w: Work, gap: Gap, cover: list[str]) -> NobodyLeft:
    away = next(person for person in agents(w.session) if person.id == gap.partner.person_id)
    return NobodyLeft(
        partner=spoken_name(away),
        first=gap.partner.first_on,
        last=gap.partner.last_on,
        count=len(gap.project_ids),
        cover="、".join(cover) or "—",
    )
