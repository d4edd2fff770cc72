"""Who is told of milestones: the ways of one link, those of a project, and the calendar of one key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from flask import current_app
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.errors import Missing
from concierge.progress.models.acts import SubscriptionRow
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.press.milestones_ics import Milestone, milestones_ics
from concierge.progress.queries.public_progress import public_progress
from concierge.progress.rules.acts import TellingWay
from concierge.progress.rules.public_progress import Headline, ListedStep, PublicProgress, PublicState


def ways_of_link(session: Session, link_id: int) -> Sequence[SubscriptionRow]:
    """The ways a link was given and has not stopped, the oldest first."""
    asked = select(SubscriptionRow).where(
        SubscriptionRow.link_id == link_id, SubscriptionRow.stopped_at.is_(None)
    )
    return session.scalars(asked.order_by(SubscriptionRow.id)).all()


def listeners_of(session: Session, project_id: int) -> Sequence[SubscriptionRow]:
    """The confirmed ways of a project that are written to, whose link was not taken back."""
    asked = (
        select(SubscriptionRow)
        .join(ProgressLinkRow, ProgressLinkRow.id == SubscriptionRow.link_id)
        .where(
            SubscriptionRow.project_id == project_id,
            SubscriptionRow.way != TellingWay.CALENDAR,
            SubscriptionRow.confirmed_at.is_not(None),
            SubscriptionRow.stopped_at.is_(None),
            ProgressLinkRow.revoked_at.is_(None),
        )
    )
    return session.scalars(asked.order_by(SubscriptionRow.id)).all()


def calendar_of(session: Session, key_hash: str) -> bytes:
    """The calendar a key opens.

    Raises: Missing, for an unknown or stopped one, and once its link was taken back.
    Source: PL-12.
    """
    row = session.scalar(
        select(SubscriptionRow)
        .join(ProgressLinkRow, ProgressLinkRow.id == SubscriptionRow.link_id)
        .where(
            SubscriptionRow.key_hash == key_hash,
            SubscriptionRow.way == TellingWay.CALENDAR,
            SubscriptionRow.stopped_at.is_(None),
            ProgressLinkRow.revoked_at.is_(None),
        )
    )
    if row is None:
        raise Missing
    told = public_progress(session, row.project_id, row.language)
    return milestones_ics(told.project, _milestones(row, told), told.updated_at)


def _milestones(row: SubscriptionRow, told: PublicProgress) -> list[Milestone]:
    found = [
        Milestone(uid=_uid(row.project_id, one.number), on=one.finish_on, title=_title(one))
        for one in told.steps
        if one.finish_on is not None
    ]
    if told.forecast.on is not None and told.forecast.headline in (Headline.START, Headline.PERMIT):
        is_start = told.forecast.headline is Headline.START
        title = (
            gettext("Expected: construction may start") if is_start else gettext("Expected: permit issued")
        )
        found.append(Milestone(uid=_uid(row.project_id, "headline"), on=told.forecast.on, title=title))
    return found


def _title(one: ListedStep) -> str:
    if one.state is PublicState.DONE:
        return gettext("Done: %(step)s", step=one.step)
    return gettext("Expected: %(step)s", step=one.step)


def _uid(project_id: int, what: str) -> str:
    """A name that stays: nobody can count up projects by it."""
    key = current_app.config["SECRET_KEY"].encode()
    made = hmac.new(key, f"milestone|{project_id}|{what}".encode(), hashlib.sha256).hexdigest()[:32]
    return f"{made}@concierge"
