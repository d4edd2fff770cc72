"""What is shown, what ends, and whom a red card reaches."""

from __future__ import annotations

from datetime import date

import pytest

from concierge.supervision.rules.card import Cause, Ending, Level
from concierge.supervision.rules.following import Shown, following, levels_reached
from concierge.supervision.rules.thresholds import Due

END = date(2026, 4, 14)
NEAR = Due(cause=Cause.PROMISED_NEAR, limit_on=END)
PAST = Due(cause=Cause.PROMISED_PAST, limit_on=END)


def shown(id_: int, due: Due, ended: Ending | None = None, occasion: int = 1) -> Shown:
    """A card that was shown for this before."""
    return Shown(id=id_, cause=due.cause, limit_on=due.limit_on, ended=ended, occasion=occasion)


def test_a_second_look_shows_nothing_twice():
    once = following([NEAR], [], is_over=False)
    again = following([NEAR], [shown(1, NEAR)], is_over=False)

    assert once.show == ((NEAR, 1),)
    assert (again.show, again.end) == ((), ())


def test_red_takes_the_place_of_yellow():
    found = following([PAST], [shown(1, NEAR)], is_over=False)

    assert found.show == ((PAST, 1),)
    assert found.end == ((1, Ending.HARDER_CARD),)


def test_an_extension_ends_the_card_of_the_old_limit():
    assert following([], [shown(1, PAST)], is_over=False).end == ((1, Ending.CLOCK_MOVED),)


def test_the_clock_that_moves_back_shows_the_card_again():
    # the extension was recorded by mistake and taken back
    found = following([PAST], [shown(1, PAST, Ending.CLOCK_MOVED)], is_over=False)

    assert found.show == ((PAST, 2),)


def test_a_result_ends_every_card_of_a_limit():
    found = following([PAST], [shown(1, PAST)], is_over=True)

    assert (found.show, found.end) == ((), ((1, Ending.CASE_ENDED),))


def test_a_card_an_appeal_took_down_is_not_shown_again():
    assert following([PAST], [shown(1, PAST, Ending.APPEAL_UPHELD)], is_over=False).show == ()


def test_a_violation_ends_by_hand_only():
    recorded = Shown(id=1, cause=Cause.CHARGED, limit_on=END)

    assert following([], [recorded], is_over=True).end == ()


def test_the_card_on_float_stays_though_its_day_moves():
    # the permit moved to a later day, and the last harmless day with it
    before = Due(cause=Cause.FLOAT, limit_on=date(2026, 4, 21))
    now = Due(cause=Cause.FLOAT, limit_on=date(2026, 4, 22))

    found = following([now], [shown(1, before)], is_over=False)

    assert (found.show, found.end) == ((), ())


@pytest.mark.parametrize(
    ("today", "levels"),
    [
        (date(2026, 4, 30), [Level.HANDLER]),  # shown on the Thursday before Labour Day
        (date(2026, 5, 5), [Level.HANDLER]),  # five days of holiday later, no working day has passed
        (date(2026, 5, 6), [Level.HANDLER, Level.DEPARTMENT_HEAD]),  # one working day
        (date(2026, 5, 7), [Level.HANDLER, Level.DEPARTMENT_HEAD]),
        (date(2026, 5, 8), [Level.HANDLER, Level.DEPARTMENT_HEAD, Level.SUPERVISION_OFFICE]),  # three
    ],
)
def test_a_red_card_climbs_after_0_1_and_3_working_days(calendar, today, levels):
    reached = levels_reached(Cause.PROMISED_PAST, date(2026, 4, 30), (), calendar, today=today)

    assert [level for level, _ in reached] == levels


def test_the_days_of_the_ladder_are_those_it_was_reached_on(calendar):
    # a look three weeks later writes down the days that count, not its own
    reached = levels_reached(Cause.PROMISED_PAST, date(2026, 4, 30), (), calendar, today=date(2026, 5, 20))

    assert [on for _, on in reached] == [date(2026, 4, 30), date(2026, 5, 6), date(2026, 5, 8)]


def test_what_is_on_record_is_not_reached_again(calendar):
    known = (Level.HANDLER, Level.DEPARTMENT_HEAD)

    assert levels_reached(Cause.PROMISED_PAST, END, known, calendar, today=date(2026, 4, 16)) == ()


def test_a_yellow_card_climbs_nowhere(calendar):
    assert levels_reached(Cause.PROMISED_NEAR, END, (), calendar, today=date(2026, 5, 20)) == ()


def test_past_the_limit_of_the_law_everybody_hears_at_once(calendar):
    reached = levels_reached(Cause.STATUTORY_PAST, END, (), calendar, today=END)

    assert [level for level, _ in reached] == list(Level)
