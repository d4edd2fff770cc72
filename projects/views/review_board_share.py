"""One sitting for several reviews: the agenda, who could join, and what that spares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext, ngettext

from concierge.kernel import spoken
from projects.queries.review_board import Board, Case
from projects.rules.review_board import Agenda, agenda, sharing
from projects.views.review_board_grid import Grid

MOST_OFFERED = 4


@dataclass(frozen=True)
class Share:
    """What the chosen half-day may hold. Shape: ``asked`` None while nobody has chosen who joins."""

    board: Board
    grid: Grid
    asked: tuple[str, ...] | None
    step_name: Callable[[str], str]

    @cached_property
    def _offered(self) -> list[Case]:
        slot = self.grid.chosen
        if slot is None:
            return []
        return self.board.companions(self.grid.case, slot.sitting.on)[:MOST_OFFERED]

    @cached_property
    def joined(self) -> list[Case]:
        """The reviews held in the same sitting: those asked for, else those that lose nothing by it.

        Shape: no more projects than the rule lets in, and no longer than the half-day.
        """
        slot = self.grid.chosen
        if slot is None:
            return []
        wanted = (
            [case for case in self._offered if case.key in self.asked]
            if self.asked is not None
            else [case for case in self._offered if slot.sitting.on <= self._latest(case)]
        )
        found: list[Case] = []
        for case in wanted:
            if self._fits([*found, case]):
                found.append(case)
        return found

    def _latest(self, case: Case) -> date:
        """Until when a review loses nothing by joining: its last harmless day, or its first if it is late."""
        first = self.board.half_days(case)
        return max(case.harmless.on, first[0][0]) if first else case.harmless.on

    def _fits(self, cases: list[Case]) -> bool:
        rule, there = self.grid.case.rule, self._there()
        projects = {self.grid.case.project_id, *(case.project_id for case in cases), *there}
        return len(projects) <= rule.projects_per_sitting and self._divided(cases).free_minutes >= 0

    def _there(self) -> dict[int, int]:
        """The minutes other projects have on the list of the sitting of that half-day already."""
        slot = self.grid.chosen
        sitting = self.grid.sitting_then(slot.sitting.on, slot.sitting.half) if slot else None
        found: dict[int, int] = {}
        for item in sitting.items if sitting else ():
            found[item.project_id] = found.get(item.project_id, 0) + item.minutes
        return found

    def _divided(self, cases: list[Case]) -> Agenda:
        slot, minutes = self.grid.chosen, self.grid.case.rule.minutes_per_project
        if slot is None:
            raise TypeError("no half-day is chosen, so there is nothing to divide")
        half = slot.sitting.half
        listed = [(str(project_id), length) for project_id, length in self._there().items()]
        parts = [*listed, (self.grid.case.key, minutes), *((case.key, minutes) for case in cases)]
        return agenda(half.begins_at, half.ends_at, parts)

    @property
    def agenda(self) -> list[dict[str, Any]]:
        """The list of the sitting, then those who could join it."""
        if self.grid.chosen is None:
            return []
        times = {item.key: item.begins_at for item in self._divided(self.joined).items}
        listed = [
            {"time": f"{times[str(project_id)]:%H:%M}", **self._listed(project_id, minutes)}
            for project_id, minutes in self._there().items()
        ]
        this = self.grid.case
        joined = {case.key for case in self.joined}
        return [
            *listed,
            {"time": f"{times[this.key]:%H:%M}", **self._part(this), "is_this": True},
            *(
                {
                    "time": f"{times[case.key]:%H:%M}" if case.key in joined else "—",
                    **self._part(case),
                    "is_in": case.key in joined,
                    "key": case.key,
                }
                for case in self._offered
            ),
        ]

    def _listed(self, project_id: int, minutes: int) -> dict[str, Any]:
        name = self.board.names.get(project_id, gettext("another project"))
        note = gettext("%(minutes)s minutes", minutes=minutes)
        return {"project": name, "step": gettext("announced already"), "note": note, "is_listed": True}

    def _part(self, case: Case) -> dict[str, Any]:
        this = self.grid.case
        note = gettext(
            "%(minutes)s minutes, %(n)s departments",
            minutes=case.rule.minutes_per_project,
            n=len(case.table),
        )
        slot = self.grid.chosen
        if case.key != this.key and slot is not None:
            note = gettext(
                "%(note)s, %(n)s of them here anyway; latest %(day)s",
                note=note,
                n=len({*case.table} & {*this.table}),
                day=spoken.day(case.harmless.on),
            )
        return {"project": case.project, "step": self.step_name(case.code), "note": note}

    @property
    def free(self) -> dict[str, str] | None:
        """What is left of the half-day."""
        if self.grid.chosen is None:
            return None
        divided = self._divided(self.joined)
        if divided.free_minutes <= 0:
            return None
        text = ngettext("%(num)s minute free", "%(num)s minutes free", divided.free_minutes)
        return {"time": f"{divided.ends_at:%H:%M}", "text": text}

    @property
    def hint(self) -> str:
        """What holding them together spares, or why there is nothing to hold together."""
        if self.grid.chosen is None:
            return ""
        listed = [frozenset(self.grid.case.table)] if self._there() else []
        tables = [*listed, frozenset(self.grid.case.table), *(frozenset(c.table) for c in self.joined)]
        found = sharing(tables)
        if not found.sittings:
            if self._offered:
                return gettext("Include another review to spare its departments a journey.")
            return gettext("No other review of this group could sit on that day.")
        return gettext(
            "Together: %(sittings)s, %(departments)s.",
            sittings=ngettext("%(num)s meeting fewer", "%(num)s meetings fewer", found.sittings),
            departments=ngettext(
                "%(num)s department spared a journey",
                "%(num)s departments spared a journey each",
                found.departments,
            )
            if found.trips == found.departments
            else ngettext("%(num)s journey spared", "%(num)s journeys spared", found.trips),
        )
