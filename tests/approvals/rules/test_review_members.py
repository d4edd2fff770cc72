"""Who is asked in a joint review, how they look at it, and by when they answer."""

from dataclasses import replace
from datetime import date, time

import pytest

from approvals.rules.catalogue import ReviewGroup
from approvals.rules.joint_limits import (
    ApprovalExpected,
    ExtensionReasonExpected,
    ReviewExtendedAlready,
    ReviewExtensionTooLate,
    ReviewExtensionTooLong,
    check_extension,
    joint_end,
)
from approvals.rules.joint_reviews import ReviewKind, ReviewState
from approvals.rules.review_members import (
    Convening,
    DecidingMemberLeftOut,
    InReviewAlready,
    MemberNotOfGroup,
    NoStepToReview,
    OpenStep,
    SessionBegun,
    SessionNeeded,
    SiteSeenAlready,
    SittingNotForThis,
    StepNotReviewedHere,
    check_convening,
    kind_of,
    opinions_due,
    proposed_members,
)
from approvals.rules.sittings import Half, Sitting, SittingItem, SittingState
from approvals.rules.work_calendar import work_calendar
from tests.approvals.joint_reviews import a_review

WEDNESDAY = date(2026, 4, 15)
GROUP = ReviewGroup(
    code="JR_SCHEME",
    name_zh="设计方案联合审查",
    name_en="Joint scheme review",
    lead="NRP",
    members=("NRP", "HCB", "CAD", "GGS"),
    mode="meeting_or_online",
    notice_workdays=2,
    opinion_workdays=5,
    silence="deemed_agree",
)
SITE = replace(GROUP, code="JR_SITE", mode="site_visit")
STEPS = {
    step.code: step
    for step in (
        OpenStep("scheme", "设计方案", "NRP", ("JR_SCHEME",)),
        OpenStep("basement", "人防地下室", "CAD", ("JR_SCHEME",)),
        OpenStep("drawings", "施工图", "HCB", ("JR_DRAWING",)),
        OpenStep("gas", "燃气", "GGS", ("JR_UTIL",), is_needed=False),
        OpenStep("old", "旧方案", "NRP", ("JR_SCHEME",), is_over=True),
    )
}
ASKED = ("NRP", "HCB", "CAD")


def a_sitting(on=date(2026, 4, 20), group="JR_SCHEME", codes=("scheme",), state=SittingState.ANNOUNCED):
    items = tuple(SittingItem(1, code, 60) for code in codes)
    return Sitting(
        id=1, review_group=group, on=on, half=Half.MORNING, begins_at=time(9), state=state, items=items
    )


def wanted(**told):
    return Convening(**{"steps": ("scheme",), "members": ASKED, "sent_on": WEDNESDAY, **told})


def checked(group=GROUP, earlier=(), **told):
    return check_convening(wanted(**told), group, STEPS, earlier, {"CAD": "人防", "FGB": "林业"})


@pytest.fixture(scope="module")
def calendar(catalogue):
    return work_calendar(catalogue.holidays)


def test_who_leads_or_decides_something_takes_part_and_the_others_may():
    proposed = proposed_members(GROUP, STEPS.values())

    assert [(one.department, one.takes_part) for one in proposed] == [
        ("NRP", True),
        ("HCB", True),
        ("CAD", True),
        ("GGS", False),
    ]
    assert proposed[0].decides == ("scheme", "old")
    assert checked(members=(*ASKED, "GGS")) is ReviewKind.WRITTEN


def test_who_has_to_be_asked_is_named():
    with pytest.raises(DecidingMemberLeftOut) as refused:
        checked(members=("NRP", "HCB"))
    assert refused.value.department == "人防"
    with pytest.raises(DecidingMemberLeftOut):
        checked(members=("HCB", "CAD"))
    with pytest.raises(MemberNotOfGroup):
        checked(members=(*ASKED, "FGB"))


@pytest.mark.parametrize(
    ("steps", "refusal"),
    [
        ((), NoStepToReview),
        (("drawings",), StepNotReviewedHere),
        (("gas",), StepNotReviewedHere),
        (("old",), StepNotReviewedHere),
        (("nothing",), StepNotReviewedHere),
    ],
)
def test_only_open_steps_of_the_group_are_reviewed(steps, refusal):
    with pytest.raises(refusal):
        checked(steps=steps)


