"""月度统计: the county's month as a page, and as a report from the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, request
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.web import Page, actor, allowed, language, may, say
from documents.models.document import DocumentRow
from documents.queries.documents import latest_version
from documents.queries.statistics import ComparedSection, compared, department_names
from documents.rules.statistics import Month, NoSuchMonth, number_text
from documents.services.make_document import make_document

ON = "MonthStatistics"
KIND = "monthly-statistics"


@dataclass(frozen=True, kw_only=True)
class MonthSheet:
    """One month for one reader. Shape: ``names`` are what the reader's language calls each department."""

    month: Month
    today: date
    sections: Sequence[ComparedSection]
    names: dict[str, str]
    report: DocumentRow | None
    problem: str = ""

    @property
    def typed(self) -> str:
        """The month as its field has it."""
        return f"{self.month.year}-{self.month.month:02d}"

    @property
    def last_on(self) -> date:
        """The day up to which it is counted."""
        return min(self.month.last_on, self.today)

    @property
    def is_running(self) -> bool:
        """Whether it is not over."""
        return self.today < self.month.last_on

    @property
    def earlier(self) -> str:
        """The month before, for its link."""
        return _typed(self.month.before)

    @property
    def later(self) -> str:
        """The month after, empty where it has not begun."""
        return _typed(self.month.after) if self.month.after.first_on <= self.today else ""

    @property
    def may_make(self) -> bool:
        """Whether the reader may have the report made."""
        return may("make", ON)

    def department(self, code: str) -> str:
        """A department as the reader calls it."""
        return self.names.get(code) or code or gettext("The concierge office")

    def cell(self, value: float | None) -> str:
        """A figure of a table as people write it."""
        return number_text(value)


class MonthStatisticsView(Page):
    """The months of the county; they name no case and no person."""

    route_base = "/documents/statistics"
    class_permission_name = ON
    default_view = "list"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """One month: the one asked for, or this one."""
        raw = request.args.get("month", "")
        try:
            month = _month(raw) if raw else Month.around(clock.today())
        except NoSuchMonth as error:
            return self._refused(error)
        return self.show("documents/statistics.html", page=_sheet(month))

    @expose("/", methods=["POST"])
    @allowed("make")
    def make(self) -> Any:
        """Have the report made; a month made before gets a new version where a figure has changed."""
        try:
            month = _month(request.form.get("month", ""))
        except NoSuchMonth as error:
            return self._refused(error)
        document_id = make_document(KIND, month.number, by=actor())
        flash(gettext("The report is being written. It stands among the documents."), "success")
        return redirect(f"/documents/{document_id}", code=303)

    def _refused(self, error: NoSuchMonth) -> Any:
        page = _sheet(Month.around(clock.today()), problem=say(error))
        return self.show("documents/statistics.html", page=page), error.status


def _month(raw: str) -> Month:
    """The month somebody typed as 2026-04. Raises: NoSuchMonth."""
    digits = raw.strip().replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == len("202604")):
        raise NoSuchMonth(field="month")
    return Month.of(int(digits), clock.today())


def _typed(month: Month) -> str:
    return f"{month.year}-{month.month:02d}"


def _sheet(month: Month, *, problem: str = "") -> MonthSheet:
    return MonthSheet(
        month=month,
        today=clock.today(),
        sections=compared(db.session, month, clock.today()),
        names=department_names(db.session, language()),
        report=latest_version(db.session, KIND, month.number),
        problem=problem,
    )
