"""Announce a sitting of a joint review: the half-day, the room, and whose steps are on the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from approvals.events.reviews import SittingAnnounced
from approvals.models.review import RoomRow, SittingItemRow, SittingRow, SittingRuleRow
from approvals.models.step import Step, StepState
from approvals.queries import catalogue, reviews
from approvals.rules.convening import ReviewRoom, Wanted, check_announcement, check_joining, in_order
from approvals.rules.sittings import Half, SittingItem
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Missing, Refusal
from concierge.kernel.work import Work, work


class StepNeedsNoSitting(Refusal):
    """A step that has its result, or is not on the project's list."""

    message = N_("A step on the list has its result already or is no longer needed. Take it off the list.")


@dataclass(frozen=True)
class ListedStep:
    """One step to put on the list. Shape: ``minutes`` None takes what the group's rule says."""

    project_id: int
    code: str
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewSitting:
    """A sitting to announce. Shape: no room means online; ``begins_at`` None is the usual hour."""

    review_group: str
    on: date
    half: Half
    steps: tuple[ListedStep, ...]
    room_id: int | None = None
    begins_at: time | None = None


def announce_sitting(new: NewSitting, *, by: Actor) -> int:
    """Announce a sitting; answers its number.

    Raises: everything ``check_announcement`` refuses; StepNeedsNoSitting; Missing, for a group, room, step
        or project that is not there or out of scope.
    Effects: tells ``SittingAnnounced`` once for each step on the list.
    Source: PR-3, PR-4.
    """
    with work(by) as w:
        return announce(w, new)


def announce(w: Work, new: NewSitting) -> int:
    """The same in the caller's work."""
    at = review_room(w, new.review_group, new.on)
    wanted = Wanted(
        on=new.on,
        half=new.half,
        begins_at=new.begins_at or new.half.begins_at,
        room_id=new.room_id,
        items=in_order(_items(new.steps, at)),
    )
    check_announcement(wanted, at)
    lock_steps(w, wanted.items)
    row = w.add(
        SittingRow(
            review_group=new.review_group,
            on=wanted.on,
            half=wanted.half,
            begins_at=wanted.begins_at,
            room_id=wanted.room_id,
            announced_at=clock.now(),
        )
    )
    _put_items(w, row, wanted.items, at.rooms[wanted.room_id].name if wanted.room_id else "")
    return row.id


def join_sitting(sitting_id: int, steps: Iterable[ListedStep], *, by: Actor) -> None:
    """Put further steps on the list of an announced sitting.

    Raises: everything ``check_joining`` refuses; StepNeedsNoSitting; Missing.
    Effects: tells ``SittingAnnounced`` once for each new step.
    Source: PR-4; JR-4 for sharing a sitting.
    """
    with work(by) as w:
        row = w.get(SittingRow, sitting_id)
        sitting = reviews.sitting(w.session, sitting_id)
        at = review_room(w, row.review_group, row.on)
        items = _items(steps, at)
        check_joining(sitting, items, at)
        lock_steps(w, items)
        places = {(item.project_id, item.code): item for item in in_order((*sitting.items, *items))}
        new = tuple(places[item.project_id, item.code] for item in dict.fromkeys(items))
        _put_items(w, row, new, sitting.room)


def review_room(w: Work, review_group: str, on: date) -> ReviewRoom:
    """What stands when somebody announces; the group's rule and the rooms are locked until it is decided.

    Raises: Missing.
    """
    group = reviews.review_groups(w.session).get(review_group)
    if group is None:
        raise Missing
    asked = select(SittingRuleRow).where(SittingRuleRow.review_group == review_group).with_for_update()
    rule = w.session.scalar(asked)
    rooms = w.session.scalars(select(RoomRow).where(RoomRow.is_active).order_by(RoomRow.id).with_for_update())
    return ReviewRoom(
        group=group,
        rule=rule.facts() if rule else None,
        known=reviews.circumstances(w.session, on, on, but=review_group),
        calendar=catalogue.work_calendar(w.session),
        today=clock.today(),
        rooms={room.id: room.facts() for room in rooms},
        sittings=reviews.sittings(w.session, clock.today()),
    )


def lock_steps(w: Work, items: Iterable[SittingItem]) -> None:
    """Hold the steps of a list until it is written, so that none gets two sittings.

    Raises: Missing, for a project out of scope; StepNeedsNoSitting.
    """
    wanted = {(item.project_id, item.code) for item in items}
    projects = sorted({project_id for project_id, _ in wanted})
    for project_id in projects:
        scope.require(w.session, w.by, project_id)
    rows = w.session.scalars(
        select(Step)
        .where(Step.project_id.in_(projects), Step.code.in_({code for _, code in wanted}))
        .order_by(Step.id)
        .with_for_update()
    )
    open_ = {
        (step.project_id, step.code)
        for step in rows
        if step.state not in (StepState.PASSED, StepState.NOT_REQUIRED)
    }
    if not wanted <= open_:
        raise StepNeedsNoSitting


def _items(steps: Iterable[ListedStep], at: ReviewRoom) -> tuple[SittingItem, ...]:
    usual = at.rule.minutes_per_project if at.rule else 1
    return tuple(
        SittingItem(step.project_id, step.code, usual if step.minutes is None else step.minutes)
        for step in steps
    )


def _put_items(w: Work, row: SittingRow, items: Iterable[SittingItem], room: str) -> None:
    for item in items:
        w.add(
            SittingItemRow(
                sitting_id=row.id,
                project_id=item.project_id,
                code=item.code,
                position=item.position,
                minutes=item.minutes,
            )
        )
        w.record(
            SittingAnnounced(
                sitting_id=row.id,
                project_id=item.project_id,
                code=item.code,
                review_group=row.review_group,
                on=row.on,
                half=row.half.value,
                begins_at=row.begins_at,
                room=room,
            )
        )
