"""What a department may say in a joint review, and what is sent back to it with a sentence."""

from datetime import date

import pytest

from approvals.rules.giving_opinions import (
    AskedOnce,
    ConditionsExpected,
    GivenInFuture,
    GivenTooEarly,
    LeadLeads,
    MaterialExpected,
    NotAsked,
    OpinionTooLong,
    OwnConditionsContradict,
    ReasonExpected,
    ReviewOver,
    SilenceCounted,
    StanceAndLinesDiffer,
    StanceExpected,
    check_opinion,
    cleaned,
)
from approvals.rules.joint_reviews import ReviewState, silent_members
from approvals.rules.opinions import Opinion
from tests.approvals.joint_reviews import (
    AGREE,
    CONDITIONS,
    DUE,
    MATERIAL,
    NOT_OURS,
    SENT,
    SILENT,
    a_member,
    a_review,
)


def checked(opinion, review, department="HCB", today=SENT):
    return check_opinion(cleaned(opinion), review, department, name="住建", today=today)


def asked(*members, **told):
    return a_review(a_member("NRP"), a_member("HCB"), *members, **told)


def test_an_opinion_is_from_the_department_as_it_was_asked_last():
    review = asked(a_member("HCB", round_=2), round=2)

    assert checked(Opinion(stance=AGREE), review).round == 2


def test_blank_and_repeated_lines_are_no_conditions():
    told = Opinion(stance=CONDITIONS, conditions=(" 退界 ≥ 10 m ", "", "退界 ≥ 10 m", "设围墙"))

    assert cleaned(told).conditions == ("退界 ≥ 10 m", "设围墙")
    with pytest.raises(ConditionsExpected):
        checked(Opinion(stance=CONDITIONS, conditions=(" ",)), asked())


@pytest.mark.parametrize(
    ("opinion", "refusal"),
    [
        (Opinion(stance=SILENT), StanceExpected),
        (Opinion(stance=MATERIAL), MaterialExpected),
        (Opinion(stance=NOT_OURS), ReasonExpected),
        (Opinion(stance=AGREE, conditions=("退界 ≥ 10 m",)), StanceAndLinesDiffer),
        (Opinion(stance=CONDITIONS, conditions=("设围墙",), materials=("总平面图",)), StanceAndLinesDiffer),
        (Opinion(stance=NOT_OURS, text="属水利", materials=("总平面图",)), StanceAndLinesDiffer),
        (
            Opinion(stance=CONDITIONS, conditions=("退界 ≥ 10 m", "退界 ≤ 8 m")),
            OwnConditionsContradict,
        ),
        (Opinion(stance=AGREE, given_on=date(2026, 4, 16)), GivenInFuture),
        (Opinion(stance=AGREE, given_on=date(2026, 4, 14)), GivenTooEarly),
        (Opinion(stance=CONDITIONS, conditions=("长" * 501,)), OpinionTooLong),
        (Opinion(stance=AGREE, text="长" * 10_001), OpinionTooLong),
    ],
)
def test_what_cannot_stand_is_sent_back(opinion, refusal):
    with pytest.raises(refusal):
        checked(opinion, asked())


def test_a_department_that_needs_material_may_set_conditions_too():
    told = Opinion(stance=MATERIAL, conditions=("退界 ≥ 10 m",), materials=("总平面图",))

    assert checked(told, asked()).department == "HCB"


def test_who_was_not_asked_has_no_opinion_and_the_lead_cannot_hand_back():
    with pytest.raises(NotAsked):
        checked(Opinion(stance=AGREE), asked(), department="FGB")
    with pytest.raises(LeadLeads):
        checked(Opinion(stance=NOT_OURS, text="属住建"), asked(), department="NRP")


@pytest.mark.parametrize("state", [ReviewState.ANSWERED, ReviewState.CANCELLED])
def test_a_review_that_is_over_takes_no_opinion(state):
    with pytest.raises(ReviewOver):
        checked(Opinion(stance=AGREE), asked(state=state))


def test_silence_that_agreed_stays_and_silence_that_did_not_may_still_be_broken():
    silent = (a_member("NRP"), a_member("HCB", SILENT))
    late = date(2026, 4, 23)

    with pytest.raises(SilenceCounted) as refused:
        checked(Opinion(stance=AGREE), a_review(*silent, silence="deemed_agree"), today=late)
    assert refused.value.due_on == DUE
    assert checked(Opinion(stance=AGREE), a_review(*silent), today=late).department == "HCB"


def test_a_department_is_silent_once_its_last_day_is_over():
    review = asked(a_member("CAD", AGREE))

    assert silent_members(review, DUE) == ()
    assert [one.department for one in silent_members(review, date(2026, 4, 23))] == ["NRP", "HCB"]


def test_a_second_round_asks_for_no_new_paper():
    review = asked(a_member("HCB", MATERIAL, materials=("总平面图",)), a_member("HCB", round_=2), round=2)

    assert checked(Opinion(stance=MATERIAL, materials=("总 平面图",)), review).round == 2
    with pytest.raises(AskedOnce):
        checked(Opinion(stance=MATERIAL, materials=("日照分析",)), review)
