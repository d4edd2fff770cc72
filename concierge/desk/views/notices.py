"""提醒: what a person was told, day by day, unread first in the eye; each leads to its place."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import redirect, request, url_for
from flask_appbuilder import expose
from werkzeug.wrappers import Response as Answer

from approvals.queries.catalogue import latest_catalogue
from concierge.desk.queries import notices as queries
from concierge.desk.services.read_notices import read_all_notices, read_notices
from concierge.desk.views.notice_words import place_of, said
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.web import Page, actor, allowed

MOST_IN_A_FORM = 500
LONGEST_NUMBER = 9


class NoticesPage(Page):
    """A person's own notices."""

    route_base = "/notices"
    class_permission_name = "Notice"
    default_view = "list"
    base_permissions = ["can_hear"]

    @expose("/list/")
    @allowed("hear")
    def list(self) -> str:
        """What the person was told, the latest first."""
        only_unread = request.args.get("show") == "unread"
        catalogue = latest_catalogue(db.session)
        told = [said(one, catalogue) for one in queries.notices(db.session, actor(), only_unread=only_unread)]
        days = [(day, list_of(group)) for day, group in groupby(told, key=lambda one: one["on"])]
        return self.show(
            "desk/notices.html",
            days=days,
            unread=queries.unread(db.session, actor()),
            only_unread=only_unread,
            shown=len(told),
            most=queries.MOST_SHOWN,
        )

    @expose("/<int:notice_id>")
    @allowed("hear")
    def open(self, notice_id: int) -> Answer:
        """Where one of one's own notices leads, from a message; opening it reads it."""
        found = queries.notices_of(db.session, actor(), [notice_id])
        if not found:
            raise Missing
        read_notices([notice_id], by=actor())
        return redirect(place_of(found[0]) or url_for("NoticesPage.list"), code=303)

    @expose("/", methods=["POST"])
    @allowed("hear")
    def read(self) -> Answer:
        """Mark notices as read: one, those of a day, or all."""
        if request.form.get("all"):
            read_all_notices(by=actor())
        else:
            numbers = request.form.getlist("notice")[:MOST_IN_A_FORM]
            read_notices([int(n) for n in numbers if n.isdecimal() and len(n) <= LONGEST_NUMBER], by=actor())
        return redirect(url_for("NoticesPage.list", show=request.form.get("show") or None), code=303)


def list_of(group: Any) -> Any:
    """The notices of one day."""
    return [*group]
