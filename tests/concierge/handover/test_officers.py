"""人员与负荷 in the browser: loads, entries, teams, giving projects away, C, and the stages of a project."""

from datetime import time

from sqlalchemy import event, select

from concierge.handover.models import HandoverRow
from concierge.handover.rules.handover import HandoverKind
from concierge.handover.views.todos import todos
from concierge.kernel import clock, jobs
from concierge.kernel.db import db
from concierge.staff.models import CoverRow, Pairing, StagePostRow
from concierge.staff.queries import acting_on, daily_hand_ins, posts_of, profiles
from concierge.staff.rules.todo import TodoKind
from tests.builders import a_project
from tests.concierge.handover.test_handing_over import goes, leave_of, may


def test_the_board_shows_loads_and_the_projects_that_wait_for_officers(crew):
    waiting = a_project(by=crew.liaison.actor)

    page = crew.chief.opens("/officers/").text

    assert "Waiting for officers" in page
    assert f"/projects/{waiting}/officers" in page
    assert "Cai" in page


def test_the_chief_gives_projects_to_somebody_else_and_the_post_stays(crew):
    address, form = f"/officers/{crew.amy.id}/reassign", {"projects": [crew.project_id], "to": crew.cai.id}

    assert crew.amy.sends(address, form).status_code == 403
    assert crew.chief.sends(address, {**form, "to": crew.bo.id}).status_code == 422  # B already
    assert crew.chief.sends(address, {"to": crew.cai.id}).status_code == 422  # nothing ticked
    assert crew.chief.sends(address, form).status_code == 303
    jobs.run_due()

    lines = crew.county.asked(select(Pairing).order_by(Pairing.id))
    assert [(one.a_id, one.b_id) for one in lines] == [
        (crew.amy.id, crew.bo.id),
        (crew.cai.id, crew.bo.id),
    ]
    changes = crew.county.asked(select(HandoverRow).where(HandoverRow.kind == HandoverKind.CHANGE))
    assert [(one.from_id, one.to_id) for one in changes] == [(crew.amy.id, crew.cai.id)]


def test_everybody_keeps_the_own_entry_and_the_chief_everybodys(crew):
    entry = {"phone": "0730-0000201", "grid": "经济开发区", "papers": "cabinet B-01"}

    assert crew.bo.sends(f"/officers/{crew.amy.id}/profile", entry).status_code == 422
    assert crew.amy.sends(f"/officers/{crew.amy.id}/profile", entry).status_code == 303
    assert crew.chief.sends(f"/officers/{crew.bo.id}/profile", entry).status_code == 303
    assert crew.chief.sends("/officers/999/profile", entry).status_code == 404

    assert profiles(db.session)[crew.amy.id].papers == "cabinet B-01"
    goes(crew.amy, 6, 8)
    assert 'value="cabinet B-01"' in crew.amy.opens(f"/handovers/{leave_of(crew).id}").text


def test_the_chief_says_how_many_steps_an_officer_hands_in_on_one_day(crew):
    address = f"/officers/{crew.amy.id}/hand-ins"

    assert crew.amy.sends(address, {"daily_hand_ins": "3"}).status_code == 403
    assert crew.chief.sends("/officers/999/hand-ins", {"daily_hand_ins": "3"}).status_code == 404
    for typed in ("0", "100", "many"):
        refused = crew.chief.sends(address, {"daily_hand_ins": typed})
        assert refused.status_code == 422
        assert f'value="{typed}"' in refused.text  # what was typed is not lost
    assert crew.chief.sends(address, {"daily_hand_ins": "3"}).status_code == 303

    assert daily_hand_ins(db.session) == {crew.amy.id: 3}
    assert "At most 3 steps a day" in crew.amy.opens(f"/officers/{crew.amy.id}").text
    entry = {"phone": "0730-0000201"}
    assert crew.amy.sends(f"/officers/{crew.amy.id}/profile", entry).status_code == 303
    assert daily_hand_ins(db.session) == {crew.amy.id: 3}  # the own entry leaves it alone

    assert crew.chief.sends(address, {"daily_hand_ins": ""}).status_code == 303
    db.session.rollback()  # and read anew
    assert daily_hand_ins(db.session) == {}


def test_a_team_has_one_name_and_a_lead_among_the_officers(crew):
    team = {"name": "Park office", "lead": crew.amy.id, "grids": "North park\nSouth park", "zone": "yes"}

    assert crew.chief.sends("/officers/team", team).status_code == 303
    assert crew.chief.sends("/officers/team", team).status_code == 422
    assert crew.chief.sends("/officers/team", {**team, "name": " "}).status_code == 422
    assert crew.chief.sends("/officers/team", {**team, "name": "New", "lead": 999}).status_code == 404
    assert "North park、South park" in crew.bo.opens("/officers/").text


