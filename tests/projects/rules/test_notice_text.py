"""The text of a holiday notice, read into days."""

from datetime import date

import pytest

from projects.rules.notice_text import NoSuchNoticeDay, NoticeUnreadable, read_notice_days

PUBLISHED = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至17日（周二）放假调休，共3天。2月14日（周六）、2月28日（周六）上班。
"""


def days(month, *numbers):
    return tuple(date(2026, month, number) for number in numbers)


def test_a_notice_as_it_is_published_gives_its_days_off_and_its_days_worked():
    found = read_notice_days(PUBLISHED, 2026)

    assert found.off == (*days(1, 1, 2, 3), *days(2, 15, 16, 17))
    assert found.worked == (*days(1, 4), *days(2, 14, 28))


def test_a_stretch_may_run_into_another_month_or_another_year():
    found = read_notice_days("9月30日至10月2日放假。2026年12月31日至2027年1月2日放假。", 2026)

    assert found.off == (
        *days(9, 30),
        *days(10, 1, 2),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 1, 2),
    )


def test_days_one_a_line_are_days_off_unless_they_are_worked():
    found = read_notice_days("2026-04-30\n2026-05-09 上班\n2026-05-10 working", 2026)

    assert (found.off, found.worked) == (days(4, 30), days(5, 9, 10))


def test_a_year_in_the_heading_holds_for_what_follows():
    assert read_notice_days("关于2027年放假安排的通知\n1月1日至3日放假", 2026).off[0] == date(2027, 1, 1)


@pytest.mark.parametrize("text", ["", "放假三天", "周五上班"])
def test_a_text_without_days_says_how_to_write_them(text):
    with pytest.raises(NoticeUnreadable):
        read_notice_days(text, 2026)


@pytest.mark.parametrize("text", ["2月30日放假", "5月9日至5月1日放假", "1月1日至12月31日放假"])
def test_days_no_calendar_has_are_refused_as_they_are_written(text):
    with pytest.raises(NoSuchNoticeDay):
        read_notice_days(text, 2026)


def test_only_what_the_calendar_counts_otherwise_is_a_difference(calendar):
    # 1 May is free anyway, 9 May a Saturday that is worked anyway; 30 April is a working Thursday
    found = read_notice_days("4月30日至5月1日放假，5月9日、16日上班", 2026)

    differing = found.differing(calendar)

    assert (found.off, found.worked) == ((*days(4, 30), *days(5, 1)), days(5, 9, 16))
    assert (differing.off, differing.worked) == (days(4, 30), days(5, 16))
