"""Who takes over what from whom: read off who acts without an absence, and who acts with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from concierge.staff.rules.absence import Away, Duty
from concierge.staff.rules.minutes import day_of
from concierge.staff.rules.presence import Cover, Presence, Stretch, stretches


@dataclass(frozen=True, kw_only=True)
class Taking:
    """Projects one person takes over on days. Shape: ``projects`` are numbers with the post handed over."""

    to_id: int
    first_on: date
    last_on: date
    projects: tuple[tuple[int, str], ...]


def takings(
    away: Away, others: Iterable[Away], duties: Iterable[Duty], covers: Mapping[int, Sequence[Cover]]
) -> tuple[Taking, ...]:
    """What goes over to whom because one person is away: one for each who acts instead.

    Shape: only what the person would have acted on without this absence; ``others`` without it.
    Source: AB-2, AB-4.
    """
    rest = list(others)
    with_it, without = Presence([*rest, away]), Presence(rest)
    found: dict[int, list[tuple[int, str, Stretch]]] = defaultdict(list)
    for duty in duties:
        named = covers.get(duty.project_id, ())
        own = [
            one
            for one in stretches(duty, without, named, away.begin, away.end)
            if one.person_id == away.person_id
        ]
        for mine in own:
            for one in stretches(duty, with_it, named, mine.begin, mine.end):
                if one.person_id is not None:
                    found[one.person_id].append((duty.project_id, mine.post, one))
    return tuple(
        Taking(
            to_id=person,
            first_on=day_of(min(one.begin for _, _, one in lines)),
            last_on=day_of(max(one.end for _, _, one in lines) - 1),
            projects=tuple(dict.fromkeys((project, post) for project, post, _ in lines)),
        )
        for person, lines in sorted(found.items())
    )
