"""The step page: where a step stands, why, what it needs, and recording what happened to it."""

import re
from datetime import date

import pytest

from approvals.rules.progress import Move
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from projects.queries.project_file import visible_project
from projects.queries.standing import live_plan, steps_of
from projects.services.record_move import record_move
from tests.builders import a_project

FIRST = "investment-lead-screening"  # waits for nothing


@pytest.fixture
def page(project_id, the_step):
    return lambda code: f"/projects/{project_id}/steps/{the_step(code).number}"


@pytest.fixture
def record(amy, page, the_step):
    """Send the form of a step's page."""

    def send(code, move, **typed):
        typed.setdefault("version", str(the_step(code).version))
        typed.setdefault("on", "2026-04-15")
        return amy.sends(page(code), {"move": move, **typed})

    return send


def _waiting(county, project_id):
    """A step whose acceptance the law ties to a result that is not there."""
    plan = live_plan(db.session, visible_project(db.session, project_id, SYSTEM), today=date(2026, 4, 15))
    edge = next(e for e in plan.edges if e.gate == "accept" and e.source.kind == "hard")
    return edge.successor, plan.step(edge.predecessor)


def test_a_step_says_why_it_is_there_why_its_dates_and_what_law(amy, page):
    said = amy.opens(page("land-planning-permit")).text

    assert "Why it is on the list" in said
    assert "Why these dates" in said
    assert "城乡规划法" in said
    assert "Elapsed, with the owner&#39;s preparation" in said
    assert "Comes by itself once" in said  # the filing certificate comes from its own step


def test_the_page_speaks_the_readers_language(amy, page):
    said = amy.opens(page("land-planning-permit") + "?lang=zh").text

    assert "日期怎么来的" in said
    assert "Why these dates" not in said


@pytest.mark.parametrize("number", ["00", "999", "1", "a", "01%00"])
def test_a_number_that_is_not_on_the_list_is_not_there(amy, project_id, number):
    assert amy.opens(f"/projects/{project_id}/steps/{number}").status_code in (400, 404)


def test_to_others_the_step_does_not_exist_neither_to_read_nor_to_record(county, page, the_step):
    eve = county.employs("eve", "Concierge")

    assert eve.opens(page(FIRST)).status_code == 404
    sent = eve.sends(page(FIRST), {"move": "accept", "on": "2026-04-15", "version": "1"})
    assert sent.status_code == 404
    assert the_step(FIRST).accepted_on is None


def test_a_supervisor_reads_but_does_not_record(county, page, the_step):
    sam = county.employs("sam", "Supervisor", sees=(None,))

    said = sam.opens(page(FIRST))

    assert said.status_code == 200
    assert 'name="move"' not in said.text
    assert sam.sends(page(FIRST), {"move": "accept", "on": "2026-04-15", "version": "1"}).status_code == 403
    assert the_step(FIRST).accepted_on is None


def test_recording_an_acceptance_starts_the_clock_and_is_in_the_log(amy, page, record, the_step):
    answer = record(FIRST, "accept", on="2026-04-14")
    jobs.run_due()

    assert answer.status_code == 303
    assert the_step(FIRST).accepted_on == date(2026, 4, 14)
    said = amy.opens(page(FIRST)).text
    assert 'class="bd-clk"' in said
    assert "Accepted on 14 Apr" in said


def test_a_result_is_kept_with_its_number(record, the_step):
    record(FIRST, "accept", on="2026-04-10")
    record(FIRST, "pass", on="2026-04-14", number="青招研〔2026〕7号")

    assert the_step(FIRST).finished_on == date(2026, 4, 14)
    assert the_step(FIRST).result_number == "青招研〔2026〕7号"


def test_the_last_record_can_be_taken_back_without_a_day(record, the_step):
    record(FIRST, "accept", on="2026-04-10")

    answer = record(FIRST, "undo", on="")

    assert answer.status_code == 303
    assert the_step(FIRST).accepted_on is None


