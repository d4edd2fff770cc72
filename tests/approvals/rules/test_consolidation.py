"""One answer from many opinions, and who is asked again."""

import pytest

from approvals.rules.consolidation import (
    AgainReason,
    AnswerExpected,
    ContradictionsOpen,
    NobodyAffected,
    NoSecondRound,
    NotOursOpen,
    OpinionsOutstanding,
    RoundNotOver,
    asked_again,
    check_answer,
    check_second_round,
    consolidated,
    subjects_of,
)
from approvals.rules.contradictions import Contradiction
from approvals.rules.joint_reviews import AnswerKind, ReviewState
from tests.approvals.joint_reviews import (
    AGREE,
    CONDITIONS,
    MATERIAL,
    NOT_OURS,
    SILENT,
    a_member,
    a_review,
    an_answer,
)

NAMES = {"HCB": "住建", "GGS": "燃气"}


def gathered(*members, **told):
    return a_review(*members, **{"state": ReviewState.GATHERED, **told})


def test_when_all_agree_the_answer_agrees():
    draft = consolidated(gathered(a_member("NRP", AGREE), a_member("HCB", AGREE)))

    check_answer(draft, "同意", NAMES)
    assert (draft.kind, draft.agreed, draft.outstanding) == (AnswerKind.AGREED, ("NRP", "HCB"), ())


def test_conditions_are_gathered_in_the_departments_own_words():
    draft = consolidated(
        gathered(
            a_member("NRP", CONDITIONS, conditions=("退界 ≥ 10 m",)),
            a_member("HCB", CONDITIONS, conditions=("设围墙", "退界 ≥ 8 m")),
            a_member("CAD", AGREE),
        )
    )

    check_answer(draft, "按条件办理", NAMES)
    assert draft.kind is AnswerKind.CONDITIONS
    assert [(one.department, one.text) for one in draft.conditions] == [
        ("NRP", "退界 ≥ 10 m"),
        ("HCB", "设围墙"),
        ("HCB", "退界 ≥ 8 m"),
    ]
    assert draft.contradictions == ()


def test_missing_papers_make_one_list_each_paper_once():
    draft = consolidated(
        gathered(
            a_member("NRP", MATERIAL, materials=("总平面图", "日照分析")),
            a_member("HCB", MATERIAL, materials=("总 平面图",), conditions=("设围墙",)),
        )
    )

    assert draft.kind is AnswerKind.MATERIAL
    assert [(one.text, one.departments) for one in draft.materials] == [
        ("总平面图", ("NRP", "HCB")),
        ("日照分析", ("NRP",)),
    ]
    assert [one.text for one in draft.conditions] == ["设围墙"]


def test_silence_agrees_only_where_the_group_says_so():
    members = (a_member("NRP", AGREE), a_member("HCB", SILENT))

    agreed = consolidated(gathered(*members, silence="deemed_agree"))
    open_ = consolidated(gathered(*members, silence="none"))

    check_answer(agreed, "同意", NAMES)
    assert (agreed.kind, agreed.by_silence) == (AnswerKind.AGREED, ("HCB",))
    with pytest.raises(OpinionsOutstanding) as refused:
        check_answer(open_, "同意", NAMES)
    assert refused.value.departments == "住建"


def test_a_matter_nobody_took_over_stands_against_the_answer():
    lead, member = a_member("NRP", AGREE), a_member("HCB", NOT_OURS)
    taken = a_member("HCB", NOT_OURS, handed_to="NRP")

    with pytest.raises(NotOursOpen):
        check_answer(consolidated(gathered(lead, member)), "同意", NAMES)
    check_answer(consolidated(gathered(lead, taken)), "同意", NAMES)


def test_a_contradiction_stands_against_the_answer_until_the_lead_has_settled_it():
    review = gathered(
        a_member("NRP", CONDITIONS, conditions=("退界 ≥ 10 m",)),
        a_member("HCB", CONDITIONS, conditions=("退界 ≤ 8 m",)),
    )
    draft = consolidated(review)
    (found,) = draft.contradictions

    with pytest.raises(ContradictionsOpen) as refused:
        check_answer(draft, "按条件办理", NAMES)
    assert (refused.value.first, refused.value.second) == ("退界 ≥ 10 m", "退界 ≤ 8 m")

    settled = Contradiction(found.first, found.second, resolution="10 m")
    check_answer(consolidated(review, [settled]), "按条件办理", NAMES)


