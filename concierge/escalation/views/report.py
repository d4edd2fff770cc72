"""One report: who came, what was decided, who says what, how it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.queries.desk import causes, figures_in_force
from concierge.escalation.queries.reports import report_file
from concierge.escalation.rules.assigning import Opinion
from concierge.escalation.rules.closing import Closing, answer_occasion
from concierge.escalation.rules.report import Contentment, ReportKind, ReportLevel, ReportOutcome
from concierge.escalation.services.bring_together import call_off_meeting, give_opinion, hold_meeting
from concierge.escalation.services.close_report import ask_back, close_report, reopen_report
from concierge.escalation.services.handle_report import Owner, OwnerUnknown, handle_report
from concierge.escalation.services.raise_report import raise_report
from concierge.escalation.services.record_arrival import record_arrival
from concierge.escalation.views.doors import (
    LONGEST,
    LONGEST_NAME,
    MOST,
    ON,
    chosen,
    problem,
)
from concierge.escalation.views.report_sheet import ReportSheet
from concierge.kernel import clock, letters
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_moment
from concierge.kernel.web import Page, actor, allowed, whole_number
from concierge.staff.queries import agents, contacts, spoken_name


class ProblemReportView(Page):
    """One report of what cannot be done."""

    route_base = "/escalations/reports"
    class_permission_name = ON

    @expose("/<int:report_id>")
    @allowed("show")
    def one(self, report_id: int) -> Any:
        """The report with its ladder."""
        return self.show("escalation/report.html", page=_sheet(report_id))

    @expose("/<int:report_id>/arrival", methods=["POST"])
    @allowed("handle")
    def arrive(self, report_id: int) -> Any:
        """Somebody came."""

        def keep() -> None:
            at = typed_moment(request.form.get("at"), "at")
            record_arrival(report_id, at, _name("who_came"), _text("result"), by=actor())

        return self._done(report_id, keep, gettext("It is on record who came."), "at")

    @expose("/<int:report_id>/level", methods=["POST"])
    @allowed("handle")
    def rise(self, report_id: int) -> Any:
        """One level up."""

        def keep() -> None:
            level = chosen(ReportLevel, request.form.get("to"), "to")
            raise_report(report_id, level, _text("why"), version=_version(), by=actor())

        return self._done(report_id, keep, gettext("The report went up."), "why")

    @expose("/<int:report_id>/handling", methods=["POST"])
    @allowed("handle")
    def handle(self, report_id: int) -> Any:
        """Kind, owner and answer."""

        def keep() -> None:
            raw = request.form.get("kind", "")
            handle_report(
                report_id,
                kind=chosen(ReportKind, raw, "kind") if raw else None,
                owner=_owner(),
                answer=_text("answer"),
                version=_version(),
                by=actor(),
            )

        return self._done(report_id, keep, gettext("It is on record. Tell the person the answer."), "answer")

    @expose("/<int:report_id>/opinions", methods=["POST"])
    @allowed("handle")
    def opinion(self, report_id: int) -> Any:
        """What a department says."""

        def keep() -> None:
            said = Opinion(
                department=request.form.get("department", ""),
                words=_text("opinion"),
                basis=_text("opinion_basis"),
                is_coming=bool(request.form.get("is_coming")),
            )
            give_opinion(report_id, said, by=actor())

        return self._done(report_id, keep, gettext("The opinion is on record."), "opinion")

    @expose("/<int:report_id>/meetings", methods=["POST"])
    @allowed("handle")
    def meeting(self, report_id: int) -> Any:
        """A meeting or an appointment."""

        def keep() -> None:
            at = typed_moment(request.form.get("meeting_at"), "meeting_at")
            hold_meeting(report_id, at, _name("place"), _text("proposal"), by=actor())

        return self._done(
            report_id, keep, gettext("The meeting is set. Invite the departments."), "meeting_at"
        )

    @expose("/<int:report_id>/meetings/<int:meeting_id>/off", methods=["POST"])
    @allowed("handle")
    def call_off(self, report_id: int, meeting_id: int) -> Any:
        """Call a meeting off."""

        def keep() -> None:
            call_off_meeting(meeting_id, by=actor())

        return self._done(report_id, keep, gettext("The meeting is called off."), "meeting_at")

    @expose("/<int:report_id>/close")
    @allowed("close")
    def closing(self, report_id: int) -> Any:
        """The form that closes it."""
        return self.show("escalation/close.html", page=_sheet(report_id))

    @expose("/<int:report_id>/close", methods=["POST"])
    @allowed("close")
    def close(self, report_id: int) -> Any:
        """Close it."""

        def keep() -> None:
            closing = Closing(
                outcome=chosen(ReportOutcome, request.form.get("outcome"), "outcome"),
                answer=_text("answer"),
                cause_code=request.form.get("cause_code", ""),
                approver=_name("approver"),
                basis=_text("basis"),
                accountability=_text("accountability"),
            )
            close_report(report_id, closing, version=_version(), by=actor())

        done = gettext("The report is closed. Ask the person in the next days whether it helped.")
        return self._done(report_id, keep, done, "answer", template="escalation/close.html")

    @expose("/<int:report_id>/contentment", methods=["POST"])
    @allowed("handle")
    def ask(self, report_id: int) -> Any:
        """What the person said of the answer."""

        def keep() -> None:
            said = chosen(Contentment, request.form.get("contentment"), "contentment")
            ask_back(report_id, said, _text("said"), by=actor())

        return self._done(report_id, keep, gettext("It is on record what the person said."), "contentment")

    @expose("/<int:report_id>/reopen", methods=["POST"])
    @allowed("close")
    def reopen(self, report_id: int) -> Any:
        """Take it up again."""

        def keep() -> None:
            reopen_report(report_id, by=actor())

        return self._done(report_id, keep, gettext("The report is open again."), "contentment")

    def _done(
        self,
        report_id: int,
        keep: Callable[[], None],
        said: str,
        field: str,
        template: str = "escalation/report.html",
    ) -> Any:
        """Do it and show the report; when it is refused, the page as it was typed."""
        try:
            keep()
        except Missing:
            raise
        except ConciergeError as error:
            db.session.rollback()
            db.session.expire_all()
            page = _sheet(report_id, problems=problem(error, field), typed=request.form.to_dict())
            return self.show(template, page=page), error.status
        flash(said, "success")
        return redirect(url_for("ProblemReportView.one", report_id=report_id), code=303)


def _text(name: str) -> str:
    return request.form.get(name, "")[:LONGEST]


def _name(name: str) -> str:
    return request.form.get(name, "")[:LONGEST_NAME]


def _version() -> int | None:
    return whole_number(request.form.get("version"), default=0, most=MOST) or None


def _owner() -> Owner | None:
    """Whom somebody chose: ``contact:7`` or ``user:3``. Raises: OwnerUnknown."""
    raw = request.form.get("owner", "")
    if not raw:
        return None
    kind, _, digits = raw.partition(":")
    number = whole_number(digits, default=0, most=MOST)
    if not number or kind not in ("contact", "user"):
        raise OwnerUnknown(field="owner")
    return Owner(contact_id=number) if kind == "contact" else Owner(user_id=number)


def _sheet(
    report_id: int, *, problems: Sequence[dict[str, str]] = (), typed: dict[str, str] | None = None
) -> ReportSheet:
    today, file = clock.today(), report_file(db.session, report_id, actor())
    occasion = answer_occasion(report_id, file.report.reopenings)
    return ReportSheet(
        file=file,
        catalogue=catalogue_queries.published_catalogue(db.session),
        calendar=catalogue_queries.work_calendar(db.session),
        figures=figures_in_force(db.session),
        today=today,
        people=[{"value": f"user:{one.id}", "text": spoken_name(one)} for one in agents(db.session)],
        contacts=contacts(db.session, today),
        causes=causes(db.session),
        is_told=file.report.closed_at is not None and letters.is_left(db.session, occasion),
        problems=problems,
        typed=typed or {},
    )
