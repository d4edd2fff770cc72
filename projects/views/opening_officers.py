"""Choosing the two officers of a project, with what each has on the desk: for the wizard and for later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext

from concierge.kernel.errors import N_, ConciergeError
from concierge.kernel.web import say
from concierge.staff.rules.pairing import ANYTHING, Ground, Load, Suggestion, Wanted, Weighed, suggestion


@dataclass(frozen=True)
class OfficersPage:
    """The loads, the pair to propose and the pair chosen so far."""

    loads: Sequence[Load]
    chosen: tuple[int, int] | None
    is_told: bool = False
    errors: Sequence[dict[str, str]] = ()
    wanted: Wanted = ANYTHING

    @cached_property
    def weighed(self) -> Suggestion | None:
        """The pair to propose, and how both were weighed; none with fewer than two officers."""
        try:
            return suggestion(self.loads, self.wanted)
        except ConciergeError:
            return None

    @property
    def suggestion(self) -> tuple[Load, Load] | None:
        """The pair to propose; none with fewer than two officers."""
        return (self.weighed.a.load, self.weighed.b.load) if self.weighed else None

    @property
    def lack(self) -> str:
        """Why nobody can be proposed."""
        try:
            suggestion(self.loads, self.wanted)
        except ConciergeError as error:
            return say(error)
        return ""

    def value(self, place: int) -> int | None:
        """Who stands in a field: the one chosen, or before any choice the one proposed."""
        if self.chosen is not None:
            return self.chosen[place]
        if self.is_told or self.suggestion is None:
            return None
        return self.suggestion[place].person_id

    def options(self) -> list[dict[str, Any]]:
        """Every officer, with the load, for a list to choose from."""
        return [{"value": load.person_id, "text": self._named(load)} for load in self.loads]

    def reasons(self) -> list[str]:
        """Why these two are proposed: what each carries, what counts for and against, and the sum."""
        if self.weighed is None:
            return []
        return [_reason("A", self.weighed.a), _reason("B", self.weighed.b)]

    def rows(self) -> list[dict[str, Any]]:
        """What each officer has on the desk, the least laden first."""
        names = {load.person_id: load.name for load in self.loads}
        proposed = {} if self.suggestion is None else dict(zip((x.person_id for x in self.suggestion), "AB"))  # noqa: B905  (two and two)
        return [
            {
                "name": load.name,
                "as_a": load.as_a,
                "as_b": load.as_b,
                "weight": f"{load.weight / 2:g}",
                "partners": gettext(", ").join(
                    f"{names[other]} {count}" for other, count in load.with_partner if other in names
                ),
                "post": proposed.get(load.person_id, ""),
            }
            for load in sorted(self.loads, key=lambda load: (load.weight, load.name))
        ]

    def name_of(self, person_id: int) -> str:
        """An officer's name."""
        return next((load.name for load in self.loads if load.person_id == person_id), "—")

    def error(self, field: str) -> str | None:
        """What is wrong with one field."""
        return next((one["message"] for one in self.errors if one["field"] == field), None)

    def _named(self, load: Load) -> str:
        return gettext("%(name)s (A %(as_a)s, B %(as_b)s)", name=load.name, as_a=load.as_a, as_b=load.as_b)


GROUNDS = {
    Ground.SKILL: N_("knows this kind of project %(points)s"),
    Ground.PARK: N_("looks after this park %(points)s"),
    Ground.AWAY: N_("is away now or soon %(points)s"),
    Ground.MIRROR: N_("shares projects with A already %(points)s"),
    Ground.SOURCE: N_("comes from the other source than A %(points)s"),
}


def _reason(post: str, one: Weighed) -> str:
    """How one of the two was weighed, to be checked by hand."""
    load = one.load
    parts = [
        gettext(
            "load %(weight)s (A for %(as_a)s, B for %(as_b)s)",
            weight=f"{load.weight / 2:g}",
            as_a=load.as_a,
            as_b=load.as_b,
        ),
        *(gettext(GROUNDS[ground], points=f"{points / 2:+g}") for ground, points in one.grounds),
    ]
    return gettext(
        "%(post)s: %(name)s, %(parts)s; together %(sum)s, the least",
        post=post,
        name=load.name,
        parts=gettext(", ").join(parts),
        sum=f"{one.points / 2:g}",
    )
