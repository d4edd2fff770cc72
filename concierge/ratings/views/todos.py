"""What ratings ask of a person: to follow a negative one, to hand an invitation on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

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
INVITE = N_("Hand %(enterprise)s the link to rate “%(service)s”")
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
    for asked in waiting_invitations(session, reader, on):
        yield Todo(
            key=f"occasion:{asked.occasion_id}:invite",
            text=INVITE,
            facts={"enterprise": asked.enterprise, "service": asked.service},
            due_on=max(asked.invited_on, on),
            minutes=5,
            project_id=asked.project_id,
            project=asked.project,
            phone=asked.phone,
            href=url_for("RatingsView.unrated"),
            action=MAKE_LINK,
        )
