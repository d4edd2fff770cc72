"""The page of one step: where it stands, why, what it needs; and the form that records what happened."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing, Stale
from concierge.kernel.web import Page, actor, allowed, language, say, whole_number
from projects.queries.step_file import StepFile, step_file
from projects.services.record_move import Counter, record_move
from projects.views.step_record import LONGEST_NUMBER, Typed
from projects.views.step_sheet import StepSheet

LARGEST_VERSION = 10**9


class StepView(Page):
    """One step of one project."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "one"

    @expose("/<int:project_id>/steps/<number>")
    @allowed("show")
    def one(self, project_id: int, number: str) -> Any:
        """One step."""
        step = _file(project_id, number)
        return self._page(StepSheet(step, Typed(on=clock.today().isoformat(), version=str(step.row.version))))

    @expose("/<int:project_id>/steps/<number>", methods=["POST"])
    @allowed("move")
    def record(self, project_id: int, number: str) -> Any:
        """Record what happened to the step; a refusal is said beside the form, and nothing typed is lost."""
        step = _file(project_id, number)
        typed = _typed()
        try:
            move = typed.deed()
            record_move(
                step.row.id,
                move,
                typed.day(clock.today()),
                version=whole_number(typed.version, default=0, most=LARGEST_VERSION),
                result_number=typed.result_number,
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

    def _refused(self, project_id: int, number: str, typed: Typed, error: ConciergeError) -> Any:
        db.session.expire_all()
        step = _file(project_id, number)
        said = say(error)
        if isinstance(error, Stale):
            said = gettext(
                "Somebody has recorded something on this step since you opened it; the log shows what. "
                "What you typed is kept: send it again if it still holds."
            )
        again = Typed(
            move=typed.move,
            on=typed.on,
            result_number=typed.result_number,
            version=str(step.row.version),
        )
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
        on=form.get("on", "").strip(),
        result_number=form.get("result_number", "").strip()[:LONGEST_NUMBER],
        version=form.get("version", ""),
    )
