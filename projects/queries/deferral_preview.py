"""What a deferral would be worth, before anybody promises it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from projects.queries.county import live_project
from projects.queries.deferring import Deferring
from projects.queries.standing import saved_bookings
from projects.rules.deferral_worth import Deferred, Standing, Worth, worth


def preview(session: Session, at: Deferring, hand_in_on: date, producer: str, *, today: date) -> Worth:
    """The two numbers of a deferral nobody has granted yet, with the plan as it stands.

    Shape: a bridge counts with its gate relaxed, as it would be.
    Raises: scheduler.OutsideCalendar.
    Source: DF-15.
    """
    live = live_project(session, at.project, today)
    pair = ((producer, at.step.code),) if producer else ()
    standing = Standing(
        expansion=live.expansion,
        terms=live.terms,
        calendar=catalogue_queries.work_calendar(session),
        actuals=live.actuals,
        bookings=saved_bookings(session, at.project.id),
        bridged=tuple(dict.fromkeys((*live.bridged, *pair))),
    )
    return worth(standing, Deferred(step=at.step.code, hand_in_on=hand_in_on, producer=producer))
