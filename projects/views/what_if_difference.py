"""What a change does to a plan: steps that come and go with reasons, every moved step old → new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext, ngettext

from concierge.kernel.web import language
from projects.rules.cascade import Cascade, StepMove, cascade
from projects.rules.expand import ExpansionChange, expansion_change
from projects.rules.project_plan import ProjectPlan
from projects.views.opening_check import said_reasons


@dataclass(frozen=True)
class Difference:
    """Two plans of one project, before and after."""

    old: ProjectPlan
    new: ProjectPlan

    @cached_property
    def cascade(self) -> Cascade:
        """Every step that moves."""
        return cascade(self.old, self.new)

    @cached_property
    def list_change(self) -> ExpansionChange:
        """The steps that come and go."""
        return expansion_change(self.old.expansion, self.new.expansion)

    @property
    def is_none(self) -> bool:
        """Whether nothing changes at all."""
        return self.cascade.is_empty and self.list_change.is_empty

    def headlines(self) -> list[dict[str, Any]]:
        """The two headline days, old and new, with the days between them."""
        pairs = (
            (gettext("Construction permit"), self.old.permit_on, self.new.permit_on),
            (gettext("Lawful start"), self.old.lawful_start_on, self.new.lawful_start_on),
        )
        return [
            {"name": name, "old_on": old, "new_on": new, **self._later(old, new)}
            for name, old, new in pairs
            if old or new
        ]

    def added(self) -> list[dict[str, Any]]:
        """The steps that come onto the list, and the facts that put them there."""
        found = []
        for draft in self.list_change.added:
            step = self.new.step(draft.code)
            found.append(
                {
                    "name": draft.matter.spoken(language()),
                    "because": said_reasons(draft.because),
                    "start_on": step.start_on,
                    "finish_on": step.finish_on,
                }
            )
        return found

    def removed(self) -> list[dict[str, Any]]:
        """The steps that fall off the list, and the facts that say so; one under way keeps its record."""
        found = []
        for item in self.list_change.removed:
            step = self.old.step(item.matter.code)
            found.append(
                {
                    "name": item.matter.spoken(language()),
                    "because": said_reasons(item.because),
                    "is_under_way": step.actual is not None,
                }
            )
        return found

    def moved(self) -> list[dict[str, Any]]:
        """Every step on both lists whose days change, in the order of the list."""
        return [self._moved(move) for move in self._moves()]

    def _moves(self) -> Iterable[StepMove]:
        came_or_went = {draft.code for draft in self.list_change.added}
        came_or_went |= {item.matter.code for item in self.list_change.removed}
        return (move for move in self.cascade.moves if move.code not in came_or_went)

    def _moved(self, move: StepMove) -> dict[str, Any]:
        step = self.new.step(move.code)
        return {
            "number": step.number,
            "name": step.spoken(language()),
            "is_critical": step.code in self.new.critical_path,
            "old_start_on": move.old_start_on,
            "new_start_on": move.new_start_on,
            "old_finish_on": move.old_finish_on,
            "new_finish_on": move.new_finish_on,
            "later": said_days(move.workdays_later or 0),
            "is_later": (move.workdays_later or 0) > 0,
        }

    def _later(self, old: date | None, new: date | None) -> dict[str, Any]:
        if old is None or new is None or self.new.calendar is None:
            return {"days": None, "said": ""}
        days = self.new.calendar.workdays_between(old, new) if new >= old else 0
        days = days if new >= old else -self.new.calendar.workdays_between(new, old)
        return {"days": days, "said": said_later(days)}


def said_days(days: int) -> str:
    """Working days later or earlier, for a table: +3, −2."""
    return f"+{days}" if days > 0 else f"−{-days}" if days < 0 else "0"


def said_later(days: int) -> str:
    """Working days later or earlier, in words."""
    if days > 0:
        return ngettext("%(num)s working day later", "%(num)s working days later", days)
    if days < 0:
        return ngettext("%(num)s working day earlier", "%(num)s working days earlier", -days)
    return gettext("the same day")
