"""The picture of the steps: drawn from what the page lists, in the list's order, and from nothing else."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

from concierge.progress.press.step_drawing import LEFT, WIDTH, step_drawing
from concierge.progress.rules.public_progress import ListedStep, PublicState, at_once

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 4, 15)


def a_step(place: int, begins: date | None, ends: date | None, *after: int, **told: object) -> ListedStep:
    """One line of the list."""
    return ListedStep(
        **{
            "place": place,
            "number": f"{place:02d}",
            "step": f"步骤{place}",
            "department": "住建局",
            "stage": "land",
            "state": PublicState.WAITING,
            "finish_on": ends,
            "first_on": None,
            "is_current": False,
            "start_on": begins,
            "after": after,
        }
        | told
    )


def drawn(*steps: ListedStep, today: date = TODAY) -> ET.Element:
    svg = step_drawing(steps, today, "全过程", lambda on: f"{on.month}月")
    return ET.fromstring(svg.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))  # noqa: S314  (our own)


def test_bars_stand_on_one_axis_of_days_and_a_line_leads_to_whoever_waits():
    one = a_step(1, date(2026, 4, 1), date(2026, 4, 10), state=PublicState.DONE)
    two = a_step(2, date(2026, 4, 11), date(2026, 4, 20), 1, state=PublicState.RUNNING, is_current=True)

    picture = drawn(one, two)

    # 20 days on 336 units: 16.8 a day; ten days each
    bars = picture.findall(f"{SVG}rect")
    assert [(bar.get("x"), bar.get("width"), bar.get("class")) for bar in bars] == [
        ("24.0", "168.0", "pn-d"),
        ("192.0", "168.0", "pn-r pn-c"),
    ]
    line = next(path for path in picture.findall(f"{SVG}path") if path.get("class") == "pn-l")
    assert line.get("d") == "M192.0 26V44H192.0"
    today = next(path for path in picture.findall(f"{SVG}path") if path.get("class") == "pn-t")
    assert today.get("d").startswith("M259.2 ")  # 24 + 14 * 16.8


def test_every_word_lies_inside_the_picture_or_is_left_to_the_list():
    steps = [
        a_step(1, date(2026, 4, 1), date(2026, 12, 31), step="建设工程规划许可证核发" * 3),
        a_step(2, date(2026, 12, 20), date(2026, 12, 31), step="竣工验收备案"),
    ]

    words = drawn(*steps).findall(f"{SVG}text")

    told = {word.text: word for word in words}
    assert "建设工程规划许可证核发" * 3 not in told
    assert told["竣工验收备案"].get("class") == "pn-e"  # ends before its bar
    assert all(0 <= float(word.get("x")) <= WIDTH for word in words)
    assert float(told["竣工验收备案"].get("x")) - 6 * 10 >= LEFT


def test_a_step_that_is_not_shown_leaves_no_trace_in_the_picture():
    shown = a_step(3, date(2026, 4, 1), date(2026, 4, 10), 2)  # 2 is hidden
    other = a_step(4, date(2026, 4, 11), date(2026, 4, 20))

    picture = drawn(shown, other)

    assert not [path for path in picture.findall(f"{SVG}path") if path.get("class") == "pn-l"]
    numbers = [word.text for word in picture.findall(f"{SVG}text") if re.fullmatch(r"\d+", word.text)]
    assert numbers == ["3", "4"]


def test_names_are_escaped_and_steps_without_days_are_left_out():
    steps = [
        a_step(1, date(2026, 4, 1), date(2026, 4, 2), step="<b>&"),
        a_step(2, date(2026, 4, 3), date(2026, 4, 9)),
        a_step(3, None, None),
    ]

    picture = drawn(*steps, today=date(2026, 5, 1))

    assert len(picture.findall(f"{SVG}rect")) == 2
    assert "<b>&" in [word.text for word in picture.findall(f"{SVG}text")]
    assert step_drawing(steps[2:], TODAY, "", str) == ""


def test_whom_a_step_waits_for_leaves_out_what_follows_from_others():
    before = {"a": set(), "b": {"a"}, "c": {"a", "b"}, "d": {"a", "c"}, "e": {"b", "c"}}

    assert at_once(before) == {"a": set(), "b": {"a"}, "c": {"b"}, "d": {"c"}, "e": {"c"}}