def test_a_step_is_in_one_open_review():
    with pytest.raises(InReviewAlready):
        checked(earlier=[a_review(steps=("scheme",))])

    checked(earlier=[a_review(steps=("scheme",), state=ReviewState.ANSWERED)])


@pytest.mark.parametrize(
    ("mode", "sitting", "kind"),
    [
        ("parallel", None, ReviewKind.WRITTEN),
        ("one_form", None, ReviewKind.WRITTEN),
        ("meeting_or_online", None, ReviewKind.WRITTEN),
        ("meeting_or_online", a_sitting(), ReviewKind.MEETING),
        ("expert_meeting", None, ReviewKind.MEETING),
        ("site_visit", None, ReviewKind.SITE_VISIT),
        ("on_site", None, ReviewKind.SITE_VISIT),
    ],
)
def test_the_groups_mode_says_how_it_is_looked_at(mode, sitting, kind):
    assert kind_of(replace(GROUP, mode=mode), wanted(sitting=sitting)) is kind


def test_before_the_land_is_held_papers_are_enough():
    assert checked(group=replace(GROUP, mode="expert_meeting"), is_before_land=True) is ReviewKind.BEFORE_LAND


def test_who_comes_together_is_told_before_the_right_sitting():
    meeting = replace(GROUP, mode="expert_meeting")
    with pytest.raises(SessionNeeded):
        checked(group=meeting)
    for wrong in (
        a_sitting(group="JR_SITE"),
        a_sitting(codes=("drawings",)),
        a_sitting(state=SittingState.WITHDRAWN),
    ):
        with pytest.raises(SittingNotForThis):
            checked(group=meeting, sitting=wrong)
    with pytest.raises(SessionBegun):
        checked(group=meeting, sitting=a_sitting(on=date(2026, 4, 14)))

    assert checked(group=meeting, sitting=a_sitting()) is ReviewKind.MEETING


def test_a_site_is_seen_once_unless_somebody_says_why_again():
    steps = {"visit": OpenStep("visit", "踏勘", "NRP", ("JR_SITE",))}
    sitting = a_sitting(group="JR_SITE", codes=("visit",))
    seen = a_review(kind=ReviewKind.SITE_VISIT, review_group="JR_SITE", state=ReviewState.ANSWERED)
    called_off = replace(seen, state=ReviewState.CANCELLED)

    def checked_again(earlier, why=""):
        again = wanted(steps=("visit",), members=("NRP",), sitting=sitting, why_again=why)
        return check_convening(again, SITE, steps, [earlier], {})

    with pytest.raises(SiteSeenAlready):
        checked_again(seen)
    assert checked_again(seen, "红线已调整") is ReviewKind.SITE_VISIT
    assert checked_again(called_off) is ReviewKind.SITE_VISIT


def test_opinions_are_due_after_the_session_or_after_sending(calendar):
    # 5 working days after Wednesday 15 April: Wednesday 22; after Thursday 30 April, with Labour Day from
    # 1 to 5 May off and Saturday 9 May worked: 6, 7, 8, 9 and 11 May.
    assert opinions_due(GROUP, WEDNESDAY, None, calendar) == date(2026, 4, 22)
    assert opinions_due(GROUP, WEDNESDAY, date(2026, 4, 30), calendar) == date(2026, 5, 11)


def test_a_joint_handling_takes_45_working_days_and_15_more_at_most(calendar):
    # The golden vector of 45 working days from 23 November 2026; extended, it is 60 in all.
    assert joint_end(date(2026, 11, 23), 0, calendar) == date(2027, 1, 26)
    assert calendar.workdays_between(date(2026, 11, 23), joint_end(date(2026, 11, 23), 15, calendar)) == 60


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"workdays": 16}, ReviewExtensionTooLong),
        ({"workdays": 0}, ReviewExtensionTooLong),
        ({"extended_workdays": 5}, ReviewExtendedAlready),
        ({"today": date(2026, 6, 23)}, ReviewExtensionTooLate),
        ({"approved_by": " "}, ApprovalExpected),
        ({"reason": ""}, ExtensionReasonExpected),
    ],
)
def test_an_extension_is_once_in_time_approved_and_reasoned(told, refusal):
    usual = {
        "end_on": date(2026, 6, 22),
        "extended_workdays": 0,
        "workdays": 15,
        "approved_by": "县政府〔2026〕8号",
        "reason": "汛期",
        "today": date(2026, 6, 22),
    }
    check_extension(**usual)

    with pytest.raises(refusal):
        check_extension(**{**usual, **told})
