"""The marks of a picture: short numbers, safe words, lines that fit."""

from __future__ import annotations

import pytest

from projects.press.shared import letter
from projects.press.svg import fitted, label, num, safe, text_width
from projects.press.uprights import Line, stepped_aside


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (3.14159, "3.1"), (-0.04, "0"), (-2.5, "-2.5"), (10, "10")]
)
def test_numbers_are_as_short_as_a_tenth_of_a_pixel_allows(value, text):
    assert num(value) == text


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ud800", "\uffff"])
def test_signs_that_no_document_may_hold_are_replaced(sign):
    assert safe(f"a{sign}b") == "a\ufffdb"


def test_words_cannot_become_marks():
    assert label('<b a="1">&', 1, 2) == '<text x="1" y="2">&lt;b a=&quot;1&quot;&gt;&amp;</text>'


def test_long_names_end_in_an_ellipsis_and_fit():
    assert fitted("规划许可", 12, 48) == "规划许可"
    assert fitted("国有建设用地使用权", 12, 60) == "国有建设…"
    assert text_width(fitted("Environmental impact report", 12, 90), 12) <= 90


def test_letters_go_on_after_z():
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_verticals_of_two_events_on_one_day_step_apart():
    lines = [Line(100, 0, 90, 1, "i"), Line(100, 50, 200, 2, "i"), Line(100, 300, 400, 3, "i")]

    offsets = stepped_aside(lines, [])

    # the first two pass each other between 50 and 90; the third is alone further down
    assert offsets[0] != offsets[1]
    assert offsets[2] == 0


def test_a_vertical_goes_round_the_circle_of_another_event():
    (offset,) = stepped_aside([Line(100, 0, 200, 1, "i")], [(2, 100.0, 100.0)])

    assert abs(offset) >= 10
