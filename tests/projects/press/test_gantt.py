"""The Gantt chart: forecast against plan, what each bar is made of, and what stands at its end."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import pytest

from projects.press.chart import (
    ChartPause,
    ChartSegment,
    SegmentKind,
    StepKind,
    StepState,
    Tone,
)
from projects.press.gantt import GanttOrder, gantt
from projects.press.svg import text_width
from projects.press.words import Words
from tests.projects.press.pictures import SVG, parsed
from tests.projects.press.plans import a_permit_plan, a_plan, a_random_plan, a_step, workday
from tests.projects.press.words_zh import ZH

HOSTILE = '</text></svg><script>alert("1")</script>&amp;\'"\x00'


def _rows(svg: str) -> dict[str, Element]:
    return {e.get("data-no"): e for e in parsed(svg).iter() if e.get("class", "").startswith("g-row")}


def _bar(row: Element) -> tuple[float, float]:
    """Left and right end of a step's bar."""
    (bar,) = [e for e in row.findall(f"{SVG}rect") if e.get("class") == "g-bar"]
    return float(bar.get("x")), float(bar.get("x")) + float(bar.get("width"))


def _waves(row: Element) -> list[Element]:
    return [e for e in row.findall(f"{SVG}use") if e.get("stroke-dasharray")]


def _groups(svg: str) -> list[str]:
    return [e.text for e in parsed(svg).iter(f"{SVG}text") if e.get("class") == "g-stage"]


@pytest.mark.parametrize("order", list(GanttOrder))
@pytest.mark.parametrize("seed", range(0, 300, 10))
def test_random_plans_have_one_row_a_step_in_a_well_formed_picture(order, seed):
    plan = a_random_plan(seed)

    rows = _rows(gantt(plan, ZH, order=order))

    assert sorted(map(int, rows)) == sorted(step.number for step in plan.steps)


def test_a_bar_runs_from_the_end_of_its_first_day_to_the_end_of_its_last():
    # step 1 works on points 1 and 2, step 2 on the ten after them: where one ends the other begins
    rows = _rows(gantt(a_permit_plan(), ZH))

    assert _bar(rows["1"])[1] == pytest.approx(_bar(rows["2"])[0], abs=0.1)


def test_days_are_to_scale():
    short, long = a_step(1, points=(0, 5)), a_step(2, points=(0, 10))

    rows = _rows(gantt(a_plan(short, long), ZH))

    lengths = [end - begin for begin, end in (_bar(rows["1"]), _bar(rows["2"]))]
    assert lengths[1] / lengths[0] == pytest.approx(
        (long.finish_on - long.start_on) / (short.finish_on - short.start_on), rel=0.02
    )


def test_rows_can_be_grouped_by_stage_by_owner_and_by_month_of_the_deadline():
    plan = a_permit_plan()

    assert _groups(gantt(plan, ZH)) == ["立项用地规划许可", "施工许可"]
    assert _groups(gantt(plan, ZH, order=GanttOrder.OWNER)) == [
        "发改局",
        "企业",
        "自然资源局",
        "不动产登记中心",
    ]
    assert _groups(gantt(plan, ZH, order=GanttOrder.DEADLINE)) == ["2026年3月到期"]


def test_a_step_of_an_unknown_stage_is_not_lost():
    assert list(_rows(gantt(a_plan(a_step(1, stage="elsewhere")), ZH))) == ["1"]


def test_the_plan_stands_below_the_forecast():
    step = replace(a_step(1), plan_start_on=workday(0), plan_finish_on=workday(2))

    assert 'class="g-base"' in gantt(a_plan(step), ZH)
    assert 'class="g-base"' not in gantt(a_plan(a_step(1)), ZH)


def test_total_float_is_a_wave_until_the_latest_finish():
    with_float = replace(a_step(1), late_finish_on=workday(8))
    done = replace(with_float, state=StepState.DONE)

    (row,) = _rows(gantt(a_plan(with_float), ZH)).values()
    (done_row,) = _rows(gantt(a_plan(done), ZH)).values()

    assert _waves(row)
    assert not _waves(done_row)


def test_preparation_special_procedure_and_pause_have_their_own_textures():
    step = replace(
        a_step(1, points=(0, 20), kind=StepKind.ENT),
        segments=(
            ChartSegment(SegmentKind.PREPARATION, workday(5)),
            ChartSegment(SegmentKind.SPECIAL, workday(12)),
            ChartSegment(SegmentKind.WORK, workday(20)),
        ),
        pauses=(ChartPause(workday(14), workday(15)),),
    )

    svg = gantt(a_plan(step), ZH, prefix="g")

    textures = [e.get("fill") for e in _rows(svg)["1"].findall(f"{SVG}rect") if e.get("fill")]
    assert textures == ["url(#g-r)", "url(#g-s)", "url(#g-e)", "url(#g-o)"]
    defined = {e.get("id") for e in parsed(svg).iter(f"{SVG}pattern")}
    assert {"g-r", "g-s", "g-e", "g-o"} <= defined


