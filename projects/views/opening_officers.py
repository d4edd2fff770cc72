"""Choosing the two officers of a project, with what each has on the desk: for the wizard and for later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext, ngettext

from concierge.kernel.errors import ConciergeError
from concierge.kernel.web import say
from concierge.staff.rules.pairing import Load, suggested_pair


@dataclass(frozen=True)
class OfficersPage:
    """The loads, the pair to propose and the pair chosen so far."""

    loads: Sequence[Load]
    chosen: tuple[int, int] | None
    is_told: bool = False
    errors: Sequence[dict[str, str]] = ()

    @cached_property
    def suggestion(self) -> tuple[Load, Load] | None:
        """The pair to propose; none with fewer than two officers."""
        try:
            return suggested_pair(self.loads)
        except ConciergeError:
            return None

    @property
    def lack(self) -> str:
        """Why nobody can be proposed."""
        try:
            suggested_pair(self.loads)
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
        """Why these two are proposed."""
        if self.suggestion is None:
            return []
        a, b = self.suggestion
        shared = dict(a.with_partner).get(b.person_id, 0)
        return [
            gettext(
                "A: %(name)s has the least on the desk (A for %(as_a)s, B for %(as_b)s)",
                name=a.name,
                as_a=a.as_a,
                as_b=a.as_b,
            ),
            ngettext(
                "B: %(name)s shares %(num)s project with %(a)s, and has the least among those "
                "(A for %(as_a)s, B for %(as_b)s)",
                "B: %(name)s shares %(num)s projects with %(a)s, and has the least among those "
                "(A for %(as_a)s, B for %(as_b)s)",
                shared,
                name=b.name,
                a=a.name,
                as_a=b.as_a,
                as_b=b.as_b,
            ),
        ]

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
