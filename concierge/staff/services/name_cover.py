"""Name C: who covers projects on days on which both of their people are away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing
from concierge.kernel.scope import require
from concierge.kernel.work import Work, work
from concierge.staff import queries
from concierge.staff.events import CoverNamed, CoverWithdrawn
from concierge.staff.models import CoverRow
from concierge.staff.queries import spoken_name
from concierge.staff.rules.absence import Duty
from concierge.staff.rules.cover import (
    CoverAway,
    CoverCause,
    CoverOfOwn,
    checked_cover,
    in_the_way,
    is_third,
)
from concierge.staff.rules.holes import who_could_cover
from concierge.staff.rules.minutes import DAY, minute_of
from concierge.staff.rules.presence import Cover, Presence
from concierge.staff.services.fill_holes import fill_holes
from concierge.staff.services.open_to import lend_to


class NothingToCover(Invalid):
    """No project was chosen, or one without a pair."""

    message = N_("Choose the projects to cover, each with its A and B named.")


def name_cover(
    project_ids: Collection[int], person_id: int, first_on: date, last_on: date, *, by: Actor
) -> int:
    """Have a third person cover these projects; answers how many.

    Raises: Missing, out of scope or no officer; NothingToCover; CoverOutOfOrder; CoverOfOwn; CoverAway.
    Effects: C may see the projects until the cover is over; of several covers for one day the latest counts,
        nothing is overwritten.
    Source: AB-3; that C passes on to nobody is ours.
    """
    with work(by) as w:
        people = {person.id: spoken_name(person) for person in queries.officers(w.session)}
        if person_id not in people:
            raise Missing
        duties = _duties(w, project_ids)
        if not duties:
            raise NothingToCover(field="projects")
        for duty in duties:
            cover = checked_cover(
                Cover(project_id=duty.project_id, person_id=person_id, first_on=first_on, last_on=last_on),
                clock.today(),
            )
            _check_there(w, cover, duty, people)
            row = w.add(
                CoverRow(
                    project_id=duty.project_id,
                    person_id=person_id,
                    first_on=first_on,
                    last_on=last_on,
                    cause=CoverCause.NAMED,
                    named_by_id=by.id,
                    named_by=by.label,
                    named_at=clock.now(),
                )
            )
            lend_to(w, row)
            w.record(CoverNamed(duty.project_id, row.id, person_id, first_on, last_on, is_head=False))
        return len(duties)


def withdraw_cover(cover_id: int, *, by: Actor) -> None:
    """Take a cover back; where that leaves nobody, the unit head covers.

    Raises: Missing, also when it is over or was withdrawn before.
    """
    with work(by) as w:
        row = w.get(CoverRow, cover_id)
        if row.withdrawn_at is not None or row.last_on < clock.today():
            raise Missing
        row.withdrawn_at = clock.now()
        w.session.flush()
        w.record(CoverWithdrawn(row.project_id, row.id, row.person_id))
        fill_holes(w, [row.project_id], max(row.first_on, clock.today()), row.last_on)


def _duties(w: Work, project_ids: Collection[int]) -> list[Duty]:
    for project_id in project_ids:
        require(w.session, w.by, project_id)
    return [duty for duty in queries.duties(w.session) if duty.project_id in set(project_ids)]


def _check_there(w: Work, cover: Cover, duty: Duty, people: dict[int, str]) -> None:
    if not is_third(cover, duty):
        raise CoverOfOwn(field="person", name=people[cover.person_id])
    absences = queries.absences(w.session, cover.first_on, cover.last_on)
    away = in_the_way(cover, absences)
    if away is not None:
        begin, end = minute_of(cover.first_on), minute_of(cover.last_on) + DAY
        free = who_could_cover(people, Presence(absences), begin, end)
        others = [people[one] for one in free if one not in {duty.a_id, duty.b_id}]
        raise CoverAway(
            name=people[cover.person_id],
            first=away.first_on,
            last=away.last_on,
            cover="、".join(others) or "—",
        )
