"""监督看板: live cards, the league of departments, six weeks of cards; also as a bulletin and a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from flask import Response, request
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.tables import Cell, Table
from concierge.kernel.web import Page, actor, allowed, whole_number
from concierge.supervision.queries.board import live_cards, six_weeks
from concierge.supervision.queries.league import LeagueTable, league_table
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

    @expose("/league.<any(csv, xlsx):kind>")
    @allowed("list")
    def league(self, kind: str) -> Response:
        """The league as a file for a spreadsheet; its name says from when to when."""
        table = league_table(db.session, _span(), clock.today())
        name = f"supervision-{table.period.first}-{table.period.last}"
        return Table(name=name, heads=_heads(), rows=_league_rows(table)).answer(kind)


def _league_rows(table: LeagueTable) -> Iterator[Sequence[Cell]]:
    catalogue = catalogue_queries.published_catalogue(db.session)
    for one in table.records:
        given = grade(one) if table.span.is_graded else None
        yield (
            one.rank,
            department_name(catalogue, one.department),
            one.closed,
            one.running,
            one.on_time,
            _rounded(one.on_time_share, 3),
            _rounded(one.used_share, 3),
            _rounded(one.early_workdays, 1),
            one.paused_workdays,
            one.cards.get(Colour.YELLOW, 0),
            one.cards.get(Colour.RED, 0),
            _rounded(one.score, 1),
            gettext(GRADES[given]) if given else "",
        )


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


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
    return BoardSheet(
        live=live_cards(db.session, actor(), page),
        table=league_table(db.session, _span(), today),
        marks=six_weeks(db.session, actor(), today),
        catalogue=catalogue_queries.published_catalogue(db.session),
        catalogue_of=partial(catalogue_queries.catalogue, session=db.session),
        calendar=catalogue_queries.work_calendar(db.session),
        today=today,
    )
