"""A joint review on good and bad days: one submission, many departments, one answer, no paper asked twice."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.joint_review import JointReviewRow
from approvals.models.minutes import ReviewTaskRow
from approvals.models.step import Step, StepState
from approvals.queries import joint_reviews
from approvals.rules.joint_reviews import AnswerKind, ReviewState
from approvals.rules.opinions import Opinion, OpinionWay, Stance
from approvals.rules.progress import Act, Move
from approvals.services.give_opinion import give
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.work import reading, work
from projects.services.record_move import record_act
from tests.builders import a_project

# The construction permit is reviewed by papers: housing leads, with quality supervision, labour and urban
# management. Sent on Wednesday 15 April, opinions are due on Monday 20 April; there, silence agrees.
WEDNESDAY, MONDAY, TUESDAY, THURSDAY = (
    date(2026, 4, 15),
    date(2026, 4, 20),
    date(2026, 4, 21),
    date(2026, 4, 23),
)
PERMIT = "construction-permit"
BY_LINK = Actor(None, "质安站")


@pytest.fixture
def amy(county):
    """The officer of the project."""
    return county.employs("amy", "Concierge")


@pytest.fixture
def project(county, amy):
    """An industrial project whose application for the permit came in on Tuesday."""
    bo = county.employs("bo", "Concierge")
    number = a_project(pair=(amy.id, bo.id))
    step = county.asked(select(Step).where(Step.project_id == number, Step.code == PERMIT))[0]
    record_act(step.id, Act(Move.RECEIVE, date(2026, 4, 14)), by=SYSTEM)
    jobs.run_due()
    return number


@pytest.fixture
def sends(amy, project):
    """Amy sends the submission to all members of the group; answers the number of the review."""

    def sent():
        form = {"project": project, "group": "JR_PERMIT", "steps": [PERMIT]}
        members = {"members": ["HCB", "QSS", "HRB", "CUB"], "subject": "施工许可材料一套"}
        answer = amy.sends("/reviews/cases/new", {**form, **members})
        return int(answer.headers["Location"].rsplit("/", 1)[1])

    return sent


def answers(department, stance, **lines):
    """A department answers through its link, without an account."""

    def said(review_id):
        with work(BY_LINK) as w:
            give(w, review_id, department, Opinion(stance=stance, **lines), way=OpinionWay.LINK)

    return said


def of(review_id):
    with reading() as session:
        return joint_reviews.review(session, review_id)


def the_permit(county):
    return county.asked(select(Step).where(Step.code == PERMIT))[0]


def gives_answer(amy, review_id, text, **more):
    form = {"text": text, "version": of(review_id).version, **more}
    return amy.sends(f"/reviews/cases/{review_id}/answer", form)


def a_new_day():
    """What the morning does by itself."""
    with work(SYSTEM) as w:
        w.enqueue("approvals.tasks:close_rounds")
    jobs.run_due()


def test_two_rounds_one_list_and_a_clock_that_stands_meanwhile(county, amy, project, sends):
    review_id = sends()
    assert len({member.sent_at for member in of(review_id).members}) == 1

    # Three answer by their link; urban management says nothing, and on Tuesday its silence agrees.
    answers("HCB", Stance.AGREE)(review_id)
    answers("QSS", Stance.MATERIAL, materials=("塔吊方案", "质量安全承诺书"))(review_id)
    answers("HRB", Stance.MATERIAL, materials=("质量安全承诺书",))(review_id)
    with clock.standing_at(TUESDAY):
        a_new_day()
        a_new_day()
        review = of(review_id)
        assert review.state is ReviewState.GATHERED
        assert review.member("CUB").stance is Stance.SILENT

        # The enterprise is told one list, once; its step stands still until the papers are here.
        gives_answer(amy, review_id, "请一次补齐：塔吊方案、质量安全承诺书", expected_on="2026-04-24")
        assert the_permit(county).state is StepState.CORRECTING
        jobs.run_due()

    # The papers come on Thursday. Only those two are asked again, and neither can think of a new paper.
    with clock.standing_at(THURSDAY):
        amy.sends(f"/reviews/cases/{review_id}/again", {"version": of(review_id).version})
        assert [member.department for member in of(review_id).asked_now] == ["QSS", "HRB"]
        assert the_permit(county).state is StepState.CORRECTED
        refused = amy.sends(
            f"/reviews/cases/{review_id}/opinions/QSS",
            {"stance": "material", "materials": "基坑监测方案", "given_on": "2026-04-23"},
        )
        assert (refused.status_code, "基坑监测方案" in refused.text) == (409, True)
        answers("QSS", Stance.AGREE)(review_id)
        answers("HRB", Stance.AGREE)(review_id)
        assert gives_answer(amy, review_id, "同意").status_code == 303

    review = of(review_id)
    assert [(one.round, one.kind) for one in review.answers] == [
        (1, AnswerKind.MATERIAL),
        (2, AnswerKind.AGREED),
    ]


def test_two_departments_that_want_the_opposite_are_brought_together_first(county, amy, project, sends):
    review_id = sends()
    answers("HCB", Stance.AGREE)(review_id)
    answers("HRB", Stance.AGREE)(review_id)
    answers("QSS", Stance.CONDITIONS, conditions=("围挡高度不低于2.5米", "夜间停止打桩"))(review_id)
    answers("CUB", Stance.CONDITIONS, conditions=("围挡高度 ≤ 2000 mm",))(review_id)

    # Found without anybody marking them: 2.5 m at least, 2 m at most. No answer goes out before they agree.
    assert gives_answer(amy, review_id, "按条件办理").status_code == 409
    conditions = [one for member in of(review_id).members for one in member.given.conditions]
    first, _, second = (one.id for one in conditions)
    amy.sends(
        f"/reviews/cases/{review_id}/settle",
        {"first": first, "second": second, "resolution": "临街面2.5米，其余2米"},
    )
    done = gives_answer(amy, review_id, "按条件办理", with_tasks="1", tasks_due_on="2026-04-29")

    assert done.status_code == 303
    tasks = county.asked(select(ReviewTaskRow).order_by(ReviewTaskRow.id))
    assert [task.what for task in tasks] == ["夜间停止打桩", "临街面2.5米，其余2米"]
    # Agreeing is a record: nobody passes the step but whoever decides it.
    assert the_permit(county).state is StepState.RECEIVED


def test_two_officers_never_convene_the_same_step_twice(county, amy, project, sends):
    sends()

    form = {"project": project, "group": "JR_PERMIT", "steps": [PERMIT]}
    again = amy.sends("/reviews/cases/new", {**form, "members": ["HCB", "QSS", "HRB", "CUB"]})

    assert again.status_code == 409
    assert len(county.asked(select(JointReviewRow))) == 1
