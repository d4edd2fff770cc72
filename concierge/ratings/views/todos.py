"""What ratings ask of a person: to follow a negative one, to hand an invitation on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from flask import url_for
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.ratings.queries.waiting import waiting_cases, waiting_invitations
from concierge.ratings.rules.redress import Stage
from concierge.staff.rules.todo import Todo

TEXTS: Mapping[Stage, str] = {
    Stage.CONTACT: N_("Verify a negative rating of “%(service)s”, and contact its giver"),
    Stage.RECTIFY: N_("Put right what a negative rating of “%(service)s” names, and answer"),
    Stage.CALL_BACK: N_("Call back whoever rated “%(service)s” negatively"),
}
INVITE = N_("Hand %(enterprise)s the links to rate what was closed (%(count)s)")
FOLLOW, MAKE_LINK = N_("Follow the rating"), N_("Make the rating link")


def todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """The negative ratings this person may follow, and the invitations due; three queries.

    Source: RT-2 to RT-6.
    """
    if reader.id is None:
        return
    for one in waiting_cases(session, reader):
        if one.stage in TEXTS:
            yield Todo(
                key=f"rating:{one.rating_id}:{one.stage.value}",
                text=TEXTS[one.stage],
                facts={"service": one.service},
                due_on=one.due_on,
                minutes=20,
                department=one.department,
                href=url_for("RatingView.one", rating_id=one.rating_id),
                action=FOLLOW,
            )
    asked_of = sorted(waiting_invitations(session, reader, on), key=lambda one: one.project_id or 0)
    for project_id, group in groupby(asked_of, key=lambda one: one.project_id):
        asked = list(group)
        yield Todo(
            key=f"rating-links:{project_id or 0}:invite",
            text=INVITE,
            facts={"enterprise": asked[0].enterprise, "count": len(asked)},
            due_on=max(on, max(one.invited_on for one in asked)),
            minutes=5,
            project_id=project_id,
            project=asked[0].project,
            phone=asked[0].phone,
            href=url_for("RatingsView.unrated"),
            action=MAKE_LINK,
        )
