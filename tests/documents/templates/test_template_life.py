"""The life of a template: sent in, tried, published by a second person from a day on, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from documents.rules.template_life import (
    TemplateDayPast,
    TemplateDayTaken,
    TemplateNeedsSecondPerson,
    TemplateNotInUse,
    TemplateNotReady,
    TemplateVersion,
    check_publication,
    last_day_out,
)
from documents.rules.template_state import TemplateState

TODAY = date(2026, 4, 15)
LI, WANG = 1, 2


def a_version(number: int = 2, state: TemplateState = TemplateState.READY, **more) -> TemplateVersion:
    """A version Li sent in, ready to be published."""
    return TemplateVersion(number=number, state=state, made_by_id=LI, **more)


def test_a_second_person_publishes_from_today_on():
    check_publication(a_version(), [], by_id=WANG, on=TODAY, today=TODAY)


@pytest.mark.parametrize("by_id", [LI, None])
def test_neither_the_sender_nor_the_system_publishes(by_id):
    with pytest.raises(TemplateNeedsSecondPerson):
        check_publication(a_version(), [], by_id=by_id, on=TODAY, today=TODAY)


@pytest.mark.parametrize("state", [state for state in TemplateState if state is not TemplateState.READY])
def test_only_what_passed_its_trial_is_published(state):
    with pytest.raises(TemplateNotReady):
        check_publication(a_version(state=state), [], by_id=WANG, on=TODAY, today=TODAY)


def test_no_template_holds_for_a_day_that_is_over():
    with pytest.raises(TemplateDayPast):
        check_publication(a_version(), [], by_id=WANG, on=date(2026, 4, 14), today=TODAY)


def test_two_versions_cannot_begin_on_one_day():
    later = a_version(1, TemplateState.PUBLISHED, effective_on=date(2026, 5, 1))

    with pytest.raises(TemplateDayTaken) as refusal:
        check_publication(a_version(), [later], by_id=WANG, on=date(2026, 5, 1), today=TODAY)

    assert refusal.value.facts == {"number": 1, "day": "2026-05-01"}
    check_publication(a_version(), [later], by_id=WANG, on=date(2026, 5, 2), today=TODAY)


def test_a_version_holds_from_its_first_day_to_the_day_before_its_end():
    version = a_version(
        state=TemplateState.PUBLISHED, effective_on=date(2026, 4, 1), ended_on=date(2026, 4, 15)
    )

    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 14), date(2026, 4, 15)]

    assert [version.is_in_force(day) for day in days] == [False, True, True, False]


def test_a_version_taken_back_ends_today_or_never_begins():
    in_use = a_version(state=TemplateState.PUBLISHED, effective_on=date(2026, 4, 1))
    coming = a_version(state=TemplateState.PUBLISHED, effective_on=date(2026, 5, 1))

    assert last_day_out(in_use, today=TODAY) == TODAY
    assert last_day_out(coming, today=TODAY) == date(2026, 5, 1)


def test_what_is_over_or_was_never_published_cannot_be_taken_back():
    over = a_version(state=TemplateState.PUBLISHED, effective_on=date(2026, 4, 1), ended_on=date(2026, 4, 10))

    for version in (over, a_version()):
        with pytest.raises(TemplateNotInUse):
            last_day_out(version, today=TODAY)
