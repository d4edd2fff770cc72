"""Type in a rating that came on paper or by telephone: the road for those who cannot use a link."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.web import Page, actor, allowed
from concierge.ratings.queries.occasions import unrated_one
from concierge.ratings.rules.rating import Channel
from concierge.ratings.services.rate_service import rate_service
from concierge.ratings.views.board_sheet import name_of, service_of
from concierge.ratings.views.rating_form import RatingForm, typed_form
from concierge.ratings.views.words import CHANNELS, ON

BY_STAFF = (Channel.PAPER, Channel.PHONE)


class ChannelNeeded(Invalid):
    """How a rating reached the staff who type it in."""

    message = N_("Say whether the rating came on paper or by telephone.")


class PaperRatingView(Page):
    """A rating somebody gave on paper or by telephone."""

    route_base = "/ratings/paper"
    class_permission_name = ON

    @expose("/<int:occasion_id>")
    @allowed("enter")
    def form(self, occasion_id: int) -> Any:
        """The form."""
        return self._page(occasion_id, RatingForm())

    @expose("/<int:occasion_id>", methods=["POST"])
    @allowed("enter")
    def enter(self, occasion_id: int) -> Any:
        """Keep what was given; nobody types in a rating of his own work (RT-6)."""
        unrated_one(db.session, actor(), occasion_id)
        typed = typed_form(request.form)
        try:
            rating_id = rate_service(occasion_id, typed.given(), channel=_channel(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._page(occasion_id, typed.with_problem(error)), error.status
        flash(gettext("The rating is on record."), "success")
        return redirect(url_for("RatingView.one", rating_id=rating_id), code=303)

    def _page(self, occasion_id: int, typed: RatingForm) -> str:
        one = unrated_one(db.session, actor(), occasion_id)
        catalogue = catalogue_queries.latest_catalogue(db.session)
        return self.show(
            "ratings/paper.html",
            one=one,
            service=service_of(catalogue, one.row.code, one.row.title),
            department=name_of(catalogue, one.row.department),
            typed=typed,
            channels=[{"value": way.value, "text": gettext(CHANNELS[way])} for way in BY_STAFF],
            channel=request.form.get("channel", ""),
        )


def _channel() -> Channel:
    found = next((way for way in BY_STAFF if way.value == request.form.get("channel")), None)
    if found is None:
        raise ChannelNeeded(field="channel")
    return found