def test_c_is_a_third_person_who_is_there_all_the_time_and_passes_on_to_nobody(crew):
    form = {"projects": [crew.project_id], "first_on": "2026-05-06", "last_on": "2026-05-08"}
    goes(crew.bo, 6, 12)

    def names(person, **more):
        return crew.chief.sends("/officers/cover", {**form, "person": person.id, **more})

    assert names(crew.amy).status_code == 422  # A of it
    assert names(crew.bo).status_code == 422  # B of it
    assert names(crew.cai, last_on="2026-05-05").status_code == 422
    assert names(crew.cai, projects=[]).status_code == 422
    assert crew.bo.sends("/officers/cover", {**form, "person": crew.cai.id}).status_code == 403
    assert names(crew.cai).status_code == 303
    goes(crew.amy, 6, 8)  # now A may go as well

    refused = crew.cai.sends(
        "/absences/", {"person": crew.cai.id, "first_on": "2026-05-07", "last_on": "2026-05-07"}
    )
    assert refused.status_code == 409
    assert "a cover is not passed on" in refused.text
    assert acting_on(db.session, may(7))[crew.project_id].person_id == crew.cai.id
    assert [one.covers for one in posts_of(db.session, crew.cai.id, may(5), may(9))] == [
        (may(6), may(7), may(8))
    ]


def test_a_cover_taken_back_leaves_the_unit_head_and_never_nobody(crew):
    goes(crew.bo, 6, 12)
    form = {"projects": [crew.project_id], "first_on": "2026-05-06", "last_on": "2026-05-08"}
    crew.chief.sends("/officers/cover", {**form, "person": crew.cai.id})
    goes(crew.amy, 6, 8)
    (named,) = crew.county.asked(select(CoverRow))

    assert crew.chief.sends(f"/officers/cover/{named.id}/withdraw").status_code == 303
    assert crew.chief.sends(f"/officers/cover/{named.id}/withdraw").status_code == 404

    assert acting_on(db.session, may(7))[crew.project_id].person_id == crew.chief.id


def test_half_a_day_counts_from_its_minute(crew):
    form = {"person": crew.amy.id, "first_on": "2026-05-06", "last_on": "2026-05-06", "from_time": "12:00"}
    crew.amy.sends("/absences/", form)

    posts = [
        acting_on(db.session, may(6), [crew.project_id], at=at)[crew.project_id].post
        for at in (time(11, 59), time(12, 0))
    ]

    assert posts == ["A", "B"]
    assert crew.amy.sends("/absences/", {**form, "from_time": "noon"}).status_code == 422
    assert crew.amy.sends("/absences/", form).status_code == 409  # leave over leave


def test_the_project_page_says_who_acts_and_who_acted(crew):
    goes(crew.amy, 6, 8)

    with clock.standing_at(may(7)):
        page = crew.bo.opens(f"/projects/{crew.project_id}").text

    assert "Who acted when" in page
    assert "6 May to 8 May" in page


def test_operation_begins_with_a_resident_officer_to_whom_a_hands_over(crew):
    rita = crew.county.employs("rita", "Resident")
    address = f"/projects/{crew.project_id}/operation"

    assert crew.amy.sends(address, {"resident": rita.id}).status_code == 403
    crew.chief.sends(address, {"resident": crew.cai.id})  # no resident officer
    assert crew.county.asked(select(StagePostRow)) == []
    crew.chief.sends(address, {"resident": rita.id})
    jobs.run_due()

    (post,) = crew.county.asked(select(StagePostRow))
    assert post.person_id == rita.id
    assert rita.opens(f"/projects/{crew.project_id}").status_code == 200
    stages = crew.county.asked(select(HandoverRow).where(HandoverRow.to_id == rita.id))
    assert [(one.from_id, one.kind) for one in stages] == [(crew.amy.id, HandoverKind.STAGE)]
    assert rita.sends(f"/handovers/{stages[0].id}/accept").status_code == 303


def test_what_a_person_has_to_do_about_handovers_is_told_in_three_queries(crew):
    goes(crew.amy, 6, 8)
    seen: list[str] = []

    def count(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    with crew.county.app.test_request_context():
        hers = list(todos(db.session, crew.amy.actor, clock.today()))
        event.listen(db.engine, "before_cursor_execute", count)
        his = list(todos(db.session, crew.bo.actor, clock.today()))
        event.remove(db.engine, "before_cursor_execute", count)

    assert {one.text.split()[0] for one in hers} >= {"Hand", "%(name)s"}  # to give, and the liaison's to come
    assert [one.kind for one in his] == [TodoKind.WAIT]
    assert len(seen) <= 3
