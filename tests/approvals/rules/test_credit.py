"""The record of a broken promise: how long it shows, and how it goes; and decisions on a promise."""

from datetime import date

import pytest

from approvals.rules.assurance import (
    AssuranceIncomplete,
    AssuranceState,
    CheckTooEarly,
    FindingMissing,
    NoSuchAssuranceMove,
    PromiseBarred,
    ProtectedFromPromises,
    after_check,
    after_revocation,
    check_assurance,
)
from approvals.rules.commitment import (
    FormMissing,
    LatePaper,
    SignatureMissing,
    check_papers,
    check_signature,
)
from approvals.rules.credit import (
    CreditReasonMissing,
    CreditRecord,
    NoObjection,
    ObjectionOpen,
    RecordIsGone,
    answer_due_on,
    check_answer,
    check_change,
    check_objection,
    published_until,
)
from scheduler import DayRule, WorkCalendar

CALENDAR = WorkCalendar([DayRule(date(2026, 5, day), False, "holiday") for day in range(1, 6)], {2026})
RECORDED = date(2026, 4, 21)


def a_record(**told):
    facts = {
        "number": "RQ-2026-019",
        "uscc": "91439921MA7000001X",
        "due_on": date(2026, 4, 17),
        "was_supplied": False,
        "recorded_on": RECORDED,
        "published_until": published_until(RECORDED),
        **told,
    }
    return CreditRecord(**facts)


def test_a_record_shows_for_five_years_and_not_a_day_longer():
    assert published_until(RECORDED) == date(2031, 4, 21)
    assert a_record().shows(date(2031, 4, 21))
    assert not a_record().shows(date(2031, 4, 22))


def test_a_record_of_the_29th_of_february_ends_on_the_28th():
    assert published_until(date(2028, 2, 29)) == date(2033, 2, 28)


def test_a_repaired_record_is_gone_on_the_same_day():
    assert not a_record(removed_on=date(2026, 5, 6)).shows(date(2026, 5, 6))


def test_an_objection_is_answered_within_three_working_days():
    # Wednesday 29 April: Thursday 30, then after the holiday Wednesday 6 and Thursday 7 May
    assert answer_due_on(date(2026, 4, 29), CALENDAR) == date(2026, 5, 7)


def test_a_record_changes_with_a_reason_and_while_it_shows():
    check_change(a_record(), "补交并通过核对", today=RECORDED)

    with pytest.raises(CreditReasonMissing):
        check_change(a_record(), " ", today=RECORDED)
    with pytest.raises(RecordIsGone):
        check_change(a_record(removed_on=RECORDED), "再次", today=RECORDED)


def test_one_objection_at_a_time_and_an_answer_only_to_one():
    objected = a_record(objected_on=RECORDED, answer_due_on=date(2026, 4, 24))
    check_objection(a_record(), "材料已交", today=RECORDED)
    check_answer(objected, "核实无误", today=RECORDED)

    with pytest.raises(ObjectionOpen):
        check_objection(objected, "再次异议", today=RECORDED)
    with pytest.raises(NoObjection):
        check_answer(a_record(), "核实无误", today=RECORDED)


def test_the_letter_says_in_which_form_each_paper_comes_and_who_signed():
    check_papers((LatePaper("清单", "盖章原件", RECORDED),))
    check_signature("王经理")

    with pytest.raises(FormMissing):
        check_papers((LatePaper("清单", "盖章原件", RECORDED), LatePaper("协议", " ", RECORDED)))
    with pytest.raises(SignatureMissing):
        check_signature("")


# --- decided on a promise --------------------------------------------------------------------------


def an_assurance(**told):
    facts = {
        "matter": "water-soil-form",
        "step": "水土保持方案报告表",
        "said": ("符合全部条件", "水利部令第53号", "王经理", "李科长"),
        "decided_on": RECORDED,
        "check_due_on": date(2026, 6, 21),
        **told,
    }
    check_assurance(**facts)


def test_a_matter_is_decided_on_a_promise_that_says_everything():
    an_assurance()

    with pytest.raises(AssuranceIncomplete):
        an_assurance(said=("符合全部条件", "", "王经理", "李科长"))
    with pytest.raises(CheckTooEarly):
        an_assurance(check_due_on=date(2026, 4, 20))


def test_ecology_and_broken_promises_bar_a_decision_on_a_promise():
    with pytest.raises(ProtectedFromPromises):
        an_assurance(matter="eia-report")
    with pytest.raises(PromiseBarred):
        an_assurance(unrepaired=("GC-2025-002",))


def test_a_check_finds_the_promise_true_or_the_decision_is_revoked():
    decided = AssuranceState.DECIDED
    assert after_check("GC-2026-001", decided, is_true=True, finding="属实") is AssuranceState.TRUE
    untrue = after_check("GC-2026-001", decided, is_true=False, finding="未按方案施工")
    assert after_revocation("GC-2026-001", untrue) is AssuranceState.REVOKED

    with pytest.raises(FindingMissing):
        after_check("GC-2026-001", decided, is_true=True, finding="")
    with pytest.raises(NoSuchAssuranceMove):
        after_revocation("GC-2026-001", AssuranceState.TRUE)
    with pytest.raises(NoSuchAssuranceMove):
        after_check("GC-2026-001", AssuranceState.TRUE, is_true=False, finding="迟到的检查")
