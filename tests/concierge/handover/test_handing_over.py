"""交接 in the browser: leave asks for a handover, both say so with the time, and the work comes back."""

from datetime import date

import pytest
from sqlalchemy import select

from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.rules.handover import HandoverKind
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.dead_letters import replay_event
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import work
from concierge.staff.rules.absence import Away
from concierge.staff.services.assign_pair import assign_pair
from concierge.staff.services.name_cover import name_cover
from concierge.staff.services.open_to import end_lent_sight
from concierge.staff.services.record_absence import record_absence


def may(day):
    return date(2026, 5, day)


def goes(person, first, last, by=SYSTEM, **more):
    record_absence(
        Away(person_id=person.id, first_on=may(first), last_on=may(last), **more), "training", by=by
    )
    jobs.run_due()


def handovers(crew, kind=None):
    rows = crew.county.asked(select(HandoverRow).order_by(HandoverRow.id))
    return [row for row in rows if kind is None or row.kind is kind]


def leave_of(crew):
    (row,) = handovers(crew, HandoverKind.LEAVE)
    return row


def test_planned_leave_asks_a_to_hand_over_to_b_a_working_day_ahead(crew):
    goes(crew.amy, 6, 8)  # from Wednesday 6 May; 1 to 5 May is the holiday, so 30 April is the day before

    row = leave_of(crew)
    assert (row.from_id, row.to_id) == (crew.amy.id, crew.bo.id)
    assert (row.first_on, row.last_on, row.due_on) == (may(6), may(8), date(2026, 4, 30))
    assert "Amy hands over to Bo" in crew.amy.opens(f"/handovers/{row.id}").text


def test_b_who_goes_while_a_is_there_hands_over_nothing(crew):
    goes(crew.bo, 6, 8)

    assert handovers(crew, HandoverKind.LEAVE) == []


def test_given_and_accepted_are_on_record_with_name_and_minute(crew):
    goes(crew.amy, 6, 8)
    row = leave_of(crew)
    form = {"note": "keys at the desk", f"papers_{crew.project_id}": "cabinet B-07", "do": "give"}
    form[f"promises_{crew.project_id}"] = "a visit on Thursday"

    assert crew.bo.sends(f"/handovers/{row.id}/accept").status_code == 409  # not given yet
    assert crew.amy.sends(f"/handovers/{row.id}/give", form).status_code == 303
    assert crew.amy.sends(f"/handovers/{row.id}/accept").status_code == 409  # not hers to accept
    assert crew.bo.sends(f"/handovers/{row.id}/accept").status_code == 303

    row = leave_of(crew)
    assert (row.given_by_id, row.accepted_by_id) == (crew.amy.id, crew.bo.id)
    assert row.given_at <= row.accepted_at
    page = crew.bo.opens(f"/handovers/{row.id}").text
    assert "cabinet B-07" in page
    assert "a visit on Thursday" in page
    assert "keys at the desk" in page
    assert "too late" not in page


def test_the_sheet_stays_as_it_was_given(crew):
    goes(crew.amy, 6, 8)
    row = leave_of(crew)
    crew.amy.sends(f"/handovers/{row.id}/give", {"do": "give"})

    (item,) = crew.county.asked(select(HandoverItemRow).where(HandoverItemRow.handover_id == row.id))
    assert '"kind": "start"' in item.body  # the plan's next steps stand on it
    assert crew.amy.sends(f"/handovers/{row.id}/give", {"do": "give"}).status_code == 409


def test_what_is_not_given_in_time_is_called_late_once(crew):
    goes(crew.amy, 6, 8)

    with clock.standing_at(may(6)):
        for _ in range(2):
            with work(SYSTEM) as w:
                w.enqueue("concierge.handover.tasks:call_late_handovers")
            jobs.run_due()
        page = crew.bo.opens(f"/handovers/{leave_of(crew).id}").text

    told = crew.county.asked(select(EventRow).where(EventRow.name.endswith(":HandoverLate")))
    assert len(told) == 1  # once, though two mornings looked
    assert "too late" in page
    assert "Not handed over, and the days have begun" in page