def test_the_wait_for_a_decision_is_dashed():
    (row,) = [row for number, row in _rows(gantt(a_permit_plan(), ZH)).items() if number == "5"]

    assert [e for e in row.findall(f"{SVG}path") if e.get("class") == "g-wait"]


def test_the_statutory_limit_and_the_meeting_are_marked():
    step = replace(a_step(1, kind=StepKind.JOINT), limit_on=workday(5), meeting_on=workday(2))

    (row,) = _rows(gantt(a_plan(step, target_on=workday(9)), ZH)).values()

    assert [e for e in row.findall(f"{SVG}path") if e.get("class") == "g-limit"]
    assert [e for e in row.findall(f"{SVG}g") if e.get("class") == "g-joint"]


def test_milestones_and_marks_stand_at_the_end_of_the_bar():
    plan = a_permit_plan()
    late = replace(plan.steps[2], mark="晚2天", mark_tone=Tone.LATE)

    row = _rows(gantt(replace(plan, steps=(*plan.steps[:2], late, *plan.steps[3:])), ZH))["3"]

    flags = [(e.text, e.get("class")) for e in row.findall(f"{SVG}text") if "g-flag" in e.get("class", "")]
    assert flags == [("取得土地", "g-flag"), ("晚2天", "g-flag g-late")]
    assert all(float(e.get("x")) > _bar(row)[1] for e in row.findall(f"{SVG}text") if e.get("class"))


def test_a_step_of_no_length_is_a_diamond():
    row = _rows(gantt(a_permit_plan(), ZH))["6"]

    assert [e for e in row.findall(f"{SVG}path") if e.get("class") == "g-point"]


def test_critical_steps_are_linked_and_others_are_not():
    svg = gantt(a_permit_plan(), ZH)

    # 1 → 2 → 3 are critical in a row; 6 waits for 5, which is not
    (links,) = [e for e in parsed(svg).iter(f"{SVG}path") if e.get("class") == "g-link"]
    assert links.get("d").count("M") == 2


def test_a_finished_plan_and_an_empty_one_can_be_drawn():
    done = a_step(1, state=StepState.DONE, progress=1.0)

    assert "b-done" in gantt(a_plan(done, today_on=workday(40)), ZH)
    assert gantt(a_plan(), ZH) == ""


def test_a_hostile_name_cannot_break_out():
    hostile = dict.fromkeys(("name", "short", "owner", "length_text", "title", "href", "mark"), HOSTILE)

    root = parsed(gantt(a_plan(a_step(1, **hostile)), ZH))

    assert {e.tag.removeprefix(SVG) for e in root.iter()}.isdisjoint({"script", "style"})


def test_no_colour_stands_in_the_picture_and_its_ids_begin_with_its_prefix():
    svg = gantt(a_random_plan(3), ZH, prefix="mini", is_compact=True)

    assert not re.search(r"style=|stroke=\"|fill=\"(?!url\()", svg)
    assert all(name.startswith("mini-") for name in re.findall(r'\bid="([^"]+)"', svg))


def test_sixty_steps_weigh_little():
    steps = [
        a_step(
            number,
            *([number - 1] if number > 1 else []),
            points=(2 * number, 2 * number + 6),
            name=f"国有建设用地使用权首次登记{number}",
            title=f"{number:02d} 国有建设用地使用权首次登记{number}：自然资源局，3月2日至3月9日，总时差3天",
            href=f"/projects/7/steps/{number:02d}",
            is_critical=number % 2 == 0,
            late_finish_on=workday(2 * number + 12),
            plan_start_on=workday(2 * number),
            plan_finish_on=workday(2 * number + 5),
        )
        for number in range(1, 61)
    ]

    assert len(gantt(a_plan(*steps, today_on=workday(30)), ZH).encode()) < 45_000


def test_a_year_without_published_holidays_is_hatched_and_named():
    late = replace(a_step(1), start_on=date(2026, 12, 28), finish_on=date(2026, 12, 28) + timedelta(40))

    assert "暂定" in gantt(a_plan(late), ZH)
    assert "provisional" in gantt(a_plan(late), Words())


def test_the_same_plan_gives_the_same_bytes():
    assert gantt(a_random_plan(5), ZH) == gantt(a_random_plan(5), ZH)


def test_a_gantt_chart_a_person_can_read(golden):
    golden("press/gantt.svg", gantt(a_permit_plan(), ZH) + "\n")


@pytest.mark.parametrize("days_to_target", [-3, 0, 1, 4, 30])
def test_the_tags_of_today_and_of_the_target_stand_beside_each_other(days_to_target):
    today = workday(10)
    plan = a_plan(a_step(1, points=(0, 40)), today_on=today, target_on=today + timedelta(days_to_target))

    root = parsed(gantt(plan, ZH))

    (pill,) = root.findall(f".//{SVG}g[@class='now-tag']/{SVG}rect")
    (tag,) = root.findall(f".//{SVG}text[@class='goal-t']")
    begin, end = float(pill.get("x")), float(pill.get("x")) + float(pill.get("width"))
    words = float(tag.get("x")), float(tag.get("x")) + text_width(tag.text, 11)
    assert words[1] < begin or end < words[0]
