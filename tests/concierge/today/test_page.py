"""今日工作 in the browser: what stands there for whom, and what ticking, putting off and noting do to it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from concierge.handover.models import HandoverRow
from concierge.handover.services.give_handover import give_handover
from concierge.kernel import addon, clock, jobs
from concierge.kernel.db import db
from concierge.staff.rules.absence import Away
from concierge.staff.services.record_absence import record_absence
from concierge.supervision.services.issue_order import issue_order
from concierge.today.models import NoteRow, PutOffRow, TickRow
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, cards, finished, looked
from tests.deferrals import DRAWINGS, a_deferral, hand_in_main_papers

TODAY = "/today/?lang=en"
URGE = "Urge "
FETCH = "Fetch the result of"


def april(day: int) -> date:
    return date(2026, 4, day)


def keys(page, what: str) -> list[str]:
    """The keys of the lines with a tick whose key holds a word, in their order on the page."""
    return [key for key in re.findall(r'name="key" value="([^"]+)"', page.text) if what in key]


def section(page, name: str) -> str:
    """One box of the page; empty where there is none."""
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', page.text, re.S)
    return found.group(0) if found else ""


def away(person, first: date, last: date, *, is_planned: bool = False) -> None:
    leave = Away(person_id=person.id, first_on=first, last_on=last, is_planned=is_planned)
    record_absence(leave, "", by=person.actor)
    jobs.run_due()


@pytest.fixture
def late_step(project_id) -> int:
    """A step accepted on 7 April and promised in four working days, so for Monday 13."""
    return accepted(project_id, april(7), 4)


def test_the_day_of_an_officer_begins_here(amy, project_id):
    assert amy.opens("/").headers["Location"].endswith("/today/")
    assert "Today&#39;s work" in amy.opens(TODAY).text


def test_a_step_past_its_promise_is_urged_from_here(amy, late_step):
    page = amy.opens(TODAY)

    # promised for Monday 13: Tuesday 14 and Wednesday 15 are over it
    assert keys(page, "urge") == [f"step:{late_step}:urge-1"]
    assert "2 working days late" in section(page, "act")
    assert f"/supervision/steps/{late_step}/urge" in section(page, "act")


def test_a_step_with_time_left_is_waited_for(amy, project_id):
    accepted(project_id, april(13), 5)

    page = amy.opens(TODAY)

    # accepted on Monday 13 for Monday 20: 5 working days, of which Tuesday 14 and Wednesday 15 are used
    assert "2 / 5 days" in section(page, "wait")
    assert not keys(page, "urge")


def test_a_card_stands_beside_its_line(amy, late_step):
    looked(april(15))

    assert 'aria-label="Red card"' in section(amy.opens(TODAY), "act")


def test_one_press_ticks_a_line_and_one_takes_the_tick_back(amy, late_step):
    key = f"step:{late_step}:urge-1"

    answer = amy.sends("/today/tick", {"key": key})

    page = amy.opens(answer.headers["Location"] + "&lang=en")
    assert answer.status_code == 303
    assert not keys(page, "urge")
    assert "Ticked: Urge" in page.text
    tick = db.session.scalars(select(TickRow)).one()
    amy.sends(f"/today/ticks/{tick.id}/undo")
    assert keys(amy.opens(TODAY), "urge") == [key]


def test_ticking_twice_is_one_tick(amy, late_step):
    key = f"step:{late_step}:urge-1"

    answers = [amy.sends("/today/tick", {"key": key}) for _ in range(2)]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert len(db.session.scalars(select(TickRow)).all()) == 1


def test_what_no_record_says_is_done_comes_back_the_next_day(amy, late_step):
    amy.sends("/today/tick", {"key": f"step:{late_step}:urge-1"})

    with clock.standing_at(april(16)):
        assert keys(amy.opens(TODAY), "urge") == [f"step:{late_step}:urge-1"]


def test_a_fetched_result_never_comes_back(amy, project_id):
    step_id = accepted(project_id, april(7), 9)
    finished(step_id, april(14))
    assert FETCH in section(amy.opens(TODAY), "act")

    amy.sends("/today/tick", {"key": f"step:{step_id}:fetch-1"})

    with clock.standing_at(april(16)):
        assert FETCH not in amy.opens(TODAY).text


def test_a_line_that_has_gone_is_said_to_be_gone(amy, project_id):
    answer = amy.sends("/today/tick", {"key": "step:999999:urge-1"})

    assert "no longer on your list" in amy.opens(answer.headers["Location"] + "?lang=en").text
    assert not db.session.scalars(select(TickRow)).all()


def test_a_takes_everything_and_b_sees_it_marked(amy, bo, late_step):
    page = bo.opens(TODAY)

    assert not keys(page, "urge")
    assert URGE in section(page, "others")
    assert "Amy acts" in section(page, "others")


def test_b_acts_from_the_first_minute_of_a_s_absence_and_a_sees_who(amy, bo, late_step):
    away(amy, april(15), april(16))

    assert keys(bo.opens(TODAY), "urge") == [f"step:{late_step}:urge-1"]
    assert "Bo acts" in section(amy.opens(TODAY), "others")

    with clock.standing_at(april(17)):
        assert keys(amy.opens(TODAY), "urge") == [f"step:{late_step}:urge-1"]
        assert not keys(bo.opens(TODAY), "urge")


def test_a_tick_of_one_is_a_tick_for_both(amy, bo, late_step):
    amy.sends("/today/tick", {"key": f"step:{late_step}:urge-1"})

    assert URGE not in section(bo.opens(TODAY), "others")


def test_a_handover_stands_first_and_is_taken_over_with_one_press(amy, bo, late_step):
    away(amy, april(17), april(20), is_planned=True)
    handover = db.session.scalars(select(HandoverRow)).one()
    give_handover(handover.id, "", {}, by=amy.actor, is_chief=False)

    page = bo.opens(TODAY)
    assert "Amy is away from 17 Apr to 20 Apr; 1 project comes to you" in page.text
    assert page.text.index("I have taken over") < page.text.index("To do today")

    bo.sends(f"/handovers/{handover.id}/accept")
    db.session.rollback()
    assert db.session.get(HandoverRow, handover.id).accepted_at is not None
    assert "I have taken over" not in bo.opens(TODAY).text


def test_a_line_put_off_rests_for_its_owner_alone_and_comes_back(amy, bo, late_step):
    key = f"step:{late_step}:urge-1"
    form = amy.opens(f"/today/later?key={key}&lang=en")
    assert "Show it again" in form.text

    # Friday 17 is two working days away
    amy.sends(
        "/today/later", {"key": key, "until": "other", "until_on": "2026-04-17", "note": "after the fair"}
    )

    page = amy.opens(TODAY)
    assert not keys(page, "urge")
    assert "after the fair" in section(page, "rest")
    assert URGE in section(bo.opens(TODAY), "others")
    with clock.standing_at(april(17)):
        assert keys(amy.opens(TODAY), "urge") == [key]


def test_a_line_is_brought_back_before_its_day(amy, bo, late_step):
    amy.sends("/today/later", {"key": f"step:{late_step}:urge-1", "until": "2026-04-20"})
    off = db.session.scalars(select(PutOffRow)).one()

    assert bo.sends(f"/today/put-off/{off.id}/back").status_code == 404
    amy.sends(f"/today/put-off/{off.id}/back")

    assert keys(amy.opens(TODAY), "urge")


@pytest.mark.parametrize("typed", ["2026-04-15", "2026-09-01", "soon", ""])
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_stays(amy, late_step, typed):
    answer = amy.sends(
        "/today/later?lang=en",
        {"key": f"step:{late_step}:urge-1", "until": "other", "until_on": typed, "note": "after the fair"},
    )

    assert answer.status_code == 422
    assert "after the fair" in answer.text
    assert not db.session.scalars(select(PutOffRow)).all()


def test_putting_a_line_off_that_is_gone_leads_back_to_the_day(amy):
    answer = amy.sends("/today/later", {"key": "step:9:urge-1", "until": "2026-04-20"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    assert "no longer" in amy.opens(f"{TODAY}?lang=en").text


def test_a_note_stands_there_on_its_day_until_it_is_ticked(amy, project_id):
    amy.sends(
        "/today/notes/",
        {"text": "Bring the seal", "due_on": "2026-04-16", "due_at": "09:30", "place": "Works"},
    )
    note = db.session.scalars(select(NoteRow)).one()

    with clock.standing_at(april(16)):
        page = amy.opens(TODAY)
        assert "Bring the seal" in section(page, "act")
        assert "today, 09:30" in section(page, "act")
        assert "<b>Works</b>" in section(page, "tour")
        amy.sends("/today/tick", {"key": f"note:{note.id}:do"})

    db.session.rollback()
    assert db.session.get(NoteRow, note.id).done_at is not None
    with clock.standing_at(april(17)):
        assert "Bring the seal" not in amy.opens(TODAY).text


def test_a_note_about_a_project_survives_an_absence(amy, bo, project_id):
    amy.sends(
        "/today/notes/",
        {"text": "Call the works", "due_on": "2026-04-15", "project": project_id, "is_promise": "yes"},
    )
    away(amy, april(15), april(16))

    assert "Call the works" in section(bo.opens(TODAY), "act")
    assert "Promised to the enterprise" in bo.opens(TODAY).text


def test_a_note_of_one_s_own_is_nobody_else_s(amy, bo, project_id):
    amy.sends("/today/notes/", {"text": "Bring the seal", "due_on": "2026-04-15"})
    note = db.session.scalars(select(NoteRow)).one()
    tick = amy.sends("/today/tick", {"key": f"note:{note.id}:do"})
    number = tick.headers["Location"].rpartition("=")[2]

    assert "Bring the seal" not in bo.opens(TODAY).text
    assert bo.opens(f"/today/notes/{note.id}").status_code == 404
    assert bo.sends(f"/today/ticks/{number}/undo").status_code == 404


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"text": " ", "due_on": "2026-04-16"}, "text"),
        ({"text": "Call", "due_on": "soon"}, "due_on"),
        ({"text": "Call", "due_on": "2026-04-16", "due_at": "25:00"}, "due_at"),
    ],
)
def test_a_note_that_is_none_is_refused_beside_its_field_and_nothing_typed_is_lost(
    amy, project_id, form, field
):
    answer = amy.sends("/today/notes/?lang=en", {**form, "place": "Works, gate 3"})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Works, gate 3" in answer.text


def test_a_note_changed_meanwhile_is_not_overwritten(amy, project_id):
    amy.sends("/today/notes/", {"text": "Bring the seal", "due_on": "2026-04-15"})
    note = db.session.scalars(select(NoteRow)).one()
    change = {"text": "Bring both seals", "due_on": "2026-04-15", "version": note.version}
    amy.sends(f"/today/notes/{note.id}", change)

    answer = amy.sends(f"/today/notes/{note.id}", {**change, "text": "Bring none"})

    assert answer.status_code == 409
    assert "Bring both seals" in amy.opens(TODAY).text


def test_papers_owed_sittings_and_orders_stand_there_too(county, amy, bo):
    project_id = a_project(pair=(amy.id, bo.id))
    hand_in_main_papers(project_id, DRAWINGS, but="design-contract-priv")
    a_deferral(project_id, due_on=april(17))
    judge = county.employs("fang", "Supervisor", sees=(None,))
    step_id = accepted(project_id, april(1), 5)
    looked(april(15))
    issue_order(cards(step_id)[0].id, "Answer today", april(16), by=judge.actor)

    page = amy.opens(TODAY)

    assert keys(page, "deferral")
    assert keys(page, "order")
    assert "Collect “" in page.text
    assert "Get the answer of" in page.text


def test_windows_of_departments_make_the_way_of_the_day(county, amy, project_id):
    boss = county.employs("boss", "Chief", sees=(None,))
    step_id = accepted(project_id, april(7), 9, code="investment-project-filing")
    finished(step_id, april(14))
    department = department_of(step_id)

    kept = boss.sends(
        "/today/places/",
        {"department": department, f"place-{department}": "Hall, floor 2", f"phone-{department}": "0730-1"},
    )

    assert kept.status_code == 303
    assert "<b>Hall, floor 2</b>" in section(amy.opens(TODAY), "tour")
    assert "0730-1" in amy.opens("/today/sheet?lang=en").text
    assert amy.sends("/today/places/", {}).status_code == 403


def department_of(step_id: int) -> str:
    """The department of a step."""
    return str(db.session.get(Step, step_id).department)


@pytest.mark.parametrize("by", ["place", "project", "urgency", "nonsense"])
def test_lines_can_be_put_together_in_other_ways(amy, late_step, by):
    page = amy.opens(f"/today/?by={by}&lang=en")

    assert page.status_code == 200
    assert keys(page, "urge") == [f"step:{late_step}:urge-1"]


def test_a_day_without_anything_says_so_and_when_the_next_thing_is_due(amy, county):
    page = amy.opens(TODAY)

    assert "Nothing is due today" in page.text
    assert "Nothing falls due in the days ahead" in page.text


def test_the_figure_in_the_menu_is_that_of_the_page(amy, late_step):
    amy.opens("/")
    page = amy.opens(TODAY)
    shown = int(re.search(r'href="/today/"[^>]*>.*?<b>(\d+)</b>', page.text, re.S).group(1))

    assert shown == len(keys(page, ":")) - coming(page)
    assert f"<b>{shown}</b>" in amy.opens("/projects/?lang=en").text


def coming(page) -> int:
    """How many lines are folded away as coming."""
    found = re.search(r"may be done now <span[^>]*>(\d+)</span>", page.text)
    return int(found.group(1)) if found else 0


def test_a_liaison_has_no_such_page(county):
    assert county.employs("lin", "Liaison").opens("/today/").status_code == 403


MOST_QUERIES = 60
PER_SOURCE = 3


def test_more_projects_ask_no_more_questions(amy, bo, project_id, statements):
    accepted(project_id, april(7), 4)
    amy.opens(TODAY)
    with statements() as few:
        assert amy.opens(TODAY).status_code == 200

    for _ in range(4):
        accepted(a_project(pair=(amy.id, bo.id)), april(7), 4)
    amy.opens(TODAY)
    with statements() as many:
        page = amy.opens(TODAY)

    assert len(keys(page, "urge")) == 5
    assert len(many) <= len(few) <= MOST_QUERIES, "\n".join(many)


def test_every_source_of_lines_asks_at_most_three_questions(county, amy, late_step, statements):
    with county.app.test_request_context("/today/"):
        for installed in addon.installed():
            for name in installed.todos:
                source = addon.resolve(name, of=installed.name)
                list(source(db.session, amy.actor, april(15)))
                with statements() as sent:
                    list(source(db.session, amy.actor, april(15)))
                assert len(sent) <= PER_SOURCE, (name, sent)