def test_from_the_first_day_b_takes_over_what_nobody_gave(crew):
    goes(crew.amy, 6, 8)

    with clock.standing_at(may(6)):
        assert crew.bo.sends(f"/handovers/{leave_of(crew).id}/accept").status_code == 303

    assert leave_of(crew).given_at is None
    assert leave_of(crew).accepted_at is not None


def test_illness_is_taken_over_from_the_records(crew):
    goes(crew.amy, 6, 8, is_planned=False)

    (row,) = handovers(crew, HandoverKind.SUDDEN)
    assert crew.bo.sends(f"/handovers/{row.id}/accept").status_code == 303


def test_b_reports_and_a_takes_the_work_back(crew):
    goes(crew.amy, 6, 8, is_planned=False)
    (row,) = handovers(crew, HandoverKind.SUDDEN)
    crew.bo.sends(f"/handovers/{row.id}/accept")

    with clock.standing_at(may(11)):
        assert crew.bo.sends(f"/handovers/{row.id}/report", {"report": " "}).status_code == 422
        assert crew.bo.sends(f"/handovers/{row.id}/report", {"report": "filed the plan"}).status_code == 303
        assert crew.bo.sends(f"/handovers/{row.id}/take-back").status_code == 409
        assert crew.amy.sends(f"/handovers/{row.id}/take-back").status_code == 303
        assert "filed the plan" in crew.amy.opens(f"/handovers/{row.id}").text
        assert "Nothing is to be handed over" not in crew.amy.opens("/handovers/?view=over").text


def test_leave_taken_back_before_it_begins_drops_the_handover(crew):
    goes(crew.amy, 6, 8)
    (absence_id,) = crew.county.asked(
        select(HandoverRow.absence_id).where(HandoverRow.absence_id.is_not(None))
    )

    crew.amy.sends(f"/absences/{absence_id}/withdraw")
    jobs.run_due()

    assert leave_of(crew).dropped_at is not None


def test_a_new_a_takes_over_from_the_old_one_and_the_enterprise_is_to_be_told(crew):
    with work(crew.chief.actor) as w:
        assign_pair(w, crew.project_id, crew.cai.id, crew.bo.id)
    jobs.run_due()

    (row,) = handovers(crew, HandoverKind.CHANGE)
    assert (row.from_id, row.to_id, row.last_on) == (crew.amy.id, crew.cai.id, None)
    assert crew.amy.opens(f"/handovers/{row.id}").status_code == 200  # she no longer sees the project itself
    assert crew.amy.opens(f"/projects/{crew.project_id}").status_code == 404

    told = {"whom": "Ms Luo", "way": "phone"}
    address = f"/handovers/{row.id}/tell/{crew.project_id}"
    assert crew.cai.sends(address, {"way": "phone"}).status_code == 422
    refused = crew.cai.sends(address, {"whom": "Ms Luo", "way": "pigeon"})
    assert (refused.status_code, 'value="Ms Luo"' in refused.text) == (422, True)
    assert crew.cai.sends(address, told).status_code == 303
    assert "Ms Luo was told by telephone" in crew.cai.opens(f"/handovers/{row.id}").text
    assert crew.cai.sends(address, told).status_code == 409


def test_the_first_pair_takes_over_from_the_liaison(crew):
    (row,) = handovers(crew, HandoverKind.STAGE)

    assert (row.from_id, row.to_id) == (crew.liaison.id, crew.amy.id)


def test_a_c_named_for_days_when_both_are_away_gets_a_handover_too(crew):
    goes(crew.bo, 6, 12)
    name_cover([crew.project_id], crew.cai.id, may(6), may(8), by=crew.chief.actor)
    goes(crew.amy, 6, 8)

    row = leave_of(crew)
    assert (row.from_id, row.to_id, row.first_on) == (crew.amy.id, crew.cai.id, may(6))


