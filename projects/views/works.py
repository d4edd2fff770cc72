"""The works of a project: their start put off, standing still, the report, going on; and what that asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from sqlalchemy.orm import Session

from concierge.kernel import clock, spoken
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import Page, actor, allowed, say
from concierge.staff.rules.todo import Todo
from projects.queries.project_file import visible_project
from projects.queries.works import standing_works, works_of
from projects.services.follow_works import (
    put_off_start,
    recheck_permit,
    report_stop,
    resume_works,
    stop_works,
)

LONGEST = 255
REPORT = N_("Report the works that stand still to the authority that issued the permit")
RECHECK = N_("Have the permit re-checked: the works have stood still for a year")
WHY = N_("Works stopped on %(day)s; the report is due within a month (PR-11)")


class WorksView(Page):
    """The works of a project."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/works")
    @allowed("show")
    def one(self, project_id: int) -> Any:
        """Until when the works may begin, and when they stood still."""
        return self._shown(project_id)

    @expose("/<int:project_id>/works/<deed>", methods=["POST"])
    @allowed("move")
    def follow(self, project_id: int, deed: str) -> Any:
        """Keep one thing that happened."""
        keep = DEEDS.get(deed)
        if keep is None:
            return redirect(url_for("WorksView.one", project_id=project_id))
        try:
            keep(project_id, typed_day(_typed("on"), "on"), _typed("words"))
        except (Invalid, Refusal) as error:
            return self._shown(project_id, say(error), deed), error.status
        flash(gettext("Kept."), "success")
        return redirect(url_for("WorksView.one", project_id=project_id))

    def _shown(self, project_id: int, problem: str = "", deed: str = "") -> str:
        project = visible_project(db.session, project_id, actor())
        works = works_of(db.session, project)
        return self.show(
            "projects/works.html",
            project=project,
            works=works,
            standing=next((stop for stop, _ in works.stops if stop.resumed_on is None), None),
            today=clock.today(),
            day=spoken.day_full,
            typed={"deed": deed, "on": _typed("on"), "words": _typed("words")},
            problem=problem,
        )


def works_todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """Works that stand still: the report within a month, the re-check after a year; one query.

    Source: PR-11.
    """
    for stop, project_id, name in standing_works(session, reader):
        is_long = stop.needs_recheck(on)
        if stop.reported_on is not None and not is_long:
            continue
        yield Todo(
            key=f"works:{project_id}:{'recheck' if is_long else 'report'}:{stop.stopped_on}",
            text=RECHECK if is_long else REPORT,
            facts={"day": stop.stopped_on},
            due_on=stop.recheck_from_on if is_long else stop.report_due_on,
            project_id=project_id,
            project=name,
            href=url_for("WorksView.one", project_id=project_id),
            action=N_("Record"),
            why=WHY,
        )


def _put_off(project_id: int, on: date, words: str) -> None:
    put_off_start(project_id, on, words, by=actor())


def _stop(project_id: int, on: date, words: str) -> None:
    stop_works(project_id, on, words, by=actor())


def _report(project_id: int, on: date, _words: str) -> None:
    report_stop(project_id, on, by=actor())


def _recheck(project_id: int, on: date, words: str) -> None:
    recheck_permit(project_id, on, words, by=actor())


def _resume(project_id: int, on: date, _words: str) -> None:
    resume_works(project_id, on, by=actor())


DEEDS: dict[str, Callable[[int, date, str], None]] = {
    "put-off": _put_off,
    "stop": _stop,
    "report": _report,
    "recheck": _recheck,
    "resume": _resume,
}


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST]
