"""Ask for a new link when the old one's time is over: the office is told, and decides."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from approvals.models.step import Step
from concierge.desk.events import NewLinkAsked
from concierge.desk.models.links import LinkRow
from concierge.desk.rules.links import PREFIX, LinkStanding
from concierge.kernel import clock, tokens
from concierge.kernel.actor import Actor
from concierge.kernel.work import work

PAUSE = timedelta(minutes=1)


def ask_for_link(token: str) -> None:
    """Tell the office that somebody with an ended link wants a new one.

    The caller answers the same whatever comes of it: whether a key exists is nobody's business. Nothing here
    makes a link; that is for a person who knows the recipient.
    Effects: tells ``NewLinkAsked``, at most once a minute for one link.
    """
    if not tokens.is_whole(token, PREFIX):
        return
    wanted = tokens.hashed(token, current_app.config["SECRET_KEY"])
    with work(Actor(None, "link")) as w:
        row = w.session.execute(
            select(LinkRow).where(LinkRow.token_hash == wanted).with_for_update()
        ).scalar_one_or_none()
        if row is None or row.standing(clock.today()) is not LinkStanding.EXPIRED:
            return
        if row.asked_again_at is not None and clock.moment() - row.asked_again_at < PAUSE:
            return
        row.asked_again_at = clock.moment()
        step = w.session.get(Step, row.step_id) if row.step_id else None
        code = step.code if step else ""
        w.record(NewLinkAsked(row.id, row.project_id, code, row.department, row.recipient))
