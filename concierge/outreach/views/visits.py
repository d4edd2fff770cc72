"""上门服务: visits planned and made, and the problems heard there until they are answered."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.scope import within
from concierge.kernel.typed_values import typed_day, typed_number
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.outreach.queries import people, visits
from concierge.outreach.rules.standing import VisitState
from concierge.outreach.rules.visits import Heard, PlannedVisit
from concierge.outreach.services.plan_visit import NewVisit, plan_visit
from concierge.outreach.services.report_visit import report_visit, settle_problem
from concierge.outreach.views.words import VISIT_STATES
from concierge.staff.queries import spoken_name
from projects.models.project import Project, ProjectStatus

VISIT = "Visit"
MOST = 2**31
PROBLEMS = 3
USUAL_DAYS = timedelta(days=5)


class NotATime(Invalid):
    """Something else than a time of day."""

    message = N_("Give a time of day, such as 09:30, or leave it empty.")


class VisitView(Page):
    """Visits to enterprises and households."""

    route_base = "/outreach/visits"
    class_permission_name = VISIT

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """What is planned, the problems that wait for an answer, what was made."""
        return self._list()

    @expose("/", methods=["POST"])
    @allowed("plan")
    def plan(self) -> Any:
        """Plan a visit."""
        try:
            visit_id = plan_visit(_asked(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            wrong = {"field": str(error.facts.get("field", "place")), "message": say(error)}
            return self._list([wrong]), error.status
        flash(gettext("The visit is planned and stands in the visitor's day."), "success")
        return redirect(url_for("VisitView.one", visit_id=visit_id), code=303)

    @expose("/<int:visit_id>")
    @allowed("list")
    def one(self, visit_id: int) -> str:
        """One visit with what was heard."""
        return self._one(visit_id)

    @expose("/<int:visit_id>", methods=["POST"])
    @allowed("plan")
    def report(self, visit_id: int) -> Any:
        """Report it, or call it off."""
        was_made = request.form.get("deed") != "call_off"
        try:
            heard = _heard() if was_made else []
            found = report_visit(visit_id, request.form.get("note", ""), heard, by=actor(), was_made=was_made)
        except Missing:
            raise
        except ConciergeError as error:
            wrong = {"field": str(error.facts.get("field", "note")), "message": say(error)}
            return self._one(visit_id, [wrong]), error.status
        flash(
            ngettext(
                "It is on record; %(num)s problem is a task now.",
                "It is on record; %(num)s problems are tasks now.",
                len(found),
            ),
            "success",
        )
        return redirect(url_for("VisitView.one", visit_id=visit_id), code=303)

    @expose("/problems/<int:problem_id>", methods=["POST"])
    @allowed("plan")
    def settle(self, problem_id: int) -> Any:
        """Answer a problem."""
        row, visit = visits.problem(db.session, problem_id, actor())
        visit_id = visit.id
        try:
            settle_problem(row.id, request.form.get("answer", ""), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            wrong = {"field": f"answer-{problem_id}", "message": say(error)}
            return self._one(visit_id, [wrong], held=problem_id), error.status
        flash(gettext("The problem is answered."), "success")
        return redirect(url_for("VisitView.one", visit_id=visit_id), code=303)

    def _list(self, problems: Any = ()) -> str:
        reader = actor()
        mine = request.args.get("whose", "mine") == "mine"
        projects = db.session.execute(
            select(Project.id, Project.name)
            .where(Project.status == ProjectStatus.ACTIVE, within(reader, Project.id))
            .order_by(Project.name)
        )
        return self.show(
            "outreach/visits.html",
            planned=visits.visits(db.session, reader, mine=mine, states=(VisitState.PLANNED,)),
            over=visits.visits(
                db.session, reader, mine=mine, states=(VisitState.DONE, VisitState.CALLED_OFF)
            ),
            tasks=visits.open_problems(db.session, reader, mine=mine),
            choices=_choices(mine),
            words=VISIT_STATES,
            projects=[{"value": number, "text": name} for number, name in projects],
            grids=[
                {"value": grid.id, "text": f"{place}　{grid.name}"}
                for grid, place in people.grids(db.session, reader)
            ],
            officers=_officers(),
            own=reader.id,
            problems=problems,
            typed=request.form,
            today=clock.today(),
            may_plan=may("plan", VISIT),
        )

    def _one(self, visit_id: int, problems: Any = (), *, held: int = 0) -> str:
        db.session.expire_all()
        reader = actor()
        row = self._row(visit_id, held)
        return self.show(
            "outreach/visit.html",
            visit=row[0],
            project=row[1],
            grid=row[2],
            found=visits.problems_of(db.session, visit_id),
            words=VISIT_STATES,
            officers=_officers(),
            own=reader.id,
            places=range(PROBLEMS),
            usual_due=clock.today() + USUAL_DAYS,
            problems=problems,
            typed=request.form,
            today=clock.today(),
            may_plan=may("plan", VISIT),
        )

    def _row(self, visit_id: int, held: int) -> Any:
        """The visit; whoever holds one of its problems sees it too."""
        try:
            return visits.visit(db.session, visit_id, actor())
        except Missing:
            found = visits.problems_of(db.session, visit_id)
            if not any(one.holder_id == actor().id and held in (0, one.id) for one in found):
                raise
            return visits.held_visit(db.session, visit_id)


def _choices(mine: bool) -> list[dict[str, Any]]:
    way = url_for("VisitView.list")
    return [
        {"text": gettext("My visits"), "href": way, "is_current": mine, "count": None},
        {
            "text": gettext("All in my charge"),
            "href": f"{way}?whose=all",
            "is_current": not mine,
            "count": None,
        },
    ]


def _officers() -> list[dict[str, Any]]:
    return [{"value": one.id, "text": spoken_name(one)} for one in visits.visitors(db.session)]


def _asked() -> NewVisit:
    form = request.form
    return NewVisit(
        plan=PlannedVisit(
            place=form.get("place", ""),
            to_whom=form.get("to_whom", ""),
            purpose=form.get("purpose", ""),
            planned_on=typed_day(form.get("planned_on"), "planned_on"),
            minutes=typed_number(form.get("minutes"), "minutes"),
        ),
        visitor_id=whole_number(form.get("visitor"), default=0, most=MOST),
        planned_at=typed_time(form.get("planned_at"), "planned_at"),
        project_id=whole_number(form.get("project"), default=0, most=MOST) or None,
        grid_id=whole_number(form.get("grid"), default=0, most=MOST) or None,
    )


def typed_time(raw: str | None, name: str) -> time | None:
    """A time of day from a field, None for an empty one. Raises: NotATime."""
    typed = (raw or "").strip()
    if not typed:
        return None
    try:
        return time.fromisoformat(typed).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise NotATime(field=name) from None


def _heard() -> list[Heard]:
    form = request.form
    return [
        Heard(
            form.get(f"problem-{n}", ""),
            whole_number(form.get(f"holder-{n}"), default=0, most=MOST),
            typed_day(form.get(f"due-{n}"), f"due-{n}"),
        )
        for n in range(PROBLEMS)
        if form.get(f"problem-{n}", "").strip()
    ]
