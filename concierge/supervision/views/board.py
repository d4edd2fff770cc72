"""监督看板: live cards, the league of departments, six weeks of cards; also as a bulletin and a file."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import Any

from flask import Response, request
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue_files.sheets import neutral
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.web import Page, actor, allowed, whole_number
from concierge.supervision.queries.board import live_cards, six_weeks
from concierge.supervision.queries.league import league_table
from concierge.supervision.queries.statistics import statistics
from concierge.supervision.rules.card import Colour
from concierge.supervision.rules.league import grade
from concierge.supervision.rules.reporting_period import ReportSpan
from concierge.supervision.views.board_sheet import BoardSheet, span_asked
from concierge.supervision.views.live_sheet import ON, department_name
from concierge.supervision.views.statistics_sheet import StatisticsSheet
from concierge.supervision.views.words import GRADES


class SupervisionView(Page):
    """What stands badly now, and how departments keep their promises."""

    route_base = "/supervision"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The board."""
        return self.show("supervision/board.html", page=_sheet())

    @expose("/bulletin")
    @allowed("list")
    def bulletin(self) -> Any:
        """The same on A4, to be sent round (通报)."""
        return self.show("supervision/print_bulletin.html", page=_sheet())

    @expose("/statistics")
    @allowed("list")
    def statistics(self) -> Any:
        """What was counted in a period (统计)."""
        table = league_table(db.session, _span(), clock.today())
        page = StatisticsSheet(counted=statistics(db.session, table.period), table=table)
        return self.show("supervision/statistics.html", page=page)

    @expose("/method")
    @allowed("list")
    def method(self) -> Any:
        """How the score comes about (计分办法)."""
        return self.show("supervision/method.html")

    @expose("/league.csv")
    @allowed("list")
    def league(self) -> Response:
        """The league as a file for a spreadsheet."""
        table = league_table(db.session, _span(), clock.today())
        catalogue = catalogue_queries.catalogue(
            catalogue_queries.latest_edition_id(db.session) or 0, db.session
        )
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([gettext("From"), table.period.first, gettext("To"), table.period.last])
        writer.writerow(_heads())
        for one in table.records:
            given = grade(one) if table.span.is_graded else None
            cells = (
                one.rank or "",
                department_name(catalogue, one.department),
                one.closed,
                one.running,
                one.on_time,
                "" if one.on_time_share is None else f"{one.on_time_share:.3f}",
                "" if one.used_share is None else f"{one.used_share:.3f}",
                "" if one.early_workdays is None else f"{one.early_workdays:.1f}",
                one.paused_workdays,
                one.cards.get(Colour.YELLOW, 0),
                one.cards.get(Colour.RED, 0),
                "" if one.score is None else f"{one.score:.1f}",
                gettext(GRADES[given]) if given else "",
            )
            writer.writerow([neutral(str(cell)) for cell in cells])
        name = f"supervision-{table.period.first}-{table.period.last}.csv"
        headers = {"Content-Disposition": f"attachment; filename={name}"}
        return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


def _heads() -> list[str]:
    return [
        gettext("Rank"),
        gettext("Department"),
        gettext("Cases decided"),
        gettext("Cases running"),
        gettext("Decided in time"),
        gettext("Part decided in time"),
        gettext("Part of the promise used"),
        gettext("Working days early"),
        gettext("Working days stopped"),
        gettext("Yellow cards"),
        gettext("Red cards"),
        gettext("Score"),
        gettext("Grade"),
    ]


def _span() -> ReportSpan:
    return span_asked(request.args.get("period"))


def _sheet() -> BoardSheet:
    today = clock.today()
    page = whole_number(request.args.get("page"), default=1, least=1)
    edition_id = catalogue_queries.latest_edition_id(db.session) or 0
    return BoardSheet(
        live=live_cards(db.session, actor(), page),
        table=league_table(db.session, _span(), today),
        marks=six_weeks(db.session, actor(), today),
        catalogue=catalogue_queries.catalogue(edition_id, db.session),
        catalogue_of=partial(catalogue_queries.catalogue, session=db.session),
        calendar=catalogue_queries.work_calendar(db.session),
        today=today,
    )
