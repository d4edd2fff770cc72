"""Who is due for what: conditions are stretches of days, a rule is where they overlap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.outreach.rules.eligibility import (
    Condition,
    Operator,
    Person,
    PersonFact,
    Rule,
    RuleConditionUnreadable,
    birthday,
    due,
    matched,
    told_apart,
    window,
)
from concierge.outreach.rules.standing import Support
from concierge.outreach.services.ship_rules import shipped_rules

TODAY = date(2026, 4, 15)
SIXTY = Condition(PersonFact.AGE, Operator.AT_LEAST, "60")
HERE = Condition(PersonFact.REGISTERED, Operator.IS, "yes")
CARD = Rule(code="card", conditions=(SIXTY, HERE), holds="card", ahead_days=30)


def a_person(born_on=date(1960, 1, 1), **told):
    return Person(person_id=1, born_on=born_on, **told)


def test_somebody_is_due_from_the_sixtieth_birthday_on():
    # born on 15 April 1966: sixty today
    found = due(CARD, a_person(date(1966, 4, 15)), TODAY)

    assert found is not None
    assert (found.since_on, found.until_on) == (TODAY, None)


def test_who_turns_sixty_within_the_days_watched_ahead_is_found_before():
    # 15 May is 30 days off, 16 May 31
    assert due(CARD, a_person(date(1966, 5, 15)), TODAY).since_on == date(2026, 5, 15)
    assert due(CARD, a_person(date(1966, 5, 16)), TODAY) is None


def test_whoever_was_born_on_a_leap_day_turns_sixty_on_the_last_of_february():
    # 2024 is a leap year, 2025 none
    assert date.fromordinal(birthday(date(1964, 2, 29), 60)) == date(2024, 2, 29)
    assert date.fromordinal(birthday(date(1964, 2, 29), 61)) == date(2025, 2, 28)


def test_who_is_registered_elsewhere_has_died_or_holds_the_card_is_not_due():
    assert due(CARD, a_person(is_registered=False), TODAY) is None
    assert due(CARD, a_person(died_on=date(2026, 4, 1)), TODAY) is None
    assert due(CARD, a_person(holdings=(("card", date.max.toordinal()),)), TODAY) is None
    assert due(CARD, a_person(holdings=(("another", date.max.toordinal()),)), TODAY) is not None


def test_a_certificate_that_ends_soon_is_due_for_renewal():
    rule = Rule(
        code="certificate",
        conditions=(Condition(PersonFact.DISABILITY, Operator.AT_LEAST, "1"),),
        holds="certificate",
        renew_days=90,
    )
    ends = date(2026, 7, 14)  # 90 days after 15 April
    person = a_person(disability_grade=2, holdings=(("certificate", ends.toordinal()),))

    assert due(rule, person, TODAY).since_on == TODAY
    assert due(rule, person, TODAY - timedelta(days=1)) is None


def test_an_identity_card_is_due_ninety_days_before_it_ends():
    rule = Rule(
        code="renewal",
        conditions=(Condition(PersonFact.ID_CARD_END, Operator.WITHIN_DAYS, "90"),),
        holds="",
    )

    assert due(rule, a_person(id_card_ends_on=date(2026, 7, 14)), TODAY).since_on == TODAY
    assert due(rule, a_person(id_card_ends_on=date(2026, 7, 15)), TODAY) is None
    assert due(rule, a_person(), TODAY) is None


def test_a_child_is_due_until_the_day_before_the_third_birthday():
    rule = Rule(code="child", conditions=(Condition(PersonFact.AGE, Operator.BELOW, "3"),), holds="child")

    assert due(rule, a_person(date(2023, 4, 16)), TODAY).until_on == TODAY
    assert due(rule, a_person(date(2023, 4, 15)), TODAY) is None


def test_only_those_without_any_means_are_due_for_support():
    rule = Rule(
        code="support",
        conditions=(SIXTY, Condition(PersonFact.SUPPORT, Operator.IS, "no_means")),
        holds="support",
    )

    assert due(rule, a_person(support=Support.NO_MEANS), TODAY) is not None
    assert due(rule, a_person(support=Support.LOW_INCOME), TODAY) is None


def test_the_reason_names_each_condition_with_its_days():
    lines = told_apart(CARD, a_person(date(1966, 5, 1), is_registered=True), TODAY)

    assert [(since, holds) for _, since, _, holds in lines] == [(date(2026, 5, 1), False), (None, True)]


@pytest.mark.parametrize(
    ("fact", "operator", "value"),
    [
        (PersonFact.AGE, Operator.AT_LEAST, "sixty"),
        (PersonFact.AGE, Operator.IS, "60"),
        (PersonFact.AGE, Operator.AT_LEAST, "131"),
        (PersonFact.SUPPORT, Operator.IS, "rich"),
        (PersonFact.REGISTERED, Operator.IS, "maybe"),
        (PersonFact.ID_CARD_END, Operator.WITHIN_DAYS, "-3"),
        (PersonFact.ID_CARD_END, Operator.WITHIN_DAYS, "９０"),
    ],
)
def test_a_condition_that_compares_nothing_is_refused(fact, operator, value):
    with pytest.raises(RuleConditionUnreadable):
        Condition(fact, operator, value)


DAYS = st.dates(date(1900, 1, 1), date(2026, 4, 15))


@given(born_on=DAYS, today=st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_the_age_of_the_rules_is_the_age_one_counts_by_hand(born_on, today):
    plain = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    if (born_on.month, born_on.day) == (2, 29) and (today.month, today.day) == (2, 28):
        return  # the law's last day of the month, a plain count's next day
    rule = Rule(code="card", conditions=(SIXTY,), holds="card")

    assert (due(rule, a_person(born_on), today) is not None) == (plain >= 60)


@given(born_on=DAYS, died_on=st.none() | DAYS, here=st.booleans(), card=st.none() | DAYS)
def test_whoever_is_due_lies_inside_the_window_and_nobody_else(born_on, died_on, here, card):
    holdings = () if card is None else (("card", card.toordinal()),)
    person = a_person(born_on, died_on=died_on, is_registered=here, holdings=holdings)
    first, last = window(CARD, person)
    found = due(CARD, person, TODAY)

    assert (found is not None) == (first <= TODAY.toordinal() + 30 and last >= TODAY.toordinal())
    assert list(matched([CARD], [person], TODAY)) == ([found] if found else [])


def test_every_shipped_rule_can_be_matched():
    told = {rule["code"] for rule in shipped_rules()}

    assert {"elderly-card", "elderly-allowance", "disability-certificate"} <= told
    assert {"extreme-poverty", "identity-card-renewal", "childcare-subsidy"} <= told
