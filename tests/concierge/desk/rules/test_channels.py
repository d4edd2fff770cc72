"""Which ways a notice takes, when nobody is disturbed, what presses, and how long a failure rests."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concierge.desk.rules.channels import (
    SHANGHAI,
    AddressWrong,
    Channel,
    Hours,
    Reach,
    Rhythm,
    address_of,
    digests,
    near_until,
    prompts,
)
from concierge.desk.rules.pressing import due_day, is_pressing, pause_after

ALL = [
    Reach(channel=Channel.MAIL, rhythm=Rhythm.EVERYTHING),
    Reach(channel=Channel.SMS, rhythm=Rhythm.PRESSING),
    Reach(channel=Channel.DINGTALK, rhythm=Rhythm.MORNING),
    Reach(channel=Channel.WECOM, rhythm=Rhythm.NEVER),
]


def _at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_what_does_not_press_goes_out_only_where_everything_does():
    assert prompts(ALL, is_pressing=False) == (Channel.MAIL,)


def test_what_presses_goes_out_everywhere_but_where_nothing_does():
    assert prompts(ALL, is_pressing=True) == (Channel.MAIL, Channel.SMS, Channel.DINGTALK)


def test_what_the_morning_message_says_is_not_said_there_twice():
    assert prompts(ALL, is_pressing=True, is_in_morning=True) == (Channel.MAIL, Channel.SMS)


def test_only_the_morning_rhythm_has_a_morning_message():
    assert digests(ALL) == (Channel.DINGTALK,)


def test_an_address_nobody_proved_gets_nothing():
    unproved = [Reach(channel=Channel.MAIL, rhythm=Rhythm.MORNING, is_confirmed=False)]

    assert prompts(unproved, is_pressing=True) == ()
    assert digests(unproved) == ()


@pytest.mark.parametrize(
    ("at", "first"),
    [
        ("2026-04-15T20:59", "2026-04-15T20:59"),  # not yet quiet
        ("2026-04-15T21:00", "2026-04-16T07:30"),
        ("2026-04-16T03:00", "2026-04-16T07:30"),  # past midnight: the same morning
        ("2026-04-16T07:30", "2026-04-16T07:30"),  # over
    ],
)
def test_at_night_a_message_waits_for_the_morning(at, first):
    assert Hours().first_moment(_at(at)) == _at(first)


def test_quiet_hours_by_day_and_none_at_all():
    noon = Hours(quiet_from=time(12, 0), quiet_until=time(14, 0))
    never = Hours(quiet_from=time(8, 0), quiet_until=time(8, 0))

    assert noon.first_moment(_at("2026-04-15T12:30")) == _at("2026-04-15T14:00")
    assert not never.is_quiet(_at("2026-04-15T08:00"))


MINUTES = st.integers(min_value=0, max_value=24 * 60 - 1)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw waits for a busy machine
@given(MINUTES, MINUTES, st.integers(min_value=0, max_value=365 * 24 * 60))
def test_a_message_never_goes_out_in_quiet_hours_nor_waits_a_whole_day(first, last, minutes):
    hours = Hours(quiet_from=time(*divmod(first, 60)), quiet_until=time(*divmod(last, 60)))
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)

    out = hours.first_moment(moment)

    assert not hours.is_quiet(out)
    assert timedelta() <= out - moment < timedelta(days=1)


def test_on_a_friday_what_is_due_until_tuesday_is_near():
    friday, monday = date(2026, 4, 17), date(2026, 4, 20)

    # Monday's morning would be less than 48 hours before the end of Tuesday: it is told before the weekend
    assert near_until(friday, monday) == date(2026, 4, 21)


def test_on_a_monday_what_is_due_until_wednesday_is_near():
    assert near_until(date(2026, 4, 13), date(2026, 4, 14)) == date(2026, 4, 15)


def test_a_notice_presses_by_its_day_or_by_what_it_asks():
    until = date(2026, 4, 17)

    assert is_pressing("deferral_due", {"due_on": "2026-04-17"}, until)
    assert is_pressing("deferral_over", {"due_on": date(2026, 4, 1)}, until)  # past is pressing too
    assert not is_pressing("deferral_due", {"due_on": "2026-04-18"}, until)
    assert is_pressing("card_red", {}, until)
    assert not is_pressing("dates_moved", {"permit_on": "2026-04-16"}, until)  # a forecast is no deadline


def test_the_day_of_a_sitting_is_its_own():
    assert due_day("sitting", {"on": "2026-04-16", "half": "am"}) == date(2026, 4, 16)
    assert due_day("step_pass", {"on": "2026-04-16"}) is None  # what is done is not due
    assert due_day("deferral_due", {"due_on": "no day"}) is None


def test_pauses_grow_and_end():
    pauses = [pause_after(attempt) for attempt in range(1, 8)]

    minutes = [pause / timedelta(minutes=1) if pause else None for pause in pauses]
    assert minutes == [1, 5, 15, 60, 240, 720, None]
    assert [pause_after(1, is_code=True), pause_after(2, is_code=True)] == [timedelta(minutes=1), None]


@pytest.mark.parametrize(
    ("channel", "typed", "kept"),
    [
        (Channel.MAIL, " he.jia@example.org ", "he.jia@example.org"),
        (Channel.SMS, "+86 138-0000-0000", "13800000000"),
        (Channel.DINGTALK, "138 0000 0000", "13800000000"),
        (Channel.FEISHU, "ou_" + "0a" * 16, "ou_" + "0a" * 16),
    ],
)
def test_an_address_is_kept_without_what_people_type_around_it(channel, typed, kept):
    assert address_of(channel, typed) == kept


@pytest.mark.parametrize(
    ("channel", "typed"),
    [
        (Channel.MAIL, "he.jia"),
        (Channel.MAIL, "a@b.cn\nBcc: everybody@example.com"),
        (Channel.MAIL, "张三@example.cn"),
        (Channel.SMS, "12345"),
        (Channel.SMS, "0431-8800000"),
        (Channel.FEISHU, 'ou_x" onclick'),
        (Channel.WECOM, ""),
    ],
)
def test_what_cannot_be_an_address_is_refused_with_what_is_needed(channel, typed):
    with pytest.raises(AddressWrong) as refused:
        address_of(channel, typed)

    assert refused.value.what.startswith("Give ")
