"""What of the window's work waits for one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from concierge.escalation.models.learning import NegativeRow, ProcessFixRow
from concierge.escalation.models.report import ReportRow
from concierge.escalation.queries.learning import negatives_in_sight
from concierge.escalation.queries.reports import in_sight
from concierge.kernel.actor import Actor

WINDOW = ("EscalationOfficer",)
DECIDES = ("Chief",)


def _is(reader: Actor, roles: Sequence[str]) -> ColumnElement[bool]:
    return select(User.id).where(User.id == reader.id, User.roles.any(name=roles[0])).exists()


def reports_waiting(session: Session, reader: Actor) -> Sequence[ReportRow]:
    """The open reports a person owns; for the window all in sight, and the closed ones nobody asked about."""
    mine = and_(ReportRow.closed_at.is_(None), ReportRow.owner_id == reader.id)
    window = and_(
        _is(reader, WINDOW),
        in_sight(reader),
        or_(ReportRow.closed_at.is_(None), ReportRow.contentment.is_(None)),
    )
    asked = select(ReportRow).where(or_(mine, window)).order_by(ReportRow.due_on, ReportRow.id)
    return session.scalars(asked.limit(200)).all()


def negatives_waiting(session: Session, reader: Actor) -> Sequence[NegativeRow]:
    """The noes a person may look at a second time."""
    asked = select(NegativeRow).where(
        NegativeRow.ruled_on.is_(None),
        _is(reader, DECIDES),
        negatives_in_sight(reader),
        or_(NegativeRow.said_by_id.is_(None), NegativeRow.said_by_id != reader.id),
    )
    return session.scalars(asked.order_by(NegativeRow.due_on, NegativeRow.id).limit(200)).all()


def fixes_waiting(session: Session, reader: Actor, on: date) -> Sequence[ProcessFixRow]:
    """The processes to be mended that were asked for by a day and have no answer."""
    asked = select(ProcessFixRow).where(
        ProcessFixRow.answered_on.is_(None), ProcessFixRow.asked_on <= on, _is(reader, DECIDES)
    )
    return session.scalars(asked.order_by(ProcessFixRow.due_on, ProcessFixRow.id).limit(200)).all()
