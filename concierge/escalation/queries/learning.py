"""Questions asked of what is learned: every no, causes that come back, bottlenecks, voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from concierge.escalation.models.learning import BottleneckRow, NegativeRow, ProcessFixRow, VoiceRow
from concierge.escalation.models.report import ReportRow
from concierge.escalation.rules.learning import Quarter, quarter_of
from concierge.escalation.rules.report import BottleneckState, VoiceState
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within

MOST_LINES = 200


def times_in_quarter(session: Session, cause_code: str, on: date) -> tuple[int, tuple[str, ...]]:
    """How often a cause closed a report in the quarter of a day, and for which departments.

    Source: ES-7.
    """
    quarter = quarter_of(on)
    asked = (
        select(ReportRow.department, func.count())
        .where(
            ReportRow.cause_code == cause_code,
            ReportRow.closed_on >= quarter.first_on,
            ReportRow.closed_on <= quarter.last_on,
        )
        .group_by(ReportRow.department)
        .order_by(func.count().desc(), ReportRow.department)
    )
    rows = session.execute(asked).all()
    return sum(times for _, times in rows), tuple(department for department, _ in rows)


def fix_of(session: Session, occasion: str) -> ProcessFixRow | None:
    """The process fix asked for on an occasion, if there is one."""
    return session.scalar(select(ProcessFixRow).where(ProcessFixRow.occasion == occasion))


def fixes(session: Session) -> Sequence[ProcessFixRow]:
    """The processes to be mended, the open ones first."""
    asked = select(ProcessFixRow).order_by(ProcessFixRow.answered_on.is_not(None), ProcessFixRow.id.desc())
    return session.scalars(asked.limit(MOST_LINES)).all()


def causes_of_quarter(session: Session, quarter: Quarter) -> Counter[str]:
    """How often each cause closed a report in a quarter."""
    asked = (
        select(ReportRow.cause_code, func.count())
        .where(ReportRow.closed_on >= quarter.first_on, ReportRow.closed_on <= quarter.last_on)
        .where(ReportRow.cause_code != "")
        .group_by(ReportRow.cause_code)
    )
    found: Counter[str] = Counter()
    for code, times in session.execute(asked):
        found[code] = times
    return found


def negatives_in_sight(actor: Actor) -> ColumnElement[bool]:
    """Which of the noes somebody may see: of the projects in sight, and the person's own."""
    seen = within(actor, NegativeRow.project_id)
    return seen if actor.is_system else or_(seen, NegativeRow.said_by_id == actor.id)


def negatives(session: Session, actor: Actor) -> Sequence[NegativeRow]:
    """The noes in sight, those nobody has looked at first."""
    asked = select(NegativeRow).where(negatives_in_sight(actor))
    asked = asked.order_by(NegativeRow.ruled_on.is_not(None), NegativeRow.due_on, NegativeRow.id.desc())
    return session.scalars(asked.limit(MOST_LINES)).all()


def negative(session: Session, negative_id: int, actor: Actor) -> NegativeRow:
    """One no. Raises: Missing, when it is out of sight."""
    row = session.scalar(select(NegativeRow).where(NegativeRow.id == negative_id, negatives_in_sight(actor)))
    if row is None:
        raise Missing
    return row


def known_negative(session: Session, occasion: str) -> NegativeRow | None:
    """The no made of a record, if there is one."""
    return session.scalar(select(NegativeRow).where(NegativeRow.occasion == occasion))


def voices_in_sight(actor: Actor) -> ColumnElement[bool]:
    """Which voices somebody may see: of the projects in sight, and those he or she wrote down."""
    seen = within(actor, VoiceRow.project_id)
    return seen if actor.is_system else or_(seen, VoiceRow.by_id == actor.id)


def voices(
    session: Session, actor: Actor, first_on: date | None = None, last_on: date | None = None
) -> Sequence[VoiceRow]:
    """What people said, in sight, perhaps between two days; what waits for an answer first."""
    asked = select(VoiceRow).where(voices_in_sight(actor))
    if first_on is not None and last_on is not None:
        asked = asked.where(VoiceRow.heard_on >= first_on, VoiceRow.heard_on <= last_on)
    asked = asked.order_by(VoiceRow.state == VoiceState.TOLD, VoiceRow.heard_on.desc(), VoiceRow.id.desc())
    return session.scalars(asked.limit(MOST_LINES)).all()


def bottlenecks_in_sight(actor: Actor) -> ColumnElement[bool]:
    """Which bottlenecks somebody may see: of the projects in sight, and his or her own."""
    seen = within(actor, BottleneckRow.project_id)
    return seen if actor.is_system else or_(seen, BottleneckRow.by_id == actor.id)


def bottlenecks(session: Session, actor: Actor) -> Sequence[BottleneckRow]:
    """The bottlenecks in sight, the unsettled ones first."""
    settled = BottleneckRow.state.in_((BottleneckState.MENDED, BottleneckState.NOT_FOLLOWED))
    asked = (
        select(BottleneckRow).where(bottlenecks_in_sight(actor)).order_by(settled, BottleneckRow.id.desc())
    )
    return session.scalars(asked.limit(MOST_LINES)).all()
