"""发送记录: every message that left the house, or did not: to whom, how, when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from concierge.desk.press.notice_words import channel_name
from concierge.desk.queries import messages as queries
from concierge.desk.queries.messages import A_PAGE, Logged
from concierge.desk.rules.channels import MessageKind, MessageState, TryOutcome
from concierge.desk.services.send_again import send_again
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number

MESSAGE = "Message"
KINDS: Mapping[MessageKind, str] = {
    MessageKind.PROMPT: N_("notices"),
    MessageKind.DIGEST: N_("morning message"),
    MessageKind.CODE: N_("confirmation code"),
    MessageKind.SUBSTITUTION: N_("who stands in"),
    MessageKind.SIGNING: N_("code of an enterprise"),
    MessageKind.CONFIRMING: N_("address to confirm"),
    MessageKind.MILESTONE: N_("milestone"),
    MessageKind.LINK: N_("new link"),
    MessageKind.RATING: N_("invitation to rate"),
    MessageKind.ANSWER: N_("answer is there"),
    MessageKind.PACKAGE: N_("package for a department"),
}
STATES: Mapping[MessageState, str] = {
    MessageState.WAITING: N_("on its way"),
    MessageState.SENT: N_("sent out"),
    MessageState.DEAD: N_("given up"),
    MessageState.DROPPED: N_("not needed any more"),
}
OUTCOMES: Mapping[TryOutcome, str] = {
    TryOutcome.TAKEN: N_("sent out"),
    TryOutcome.LATER: N_("not taken"),
    TryOutcome.REFUSED: N_("address refused"),
}


class MessagesPage(Page):
    """The log of messages of the whole office."""

    route_base = "/notices/messages"
    class_permission_name = MESSAGE
    base_permissions = ["can_list", "can_send_again"]

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """The latest messages, all or those of one state."""
        state = {one.value: one for one in MessageState}.get(request.args.get("state", ""))
        page = whole_number(request.args.get("page"), default=1, least=1)
        counted = queries.how_many(db.session, None)
        total = counted[state] if state else sum(counted.values())
        return self.show(
            "desk/messages.html",
            rows=[line_of(one) for one in queries.log(db.session, None, state=state, page=page)],
            filters=[_filter(None, sum(counted.values()), state)]
            + [_filter(one, counted[one], state) for one in MessageState],
            page=page,
            pages=max(1, -(-total // A_PAGE)),
            total=total,
            may_send_again=may("send_again", MESSAGE),
        )

    @expose("/<int:message_id>/again", methods=["POST"])
    @allowed("send_again")
    def again(self, message_id: int) -> Answer:
        """Send a message that was given up once more."""
        try:
            send_again(message_id, for_all=True, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "error")
        else:
            flash(gettext("The message is on its way once more."), "success")
        return redirect(url_for("MessagesPage.list", state=request.form.get("state") or None), code=303)


def line_of(one: Logged) -> dict[str, Any]:
    """One message as a line of the log."""
    row = one.row
    return {
        "id": row.id,
        "at": row.made_at,
        "person": one.person,
        "project_code": one.project_code,
        "channel": channel_name(row.channel.value),
        "hint": row.hint,
        "kind": gettext(KINDS[row.kind]),
        "notices": one.notices,
        "state": row.state.value,
        "state_text": gettext(STATES[row.state]),
        "is_dead": row.state is MessageState.DEAD,
        "is_waiting": row.state is MessageState.WAITING,
        "not_before_at": row.not_before_at,
        "settled_at": row.settled_at,
        "tries": [
            {
                "number": tried.number,
                "at": tried.at,
                "outcome": gettext(OUTCOMES[tried.outcome]),
                "why": tried.why,
                "took_ms": tried.took_ms,
            }
            for tried in one.tries
        ],
    }


def _filter(state: MessageState | None, count: int, chosen: MessageState | None) -> dict[str, Any]:
    return {
        "text": gettext(STATES[state]) if state else gettext("All"),
        "href": url_for("MessagesPage.list", state=state.value if state else None),
        "is_current": state is chosen,
        "count": count,
    }
