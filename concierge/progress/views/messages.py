"""``/p/at/…/message``: write to the officers, and read what they answered."""

from __future__ import annotations

from flask import Response, request

from concierge.kernel.db import db
from concierge.progress.queries.incoming import own_things
from concierge.progress.rules.acts import ActKind
from concierge.progress.rules.incoming import LONGEST_WORDS
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.send_message import send_message
from concierge.progress.views.act_form import EMPTY, ActForm, sent, was_sent
from concierge.progress.views.link_pages import holder, page, pages, visited


@pages.get("/at/<handle>/message")
def message(handle: str) -> Response:
    """The form, and what was written before."""
    return _page(visited(handle))


@pages.post("/at/<handle>/message")
def write(handle: str) -> Response:
    """Send it."""
    link = visited(handle)
    words = request.form.get("words", "")
    done = sent(
        link, lambda key: send_message(link, key, words, by=holder(link)), onward="message", field="words"
    )
    return _page(link, done) if isinstance(done, ActForm) else done


def _page(link: ProgressLink, form: ActForm = EMPTY) -> Response:
    return page(
        "progress/message.html",
        link,
        status=form.status,
        form=form,
        things=own_things(db.session, link.id, (ActKind.MESSAGE,)),
        was_sent=was_sent(),
        most=LONGEST_WORDS,
    )
