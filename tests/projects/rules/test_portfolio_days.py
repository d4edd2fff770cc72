"""A plan of all projects as it is kept: what is written is read back, and the same plan is the same bytes."""

from dataclasses import replace
from datetime import date

from projects.rules.portfolio_days import (
    HalfDay,
    ProjectDays,
    ProjectLine,
    ReleaseLine,
    StepDays,
    Summary,
    Wait,
    pack,
    read_summary,
    summary_body,
    unpack,
)

DAY, LATER = date(2026, 4, 16), date(2026, 4, 24)
STEP = StepDays(
    start_on=DAY,
    accept_on=DAY,
    end_on=LATER,
    finish_on=LATER,
    department="NRP",
    work_first_on=date(2026, 4, 17),
    work_last_on=LATER,
    wait=Wait("bench", "NRP", 3),
    group="JR_SCHEME",
    sitting=HalfDay(date(2026, 4, 20), 1),
    officer=7,
)
BARE = StepDays(start_on=DAY, accept_on=DAY, end_on=DAY, finish_on=DAY, has_begun=True)
LINE = ProjectLine(
    project_id=3,
    code="2603-439921-04-01-000003",
    name="第三号项目",
    permit_on=LATER,
    start_on=None,
    before_permit_on=DAY,
    before_start_on=None,
    due_on=DAY,
    late_workdays=6,
    gain_workdays=40,
    limit_workdays=2,
    waits=(Wait("bench", "NRP", 3),),
    moved_steps=2,
    moved_announced=("design-scheme-review",),
)


def test_the_days_of_a_plan_are_read_as_they_were_written():
    projects = (ProjectDays(project_id=3, revision=5, steps={"a": STEP, "b": BARE}),)

    assert unpack(pack(projects)) == projects


def test_the_order_of_steps_does_not_change_the_bytes():
    one = ProjectDays(project_id=3, revision=5, steps={"a": STEP, "b": BARE})
    other = ProjectDays(project_id=3, revision=5, steps={"b": BARE, "a": STEP})

    assert pack([one]) == pack([other])


def test_what_a_plan_is_worth_is_read_as_it_was_written():
    release = ReleaseLine(
        kind="bench",
        key="HCB",
        more=1,
        first_on=DAY,
        last_on=LATER,
        projects=(3,),
        saved_workdays=5,
        least_workdays=2,
        most_workdays=5,
    )
    summary = Summary(
        lines=(LINE,),
        releases=(release,),
        waits=(Wait("bench", "NRP", 3),),
        serial_workdays=100,
        parallel_workdays=60,
        bound_workdays=58,
    )

    assert read_summary(summary_body(summary)) == summary
    assert summary.line(3) == LINE
    assert summary.line(4) is None


def test_a_line_is_moved_when_a_headline_day_is_another():
    assert LINE.is_moved
    assert LINE.watched == (DAY, LATER)
    assert not LINE.only_start_moves


def test_a_start_that_moves_while_the_permit_stays_is_the_day_that_is_watched():
    line = replace(LINE, before_permit_on=LATER, before_start_on=DAY, start_on=date(2026, 6, 1))

    assert line.only_start_moves
    assert line.watched == (DAY, date(2026, 6, 1))
