"""When a review group can sit: its rhythm, the calendar, who answered what, and how long before."""

from datetime import date

import pytest

from approvals.rules.benches import Bench, BenchChange
from approvals.rules.catalogue import ReviewGroup
from approvals.rules.sittings import (
    Answer,
    Availability,
    Circumstances,
    Half,
    Sitting,
    SittingRule,
    SittingState,
    busy_departments,
    departments_of,
    earliest_notice,
    possible_sittings,
    rhythm,
)
from scheduler import DayRule, WorkCalendar

MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON


def april(day):
    return date(2026, 4, day)


def may(day):
    return date(2026, 5, day)


# Labour Day 2026: 1 to 5 May off, Saturday 9 May worked instead.
CALENDAR = WorkCalendar(
    [
        *(DayRule(may(day), False, "holiday") for day in range(1, 6)),
        DayRule(may(9), True, "makeup_workday"),
    ],
    {2026},
)
SCHEME = ReviewGroup(
    code="JR_SCHEME",
    name_zh="设计方案联合审查",
    name_en="Joint scheme review",
    lead="NRP",
    members=("NRP", "HCB", "CAD"),
    mode="meeting_or_online",
    notice_workdays=2,
)
ACCEPTANCE = ReviewGroup(
    code="JR_ACCEPT",
    name_zh="竣工联合验收",
    name_en="Joint acceptance",
    lead="HCB",
    members=("NRP", "HCB"),
    mode="on_site",
    notice_workdays=2,
)


def a_rule(**told):
    return SittingRule(
        **{
            "review_group": "JR_SCHEME",
            "matters": ("design-scheme-review",),
            "weekdays": (2, 5),
            "halves": (MORNING, AFTERNOON),
            "projects_per_sitting": 3,
            "minutes_per_project": 60,
            **told,
        }
    )


def found(known=None, *, rule=None, group=SCHEME, today=15):
    """The half-days of one week of April, the 16th to the 22nd, by day and half."""
    sittings = possible_sittings(
        rule or a_rule(),
        group,
        known or Circumstances(),
        CALENDAR,
        today=april(today),
        first=april(16),
        last=april(22),
    )
    return {(sitting.on, sitting.half): sitting for sitting in sittings}


def answered(*told):
    return Circumstances(answers=[Availability(*one) for one in told])


def test_a_group_sits_on_the_half_days_of_its_rhythm():
    # 16 April 2026 is a Thursday: its Friday is the 17th, its Tuesday the 21st
    assert list(found()) == [
        (april(17), MORNING),
        (april(17), AFTERNOON),
        (april(21), MORNING),
        (april(21), AFTERNOON),
    ]


def test_halves_stand_in_the_order_of_the_day_however_the_rule_names_them():
    rule = a_rule(halves=(AFTERNOON, MORNING), weekdays=(5,))

    assert list(rhythm(rule, CALENDAR, april(17), april(17))) == [
        (april(17), MORNING),
        (april(17), AFTERNOON),
    ]


def test_nobody_sits_on_a_holiday_but_on_a_make_up_day_of_the_rhythm():
    # 1 May is a Friday off, 5 May a Tuesday off; 9 May a Saturday worked
    rule = a_rule(weekdays=(2, 5, 6), halves=(MORNING,))

    assert [on for on, _ in rhythm(rule, CALENDAR, april(28), may(9))] == [april(28), may(8), may(9)]


def test_a_rule_that_is_switched_off_has_no_half_days():
    assert found(rule=a_rule(is_active=False)) == {}


def test_a_sitting_is_told_two_working_days_before():
    # told on Wednesday the 15th: Thursday is the first, Friday the second working day
    assert earliest_notice(april(15), SCHEME, CALENDAR) == april(17)
    # told on Thursday 30 April: the holiday does not count; 6 and 7 May do
    assert earliest_notice(april(30), SCHEME, CALENDAR) == may(7)


def test_a_half_day_that_comes_too_soon_is_shown_and_cannot_sit():
    sittings = found(today=16)

    # told on the 16th: the 17th is the first working day, Monday the 20th the second
    assert not sittings[april(17), MORNING].has_notice
    assert not sittings[april(17), MORNING].can_sit
    assert sittings[april(21), MORNING].can_sit


