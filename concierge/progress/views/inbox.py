"""What enterprises sent by their links: looked at, answered, arranged, taken among the papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel.db import db
from concierge.kernel.downloads import hand_out
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day, typed_time
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number
from concierge.progress.queries.incoming import PAGE_ROWS, inbox, incoming_of
from concierge.progress.rules.acts import ActKind
from concierge.progress.services.answer_incoming import answer_incoming, decline_incoming
from concierge.progress.services.open_upload import open_upload
from concierge.progress.services.plan_officer import Arranged, plan_officer
from concierge.progress.services.take_upload import decline_upload, take_upload
from concierge.progress.views.inbox_sheet import IncomingSheet
from concierge.progress.views.words import ON

MOST = 2**31


class InboxView(Page):
    """The things enterprises sent, and what becomes of them."""

    route_base = "/progress/inbox"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """What waits, the first to be answered first; or what is over."""
        is_over = request.args.get("state") == "over"
        page = whole_number(request.args.get("page"), default=1, least=1)
        lines, total = inbox(db.session, actor(), is_over=is_over, page=page)
        here = url_for("InboxView.list")
        return self.show(
            "progress/inbox.html",
            lines=[IncomingSheet(line) for line in lines],
            is_over=is_over,
            choices=[
                {"text": gettext("Waiting for us"), "href": here, "is_current": not is_over, "count": None},
                {
                    "text": gettext("Dealt with"),
                    "href": f"{here}?state=over",
                    "is_current": is_over,
                    "count": None,
                },
            ],
            page=page,
            pages=max(1, -(-total // PAGE_ROWS)),
        )

    @expose("/<int:incoming_id>")
    @allowed("list")
    def one(self, incoming_id: int) -> str:
        """One thing with everything that may be done about it."""
        return self._one(incoming_id)

    @expose("/<int:incoming_id>/file")
    @allowed("list")
    def file(self, incoming_id: int) -> Response:
        """The file that was sent, in the browser where it can be shown."""
        kept = open_upload(incoming_id, by=actor())
        return hand_out(kept.key, kept.name, kept.media_type, kept.size_bytes, in_place=True)

    @expose("/<int:incoming_id>/answer", methods=["POST"])
    @allowed("handle")
    def answer(self, incoming_id: int) -> Any:
        """Answer it."""

        def deed(version: int) -> None:
            answer_incoming(incoming_id, request.form.get("answer", ""), version=version, by=actor())

        return self._do(incoming_id, deed, gettext("Answered. The enterprise reads it on its page."))

    @expose("/<int:incoming_id>/take", methods=["POST"])
    @allowed("handle")
    def take(self, incoming_id: int) -> Any:
        """Take a material among the papers, or say why not."""
        words = request.form.get("answer", "")
        is_taken = request.form.get("deed") == "take"

        def deed(version: int) -> None:
            if is_taken:
                take_upload(incoming_id, answer=words, version=version, lang=language(), by=actor())
            else:
                decline_upload(incoming_id, words, version=version, by=actor())

        said = (
            gettext("Taken: the project has the paper, for every step that asks for it.")
            if is_taken
            else gettext("Not taken. The enterprise reads why, beside the material.")
        )
        return self._do(incoming_id, deed, said)

    @expose("/<int:incoming_id>/arrange", methods=["POST"])
    @allowed("handle")
    def arrange(self, incoming_id: int) -> Any:
        """Plan the visit, or say why nobody comes."""
        form, is_planned = request.form, request.form.get("deed") == "plan"

        def deed(version: int) -> None:
            if not is_planned:
                decline_incoming(incoming_id, form.get("answer", ""), version=version, by=actor())
                return
            arranged = Arranged(
                visitor_id=whole_number(form.get("visitor"), default=0, most=MOST),
                on=typed_day(form.get("on"), "on"),
                at=typed_time(form.get("at"), "at"),
                answer=form.get("answer", ""),
            )
            plan_officer(incoming_id, arranged, version=version, by=actor())

        said = (
            gettext("Arranged: it stands in the officer's day and on the enterprise's page.")
            if is_planned
            else gettext("Not arranged. The enterprise reads why.")
        )
        return self._do(incoming_id, deed, said)

    def _do(self, incoming_id: int, deed: Callable[[int], None], said: str) -> Any:
        """Do it and go back to what waits; or show the page again as it was typed, with what is wrong.

        Raises: Missing.
        """
        try:
            deed(whole_number(request.form.get("version"), default=0, most=MOST))
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            wrong = {"field": str(error.facts.get("field") or "answer"), "message": say(error)}
            return self._one(incoming_id, (wrong,)), error.status
        flash(said, "success")
        return redirect(url_for("InboxView.list"), code=303)

    def _one(self, incoming_id: int, problems: tuple[dict[str, str], ...] = ()) -> str:
        sheet = IncomingSheet(incoming_of(db.session, actor(), incoming_id))
        row = sheet.line.row
        return self.show(
            "progress/incoming.html",
            sheet=sheet,
            row=row,
            problems=problems,
            wrong={one["field"]: one["message"] for one in problems},
            typed=request.form,
            may_handle=may("handle", ON) and not row.state.is_over,
            is_upload=row.kind is ActKind.UPLOAD,
            is_trip=row.kind in (ActKind.PICK_UP, ActKind.VISIT),
            visitors=sheet.visitors() if row.kind in (ActKind.PICK_UP, ActKind.VISIT) else [],
            own=actor().id,
        )
