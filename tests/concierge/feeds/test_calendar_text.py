"""A calendar as text: folded whole, escaped, the same bytes, and nothing of today in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench.feed_checker import read
from concierge.feeds.rules.calendar import Face, Shown, render
from concierge.feeds.rules.content_lines import escaped, folded
from concierge.feeds.rules.entry import EntryKind, EntryState
from concierge.feeds.rules.feed import Component

AT = datetime(2026, 4, 14, 3, 30, 15, tzinfo=UTC)
FACE = Face(name="何佳的帮代办日历", description="以系统记录为准。")
DUE = Shown(
    uid="5f0c2f0e-3d3b-4a0e-9a44-1f4b8d5e6a70",
    sequence=2,
    made_at=AT,
    said_since=AT,
    kind=EntryKind.DUE,
    state=EntryState.OPEN,
    on=date(2026, 4, 17),
    begins_at=None,
    minutes=0,
    summary="【剩2工作日】环评批复 · 禾川新材",
    description="项目：禾川新材\n部门：生态环境分局",
    categories=("办结", "A岗"),
    url="https://bdb.example/projects/5/steps/12",
)
SITTING = replace(
    DUE,
    uid="0b1c",
    kind=EntryKind.SITTING,
    on=date(2026, 4, 17),
    begins_at=time(14, 30),
    minutes=60,
    place="政务大厅3楼302",
)


def lines(body):
    return body.decode().replace("\r\n ", "").split("\r\n")


def entry(body, place=0):
    return read(body).entries[place]


@example("\r")
@example("一\r\n二\r三")
@given(st.text(max_size=400))
def test_any_text_is_folded_whole_and_read_back_as_it_was(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n")  # every end of a line is one
    kept = "".join(sign for sign in lines if ord(sign) >= 32 or sign in "\n\t")
    kept = kept.replace("\x7f", "").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = kept.encode("utf-8", "replace").decode()

    found = read(render(FACE, [replace(DUE, summary=text)]))

    assert not [fault for fault in found.faults if "octets" in fault or "inside a character" in fault]
    assert not found.faults
    assert found.entries[0].first("SUMMARY").text == kept


def test_a_line_of_chinese_is_cut_before_the_character_that_does_not_fit():
    # "SUMMARY:" is 8 octets, each sign 3: 22 signs make 74, a 23rd 77. Then a space and 24 signs: 73.
    first, second, rest = folded("SUMMARY:" + "办" * 46).split(b"\r\n")

    assert (len(first), len(second), rest) == (74, 73, b"")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("两行\r\n第二行", "两行\\n第二行"),
        ("铃\x07\x00声", "铃声"),
        ("半个\ud83d字", "半个?字"),
        ("🏭 厂房👨‍👩‍👧", "🏭 厂房👨‍👩‍👧"),
    ],
)
def test_separators_are_escaped_and_control_signs_left_out(typed, kept):
    assert escaped(typed) == kept


def test_a_deadline_is_a_whole_day_that_makes_nobody_busy():
    found = entry(render(FACE, [DUE]))

    assert (found.value("DTSTART"), found.value("DTEND")) == ("20260417", "20260418")
    assert found.first("DTSTART").parameters == {"VALUE": "DATE"}
    assert (found.value("TRANSP"), found.value("X-MICROSOFT-CDO-BUSYSTATUS")) == ("TRANSPARENT", "FREE")


def test_a_sitting_has_its_hours_in_the_zone_the_file_declares():
    body = render(FACE, [SITTING])
    found = entry(body)

    assert found.first("DTSTART").parameters == {"TZID": "Asia/Shanghai"}
    assert (found.value("DTSTART"), found.value("DTEND")) == ("20260417T143000", "20260417T153000")
    assert (found.value("TRANSP"), found.value("LOCATION")) == ("OPAQUE", "政务大厅3楼302")
    assert body.count(b"BEGIN:STANDARD") == 1
    assert b"BEGIN:DAYLIGHT" not in body


@pytest.mark.parametrize("on", [date(2026, 3, 29), date(2026, 10, 25), date(1988, 4, 10), date(2028, 2, 29)])
def test_days_on_which_clocks_change_elsewhere_or_once_changed_here_keep_their_hour(on):
    found = entry(render(FACE, [replace(SITTING, on=on)]))

    assert found.value("DTSTART") == f"{on:%Y%m%d}T143000"
    assert not read(render(FACE, [replace(SITTING, on=on)])).faults


def test_what_is_called_off_stays_and_takes_no_time():
    found = entry(render(FACE, [replace(SITTING, state=EntryState.CANCELLED)]))

    assert (found.value("STATUS"), found.value("TRANSP")) == ("CANCELLED", "TRANSPARENT")


def test_the_stamps_are_those_of_the_last_change():
    found = entry(render(FACE, [DUE]))

    assert found.value("DTSTAMP") == found.value("LAST-MODIFIED") == "20260414T033015Z"
    assert found.value("SEQUENCE") == "2"


def test_the_order_of_asking_does_not_show():
    assert render(FACE, [SITTING, DUE]) == render(FACE, [DUE, SITTING])


def test_the_calendar_names_itself_twice_and_names_no_method():
    told = lines(render(FACE, []))

    assert "NAME:何佳的帮代办日历" in told
    assert "X-WR-CALNAME:何佳的帮代办日历" in told
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in told
    assert "X-PUBLISHED-TTL:PT1H" in told
    assert not [line for line in told if line.startswith("METHOD")]
    assert not read(render(FACE, [])).faults


def test_the_same_things_as_tasks_have_a_due_day_and_are_ticked_when_done():
    face = replace(FACE, component=Component.TASKS)

    found = entry(render(face, [replace(DUE, state=EntryState.DONE)]))

    assert found.name == "VTODO"
    assert (found.value("DUE"), found.value("STATUS"), found.value("COMPLETED")) == (
        "20260417",
        "COMPLETED",
        "20260414T033015Z",
    )


@pytest.mark.parametrize(
    ("warned_on", "trigger"),
    [
        (date(2026, 4, 16), "-PT15H30M"),  # 8:30 the day before is 15 and a half hours before midnight
        (date(2026, 4, 13), "-PT87H30M"),  # three days more: 72 hours more
    ],
)
def test_an_alarm_that_was_asked_for_rings_at_half_past_eight(warned_on, trigger):
    (alarm,) = entry(render(FACE, [replace(DUE, warned_on=warned_on)])).all("VALARM")

    assert alarm.value("TRIGGER") == trigger
    assert not entry(render(FACE, [DUE])).all("VALARM")
