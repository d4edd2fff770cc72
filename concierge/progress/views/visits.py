"""``/p/at/…/pick-up`` and ``…/visit``: an officer fetches papers, comes, or is met at the service hall."""

from __future__ import annotations

from datetime import date, time, timedelta

from flask import Response, current_app, request

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.typed_values import typed_day, typed_time
from concierge.outreach.rules.off_hours import OpeningHours
from concierge.progress.queries.incoming import own_things
from concierge.progress.rules.acts import ActKind
from concierge.progress.rules.incoming import LONGEST_AHEAD_DAYS, Wish
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.ask_officer import ask_pick_up, ask_visit
from concierge.progress.services.book_hall import book_hall
from concierge.progress.views.act_form import EMPTY, ActForm, sent, was_sent
from concierge.progress.views.link_pages import holder, page, pages, visited

AT_HALL, AT_OURS = "hall", "ours"


@pages.get("/at/<handle>/pick-up")
def pick_up(handle: str) -> Response:
    """The form for having papers fetched."""
    link = visited(handle)
    words = request.args.get("what", "").strip()[:100]
    return _page(
        "progress/pick_up.html", link, ActKind.PICK_UP, ActForm({"words": words}) if words else EMPTY
    )


@pages.post("/at/<handle>/pick-up")
def ask_for_pick_up(handle: str) -> Response:
    """Ask for it."""
    link = visited(handle)
    done = sent(
        link,
        lambda key: ask_pick_up(link, key, _wish(), request.form.get("phone", ""), by=holder(link)),
        onward="pick_up",
        field="wanted_on",
    )
    return _page("progress/pick_up.html", link, ActKind.PICK_UP, done) if isinstance(done, ActForm) else done


@pages.get("/at/<handle>/visit")
def visit(handle: str) -> Response:
    """The form for a visit, at the hall or at the enterprise."""
    return _page("progress/visit.html", visited(handle), ActKind.VISIT)


@pages.post("/at/<handle>/visit")
def ask_for_visit(handle: str) -> Response:
    """Book a time at the hall, which stands at once; or ask that an officer comes."""
    link = visited(handle)
    book = book_hall if request.form.get("where", AT_HALL) == AT_HALL else ask_visit
    done = sent(
        link,
        lambda key: book(link, key, _wish(), request.form.get("phone", ""), by=holder(link)),
        onward="visit",
        field="wanted_on",
    )
    return _page("progress/visit.html", link, ActKind.VISIT, done) if isinstance(done, ActForm) else done


def _wish() -> Wish:
    """Raises: NotACalendarDay, NotATimeOfDay."""
    form = request.form
    return Wish(
        wanted_on=typed_day(form.get("wanted_on"), "wanted_on"),
        begins=typed_time(form.get("begins"), "begins"),
        place=form.get("place", ""),
        name=form.get("name", ""),
        words=form.get("words", ""),
    )


def _page(template: str, link: ProgressLink, kind: ActKind, form: ActForm = EMPTY) -> Response:
    today = clock.today()
    hours = OpeningHours(closes=current_app.config["CONCIERGE"].closing_time)
    return page(
        template,
        link,
        status=form.status,
        form=form,
        first=today.isoformat(),
        last=_last(today),
        hours=hours,
        hours_said=f"{_at(hours.opens)}–{_at(hours.pauses)}, {_at(hours.goes_on)}–{_at(hours.closes)}",
        things=own_things(db.session, link.id, (kind,)),
        was_sent=was_sent(),
        hall=AT_HALL,
        ours=AT_OURS,
    )


def _at(moment: time) -> str:
    return f"{moment:%H:%M}"


def _last(today: date) -> str:
    return (today + timedelta(days=LONGEST_AHEAD_DAYS)).isoformat()
