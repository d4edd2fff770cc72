"""Questions asked of the review room: benches, rooms, how groups sit, who can come, and what is announced."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from approvals.models.capacity import BenchChangeRow, BenchRow
from approvals.models.review import AvailabilityRow, RoomRow, SittingItemRow, SittingRow, SittingRuleRow
from approvals.queries import catalogue
from approvals.rules.benches import Bench, BenchChange
from approvals.rules.catalogue import ReviewGroup
from approvals.rules.sittings import (
    Availability,
    Circumstances,
    Half,
    Room,
    Sitting,
    SittingRule,
    SittingState,
    busy_departments,
)
from concierge.kernel.errors import Missing


def benches(session: Session) -> dict[str, Bench]:
    """The departments whose reviewers are counted, by code."""
    rows = session.scalars(select(BenchRow).order_by(BenchRow.department))
    return {row.department: row.facts() for row in rows}


def bench_changes(session: Session, first: date, last: date | None = None) -> tuple[BenchChange, ...]:
    """The days with another number of reviewers that touch a stretch of days, in order.

    Shape: both ends included; without ``last``, everything that ends on ``first`` or later.
    """
    asked = select(BenchChangeRow).where(BenchChangeRow.last_on >= first)
    if last is not None:
        asked = asked.where(BenchChangeRow.first_on <= last)
    rows = session.scalars(asked.order_by(BenchChangeRow.department, BenchChangeRow.first_on))
    return tuple(row.facts() for row in rows)


def rooms(session: Session) -> tuple[Room, ...]:
    """The rooms in use, the largest first."""
    asked = select(RoomRow).where(RoomRow.is_active).order_by(RoomRow.places.desc(), RoomRow.name)
    return tuple(row.facts() for row in session.scalars(asked))


def sitting_rules(session: Session) -> dict[str, SittingRule]:
    """How groups sit, those that are switched off too, by the group's code."""
    rows = session.scalars(select(SittingRuleRow).order_by(SittingRuleRow.id))
    return {row.review_group: row.facts() for row in rows}


def decides(matter: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The condition that a sitting rule is switched on and decides a matter; ``matter`` is a column."""
    decided = literal(", ") + SittingRuleRow.matters + ","
    return and_(SittingRuleRow.is_active, decided.contains(literal(", ") + matter + ","))


def answers(
    session: Session, first: date, last: date, departments: Collection[str] | None = None
) -> tuple[Availability, ...]:
    """What departments answered for the half-days between two days, both included; of all, unless named."""
    asked = select(AvailabilityRow).where(AvailabilityRow.on >= first, AvailabilityRow.on <= last)
    if departments is not None:
        asked = asked.where(AvailabilityRow.department.in_(departments))
    rows = session.scalars(asked.order_by(AvailabilityRow.on, AvailabilityRow.half.desc()))
    return tuple(row.facts() for row in rows)


def sittings(session: Session, first: date, last: date | None = None) -> tuple[Sitting, ...]:
    """The announced sittings that stand, from a day on, with their rooms and lists, in order of time."""
    asked = _whole().where(SittingRow.on >= first, SittingRow.state == SittingState.ANNOUNCED)
    if last is not None:
        asked = asked.where(SittingRow.on <= last)
    return _read(session, asked)


def sittings_of(session: Session, project_id: int) -> tuple[Sitting, ...]:
    """Every sitting one project is or was on, withdrawn ones too, in order of time."""
    on_list = select(SittingItemRow.sitting_id).where(SittingItemRow.project_id == project_id)
    return _read(session, _whole().where(SittingRow.id.in_(on_list)))


def sitting(session: Session, sitting_id: int) -> Sitting:
    """One sitting with its room and list.

    Raises: Missing.
    """
    found = _read(session, _whole().where(SittingRow.id == sitting_id))
    if not found:
        raise Missing
    return found[0]


def standing_items(
    session: Session, steps: Iterable[tuple[int, str]], first: date
) -> dict[tuple[int, str], Sitting]:
    """The sittings that stand from a day on for these steps. Shape: by project and code."""
    wanted = set(steps)
    if not wanted:
        return {}
    projects = {project_id for project_id, _ in wanted}
    on_list = select(SittingItemRow.sitting_id).where(SittingItemRow.project_id.in_(projects))
    asked = _whole().where(
        SittingRow.id.in_(on_list), SittingRow.on >= first, SittingRow.state == SittingState.ANNOUNCED
    )
    return {
        (item.project_id, item.code): found
        for found in _read(session, asked)
        for item in found.items
        if (item.project_id, item.code) in wanted
    }


def review_groups(session: Session) -> dict[str, ReviewGroup]:
    """The review groups of the published catalogue, by code; none before the first edition."""
    published = catalogue.latest_catalogue(session)
    return {group.code: group for group in published.review_groups} if published else {}


def circumstances(session: Session, first: date, last: date, *, but: str = "") -> Circumstances:
    """What is known of a stretch of days: answers, benches, and who sits in another group's review.

    Shape: ``but`` is the group whose own sittings keep nobody busy.
    """
    return Circumstances(
        answers=answers(session, first, last),
        benches=benches(session),
        changes=bench_changes(session, first, last),
        busy=busy_departments(sittings(session, first, last), review_groups(session), but=but),
    )


def rooms_taken(session: Session, first: date, last: date) -> frozenset[tuple[int, date, Half]]:
    """Which rooms are taken when. Shape: room, day and half of every sitting that stands and has a room."""
    asked = select(SittingRow.room_id, SittingRow.on, SittingRow.half).where(
        SittingRow.room_id.is_not(None),
        SittingRow.on >= first,
        SittingRow.on <= last,
        SittingRow.state == SittingState.ANNOUNCED,
    )
    return frozenset((room or 0, on, half) for room, on, half in session.execute(asked))


def _whole() -> Select[tuple[SittingRow]]:
    return (
        select(SittingRow)
        .options(joinedload(SittingRow.room), selectinload(SittingRow.items))
        .order_by(SittingRow.on, SittingRow.begins_at, SittingRow.id)
    )


def _read(session: Session, asked: Select[tuple[SittingRow]]) -> tuple[Sitting, ...]:
    return tuple(row.facts() for row in session.scalars(asked))
