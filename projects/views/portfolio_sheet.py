"""The portfolio as plain values for its template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from approvals.rules.catalogue import Catalogue, Matter
from concierge.kernel import spoken
from concierge.kernel.web import language, may
from concierge.staff.queries import spoken_name
from projects.press.axis import TimeAxis
from projects.press.charted import STAGE_NAMES, owner_name, short_name
from projects.press.months import MonthColumn, months
from projects.press.strip import StripProject, StripStage, strip, strip_axis, strip_head
from projects.queries.portfolio import Ask, Line, Portfolio, ShownRow
from projects.queries.portfolio_plan import DepartmentLoad
from projects.rules.summary import Summary, summed
from projects.views.portfolio_plan_sheet import LoadTable
from projects.views.portfolio_words import PortfolioWords
from projects.views.words import chart_words, drawn, ended_said
from scheduler import WorkCalendar

STRIP_STAGES = ("land_planning", "construction_planning", "construction_permit")
DAYS_AHEAD = 8
MOST_NEEDS = 4
MOST_MONTHS = 6


@dataclass(frozen=True)
class PortfolioSheet:
    """The portfolio of one reader.

    Units: ``overdue_of`` answers the working days the step that holds a permit is past its promise.
    Shape: ``due`` asks for the counts of steps due; ``catalogue_of`` for a project's edition.
    """

    ask: Ask
    found: Portfolio
    today: date
    calendar: WorkCalendar
    catalogue: Catalogue
    catalogue_of: Callable[[int], Catalogue]
    due_counts: Callable[[Sequence[date]], dict[str, Any]]
    officers: Sequence[tuple[int, str]]
    overdue_of: Callable[[Line], int]
    counted_loads: Callable[[Sequence[date]], Sequence[DepartmentLoad]]

    @property
    def href(self) -> str:
        """Where the whole portfolio is."""
        return url_for("PortfolioView.list")

    @cached_property
    def summary(self) -> Summary:
        """The figures."""
        return summed(self.found.headlines, today=self.today, workdays_between=self.calendar.workdays_between)

    @property
    def is_closed(self) -> bool:
        """Whether those are shown that have ended: nothing is forecast of them, and nothing waits."""
        return self.ask.whose == "closed"

    @property
    def new_href(self) -> str:
        """Where a project is opened, for those who may."""
        return url_for("OpeningView.new") if may("open", "Project") else ""

    def facts(self) -> list[dict[str, Any]]:
        """The figures above the table."""
        s = self.summary
        if self.is_closed:
            return [
                {"term": gettext("Closed ones"), "value": s.projects, "unit": ""},
                {"term": gettext("Total investment"), "value": spoken.money(s.investment_wan), "unit": ""},
            ]
        late = (
            ngettext("by %(num)s working day at most", "by %(num)s working days at most", s.latest_workdays)
            if s.late
            else ""
        )
        return [
            {"term": gettext("Projects under way"), "value": s.projects, "unit": ""},
            {"term": gettext("Total investment"), "value": spoken.money(s.investment_wan), "unit": ""},
            {"term": gettext("Forecast on time"), "value": s.on_time, "unit": ""},
            {"term": gettext("Forecast past the target"), "value": s.late, "unit": late},
            {"term": gettext("Permits this quarter"), "value": s.this_quarter, "unit": ""},
            {
                "term": gettext("Saved by working side by side"),
                "value": s.saved_workdays,
                "unit": gettext("working days on average"),
            },
        ]

    def whose(self) -> list[dict[str, Any]]:
        """Mine, or everybody's."""
        counts = self.found.counts
        return [
            {
                "text": gettext("Mine"),
                "href": f"{self.href}?whose=mine",
                "is_current": self.ask.whose == "mine",
                "count": counts["mine"],
            },
            {
                "text": gettext("All"),
                "href": f"{self.href}?whose=all",
                "is_current": self.ask.whose not in ("mine", "closed"),
                "count": counts["all"],
            },
            {
                "text": gettext("Closed ones"),
                "href": f"{self.href}?whose=closed",
                "is_current": self.is_closed,
            },
        ]

    def templates(self) -> list[dict[str, str]]:
        """The process templates one may filter by."""
        return [{"value": t.code, "text": t.spoken(language())} for t in self.catalogue.templates]

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return replace(self.ask, page=1, whose="all") != Ask()

    def filter_text(self) -> str:
        """The filter as a person would say it."""
        parts = [self.ask.text]
        if self.ask.template:
            template = self.catalogue.template_of.get(self.ask.template)
            parts.append(template.spoken(language()) if template else self.ask.template)
        parts.extend(name for number, name in self.officers if number == self.ask.agent)
        return gettext(", ").join(part for part in parts if part) or gettext("Mine")

    @cached_property
    def _axis(self) -> TimeAxis:
        days = [self.today]
        for line in self.found.lines:
            days += [line.project.start_on, *filter(None, (line.permit_on, line.project.target_on))]
        first = max(min(days), self.today - timedelta(days=200))
        return strip_axis(first, max(days))

    def axis(self) -> Markup:
        """The head of the common axis."""
        return drawn(strip_head(self._axis, chart_words(), today_on=self.today))

    def lines(self) -> list[dict[str, Any]]:
        """The rows."""
        shown = tuple(line.project.id for line in self.found.lines)
        return [{**self._line(line), "row": ShownRow(line.project.id, shown)} for line in self.found.lines]

    def _line(self, line: Line) -> dict[str, Any]:
        project, permit, target = line.project, line.permit_on, line.project.target_on
        catalogue = self.catalogue_of(project.edition_id)
        plan = project.plan
        holding = catalogue.matter_of.get(plan.holding) if plan and plan.holding else None
        return {
            "href": url_for("ProjectView.one", project_id=project.id),
            "name": project.name,
            "ended": ended_said(project) if project.ended_on else "",
            "reason": project.ending_reason,
            "is_green": line.is_green,
            "enterprise": project.enterprise.name,
            "investment_wan": project.investment_wan,
            "land": self._land(line, catalogue),
            "strip": self._strip(line),
            "holding": self._holding(line, holding) if holding else "",
            "holder": owner_name(
                catalogue.department_of.get(holding.lead_department), holding.lead_department, language()
            )
            if holding
            else "",
            "done": line.done,
            "total": line.total,
            "permit_on": permit,
            "is_provisional": bool(plan and plan.is_provisional),
            "is_late": bool(permit and target and permit > target),
            "margin": self._margin(permit, target),
            "target_on": target,
            "a": spoken_name(line.pairing.a) if line.pairing else "",
            "b": spoken_name(line.pairing.b) if line.pairing else "",
        }

    def _land(self, line: Line, catalogue: Catalogue) -> str:
        supply = catalogue.attribute_of["land_supply"].spoken_value(
            line.fact("land_supply", catalogue), language()
        )
        area = line.fact("land_area_ha", catalogue)
        return f"{supply} {spoken.mu(area)}" if language() != "zh" else f"{supply}{spoken.mu(area)}"

    def _holding(self, line: Line, holding: Matter) -> str:
        plan, name = line.project.plan, short_name(holding, language())
        if line.queue is not None:
            return gettext("%(step)s, %(left)s", step=name, left=self._words.queue(line.queue))
        due = plan.holding_finish_on if plan else None
        if due is None:
            return name
        late = self.overdue_of(line) if due <= self.today else 0
        if late:
            told = ngettext("%(num)s working day overdue", "%(num)s working days overdue", late)
        elif due <= self.today:
            told = gettext("due today")
        else:
            left = self.calendar.workdays_between(self.today, due)
            told = ngettext("%(num)s working day left", "%(num)s working days left", left)
        return gettext("%(step)s, %(left)s", step=name, left=told)

    def _margin(self, permit: date | None, target: date | None) -> str:
        if permit is None or target is None:
            return ""
        if permit > target:
            return ngettext(
                "%(num)s working day late",
                "%(num)s working days late",
                self.calendar.workdays_between(target, permit),
            )
        return ngettext(
            "%(num)s working day of margin",
            "%(num)s working days of margin",
            self.calendar.workdays_between(permit, target),
        )

    def _strip(self, line: Line) -> Markup:
        ends: list[date] = []
        for stage in STRIP_STAGES:
            end = line.stage_ends.get(stage, line.project.start_on)
            ends.append(max([end, *ends]))
        stages = tuple(StripStage(str(place), end) for place, end in enumerate(ends, 1))
        project = StripProject(
            start_on=line.project.start_on,
            stages=stages,
            target_on=line.project.target_on,
            title=line.project.name,
        )
        return drawn(strip(project, self._axis, chart_words(), today_on=self.today))

    def legend(self) -> str:
        """The stages' numbers."""
        joint = "　" if language() == "zh" else ", "
        return joint.join(
            f"{place} {gettext(STAGE_NAMES[stage])}" for place, stage in enumerate(STRIP_STAGES, 1)
        )

    @cached_property
    def days(self) -> list[date]:
        """The next working days, today first."""
        first = self.calendar.next_workday(self.today - timedelta(days=1))
        return [self.calendar.add_workdays(first, n) for n in range(DAYS_AHEAD)]

    @cached_property
    def _words(self) -> PortfolioWords:
        return PortfolioWords(self.catalogue)

    @cached_property
    def load(self) -> LoadTable | None:
        """How full the counted departments are; None where nobody counts reviewers."""
        loads = self.counted_loads(self.days)
        return LoadTable(loads, self.days, self._words) if loads else None

    def due(self) -> list[dict[str, Any]]:
        """Steps due by department and day, the busiest department first."""
        rows = [
            {
                "name": owner_name(self.catalogue.department_of.get(code), code, language()),
                "counts": [counts[day] for day in self.days],
                "sum": counts.total(),
            }
            for code, counts in self.due_counts(self.days).items()
        ]
        return sorted(rows, key=lambda row: (-row["sum"], row["name"]))[: MOST_NEEDS * 2]

    def months(self) -> Markup:
        """Forecast permits by month."""
        columns = [
            MonthColumn(
                gettext("%(month)s/%(year)s", month=m.month, year=m.year % 100),
                m.on_time,
                m.late,
                spoken.money(m.investment_wan),
                gettext("late"),
            )
            for m in self.summary.months[:MOST_MONTHS]
        ]
        title = gettext("Forecast permits by month")
        return drawn(months("months", columns, title=title, desc=title))

    def needs(self) -> list[dict[str, str]]:
        """What waits for this reader: forecasts past their target, projects without officers."""
        found = []
        for line in () if self.is_closed else self.found.lines:
            project, permit, target = line.project, line.permit_on, line.project.target_on
            href = url_for("ProjectView.one", project_id=project.id)
            if permit and target and permit > target:
                days = self.calendar.workdays_between(target, permit)
                note = ngettext(
                    "Forecast %(num)s working day past the target",
                    "Forecast %(num)s working days past the target",
                    days,
                )
                found.append({"href": href, "icon": "esc", "title": project.name, "note": note})
            elif line.pairing is None:
                found.append(
                    {
                        "href": href,
                        "icon": "swap",
                        "title": project.name,
                        "note": gettext("No officers A and B yet"),
                    }
                )
        return found[:MOST_NEEDS]
