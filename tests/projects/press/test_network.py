"""The arrow network on paper: what a person can read, follow and trust."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from projects.press.chart import ChartCalendar, StepState
from projects.press.network import NetView, chains, network
from projects.press.words import Words
from tests.projects.press.pictures import SVG, captions, circles, overlapping, parsed
from tests.projects.press.plans import (
    WEEK_CALENDAR,
    a_permit_plan,
    a_plan,
    a_random_plan,
    a_step,
    issue,
    workday,
)
from tests.projects.press.words_zh import ZH

HOSTILE = '</text></svg><script>alert("1")</script>&amp;\'"\x00\x0b'


def _steps_in_two_stages(count: int):
    """A ladder: every third step opens the next stage; wide enough to be drawn in parts past 45."""
    steps = []
    for number in range(1, count + 1):
        before = [number - 3] if number > 3 else []
        gates = [issue(number - 2, 1)] if number > 5 and number % 4 == 0 else []
        start = 4 * ((number - 1) // 3)
        steps.append(
            a_step(
                number,
                *before,
                *gates,
                points=(start, start + 4),
                stage="land" if number <= count // 2 else "permit",
                name=f"建设工程事项办理{number}",
                short=f"工程事项办理{number}",
                title=f"{number:02d} 建设工程事项办理{number}：自然资源局，3月2日至3月9日，总时差3个工作日",
                href=f"/projects/7/steps/{number:02d}",
                owner="自然资源和规划局",
            )
        )
    return steps


def _works(svg: str):
    return [group for group in parsed(svg).iter() if group.get("class", "").startswith("wk")]


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_words_and_circles_never_lie_on_each_other(first):
    faults = {}
    for seed in range(first, first + 100):
        for drawing in network(a_random_plan(seed), ZH):
            labels, events = captions(drawing.svg), circles(drawing.svg)
            found = overlapping(labels) + overlapping(events)
            found += [
                (words.text, event.text) for words in labels for event in events if words.overlaps(event)
            ]
            if found:
                faults[seed] = found

    assert not faults


def test_every_step_is_drawn_once_with_its_number_and_link():
    plan = a_random_plan(7)

    (drawing,) = network(plan, ZH)

    links = [(e.get("data-no"), e.get("href")) for e in parsed(drawing.svg).iter(f"{SVG}a")]
    assert sorted(links) == sorted((str(s.number), s.href) for s in plan.steps)


def test_the_picture_has_a_name_and_a_description():
    (drawing,) = network(a_permit_plan(), ZH, prefix="net")

    root = parsed(drawing.svg)
    assert root.get("role") == "group"  # the name of an image would hide the links in it
    assert root.get("aria-labelledby") == "net-t net-d"
    assert root.find(f"{SVG}title[@id='net-t']").text == "双代号时标网络图"
    assert "关键工作：1、2、3、6" in root.find(f"{SVG}desc[@id='net-d']").text


def test_the_same_plan_gives_the_same_bytes():
    assert network(a_random_plan(11), ZH) == network(a_random_plan(11), ZH)


def test_no_colour_stands_in_the_picture():
    (drawing,) = network(a_random_plan(3), ZH)

    assert not re.search(r"style=|stroke=|fill=\"(?!url\()|#[0-9a-fA-F]{3,6}\b(?!-)", drawing.svg)


def test_a_hostile_name_cannot_break_out():
    hostile = dict.fromkeys(("name", "short", "owner", "length_text", "title", "href"), HOSTILE)
    step = a_step(1, **hostile)

    (drawing,) = network(a_plan(step), ZH)

    root = parsed(drawing.svg)
    assert {e.tag.removeprefix(SVG) for e in root.iter()}.isdisjoint({"script", "style"})
    assert root.find(f".//{SVG}a").get("href").startswith("</text></svg><script>")


def test_sixty_steps_weigh_little_and_are_drawn_stage_by_stage():
    drawings = network(a_plan(*_steps_in_two_stages(60), today_on=workday(30)), ZH)

    assert [drawing.title for drawing in drawings] == [
        "双代号时标网络图：立项用地规划许可",
        "双代号时标网络图：施工许可",
    ]
    assert sum(drawing.works for drawing in drawings) == 60
    assert sum(len(drawing.svg.encode()) for drawing in drawings) < 45_000


def test_ids_on_one_page_are_unique():
    drawings = network(a_plan(*_steps_in_two_stages(50)), ZH, prefix="net")

    ids = [id_ for drawing in drawings for id_ in re.findall(r'\bid="([^"]+)"', drawing.svg)]
    assert len(ids) == len(set(ids))
    assert all(id_.startswith("net") for id_ in ids)


def test_an_event_of_two_drawings_carries_one_letter_in_both():
    land, permit = network(a_plan(*_steps_in_two_stages(50)), ZH)

    # 25 is the last step of the first stage and opens 28 of the second: their event is in both drawings
    shared = {seen.text for seen in circles(land.svg)} & {seen.text for seen in circles(permit.svg)}
    assert shared
    assert all(text.isalpha() for text in shared)


def test_a_drawing_says_which_steps_its_letters_come_from():
    _, permit = network(a_plan(*_steps_in_two_stages(50)), ZH)

    keys = [e.text for e in parsed(permit.svg).iter(f"{SVG}text") if "ev-key" in e.get("class", "")]
    assert any("25 工程事项办理25" in line for line in keys)


def test_a_plan_without_steps_draws_nothing():
    assert network(a_plan(), ZH) == []


def test_one_step_is_one_arrow_between_two_events():
    (drawing,) = network(a_plan(a_step(1)), ZH)

    assert [seen.text for seen in circles(drawing.svg)] == ["1", "2"]


def test_a_finished_plan_keeps_its_record():
    done = {"state": StepState.DONE, "progress": 1.0}
    steps = [a_step(1, points=(0, 3), **done), a_step(2, 1, points=(3, 6), **done)]

    (drawing,) = network(a_plan(*steps, today_on=workday(30)), ZH)

    assert "ev ev-done" in drawing.svg
    assert "✓ 事项2" in drawing.svg
    assert 'class="front"' not in drawing.svg
    assert network(a_plan(*steps), ZH, view=NetView.UNFINISHED) == []


def test_a_step_of_no_length_is_a_diamond_between_two_circles():
    (drawing,) = network(a_plan(a_step(1), a_step(2, 1, points=(3, 3)), a_step(3, 2, points=(3, 8))), ZH)

    assert drawing.svg.count('class="w-ms"') == 1
    assert not overlapping(circles(drawing.svg))


def test_an_issue_gate_is_drawn_as_its_own_kind_of_dummy():
    (drawing,) = network(a_permit_plan(), ZH)

    (dashes,) = [g for g in parsed(drawing.svg).iter(f"{SVG}g") if g.get("class", "").startswith("w-iss")]
    assert [path.get("data-no") for path in dashes] == ["5"]


def test_the_wait_for_a_decision_is_a_wave_and_not_work():
    # 5 works three days (points 11 to 14) and waits for the land until point 16
    (drawing,) = network(a_permit_plan(), ZH)

    (group,) = [g for g in _works(drawing.svg) if g.get("data-no") == "5"]
    run = re.fullmatch(r"M([\d.]+) [\d.]+H([\d.]+)", group.find(f"{SVG}path").get("d"))
    (wave,) = group.findall(f"{SVG}use")
    assert float(wave.get("stroke-dasharray").split()[0]) > 20
    assert float(wave.get("x")) == pytest.approx(float(run[2]))


def test_only_critical_works_can_be_asked_for():
    (drawing,) = network(a_permit_plan(), ZH, view=NetView.CRITICAL)

    numbers = {group.get("data-no") for group in _works(drawing.svg)}
    assert numbers == {"1", "2", "3", "6"}


def test_the_frontier_goes_through_what_runs_and_what_should():
    # today is point 8: step 4 runs and is at 40 %; step 2 should run and has not begun
    (drawing,) = network(a_permit_plan(), ZH)

    (front,) = [g for g in parsed(drawing.svg).iter(f"{SVG}g") if g.get("class") == "front-p"]
    assert len(front) == 2


def test_a_year_without_published_holidays_is_hatched_and_named():
    late = replace(a_step(1), start_on=date(2026, 12, 28), finish_on=date(2027, 1, 15))

    (drawing,) = network(a_plan(late), ZH)
    (certain,) = network(a_plan(late, calendar=ChartCalendar(WEEK_CALENDAR.is_workday)), ZH)

    assert "暂定" in drawing.svg
    assert 'class="ax-prov"' in drawing.svg
    assert "暂定" not in certain.svg


def test_a_long_plan_is_wider_and_never_narrower_than_seven_pixels_a_day():
    steps = [a_step(1, points=(0, 150)), a_step(2, 1, points=(150, 300))]

    (drawing,) = network(a_plan(*steps), ZH)

    days = (workday(300) - workday(0)).days
    assert float(parsed(drawing.svg).get("width")) > 7 * days > 1164


def test_the_script_learns_who_comes_before_and_after():
    assert chains(a_plan(a_step(1), a_step(2, 1, issue(1)))) == (
        "{&quot;1&quot;:[[],[2]],&quot;2&quot;:[[1],[]]}"
    )


def test_words_in_english_need_no_catalogue():
    (drawing,) = network(a_permit_plan(), Words())

    assert "Time-scaled arrow network" in drawing.svg
    assert "Checked 12 Mar" in drawing.svg


def test_a_network_a_person_can_read(golden):
    (drawing,) = network(a_permit_plan(), ZH)

    golden("press/network.svg", drawing.svg + "\n")


def test_a_dummy_says_how_long_the_decision_takes_after_the_paper():
    plan = a_plan(a_step(1, points=(0, 5)), a_step(2, issue(1, 1), points=(0, 6), ready_on=workday(3)))

    (drawing,) = network(plan, Words())

    (title,) = parsed(drawing.svg).findall(f".//{SVG}path[@data-no='2']/{SVG}title")
    assert title.text == "Working days after the document it waits for: 1"


def test_letters_say_in_which_drawing_to_look():
    _, permit = network(a_plan(*_steps_in_two_stages(50)), Words())

    assert re.search(r"<title>continues from event [A-Z], 立项用地规划许可", permit.svg)


@pytest.mark.parametrize("seed", [1, 3, 8, 9, 11])
def test_plans_past_forty_five_works_are_drawn_in_parts_as_clearly(seed):
    plan = a_random_plan(seed, most=75)

    drawings = network(plan, ZH)

    drawn = [int(group.get("data-no")) for drawing in drawings for group in _works(drawing.svg)]
    assert len(drawings) == 2
    assert sorted(drawn) == [step.number for step in plan.steps]
    for drawing in drawings:
        labels, events = captions(drawing.svg), circles(drawing.svg)
        assert not overlapping(labels) + overlapping(events)
        assert not [(words, event) for words in labels for event in events if words.overlaps(event)]


def test_of_a_plan_that_has_ended_only_what_had_a_result_is_drawn():
    done = a_step(1, state=StepState.DONE, is_critical=True)
    never = a_step(2, 1, points=(3, 6), state=StepState.DOING)
    late = a_step(3, 1, issue(2), points=(3, 5), state=StepState.DONE)
    plan = replace(a_plan(done, never, late), today_on=workday(6))

    ended = plan.ended()

    assert [step.number for step in ended.steps] == [1, 3]
    assert [[link.number for link in step.predecessors] for step in ended.steps] == [[], [1]]
    assert not any(step.is_critical for step in ended.steps)
    assert ended.today_on is None
    assert [drawing.works for drawing in network(ended, ZH)] == [2]
