"""One answer in time, silence, hearings, and saying no: each rule by its figures."""

from datetime import date

import pytest

from approvals.rules.agents import OwnerMustSign, check_owner_signs
from approvals.rules.case import AcceptedBySilence, Case, CaseTerms, moved
from approvals.rules.catalogue import Matter
from approvals.rules.hearing import hearing_days, latest_request
from approvals.rules.periods import periods
from approvals.rules.progress import Act, Move
from approvals.rules.receiving import (
    SILENCE_BASIS,
    Channel,
    accepted_by_silence,
    answer_expected,
    latest_notice,
    notice_workdays,
)
from approvals.rules.saying import (
    BasisMissing,
    FilingCannotBeRefused,
    ReasonMissing,
    with_remedies,
)
from scheduler import DayRule, WorkCalendar

RECEIVED = date(2026, 11, 23)
PERMIT = Matter(code="energy-review", name_zh="节能审查", name_en="Energy review", kind="permit")
DISCHARGE = Matter(
    code="pollutant-discharge-permit", name_zh="排污许可", name_en="Discharge permit", kind="permit"
)
FILING = Matter(code="project-filing", name_zh="项目备案", name_en="Filing", kind="filing")


@pytest.fixture
def calendar():
    return WorkCalendar([DayRule(date(2026, 10, 1), False, "holiday")], [2026])


@pytest.fixture
def act_on(calendar):
    def recorded(matter, *acts):
        of = CaseTerms(name=matter.name_zh, matter=matter, periods=periods(matter), calendar=calendar)
        case = Case()
        for act in acts:
            case = moved(case, act, of, today=date(2026, 12, 31))
        return case

    return recorded


# AC-1 to AC-4


def test_everything_missing_is_told_within_five_working_days(calendar):
    # from Monday 23 November: 24, 25, 26, 27, 30
    assert latest_notice(RECEIVED, PERMIT, calendar) == date(2026, 11, 30)


def test_a_shorter_limit_of_the_sector_wins(calendar):
    assert notice_workdays(DISCHARGE) == 3
    assert latest_notice(RECEIVED, DISCHARGE, calendar) == date(2026, 11, 26)


def test_silence_accepts_as_of_the_day_of_receipt(calendar):
    # rules.md AC-2: received 2026-11-23, nothing said by 11-30, on 12-01 it is accepted as of 11-23
    assert accepted_by_silence(RECEIVED, PERMIT, calendar, date(2026, 11, 30)) is None
    assert accepted_by_silence(RECEIVED, PERMIT, calendar, date(2026, 12, 1)) == RECEIVED
    assert accepted_by_silence(RECEIVED, DISCHARGE, calendar, date(2026, 11, 27)) == RECEIVED


def test_local_service_rules_want_the_answer_sooner(calendar):
    wanted = [answer_expected(RECEIVED, channel, calendar) for channel in Channel]

    assert wanted == [RECEIVED, date(2026, 11, 24), date(2026, 11, 25)]


def test_an_acceptance_after_the_limit_counts_from_the_day_of_receipt(act_on):
    case = act_on(PERMIT, Act(Move.RECEIVE, RECEIVED), Act(Move.ACCEPT, date(2026, 12, 4)))

    assert (case.accepted_on, case.lines[-1].basis) == (RECEIVED, SILENCE_BASIS)


def test_an_acceptance_within_the_limit_counts_from_its_own_day(act_on):
    case = act_on(PERMIT, Act(Move.RECEIVE, RECEIVED), Act(Move.ACCEPT, date(2026, 11, 30)))

    assert case.accepted_on == date(2026, 11, 30)


