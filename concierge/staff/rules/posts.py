"""The posts of one person: of which projects A, B or C, and on which days the one who acts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from concierge.staff.rules.absence import Duty
from concierge.staff.rules.minutes import DAY, WORKDAY_BEGINS, WORKDAY_ENDS, day_of, minute_of
from concierge.staff.rules.presence import Cover, Presence, Stretch, stretches


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """One pair of a project from one minute to another; ``end`` None while it lasts."""

    duty: Duty
    begin: int
    end: int | None

    def begins_by(self, minute: int) -> bool:
        """Whether the line has begun in this minute."""
        return self.begin <= minute

    def has_ended(self, minute: int) -> bool:
        """Whether the line is over in this minute."""
        return self.end is not None and self.end <= minute


@dataclass(frozen=True, kw_only=True)
class PostDays:
    """One post of one person, with its days.

    Shape: ``held`` are first and last day of the asked ones on which the post was held; ``acts`` the days on
        some working minute of which the person acts, ``covers`` those of them because another is away: B for
        A, or C. A post of B that never acts has neither.
    """

    project_id: int
    post: str
    held: tuple[date, date]
    acts: tuple[date, ...]
    covers: tuple[date, ...]


def days_in_posts(
    person_id: int,
    lines: Sequence[PairLine],
    presence: Presence,
    covers: Mapping[int, Sequence[Cover]],
    days: tuple[date, date],
) -> tuple[PostDays, ...]:
    """The posts one person holds on days, both ends included.

    Source: AB-6, who acted on each day; AB-7, the acting one is marked.
    """
    held: dict[tuple[int, str], list[date]] = defaultdict(list)
    acts: dict[tuple[int, str], set[date]] = defaultdict(set)
    for line in lines:
        begin = max(line.begin, minute_of(days[0]))
        end = min(line.end or minute_of(days[1]) + DAY, minute_of(days[1]) + DAY)
        if begin >= end:
            continue
        duty = line.duty
        post = {duty.a_id: "A", duty.b_id: "B"}.get(person_id)
        if post:
            held[duty.project_id, post] += [day_of(begin), day_of(end - 1)]
        for stretch in stretches(duty, presence, covers.get(duty.project_id, ()), begin, end):
            if stretch.person_id == person_id:
                acts[duty.project_id, stretch.post].update(working_days(stretch))
    for key, on in acts.items():
        if key[1] == "C":
            held[key] += sorted(on)
    return tuple(
        PostDays(
            project_id=project_id,
            post=post,
            held=(min(found), max(found)),
            acts=tuple(sorted(acts.get((project_id, post), ()))),
            covers=tuple(sorted(acts.get((project_id, post), ()))) if post != "A" else (),
        )
        for (project_id, post), found in sorted(held.items())
        if found
    )


def working_days(stretch: Stretch) -> tuple[date, ...]:
    """The days some working minute of which lies in a stretch; rest days are days too."""
    found = []
    on = day_of(stretch.begin)
    while minute_of(on) < stretch.end:
        if stretch.begin < minute_of(on, WORKDAY_ENDS) and minute_of(on, WORKDAY_BEGINS) < stretch.end:
            found.append(on)
        on += timedelta(days=1)
    return tuple(found)
