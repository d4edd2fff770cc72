"""The progress page as plain values for its template: nothing but the public object and the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from concierge.kernel import clock, spoken
from concierge.progress.press.step_drawing import step_drawing
from concierge.progress.rules.public_progress import Headline, ListedStep, Need, PublicProgress
from concierge.progress.views import progress_words as words
from projects.press.charted import STAGE_NAMES

LATEST = 4
PRESSING_WORKDAYS = 10
DARK_BELOW = 45  # percent: the figures stand on the light part of the bar then


@dataclass(frozen=True)
class ProgressSheet:
    """One page for one reader. Shape: ``before_*`` are the visit before this one and the day it showed.

    Source: PL-14, PL-15.
    """

    told: PublicProgress
    before_on: date | None = None
    before_start_on: date | None = None

    def headline(self) -> str:
        """The conclusion."""
        return words.headline(self.told.forecast)

    def sentences(self) -> str:
        """What stands below the conclusion: where it is now, against plan and target, and why it moved."""
        told = self.told.forecast
        return words.joined(
            self._now(), words.against_plan(told), words.against_target(told), words.slip(told)
        )

    def since(self) -> str:
        """What changed since the last visit."""
        return words.since(self.before_on, self.before_start_on, self.told.forecast)

    def latest(self) -> str:
        """The far end of the range."""
        return words.latest(self.told.forecast)

    def _now(self) -> str:
        if not self.told.now_step or self.told.forecast.headline is Headline.GIVEN_UP:
            return ""
        return gettext(
            "Now at “%(step)s” (%(department)s).",
            step=self.told.now_step,
            department=self.told.now_department,
        )

    def stage_now(self) -> str:
        """The stage the project is in: the first that is not done; nothing of any step."""
        one = next((one for one in self.told.stages if one.done < one.total), None)
        if one is None:
            return ""
        return gettext("In the stage “%(stage)s”.", stage=gettext(STAGE_NAMES[one.code]))

    def stages(self) -> list[dict[str, Any]]:
        """The stages as bars with their figures."""
        return [
            {
                "name": gettext(STAGE_NAMES[one.code]),
                "done": one.done,
                "total": one.total,
                "percent": round(100 * one.done / one.total) if one.total else 0,
                "is_dark": 100 * one.done < DARK_BELOW * one.total,
                "is_on": one.has_begun,
            }
            for one in self.told.stages
        ]

    def pressing(self) -> list[dict[str, Any]]:
        """What the enterprise has to do soon, or should have done."""
        return [self._need(one) for one in self.told.needs if one.left_workdays <= PRESSING_WORKDAYS]

    def later(self) -> list[dict[str, Any]]:
        """What it has to do after that."""
        return [self._need(one) for one in self.told.needs if one.left_workdays > PRESSING_WORKDAYS]

    def _need(self, one: Need) -> dict[str, Any]:
        return {
            "title": words.need_title(one),
            "note": words.need_note(one),
            "by_on": one.by_on,
            "papers": one.papers,
            "number": one.number,
            "is_late": one.left_workdays < 0,
        }

    def running(self) -> list[dict[str, Any]]:
        """What the departments do."""
        return [
            {"title": one.step, "note": words.running_note(one), "due_on": one.due_on}
            for one in self.told.running
        ]

    def latest_history(self) -> list[dict[str, Any]]:
        """What happened last."""
        return self._history()[:LATEST]

    def older_history(self) -> list[dict[str, Any]]:
        """What happened before."""
        return self._history()[LATEST:]

    def _history(self) -> list[dict[str, Any]]:
        return [{"on": one.on, "text": words.happened(one)} for one in self.told.history]

    def line(self, one: ListedStep) -> str:
        """What stands below a step on the list: its state, who has it, by when, and what was told first."""
        on = self.day(one.finish_on)
        if one.first_on:
            on = gettext("%(day)s (first told: %(first)s)", day=on, first=self.day(one.first_on))
        decides = gettext("decides the day now") if one.is_current else ""
        said = (self.state(one), decides, one.department, on)
        return gettext(", ").join(part for part in said if part)

    def drawing(self) -> Markup:
        """The whole list as one picture; empty without days."""
        told = step_drawing(
            self.told.steps, self.told.data_on, gettext("The whole way in one picture"), self.month
        )
        return Markup(told)  # noqa: S704  (press escapes the names, the rest is ours)

    def ahead(self) -> Sequence[ListedStep]:
        """What follows."""
        return self.told.ahead

    def by_stage(self) -> list[dict[str, Any]]:
        """The ordered list, stage by stage."""
        found: list[dict[str, Any]] = []
        for one in self.told.steps:
            if not found or found[-1]["code"] != one.stage:
                found.append({"code": one.stage, "name": gettext(STAGE_NAMES[one.stage]), "steps": []})
            found[-1]["steps"].append(one)
        return found

    def state(self, one: ListedStep) -> str:
        """Where a step stands, in a word, and when it ends or ended."""
        return words.state(one.state)

    def day(self, on: date | None) -> str:
        """A day; with its year, where that is not this one."""
        return words.day(on)

    def month(self, on: date) -> str:
        """The month below the figure of a day."""
        if spoken.is_chinese():
            return f"{on.month}月" if on.year == clock.today().year else f"{on.year}年{on.month}月"
        month = spoken.MONTHS[on.month - 1]
        return month if on.year == clock.today().year else f"{month} {on.year}"

    def officers(self) -> list[dict[str, Any]]:
        """Who to call, whoever acts today first."""
        return [
            {
                "name": one.name,
                "post": one.post,
                "note": words.officer_note(one),
                "phone": one.phone,
                "is_acting": one.is_acting,
            }
            for one in self.told.officers
        ]

    def updated(self) -> str:
        """When this was counted."""
        return f"{clock.local(self.told.updated_at):%H:%M}"
