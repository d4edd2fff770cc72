"""The plan of all projects that stands, as plain values for its template: the conclusion first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from concierge.kernel import spoken
from concierge.kernel.web import may
from projects.queries.portfolio_plan import DayLoad, DepartmentLoad, PlanVersion
from projects.queries.portfolio_standing import SeenProject, Standing
from projects.rules.portfolio_days import ProjectLine, Summary
from projects.views.portfolio_version_sheet import version_row
from projects.views.portfolio_words import PortfolioWords, listed, weighed, workdays
from scheduler import WorkCalendar

PAGE_SIZE = 50
MOST_WAITS = 6
MOST_RELEASES = 5
MOST_VERSIONS_SHOWN = 6
MOST_DEPARTMENTS = 16
LEVELS = 4


@dataclass(frozen=True)
class LoadTable:
    """How full each department is on each of the next working days.

    Shape: ``capacity_href`` is where numbers of reviewers are recorded, empty for those who may not.
    """

    loads: Sequence[DepartmentLoad]
    days: Sequence[date]
    words: PortfolioWords
    capacity_href: str = ""

    def rows(self) -> list[dict[str, Any]]:
        """The departments, the fullest first."""
        return [
            {
                "name": self.words.department(load.department),
                "is_counted": any(day.places is not None for day in load.days),
                "cells": [_cell(day) for day in load.days],
            }
            for load in self._busy[:MOST_DEPARTMENTS]
        ]

    @cached_property
    def _busy(self) -> list[DepartmentLoad]:
        """The departments with a case, or with nobody there, on one of the days."""
        return [load for load in self.loads if any(day.used or day.places == 0 for day in load.days)]

    @property
    def idle(self) -> int:
        """How many counted departments have no case on any of the days."""
        return len(self.loads) - len(self._busy)

    @property
    def left_out(self) -> int:
        """How many busy departments the table has no room for."""
        return max(0, len(self._busy) - MOST_DEPARTMENTS)

    @property
    def uncounted(self) -> int:
        """How many of the departments with work have no recorded number of reviewers."""
        return sum(all(day.places is None for day in load.days) for load in self.loads)


def _cell(day: DayLoad) -> dict[str, Any]:
    """One day of one department: its number, how dark, and a word where it is full or fuller."""
    if day.places is None:
        return {"text": str(day.used) if day.used else "·", "look": "hv0", "mark": ""}
    text = f"{day.used}/{day.places}"
    if day.used > day.places:
        return {"text": text, "look": "hv4 bd-over", "mark": gettext("over")}
    if day.is_full:
        is_shut = day.places == 0
        return {
            "text": text,
            "look": "off" if is_shut else "hv4 bd-full",
            "mark": gettext("shut") if is_shut else gettext("full"),
        }
    return {"text": text, "look": f"hv{round(day.used / day.places * (LEVELS - 1))}", "mark": ""}


@dataclass(frozen=True)
class PortfolioPlanSheet:
    """The page of the plan of all projects, for one reader."""

    found: Standing
    load: LoadTable
    words: PortfolioWords
    calendar: WorkCalendar
    page: int = 1

    @property
    def version(self) -> PlanVersion | None:
        """The version that stands."""
        return self.found.standing

    @property
    def may_ask(self) -> bool:
        """Whether this reader may have a plan made."""
        return may("ask", "PortfolioPlan")

    @property
    def has_projects(self) -> bool:
        """Whether there is anything to plan, as far as this reader sees."""
        return bool(self.found.projects)

    @cached_property
    def _worth(self) -> Summary:
        return self.found.worth or Summary()

    @cached_property
    def _late(self) -> list[ProjectLine]:
        return [line for line in self._worth.lines if line.late_workdays > 0]

    # The conclusion

    def conclusion(self) -> str:
        """How many projects make their target."""
        due = sum(line.due_on is not None for line in self._worth.lines)
        if not due:
            return ngettext(
                "%(num)s project planned together; none has a target yet",
                "%(num)s projects planned together; none has a target yet",
                len(self._worth.lines),
            )
        if not self._late:
            return ngettext(
                "The %(num)s project with a target makes it",
                "All %(num)s projects with a target make it",
                due,
            )
        return ngettext(
            "%(kept)s of %(num)s project with a target makes it",
            "%(kept)s of %(num)s projects with a target make it",
            due,
            kept=due - len(self._late),
        )

    def reasons(self) -> list[str]:
        """What stands behind the conclusion, one sentence each."""
        found = []
        if self._late:
            found.append(
                ngettext(
                    "%(num)s project is late, by %(days)s in all.",
                    "%(num)s projects are late, by %(days)s in all.",
                    len(self._late),
                    days=workdays(sum(line.late_workdays for line in self._late)),
                )
            )
        found.append(self._proof())
        gain = self._worth.serial_workdays - self._worth.parallel_workdays
        if gain > 0:
            found.append(
                gettext(
                    "Handling reviews side by side gains %(days)s against one after another.",
                    days=workdays(gain),
                )
            )
        return [sentence for sentence in found if sentence]

    def _proof(self) -> str:
        """How far from the best possible the plan can be at most."""
        version = self.version
        if version is None or version.tardiness_workdays is None or version.bound_workdays is None:
            return ""
        gap = version.tardiness_workdays - version.bound_workdays
        if gap <= 0:
            return gettext("Proved: no plan makes the projects less late.")
        return gettext(
            "No plan can be better by more than %(days)s of weighted lateness: that is proved.",
            days=workdays(gap),
        )

    def facts(self) -> list[dict[str, Any]]:
        """The figures beside the conclusion."""
        version = self.version
        waited = sum(wait.workdays for wait in self._worth.waits)
        gap = None
        if version and version.tardiness_workdays is not None and version.bound_workdays is not None:
            gap = version.tardiness_workdays - version.bound_workdays
        gain = self._worth.serial_workdays - self._worth.parallel_workdays
        return [
            {
                "term": gettext("Past their target"),
                "value": len(self._late),
                "unit": workdays(sum(line.late_workdays for line in self._late)) if self._late else "",
            },
            {
                "term": gettext("From the proved bound"),
                "value": "—" if gap is None else gap,
                "unit": gettext("working days at most") if gap else gettext("proved best"),
            },
            {
                "term": gettext("Waiting for room"),
                "value": waited,
                "unit": gettext("working days in all"),
            },
            {"term": gettext("Gained side by side"), "value": gain, "unit": gettext("working days in all")},
        ]

    # What is waited for, and what would help

    def waits(self) -> list[dict[str, Any]]:
        """What is waited for longest, by all projects together."""
        return [
            {"name": self.words.wait(wait), "days": wait.workdays}
            for wait in sorted(self._worth.waits, key=lambda wait: -wait.workdays)[:MOST_WAITS]
        ]

    def releases(self) -> list[dict[str, Any]]:
        """The cheapest things to give, and what each would bring."""
        return [
            {
                "given": self.words.release(release),
                "brings": self.words.released(release),
                "names": listed(
                    self.found.projects[number].name
                    for number in release.projects
                    if number in self.found.projects
                ),
            }
            for release in self._worth.releases[:MOST_RELEASES]
        ]

    # Project by project

    @cached_property
    def _lines(self) -> list[tuple[ProjectLine, SeenProject]]:
        """The lines in sight: the latest first, then those that wait longest."""
        seen = [
            (line, self.found.projects[line.project_id])
            for line in self._worth.lines
            if line.project_id in self.found.projects
        ]
        return sorted(
            seen, key=lambda one: (-one[0].late_workdays, -one[0].limit_workdays, one[0].project_id)
        )

    @property
    def total(self) -> int:
        """How many projects of the plan are in sight."""
        return len(self._lines)

    @property
    def hidden(self) -> int:
        """How many projects of the plan this reader does not see."""
        return len(self._worth.lines) - len(self._lines)

    @property
    def pages(self) -> int:
        """On how many pages the projects stand."""
        return max(1, -(-len(self._lines) // PAGE_SIZE))

    @property
    def current(self) -> int:
        """The page that is shown."""
        return min(self.page, self.pages)

    def lines(self) -> list[dict[str, Any]]:
        """The projects of this page."""
        first = (self.current - 1) * PAGE_SIZE
        return [self._line(line, seen) for line, seen in self._lines[first : first + PAGE_SIZE]]

    def _line(self, line: ProjectLine, seen: SeenProject) -> dict[str, Any]:
        on = seen.headline_on or line.permit_on or line.start_on
        late = (
            self.calendar.workdays_between(line.due_on, on) if on and line.due_on and on > line.due_on else 0
        )
        planned = line.permit_on or line.start_on
        alone = (
            self.calendar.add_workdays(planned, -line.limit_workdays)
            if planned and line.limit_workdays
            else planned
        )
        return {
            "href": url_for("ProjectView.one", project_id=line.project_id),
            "name": seen.name,
            "weight": weighed(line),
            "target_on": line.due_on,
            "planned_on": on,
            "late": workdays(late) if late else "",
            "has_moved": on != planned,
            "alone_on": alone,
            "limit": line.limit_workdays,
            "waits": [self.words.wait(wait) for wait in line.waits],
            "gain": line.gain_workdays,
        }

    # Versions

    def versions(self) -> list[dict[str, Any]]:
        """The newest versions."""
        return [version_row(version, self.words) for version in self.found.versions[:MOST_VERSIONS_SHOWN]]

    def stands_since(self) -> str:
        """Who adopted the version that stands, and of which day it is."""
        version = self.version
        if version is None:
            return ""
        return gettext(
            "No. %(number)s, as of %(day)s, adopted by %(name)s",
            number=version.number,
            day=spoken.day(version.as_of),
            name=version.adopted_by or "—",
        )
