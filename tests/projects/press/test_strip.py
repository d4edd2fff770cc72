"""Portfolio strips, bars and keys: small pictures that stand in rows."""

from __future__ import annotations

from datetime import date

import pytest

from projects.press.bars import bar, countdown
from projects.press.legend import gantt_key, network_key, strip_key
from projects.press.strip import StripProject, StripStage, strip, strip_axis, strip_head
from projects.press.words import Words
from tests.projects.press.pictures import SVG, parsed
from tests.projects.press.words_zh import ZH

TODAY = date(2026, 4, 15)
AXIS = strip_axis(date(2026, 1, 31), date(2026, 8, 31))
ON_TIME = StripProject(
    date(2026, 2, 24),
    (
        StripStage("1", date(2026, 3, 31)),
        StripStage("2", date(2026, 5, 8)),
        StripStage("3", date(2026, 6, 8)),
    ),
    date(2026, 6, 10),
    "禾川新材",
)


def _classes(svg: str) -> list[str]:
    return [e.get("class") for e in parsed(svg).iter() if e.get("class", "").startswith("s-")]


def test_a_strip_shows_what_is_done_what_runs_and_what_is_to_come():
    svg = strip(ON_TIME, AXIS, ZH, today_on=TODAY)

    bars = [name for name in _classes(svg) if name in {"s-done", "s-doing", "s-prog", "s-todo"}]
    assert bars == ["s-done", "s-doing", "s-prog", "s-todo"]
    assert parsed(svg).get("aria-label") == "禾川新材"


def test_only_a_forecast_past_the_target_is_dashed():
    late = StripProject(ON_TIME.start_on, ON_TIME.stages, date(2026, 5, 20))

    assert "s-over" in _classes(strip(late, AXIS, ZH, today_on=TODAY))
    assert "s-over" not in _classes(strip(ON_TIME, AXIS, ZH, today_on=TODAY))


def test_a_strip_stays_inside_its_axis():
    outside = StripProject(date(2025, 1, 1), (StripStage("1", date(2027, 1, 1)),), date(2028, 1, 1))

    for e in parsed(strip(outside, AXIS, ZH, today_on=TODAY)).iter(f"{SVG}rect"):
        assert float(e.get("x")) >= 0
        assert float(e.get("x")) + float(e.get("width")) <= AXIS.right


def test_the_head_names_the_months_and_today_on_the_same_axis():
    head, line = strip_head(AXIS, ZH, today_on=TODAY), strip(ON_TIME, AXIS, ZH, today_on=TODAY)

    texts = [e.text for e in parsed(head).iter(f"{SVG}text")]
    assert texts == ["2月", "3月", "4月", "5月", "6月", "7月", "8月", "今天"]
    assert parsed(head).get("width") == parsed(line).get("width")


def test_an_axis_needs_at_least_a_day():
    with pytest.raises(ValueError, match="one day"):
        strip_axis(TODAY, TODAY)


def test_a_strip_without_a_title_is_said_in_dates():
    unnamed = StripProject(ON_TIME.start_on, ON_TIME.stages, ON_TIME.target_on)

    assert (
        parsed(strip(unnamed, AXIS, ZH, today_on=TODAY)).get("aria-label") == "2月24日至6月8日，目标6月10日"
    )


@pytest.mark.parametrize(
    ("used", "total", "cells"),
    [
        (0, 3, ["cd-left"] * 3),
        (2, 3, ["cd-used", "cd-used", "cd-left"]),
        (5, 3, ["cd-used"] * 3 + ["cd-late"] * 2),
        (0, 0, []),
    ],
)
def test_a_countdown_has_one_cell_a_working_day(used, total, cells):
    assert [e.get("class") for e in parsed(countdown(used, total)).iter(f"{SVG}rect")] == cells


def test_a_countdown_counts_no_negative_days():
    with pytest.raises(ValueError, match="not negative"):
        countdown(-1, 3)


def test_a_bar_never_leaves_its_ground():
    ground, filled = parsed(bar(250, 100, mark=120)).findall(f"{SVG}rect")

    assert filled.get("width") == ground.get("width") == "90"


def test_keys_are_well_formed_and_in_the_readers_words():
    strip_words = strip_key(ZH, ["立项用地规划许可", "<b>"])

    for key in (network_key(ZH, has_letters=True), gantt_key(ZH, has_provisional=True), strip_words):
        parsed(key)
    assert "1 立项用地规划许可" in strip_words
    assert "2 &lt;b&gt;" in strip_words
    assert "Progress frontier" in network_key(Words())


def test_words_can_be_put_through_a_catalogue():
    words = Words().translated(lambda text: "今天" if text == "Today" else text)

    assert words.today == "今天"
    assert words.key_front == Words().key_front


def test_a_strip_a_person_can_read(golden):
    golden("press/strip.svg", strip(ON_TIME, AXIS, ZH, today_on=TODAY) + "\n")
