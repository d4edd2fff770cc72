"""审批投诉: complaints about approvals and the hotline's orders, taken in, decided on, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.typed_values import moment_as_typed, typed_moment
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.supervision.queries.card_file import step_in_sight
from concierge.supervision.queries.complaints import complaint_file, complaints
from concierge.supervision.rules.complaints import ComplaintFinding, ComplaintWay, NewComplaint
from concierge.supervision.rules.thresholds import OWNERS
from concierge.supervision.services.follow_complaint import (
    accept_complaint,
    answer_complaint,
    decline_complaint,
    lengthen_complaint,
    send_back,
)
from concierge.supervision.services.take_complaint import take_complaint
from concierge.supervision.views.card import LONGEST, MOST_VERSIONS
from concierge.supervision.views.complaint_sheet import COMPLAINT, ComplaintSheet
from concierge.supervision.views.live_sheet import department_name
from concierge.supervision.views.words import COMPLAINT_WAYS

LONGEST_NAME = 80
MOST = 2**31 - 1


class ComplaintWayNeeded(Invalid):
    """Nobody said how it came."""

    message = N_("Choose how the complaint came in.")


class ComplaintFindingNeeded(Invalid):
    """Nobody said what was found."""

    message = N_("Choose what was found.")


class ComplaintView(Page):
    """Complaints about approvals."""

    route_base = "/supervision/complaints"
    class_permission_name = COMPLAINT

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """Those that wait first, by the day they are due."""
        found = complaints(db.session, actor())
        catalogue = catalogue_queries.published_catalogue(db.session)
        rows = [ComplaintSheet(file=one, catalogue=catalogue, now=clock.now()) for one in found]
        return self.show("supervision/complaints.html", rows=rows, may_register=may("register", COMPLAINT))

    @expose("/new")
    @allowed("register")
    def form(self) -> Any:
        """Take one in; a step in the address fills in department and project."""
        return self._form()

    @expose("/new", methods=["POST"])
    @allowed("register")
    def take(self) -> Any:
        """Keep it."""
        try:
            complaint_id = take_complaint(
                _typed(), closing=current_app.config["CONCIERGE"].closing_time, by=actor()
            )
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._form(said=error), error.status
        flash(gettext("The complaint is taken in."), "success")
        return redirect(url_for("ComplaintView.one", complaint_id=complaint_id), code=303)

    @expose("/<int:complaint_id>")
    @allowed("show")
    def one(self, complaint_id: int) -> Any:
        """One complaint: what was said, until when, what came of it."""
        return self._page(complaint_id)

    @expose("/<int:complaint_id>/accept", methods=["POST"])
    @allowed("decide")
    def accept(self, complaint_id: int) -> Any:
        """Take it up."""
        return self._done(
            complaint_id,
            lambda: accept_complaint(complaint_id, version=_version(), by=actor()),
            gettext("The complaint is accepted; its answer is due from today."),
        )

    @expose("/<int:complaint_id>/decline", methods=["POST"])
    @allowed("decide")
    def decline(self, complaint_id: int) -> Any:
        """Do not take it up."""
        return self._done(
            complaint_id,
            lambda: decline_complaint(complaint_id, _words("reason"), version=_version(), by=actor()),
            gettext("The complaint is not accepted; tell the person why."),
        )

    @expose("/<int:complaint_id>/send-back", methods=["POST"])
    @allowed("decide")
    def send_back(self, complaint_id: int) -> Any:
        """Send an order back to the hotline."""
        return self._done(
            complaint_id,
            lambda: send_back(complaint_id, _words("reason"), version=_version(), by=actor()),
            gettext("It is on record that the order went back."),
        )

    @expose("/<int:complaint_id>/lengthen", methods=["POST"])
    @allowed("decide")
    def lengthen(self, complaint_id: int) -> Any:
        """Give it the longer days of a complex one."""
        return self._done(
            complaint_id,
            lambda: lengthen_complaint(
                complaint_id, _words("complex_reason"), version=_version(), by=actor()
            ),
            gettext("The complaint has five working days more."),
        )

    @expose("/<int:complaint_id>/answer", methods=["POST"])
    @allowed("decide")
    def answer(self, complaint_id: int) -> Any:
        """Record what was found and answered."""
        return self._done(
            complaint_id,
            lambda: answer_complaint(
                complaint_id, _finding(), _words("answer"), version=_version(), by=actor()
            ),
            gettext("The complaint is answered."),
        )

    def _done(self, complaint_id: int, do: Callable[[], None], said: str) -> Any:
        complaint_file(db.session, complaint_id, actor())  # out of sight is not there
        try:
            do()
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._page(complaint_id, said=error), error.status
        flash(said, "success")
        return redirect(url_for("ComplaintView.one", complaint_id=complaint_id), code=303)

    def _page(self, complaint_id: int, *, said: ConciergeError | None = None) -> str:
        file = complaint_file(db.session, complaint_id, actor())
        page = ComplaintSheet(
            file=file, catalogue=catalogue_queries.published_catalogue(db.session), now=clock.now()
        )
        return self.show(
            "supervision/complaint.html", page=page, problems=_problems(said), typed=request.form
        )

    def _form(self, *, said: ConciergeError | None = None) -> str:
        catalogue = catalogue_queries.published_catalogue(db.session)
        step_id = whole_number(request.values.get("step_id"), default=0, most=MOST)
        known = step_in_sight(db.session, step_id, actor()) if step_id else None
        first = {"came_at": moment_as_typed(clock.now()), "way": ComplaintWay.APPROVAL.value}
        if known is not None:
            first["department"] = known[0].department
        return self.show(
            "supervision/complaint_form.html",
            problems=_problems(said),
            typed={**first, **request.form},
            step_id=step_id,
            place=f"{known[1].name}　{catalogue.matter(known[0].code).name_zh}" if known else "",
            ways=[{"value": one.value, "text": gettext(text)} for one, text in COMPLAINT_WAYS.items()],
            departments=[
                {"value": one.code, "text": department_name(catalogue, one.code)}
                for one in catalogue.departments
                if one.code not in OWNERS
            ],
        )


def _typed() -> NewComplaint:
    typed = request.form
    try:
        way = ComplaintWay(typed.get("way"))
    except ValueError:
        raise ComplaintWayNeeded(field="way") from None
    step_id = whole_number(typed.get("step_id"), default=0, most=MOST)
    if step_id:
        step_in_sight(db.session, step_id, actor())
    return NewComplaint(
        way=way,
        department=typed.get("department", ""),
        complainant=typed.get("complainant", "")[:LONGEST_NAME],
        phone=typed.get("phone", "")[:LONGEST_NAME],
        outside_number=typed.get("outside_number", "")[:LONGEST_NAME],
        text=_words("text"),
        came_at=typed_moment(typed.get("came_at"), "came_at"),
        step_id=step_id or None,
    )


def _words(name: str) -> str:
    return request.form.get(name, "")[:LONGEST]


def _finding() -> ComplaintFinding:
    try:
        return ComplaintFinding(request.form.get("finding"))
    except ValueError:
        raise ComplaintFindingNeeded(field="finding") from None


def _version() -> int | None:
    return whole_number(request.form.get("version"), default=0, most=MOST_VERSIONS) or None


def _problems(said: ConciergeError | None) -> list[dict[str, str]]:
    return [] if said is None else [{"field": str(said.facts.get("field", "content")), "message": say(said)}]
