"""May this sitting be announced? One refusal for each thing that can be wrong, and the one that is right."""

from dataclasses import replace
from datetime import date, time

import pytest

from approvals.rules.catalogue import ReviewGroup
from approvals.rules.convening import (
    AlreadyAnnounced,
    BeginsOutsideHalfDay,
    GroupSitsAlready,
    HoldsNoSittings,
    ItemWithoutTime,
    LeadCannotCome,
    ListTooLong,
    MatterNotDecidedHere,
    NotAWorkingDay,
    NothingToReview,
    NoticeTooShort,
    ReviewRoom,
    RoomNeeded,
    RoomTaken,
    RoomTooSmall,
    SittingCalledOff,
    SittingFull,
    SittingIsOver,
    Wanted,
    check_announcement,
    check_joining,
    in_order,
)
from approvals.rules.sittings import (
    Answer,
    Availability,
    Circumstances,
    Half,
    Room,
    Sitting,
    SittingItem,
    SittingRule,
    SittingState,
)
from concierge.kernel.errors import Missing
from scheduler import WorkCalendar

SCHEME = "design-scheme-review"
FRIDAY = date(2026, 4, 17)
GROUP = ReviewGroup(
    code="JR_SCHEME",
    name_zh="",
    name_en="",
    lead="NRP",
    members=("NRP", "HCB", "CAD"),
    mode="meeting_or_online",
    notice_workdays=2,
)
RULE = SittingRule(
    review_group="JR_SCHEME",
    matters=(SCHEME,),
    weekdays=(5,),
    halves=(Half.MORNING,),
    projects_per_sitting=2,
    minutes_per_project=60,
)
LARGE, SMALL = Room(1, "Room 301", 20), Room(2, "Corner", 2)


def item(project_id, code=SCHEME, minutes=60):
    return SittingItem(project_id, code, minutes)


def wanted(**told):
    return Wanted(
        **{
            "on": FRIDAY,
            "half": Half.MORNING,
            "begins_at": time(9, 0),
            "room_id": 1,
            "items": (item(1),),
            **told,
        }
    )


def at(**told):
    return ReviewRoom(
        **{
            "group": GROUP,
            "rule": RULE,
            "known": Circumstances(),
            "calendar": WorkCalendar([], {2026}),
            "today": date(2026, 4, 15),
            "rooms": {room.id: room for room in (LARGE, SMALL)},
            **told,
        }
    )


def standing(**told):
    return Sitting(
        **{
            "id": 9,
            "review_group": "JR_SCHEME",
            "on": FRIDAY,
            "half": Half.MORNING,
            "begins_at": time(9, 0),
            "state": SittingState.ANNOUNCED,
            "room_id": 1,
            "items": (item(7),),
            **told,
        }
    )


def said(answer, department="NRP"):
    return Circumstances(answers=[Availability(department, FRIDAY, Half.MORNING, answer)])


def test_a_sitting_in_time_with_its_lead_and_a_room_is_announced():
    check_announcement(wanted(), at(known=said(Answer.CAN)))


def test_a_sitting_may_be_held_on_a_day_outside_the_rhythm():
    check_announcement(wanted(on=date(2026, 4, 22)), at())  # a Wednesday; the group usually sits on Fridays


@pytest.mark.parametrize(
    ("want", "room", "refusal"),
    [
        pytest.param({}, {"rule": None}, HoldsNoSittings, id="no rule"),
        pytest.param({}, {"rule": replace(RULE, is_active=False)}, HoldsNoSittings, id="rule switched off"),
        pytest.param({"on": date(2026, 4, 18)}, {}, NotAWorkingDay, id="a Saturday"),
        pytest.param({"on": date(2026, 4, 16)}, {}, NoticeTooShort, id="tomorrow"),
        pytest.param({"items": ()}, {}, NothingToReview, id="nobody on the list"),
        pytest.param({"items": (item(1, "fire-acceptance"),)}, {}, MatterNotDecidedHere, id="not its matter"),
        pytest.param({"items": (item(1, minutes=0),)}, {}, ItemWithoutTime, id="no minutes"),
        pytest.param({"items": (item(1), item(2), item(3))}, {}, SittingFull, id="three projects of two"),
        pytest.param({"items": (item(1, minutes=181),)}, {}, ListTooLong, id="longer than the morning"),
        pytest.param({"begins_at": time(14, 30)}, {}, BeginsOutsideHalfDay, id="a morning after lunch"),
        pytest.param({"begins_at": time(12, 0)}, {}, BeginsOutsideHalfDay, id="begins when it ends"),
        pytest.param({}, {"known": said(Answer.CANNOT)}, LeadCannotCome, id="the lead cannot"),
        pytest.param({"room_id": 2}, {}, RoomTooSmall, id="three departments, two places"),
        pytest.param({"room_id": 5}, {}, Missing, id="no such room"),
        pytest.param({}, {"sittings": (standing(),)}, GroupSitsAlready, id="the group sits then"),
        pytest.param(
            {}, {"sittings": (standing(review_group="JR_SITE"),)}, RoomTaken, id="the room is taken"
        ),
        pytest.param(
            {}, {"sittings": (standing(on=date(2026, 4, 24), items=(item(1),)),)}, AlreadyAnnounced, id="told"
        ),
    ],
)
def test_each_thing_that_is_wrong_has_its_own_refusal(want, room, refusal):
    with pytest.raises(refusal):
        check_announcement(wanted(**want), at(**room))


