"""好差评: ratings by department, negative ones with their clocks, what is not rated yet."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.qr import qr
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.ratings.queries.board import board
from concierge.ratings.queries.occasions import PAGE_ROWS, Unrated, unrated, unrated_one
from concierge.ratings.services.ask_process_change import answer_process_change
from concierge.ratings.services.make_rating_link import make_rating_link
from concierge.ratings.views.board_sheet import SPANS, BoardSheet, name_of, service_of
from concierge.ratings.views.words import ON
from concierge.supervision.rules.reporting_period import ReportSpan, reporting_period
from concierge.supervision.views.words import SPANS as SPAN_NAMES

LONGEST = 2000
LARGEST_ROW = 10**9


class RatingsView(Page):
    """What enterprises say, and what is done about it."""

    route_base = "/ratings"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The board."""
        return self.show("ratings/board.html", page=_sheet(), may_change=may("change", ON))

    @expose("/print")
    @allowed("list")
    def printed(self) -> Any:
        """The same on A4."""
        return self.show("ratings/print_board.html", page=_sheet())

    @expose("/changes/<int:change_id>", methods=["POST"])
    @allowed("change")
    def change(self, change_id: int) -> Any:
        """Write down what a department changed."""
        typed = request.form.get("answer", "")[:LONGEST]
        try:
            answer_process_change(change_id, typed, version=_version(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            page = self.show(
                "ratings/board.html",
                page=_sheet(),
                may_change=True,
                said=say(error),
                typed={change_id: typed},
            )
            return page, error.status
        flash(gettext("What was changed is on record."), "success")
        return redirect(url_for("RatingsView.list"), code=303)

    @expose("/unrated/")
    @allowed("list")
    def unrated(self) -> Any:
        """Finished services without a rating, and who was invited."""
        page = whole_number(request.args.get("page"), default=1, least=1)
        found, total = unrated(db.session, actor(), page)
        catalogue = catalogue_queries.latest_catalogue(db.session)
        return self.show(
            "ratings/unrated.html",
            rows=[_unrated(one, catalogue) for one in found],
            total=total,
            page=page,
            pages=max(1, -(-total // PAGE_ROWS)),
            may_invite=may("invite", ON),
            may_enter=may("enter", ON),
        )

    @expose("/unrated/<int:occasion_id>/link", methods=["POST"])
    @allowed("invite")
    def link(self, occasion_id: int) -> Any:
        """Make a link to the form and show its key, once."""
        one = unrated_one(db.session, actor(), occasion_id)
        facts = _unrated(one, catalogue_queries.latest_catalogue(db.session))
        minted = make_rating_link(occasion_id, version=_version(), by=actor())
        address = f"{current_app.config['CONCIERGE'].base_url}/p/{minted.token}/rate"
        message = gettext(
            "%(who)s: how was “%(what)s” done? Please rate it by this link, with or without your name: "
            "%(address)s",
            who=one.contact or one.enterprise or one.project,
            what=facts["service"],
            address=address,
        )
        return self.show(
            "ratings/link_shown.html", one=facts, address=address, message=message, drawn=qr(address)
        )


def _unrated(one: Unrated, catalogue: Catalogue | None) -> dict[str, Any]:
    row = one.row
    return {
        "id": row.id,
        "version": row.version,
        "service": service_of(catalogue, row.code, row.title),
        "department": name_of(catalogue, row.department),
        "project": one.project,
        "enterprise": one.enterprise,
        "contact": one.contact,
        "phone": one.phone,
        "closed_on": row.closed_on,
        "invited_on": clock.local(row.invited_at).date() if row.invited_at else None,
        "link_on": clock.local(row.link_made_at).date() if row.link_made_at else None,
        "link_by": row.link_made_by,
        "expires_on": row.expires_on,
        "href": url_for("ProjectView.one", project_id=row.project_id) if row.project_id else "",
    }


def _version() -> int | None:
    return whole_number(request.form.get("version"), default=0, most=LARGEST_ROW) or None


def span_asked() -> ReportSpan:
    """The span an address asks for; this quarter, if it asks for none there is."""
    raw = request.args.get("period")
    return next((one for one in SPANS if one.value == raw), ReportSpan.QUARTER)


def _sheet() -> BoardSheet:
    span, today = span_asked(), clock.today()
    return BoardSheet(
        board=board(db.session, actor(), reporting_period(span, today)),
        span=span,
        span_names=dict(SPAN_NAMES),
        catalogue=catalogue_queries.latest_catalogue(db.session),
        today=today,
    )
