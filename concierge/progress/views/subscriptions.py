"""``/p/at/…/subscribe``: be told of milestones by SMS, mail or in one's own calendar; stop with one tap."""

from __future__ import annotations

from flask import Response, current_app, request, url_for

from concierge.kernel import letters
from concierge.kernel.db import db
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.web import language
from concierge.progress.models.acts import SubscriptionRow
from concierge.progress.queries.subscriptions import ways_of_link
from concierge.progress.rules.acts import TellingWay
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.subscribe import confirm_by_code, stop_by_link, subscribe
from concierge.progress.views.act_form import EMPTY, ActForm, sent, was_sent
from concierge.progress.views.link_pages import holder, page, pages, visited


class WayNeeded(Invalid):
    """No way was chosen."""

    message = N_("Choose how you want to be told.")


@pages.get("/at/<handle>/subscribe")
def subscriptions(handle: str) -> Response:
    """The ways there are, and those that are open."""
    return _page(visited(handle))


@pages.post("/at/<handle>/subscribe")
def begin(handle: str) -> Response:
    """Open a way; a calendar's address is told on this answer and never again."""
    link = visited(handle)
    made: list[str] = []

    def deed(_key: str) -> None:
        way = _way()
        minted = subscribe(link, way, request.form.get("address", ""), lang=language(), by=holder(link))
        if way is TellingWay.CALENDAR:
            made.append(minted.token)

    done = sent(link, deed, onward="subscriptions", field="way")
    if isinstance(done, ActForm):
        return _page(link, done)
    return _page(link, calendar=made[0]) if made else done


@pages.post("/at/<handle>/subscribe/confirm")
def confirm_code(handle: str) -> Response:
    """Confirm a number with the code that came."""
    link = visited(handle)
    form = request.form
    done = sent(
        link,
        lambda _key: confirm_by_code(link, form.get("way", ""), form.get("code", ""), by=holder(link)),
        onward="subscriptions",
        field="code",
    )
    return _page(link, done) if isinstance(done, ActForm) else done


@pages.post("/at/<handle>/subscribe/stop")
def stop_way(handle: str) -> Response:
    """Stop one way."""
    link = visited(handle)
    which = request.form.get("way", "")
    done = sent(
        link,
        lambda _key: stop_by_link(link, which, by=holder(link)),
        onward="subscriptions",
        field="way",
    )
    return _page(link, done) if isinstance(done, ActForm) else done


def _way() -> TellingWay:
    try:
        return TellingWay(request.form.get("way", ""))
    except ValueError:
        raise WayNeeded(field="way") from None


def _page(link: ProgressLink, form: ActForm = EMPTY, *, calendar: str = "") -> Response:
    rows = ways_of_link(db.session, link.id)
    return page(
        "progress/subscribe.html",
        link,
        status=form.status,
        form=form,
        ways=[_said(row) for row in rows if row.confirmed_at is not None],
        waiting=[_said(row) for row in rows if row.confirmed_at is None],
        calendar=_calendar(calendar) if calendar else None,
        open=[way.value for way in TellingWay if way is TellingWay.CALENDAR or letters.can_carry(way.value)],
        was_sent=was_sent(),
    )


def _said(row: SubscriptionRow) -> dict[str, str]:
    return {"handle": row.handle, "way": row.way.value, "hint": row.hint}


def _calendar(token: str) -> dict[str, str]:
    base = current_app.config["CONCIERGE"].base_url
    https = base + url_for("progress_milestones.calendar", token=token)
    return {"https": https, "webcal": "webcal://" + https.partition("://")[2]}
