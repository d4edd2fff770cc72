"""Days, numbers and money as a document writes them, and what no page can show."""

from datetime import date

import pytest

from documents.press.cn_days import day_of
from documents.press.words import clean, cndate, cnnum, ems, letterhead, money


def test_a_day_has_no_leading_nought_and_none_is_empty():
    assert cndate(date(2026, 3, 6)) == cndate("2026-03-06") == "2026年3月6日"
    assert cndate(None) == cndate("") == ""


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (2026, "二千零二十六"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_said_as_headings_bear_them(number, said):
    assert cnnum(number) == said


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_no_heading_bears_is_refused(number):
    with pytest.raises(ValueError, match="not between"):
        cnnum(number)


def test_money_parts_its_thousands_and_keeps_only_the_decimals_it_has():
    assert [money(one) for one in ("128650.75", 1000, "0.50", "12,000.00", None, "面议")] == [
        "128,650.75",
        "1,000",
        "0.5",
        "12,000",
        "",
        "面议",
    ]


def test_what_no_page_can_show_is_taken_out_and_line_ends_are_one():
    assert clean("甲\x00\x07乙\u202e丙\u200b\ud800\ufeff丁\r\n戊\t己") == "甲乙丙丁\n戊\t己"


def test_a_line_is_as_wide_as_its_signs_full_or_half():
    assert ems("青禾县A1。") == 5


def test_a_long_name_over_a_letter_is_set_smaller_so_that_it_stays_in_one_line():
    short, long = letterhead("青禾县行政审批局"), letterhead("青" * 30)

    assert 'w:sz w:val="72"' in short  # 36 pt
    assert 'w:sz w:val="28"' in long  # 442 / 30 · 0.98 = 14.4 pt


@pytest.mark.parametrize("text", ["2026年3月6日", "2026-3-6", "2026.03.06", " 2026 年 3 月 6 日 "])
def test_a_day_is_read_back_as_it_may_be_written(text):
    assert day_of(text) == date(2026, 3, 6)


@pytest.mark.parametrize("text", ["", "2026年", "2026年2月30日", "明天"])
def test_what_is_no_day_is_none(text):
    assert day_of(text) is None