def test_a_day_that_has_not_come_is_refused_beside_the_form_and_nothing_typed_is_lost(record, the_step):
    record(FIRST, "accept", on="2026-04-10")

    answer = record(FIRST, "pass", on="2026-04-16", number="第7号")

    assert answer.status_code == 422
    assert "2026-04-16 has not come yet" in answer.text
    assert 'value="2026-04-16"' in answer.text
    assert 'value="第7号"' in answer.text
    assert the_step(FIRST).finished_on is None


@pytest.mark.parametrize("typed", ["", "soon", "2026-02-30", "99999-01-01"])
def test_what_is_no_date_is_said_to_be_none(record, the_step, typed):
    answer = record(FIRST, "accept", on=typed)

    assert answer.status_code == 422
    assert "is not a date" in answer.text
    assert the_step(FIRST).accepted_on is None


def test_a_page_overtaken_by_somebody_keeps_what_was_typed_and_asks_again(amy, record, the_step):
    opened_on = str(the_step(FIRST).version)
    record_move(the_step(FIRST).id, Move.ACCEPT, date(2026, 4, 13), by=amy.actor)

    answer = record(FIRST, "accept", on="2026-04-14", version=opened_on)

    assert answer.status_code == 409
    assert "Somebody has recorded something" in answer.text
    assert 'value="2026-04-14"' in answer.text
    fresh = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    assert fresh == str(the_step(FIRST).version) != opened_on
    assert the_step(FIRST).accepted_on == date(2026, 4, 13)


def test_a_form_without_a_version_is_taken_for_an_old_one(record, the_step):
    answer = record(FIRST, "accept", version="")

    assert answer.status_code == 409
    assert the_step(FIRST).accepted_on is None


def test_a_step_that_waits_names_what_it_waits_for_in_place_of_the_button(
    amy, county, project_id, page, record, the_step
):
    code, predecessor = _waiting(county, project_id)

    said = amy.opens(page(code)).text
    forced = record(code, "accept")

    assert f"Waiting for {predecessor.number} {predecessor.name_en}" in said
    assert 'value="accept"' not in said
    assert forced.status_code == 409
    assert predecessor.name_en in forced.text
    assert the_step(code).accepted_on is None


def test_a_move_there_is_none_of_is_refused(record, the_step):
    answer = record(FIRST, "explode")

    assert answer.status_code == 422
    assert the_step(FIRST).accepted_on is None


def test_a_form_without_its_token_changes_nothing(amy, page, the_step):
    sent = {"move": "accept", "on": "2026-04-15", "version": str(the_step(FIRST).version)}

    answer = amy.sends(page(FIRST), sent, token=False)

    assert answer.status_code == 400
    assert the_step(FIRST).accepted_on is None


def test_what_is_typed_is_shown_as_text_whatever_it_contains(record):
    record(FIRST, "accept", on="2026-04-10")

    answer = record(FIRST, "pass", on="2027-01-01", number='"><script>alert(1)</script>')

    assert "<script>alert(1)" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


def test_a_result_ticks_the_papers_that_come_from_it(amy, page, record):
    before = amy.opens(page("project-code-assignment")).text

    record("company-registration", "accept", on="2026-04-10")
    record("company-registration", "pass", on="2026-04-14")

    after = amy.opens(page("project-code-assignment")).text
    assert after.count("bd-ck-on") == before.count("bd-ck-on") + 1
    assert "done on 14 Apr" in after


def test_every_step_of_every_template_has_a_page(county):
    boss = county.employs("boss", "Chief", sees=(None,))
    for template in ("private-building", "small-low-risk", "government-building", "linear-municipal"):
        project_id = a_project(by=SYSTEM, template=template)
        for step in steps_of(db.session, project_id):
            said = boss.opens(f"/projects/{project_id}/steps/{step.number}")
            assert said.status_code == 200, (template, step.code)
