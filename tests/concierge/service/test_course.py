"""A case runs step after step; no step ends before its exit tests are met, none is left out in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading
from concierge.service.rules import exits
from concierge.service.rules.case import (
    CaseState,
    ItemState,
    Mode,
    Outcome,
    PaperState,
    Record,
    Slip,
    StepState,
)
from concierge.service.rules.course import (
    CaseClosed,
    CaseSuspended,
    NotThisStep,
    ReasonNeeded,
    SetDaysWrong,
    outcome_of,
)
from concierge.service.rules.papers import LaterDayWrong, MustBeHere
from concierge.service.services.finish_step import end_case, finish_step, skip_step
from concierge.service.services.issue_slip import issue_acceptance, issue_entrustment, sign_entrustment
from concierge.service.services.move_set import move_set
from concierge.service.services.note_paper import note_paper
from concierge.service.services.settle_item import settle_item
from concierge.service.services.suspend_case import resume_case, suspend_case
from tests.concierge.service.cases import a_case, accepted, file, filled, handed_over, noted, settled, signed
from tests.kernel.fixtures_office import Somebody

DAY = date(2026, 4, 15)  # a Wednesday


def test_the_six_steps_of_lianshui_end_one_after_another_and_close_the_case(clerk: Somebody) -> None:
    me = clerk.actor
    # step, what stands against its end at first, what is done about it
    course: list[tuple[int, type[Exception], Callable[[int], object]]] = [
        (1, exits.EntrustmentUnsigned, lambda case_id: signed(case_id, me)),
        (2, exits.FormIncomplete, lambda case_id: filled(case_id, me)),
        (2, exits.AcceptanceNotIssued, lambda case_id: issue_acceptance(case_id, by=me)),
        (3, exits.ItemsOpen, lambda case_id: settled(case_id, me)),
        (4, exits.RecordMissing, lambda case_id: noted(case_id, Record.ANSWER, me)),
        (4, exits.ResultsUnsigned, lambda case_id: handed_over(case_id, me)),
        (5, exits.RecordMissing, lambda case_id: noted(case_id, Record.REPORT, me)),
        (6, exits.RecordMissing, lambda case_id: noted(case_id, Record.CALL_BACK, me)),
    ]

    with clock.standing_at(DAY):
        case_id = a_case(me)
        for (place, refusal, deed), following in zip(course, [*course[1:], None], strict=True):
            with pytest.raises(refusal):
                finish_step(case_id, place, by=me)
            deed(case_id)
            if following is None or following[0] != place:
                finish_step(case_id, place, by=me)

    found = file(case_id)
    assert found.case.state is CaseState.CLOSED
    assert found.case.outcome is Outcome.DONE
    assert {one.state for one in found.steps} == {StepState.DONE}
    assert [one.kind for one in found.slips] == [Slip.ENTRUSTMENT, Slip.ACCEPTANCE, Slip.CLOSING]
    with reading() as session:
        names = [
            one.rpartition(":")[2] for one in session.scalars(select(EventRow.name).order_by(EventRow.id))
        ]
    assert names.count("ServiceStepDone") == 6
    assert names.count("ServiceCaseClosed") == 1
    with pytest.raises(CaseClosed):
        finish_step(case_id, 6, by=me)


def test_the_promise_ends_five_working_days_after_acceptance(clerk: Somebody) -> None:
    with clock.standing_at(DAY):
        case_id = a_case(clerk.actor)
        accepted(case_id, clerk.actor)

    # the elderly card is promised in 5: 16, 17, 20, 21, 22 April
    assert file(case_id).case.due_on == date(2026, 4, 22)


def test_a_suspension_moves_the_promise_by_the_working_days_it_lasted(clerk: Somebody) -> None:
    me = clerk.actor
    with clock.standing_at(DAY):
        case_id = a_case(me)
        signed(case_id, me)
        accepted(case_id, me)
    with clock.standing_at(date(2026, 4, 17)):
        suspend_case(case_id, "等待医院出具补充材料", "申请人书面申请", date(2026, 4, 21), by=me)
        with pytest.raises(CaseSuspended):
            finish_step(case_id, 1, by=me)
    with clock.standing_at(date(2026, 4, 21)):
        resume_case(case_id, "材料已补齐", by=me)

    # Stood still on Friday 17 and Monday 20; 21 counts again. Counted: 16, 21, 22, 23, 24 April.
    found = file(case_id)
    assert found.case.due_on == date(2026, 4, 24)
    assert [one.kind for one in found.slips] == [
        Slip.ENTRUSTMENT,
        Slip.ACCEPTANCE,
        Slip.SUSPENSION,
        Slip.RESUMPTION,
    ]
    finish_step(case_id, 1, by=me)


def test_across_regions_the_clock_waits_for_the_electronic_set(clerk: Somebody) -> None:
    me = clerk.actor
    with clock.standing_at(DAY):
        case_id = a_case(me, mode=Mode.RELAY, place_in_charge="衡水市桃城区政务服务中心")
        accepted(case_id, me)
        assert file(case_id).case.due_on is None
        with pytest.raises(SetDaysWrong):
            move_set(case_id, date(2026, 4, 14), None, by=me)
    with clock.standing_at(date(2026, 4, 20)):
        move_set(case_id, DAY, date(2026, 4, 20), by=me)

    # 5 working days after Monday 20 April: 21, 22, 23, 24, 27. The courier's days 15 to 20 do not count.
    found = file(case_id).case
    assert (found.sent_on_on, found.day_zero_on, found.due_on) == (DAY, date(2026, 4, 20), date(2026, 4, 27))


def test_a_step_is_left_out_only_with_a_reason_that_stands_on_the_closing_slip(clerk: Somebody) -> None:
    me = clerk.actor
    with clock.standing_at(DAY):
        case_id = a_case(me)
        with pytest.raises(ReasonNeeded):
            skip_step(case_id, 1, " 急 ", by=me)
        skip_step(case_id, 1, "老人卧床，由村代办员电话确认", by=me)
        with pytest.raises(NotThisStep):
            skip_step(case_id, 1, "老人卧床，由村代办员电话确认", by=me)
        end_case(case_id, Outcome.WITHDRAWN, "申请人不再需要办理", by=me)

    found = file(case_id)
    assert found.steps[0].state is StepState.SKIPPED
    assert found.steps[0].by == "hejia"
    closing = found.slip(Slip.CLOSING)
    assert closing is not None
    assert "老人卧床" in closing.facts
    assert "申请人不再需要办理" in closing.facts
    assert found.case.outcome is Outcome.WITHDRAWN


def test_the_last_step_cannot_be_left_out_while_a_service_is_open(clerk: Somebody) -> None:
    me = clerk.actor
    with clock.standing_at(DAY):
        case_id = a_case(me)
        for place in range(1, 6):
            skip_step(case_id, place, "按首席代办员要求跳过", by=me)

        with pytest.raises(exits.ItemsOpen):
            skip_step(case_id, 6, "按首席代办员要求跳过", by=me)


def test_a_refusal_says_why_and_some_done_some_refused_is_partly(clerk: Somebody) -> None:
    me = clerk.actor
    with clock.standing_at(DAY):
        case_id = a_case(me, services=("elderly-card", "elderly-allowance"))
        with pytest.raises(exits.AcceptanceNotIssued):
            settle_item(file(case_id).items[0].id, ItemState.DONE, "", by=me)
        accepted(case_id, me)
        with pytest.raises(ReasonNeeded):
            settle_item(file(case_id).items[0].id, ItemState.REFUSED, "", by=me)
        settled(case_id, me, refused=1)

    states = [one.state for one in file(case_id).items]
    assert states == [ItemState.REFUSED, ItemState.DONE]
    assert outcome_of(states) is Outcome.PARTLY
    assert outcome_of([ItemState.REFUSED]) is Outcome.REFUSED


def test_a_paper_comes_later_only_where_it_may_and_by_a_day(clerk: Somebody) -> None:
    me = clerk.actor
    with clock.standing_at(DAY):
        case_id = a_case(me)
        papers = {one.code: one.id for one in file(case_id).papers}

        with pytest.raises(MustBeHere):
            note_paper(papers["id-card"], PaperState.LATER, date(2026, 4, 20), by=me)
        with pytest.raises(LaterDayWrong):
            note_paper(papers["photo"], PaperState.LATER, DAY, by=me)
        note_paper(papers["photo"], PaperState.LATER, date(2026, 4, 20), by=me)
        note_paper(papers["id-card"], PaperState.SHARED, by=me)

        progress = file(case_id).progress()
        assert (progress.papers_missing, progress.papers_later) == (0, 1)


def test_a_letter_is_signed_on_a_day_from_its_printing_to_today(clerk: Somebody) -> None:
    me = clerk.actor
    with clock.standing_at(DAY):
        case_id = a_case(me)
        issue_entrustment(case_id, by=me)
        for wrong in (date(2026, 4, 14), date(2026, 4, 16)):
            with pytest.raises(Exception, match="signed on the day"):
                sign_entrustment(case_id, "周淑兰", wrong, by=me)