@pytest.mark.parametrize("move", [Move.CORRECT, Move.DECLINE, Move.NOT_ACCEPT])
def test_nothing_else_may_be_said_before_acceptance_once_the_limit_is_over(act_on, move):
    received, said = Act(Move.RECEIVE, RECEIVED), {"reason": "缺图"}

    with pytest.raises(AcceptedBySilence, match=r"by 2026-11-30, so by law .* as of 2026-11-23"):
        act_on(PERMIT, received, Act(move, date(2026, 12, 1), **said))
    assert act_on(PERMIT, received, Act(move, date(2026, 11, 30), **said))


def test_the_limit_begins_again_with_a_full_correction(act_on):
    # told on the 25th, complete on the 27th: there is time until Friday 4 December
    told = (
        Act(Move.RECEIVE, RECEIVED),
        Act(Move.CORRECT, date(2026, 11, 25), reason="缺图"),
        Act(Move.CORRECTED, date(2026, 11, 27)),
    )

    assert act_on(PERMIT, *told, Act(Move.ACCEPT, date(2026, 12, 4))).accepted_on == date(2026, 12, 4)
    assert act_on(PERMIT, *told, Act(Move.ACCEPT, date(2026, 12, 7))).accepted_on == date(2026, 11, 27)


# AC-12


def test_a_hearing_is_asked_for_in_five_days_held_in_twenty_and_told_seven_before(calendar):
    # asked for on 23 November: held by 21 December; held on Monday 14 December: told by Thursday 3 December
    assert latest_request(RECEIVED, calendar) == date(2026, 11, 30)

    days = hearing_days(RECEIVED, calendar, held_on=date(2026, 12, 14))

    assert (days.hold_by_on, days.announce_by_on) == (date(2026, 12, 21), date(2026, 12, 3))
    assert hearing_days(RECEIVED, calendar).announce_by_on is None


# AC-5, AC-14, AC-15


@pytest.mark.parametrize("move", [Move.NOT_ACCEPT, Move.DECLINE])
def test_nothing_is_turned_away_without_a_reason(act_on, move):
    received = Act(Move.RECEIVE, RECEIVED)

    with pytest.raises(ReasonMissing):
        act_on(PERMIT, received, Act(move, RECEIVED))
    assert act_on(PERMIT, received, Act(move, RECEIVED, reason="不属本机关职权")).ended_on == RECEIVED


def test_a_refusal_states_its_reasons_its_law_and_the_remedies(act_on):
    accepted = Act(Move.ACCEPT, RECEIVED)

    with pytest.raises(ReasonMissing):
        act_on(PERMIT, accepted, Act(Move.REFUSE, RECEIVED, basis="节约能源法第十五条"))
    with pytest.raises(BasisMissing):
        act_on(PERMIT, accepted, Act(Move.REFUSE, RECEIVED, reason="能效不达标"))
    told = with_remedies("能效不达标", "zh")
    assert "行政复议" in told
    assert "行政诉讼" in told
    assert with_remedies(told, "zh") == told  # said once


def test_a_filing_is_not_judged(act_on):
    refusal = Act(Move.REFUSE, RECEIVED, basis="某条", reason="不合适")

    with pytest.raises(FilingCannotBeRefused, match="项目备案"):
        act_on(FILING, Act(Move.ACCEPT, RECEIVED), refusal)


def test_revoking_says_why_and_by_what_law(act_on):
    made = (Act(Move.ACCEPT, RECEIVED), Act(Move.PASS, RECEIVED))
    said = {"reason": "以欺骗取得", "basis": "行政许可法第六十九条"}

    for word, refusal in (("reason", ReasonMissing), ("basis", BasisMissing)):
        with pytest.raises(refusal):
            act_on(PERMIT, *made, Act(Move.REVOKE, RECEIVED, **{**said, word: ""}))


# AC-16


def test_concierge_staff_do_not_sign_for_the_owner():
    check_owner_signs("罗敏 总经理", ("何佳", "唐远"))

    for signed_by in ("何佳", "罗敏、何佳", "何佳 代办员"):
        with pytest.raises(OwnerMustSign, match="何佳"):
            check_owner_signs(signed_by, ("何佳", "唐远"))
