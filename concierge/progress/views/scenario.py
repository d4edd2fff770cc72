"""``/p/at/…/scenario``: a what-if the office shared, to be read and answered before anything is decided."""

from __future__ import annotations

from flask import Response, request
from flask_babel import gettext

from concierge.kernel.db import db
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.web import language
from concierge.progress.queries.scenarios import scenario_of_link
from concierge.progress.rules.acts import ScenarioReply
from concierge.progress.rules.links import LinkOpens, ProgressLink
from concierge.progress.rules.scenario import from_json
from concierge.progress.services.share_scenario import reply_to_scenario
from concierge.progress.views.act_form import EMPTY, ActForm, sent, was_sent
from concierge.progress.views.link_pages import holder, page, pages, visited
from concierge.progress.views.words import REPLIES


class ReplyNotChosen(Invalid):
    """Nothing was chosen."""

    message = N_("Choose what you think of it.")


@pages.get("/at/<handle>/scenario")
def scenario(handle: str) -> Response:
    """The what-if."""
    return _page(visited(handle, LinkOpens.SCENARIO))


@pages.post("/at/<handle>/scenario")
def reply(handle: str) -> Response:
    """Answer it."""
    link = visited(handle, LinkOpens.SCENARIO)
    words = request.form.get("words", "")
    done = sent(
        link,
        lambda key: reply_to_scenario(link, key, _chosen(), words, by=holder(link)),
        onward="scenario",
        field="reply",
    )
    return _page(link, done) if isinstance(done, ActForm) else done


def _chosen() -> ScenarioReply:
    try:
        return ScenarioReply(request.form.get("reply", ""))
    except ValueError:
        raise ReplyNotChosen(field="reply") from None


def _page(link: ProgressLink, form: ActForm = EMPTY) -> Response:
    row, project = scenario_of_link(db.session, link.id)
    return page(
        "progress/scenario.html",
        link,
        status=form.status,
        form=form,
        row=row,
        project=project,
        told=from_json(row.answer),
        replies=[{"value": one.value, "text": gettext(text)} for one, text in REPLIES.items()],
        replied=gettext(REPLIES[row.reply]) if row.reply is not None else "",
        was_sent=was_sent(),
        lang=language(),
    )
