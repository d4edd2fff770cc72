"""月度统计: the county's month as a page, and as a report from the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, request
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.tables import XLSX, Cell, Table
from concierge.kernel.web import Page, actor, allowed, language, may, say
from documents.models.document import DocumentRow
from documents.queries.documents import latest_version
from documents.queries.statistics import ComparedSection, SubjectNames, compared, subject_names
from documents.rules.statistics import CountedBy, Month, NoSuchMonth, number_text
from documents.services.make_document import make_document

ON = "MonthStatistics"
KIND = "monthly-statistics"


@dataclass(frozen=True, kw_only=True)
class MonthSheet:
    """One month for one reader. Shape: ``names`` are in the reader's language."""

    month: Month
    today: date
    sections: Sequence[ComparedSection]
    names: SubjectNames
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

    def first_head(self, part: ComparedSection) -> str:
        """What stands above the first column of a part's table."""
        return {
            CountedBy.DEPARTMENT: gettext("Department"),
            CountedBy.MATTER: gettext("Matter"),
            CountedBy.STAGE: gettext("Stage"),
            CountedBy.OFFICER: gettext("Officer"),
        }[part.counted_by]

    def cell(self, value: float | None) -> str:
        """A figure of a table as people write it."""
        return number_text(value)


class MonthStatisticsView(Page):
    """The months of the county; no case and no enterprise is named, of people only who holds how much."""

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

    @expose("/statistics.xlsx")
    @allowed("list")
    def xlsx(self) -> Any:
        """One month as a table: every figure, and every line of every part."""
        try:
            month = _month(request.args.get("month", ""))
        except NoSuchMonth as error:
            return self._refused(error)
        sheet = _sheet(month)
        return Table(name=f"statistics-{sheet.typed}", heads=_heads(sheet), rows=_rows(sheet)).answer(XLSX)

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


def _heads(sheet: MonthSheet) -> tuple[str, ...]:
    return (
        gettext("Section of the statistics"),
        gettext("Figure"),
        gettext("Counted for"),
        sheet.typed,
        gettext("of a whole of"),
        sheet.earlier,
        gettext("of a whole of"),
    )


def _rows(sheet: MonthSheet) -> Iterator[tuple[Cell, ...]]:
    """Every figure of the page, one a line; numbers stay numbers."""
    for part in sheet.sections:
        title = gettext(part.title)
        for one in part.figures:
            before = (one.before.value, one.before.whole) if one.before else (None, None)
            yield (title, gettext(one.now.name), "", one.now.value, one.now.whole, *before)
        for line in part.lines:
            subject = sheet.names.of(part.counted_by, line.subject)
            for head, cell in zip(part.heads, line.cells, strict=True):
                yield (title, gettext(head), subject, cell, None, None, None)


def _sheet(month: Month, *, problem: str = "") -> MonthSheet:
    return MonthSheet(
        month=month,
        today=clock.today(),
        sections=compared(db.session, month, clock.today()),
        names=subject_names(db.session, language(), gettext),
        report=latest_version(db.session, KIND, month.number),
        problem=problem,
    )
