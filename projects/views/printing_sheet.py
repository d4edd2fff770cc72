"""The progress sheet as plain values for its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext, ngettext, pgettext
from markupsafe import Markup

from concierge.kernel import spoken
from concierge.kernel.errors import N_
from concierge.kernel.qr import qr
from concierge.kernel.web import language
from concierge.staff.queries import spoken_name
from projects.press.chart import ChartPlan
from projects.press.charted import charted, length_text, owner_name
from projects.press.network import Drawing, NetView, network
from projects.press.pieces import LYING_WIDTH, SHEET_WIDTH, pieces
from projects.queries.project_file import ProjectFile
from projects.rules.progress import Standing, standing
from projects.rules.project_plan import PlannedStep
from projects.views.step_states import pill_of
from projects.views.words import chart_words, charting, drawn, ended_said

TALLEST = 1.3  # of the first picture, in parts of the paper's width; the style sheet keeps it on the page
STATES: Mapping[Standing, str] = {
    Standing.DONE: N_("Done"),
    Standing.RUNNING: N_("In progress"),
    Standing.READY: N_("Ready to start"),
    Standing.WAITING: N_("Waiting"),
}


def on_paper(file: ProjectFile) -> ChartPlan:
    """The plan as a chart that leads nowhere: paper and files have no pages behind them."""
    return charted(file.plan, replace(charting(file), href_of=_nowhere))


def _nowhere(number: str) -> str:  # noqa: ARG001  (whatever step it is)
    return ""


@dataclass(frozen=True)
class ProgressSheet:
    """One project on paper; ``with_annex`` has all of a large network follow on further pages."""

    file: ProjectFile
    with_annex: bool = False

    @property
    def annex_href(self) -> str:
        """Where the sheet with the whole network is; empty where this one has it already."""
        if self.with_annex or self.view is NetView.ALL:
            return ""
        return url_for("PrintView.sheet", project_id=self.file.project.id, annex=1)

    @property
    def lang(self) -> str:
        """The reader's language."""
        return language()

    @property
    def number(self) -> str:
        """The sheet's number: the project's code and the version of the plan it shows."""
        version = self.file.saved.number if self.file.saved else 0
        return f"{self.file.project.code}-{version:02d}"

    @property
    def back(self) -> str:
        """Where the screen is."""
        return url_for("ProjectView.one", project_id=self.file.project.id)

    @cached_property
    def address(self) -> str:
        """The address behind the code: the project's own page."""
        base: str = current_app.config["CONCIERGE"].base_url
        return base + self.back

    def qr(self) -> Markup:
        """The address as a code for a phone's camera."""
        return qr(self.address)

    def money_and_land(self) -> str:
        """The investment, and how much land by which way."""
        plan, project = self.file.plan, self.file.project
        supply = self.file.catalogue.attribute_of["land_supply"].spoken_value(
            plan.expansion.value("land_supply"), self.lang
        )
        area = plan.expansion.value("land_area_ha")
        return pgettext("between clauses", ", ").join(
            [spoken.money(project.investment_wan), supply, spoken.mu(area)]  # type: ignore[arg-type]
        )

    def officers(self) -> str:
        """The officers A and B."""
        if self.file.pairing is None:
            return gettext("No officers A and B yet")
        return gettext(
            "A %(a)s; B %(b)s", a=spoken_name(self.file.pairing.a), b=spoken_name(self.file.pairing.b)
        )

    def conclusion(self) -> str:
        """The forecast in one sentence, or how it ended."""
        plan = self.file.plan
        if self.file.project.ended_on is not None:
            return ended_said(self.file.project)
        if plan.permit_on is not None:
            return gettext("Construction permit forecast for %(day)s", day=spoken.day(plan.permit_on))
        if plan.lawful_start_on is not None:
            return gettext("Lawful start forecast for %(day)s", day=spoken.day(plan.lawful_start_on))
        return ""

    def beside(self) -> str:
        """The forecast against the first plan and the target."""
        plan, project = self.file.plan, self.file.project
        calendar, permit = plan.calendar, plan.permit_on
        if calendar is None or permit is None:
            return ""
        parts = []
        told = self.file.first.permit_on if self.file.first else None
        if told is not None and permit > told:
            days = calendar.workdays_between(told, permit)
            parts.append(
                ngettext(
                    "%(num)s working day later than first planned",
                    "%(num)s working days later than first planned",
                    days,
                )
            )
        elif told is not None and permit < told:
            days = calendar.workdays_between(permit, told)
            parts.append(
                ngettext(
                    "%(num)s working day earlier than first planned",
                    "%(num)s working days earlier than first planned",
                    days,
                )
            )
        if project.target_on is not None:
            parts.append(gettext("target %(day)s", day=spoken.day(project.target_on)))
        if plan.lawful_start_on is not None:
            parts.append(
                gettext("building may lawfully begin on %(day)s", day=spoken.day(plan.lawful_start_on))
            )
        return pgettext("between clauses", ", ").join(parts)

    @cached_property
    def _chart(self) -> ChartPlan:
        return on_paper(self.file)

    @cached_property
    def _drawings(self) -> dict[NetView, list[Drawing]]:
        """What was drawn so far at the width of the paper."""
        return {}

    def _drawn(self, view: NetView) -> list[Drawing]:
        if view not in self._drawings:
            self._drawings[view] = network(
                self._chart, chart_words(), prefix="pnet", view=view, width=SHEET_WIDTH
            )
        return self._drawings[view]

    @cached_property
    def view(self) -> NetView:
        """What fits the first page: every work, else the unfinished ones, else the critical ones."""
        return next((v for v in (NetView.ALL, NetView.UNFINISHED) if self._fits(v)), NetView.CRITICAL)

    def _fits(self, view: NetView) -> bool:
        found = self._drawn(view)
        tall = sum(piece.steepness for one in found for piece in pieces(one.svg, "try"))
        return len(found) <= 1 and tall <= TALLEST

    def heading(self) -> str:
        """What the first picture shows."""
        return {
            NetView.ALL: gettext("Time-scaled arrow network"),
            NetView.UNFINISHED: gettext("Arrow network: unfinished works"),
            NetView.CRITICAL: gettext("Arrow network: critical works"),
        }[self.view]

    def picture(self) -> list[Markup]:
        """The network on the first page, in as many pieces as it takes."""
        found = self._drawn(self.view)
        return [drawn(piece.svg) for one in found for piece in pieces(one.svg, "sheet")]

    def annex(self) -> list[dict[str, Any]]:
        """The whole network stage by stage, where it is asked for and the first page has no room for it."""
        if self.view is NetView.ALL or not self.with_annex:
            return []
        return [
            {
                "title": one.title,
                "pieces": [drawn(p.svg) for p in pieces(one.svg, f"annex{at}", width=LYING_WIDTH)],
            }
            for at, one in enumerate(network(self._chart, chart_words(), prefix="anet", width=LYING_WIDTH))
        ]

    def rows(self) -> list[dict[str, Any]]:
        """The steps."""
        return [self._row(step) for step in self.file.plan.steps]

    def _row(self, step: PlannedStep) -> dict[str, Any]:
        file = self.file
        told = file.promise.step(step.code) if file.promise else None
        return {
            "number": step.number,
            "name": step.spoken(self.lang),
            "owner": owner_name(
                file.catalogue.department_of.get(step.department), step.department, self.lang
            ),
            "length": length_text(step.segments, gettext),
            "told_on": told.finish_on if told else None,
            "finish_on": None if file.is_left(step) else step.finish_on,
            "is_critical": step.code in file.plan.critical_path,
            "is_provisional": step.is_provisional,
            "state": pill_of(file, step)["text"] or gettext(STATES[standing(file.plan, step)]),
        }
