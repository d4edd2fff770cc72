"""One rating: what was said, and the way of a negative one to its answer, call-back and appeal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.typed_values import readable_day
from concierge.kernel.web import Page, actor, allowed, say, whole_number
from concierge.ratings.queries.rating_file import RatingFile, rating_file
from concierge.ratings.queries.who_may import authority
from concierge.ratings.rules.rating import Level, LevelNeeded
from concierge.ratings.rules.redress import Finding, Ruling
from concierge.ratings.services.appeal_rating import appeal_rating, decide_rating_appeal
from concierge.ratings.services.follow_negative import Contact, call_back, contact_rater, put_right
from concierge.ratings.views.rating_sheet import RatingSheet, asked
from concierge.ratings.views.words import ON

LONGEST = 2000
LARGEST_ROW = 10**9


class FindingNeeded(Invalid):
    """Somebody was reached, but what it showed is not said."""

    message = N_("Choose what the contact showed, or tick that nobody was reached.")


class AppealRulingNeeded(Invalid):
    """Neither of the two answers was chosen."""

    message = N_("Choose whether the appeal against the rating is upheld or rejected.")


class RatingView(Page):
    """The page of one rating."""

    route_base = "/ratings/one"
    class_permission_name = ON

    @expose("/<int:rating_id>")
    @allowed("show")
    def one(self, rating_id: int) -> Any:
        """The rating with its whole story."""
        return self.show("ratings/rating.html", page=_sheet(rating_id))

    @expose("/<int:rating_id>/contact", methods=["POST"])
    @allowed("handle")
    def contact(self, rating_id: int) -> Any:
        """Write down a contact."""

        def deed(file: RatingFile) -> None:
            contact_rater(_redress(file), _contact(), version=_version(), by=actor())

        return self._done(rating_id, deed, gettext("The contact is on record."))

    @expose("/<int:rating_id>/put-right", methods=["POST"])
    @allowed("handle")
    def put_right(self, rating_id: int) -> Any:
        """Write down what was done, and the answer."""

        def deed(file: RatingFile) -> None:
            put_right(
                _redress(file),
                _typed("fault"),
                _typed("measure"),
                _typed("answer"),
                version=_version(),
                by=actor(),
            )

        return self._done(rating_id, deed, gettext("The answer is on record, and published without names."))

    @expose("/<int:rating_id>/call-back", methods=["POST"])
    @allowed("call_back")
    def call_back(self, rating_id: int) -> Any:
        """Write down what the call-back heard."""

        def deed(file: RatingFile) -> None:
            call_back(_redress(file), _level(), _typed("note"), version=_version(), by=actor())

        return self._done(rating_id, deed, gettext("The call-back is on record."))

    @expose("/<int:rating_id>/appeal", methods=["POST"])
    @allowed("appeal")
    def appeal(self, rating_id: int) -> Any:
        """Write down an appeal."""

        def deed(file: RatingFile) -> None:
            appeal_rating(file.rating.id, _typed("speaker"), _typed("reason"), by=actor())

        return self._done(
            rating_id,
            deed,
            gettext("The appeal against the rating is on record. It counts until it is decided."),
        )

    @expose("/<int:rating_id>/decide", methods=["POST"])
    @allowed("decide")
    def decide(self, rating_id: int) -> Any:
        """Decide the appeal."""

        def deed(file: RatingFile) -> None:
            if file.appeal is None:
                raise Missing
            decide_rating_appeal(
                file.appeal.id, _ruling(), _typed("decision"), version=_version(), by=actor()
            )

        return self._done(rating_id, deed, gettext("The decision is on record."))

    def _done(self, rating_id: int, deed: Callable[[RatingFile], None], said: str) -> Any:
        file = rating_file(db.session, actor(), rating_id)
        try:
            deed(file)
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            page = _sheet(rating_id, said=say(error), typed=asked(request.form))
            return self.show("ratings/rating.html", page=page), error.status
        flash(said, "success")
        return redirect(url_for("RatingView.one", rating_id=rating_id), code=303)


def _redress(file: RatingFile) -> int:
    if file.redress is None:
        raise Missing
    return file.redress.id


def _contact() -> Contact:
    is_reached = not request.form.get("unreached")
    return Contact(
        note=_typed("note"),
        is_reached=is_reached,
        finding=_finding() if is_reached else None,
        rectify_due_on=_day("rectify_due_on"),
    )


def _finding() -> Finding:
    try:
        return Finding(request.form.get("finding"))
    except ValueError:
        raise FindingNeeded(field="finding") from None


def _level() -> Level:
    try:
        return Level(request.form.get("level"))
    except ValueError:
        raise LevelNeeded(field="level") from None


def _ruling() -> Ruling:
    try:
        return Ruling(request.form.get("ruling"))
    except ValueError:
        raise AppealRulingNeeded(field="ruling") from None


def _day(name: str) -> date | None:
    return readable_day(request.form.get(name))


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST]


def _version() -> int | None:
    return whole_number(request.form.get("version"), default=0, most=LARGEST_ROW) or None


def _sheet(rating_id: int, *, said: str = "", typed: dict[str, str] | None = None) -> RatingSheet:
    file = rating_file(db.session, actor(), rating_id)
    own = {one.person_id for one in file.people}
    return RatingSheet(
        file=file,
        catalogue=catalogue_queries.latest_catalogue(db.session),
        calendar=catalogue_queries.work_calendar(db.session),
        today=clock.today(),
        rectify_workdays=current_app.config["CONCIERGE"].rating_rectify_workdays,
        authority=authority(db.session, but=own),
        said=said,
        typed=typed or {},
    )
