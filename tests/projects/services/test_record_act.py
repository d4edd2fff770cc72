"""Recording acts on a case of a project: journal, stops, extensions, ends, and what is refused and logged."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.events.case import MoveRefused
from approvals.events.catalogue import CalendarChanged
from approvals.models.case import CaseMoveRow, ExtensionRow, StopRow
from approvals.models.step import Step
from approvals.queries.cases import extensions, journal, overdue_stops, projects_without_ends, stops
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.progress import Act, Move, NotYet, TooLongAgo
from approvals.rules.saying import BasisMissing, ReasonMissing
from approvals.services.add_steps import NewStep, set_steps
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine, first_altered
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.work import reading, work
from projects.queries.project_file import visible_project
from projects.queries.standing import live_plan
from projects.rules.waiting import OthersRestOnIt
from projects.services.accept_by_silence import accept_by_silence
from projects.services.record_move import record_act
from projects.services.recount_ends import recount_ends
from tests.builders import a_project

FIRST = "investment-lead-screening"
TODAY = date(2026, 4, 15)


def april(day):
    return date(2026, 4, day)


def a_stop(first, last, kind=StopKind.EXPERT_REVIEW, **changed):
    said = {
        "basis": "行政许可法第四十五条",
        "reason": "组织专家评审",
        "number": "告2026-7",
        "decided_by": "王主任",
        "stop": kind,
        "planned_last_on": april(last),
    }
    return Act(Move.STOP, april(first), **{**said, **changed})


@pytest.fixture
def project_id(county):
    return a_project(facts={"annual_energy_tce": 1860})


@pytest.fixture
def the_step(county, project_id):
    def asked(code=FIRST):
        return county.asked(select(Step).where(Step.project_id == project_id, Step.code == code))[0]

    return asked


@pytest.fixture
def does(the_step):
    def recorded(*acts, by=SYSTEM):
        for act in acts:
            record_act(the_step().id, act, by=by)
        return the_step()

    return recorded


def now(question, *asked):
    """What a question answers from the database as it is now."""
    with reading() as session:
        return question(session, *asked)


def live_plan_of(session, project_id):
    return live_plan(session, visible_project(session, project_id, SYSTEM), today=TODAY)


def lines_of(county, act):
    return [line for line in county.asked(select(AuditLine)) if line.act == act]


def test_every_move_leaves_a_line_with_actor_day_basis_and_the_ends_after_it(county, does):
    amy = county.employs("amy", "Chief", sees=(None,))

    # 3 working days from Wednesday 8 April end on Monday the 13th; a stop on the 9th and 10th: on the 15th
    step = does(Act(Move.ACCEPT, april(8)), a_stop(9, 10), by=amy.actor)

    lines = now(journal, step.id)
    assert [(line.move, line.before, line.state, line.on) for line in lines] == [
        (Move.ACCEPT, StepState.NOT_STARTED, StepState.ACCEPTED, april(8)),
        (Move.STOP, StepState.ACCEPTED, StepState.IN_PROCEDURE, april(9)),
    ]
    assert [line.actor_id for line in lines] == [amy.actor.id] * 2
    assert lines[1].basis == "行政许可法第四十五条"
    assert lines[1].reason == "组织专家评审"
    assert lines[1].at is not None
    assert [line.promised_end_on for line in lines] == [april(13), april(15)]
    assert step.promised_end_on == april(15)


def test_overlapping_stops_are_rows_of_their_own_and_one_pause(does):
    # 9 to 10 and 10 to 14 April are one pause of four working days: the 13th becomes the 17th
    step = does(
        Act(Move.ACCEPT, april(8)),
        a_stop(9, 10),
        a_stop(10, 14, StopKind.PUBLICITY),
    )

    assert [stop.kind for stop in now(stops, [step.id])[step.id]] == [
        StopKind.EXPERT_REVIEW,
        StopKind.PUBLICITY,
    ]
    assert step.promised_end_on == april(17)


def test_a_stop_that_ends_early_gives_its_days_back(does):
    step = does(Act(Move.ACCEPT, april(8)), a_stop(9, 14), Act(Move.RESUME, april(9)))

    assert (step.state, step.promised_end_on) == (StepState.PROCEDURE_OVER, april(14))


def test_a_stop_past_its_planned_end_can_be_asked_for(does):
    step = does(Act(Move.ACCEPT, april(8)), a_stop(9, 10))

    assert now(overdue_stops, april(10)) == {}
    assert [stop.planned_last_on for stop in now(overdue_stops, april(13))[step.id]] == [april(10)]


def test_an_extension_moves_both_ends_and_is_taken_back_with_its_record(county, does):
    granted = Act(
        Move.EXTEND,
        april(9),
        workdays=5,
        basis="行政许可法第四十二条",
        reason="需要补充调查",
        decided_by="县发改局局长",
    )
    step = does(Act(Move.ACCEPT, april(8)), granted)
    assert [one.workdays for one in now(extensions, [step.id])[step.id]] == [5]
    assert step.promised_end_on == april(20)  # the 13th and five working days

    step = does(Act(Move.UNDO, TODAY))

    assert step.promised_end_on == april(13)
    assert now(extensions, [step.id]) == {}
    assert [row.is_void for row in county.asked(select(ExtensionRow))] == [True]


def test_taking_back_records_restores_stops_row_by_row(county, does):
    step = does(
        Act(Move.ACCEPT, april(8)),
        a_stop(9, 14),
        Act(Move.RESUME, april(10)),
        Act(Move.UNDO, TODAY),
    )
    assert (step.state, step.promised_end_on) == (StepState.IN_PROCEDURE, april(17))
    assert [(row.last_on, row.is_void) for row in county.asked(select(StopRow))] == [(None, False)]

    step = does(Act(Move.UNDO, TODAY))
    assert (step.state, step.promised_end_on) == (StepState.ACCEPTED, april(13))
    assert [row.is_void for row in county.asked(select(StopRow))] == [True]

    rows = county.asked(select(CaseMoveRow).order_by(CaseMoveRow.id))
    assert [row.undoes for row in rows] == [None, None, None, rows[2].id, rows[1].id]


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (a_stop(9, 10, reason=" "), ReasonMissing),
        (a_stop(9, 10, basis=""), BasisMissing),
        (a_stop(16, 17), NotYet),
        (Act(Move.EXTEND, april(9), workdays=5, decided_by="局长", basis="第四十二条"), ReasonMissing),
    ],
)
def test_a_try_to_move_an_end_without_what_it_takes_is_refused_and_logged(
    county, does, the_step, act, refusal
):
    does(Act(Move.ACCEPT, april(8)))
    before = the_step().version

    with pytest.raises(refusal):
        does(act)

    assert (the_step().version, the_step().promised_end_on) == (before, april(13))
    assert len(now(journal, the_step().id)) == 1
    (line,) = lines_of(county, MoveRefused.__name__)
    assert refusal.__name__ in line.facts
    assert now(first_altered) is None


def test_somebody_not_in_charge_cannot_stop_a_clock_and_learns_nothing(county, does, the_step):
    does(Act(Move.ACCEPT, april(8)))
    eve = county.employs("eve", "Concierge")

    with pytest.raises(Missing):
        record_act(the_step().id, a_stop(9, 10, reason=""), by=eve.actor)
    assert lines_of(county, MoveRefused.__name__) == []


def test_the_second_of_two_officers_is_told_and_changes_nothing(does, the_step):
    opened_at = does(Act(Move.ACCEPT, april(8))).version
    record_act(the_step().id, a_stop(9, 10), version=opened_at, by=SYSTEM)

    with pytest.raises(Stale):
        record_act(the_step().id, a_stop(9, 10), version=opened_at, by=SYSTEM)
    assert len(now(stops, [the_step().id])[the_step().id]) == 1


def test_slips_are_numbered_and_a_refusal_says_what_may_be_done_against_it(does):
    step = does(
        Act(Move.RECEIVE, april(8)),
        Act(Move.ACCEPT, april(8)),
        Act(Move.REFUSE, april(9), basis="节约能源法第十五条", reason="能效指标不达标"),
    )

    received, accepted, refused = now(journal, step.id)
    assert received.paper.endswith(f"-{step.number}-S20260408")
    assert accepted.paper.endswith(f"-{step.number}-SL20260408")
    assert refused.reason.startswith("能效指标不达标")
    assert "行政复议" in refused.reason
    assert (step.state, step.finished_on, step.ended_on) == (StepState.REFUSED, None, april(9))


def test_a_result_others_rest_on_cannot_be_revoked(county, project_id, the_step):
    edges = now(live_plan_of, project_id).edges
    held = {e.successor for e in edges if e.source.kind == "hard" and e.gate != "info"}
    first, second = min(
        (e.predecessor, e.successor)
        for e in edges
        if e.gate == "accept" and e.source.kind == "hard" and e.predecessor not in held
        if sum(o.successor == e.successor and o.source.kind == "hard" for o in edges) == 1
    )
    record_act(the_step(first).id, Act(Move.ACCEPT, april(8)), by=SYSTEM)
    record_act(the_step(first).id, Act(Move.PASS, april(9)), by=SYSTEM)
    record_act(the_step(second).id, Act(Move.ACCEPT, april(10)), by=SYSTEM)
    revoke = Act(Move.REVOKE, april(13), basis="行政许可法第六十九条", reason="材料虚假", decided_by="县政府")

    with pytest.raises(OthersRestOnIt):
        record_act(the_step(first).id, revoke, by=SYSTEM)

    record_act(the_step(second).id, Act(Move.RECALL, april(13)), by=SYSTEM)
    record_act(the_step(second).id, Act(Move.START_OVER, april(13)), by=SYSTEM)
    record_act(the_step(first).id, revoke, by=SYSTEM)
    assert (the_step(first).state, the_step(first).finished_on) == (StepState.REVOKED, None)


def test_silence_is_acceptance_on_the_day_of_receipt(county, does, the_step):
    # received on Wednesday 8 April: there is time until Wednesday the 15th; on the 16th it is accepted
    does(Act(Move.RECEIVE, april(8)))
    with work(SYSTEM) as w:
        assert not accept_by_silence(w, the_step().id)

    with clock.standing_at(april(16)), work(SYSTEM) as w:
        assert accept_by_silence(w, the_step().id)

    step = the_step()
    assert (step.state, step.accepted_on, step.promised_end_on) == (StepState.ACCEPTED, april(8), april(13))
    line = now(journal, step.id)[-1]
    assert (line.actor, line.basis) == ("system", "行政许可法第三十二条第一款第四项")

    with clock.standing_at(april(17)), work(SYSTEM) as w:
        assert not accept_by_silence(w, the_step().id)


def test_what_was_answered_in_time_is_not_accepted_by_silence(does, the_step):
    does(Act(Move.RECEIVE, april(8)), Act(Move.CORRECT, april(9), reason="缺图"))

    with clock.standing_at(april(24)), work(SYSTEM) as w:
        assert not accept_by_silence(w, the_step().id)
    assert the_step().state is StepState.CORRECTING


def test_a_calendar_that_changes_counts_the_ends_again_and_says_so(county, project_id, does, the_step):
    does(Act(Move.ACCEPT, april(8)))
    step = the_step()
    with work(SYSTEM) as w:
        assert recount_ends(w, project_id) == 0
        row = w.get(Step, step.id)
        row.promised_end_on = april(14)  # as an older year table counted it

    with work(SYSTEM) as w:
        assert recount_ends(w, project_id) == 1

    assert the_step().promised_end_on == april(13)
    (line,) = lines_of(county, "EndsRecounted")
    assert '"promised_before_on":"2026-04-14"' in line.facts


def test_the_day_begins_with_accepting_what_nobody_answered(county, does, the_step):
    does(Act(Move.RECEIVE, april(8)))

    with clock.standing_at(april(16)):
        with work(SYSTEM) as w:
            w.enqueue("projects.tasks:accept_the_silent")
        jobs.run_due()

    assert the_step().accepted_on == april(8)


def test_a_notice_of_the_holidays_counts_the_ends_again(county, project_id, does, the_step):
    does(Act(Move.ACCEPT, april(8)))
    with work(SYSTEM) as w:
        w.get(Step, the_step().id).promised_end_on = april(14)
        w.record(CalendarChanged(year=2026))

    jobs.run_due()

    assert the_step().promised_end_on == april(13)


def test_a_case_accepted_before_ends_were_kept_gets_its_ends(does, the_step):
    does(Act(Move.ACCEPT, april(8)))
    with work(SYSTEM) as w:
        w.get(Step, the_step().id).promised_end_on = None
    assert now(projects_without_ends) == (the_step().project_id,)

    with work(SYSTEM) as w:
        w.enqueue("projects.tasks:count_missing_ends")
    jobs.run_due()

    assert the_step().promised_end_on == april(13)
    assert now(projects_without_ends) == ()


def test_a_step_taken_off_the_list_comes_back_where_its_case_stood(does, the_step):
    step = does(Act(Move.ACCEPT, april(8)), Act(Move.WORK, april(9)))
    others = [NewStep("project-filing", "01", "DRC")]

    with work(SYSTEM) as w:
        set_steps(w, step.project_id, others)
    assert the_step().state is StepState.NOT_REQUIRED

    with work(SYSTEM) as w:
        set_steps(w, step.project_id, [*others, NewStep(FIRST, "02", "IPB")])
    assert the_step().state is StepState.WORKING


def test_a_step_with_a_record_taken_back_is_kept_when_it_leaves_the_list(does, the_step):
    step = does(Act(Move.PREPARE, april(8)), Act(Move.UNDO, TODAY))
    assert step.state is StepState.NOT_STARTED

    with work(SYSTEM) as w:
        set_steps(w, step.project_id, [NewStep("project-filing", "01", "DRC")])

    assert the_step().state is StepState.NOT_REQUIRED
    assert len(now(journal, step.id)) == 2


@pytest.mark.parametrize("move", [Move.PREPARE, Move.RECEIVE, Move.ACCEPT])
def test_a_year_typed_wrong_is_told_beside_the_day(the_step, move):
    with pytest.raises(TooLongAgo, match="0026-04-08 lies before"):
        record_act(the_step().id, Act(move, date(26, 4, 8)), by=SYSTEM)
