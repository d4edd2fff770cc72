"""A project's plan as its document shows it: the dates that stand, in a table and drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from concierge.kernel.actor import SYSTEM
from documents.press.chart_pages import gantt_pages, network_pages
from documents.rules.days import short_day
from documents.rules.facts import Value
from projects.press.charted import Charting, charted, length_text, owner_name
from projects.press.words import Words
from projects.queries.project_file import ProjectFile, project_file
from projects.rules.project_plan import PlannedStep

STATES: Mapping[str, str] = {"done": "已办结", "running": "办理中", "todo": "未开始"}


@dataclass(frozen=True, kw_only=True)
class PlanCase:
    """The plan of one project, worded in Chinese."""

    file: ProjectFile
    rows: Sequence[dict[str, Value]]
    charts: Sequence[tuple[str, str]]

    @property
    def version(self) -> int:
        """The version of the plan that stands; 0 before the first."""
        return self.file.saved.number if self.file.saved else 0


def plan_case(session: Session, project_id: int, on: date) -> PlanCase:
    """The plan of one project as of a day. Shape: thirteen queries at the most. Raises: Missing."""
    file = project_file(session, project_id, SYSTEM, today=on)
    with force_locale("zh"):
        chart = charted(
            file.plan,
            Charting(
                catalogue=file.catalogue,
                translate=gettext,
                lang="zh",
                today=on,
                target_on=file.project.target_on,
                baseline=file.promise,
            ),
        )
        words = Words().translated(gettext)
        charts = [*network_pages(chart, words), *gantt_pages(chart, words)]
        rows = [_row(file, step) for step in file.plan.steps]
    return PlanCase(file=file, rows=rows, charts=charts)


def _row(file: ProjectFile, step: PlannedStep) -> dict[str, Value]:
    department = file.catalogue.department_of.get(step.department)
    return {
        "no": step.number,
        "name": step.name_zh + ("※" if step.critical else "") + ("▲" if step.is_provisional else ""),
        "department": owner_name(department, step.department, "zh"),
        "limit": length_text(step.segments, gettext),
        "start": short_day(step.start_on) if step.start_on else "",
        "accept": short_day(step.accept_on) if step.accept_on else "",
        "finish": short_day(step.finish_on) if step.finish_on else "",
        "slack": str(step.total_float) if step.leads_to_headline else "—",
        "state": _state(step),
    }


def _state(step: PlannedStep) -> str:
    if step.actual is None or step.actual.started_on is None:
        return STATES["todo"]
    return STATES["done" if step.actual.finished_on is not None else "running"]
