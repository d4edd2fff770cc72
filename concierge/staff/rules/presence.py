"""Who acts, to the minute: A, B from the first minute of A's absence, C while both are away."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from concierge.staff.rules.absence import Away, Duty
from concierge.staff.rules.minutes import DAY, WORKDAY_BEGINS, WORKDAY_ENDS, day_of, minute_of


@dataclass(frozen=True, kw_only=True)
class Cover:
    """One person who covers a project on days, both ends included; ``rank`` rises with each naming."""

    project_id: int
    person_id: int
    first_on: date
    last_on: date
    rank: int = 0


@dataclass(frozen=True, kw_only=True)
class Acting:
    """Who acts for a project: ``post`` is A, B or C, empty with ``person_id`` None where nobody is there."""

    project_id: int
    person_id: int | None
    post: str


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Minutes in which one person acts in one post."""

    begin: int
    end: int
    person_id: int | None
    post: str


class Presence:
    """Who is away when: absences by person, merged, for quick questions."""

    def __init__(self, absences: Iterable[Away]) -> None:
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for away in absences:
            if away.begin < away.end:
                spans[away.person_id].append((away.begin, away.end))
        self._spans = {person: _merged(found) for person, found in spans.items()}
        self._begins = {person: [begin for begin, _ in found] for person, found in self._spans.items()}

    def is_away(self, person_id: int, minute: int) -> bool:
        """Whether a person is away in one minute."""
        begins = self._begins.get(person_id)
        if not begins:
            return False
        place = bisect_right(begins, minute) - 1
        return place >= 0 and minute < self._spans[person_id][place][1]

    def is_there(self, person_id: int, begin: int, end: int) -> bool:
        """Whether a person is there in every minute of a stretch."""
        return not any(gone < end and begin < back for gone, back in self._spans.get(person_id, ()))

    def changes(self, person_id: int, begin: int, end: int) -> list[int]:
        """The minutes inside a stretch at which a person goes or comes back."""
        edges = (edge for span in self._spans.get(person_id, ()) for edge in span)
        return [edge for edge in edges if begin < edge < end]


def stretches(
    duty: Duty, presence: Presence, covers: Sequence[Cover], begin: int, end: int
) -> tuple[Stretch, ...]:
    """Who acts for one project in every minute of a stretch, in order and without a gap.

    Shape: ``covers`` are those of the project; where nobody is there, ``person_id`` is None.
    Source: AB-1, AB-2, AB-3; C is bounded: it covers while both are away, and nobody covers for C but
        another C named for these days.
    """
    edges = {begin}
    for person in {duty.a_id, duty.b_id, *(cover.person_id for cover in covers)}:
        edges.update(presence.changes(person, begin, end))
    for cover in covers:
        for edge in (minute_of(cover.first_on), minute_of(cover.last_on) + DAY):
            if begin < edge < end:
                edges.add(edge)
    found: list[Stretch] = []
    starts = sorted(edges)
    for place, last in zip(starts, [*starts[1:], end], strict=True):
        acts, post = _first_there(duty, presence, covers, place)
        if found and (found[-1].person_id, found[-1].post) == (acts, post):
            found[-1] = replace(found[-1], end=last)
            continue
        found.append(Stretch(begin=place, end=last, person_id=acts, post=post))
    return tuple(found)


def acting_at(duty: Duty, presence: Presence, covers: Sequence[Cover], minute: int) -> Acting:
    """Who acts in one minute.

    Source: AB-1 to AB-3.
    """
    person, post = _first_there(duty, presence, covers, minute)
    return Acting(project_id=duty.project_id, person_id=person, post=post)


def acting_on_day(duty: Duty, presence: Presence, covers: Sequence[Cover], on: date) -> Acting:
    """Whose day it is: A's unless A is away all the working day, else B's on the same terms, else C's.

    Source: AB-1 to AB-3; the hours are ours.
    """
    begin, end = minute_of(on, WORKDAY_BEGINS), minute_of(on, WORKDAY_ENDS)
    there = {one.post: one for one in stretches(duty, presence, covers, begin, end)}
    first = next((there[post] for post in ("A", "B", "C") if post in there), None)
    return Acting(
        project_id=duty.project_id,
        person_id=first.person_id if first else None,
        post=first.post if first else "",
    )


def covers_by_project(covers: Iterable[Cover]) -> Mapping[int, list[Cover]]:
    """The covers of each project."""
    found: dict[int, list[Cover]] = defaultdict(list)
    for cover in covers:
        found[cover.project_id].append(cover)
    return found


def _first_there(
    duty: Duty, presence: Presence, covers: Collection[Cover], minute: int
) -> tuple[int | None, str]:
    for person, post in ((duty.a_id, "A"), (duty.b_id, "B")):
        if not presence.is_away(person, minute):
            return person, post
    on = day_of(minute)
    named = [cover for cover in covers if cover.first_on <= on <= cover.last_on]
    for cover in sorted(named, key=lambda one: one.rank, reverse=True):
        if not presence.is_away(cover.person_id, minute):
            return cover.person_id, "C"
    return None, ""


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