def test_the_head_who_steps_in_gets_one_handover_and_no_second(crew):
    goes(crew.bo, 6, 12)
    goes(crew.amy, 7, 8, is_planned=False)

    found = handovers(crew, HandoverKind.SUDDEN)
    assert [(row.from_id, row.to_id) for row in found] == [(crew.amy.id, crew.chief.id)]


def test_an_event_that_comes_twice_makes_one_handover(crew):
    goes(crew.amy, 6, 8)
    (event,) = crew.county.asked(select(EventRow).where(EventRow.name.endswith(":AbsenceRecorded")))

    replay_event(event.id, by=SYSTEM)
    jobs.run_due()
    assert len(handovers(crew, HandoverKind.LEAVE)) == 1


def test_nobody_else_sees_a_handover_but_the_chief(crew):
    goes(crew.amy, 6, 8)
    row = leave_of(crew)

    assert crew.cai.opens(f"/handovers/{row.id}").status_code == 404
    assert crew.cai.sends(f"/handovers/{row.id}/accept").status_code == 404
    assert crew.chief.opens(f"/handovers/{row.id}").status_code == 200
    assert crew.chief.sends(f"/handovers/{row.id}/give", {"do": "give"}).status_code == 303


@pytest.mark.parametrize("way", ["print", ""])
def test_the_sheet_is_a_page_and_a_print(crew, way):
    goes(crew.amy, 6, 8)

    page = crew.amy.opens(f"/handovers/{leave_of(crew).id}/{way}".rstrip("/"))

    assert page.status_code == 200
    assert "Where the papers are" in page.text or "Handed over by (signature)" in page.text


def test_both_are_told_at_each_turn_and_the_notice_leads_to_the_handover(crew):
    goes(crew.amy, 6, 8)
    row = leave_of(crew)
    crew.amy.sends(f"/handovers/{row.id}/give", {"do": "give"})
    crew.bo.sends(f"/handovers/{row.id}/accept")
    jobs.run_due()

    hers, his = crew.amy.opens("/notices/list/").text, crew.bo.opens("/notices/list/").text

    assert "Hand over to Bo by" in hers
    assert "Bo has accepted your handover" in hers
    assert "Amy has handed over to you" in his
    assert f"/handovers/{row.id}" in his


def sight_ends():
    with work(SYSTEM) as w:
        return end_lent_sight(w)


def test_c_sees_the_project_until_the_cover_is_over(crew):
    name_cover([crew.project_id], crew.cai.id, may(6), may(8), by=crew.chief.actor)
    page = f"/projects/{crew.project_id}"

    with clock.standing_at(may(8)):
        assert sight_ends() == 0
        assert crew.cai.opens(page).status_code == 200
    with clock.standing_at(may(9)):
        assert sight_ends() == 1
        assert crew.cai.opens(page).status_code == 404


def test_c_who_covers_again_goes_on_seeing_it(crew):
    name_cover([crew.project_id], crew.cai.id, may(6), may(8), by=crew.chief.actor)
    name_cover([crew.project_id], crew.cai.id, may(12), may(13), by=crew.chief.actor)

    with clock.standing_at(may(9)):
        assert sight_ends() == 0
    with clock.standing_at(may(14)):
        assert sight_ends() == 1


def test_c_who_became_b_meanwhile_keeps_it(crew):
    name_cover([crew.project_id], crew.cai.id, may(6), may(8), by=crew.chief.actor)
    with work(SYSTEM) as w:
        assign_pair(w, crew.project_id, crew.amy.id, crew.cai.id)

    with clock.standing_at(may(9)):
        assert sight_ends() == 0
        assert crew.cai.opens(f"/projects/{crew.project_id}").status_code == 200


def test_the_chief_who_covers_sees_everything_afterwards_too(crew):
    name_cover([crew.project_id], crew.chief.id, may(6), may(8), by=crew.chief.actor)

    with clock.standing_at(may(9)):
        sight_ends()
        assert crew.chief.opens(f"/projects/{crew.project_id}").status_code == 200