def test_a_refusal_for_short_notice_names_the_first_day_possible():
    with pytest.raises(NoticeTooShort) as refused:
        check_announcement(wanted(on=date(2026, 4, 16)), at())

    assert (refused.value.notice, refused.value.earliest_on) == (2, FRIDAY)


def test_a_refused_rest_day_names_the_next_working_day():
    with pytest.raises(NotAWorkingDay) as refused:
        check_announcement(wanted(on=date(2026, 4, 18)), at())

    assert refused.value.next_on == date(2026, 4, 20)


def test_a_list_may_fill_the_half_day_to_the_minute():
    # 9:30 to 12:00 are 150 minutes
    check_announcement(wanted(begins_at=time(9, 30), items=(item(1, minutes=150),)), at())
    with pytest.raises(ListTooLong) as refused:
        check_announcement(wanted(begins_at=time(9, 30), items=(item(1, minutes=151),)), at())

    assert (refused.value.minutes, refused.value.left) == (151, 150)


def test_several_steps_of_one_project_are_one_project_on_the_list():
    both = replace(RULE, matters=(SCHEME, "traffic-impact-assessment"), projects_per_sitting=1)

    check_announcement(wanted(items=(item(1), item(1, "traffic-impact-assessment"))), at(rule=both))


def test_a_group_that_may_meet_online_needs_no_room_and_one_that_may_not_does():
    check_announcement(wanted(room_id=None), at())

    with pytest.raises(RoomNeeded):
        check_announcement(wanted(room_id=None), at(group=replace(GROUP, mode="expert_meeting")))
    check_announcement(
        wanted(room_id=None),
        at(group=replace(GROUP, mode="on_site"), rule=replace(RULE, needs_room=False)),
    )


def test_who_takes_part_online_needs_no_place_in_the_room():
    # three departments, one of them online: two places do
    check_announcement(wanted(room_id=2), at(known=said(Answer.ONLINE, "CAD")))


def test_the_same_room_is_free_in_the_afternoon():
    afternoon = standing(review_group="JR_SITE", half=Half.AFTERNOON, begins_at=time(14, 30))

    check_announcement(wanted(), at(sittings=(afternoon,)))


def test_a_project_joins_an_announced_sitting_that_has_room_for_it():
    check_joining(standing(), (item(1),), at(sittings=(standing(),)))


@pytest.mark.parametrize(
    ("sitting", "items", "room", "refusal"),
    [
        pytest.param(
            {"state": SittingState.WITHDRAWN}, (item(1),), {}, SittingCalledOff, id="it was called off"
        ),
        pytest.param({}, (item(1),), {"today": date(2026, 4, 20)}, SittingIsOver, id="it is over"),
        pytest.param(
            {}, (item(1),), {"today": date(2026, 4, 16)}, NoticeTooShort, id="members told too late"
        ),
        pytest.param({}, (item(1), item(2)), {}, SittingFull, id="three projects of two"),
        pytest.param({}, (item(1, minutes=121),), {}, ListTooLong, id="60 and 121 minutes of 180"),
        pytest.param({}, (), {}, NothingToReview, id="nobody"),
    ],
)
def test_what_stands_against_joining_is_named(sitting, items, room, refusal):
    there = standing(**sitting)

    with pytest.raises(refusal):
        check_joining(there, items, at(sittings=(there,), **room))


def test_a_step_joins_only_once():
    with pytest.raises(AlreadyAnnounced):
        check_joining(standing(), (item(7),), at(sittings=(standing(),)))


def test_a_list_is_numbered_from_one_and_names_each_step_once():
    listed = in_order((item(5), item(3), item(5, minutes=30)))

    assert [(one.project_id, one.position, one.minutes) for one in listed] == [(5, 1, 30), (3, 2, 60)]
