"""What departments say about half-days: their latest word counts, and every one of them leaves a trace."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.queries import reviews
from approvals.rules.sittings import Answer, Half
from approvals.services.record_availability import HalfDayIsOver, record_availability
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import Missing
from concierge.kernel.work import reading

FRIDAY = (date(2026, 4, 17), Half.MORNING)
MONDAY = (date(2026, 4, 20), Half.AFTERNOON)


@pytest.fixture
def trace(catalogue_office):
    def told():
        lines = select(AuditLine).where(AuditLine.act == "AvailabilityRecorded").order_by(AuditLine.id)
        return [line.facts for line in catalogue_office.asked(lines)]

    return told


def answers(*departments):
    with reading() as session:
        found = reviews.answers(session, date(2026, 4, 16), date(2026, 4, 30), departments or None)
    return {(a.department, a.on, a.half): a for a in found}


def test_several_half_days_are_recorded_with_who_said_so(trace):
    said = {FRIDAY: Answer.CAN, MONDAY: Answer.CANNOT}

    assert record_availability("HCB", said, said_by=" Office, by telephone ", by=SYSTEM) == 2

    friday = answers()["HCB", *FRIDAY]
    assert (friday.answer, friday.said_by) == (Answer.CAN, "Office, by telephone")
    assert friday.said_at is not None
    assert '"2026-04-17 morning":"can"' in trace()[0]
    assert '"2026-04-20 afternoon":"cannot"' in trace()[0]


def test_a_later_answer_stands_and_the_earlier_one_stays_in_the_trace(trace):
    record_availability("HCB", {FRIDAY: Answer.CAN}, by=SYSTEM)

    assert record_availability("HCB", {FRIDAY: Answer.ONLINE}, by=SYSTEM) == 1

    assert answers()["HCB", *FRIDAY].answer is Answer.ONLINE
    assert ['"can"' in trace()[0], '"online"' in trace()[1]] == [True, True]


def test_the_same_answer_again_says_nothing(trace):
    record_availability("HCB", {FRIDAY: Answer.CAN}, by=SYSTEM)

    assert record_availability("HCB", {FRIDAY: Answer.CAN}, by=SYSTEM) == 0

    assert len(trace()) == 1


def test_an_answer_is_taken_back(trace):
    record_availability("HCB", {FRIDAY: Answer.CAN, MONDAY: Answer.CAN}, by=SYSTEM)

    record_availability("HCB", {FRIDAY: None}, by=SYSTEM)

    assert list(answers()) == [("HCB", *MONDAY)]
    assert '"2026-04-17 morning":"none"' in trace()[1]


@pytest.mark.usefixtures("catalogue_office")
def test_half_days_not_spoken_of_keep_their_answers():
    record_availability("HCB", {FRIDAY: Answer.CAN}, by=SYSTEM)
    record_availability("HCB", {MONDAY: Answer.CANNOT}, by=SYSTEM)
    record_availability("EEB", {FRIDAY: Answer.CANNOT}, by=SYSTEM)

    assert {key: one.answer for key, one in answers("HCB").items()} == {
        ("HCB", *FRIDAY): Answer.CAN,
        ("HCB", *MONDAY): Answer.CANNOT,
    }


@pytest.mark.usefixtures("catalogue_office")
def test_a_day_that_is_over_is_refused_with_all_that_was_said():
    yesterday = (date(2026, 4, 14), Half.MORNING)

    with pytest.raises(HalfDayIsOver):
        record_availability("HCB", {FRIDAY: Answer.CAN, yesterday: Answer.CAN}, by=SYSTEM)

    assert answers() == {}


@pytest.mark.usefixtures("catalogue_office")
def test_nobody_answers_for_a_department_that_is_not_there():
    with pytest.raises(Missing):
        record_availability("NOBODY", {FRIDAY: Answer.CAN}, by=SYSTEM)
