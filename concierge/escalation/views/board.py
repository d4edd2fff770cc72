"""办不成事: the reports that are open and those that are closed, and registering a new one."""

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
from concierge.escalation.models.report import ReportRow
from concierge.escalation.queries.desk import figures_in_force, on_duty
from concierge.escalation.queries.places import PlaceKnown, place_known, projects_to_choose
from concierge.escalation.queries.reports import ReportLine, ReportPage, counts, report_page
from concierge.escalation.rules.figures import Figures
from concierge.escalation.rules.report import FOUND, ReportKind, ReportWay
from concierge.escalation.rules.telling import LONGEST_TITLE, Told
from concierge.escalation.services.report_problem import report_problem
from concierge.escalation.views.doors import (
    LONGEST,
    LONGEST_NAME,
    MOST,
    ON,
    chosen,
    department_name,
    department_options,
    problem,
    word_options,
)
from concierge.escalation.views.ladder import Rung, ladder
from concierge.escalation.views.report_sheet import came_in
from concierge.escalation.views.words import CONTENTMENTS, KIND_NOTES, KINDS, OUTCOMES, WAYS
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import moment_as_typed, typed_moment
from concierge.kernel.web import Page, actor, allowed, language, may, whole_number
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class BoardSheet:
    """The reports of one page, as one reader sees them."""

    page: ReportPage
    is_closed: bool
    open: int
    closed: int
    duty: Sequence[str]
    catalogue: Catalogue
    calendar: WorkCalendar
    figures: Figures
    today: date

    def choices(self) -> list[dict[str, Any]]:
        """Open or closed."""
        here = url_for("EscalationView.list")
        return [
            {
                "text": gettext("Being handled"),
                "href": here,
                "is_current": not self.is_closed,
                "count": self.open,
            },
            {
                "text": gettext("Closed reports"),
                "href": f"{here}?state=closed",
                "is_current": self.is_closed,
                "count": self.closed,
            },
        ]

    def kind(self, report: ReportRow) -> str:
        """Its kind."""
        return gettext(KINDS[report.kind]) if report.kind else gettext("not sorted yet")

    def came(self, report: ReportRow) -> str:
        """How it came in."""
        return came_in(report)

    def department(self, report: ReportRow) -> str:
        """The department it is about."""
        return department_name(self.catalogue, report.department)

    def rungs(self, line: ReportLine) -> list[Rung]:
        """Its ladder."""
        return ladder(line.report, line.stages, self.figures, self.calendar, self.today)

    def outcome(self, report: ReportRow) -> str:
        """How it was closed."""
        return gettext(OUTCOMES[report.outcome]) if report.outcome else ""

    def contentment(self, report: ReportRow) -> str:
        """What the person said."""
        return gettext(CONTENTMENTS[report.contentment]) if report.contentment else gettext("not asked yet")


@dataclass(frozen=True, kw_only=True)
class RegisterSheet:
    """The form of a new report. Shape: ``typed`` is what was typed, kept when something is wrong."""

    catalogue: Catalogue
    known: PlaceKnown
    projects: Sequence[tuple[int, str]]
    typed: Mapping[str, str]
    problems: Sequence[dict[str, str]] = field(default=())

    @property
    def wrong(self) -> dict[str, str]:
        """The sentence beside each field."""
        return {one["field"]: one["message"] for one in self.problems}

    def ways(self) -> list[dict[str, str]]:
        """How people tell it."""
        return word_options(WAYS, [one for one in ReportWay if one not in FOUND])

    def kinds(self) -> list[dict[str, str]]:
        """The four kinds, and that it is not known yet."""
        words = [
            {"value": one.value, "text": gettext(KINDS[one]), "note": gettext(KIND_NOTES[one])}
            for one in ReportKind
        ]
        return [*words, {"value": "", "text": gettext("Sort it later"), "note": ""}]

    def departments(self) -> list[dict[str, str]]:
        """The departments to choose from."""
        return department_options(self.catalogue)

    def project_options(self) -> list[dict[str, Any]]:
        """The projects in sight."""
        return [{"value": number, "text": name} for number, name in self.projects]

    @property
    def step(self) -> str:
        """The step it begins from."""
        if self.known.step is None:
            return ""
        matter = self.catalogue.matter_of.get(self.known.step.code)
        return matter.spoken(language()) if matter else self.known.step.code


class EscalationView(Page):
    """The window for what cannot be done."""

    route_base = "/escalations"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The reports, open or closed."""
        is_closed = request.args.get("state") == "closed"
        number = whole_number(request.args.get("page"), default=1, least=1)
        open_, closed = counts(db.session, actor())
        page = BoardSheet(
            page=report_page(db.session, actor(), is_closed=is_closed, page=number),
            is_closed=is_closed,
            open=open_,
            closed=closed,
            duty=on_duty(db.session, clock.today()),
            catalogue=catalogue_queries.published_catalogue(db.session),
            calendar=catalogue_queries.work_calendar(db.session),
            figures=figures_in_force(db.session),
            today=clock.today(),
        )
        return self.show(
            "escalation/board.html", page=page, may_register=may("register", ON), may_learn=may("learn", ON)
        )

    @expose("/new")
    @allowed("register")
    def form(self) -> Any:
        """The form; from a step or project its place is filled in."""
        return self.show("escalation/register.html", page=_register_sheet(request.args))

    @expose("/new", methods=["POST"])
    @allowed("register")
    def register(self) -> Any:
        """Register it."""
        try:
            report_id = report_problem(_told(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            page = _register_sheet(request.form, problem(error, "title"))
            return self.show("escalation/register.html", page=page), error.status
        flash(
            gettext("The report is registered. The chief representative is called; the first clock runs."),
            "success",
        )
        return redirect(url_for("ProblemReportView.one", report_id=report_id), code=303)


def _register_sheet(source: Mapping[str, str], problems: Sequence[dict[str, str]] = ()) -> RegisterSheet:
    step_id = whole_number(source.get("step_id"), default=0, most=MOST) or None
    project_id = whole_number(source.get("project_id"), default=0, most=MOST) or None
    known = place_known(db.session, actor(), project_id=project_id, step_id=step_id)
    typed = {
        "reported_at": moment_as_typed(clock.now()),
        "way": ReportWay.COUNTER.value,
        **known.typed(),
        **source,
    }
    return RegisterSheet(
        catalogue=catalogue_queries.published_catalogue(db.session),
        known=known,
        projects=projects_to_choose(db.session, actor()),
        typed=typed,
        problems=problems,
    )


def _told() -> Told:
    typed = request.form
    raw = typed.get("kind", "")
    return Told(
        way=chosen(ReportWay, typed.get("way"), "way"),
        title=typed.get("title", "")[:LONGEST_TITLE],
        text=typed.get("text", "")[:LONGEST],
        department=typed.get("department", ""),
        reported_at=typed_moment(typed.get("reported_at"), "reported_at"),
        reporter=typed.get("reporter", "")[:LONGEST_NAME],
        phone=typed.get("phone", "")[:LONGEST_NAME],
        project_id=whole_number(typed.get("project_id"), default=0, most=MOST) or None,
        step_id=whole_number(typed.get("step_id"), default=0, most=MOST) or None,
        kind=chosen(ReportKind, raw, "kind") if raw else None,
    )
