"""What is done about a step from its own page: urge the department (催办), write down a violation."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock, spoken
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import Page, actor, allowed, say
from concierge.staff.queries import named_person, representatives
from concierge.supervision.queries.card_file import last_chase, live_of_steps, step_in_sight
from concierge.supervision.rules.card import VIOLATIONS, Cause, ChaseWay
from concierge.supervision.services.chase_department import chase_department
from concierge.supervision.services.record_violation import record_violation
from concierge.supervision.views.card import LONGEST
from concierge.supervision.views.live_sheet import ON, department_name, step_name
from concierge.supervision.views.words import CAUSES, WAYS
from projects.models.project import Project

LONGEST_NAME = 80


class UrgingWayNeeded(Invalid):
    """No way of urging was chosen."""

    message = N_("Choose how the department was urged.")
    field = "way"


class ViolationNeeded(Invalid):
    """No violation was chosen."""

    message = N_("Choose what was seen.")
    field = "cause"


class ChaseView(Page):
    """Urging a department about a step: the words and the person are suggested."""

    route_base = "/supervision/steps"
    class_permission_name = ON

    @expose("/<int:step_id>/urge")
    @allowed("chase")
    def form(self, step_id: int) -> Any:
        """The form, filled in as far as it is known."""
        return self._form(step_id)

    @expose("/<int:step_id>/urge", methods=["POST"])
    @allowed("chase")
    def urge(self, step_id: int) -> Any:
        """Keep it."""
        try:
            whom = request.form.get("to_whom", "")[:LONGEST_NAME]
            chase_department(step_id, _way(), whom, request.form.get("text", "")[:LONGEST], by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._form(step_id, said=say(error)), error.status
        flash(gettext("It is on record that the department was urged."), "success")
        return _back(step_id)

    def _form(self, step_id: int, *, said: str = "") -> str:
        step, project = step_in_sight(db.session, step_id, actor())
        catalogue = catalogue_queries.catalogue(project.edition_id, db.session)
        before = last_chase(db.session, step_id)
        return self.show(
            "supervision/chase.html",
            **_named(step, project, catalogue),
            said=said,
            ways=[{"value": one.value, "text": gettext(WAYS[one])} for one in ChaseWay],
            way=request.form.get("way", ChaseWay.PHONE.value),
            to_whom=request.form.get("to_whom", before.to_whom if before else _whom(step)),
            text=request.form.get("text", _suggested(step, project, catalogue)),
        )


class ViolationView(Page):
    """A red card for what no clock can see."""

    route_base = "/supervision/violations"
    class_permission_name = ON

    @expose("/<int:step_id>")
    @allowed("record")
    def form(self, step_id: int) -> Any:
        """The form."""
        return self._form(step_id)

    @expose("/<int:step_id>", methods=["POST"])
    @allowed("record")
    def record(self, step_id: int) -> Any:
        """Show the card."""
        try:
            on = typed_day(request.form.get("on"), "on")
            detail = request.form.get("detail", "")[:LONGEST]
            card_id = record_violation(step_id, _cause(), on, detail, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._form(step_id, said=say(error)), error.status
        flash(gettext("The red card is shown."), "success")
        return redirect(url_for("CardView.one", card_id=card_id), code=303)

    def _form(self, step_id: int, *, said: str = "") -> str:
        step, project = step_in_sight(db.session, step_id, actor())
        catalogue = catalogue_queries.catalogue(project.edition_id, db.session)
        return self.show(
            "supervision/violation.html",
            **_named(step, project, catalogue),
            said=said,
            causes=[
                {"value": one.value, "text": gettext(text)}
                for one, text in CAUSES.items()
                if one in VIOLATIONS
            ],
            typed=request.form,
            today=clock.today().isoformat(),
        )


def _named(step: Step, project: Project, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "step_id": step.id,
        "step": step_name(catalogue, step.code),
        "department": department_name(catalogue, step.department),
        "project": project.name,
        "href": url_for("StepView.one", project_id=project.id, number=step.number),
    }


def _suggested(step: Step, project: Project, catalogue: Catalogue) -> str:
    name = step_name(catalogue, step.code)
    if step.promised_end_on is None:
        return gettext(
            "“%(step)s” of “%(project)s” waits for your answer; the papers came on %(day)s.",
            step=name,
            project=project.name,
            day=spoken.day(step.received_on),
        )
    return gettext(
        "“%(step)s” of “%(project)s” is promised for %(day)s. Please decide in time, or say what is missing.",
        step=name,
        project=project.name,
        day=spoken.day(step.promised_end_on),
    )


def _whom(step: Step) -> str:
    """The department's chief representative with the telephone, if it has named one."""
    contact = representatives(db.session, clock.today()).get(step.department)
    return f"{named_person(contact)} {contact.phone}" if contact else ""


def _back(step_id: int) -> Answer:
    """To the card, if the step has one; to the step otherwise."""
    cards = live_of_steps(db.session, [step_id])
    if cards:
        return redirect(url_for("CardView.one", card_id=cards[0].id), code=303)
    step, project = step_in_sight(db.session, step_id, actor())
    return redirect(url_for("StepView.one", project_id=project.id, number=step.number), code=303)


def _way() -> ChaseWay:
    try:
        return ChaseWay(request.form.get("way"))
    except ValueError:
        raise UrgingWayNeeded from None


def _cause() -> Cause:
    try:
        return Cause(request.form.get("cause"))
    except ValueError:
        raise ViolationNeeded from None
