"""May this sitting be announced? Notice, room, lead, list: each refusal says what would help.

Source: PR-3, PR-4; JR-1 to JR-4.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from approvals.rules.catalogue import ReviewGroup
from approvals.rules.sittings import (
    MAY_BE_ONLINE,
    Answer,
    Circumstances,
    Half,
    Room,
    Sitting,
    SittingItem,
    SittingRule,
    attendance,
    earliest_notice,
)
from concierge.kernel.errors import N_, Invalid, Missing, Refusal
from scheduler import WorkCalendar

MINUTES_PER_HOUR = 60


class HoldsNoSittings(Refusal):
    """A review group without a rule, or with one that is switched off."""

    message = N_("This review group holds no sittings. Write a sitting rule for it, or switch its rule on.")


class NothingToReview(Invalid):
    """A sitting without a project on its list."""

    message = N_("Choose at least one project for the sitting.")
    field = "items"


class MatterNotDecidedHere(Invalid):
    """A step whose matter another group decides, or none."""

    message = N_("“%(matter)s” is not decided by this review group. Its sitting rule names those that are.")
    field = "items"


class NotAWorkingDay(Invalid):
    """Nobody is in the office on that day."""

    message = N_("%(on)s is not a working day. The next one is %(next_on)s.")
    field = "on"


class NoticeTooShort(Refusal):
    """The members would be told too late to prepare. Source: PR-4."""

    message = N_(
        "The members are told %(notice)s working days beforehand. The first day possible is %(earliest_on)s."
    )


class BeginsOutsideHalfDay(Invalid):
    """A morning sitting that begins in the afternoon, or the other way round."""

    message = N_("A sitting of that half-day begins between %(from_)s and %(until)s.")
    field = "begins_at"


class ListTooLong(Refusal):
    """More minutes on the list than the half-day has."""

    message = N_(
        "The list takes %(minutes)s minutes and the half-day has %(left)s. Begin earlier, shorten an item, "
        "or leave a project for the next sitting."
    )


class ItemWithoutTime(Invalid):
    """A project nobody would have a minute for."""

    message = N_("Give every project on the list at least one minute.")
    field = "items"


class SittingFull(Refusal):
    """More projects than the group takes in one sitting."""

    message = N_("A sitting of this group takes %(most)s projects. Leave one for the next sitting.")


class RoomNeeded(Invalid):
    """A review that has to be held somewhere, without a room."""

    message = N_("This review needs a room. Choose a free one.")
    field = "room"


class RoomTaken(Refusal):
    """Somebody else sits in the room then."""

    message = N_("“%(room)s” is taken in that half-day. Choose another room, or another half-day.")


class RoomTooSmall(Refusal):
    """Fewer places than departments that come."""

    message = N_("“%(room)s” seats %(places)s and %(coming)s departments come. Choose a larger room.")


class LeadCannotCome(Refusal):
    """Nobody would hold the review. Source: PR-3."""

    message = N_(
        "The lead department cannot come in that half-day, or sits elsewhere. Choose another half-day, or "
        "record its new answer first."
    )


class GroupSitsAlready(Refusal):
    """The same people at the same table at the same time: one sitting, not two."""

    message = N_("The group sits in that half-day already. Add the project to that sitting.")


class AlreadyAnnounced(Refusal):
    """The step has its sitting: the departments were told."""

    message = N_("This step has a sitting on %(on)s already. Withdraw that one first.")


class SittingIsOver(Refusal):
    """What was held cannot be changed."""

    message = N_("This sitting was on %(on)s and is over; it stays as it is. Announce a new one.")


class SittingCalledOff(Refusal):
    """A sitting that was called off already."""

    message = N_("This sitting was withdrawn. Announce a new one.")


class WithdrawnWithoutReason(Invalid):
    """The departments and the enterprise will ask why."""

    message = N_("Say why the sitting is withdrawn. The departments read it.")
    field = "reason"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A sitting somebody wants to announce. Shape: no ``room_id`` means online, where that is possible."""

    on: date
    half: Half
    begins_at: time
    room_id: int | None
    items: tuple[SittingItem, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewRoom:
    """What stands on the day somebody announces: the rule, the rooms, the sittings and who can come.

    Shape: ``sittings`` are those that stand, today and later.
    """

    group: ReviewGroup
    rule: SittingRule | None
    known: Circumstances
    calendar: WorkCalendar
    today: date
    rooms: Mapping[int, Room]
    sittings: Collection[Sitting] = ()


def check_announcement(wanted: Wanted, at: ReviewRoom) -> None:
    """Refuse a sitting that cannot be announced.

    Raises: HoldsNoSittings, NothingToReview, MatterNotDecidedHere, NotAWorkingDay, NoticeTooShort,
        BeginsOutsideHalfDay, ItemWithoutTime, SittingFull, ListTooLong, LeadCannotCome, GroupSitsAlready,
        AlreadyAnnounced, RoomNeeded, RoomTaken, RoomTooSmall, Missing.
    Source: PR-3, PR-4.
    """
    rule = _active(at)
    _check_day(wanted, at)
    _check_items(wanted.items, rule, at)
    check_length(wanted, rule)
    who = attendance(at.group, at.known, wanted.on, wanted.half)
    if not all(one.may_take_part for one in who if one.is_lead):
        raise LeadCannotCome
    same_time = [s for s in at.sittings if (s.on, s.half) == (wanted.on, wanted.half)]
    if any(sitting.review_group == at.group.code for sitting in same_time):
        raise GroupSitsAlready
    coming = sum(one.may_take_part and one.answer is not Answer.ONLINE for one in who)
    _check_room(wanted, rule, at, same_time, coming=coming)


def check_joining(sitting: Sitting, items: tuple[SittingItem, ...], at: ReviewRoom) -> None:
    """Refuse projects that cannot be added to an announced sitting.

    The members are told of every project's content, so the notice holds for a later one too.

    Raises: SittingCalledOff, SittingIsOver, HoldsNoSittings, NothingToReview, MatterNotDecidedHere,
        NoticeTooShort, AlreadyAnnounced, ItemWithoutTime, SittingFull, ListTooLong.
    Source: PR-4.
    """
    check_open(sitting, at.today)
    rule = _active(at)
    whole = Wanted(
        on=sitting.on,
        half=sitting.half,
        begins_at=sitting.begins_at,
        room_id=sitting.room_id,
        items=(*sitting.items, *items),
    )
    _check_notice(sitting.on, at)
    _check_items(items, rule, at)
    check_length(whole, rule)


def check_open(sitting: Sitting, today: date) -> None:
    """Refuse to change a sitting that is over or called off.

    Raises: SittingCalledOff, SittingIsOver.
    """
    if not sitting.stands:
        raise SittingCalledOff
    if sitting.on < today:
        raise SittingIsOver(on=sitting.on)


def check_length(wanted: Wanted, rule: SittingRule) -> None:
    """Refuse a list that does not fit into its half-day.

    Raises: BeginsOutsideHalfDay, ItemWithoutTime, SittingFull, ListTooLong.
    Source: JR-1.
    """
    from_, until = wanted.half.begins_at, wanted.half.ends_at
    if not from_ <= wanted.begins_at < until:
        raise BeginsOutsideHalfDay(from_=f"{from_:%H:%M}", until=f"{until:%H:%M}")
    if any(item.minutes < 1 for item in wanted.items):
        raise ItemWithoutTime
    if len({item.project_id for item in wanted.items}) > rule.projects_per_sitting:
        raise SittingFull(most=rule.projects_per_sitting)
    minutes, left = sum(item.minutes for item in wanted.items), minutes_between(wanted.begins_at, until)
    if minutes > left:
        raise ListTooLong(minutes=minutes, left=left)


def minutes_between(begin: time, end: time) -> int:
    """The minutes from one time of a day to a later one."""
    return (end.hour - begin.hour) * MINUTES_PER_HOUR + end.minute - begin.minute


def in_order(items: tuple[SittingItem, ...]) -> tuple[SittingItem, ...]:
    """The items of a list numbered from 1, one for each step."""
    once = {(item.project_id, item.code): item for item in items}
    return tuple(replace(item, position=place) for place, item in enumerate(once.values(), 1))


def _active(at: ReviewRoom) -> SittingRule:
    if at.rule is None or not at.rule.is_active:
        raise HoldsNoSittings
    return at.rule


def _check_day(wanted: Wanted, at: ReviewRoom) -> None:
    if not at.calendar.is_workday(wanted.on):
        raise NotAWorkingDay(on=wanted.on, next_on=at.calendar.next_workday(wanted.on))
    _check_notice(wanted.on, at)


def _check_notice(on: date, at: ReviewRoom) -> None:
    earliest = earliest_notice(at.today, at.group, at.calendar)
    if on < earliest:
        raise NoticeTooShort(notice=at.group.notice_workdays, earliest_on=earliest)


def _check_items(items: tuple[SittingItem, ...], rule: SittingRule, at: ReviewRoom) -> None:
    if not items:
        raise NothingToReview
    for item in items:
        if item.code not in rule.matters:
            raise MatterNotDecidedHere(matter=item.code)
    told = {(item.project_id, item.code): sitting for sitting in at.sittings for item in sitting.items}
    for item in items:
        if (item.project_id, item.code) in told:
            raise AlreadyAnnounced(on=told[item.project_id, item.code].on)


def _check_room(
    wanted: Wanted, rule: SittingRule, at: ReviewRoom, same_time: Collection[Sitting], *, coming: int
) -> None:
    if wanted.room_id is None:
        if rule.needs_room and at.group.mode not in MAY_BE_ONLINE:
            raise RoomNeeded
        return
    room = at.rooms.get(wanted.room_id)
    if room is None:
        raise Missing
    if any(sitting.room_id == room.id for sitting in same_time):
        raise RoomTaken(room=room.name)
    if room.places < coming:
        raise RoomTooSmall(room=room.name, places=room.places, coming=coming)
