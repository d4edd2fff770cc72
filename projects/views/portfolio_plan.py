"""统筹计划: the plan of all projects, asked for, watched while it is made, compared, adopted or discarded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.wrappers import Response

from approvals.queries import catalogue as catalogue_queries
from approvals.queries import reviews
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import Invalid, Missing, Refusal
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.staff.queries import agents, spoken_name
from projects.models.portfolio import PortfolioState
from projects.queries.portfolio_plan import comparison, version
from projects.queries.portfolio_standing import department_loads, standing
from projects.services.adopt_portfolio_plan import adopt_portfolio_plan
from projects.services.ask_portfolio_plan import ask_portfolio_plan
from projects.services.cancel_portfolio_plan import cancel_portfolio_plan
from projects.services.discard_portfolio_plan import discard_portfolio_plan
from projects.views.portfolio_plan_sheet import LoadTable, PortfolioPlanSheet
from projects.views.portfolio_question import Question, QuestionSheet, question_of, read_question
from projects.views.portfolio_version_sheet import VersionSheet, version_row
from projects.views.portfolio_words import ASKED, WHAT_IF, PortfolioWords
from scheduler import WorkCalendar

DAYS_AHEAD = 10
CAPACITY_SCREEN = "BenchPage.list"
MADE = (
    PortfolioState.READY,
    PortfolioState.ADOPTED,
    PortfolioState.SUPERSEDED,
    PortfolioState.DISCARDED,
)


class PortfolioPlanView(Page):
    """The plan of all projects together."""

    route_base = "/projects/portfolio-plan"
    class_permission_name = "PortfolioPlan"

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """The plan that stands: its conclusion, the departments' load, what is waited for, every project."""
        return self._standing()

    @expose("/", methods=["POST"])
    @allowed("ask")
    def ask(self) -> Response | tuple[str, int]:
        """Have a plan of all projects made."""
        try:
            number = ask_portfolio_plan(ASKED, by=actor())
        except Refusal as error:
            return self._standing(said=say(error)), error.status
        return redirect(url_for("PortfolioPlanView.one", number=number))

    @expose("/versions")
    @allowed("list")
    def versions(self) -> str:
        """Every version there is."""
        found, words = standing(db.session, actor()), _words()
        rows = [version_row(one, words) for one in found.versions]
        return self.show("projects/portfolio_versions.html", rows=rows)

    @expose("/<int:number>")
    @allowed("list")
    def one(self, number: int) -> str:
        """One version: its progress while it is made, then what it changes."""
        return self._version(number)

    @expose("/<int:number>/cancel", methods=["POST"])
    @allowed("ask")
    def cancel(self, number: int) -> Response | tuple[str, int]:
        """Stop the making of a version."""
        return self._settle(number, lambda: cancel_portfolio_plan(number, by=actor()))

    @expose("/<int:number>/adopt")
    @allowed("adopt")
    def confirm_adoption(self, number: int) -> str:
        """Ask once more before departments and enterprises count on other days."""
        sheet = self._sheet(number)
        if not sheet.may_adopt:
            raise Missing
        return self.show("projects/portfolio_adopt.html", sheet=sheet)

    @expose("/<int:number>/adopt", methods=["POST"])
    @allowed("adopt")
    def adopt(self, number: int) -> Response | tuple[str, int]:
        """Let a version stand."""
        told = gettext(
            "Portfolio plan no. %(number)s stands. The projects it moves are planned again.", number=number
        )
        return self._settle(number, lambda: adopt_portfolio_plan(number, by=actor()), told)

    @expose("/<int:number>/discard", methods=["POST"])
    @allowed("adopt")
    def discard(self, number: int) -> Response | tuple[str, int]:
        """Put a version aside."""
        told = gettext("No. %(number)s was put aside. Nothing has changed.", number=number)
        return self._settle(number, lambda: discard_portfolio_plan(number, by=actor()), told)

    @expose("/what-if")
    @allowed("ask")
    def what_if(self) -> str:
        """The form of a question for the whole county."""
        like = whole_number(request.args.get("like"), default=0, least=0)
        asked = version(db.session, like).scenario if like else None
        return self._question(question_of(asked) if asked else Question({}))

    @expose("/what-if", methods=["POST"])
    @allowed("ask")
    def ask_what_if(self) -> Response | tuple[str, int]:
        """Have the question worked out; nothing is changed by it."""
        question = read_question(request.form, _calendar(), clock.today())
        if question.asked is None:
            return self._question(question), 422
        try:
            number = ask_portfolio_plan(WHAT_IF, question.asked, by=actor())
        except Invalid as error:
            return self._question(question.refused(error)), error.status
        except Refusal as error:
            return self._question(question, said=say(error)), error.status
        return redirect(url_for("PortfolioPlanView.one", number=number))

    def _standing(self, said: str = "") -> str:
        calendar, words = _calendar(), _words()
        days = _days_ahead(calendar)
        sheet = PortfolioPlanSheet(
            found=standing(db.session, actor()),
            load=LoadTable(department_loads(db.session, days), days, words, capacity_href()),
            words=words,
            calendar=calendar,
            page=whole_number(request.args.get("page"), default=1, least=1),
        )
        return self.show("projects/portfolio_plan.html", sheet=sheet, said=said)

    def _sheet(self, number: int) -> VersionSheet:
        found = version(db.session, number)
        compared = comparison(db.session, number, actor()) if found.state in MADE else None
        return VersionSheet(found, _words(), _calendar(), compared)

    def _version(self, number: int, said: str = "") -> str:
        return self.show("projects/portfolio_version.html", sheet=self._sheet(number), said=said)

    def _settle(self, number: int, deed: Any, told: str = "") -> Response | tuple[str, int]:
        """Do what a button says; a refusal is told on the version's page."""
        try:
            deed()
        except Refusal as error:
            db.session.rollback()
            return self._version(number, said=say(error)), error.status
        if told:
            flash(told)
        return redirect(url_for("PortfolioPlanView.one", number=number))

    def _question(self, question: Question, said: str = "") -> str:
        rules = [rule for rule in reviews.sitting_rules(db.session).values() if rule.is_active]
        benches = {code: bench.reviewers for code, bench in reviews.benches(db.session).items()}
        sheet = QuestionSheet(question, _words(), benches, rules)
        return self.show(
            "projects/portfolio_question.html", sheet=sheet, said=said, capacity_href=capacity_href()
        )


def capacity_href() -> str:
    """Where numbers of reviewers are recorded, for those who may."""
    is_there = CAPACITY_SCREEN in current_app.view_functions
    return url_for(CAPACITY_SCREEN) if is_there and may("list", "Bench") else ""


def _calendar() -> WorkCalendar:
    return catalogue_queries.work_calendar(db.session)


def _words() -> PortfolioWords:
    catalogue = catalogue_queries.published_catalogue(db.session)
    return PortfolioWords(catalogue, {user.id: spoken_name(user) for user in agents(db.session)})


def _days_ahead(calendar: WorkCalendar) -> list[date]:
    first = calendar.next_workday(clock.today() - timedelta(days=1))
    return [calendar.add_workdays(first, n) for n in range(DAYS_AHEAD)]
