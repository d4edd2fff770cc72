"""The words the charts print, in the reader's language; press itself knows no gettext.

``Words()`` is English. ``Words().translated(gettext)`` is the reader's: every text below is a source text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date

from concierge.kernel.errors import N_


@dataclass(frozen=True, kw_only=True)
class Words:
    """Every word a chart may print; dates are patterns, so that each language orders them its own way."""

    network_title: str = N_("Time-scaled arrow network")
    network_desc: str = N_(
        "%(works)s works, %(events)s events. Critical works: %(path)s. The step table has the same data."
    )
    network_part: str = N_("Network: %(stage)s")
    gantt_title: str = N_("Gantt chart")
    gantt_desc: str = N_(
        "%(works)s steps in groups, forecast against plan. The step table has the same data."
    )
    strip_desc: str = N_("From %(start)s to %(finish)s, target %(target)s")
    number: str = N_("No.")
    step: str = N_("Step")
    owner: str = N_("Responsible")
    length: str = N_("Limit")
    today: str = N_("Today")
    check_day: str = N_("Checked %(day)s")
    target: str = N_("Target %(day)s")
    provisional: str = N_("provisional")
    due_in: str = N_("Due %(month)s")
    tail_workdays: str = N_("Working days after the document it waits for: %(days)s")
    from_event: str = N_("continues from event %(letter)s, %(stage)s")
    meeting: str = N_("Meeting %(day)s")
    statutory_limit: str = N_("Statutory limit %(day)s")
    key_critical: str = N_("Critical path")
    key_ordinary: str = N_("Other work")
    key_doing: str = N_("In progress")
    key_done: str = N_("Complete")
    key_float: str = N_("Free float")
    key_dummy: str = N_("Dummy: result needed before acceptance")
    key_issue: str = N_("Decision waits for that document")
    key_front: str = N_("Progress frontier: left is behind, right is ahead")
    key_shared: str = N_("Event shared with another stage")
    key_department: str = N_("Department")
    key_enterprise: str = N_("Enterprise")
    key_joint: str = N_("Joint review and its meeting")
    key_notice: str = N_("Statutory notice period")
    key_utility: str = N_("Utility company")
    key_preparation: str = N_("Preparing the papers")
    key_special: str = N_("Special procedure, outside the limit")
    key_pause: str = N_("Clock stopped")
    key_total_float: str = N_("Total float")
    key_plan: str = N_("Plan")
    key_milestone: str = N_("Milestone")
    key_limit: str = N_("Statutory limit")
    key_provisional: str = N_("Holidays not announced yet")
    key_stage_done: str = N_("Stage complete")
    key_stage_doing: str = N_("Stage in progress")
    key_stage_todo: str = N_("Stage to come")
    key_target: str = N_("Target")
    key_over: str = N_("Past the target")
    month_names: str = N_("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    month: str = N_("%(name)s")
    year_month: str = N_("%(name)s %(year)s")
    day: str = N_("%(day)s %(name)s")
    week_day: str = N_("%(day)s/%(month)s")
    comma: str = N_(", ")

    def translated(self, translate: Callable[[str], str]) -> Words:
        """The same words through the reader's gettext."""
        return Words(**{field.name: translate(getattr(self, field.name)) for field in fields(self)})

    def _dated(self, pattern: str, on: date) -> str:
        name = self.month_names.split()[on.month - 1]
        return pattern % {"year": on.year, "month": on.month, "day": on.day, "name": name}

    def day_of(self, on: date) -> str:
        """A day as it stands in the text of a chart: 10 Jun, 6月10日."""
        return self._dated(self.day, on)

    def week_of(self, on: date) -> str:
        """A Monday under its month: 13/4, or 4/13."""
        return self._dated(self.week_day, on)

    def month_of(self, on: date, *, with_year: bool = False) -> str:
        """A month at the head of an axis: Apr, or Apr 2026 where the year begins or the axis does."""
        return self._dated(self.year_month if with_year else self.month, on)
