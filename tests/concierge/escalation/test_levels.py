"""Who has to come by when, when a report rises by itself, and where it may be taken by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from concierge.escalation.rules.figures import PRESETS, FigureOutOfRange, Figures
from concierge.escalation.rules.levels import (
    ArrivedAlready,
    LevelsInOrder,
    NobodyCalled,
    NoHigherLevel,
    OutsideTheStage,
    answer_due_on,
    check_arrival,
    level_asked,
    next_level,
    received_on,
    rises_at,
    stage_at,
)
from concierge.escalation.rules.report import ReportKind, ReportLevel, Rise
from tests.concierge.escalation.moments import april

SHIPPED = Figures()
DUE = date(2026, 4, 17)


def test_the_chief_representative_has_ten_minutes_and_then_the_report_rises(calendar):
    stage = stage_at(ReportLevel.WINDOW, april(14, "09:12"), DUE, SHIPPED, calendar)

    assert stage.due_at == april(14, "09:22")
    assert rises_at(stage, SHIPPED, calendar) == (april(14, "09:22"), Rise.NOBODY_CAME)


def test_the_head_has_thirty_minutes(calendar):
    stage = stage_at(ReportLevel.DEPARTMENT, april(14, "09:22"), DUE, SHIPPED, calendar)

    assert stage.due_at == april(14, "09:52")


def test_once_somebody_came_the_spot_lasts_until_closing(calendar):
    stage = stage_at(ReportLevel.WINDOW, april(14, "09:12"), DUE, SHIPPED, calendar)

    assert rises_at(replace(stage, arrived_at=april(14, "09:19")), SHIPPED, calendar) == (
        april(14, "17:30"),
        Rise.DAY_OVER,
    )


def test_three_working_days_end_at_closing_time_and_the_leader_is_followed_by_the_office_meeting(calendar):
    timed = stage_at(ReportLevel.TIMED, april(14, "09:52"), DUE, SHIPPED, calendar)
    leader = stage_at(ReportLevel.LEADER, april(17, "17:30"), DUE, SHIPPED, calendar)

    assert rises_at(timed, SHIPPED, calendar) == (april(17, "17:30"), Rise.LATE)
    assert leader.due_at == april(22, "17:30")  # Monday, Tuesday, Wednesday
    assert rises_at(leader, SHIPPED, calendar) == (april(22, "17:30"), Rise.LATE)
    meeting = stage_at(next_level(ReportLevel.LEADER), april(22, "17:30"), DUE, SHIPPED, calendar)
    assert rises_at(meeting, SHIPPED, calendar) is None  # it sits when it is called
    assert stage_at(ReportLevel.STANDING_MEETING, april(17, "17:30"), DUE, SHIPPED, calendar).due_at is None


def test_what_comes_after_closing_counts_from_the_next_working_day(calendar):
    assert received_on(april(14, "17:30"), SHIPPED, calendar) == date(2026, 4, 14)
    assert received_on(april(17, "17:31"), SHIPPED, calendar) == date(2026, 4, 20)
    assert received_on(april(18, "10:00"), SHIPPED, calendar) == date(2026, 4, 20)


@pytest.mark.parametrize(
    ("preset", "kind", "departments", "due_on"),
    [
        ("three_levels", ReportKind.UNLAWFUL, 1, date(2026, 4, 17)),
        ("three_levels", None, 2, date(2026, 4, 17)),
        ("by_difficulty", ReportKind.UNLAWFUL, 1, date(2026, 4, 15)),
        ("by_difficulty", ReportKind.BLOCKED, 1, date(2026, 4, 16)),
        ("by_difficulty", ReportKind.BLOCKED, 3, date(2026, 4, 17)),
        ("five_and_ten", None, 1, date(2026, 4, 21)),
        ("five_and_ten", ReportKind.REFUSED, 2, date(2026, 4, 28)),
    ],
)
def test_the_last_day_follows_the_figures_of_the_place(calendar, preset, kind, departments, due_on):
    # received on Tuesday 14 April: 15, 16, 17, then 20 to 24, then 27, 28
    assert answer_due_on(date(2026, 4, 14), kind, departments, PRESETS[preset], calendar) == due_on


def test_levels_follow_each_other():
    assert next_level(ReportLevel.WINDOW) is ReportLevel.DEPARTMENT
    assert next_level(ReportLevel.LEADER) is ReportLevel.OFFICE_MEETING
    with pytest.raises(NoHigherLevel):
        next_level(ReportLevel.STANDING_MEETING)


def test_only_what_concerns_several_departments_goes_to_the_county_at_once():
    assert level_asked(ReportLevel.DEPARTMENT, ReportLevel.LEADER, 2) is ReportLevel.LEADER
    with pytest.raises(LevelsInOrder) as refused:
        level_asked(ReportLevel.DEPARTMENT, ReportLevel.LEADER, 1)
    assert refused.value.facts["next"] == "timed"


@pytest.mark.parametrize("to", [ReportLevel.STANDING_MEETING, ReportLevel.WINDOW, ReportLevel.LEADER])
def test_the_countys_steps_are_not_left_out_nor_gone_back(to):
    with pytest.raises(LevelsInOrder):
        level_asked(ReportLevel.LEADER, to, 3)


def test_an_arrival_lies_between_the_call_and_now(calendar):
    stage = stage_at(ReportLevel.WINDOW, april(14, "09:12"), DUE, SHIPPED, calendar)

    check_arrival(stage, april(14, "09:19"), "", now=april(14, "09:25"))
    for wrong in (april(14, "09:11"), april(14, "09:26")):
        with pytest.raises(OutsideTheStage):
            check_arrival(stage, wrong, "", now=april(14, "09:25"))
    came = replace(stage, arrived_at=april(14, "09:19"))
    with pytest.raises(ArrivedAlready):
        check_arrival(came, april(14, "09:20"), "唐主任", now=april(14, "09:25"))


def test_nobody_is_called_to_the_window_at_the_timed_level(calendar):
    stage = stage_at(ReportLevel.TIMED, april(14, "09:52"), DUE, SHIPPED, calendar)

    with pytest.raises(NobodyCalled):
        check_arrival(stage, april(14, "10:00"), "", now=april(14, "10:01"))


@pytest.mark.parametrize("name", ["window_minutes", "across_workdays", "fix_times"])
def test_a_figure_nobody_could_work_by_is_refused(name):
    with pytest.raises(FigureOutOfRange) as refused:
        Figures(**{name: 0})
    assert refused.value.facts["field"] == name
