"""A joint review from one submission to one answer: rounds, silence, contradictions, minutes, tasks."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.joint_review import JointReviewRow
from approvals.models.opinion import OpinionRow
from approvals.models.review import RoomRow
from approvals.models.step import Step, StepState
from approvals.queries import joint_reviews
from approvals.rules.consolidation import ContradictionsOpen, NotOursOpen, OpinionsOutstanding, consolidated
from approvals.rules.giving_opinions import AskedOnce, ReviewOver, SilenceCounted
from approvals.rules.handing_on import HandedToNobody, NothingToHandOn
from approvals.rules.joint_limits import ReviewExtendedAlready, ReviewExtensionTooLong
from approvals.rules.joint_reviews import AnswerKind, ReviewKind, ReviewState
from approvals.rules.minutes import (
    LeadNotThere,
    NewMinutes,
    NewTask,
    Present,
    TaskDone,
    TwoOfficersNeeded,
)
from approvals.rules.opinions import Opinion, OpinionWay, Stance
from approvals.rules.review_members import (
    DecidingMemberLeftOut,
    InReviewAlready,
    MemberNotOfGroup,
    SessionNeeded,
    SiteSeenAlready,
    SittingNotForThis,
    StepNotReviewedHere,
)
from approvals.rules.settling import CancelledWithoutReason, SettlementExpected, TwoConditionsExpected
from approvals.rules.sittings import Half
from approvals.services.announce_sitting import ListedStep, NewSitting, announce_sitting
from approvals.services.cancel_review import cancel_review
from approvals.services.close_round import close_round
from approvals.services.confirm_receipt import confirm_receipt
from approvals.services.consolidate_review import consolidate_review
from approvals.services.convene_review import NewReview, convene_review
from approvals.services.extend_review import extend_review
from approvals.services.finish_task import finish_task
from approvals.services.give_opinion import give_opinion
from approvals.services.hand_on_opinion import hand_on_opinion
from approvals.services.keep_minutes import keep_minutes
from approvals.services.open_second_round import open_second_round
from approvals.services.settle_contradiction import mark_contradiction, settle_contradiction
from approvals.tasks import close_rounds
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.work import reading, work
from projects.services.open_project import open_project
from tests.builders import a_new_project

# A Wednesday. JR_PERMIT (led by HCB, with QSS, HRB, CUB) reviews papers and answers within 3 working days:
# by Monday 20 April. In that group silence agrees; in JR_ASSESS and JR_ACCEPT it does not.
WEDNESDAY, MONDAY, TUESDAY = date(2026, 4, 15), date(2026, 4, 20), date(2026, 4, 21)
PERMIT = ("construction-permit",)
AGREE = Opinion(stance=Stance.AGREE)


def needs(*materials):
    return Opinion(stance=Stance.MATERIAL, materials=materials)


def if_(*conditions):
    return Opinion(stance=Stance.CONDITIONS, conditions=conditions)


@pytest.fixture
def project(county):
    return open_project(a_new_project(), by=SYSTEM)


@pytest.fixture
def convened(project):
    """A review of the construction permit, but for what a test says; answers its number."""

    def made(**told):
        usual = {"project_id": project, "review_group": "JR_PERMIT", "steps": PERMIT}
        return convene_review(NewReview(**{**usual, **told}), by=SYSTEM)

    return made


@pytest.fixture
def acts(county):
    """What the trace says happened, oldest first."""

    def named():
        return [line.act for line in county.asked(select(AuditLine).order_by(AuditLine.id))]

    return named


def of(review_id):
    with reading() as session:
        return joint_reviews.review(session, review_id)


def draft_of(review_id):
    with reading() as session:
        review = joint_reviews.review(session, review_id)
        return consolidated(review, joint_reviews.recorded(session, review))


def everybody_agrees(review_id, *but):
    for member in of(review_id).asked_now:
        if member.department not in but:
            give_opinion(review_id, member.department, AGREE, by=SYSTEM)


def a_sitting(county, project, group, step, on=MONDAY, half=Half.MORNING):
    (room,) = county.keeps(RoomRow(name=f"Room {group} {on}", places=30))
    return announce_sitting(
        NewSitting(review_group=group, on=on, half=half, room_id=room, steps=(ListedStep(project, step),)),
        by=SYSTEM,
    )


def test_everybody_is_sent_the_submission_the_same_minute(convened, acts):
    review = of(convened())

    assert review.kind is ReviewKind.WRITTEN
    assert [member.department for member in review.members] == ["HCB", "QSS", "HRB", "CUB"]
    assert len({member.sent_at for member in review.members}) == 1
    assert {member.due_on for member in review.members} == {MONDAY}
    assert review.due_on == MONDAY
    assert "ReviewConvened" in acts()


def test_a_member_with_nothing_to_decide_is_asked_only_if_somebody_wants_it(convened, project):
    with work(SYSTEM) as w:
        for step in w.session.scalars(select(Step).where(Step.department == "CUB")):
            step.state = StepState.NOT_REQUIRED

    with pytest.raises(DecidingMemberLeftOut):
        convened(members=("HCB", "QSS"))
    with pytest.raises(MemberNotOfGroup):
        convened(members=("HCB", "QSS", "HRB", "EEB"))
    assert [m.department for m in of(convened()).members] == ["HCB", "QSS", "HRB"]


def test_a_step_is_in_one_open_review_and_only_in_that_of_its_group(convened):
    first = convened()

    with pytest.raises(InReviewAlready):
        convened()
    with pytest.raises(StepNotReviewedHere):
        convened(steps=("eia-form",))
    cancel_review(first, "入错了组", by=SYSTEM)
    assert convened() > first


def test_who_may_not_see_the_project_convenes_and_answers_nothing(county, convened):
    stranger = county.employs("stranger", "Concierge")
    number = convened()

    with pytest.raises(Missing):
        convene_review(NewReview(project_id=1, review_group="JR_PERMIT", steps=PERMIT), by=stranger.actor)
    with pytest.raises(Missing):
        give_opinion(number, "HCB", AGREE, by=stranger.actor)


def test_a_receipt_is_confirmed_once(convened, acts):
    number = convened()

    confirm_receipt(number, "QSS", received_by="王工", by=SYSTEM)
    confirm_receipt(number, "QSS", by=SYSTEM)

    member = of(number).member("QSS")
    assert (member.received_by, member.received_way) == ("王工", OpinionWay.SCREEN)
    assert acts().count("ReceiptConfirmed") == 1


def test_with_the_last_opinion_the_round_is_over_and_all_agree(convened, acts):
    number = convened()

    everybody_agrees(number)

    assert of(number).state is ReviewState.GATHERED
    assert acts().count("RoundClosed") == 1
    draft = consolidate_review(number, "同意", by=SYSTEM)
    assert draft.kind is AnswerKind.AGREED
    review = of(number)
    assert (review.state, review.answer.text, review.answer.on) == (ReviewState.ANSWERED, "同意", WEDNESDAY)
    with pytest.raises(ReviewOver):
        give_opinion(number, "QSS", AGREE, by=SYSTEM)


def test_a_department_may_think_again_and_both_opinions_stay(county, convened):
    number = convened()

    give_opinion(number, "QSS", if_("设围挡"), by=SYSTEM)
    give_opinion(number, "QSS", AGREE, by=SYSTEM)

    assert of(number).member("QSS").stance is Stance.AGREE
    assert len(county.asked(select(OpinionRow))) == 2


def test_silence_is_written_down_once_its_day_is_over_and_agrees_where_the_group_says_so(convened, acts):
    number = convened()
    everybody_agrees(number, "CUB")

    with clock.standing_at(MONDAY):
        assert not close_round(number)
    with clock.standing_at(TUESDAY):
        assert close_round(number)
        assert not close_round(number)
        with pytest.raises(SilenceCounted):
            give_opinion(number, "CUB", AGREE, by=SYSTEM)
        draft = consolidate_review(number, "同意", by=SYSTEM)

    assert (draft.kind, draft.by_silence) == (AnswerKind.AGREED, ("CUB",))
    assert acts().count("RoundClosed") == 1


def test_the_daily_task_closes_every_round_whose_day_is_over(convened):
    number = convened()

    with clock.standing_at(TUESDAY):
        with work(SYSTEM) as w:
            w.enqueue("approvals.tasks:close_rounds")
        jobs.run_due()

    assert close_rounds.__doc__
    assert {member.stance for member in of(number).members} == {Stance.SILENT}
    assert of(number).state is ReviewState.GATHERED


def test_silence_is_no_consent_elsewhere_and_may_be_broken_late(county, project, convened):
    number = convened(
        review_group="JR_ASSESS",
        steps=("eia-form",),
        sitting_id=a_sitting(county, project, "JR_ASSESS", "eia-form", on=TUESDAY),
    )
    everybody_agrees(number, "EEB")

    # The session is day 0 and opinions have 5 working days: from Tuesday 21 to Tuesday 28 April.
    assert of(number).due_on == date(2026, 4, 28)
    with clock.standing_at(date(2026, 4, 29)):
        close_round(number)
        with pytest.raises(OpinionsOutstanding):
            consolidate_review(number, "同意", by=SYSTEM)
        give_opinion(number, "EEB", AGREE, by=SYSTEM)
        assert consolidate_review(number, "同意", by=SYSTEM).kind is AnswerKind.AGREED
    assert of(number).member("EEB").is_late


def test_a_group_that_comes_together_needs_its_sitting_and_the_right_one(county, project, convened):
    sitting = a_sitting(county, project, "JR_ASSESS", "eia-form", on=TUESDAY)
    other = a_sitting(county, project, "JR_SCHEME", "design-scheme-review", half=Half.AFTERNOON)

    with pytest.raises(SessionNeeded):
        convened(review_group="JR_ASSESS", steps=("eia-form",))
    with pytest.raises(SittingNotForThis):
        convened(review_group="JR_ASSESS", steps=("eia-form",), sitting_id=other)
    assert (
        of(convened(review_group="JR_ASSESS", steps=("eia-form",), sitting_id=sitting)).session_on == TUESDAY
    )


def test_papers_that_are_missing_make_one_list_and_the_second_round_asks_those_who_asked(convened, acts):
    number = convened()
    everybody_agrees(number, "QSS", "HRB")
    give_opinion(number, "QSS", needs("质量安全承诺书", "塔吊方案"), by=SYSTEM)
    give_opinion(number, "HRB", needs("质量安全承诺书"), by=SYSTEM)

    draft = consolidate_review(number, "请补齐两份材料", by=SYSTEM)
    asked = open_second_round(number, by=SYSTEM)

    assert [(one.text, one.departments) for one in draft.materials] == [
        ("质量安全承诺书", ("QSS", "HRB")),
        ("塔吊方案", ("QSS",)),
    ]
    assert asked == ("QSS", "HRB")
    review = of(number)
    assert (review.round, review.state) == (2, ReviewState.GATHERING)
    assert [answer.text for answer in review.answers] == ["请补齐两份材料"]
    everybody_agrees(number)
    assert consolidate_review(number, "同意", by=SYSTEM).kind is AnswerKind.AGREED
    assert [answer.round for answer in of(number).answers] == [1, 2]
    assert "SecondRoundOpened" in acts()


def test_a_second_list_is_refused_and_leaves_its_trace(convened, acts):
    number = convened()
    everybody_agrees(number, "QSS")
    give_opinion(number, "QSS", needs("塔吊方案"), by=SYSTEM)
    consolidate_review(number, "请补齐", by=SYSTEM)
    open_second_round(number, by=SYSTEM)

    with pytest.raises(AskedOnce):
        give_opinion(number, "QSS", needs("基坑监测方案"), by=SYSTEM)

    assert of(number).member("QSS").given is None
    assert acts()[-1] == "LatePaperAsked"


def test_conditions_that_cannot_both_hold_are_settled_before_the_answer(convened):
    number = convened()
    everybody_agrees(number, "QSS", "CUB")
    give_opinion(number, "QSS", if_("围挡高度 ≥ 2.5 m"), by=SYSTEM)
    give_opinion(number, "CUB", if_("围挡高度 ≤ 2 m"), by=SYSTEM)
    (found,) = draft_of(number).contradictions

    with pytest.raises(ContradictionsOpen):
        consolidate_review(number, "按条件办理", by=SYSTEM)
    with pytest.raises(SettlementExpected):
        settle_contradiction(number, found.key, " ", by=SYSTEM)
    settle_contradiction(number, found.key, "临街 2.5 m", by=SYSTEM)

    assert consolidate_review(number, "按条件办理", by=SYSTEM).kind is AnswerKind.CONDITIONS


def test_a_person_marks_two_lines_of_words_and_a_second_round_asks_only_those_two(convened):
    number = convened()
    everybody_agrees(number, "QSS", "CUB")
    give_opinion(number, "QSS", if_("出入口开向东街"), by=SYSTEM)
    give_opinion(number, "CUB", if_("东街不得开口", "夜间不得运输"), by=SYSTEM)
    first, second, third = (one.id for one in draft_of(number).conditions)

    with pytest.raises(TwoConditionsExpected):
        mark_contradiction(number, (second, third), "同一部门", by=SYSTEM)
    mark_contradiction(number, (second, first), "方向相反", by=SYSTEM)

    (found,) = draft_of(number).contradictions
    assert (found.is_marked, found.note) == (True, "方向相反")
    assert open_second_round(number, by=SYSTEM) == ("QSS", "CUB")
    # Both are to say something new: what they said before no longer stands beside it.
    give_opinion(number, "QSS", AGREE, by=SYSTEM)
    give_opinion(number, "CUB", if_("东街不得开口"), by=SYSTEM)
    assert draft_of(number).contradictions == ()


def test_what_no_rule_finds_and_nobody_marked_cannot_be_settled(convened):
    number = convened()
    give_opinion(number, "QSS", if_("设围挡"), by=SYSTEM)
    give_opinion(number, "CUB", if_("夜间不得运输"), by=SYSTEM)
    lines = tuple(one.id for one in draft_of(number).conditions)

    with pytest.raises(Missing):
        settle_contradiction(number, lines, "都行", by=SYSTEM)


def test_not_ours_goes_to_the_lead_who_asks_another_or_takes_it_over(convened):
    number = convened()
    everybody_agrees(number, "CUB", "HRB")
    for department in ("CUB", "HRB"):
        give_opinion(number, department, Opinion(stance=Stance.NOT_OURS, text="属公安"), by=SYSTEM)

    with pytest.raises(NotOursOpen):
        consolidate_review(number, "同意", by=SYSTEM)
    with pytest.raises(NothingToHandOn):
        hand_on_opinion(number, "QSS", "PSB", by=SYSTEM)
    with pytest.raises(HandedToNobody):
        hand_on_opinion(number, "CUB", "HRB", by=SYSTEM)
    hand_on_opinion(number, "CUB", "PSB", note="占道归交警", by=SYSTEM)
    hand_on_opinion(number, "HRB", "HCB", by=SYSTEM)

    review = of(number)
    assert (review.state, review.member("PSB").due_on) == (ReviewState.GATHERING, MONDAY)
    give_opinion(number, "PSB", AGREE, by=SYSTEM)
    assert consolidate_review(number, "同意", by=SYSTEM).agreed == ("HCB", "QSS", "PSB")


def test_open_reviews_of_a_department_are_those_it_has_not_answered(convened):
    number = convened()

    def owed(department):
        with reading() as session:
            return [asked.review.id for asked in joint_reviews.open_for(session, department)]

    assert (owed("QSS"), owed("FGB")) == ([number], [])
    give_opinion(number, "QSS", AGREE, way=OpinionWay.LINK, by=SYSTEM)
    assert owed("QSS") == []


def test_a_site_is_seen_once_by_two_officers_of_each_authority(county, project, convened):
    site = {"review_group": "JR_SITE", "steps": ("joint-site-visit",)}
    number = convened(
        **site, sitting_id=a_sitting(county, project, "JR_SITE", "joint-site-visit", on=TUESDAY)
    )
    everyone = of(number).asked_now

    def there(**officers):
        return tuple(Present(m.department, officers.get(m.department, 2)) for m in everyone)

    with clock.standing_at(TUESDAY):
        with pytest.raises(TwoOfficersNeeded):
            keep_minutes(
                number, NewMinutes(held_on=TUESDAY, text="已看现场", present=there(EEB=1)), by=SYSTEM
            )
        with pytest.raises(LeadNotThere):
            keep_minutes(number, NewMinutes(held_on=TUESDAY, text="已看现场", present=there()[1:]), by=SYSTEM)
        # A utility advises and checks nothing for an authority: one of its people is enough.
        keep_minutes(
            number,
            NewMinutes(held_on=TUESDAY, text="已看现场", present=there(GPW=1)),
            tasks=[NewTask("补测红线", "ENT", date(2026, 4, 24))],
            by=SYSTEM,
        )
        with reading() as session:
            (task,) = joint_reviews.tasks_of(session, number)
        finish_task(task.id, TUESDAY, note="已交", by=SYSTEM)
        with pytest.raises(TaskDone):
            finish_task(task.id, TUESDAY, by=SYSTEM)
    everybody_agrees(number)
    consolidate_review(number, "同意", by=SYSTEM)

    with clock.standing_at(date(2026, 4, 22)):
        again = a_sitting(county, project, "JR_SITE", "joint-site-visit", on=date(2026, 4, 24))
        with pytest.raises(SiteSeenAlready):
            convened(**site, sitting_id=again)
        assert convened(**site, sitting_id=again, why_again="红线已调整") > number


def test_the_whole_may_be_extended_once_by_the_government(convened):
    number = convened()

    with pytest.raises(ReviewExtensionTooLong):
        extend_review(number, 16, approved_by="县政府", reason="汛期", by=SYSTEM)
    extend_review(number, 15, approved_by="县政府〔2026〕8号", reason="汛期", by=SYSTEM)
    with pytest.raises(ReviewExtendedAlready):
        extend_review(number, 1, approved_by="县政府", reason="汛期", by=SYSTEM)

    assert of(number).extended_workdays == 15


def test_a_cancelled_review_keeps_its_reason_and_takes_nothing_more(convened):
    number = convened()

    with pytest.raises(CancelledWithoutReason):
        cancel_review(number, " ", by=SYSTEM)
    cancel_review(number, "方案撤回", by=SYSTEM)

    review = of(number)
    assert (review.state, review.cancelled_reason) == (ReviewState.CANCELLED, "方案撤回")
    with pytest.raises(ReviewOver):
        give_opinion(number, "QSS", AGREE, by=SYSTEM)
    with pytest.raises(ReviewOver):
        consolidate_review(number, "同意", by=SYSTEM)


def test_two_people_do_not_answer_the_same_review(county, convened):
    number = convened()
    everybody_agrees(number)
    seen = county.has(JointReviewRow, number).version
    consolidate_review(number, "同意", version=seen, by=SYSTEM)

    with pytest.raises(Stale):
        consolidate_review(number, "不同意", version=seen, by=SYSTEM)
