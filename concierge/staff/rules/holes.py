"""Minutes in which nobody would be there for a project: found before they are, refused or filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from concierge.kernel.errors import N_, Refusal
from concierge.staff.rules.absence import Away, Duty
from concierge.staff.rules.minutes import DAY, day_of, minute_of
from concierge.staff.rules.presence import Cover, Presence, stretches


class NobodyLeft(Refusal):
    """Both people of a project would be away at once."""

    message = N_(
        "%(partner)s is away from %(first)s to %(last)s, so nobody would be left for projects the two share "
        "(%(count)s). Choose other days, or have the chief name a C for these days or give these projects "
        "another officer; there all the time: %(cover)s."
    )


class CoversThen(Refusal):
    """The person is the one who covers while two others are away: that cannot be passed on."""

    message = N_(
        "%(person)s covers for two others on these days (projects: %(count)s), and a cover is not passed on. "
        "Have the chief name another C first; there all the time: %(cover)s."
    )


@dataclass(frozen=True, kw_only=True)
class Hole:
    """Minutes in which nobody is there for a project."""

    duty: Duty
    begin: int
    end: int

    @property
    def days(self) -> tuple[date, ...]:
        """The civil days it touches."""
        first, last = day_of(self.begin), day_of(self.end - 1)
        return tuple(first + timedelta(days=after) for after in range((last - first).days + 1))


def holes(
    duties: Iterable[Duty],
    presence: Presence,
    covers: Mapping[int, Sequence[Cover]],
    begin: int,
    end: int,
) -> tuple[Hole, ...]:
    """Every stretch of these minutes in which nobody is there for a project, by project and time.

    Source: AB-3, at least one of the two is on duty.
    """
    return tuple(
        Hole(duty=duty, begin=one.begin, end=one.end)
        for duty in duties
        for one in stretches(duty, presence, covers.get(duty.project_id, ()), begin, end)
        if one.person_id is None
    )


def partner_away(hole: Hole, person_id: int, others: Iterable[Away]) -> Away | None:
    """The absence of the partner that makes a hole; None where the person is not A or B of the project."""
    duty = hole.duty
    if person_id not in {duty.a_id, duty.b_id}:
        return None
    partner = duty.b_id if person_id == duty.a_id else duty.a_id
    met = (away for away in others if away.person_id == partner)
    return next((away for away in met if away.begin < hole.end and hole.begin < away.end), None)


def who_could_cover(people: Iterable[int], presence: Presence, begin: int, end: int) -> tuple[int, ...]:
    """Of these people, those who are there in every minute."""
    return tuple(person for person in people if presence.is_there(person, begin, end))


def fillings(hole: Hole, presence: Presence, heads: Sequence[int]) -> tuple[Cover, ...]:
    """Who covers a hole nobody planned: the first of the heads who is there, day by day where need be.

    Shape: ``heads`` in the order in which they step in; A and B of the project are left out. A day on which
        none of them is there all the time goes to the first who is there for a part of it; without any, it
        is left out and stays a hole.
    Source: AB-3, the unit head covers or names someone at once.
    """
    able = [person for person in heads if person not in {hole.duty.a_id, hole.duty.b_id}]
    found: list[Cover] = []
    for on in hole.days:
        begin, end = max(hole.begin, minute_of(on)), min(hole.end, minute_of(on) + DAY)
        there = [person for person in able if presence.is_there(person, begin, end)]
        partly = [person for person in able if not presence.is_away(person, begin)]
        person = next(iter((there or partly)[:1]), None)
        if person is None:
            continue
        if found and found[-1].person_id == person and found[-1].last_on == on - timedelta(days=1):
            found[-1] = _longer(found[-1], on)
        else:
            found.append(Cover(project_id=hole.duty.project_id, person_id=person, first_on=on, last_on=on))
    return tuple(found)


def _longer(cover: Cover, last_on: date) -> Cover:
    return Cover(
        project_id=cover.project_id,
        person_id=cover.person_id,
        first_on=cover.first_on,
        last_on=last_on,
        rank=cover.rank,
    )
