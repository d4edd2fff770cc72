"""交办单: make an assignment order, print it, have its Word document made, write down the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.escalation.models.report import AssignmentRow
from concierge.escalation.queries.reports import ReportFile, assignment_file, report_file
from concierge.escalation.services.bring_together import answer_assignment, issue_assignment
from concierge.escalation.views.doors import (
    LONGEST,
    LONGEST_NAME,
    MOST,
    Problems,
    WindowPage,
    department_name,
    department_options,
    problem,
)
from concierge.escalation.views.report_sheet import came_in
from concierge.escalation.views.words import KINDS
from concierge.kernel import clock, spoken
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import actor, allowed, may, whole_number
from concierge.staff.models import ContactRow
from concierge.staff.queries import contacts
from concierge.staff.rules.contacts import ContactPost


@dataclass(frozen=True, kw_only=True)
class OrderPaper:
    """What stands on the printed page. Shape: ``rows`` are label and text; an empty text leaves room."""

    title: str
    number: str
    rows: Sequence[tuple[str, str]]
    foot: str


@dataclass(frozen=True, kw_only=True)
class AssignmentSheet:
    """One order for one reader. Shape: ``typed`` is what was typed, kept when something is wrong."""

    row: AssignmentRow
    file: ReportFile
    catalogue: Catalogue
    today: date
    problems: Sequence[dict[str, str]] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def department(self) -> str:
        """The department the report is about."""
        return department_name(self.catalogue, self.file.report.department)

    @property
    def kind(self) -> str:
        """Which of the four kinds."""
        kind = self.file.report.kind
        return gettext(KINDS[kind]) if kind else gettext("not sorted yet")

    def came(self) -> str:
        """How the report came in."""
        return came_in(self.file.report)

    def opinions(self) -> list[str]:
        """What the departments say, a line each."""
        return [
            f"{department_name(self.catalogue, one.department)}：{one.opinion}"
            + (f"（{one.basis}）" if one.basis else "")
            for one in self.file.opinions
        ]

    def may_answer(self) -> bool:
        """Whether this reader may write down the answer."""
        return may("handle", WindowPage.class_permission_name) and self.row.answered_on is None

    def paper(self) -> OrderPaper:
        """The order as it stands on paper."""
        row, report = self.row, self.file.report
        project = self.file.project
        rows = [
            (gettext("Order to"), row.addressee),
            (gettext("Report concerned"), f"{report.number}　{report.title}"),
            (gettext("Project"), f"{project.name}　{project.code}" if project else "—"),
            (gettext("How it came in"), self.came()),
            (gettext("Kind"), self.kind),
            (gettext("Where it is stuck"), report.text),
            (gettext("Opinions of the departments"), "\n".join(self.opinions()) or "—"),
            (gettext("What is to be done"), row.demand),
            (gettext("Answer due on"), spoken.day_full(row.answer_due_on)),
            (gettext("Issued"), f"{spoken.day_full(row.issued_on)}　{row.by}"),
            (gettext("Answer"), row.answer),
            (gettext("Answered by, day and seal"), self._answered()),
        ]
        return OrderPaper(
            title=gettext("Assignment order"),
            number=row.number,
            rows=rows,
            foot=gettext("Answer in writing by the day named. The window follows the report to its end."),
        )

    def _answered(self) -> str:
        if self.row.answered_on is None:
            return ""
        return f"{self.row.answered_by}　{spoken.day_full(self.row.answered_on)}"


class AssignmentView(WindowPage):
    """Assignment orders."""

    route_base = "/escalations/assignments"
    class_permission_name = "Escalation"

    @expose("/new/<int:report_id>")
    @allowed("handle")
    def form(self, report_id: int) -> Any:
        """To whom, what, by when; all of it is suggested."""
        return self._form(report_id)

    @expose("/new/<int:report_id>", methods=["POST"])
    @allowed("handle")
    def issue(self, report_id: int) -> Any:
        """Issue it."""
        typed = request.form
        try:
            assignment_id = issue_assignment(
                report_id,
                typed.get("addressee", "")[:LONGEST_NAME],
                typed.get("demand", "")[:LONGEST],
                typed_day(typed.get("answer_due_on"), "answer_due_on"),
                department=typed.get("department", ""),
                by=actor(),
            )
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._form(report_id, problem(error, "demand")), error.status
        flash(gettext("The assignment order is issued. Print it and have it delivered."), "success")
        return redirect(url_for("AssignmentView.one", assignment_id=assignment_id), code=303)

    def _form(self, report_id: int, problems: Problems | None = None) -> str:
        file = report_file(db.session, report_id, actor())
        catalogue = catalogue_queries.published_catalogue(db.session)
        calendar = catalogue_queries.work_calendar(db.session)
        called = contacts(db.session, clock.today())
        due_on = max(file.report.due_on, calendar.next_workday(clock.today()))
        suggested = {
            "addressee": _addressee(file, called, catalogue),
            "department": file.report.department,
            "demand": gettext(
                "“%(title)s” (%(number)s) has not been settled. Agree with the departments concerned, settle "
                "it and answer in writing.",
                title=file.report.title,
                number=file.report.number,
            ),
            "answer_due_on": due_on.isoformat(),
        }
        return self.show(
            "escalation/assignment_form.html",
            file=file,
            departments=department_options(catalogue),
            people=[f"{one.name}　{one.title}".strip() for one in called],
            typed={**suggested, **request.form},
            problems=problems or [],
        )

    @expose("/<int:assignment_id>")
    @allowed("show")
    def one(self, assignment_id: int) -> Any:
        """One order with its answer."""
        return self.show("escalation/assignment.html", page=_sheet(assignment_id))

    @expose("/<int:assignment_id>/print")
    @allowed("show")
    def on_paper(self, assignment_id: int) -> Any:
        """The order on A4."""
        page = _sheet(assignment_id)
        return self.show("escalation/print_assignment.html", page=page, paper=page.paper())

    @expose("/<int:assignment_id>", methods=["POST"])
    @allowed("handle")
    def answer(self, assignment_id: int) -> Any:
        """Write down the answer."""

        def keep() -> None:
            answer_assignment(
                assignment_id,
                typed_day(request.form.get("answered_on"), "answered_on"),
                request.form.get("speaker", "")[:LONGEST_NAME],
                request.form.get("answer", "")[:LONGEST],
                version=whole_number(request.form.get("version"), default=0, most=MOST) or None,
                by=actor(),
            )

        def again(problems: Problems) -> str:
            page = _sheet(assignment_id, problems=problems, typed=request.form.to_dict())
            return self.show("escalation/assignment.html", page=page)

        here = url_for("AssignmentView.one", assignment_id=assignment_id)
        return self.attempt(keep, again, said=gettext("The answer is on record."), to=here, field="answer")


def _addressee(file: ReportFile, called: Sequence[ContactRow], catalogue: Catalogue) -> str:
    """To whom an order goes as things stand: at the county's levels the leader, else the department."""
    if file.report.level.is_county:
        leaders = [one for one in called if one.post is ContactPost.COUNTY_LEADER]
        if leaders:
            return f"{leaders[0].name}　{leaders[0].title}".strip()
    return department_name(catalogue, file.report.department)


def _sheet(
    assignment_id: int, *, problems: Problems | None = None, typed: dict[str, str] | None = None
) -> AssignmentSheet:
    row, file = assignment_file(db.session, assignment_id, actor())
    return AssignmentSheet(
        row=row,
        file=file,
        catalogue=catalogue_queries.published_catalogue(db.session),
        today=clock.today(),
        problems=problems or (),
        typed=typed or {},
    )
