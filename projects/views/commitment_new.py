"""登记容缺承诺: register a promise, after seeing by when, by whose leave, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.lifecycle import StepState
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number
from projects.queries.deferral_preview import preview
from projects.queries.deferring import deferring, footing, projects_to_choose
from projects.queries.project_file import visible_project
from projects.queries.standing import steps_of
from projects.services.defer_paper import Promise, defer_paper
from projects.views.commitment_choice import Choice, Preview
from projects.views.commitments import LARGEST, LONGEST, CommitmentNotChosen, grantor
from projects.views.commitments_sheet import PERMISSION


class NewDeferralView(Page):
    """The form of a new deferral; nothing is kept before the last button."""

    route_base = "/commitments/new"
    class_permission_name = PERMISSION
    default_view = "new"

    @expose("/")
    @allowed("draft")
    def new(self) -> str:
        """The form, with what the rules say to what is typed so far."""
        return self._page(request.args)

    @expose("/", methods=["POST"])
    @allowed("draft")
    def register(self) -> Any:
        """Register it; a refusal is said beside the form, and nothing typed is lost."""
        choice = choice_of(request.form)
        if choice.at is None:
            return self._page(request.form), 422
        try:
            deferral_id = defer_paper(
                choice.at.step.id,
                _promise(request.form),
                grantor=grantor() if _grants(request.form) else None,
                version=whole_number(request.form.get("version"), default=0, most=LARGEST),
                lang=language(),
                by=actor(),
            )
        except Missing:
            raise
        except ConciergeError as error:
            db.session.rollback()
            db.session.expire_all()
            return self._page(request.form, error), error.status
        flash(
            gettext("Registered. Print the letter twice: one for the applicant, one for the file."), "success"
        )
        return redirect(url_for("CommitmentsView.one", deferral_id=deferral_id), code=303)

    def _page(self, typed: MultiDict[str, str], error: ConciergeError | None = None) -> str:
        choice = choice_of(typed)
        field = str(error.facts.get("field", "")) if error else ""
        return self.show(
            "projects/commitment_new.html",
            choice=choice,
            preview=_preview(choice, typed),
            typed=typed,
            today=clock.today(),
            wrong={field: say(error)} if error and field else {},
            said=say(error) if error else "",
            may_grant=may("grant", PERMISSION),
            may_coordinate=may("coordinate", PERMISSION),
        )


def choice_of(typed: Mapping[str, str]) -> Choice:
    """What is chosen so far: project, step, paper."""
    project_id = whole_number(typed.get("project"), default=0, most=LARGEST)
    projects = projects_to_choose(db.session, actor())
    if not project_id:
        return Choice(projects=projects)
    project = visible_project(db.session, project_id, actor())
    steps = [
        step
        for step in steps_of(db.session, project.id)
        if step.finished_on is None and step.state is not StepState.NOT_REQUIRED
    ]
    number = typed.get("step", "")
    step = next((one for one in steps if one.number == number), None)
    at = deferring(db.session, project, step, today=clock.today()) if step is not None else None
    return Choice(
        projects=projects,
        project=project,
        catalogue=catalogue_queries.catalogue(project.edition_id, db.session),
        steps=steps,
        at=at,
        material=typed.get("material", ""),
    )


def _preview(choice: Choice, typed: MultiDict[str, str]) -> Preview | None:
    """What the rules say to the paper chosen, and what deferring it is worth; None before one is chosen."""
    if choice.at is None or choice.material not in {one.material.code for one in choice.at.papers()}:
        return None
    today = clock.today()
    asked = choice.at.asked(
        choice.material, lang=language(), lacks_only_stamp=typed.get("lacks_only_stamp") == "yes"
    )
    refused = choice.refusal(asked)
    due_on = _day_or_none(typed.get("due_on"))
    stands_on = footing(db.session, choice.at, asked, due_on, today=today)
    hand_in_on = min(max(due_on or stands_on.last_on, today), stands_on.last_on)
    found = None if refused else preview(db.session, choice.at, hand_in_on, asked.producer, today=today)
    return Preview(asked=asked, refused=refused, footing=stands_on, worth=found)


def _day_or_none(raw: str | None) -> date | None:
    try:
        return typed_day(raw, "due_on")
    except ConciergeError:
        return None


def _grants(form: MultiDict[str, str]) -> bool:
    if not form.get("granted_by", "").strip():
        return False
    if not may("grant", PERMISSION):
        raise CommitmentNotChosen(field="granted_by")
    return True


def _promise(form: MultiDict[str, str]) -> Promise:
    signed_on = form.get("signed_on", "").strip()
    return Promise(
        material=form.get("material", ""),
        form=form.get("form", "").strip()[:LONGEST],
        due_on=typed_day(form.get("due_on"), "due_on"),
        lacks_only_stamp=form.get("lacks_only_stamp") == "yes",
        signed_by=form.get("signed_by", "").strip()[:LONGEST],
        signed_on=typed_day(signed_on, "signed_on") if signed_on else None,
        agent=form.get("agent", "").strip()[:LONGEST],
    )