def test_an_answer_that_asks_for_papers_may_leave_a_contradiction_open():
    review = gathered(
        a_member("NRP", MATERIAL, conditions=("退界 ≥ 10 m",), materials=("总平面图",)),
        a_member("HCB", CONDITIONS, conditions=("退界 ≤ 8 m",)),
    )

    check_answer(consolidated(review), "请补齐", NAMES)


def test_an_answer_has_words():
    with pytest.raises(AnswerExpected):
        check_answer(consolidated(gathered(a_member("NRP", AGREE))), " ", NAMES)


def test_what_a_department_said_last_counts():
    draft = consolidated(
        gathered(
            a_member("NRP", AGREE),
            a_member("HCB", MATERIAL, materials=("总平面图",)),
            a_member("HCB", AGREE, round_=2),
            round=2,
        )
    )

    assert (draft.kind, draft.agreed) == (AnswerKind.AGREED, ("NRP", "HCB"))


def test_only_those_affected_are_asked_again():
    # NRP 10 m and CAD 8 m contradict; HCB wants a paper; LGB set a condition on a subject that changed;
    # GGS said nothing; PSB agrees and EEB's condition stands untouched: the last two are left in peace.
    review = gathered(
        a_member("NRP", CONDITIONS, conditions=("退界 ≥ 10 m",)),
        a_member("CAD", CONDITIONS, conditions=("退界 ≤ 8 m",)),
        a_member("HCB", MATERIAL, materials=("总平面图",)),
        a_member("LGB", CONDITIONS, conditions=("绿地率 ≥ 20 %",)),
        a_member("EEB", CONDITIONS, conditions=("噪声 ≤ 55 dB",)),
        a_member("PSB", AGREE),
        a_member("GGS", SILENT),
    )

    again = asked_again(review, consolidated(review).contradictions, changed=("绿地率",))

    assert again == {
        "NRP": (AgainReason.CONTRADICTION,),
        "CAD": (AgainReason.CONTRADICTION,),
        "HCB": (AgainReason.MATERIAL,),
        "LGB": (AgainReason.CHANGED,),
        "GGS": (AgainReason.SILENT,),
    }
    assert subjects_of(review) == ("退界", "绿地率", "噪声")


def test_a_settled_contradiction_and_a_silence_that_agreed_ask_nobody_again():
    review = gathered(
        a_member("NRP", CONDITIONS, conditions=("退界 ≥ 10 m",)),
        a_member("CAD", CONDITIONS, conditions=("退界 ≤ 8 m",)),
        a_member("GGS", SILENT),
        silence="deemed_agree",
    )
    (found,) = consolidated(review).contradictions
    settled = Contradiction(found.first, found.second, resolution="10 m")

    again = asked_again(review, [settled])

    assert again == {}
    with pytest.raises(NobodyAffected):
        check_second_round(review, again, NAMES)


def test_a_whole_department_can_be_affected_by_a_change():
    review = gathered(a_member("NRP", AGREE), a_member("PSB", AGREE))

    assert asked_again(review, changed=("PSB",)) == {"PSB": (AgainReason.CHANGED,)}


def test_a_second_round_waits_for_the_first_and_follows_no_final_answer():
    running = a_review(a_member("NRP", MATERIAL, materials=("总平面图",)), a_member("HCB"))
    told = {"NRP": (AgainReason.MATERIAL,)}
    member = a_member("NRP", MATERIAL, materials=("总平面图",))
    asked_for_papers = a_review(member, state=ReviewState.ANSWERED, answers=(an_answer(AnswerKind.MATERIAL),))
    final = a_review(member, state=ReviewState.ANSWERED, answers=(an_answer(AnswerKind.AGREED),))

    with pytest.raises(RoundNotOver):
        check_second_round(running, told, NAMES)
    with pytest.raises(NoSecondRound):
        check_second_round(final, told, NAMES)
    check_second_round(asked_for_papers, told, NAMES)
