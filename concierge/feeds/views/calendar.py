"""Calendar feeds of whoever is signed in: making an address, seeing who fetches it, replacing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.feeds.queries import own_feeds as queries
from concierge.feeds.rules.feed import (
    FOR_OTHERS,
    LONGEST_NAME,
    Component,
    Detail,
    FeedPurposeUnknown,
    FeedTerms,
    Purpose,
)
from concierge.feeds.rules.quirks import QUIRKS
from concierge.feeds.services.change_settings import Settings, change_settings
from concierge.feeds.services.make_feed import make_feed
from concierge.feeds.services.replace_key import replace_key
from concierge.feeds.services.stop_feed import stop_feed
from concierge.feeds.views import calendar_sheet as sheet
from concierge.feeds.views.answering import file_of, title_of
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.qr import qr
from concierge.kernel.tokens import Minted
from concierge.kernel.typed_values import readable_day
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number

FEED = "CalendarFeed"
LARGEST_ROW = 2**31 - 1


class CalendarPage(Page):
    """The calendar addresses of a person."""

    route_base = "/calendar"
    class_permission_name = FEED
    default_view = "list"
    base_permissions = ["can_list", "can_make", "can_hand"]

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """The addresses, a form for another, and one week of the calendar."""
        return self._page()

    @expose("/", methods=["POST"])
    @allowed("make")
    def make(self) -> Any:
        """Make an address and show its key, once."""
        try:
            feed_id, minted = make_feed(_asked(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            problem = {"field": str(error.facts.get("field", "device")), "message": say(error)}
            return self._page([problem]), error.status
        return self._shown(feed_id, minted)

    @expose("/<int:feed_id>/again", methods=["POST"])
    @allowed("make")
    def again(self, feed_id: int) -> Any:
        """Give an address a new key and show it; the old one opens for another day."""
        version = whole_number(request.form.get("version"), default=0, most=LARGEST_ROW)
        return self._shown(feed_id, replace_key(feed_id, version=version, by=actor()))

    @expose("/<int:feed_id>/stop", methods=["POST"])
    @allowed("make")
    def stop(self, feed_id: int) -> Any:
        """Stop an address."""
        stop_feed(feed_id, by=actor())
        flash(gettext("The address is stopped. Delete the calendar on the device too."), "success")
        return redirect(url_for("CalendarPage.list"), code=303)

    @expose("/<int:feed_id>/settings", methods=["POST"])
    @allowed("make")
    def settings(self, feed_id: int) -> Any:
        """Change what an address tells."""
        form = request.form
        version = whole_number(form.get("version"), default=0, most=LARGEST_ROW)
        wanted = Settings(detail=_detail(), language=_language(), has_alarms=bool(form.get("alarms")))
        change_settings(feed_id, wanted, version=version, by=actor())
        flash(gettext("Saved. The calendar changes with its next fetch."), "success")
        return redirect(url_for("CalendarPage.list", feed=feed_id), code=303)

    @expose("/<int:feed_id>/calendar.ics")
    @allowed("list")
    def download(self, feed_id: int) -> Response:
        """The calendar as a file, for programs that cannot subscribe."""
        row = queries.own_feed(db.session, actor(), feed_id)
        made = Response(file_of(db.session, row, clock.today()), content_type="text/calendar; charset=utf-8")
        return named(made, "concierge.ics")

    @expose("/working")
    @allowed("list")
    def working(self) -> str:
        """Is my calendar working? Who fetched what, and what is known of calendar programs."""
        now = clock.now()
        feeds = queries.own_feeds(db.session, actor(), clock.today())
        return self.show(
            "feeds/working.html",
            lines=[sheet.line_of(one, now) for one in feeds],
            quirks=[(gettext(one.program), gettext(one.behaves)) for one in QUIRKS],
        )

    def _page(self, problems: Sequence[dict[str, str]] = ()) -> str:
        by, today = actor(), clock.today()
        feeds = queries.own_feeds(db.session, by, today)
        wanted = whole_number(request.args.get("feed"), default=0, most=LARGEST_ROW)
        feed = next((one.row for one in feeds if one.row.id == wanted), None)
        monday = _monday(today)
        return self.show(
            "feeds/calendar.html",
            who=by.label,
            lines=[sheet.line_of(one, clock.now()) for one in feeds],
            previewed=title_of(feed) if feed else "",
            feed_id=feed.id if feed else None,
            days=sheet.week(db.session, by, monday, feed),
            monday=monday,
            before=(monday - sheet.WEEK).isoformat(),
            after=(monday + sheet.WEEK).isoformat(),
            problems=problems,
            typed=request.form,
            longest=LONGEST_NAME,
            may_make=may("make", FEED),
            details=sheet.chosen(sheet.DETAILS),
            **self._choices(),
        )

    def _choices(self) -> dict[str, Any]:
        """What a new address may be for."""
        if not may("make", FEED):
            return {"purposes": [], "projects": [], "departments": [], "enterprises": []}
        by, hands_on = actor(), may("hand", FEED)
        offered = {p: words for p, words in sheet.PURPOSES.items() if hands_on or p not in FOR_OTHERS}
        departments = queries.departments_to_choose(db.session) if hands_on else []
        enterprises = queries.enterprises_to_choose(db.session, by) if hands_on else []
        return {
            "purposes": sheet.chosen(offered),
            "projects": [
                {"value": number, "text": name} for number, name in queries.projects_to_choose(db.session, by)
            ],
            "departments": [{"value": code, "text": name.spoken(language())} for code, name in departments],
            "enterprises": [{"value": number, "text": name} for number, name in enterprises],
        }

    def _shown(self, feed_id: int, minted: Minted) -> str:
        db.session.rollback()  # what this request read so far is from before the address
        row = queries.own_feed(db.session, actor(), feed_id)
        address = f"{current_app.config['CONCIERGE'].base_url}/feeds/{minted.token}.ics"
        webcal = urlsplit(address)._replace(scheme="webcal").geturl()
        return self.show(
            "feeds/shown.html",
            title=title_of(row),
            device=row.device,
            as_tasks=row.component is Component.TASKS,
            address=address,
            webcal=webcal,
            drawn=qr(webcal),
        )


def _asked() -> FeedTerms:
    form = request.form
    purpose = next((one for one in Purpose if one.value == form.get("purpose", "")), None)
    if purpose is None or (purpose in FOR_OTHERS and not may("hand", FEED)):
        raise FeedPurposeUnknown(field="purpose")
    return FeedTerms(
        purpose=purpose,
        device=form.get("device", "").strip()[:LONGEST_NAME],
        target=form.get(purpose.value, "").strip()[:60],
        detail=_detail(),
        component=Component.TASKS if form.get("component") == "tasks" else Component.EVENTS,
        language=_language(),
        has_alarms=bool(form.get("alarms")),
    )


def _detail() -> Detail:
    return next((one for one in Detail if one.value == request.form.get("detail")), Detail.FULL)


def _language() -> str:
    return "en" if request.form.get("language", language()) == "en" else "zh"


def _monday(today: date) -> date:
    """The week asked for; this one, where none is or what was asked is no day."""
    asked = readable_day(request.args.get("week")) or today
    far = timedelta(days=400)
    near = min(max(asked, today - far), today + far)
    return near - timedelta(days=near.weekday())
