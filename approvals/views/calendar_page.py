"""节假日: a year as months, with its days off and make-up days, and the loading of an official notice."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as Answer

import scheduler
from approvals.models.calendar import OFFICIAL
from approvals.queries import catalogue as queries
from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.forms import HOLIDAYS
from approvals.rules.catalogue_files.sheets import Fault
from approvals.rules.catalogue_files.writing import write_files
from approvals.rules.year_table import year_table
from approvals.services.load_holidays import (
    FIRST_YEAR,
    LAST_YEAR,
    NoticeNotSound,
    SourceMissing,
    load_holidays,
    read_notice,
)
from approvals.views import spoken_faults
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number

HOLIDAY = "Holiday"
YEARS_AHEAD = 2


class HolidayPage(Page):
    """The calendar working days are counted by."""

    route_base = "/holidays"
    class_permission_name = HOLIDAY
    default_view = "list"

    @expose("/list/")
    @allowed("list")
    def list(self) -> str:
        """The table of one year, this year's unless asked."""
        return self._page(
            whole_number(
                request.args.get("year"), default=clock.today().year, least=FIRST_YEAR, most=LAST_YEAR
            )
        )

    @expose("/<int:year>/notice", methods=["POST"])
    @allowed("load")
    def load(self, year: int) -> Answer | tuple[str, int]:
        """Load the official notice of a year."""
        sent = request.files.get("file")
        content = sent.read() if sent else b""
        source = request.form.get("source", "")
        try:
            moved = load_holidays(year, source, content, by=actor())
        except SourceMissing as error:
            return self._page(year, wrong={error.field: say(error)}, source=source), error.status
        except NoticeNotSound as error:
            faults = _spoken(read_notice(year, source, content).faults)
            return self._page(year, refusal=say(error), faults=faults, source=source), error.status
        except ConciergeError as error:
            return self._page(year, refusal=say(error), source=source), error.status
        flash(
            ngettext(
                "The notice is loaded. %(num)s day counts differently now; plans are being made again.",
                "The notice is loaded. %(num)s days count differently now; plans are being made again.",
                len(moved),
            ),
            "success",
        )
        return redirect(url_for("HolidayPage.list", year=year))

    @expose("/<int:year>/table.csv")
    @allowed("list")
    def table(self, year: int) -> Response:
        """The table of a year as a file: a form to correct and load."""
        days = tuple(day for day in queries.holidays(db.session) if day.on.year == year)
        content = write_files(Catalogue(holidays=days))[HOLIDAYS.file]
        return named(Response(content, content_type="text/csv; charset=utf-8"), f"holidays-{year}.csv")

    def _page(self, year: int, **said: Any) -> str:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Missing
        years = queries.calendar_years(db.session)
        try:
            table = year_table(queries.work_calendar(db.session), queries.holidays(db.session), year)
        except scheduler.OutsideCalendar:
            raise Missing from None
        row = next((row for row in years if row.year == year), None)
        return self.show(
            "approvals/holidays.html",
            table=table,
            year_row=row,
            is_official=row is not None and row.status == OFFICIAL,
            years=_years(years, year),
            lang=language(),
            weekdays=_weekdays(),
            today=clock.today(),
            may_load=may("load", HOLIDAY),
            **said,
        )


def _years(rows: Any, shown: int) -> list[int]:
    known = {row.year for row in rows}
    ahead = {max(known) + n for n in range(1, YEARS_AHEAD + 1)} if known else set()
    return sorted(known | ahead | {shown})


def _weekdays() -> tuple[str, ...]:
    return (
        gettext("Mo"),
        gettext("Tu"),
        gettext("We"),
        gettext("Th"),
        gettext("Fr"),
        gettext("Sa"),
        gettext("Su"),
    )


def _spoken(faults: tuple[Fault, ...]) -> list[dict[str, Any]]:
    return [{"row": f.row, "column": f.column, "sentence": spoken_faults.fault(f)} for f in faults]
