"""A day of a concierge officer: taken over, done, waited for, handed back.

Amy leads a factory and Bo stands by. Amy goes on leave from Thursday; on Wednesday she hands over. Bo takes
it over with one press, does what is due, urges whom he waits for, notes a promise; on Monday it is all Amy's
again, and the record says who acted on which day.
"""

import re
from datetime import date

import pytest
from sqlalchemy import select

from concierge.handover.models import HandoverRow
from concierge.kernel import clock, jobs
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.staff.queries import acting_on
from concierge.supervision.models.follow_up import ChaseRow
from concierge.today.models import NoteRow
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, finished

TODAY = "/today/?lang=en"
WEDNESDAY, THURSDAY, FRIDAY, MONDAY = (date(2026, 4, day) for day in (15, 16, 17, 20))


@pytest.fixture
def amy(county):
    return county.employs("amy", "Concierge")


@pytest.fixture
def bo(county):
    return county.employs("bo", "Concierge")


@pytest.fixture
def factory(county, amy, bo):
    return a_project(pair=(amy.id, bo.id))


def box(page, name):
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', page.text, re.S)
    return found.group(0) if found else ""


@pytest.fixture
def step_id(factory):
    """A step accepted on Thursday 9 April and promised in five working days, for Thursday 16."""
    return accepted(factory, date(2026, 4, 9), 5)


@pytest.fixture
def handover(county, amy, bo, step_id):
    """On Wednesday Amy writes down her leave from Thursday to Sunday and hands over; Bo takes it over."""
    leave = {"person": amy.id, "first_on": "2026-04-16", "last_on": "2026-04-19", "reason": "wedding"}
    amy.sends("/absences/", leave)
    jobs.run_due()
    made = county.asked(select(HandoverRow).where(HandoverRow.dropped_at.is_(None)))[0]
    amy.sends(f"/handovers/{made.id}/give", {})
    jobs.run_due()
    before = bo.opens(TODAY)
    bo.sends(f"/handovers/{made.id}/accept")
    return before, made.id


def on_thursday_bo_urges(bo, step_id):
    """He urges the department from the line, and ticks the line for the day."""
    assert bo.opens(f"/supervision/steps/{step_id}/urge").status_code == 200
    words = {"way": "phone", "to_whom": "Ms Liao", "text": "Today, please"}
    bo.sends(f"/supervision/steps/{step_id}/urge", words)
    bo.sends("/today/tick", {"key": f"step:{step_id}:urge-1"})


def on_thursday_bo_promises(bo, factory):
    """The enterprise rings: somebody will come on Monday, when it will be Amy's turn."""
    when = {"due_on": "2026-04-20", "due_at": "14:30", "place": "Works"}
    note = {"text": "Bring the plans back", "project": factory, "is_promise": "yes"}
    bo.sends("/today/notes/", {**note, **when})


def test_on_the_last_day_but_one_it_is_amy_s_to_urge_and_bo_sees_who_acts(amy, bo, step_id):
    assert "Urge " in box(amy.opens(TODAY), "act")
    assert "Amy acts" in box(bo.opens(TODAY), "others")


def test_bo_finds_the_handover_above_everything_and_takes_it_over_with_one_press(county, bo, handover):
    before, number = handover

    assert "Amy is away from 16 Apr to 19 Apr; 1 project comes to you" in before.text
    assert county.has(HandoverRow, number).accepted_by_id == bo.id
    assert "comes to you" not in bo.opens(TODAY).text


def test_while_amy_is_away_bo_does_what_is_due_and_on_monday_it_is_hers_again(
    county, amy, bo, factory, step_id, handover
):
    with clock.standing_at(THURSDAY):
        page = bo.opens(TODAY)
        assert "Urge " in box(page, "act")
        assert re.search(r"covering now</dt><dd>1</dd>", page.text)
        assert "Bo acts" in box(amy.opens(TODAY), "others")
        on_thursday_bo_urges(bo, step_id)
        on_thursday_bo_promises(bo, factory)
        assert "Urge " not in box(bo.opens(TODAY), "act")
    assert county.asked(select(ChaseRow.by)) == ["Bo"]

    with clock.standing_at(FRIDAY):
        finished(step_id, FRIDAY)
        assert "Fetch the result of" in box(bo.opens(TODAY), "act")
        bo.sends("/today/tick", {"key": f"step:{step_id}:fetch-1"})

    with clock.standing_at(MONDAY):
        page = amy.opens(TODAY)
        assert "today, 14:30" in box(page, "act")
        assert "Bring the plans back" in box(page, "tour")
        assert "Fetch the result of" not in box(page, "act")
        note = county.asked(select(NoteRow))[0]
        amy.sends("/today/tick", {"key": f"note:{note.id}:do"})
        assert "Bring the plans back" not in box(amy.opens(TODAY), "act")


def test_who_acted_on_which_day_and_every_press_is_on_record(county, amy, bo, factory, step_id, handover):
    with clock.standing_at(THURSDAY):
        on_thursday_bo_urges(bo, step_id)
        on_thursday_bo_promises(bo, factory)

    found = [acting_on(db.session, day, [factory])[factory] for day in (WEDNESDAY, THURSDAY, MONDAY)]
    assert [(one.person_id, one.post) for one in found] == [(amy.id, "A"), (bo.id, "B"), (amy.id, "A")]
    acts = county.asked(select(AuditLine.act).where(AuditLine.project_id == factory))
    assert (acts.count("LineTicked"), acts.count("NoteWritten")) == (1, 1)
