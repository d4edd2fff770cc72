"""Who may appeal, decide, order and answer, and until when."""

from __future__ import annotations

from datetime import date

import pytest

from concierge.supervision.rules import answering
from concierge.supervision.rules.answering import CardFacts
from concierge.supervision.rules.card import Colour

RED = CardFacts(colour=Colour.RED, shown_on=date(2026, 4, 30), holders=(7, 8))
WHY = "专家评审未登记停表"


def test_a_card_is_appealed_within_two_working_days(calendar):
    # shown on the Thursday before Labour Day: 6 and 7 May are the two working days
    assert answering.appeal_until(RED.shown_on, calendar) == date(2026, 5, 7)
    assert answering.check_appeal(RED, f" {WHY} ", calendar, today=date(2026, 5, 7)) == WHY

    with pytest.raises(answering.AppealTooLate, match="2026-05-07"):
        answering.check_appeal(RED, WHY, calendar, today=date(2026, 5, 8))


def test_a_card_is_appealed_once(calendar):
    card = CardFacts(colour=Colour.RED, shown_on=date(2026, 4, 30), appealed_on=date(2026, 4, 30))

    with pytest.raises(answering.AppealedAlready):
        answering.check_appeal(card, WHY, calendar, today=date(2026, 5, 6))


def test_an_appeal_gives_its_reason(calendar):
    with pytest.raises(answering.SupervisionWordsNeeded):
        answering.check_appeal(RED, "不服", calendar, today=date(2026, 5, 6))


def test_nobody_decides_about_a_case_he_held():
    with pytest.raises(answering.HeldTheCase):
        answering.check_decision(RED, WHY, by=8)

    assert answering.check_decision(RED, WHY, by=9) == WHY


def test_an_order_follows_a_live_red_card(calendar):
    today, due = date(2026, 4, 30), date(2026, 5, 6)

    assert (
        answering.check_order(RED, "立即办结并书面说明", due, calendar, today=today) == "立即办结并书面说明"
    )
    assert answering.usual_answer_day(today, calendar) == date(2026, 5, 8)
    yellow = CardFacts(colour=Colour.YELLOW, shown_on=today)
    with pytest.raises(answering.OrderForRedOnly):
        answering.check_order(yellow, WHY, due, calendar, today=today)
    over = CardFacts(colour=Colour.RED, shown_on=today, ended_on=today)
    with pytest.raises(answering.CardOver):
        answering.check_order(over, WHY, due, calendar, today=today)
    with pytest.raises(answering.DayTooEarly, match="2026-05-06"):
        answering.check_order(RED, WHY, date(2026, 5, 5), calendar, today=today)


def test_an_answer_comes_after_the_order_and_not_tomorrow():
    issued, today = date(2026, 4, 14), date(2026, 4, 16)

    assert answering.check_answer(issued, today, "已于当日办结", today=today) == "已于当日办结"
    for wrong in (date(2026, 4, 13), date(2026, 4, 17)):
        with pytest.raises(answering.AnsweredTooEarly):
            answering.check_answer(issued, wrong, WHY, today=today)


def test_the_enterprise_is_never_urged_through_supervision():
    answering.check_urging("HCB", is_running=True)

    for owner in ("ENT", "INT"):
        with pytest.raises(answering.NotADepartment):
            answering.check_urging(owner, is_running=True)
    with pytest.raises(answering.NothingToUrge):
        answering.check_urging("HCB", is_running=False)
