"""What all pages below ``/p`` of a progress link share: the blueprint, how a page is rendered, who visits.

A page of an act begins with ``link = visited(handle)`` and ends with ``page("progress/….html", link, …)``; a
form on it carries ``mark`` and is checked by ``sent_form(link)``.
"""

from __future__ import annotations

import hmac
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from werkzeug.routing import BaseConverter

from concierge.kernel import visits
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import language, say
from concierge.progress.queries.links import link_at
from concierge.progress.rules.links import LinkOpens, ProgressLink, ProgressLinkExpired

VISITS = visits.Visits("progress", "/p/at")
MOST_KEPT = 4_000
NOT_TYPED = frozenset({"key", "seal", "tail"})
BY_LINK = {"zh": "%s（链接）", "en": "%s (link)"}
pages = Blueprint("progress_links", __name__, url_prefix="/p")


class ProgressKey(BaseConverter):
    """A key of a progress link in an address: so that ``/p/<key>/rate`` is ours, and no other key's."""

    regex = r"qyg_p_[A-Za-z0-9_\-]{1,80}"
    weight = 90


pages.record_once(lambda state: state.app.url_map.converters.update(progress_key=ProgressKey))


def visited(handle: str, opens: LinkOpens = LinkOpens.PROGRESS) -> ProgressLink:
    """The link of this visit.

    Raises: Missing, without a visit, after it ended, when the link has another key by now, or opens something
        else; ProgressLinkExpired; TooManyTries.
    Source: PL-5, PL-7.
    """
    seal = VISITS.seal_of(handle)
    link = link_at(db.session, handle)
    if not hmac.compare_digest(seal, link.seal) or link.opens is not opens:
        visits.missed()
        raise Missing
    return link


def sent_form(link: ProgressLink) -> str:
    """The number of the form that came, if it is one of this visit's. Raises: ForeignForm."""
    return VISITS.check_form(link.handle, link.seal)


def holder(link: ProgressLink) -> Actor:
    """Whoever holds a link: no account, but a name in every record."""
    return Actor(None, BY_LINK[language()] % link.recipient)


def page(template: str, link: ProgressLink | None = None, *, status: int = 200, **facts: Any) -> Response:
    """Render a page below a link; a visit goes on with each page it shows.

    Source: PL-6.
    """
    kept = kept_choices()
    made = make_response(
        render_template(
            template,
            link=link,
            mark=VISITS.new_form(link.handle, link.seal) if link else None,
            phone=current_app.config["CONCIERGE"].office_phone,
            size=kept.get("size", ""),
            kept=kept,
            **facts,
        ),
        status,
    )
    return VISITS.begin(made, link.handle, link.seal) if link else made


def kept_choices() -> dict[str, Any]:
    """What each address takes along: language and size of type, for no cookie keeps them here."""
    known = {"lang": ("zh", "en"), "size": ("l",)}
    return {name: request.args[name] for name, values in known.items() if request.args.get(name) in values}


def kept_text() -> list[str]:
    """What somebody typed into a form that can no longer be sent, so that it is not lost."""
    if request.method != "POST":
        return []
    return [
        text.strip()[:MOST_KEPT]
        for name, text in request.form.items()
        if name not in NOT_TYPED and text.strip()
    ]


@pages.errorhandler(ConciergeError)
def told(error: ConciergeError) -> Response:
    """Say what is wrong without saying what there is; what was typed is shown, to be copied."""
    if isinstance(error, ProgressLinkExpired):
        has_key = bool(request.view_args and "token" in request.view_args)
        return page(
            "progress/link_ended.html",
            status=410,
            last=error.facts["last"],
            may_ask=has_key,
            typed=kept_text(),
        )
    if isinstance(error, Missing):
        return page("progress/link_missing.html", status=404, typed=kept_text())
    return page("progress/link_refused.html", status=error.status, message=say(error), typed=kept_text())