def test_the_lead_stands_first_and_once():
    assert departments_of(SCHEME) == ("NRP", "HCB", "CAD")
    assert departments_of(ACCEPTANCE) == ("HCB", "NRP")


def test_who_has_not_answered_may_come_and_is_not_counted_on():
    sitting = found(answered(("NRP", april(17), MORNING, Answer.CAN)))[april(17), MORNING]

    assert sitting.coming == ("NRP",)
    assert sitting.unanswered == ("HCB", "CAD")
    assert (sitting.can_sit, sitting.is_full, sitting.is_confirmed) == (True, True, False)


def test_a_sitting_is_confirmed_when_everybody_said_so_at_the_table_or_online():
    sitting = found(
        answered(
            ("NRP", april(17), MORNING, Answer.CAN),
            ("HCB", april(17), MORNING, Answer.CAN),
            ("CAD", april(17), MORNING, Answer.ONLINE),
        )
    )[april(17), MORNING]

    assert (sitting.coming, sitting.online, sitting.is_confirmed) == (("NRP", "HCB"), ("CAD",), True)


def test_a_member_who_cannot_come_writes_and_the_review_is_held():
    sitting = found(answered(("CAD", april(17), MORNING, Answer.CANNOT)))[april(17), MORNING]

    assert (sitting.missing, sitting.in_writing) == (("CAD",), ("CAD",))
    assert (sitting.can_sit, sitting.is_full) == (True, False)


def test_without_its_lead_a_review_is_not_held():
    sitting = found(answered(("NRP", april(17), MORNING, Answer.CANNOT)))[april(17), MORNING]

    assert (sitting.has_lead, sitting.can_sit, sitting.in_writing) == (False, False, ())


def test_an_answer_holds_for_its_own_half_day_only():
    sittings = found(answered(("NRP", april(17), MORNING, Answer.CANNOT)))

    assert sittings[april(17), AFTERNOON].can_sit


def test_on_a_site_visit_online_is_no_attendance():
    rule = a_rule(review_group="JR_ACCEPT", weekdays=(5,), halves=(MORNING,))
    online = answered(("NRP", april(17), MORNING, Answer.ONLINE), ("HCB", april(17), MORNING, Answer.CAN))

    sitting = found(online, rule=rule, group=ACCEPTANCE)[april(17), MORNING]

    assert (sitting.online, sitting.missing, sitting.can_sit) == ((), ("NRP",), True)


def test_an_empty_bench_cannot_come_unless_the_department_says_so_itself():
    known = Circumstances(
        answers=[Availability("HCB", april(17), AFTERNOON, Answer.CAN)],
        benches={"HCB": Bench("HCB", 2)},
        changes=[BenchChange("HCB", april(17), april(17), 0, reason="training")],
    )

    sittings = found(known)

    assert sittings[april(17), MORNING].missing == ("HCB",)
    assert sittings[april(17), AFTERNOON].missing == ()
    assert sittings[april(21), MORNING].missing == ()


def a_sitting(group, on, half, state=SittingState.ANNOUNCED):
    return Sitting(id=1, review_group=group, on=on, half=half, begins_at=half.begins_at, state=state)


def test_who_sits_in_another_review_cannot_come():
    groups = {"JR_SCHEME": SCHEME, "JR_ACCEPT": ACCEPTANCE}
    sittings = [a_sitting("JR_ACCEPT", april(17), MORNING)]

    sitting = found(Circumstances(busy=busy_departments(sittings, groups)))[april(17), MORNING]

    # the acceptance takes HCB and NRP, and NRP leads the scheme review
    assert sitting.missing == ("NRP", "HCB")
    assert not sitting.can_sit


@pytest.mark.parametrize("group", ["JR_GONE", "JR_SCHEME"])
def test_ones_own_sittings_and_those_of_groups_nobody_knows_keep_nobody_busy(group):
    groups = {"JR_SCHEME": SCHEME}

    assert busy_departments([a_sitting(group, april(17), MORNING)], groups, but="JR_SCHEME") == {}


def test_a_withdrawn_sitting_keeps_nobody_busy():
    withdrawn = a_sitting("JR_ACCEPT", april(17), MORNING, SittingState.WITHDRAWN)

    assert busy_departments([withdrawn], {"JR_ACCEPT": ACCEPTANCE}) == {}
