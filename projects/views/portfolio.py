"""The portfolio: which projects need somebody, on one time axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import Response, request
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.ways import STANDING_STILL
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_
from concierge.kernel.tables import Table
from concierge.kernel.web import Page, actor, allowed, whole_number
from concierge.staff.queries import agents, spoken_name
from projects.queries.portfolio import Ask, Line, due_by_department, everything, portfolio
from projects.queries.portfolio_standing import counted_loads
from projects.queries.standing import expansion_of
from projects.rules.day_clock import ClockRun, day_clock
from projects.views.portfolio_sheet import PortfolioSheet
from scheduler import WorkCalendar

LONGEST_TEXT = 60
HEADS = (
    N_("Project code"),
    N_("Project"),
    N_("Enterprise"),
    N_("Investment (10k yuan)"),
    N_("Start"),
    N_("Target"),
    N_("Permit"),
    N_("Lawful start"),
    N_("A"),
    N_("B"),
)


class PortfolioView(Page):
    """Every project a person may see."""

    route_base = "/projects"
    class_permission_name = "Project"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The table of projects."""
        return self.show("projects/portfolio.html", page=self._sheet())

    @expose("/ledger")
    @allowed("list")
    def print_ledger(self) -> Any:
        """The same page of the table on A4: the ledger (项目台账)."""
        return self.show("projects/print_ledger.html", page=self._sheet())

    def _sheet(self) -> PortfolioSheet:
        ask = _asked()
        catalogue = catalogue_queries.published_catalogue(db.session)
        calendar = catalogue_queries.work_calendar(db.session)

        def due(days: Sequence[date]) -> dict[str, Any]:
            return due_by_department(db.session, actor(), days)

        return PortfolioSheet(
            ask=ask,
            found=portfolio(db.session, ask, actor()),
            today=clock.today(),
            calendar=calendar,
            catalogue=catalogue,
            catalogue_of=partial(catalogue_queries.catalogue, session=db.session),
            due_counts=due,
            officers=[(user.id, spoken_name(user)) for user in agents(db.session)],
            overdue_of=partial(_overdue_workdays, calendar),
            counted_loads=partial(counted_loads, db.session),
        )

    @expose("/ledger.<any(csv, xlsx):kind>")
    @allowed("list")
    def ledger(self, kind: str) -> Response:
        """The ledger of the same projects as a file for a spreadsheet."""
        heads = [gettext(head) for head in HEADS]
        return Table(name="ledger", heads=heads, rows=everything(db.session, _asked(), actor())).answer(kind)


def _overdue_workdays(calendar: WorkCalendar, line: Line) -> int:
    """How many working days the step that holds the permit is past its promise today; asked of few lines."""
    plan = line.project.plan
    _, expansion = expansion_of(db.session, line.project)
    draft = expansion.step(plan.holding) if plan is not None and plan.holding else None
    row, accepted_on = line.holding, line.accepted_on
    if draft is None or row is None or accepted_on is None or row.state in STANDING_STILL:
        return 0
    due = day_clock(draft.periods, ClockRun(accepted_on=accepted_on), calendar, today=clock.today()).due_on
    unmoved = calendar.add_workdays(accepted_on, draft.periods.promised.days)
    if row.promised_end_on is not None and row.promised_end_on != unmoved:
        due = row.promised_end_on  # a stop or an extension is on record: what was only planned counts no more
    return max(0, calendar.workdays_between(due, clock.today()))


def _asked() -> Ask:
    args = request.args
    agent = whole_number(args.get("agent"), default=0, most=10**9)
    return Ask(
        whose=asked if (asked := args.get("whose", "")) in ("mine", "closed") else "all",
        template=args.get("template", ""),
        agent=agent or None,
        text=args.get("text", "").strip()[:LONGEST_TEXT],
        page=whole_number(args.get("page"), default=1, least=1),
    )
