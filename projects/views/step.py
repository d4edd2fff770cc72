"""The page of one step: where it stands, why, what it needs; and the forms that record what happened."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.services.note_on_step import note_on_step
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing, Stale
from concierge.kernel.web import Page, actor, allowed, language, say, whole_number
from projects.queries.step_file import StepFile, step_file
from projects.services.record_move import Counter, record_act
from projects.views.step_acts import Typed
from projects.views.step_forms import LONGEST_LINE, LONGEST_TEXT
from projects.views.step_sheet import StepSheet

LARGEST_VERSION = 10**9
LINES = ("on", "number", "basis", "decided_by", "stop", "planned_last_on", "workdays")


class StepView(Page):
    """One step of one project."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/steps/<number>")
    @allowed("show")
    def one(self, project_id: int, number: str) -> Any:
        """One step; ``?act=`` chooses the form of a move."""
        step = _file(project_id, number)
        typed = Typed(move=request.args.get("act", ""), version=str(step.row.version))
        return self._page(StepSheet(step, typed))

    @expose("/<int:project_id>/steps/<number>", methods=["POST"])
    @allowed("move")
    def record(self, project_id: int, number: str) -> Any:
        """Record what happened to the step; a refusal is said beside the form, and nothing typed is lost."""
        step = _file(project_id, number)
        typed = _typed()
        try:
            record_act(
                step.row.id,
                typed.act(step.row.code, today=clock.today()),
                version=whole_number(typed.version, default=0, most=LARGEST_VERSION),
                counter=Counter(clock.local(clock.now()), current_app.config["CONCIERGE"].closing_time),
                lang=language(),
                by=actor(),
            )
        except Missing:
            raise
        except ConciergeError as error:
            return self._refused(project_id, number, typed, error)
        flash(gettext("Recorded. The plan is made again."), "success")
        return redirect(request.path, code=303)

    @expose("/<int:project_id>/steps/<number>/notes", methods=["POST"])
    @allowed("move")
    def note(self, project_id: int, number: str) -> Any:
        """Write something down beside the step."""
        step = _file(project_id, number)
        text = request.form.get("noted", "")
        try:
            note_on_step(step.row.id, text, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            step = _file(project_id, number)
            typed = Typed(version=str(step.row.version), note=text)
            return self._page(StepSheet(step, typed, say(error), "noted")), error.status
        flash(gettext("Noted."), "success")
        page = url_for("StepView.one", project_id=project_id, number=number, _anchor="log")
        return redirect(page, code=303)

    def _refused(self, project_id: int, number: str, typed: Typed, error: ConciergeError) -> Any:
        db.session.expire_all()
        step = _file(project_id, number)
        said = say(error)
        if isinstance(error, Stale):
            said = gettext(
                "Somebody has recorded something on this step since you opened it; the log shows what. "
                "What you typed is kept: send it again if it still holds."
            )
        again = replace(typed, version=str(step.row.version))
        sheet = StepSheet(step, again, said, str(error.facts.get("field", "")))
        return self._page(sheet), error.status

    def _page(self, sheet: StepSheet) -> str:
        return self.show("projects/step.html", sheet=sheet, file=sheet.step.file)


def _file(project_id: int, number: str) -> StepFile:
    return step_file(db.session, project_id, number, actor(), today=clock.today())


def _typed() -> Typed:
    form = request.form
    return Typed(
        move=form.get("move", ""),
        version=form.get("version", ""),
        reason=form.get("reason", "").strip()[:LONGEST_TEXT],
        **{name: form.get(name, "").strip()[:LONGEST_LINE] for name in LINES},
    )
