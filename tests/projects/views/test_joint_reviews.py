"""The screens of joint reviews: convening, receipts, opinions, the answer, minutes, tasks, and paper."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.joint_review import JointReviewRow
from approvals.models.minutes import ReviewTaskRow
from approvals.models.paper import NoticeItemRow, OneTimeNoticeRow
from approvals.models.review import RoomRow
from approvals.models.step import Step, StepState
from approvals.queries import joint_reviews
from approvals.rules.joint_reviews import ReviewState
from approvals.rules.opinions import Opinion, OpinionWay, Stance
from approvals.rules.papers import PaperWay
from approvals.rules.sittings import Half
from approvals.services.announce_sitting import ListedStep, NewSitting, announce_sitting
from approvals.services.convene_review import NewReview, convene_review
from approvals.services.give_opinion import give_opinion
from approvals.services.take_in_paper import take_in
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading, work
from tests.builders import a_project
from tests.kernel.papers_made import a_pdf

MOST_QUERIES = 24
PDF = a_pdf()
AGREE = Opinion(stance=Stance.AGREE)


def if_(*conditions):
    return Opinion(stance=Stance.CONDITIONS, conditions=conditions)


@pytest.fixture
def review_id(project_id):
    """A review of the construction permit by HCB, QSS, HRB and CUB, due on Monday 20 April."""
    new = NewReview(project_id=project_id, review_group="JR_PERMIT", steps=("construction-permit",))
    return convene_review(new, by=SYSTEM)


@pytest.fixture
def everybody(review_id):
    """Has every member agree, but those who say otherwise."""

    def said(**otherwise):
        for department in ("HCB", "QSS", "HRB", "CUB"):
            give_opinion(review_id, department, otherwise.get(department, AGREE), by=SYSTEM)

    return said


def of(review_id):
    with reading() as session:
        return joint_reviews.review(session, review_id)


def test_the_form_is_prefilled_and_sends_to_all_members_at_once(county, amy, project_id):
    form = amy.opens(f"/reviews/cases/new?project={project_id}&group=JR_PERMIT&step=construction-permit")

    assert form.status_code == 200
    assert "opinions due 20 Apr" in form.text
    sent = amy.sends(
        "/reviews/cases/new",
        {
            "project": project_id,
            "group": "JR_PERMIT",
            "steps": ["construction-permit"],
            "members": ["HCB", "QSS", "HRB", "CUB"],
            "subject": "施工许可材料一套",
        },
    )

    (row,) = county.asked(select(JointReviewRow))
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/reviews/cases/{row.id}")
    assert row.subject == "施工许可材料一套"
    page = amy.opens(f"/reviews/cases/{row.id}").text
    assert "Waiting for opinions" in page
    assert "0 / 4" in page


def test_a_refused_form_says_why_and_keeps_what_was_typed(county, amy, project_id):
    refused = amy.sends(
        "/reviews/cases/new",
        {
            "project": project_id,
            "group": "JR_PERMIT",
            "steps": ["construction-permit"],
            "members": ["HCB"],
            "subject": "请看塔吊",
        },
    )

    assert refused.status_code == 409
    assert "It has to be asked" in refused.text
    assert "请看塔吊" in refused.text
    assert county.asked(select(JointReviewRow)) == []


def test_departments_review_before_the_land_is_held_only_where_that_is_allowed(county, amy, project_id):
    form = {"group": "JR_PERMIT", "steps": ["construction-permit"], "before_land": "1"}
    members = {"members": ["HCB", "QSS", "HRB", "CUB"]}
    ordinary = a_project(template="private-building", pair=(amy.id, county.employs("cy", "Concierge").id))

    refused = amy.sends("/reviews/cases/new", {**form, **members, "project": ordinary})
    sent = amy.sends("/reviews/cases/new", {**form, **members, "project": project_id})

    assert (refused.status_code, "before its land is held" in refused.text) == (409, True)
    assert sent.status_code == 303
    page = amy.opens(f"{sent.headers['Location']}/print").text
    assert "It is no licence" in page


def test_a_project_is_found_by_its_code_and_a_wrong_one_is_named(amy, project_id):
    assert "Continue" in amy.opens("/reviews/cases/new").text
    wrong = amy.opens("/reviews/cases/new?code=2603-0&group=JR_PERMIT")
    assert (wrong.status_code, "has this code" in wrong.text) == (422, True)


def test_out_of_scope_a_joint_review_does_not_exist(county, review_id):
    eve = county.employs("eve", "Concierge")

    for path in ("", "/print", "/minutes", "/opinions/QSS", "/opinions/QSS/print"):
        assert eve.opens(f"/reviews/cases/{review_id}{path}").status_code == 404
    assert eve.sends(f"/reviews/cases/{review_id}/cancel", {"reason": "…"}).status_code == 404
    assert f"/reviews/cases/{review_id}" not in eve.opens("/reviews/cases/").text


def test_a_supervisor_reads_and_writes_nothing(county, review_id):
    boss = county.employs("watch", "Supervisor", sees=(None,))

    page = boss.opens(f"/reviews/cases/{review_id}")

    assert page.status_code == 200
    assert "Enter opinion" not in page.text
    assert boss.sends(f"/reviews/cases/{review_id}/receipts", {"department": "QSS"}).status_code == 403


def test_a_receipt_and_an_opinion_from_a_returned_paper_with_its_file(amy, review_id):
    amy.sends(f"/reviews/cases/{review_id}/receipts", {"department": "QSS"})
    assert of(review_id).member("QSS").received_at is not None

    sent = amy.sends(
        f"/reviews/cases/{review_id}/opinions/QSS",
        {
            "stance": "conditions",
            "conditions": "围挡高度 ≥ 2.5 m\n",
            "given_on": "2026-04-15",
            "given_by": "王工",
            "way": "document",
            "file": (io.BytesIO(PDF), "意见.pdf"),
        },
        content_type="multipart/form-data",
    )

    assert sent.status_code == 303
    member = of(review_id).member("QSS")
    assert (member.given.way, member.given.file_name) == (OpinionWay.DOCUMENT, "意见.pdf")
    page = amy.opens(f"/reviews/cases/{review_id}").text
    assert "围挡高度 ≥ 2.5 m" in page
    got = amy.opens(f"/reviews/cases/{review_id}/opinions/QSS/file")
    assert (got.status_code, got.data) == (200, PDF)
    assert "sandbox" in got.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"stance": ""}, "Choose what the department answers"),
        ({"stance": "conditions"}, "Write the conditions"),
        ({"stance": "agree", "given_on": "2026-04-31"}, "Give a day"),
        ({"stance": "agree", "given_on": "2026-04-16"}, "has not come yet"),
    ],
)
def test_a_wrong_opinion_is_said_beside_the_form_and_kept(amy, review_id, sent, said):
    usual = {"given_by": "王工", "text": "见附件", "way": "document"}

    answer = amy.sends(f"/reviews/cases/{review_id}/opinions/QSS", {**usual, **sent})

    assert answer.status_code == 422
    assert said in answer.text
    assert "王工" in answer.text
    assert "见附件" in answer.text
    assert of(review_id).member("QSS").given is None


def test_the_answer_waits_for_everybody_and_makes_conditions_tasks(county, amy, review_id, everybody):
    assert "Give this answer" not in amy.opens(f"/reviews/cases/{review_id}").text
    everybody(QSS=if_("设围挡"))
    page = amy.opens(f"/reviews/cases/{review_id}").text
    assert "Give this answer" in page
    version = of(review_id).version

    sent = amy.sends(
        f"/reviews/cases/{review_id}/answer",
        {"text": "按条件办理", "with_tasks": "1", "tasks_due_on": "2026-04-29", "version": version},
    )

    assert sent.status_code == 303
    (task,) = county.asked(select(ReviewTaskRow))
    assert (task.what, task.department, task.due_on) == ("设围挡", "ENT", date(2026, 4, 29))
    assert "按条件办理" in amy.opens(f"/reviews/cases/{review_id}/print").text
    done = amy.sends(
        f"/reviews/cases/{review_id}/tasks/{task.id}", {"done_on": "2026-04-15", "version": task.version}
    )
    assert done.status_code == 303
    assert county.has(ReviewTaskRow, task.id).done_by == "Amy"


def test_contradictions_stand_side_by_side_until_they_are_settled(amy, review_id, everybody):
    everybody(QSS=if_("围挡高度 ≥ 2.5 m"), CUB=if_("围挡高度 ≤ 2 m"))
    first, second = sorted(line.id for member in of(review_id).members for line in member.given.conditions)
    page = amy.opens(f"/reviews/cases/{review_id}").text
    assert "Cannot both hold" in page

    version = of(review_id).version
    refused = amy.sends(f"/reviews/cases/{review_id}/answer", {"text": "按条件办理", "version": version})
    assert (refused.status_code, "cannot both hold" in refused.text) == (409, True)
    empty = amy.sends(
        f"/reviews/cases/{review_id}/settle", {"first": first, "second": second, "resolution": ""}
    )
    assert empty.status_code == 422
    amy.sends(
        f"/reviews/cases/{review_id}/settle", {"first": first, "second": second, "resolution": "临街 2.5 m"}
    )

    answered = amy.sends(
        f"/reviews/cases/{review_id}/answer", {"text": "按条件办理", "version": of(review_id).version}
    )
    assert answered.status_code == 303


def test_missing_papers_stop_the_clock_of_the_step_and_the_second_round_starts_it_again(
    amy, the_step, review_id, everybody
):
    with work(SYSTEM) as w:
        step = w.session.get_one(Step, the_step("construction-permit").id)
        step.state, step.received_on = StepState.RECEIVED, date(2026, 4, 14)
    everybody(QSS=Opinion(stance=Stance.MATERIAL, materials=("塔吊方案",)))
    send = {"text": "请补齐：塔吊方案", "version": of(review_id).version}

    unsaid = amy.sends(f"/reviews/cases/{review_id}/answer", send)
    assert (unsaid.status_code, "expected" in unsaid.text) == (422, True)
    assert of(review_id).state is ReviewState.GATHERED
    amy.sends(f"/reviews/cases/{review_id}/answer", {**send, "expected_on": "2026-04-24"})
    assert the_step("construction-permit").state is StepState.CORRECTING

    page = amy.opens(f"/reviews/cases/{review_id}").text
    assert "Open the second round" in page
    again = amy.sends(f"/reviews/cases/{review_id}/again", {"version": of(review_id).version})
    assert again.status_code == 303
    assert the_step("construction-permit").state is StepState.CORRECTED
    assert [member.department for member in of(review_id).asked_now] == ["QSS"]


def test_papers_of_the_guide_stand_on_the_steps_one_notice_and_have_to_come_first(
    county, amy, the_step, project_id, review_id, everybody
):
    with work(SYSTEM) as w:
        step = w.session.get_one(Step, the_step("construction-permit").id)
        step.state, step.received_on = StepState.RECEIVED, date(2026, 4, 14)
    everybody(QSS=Opinion(stance=Stance.MATERIAL, materials=("safety-measures", "施工许可阶段统一申请表")))
    form = {"text": "请补齐", "expected_on": "2026-04-24", "version": of(review_id).version}

    amy.sends(f"/reviews/cases/{review_id}/answer", form)

    # The unified form is made by the system: nobody has to bring it.
    (notice,) = county.asked(select(OneTimeNoticeRow))
    (item,) = county.asked(select(NoticeItemRow))
    assert (notice.step_id, item.material) == (the_step("construction-permit").id, "safety-measures")
    again = {"version": of(review_id).version}
    early = amy.sends(f"/reviews/cases/{review_id}/again", again)
    assert (early.status_code, of(review_id).round) == (409, 1)

    with work(SYSTEM) as w:
        take_in(w, project_id, "safety-measures", source=PaperWay.COUNTER, on=date(2026, 4, 15))
    assert amy.sends(f"/reviews/cases/{review_id}/again", again).status_code == 303
    assert county.has(OneTimeNoticeRow, notice.id).answered_on == date(2026, 4, 15)


def test_minutes_keep_who_was_there_and_give_tasks(county, amy, project_id):
    (room,) = county.keeps(RoomRow(name="政务3楼302", places=30))
    sitting = announce_sitting(
        NewSitting(
            review_group="JR_ACCEPT",
            on=date(2026, 4, 17),
            half=Half.MORNING,
            room_id=room,
            steps=(ListedStep(project_id, "joint-acceptance"),),
        ),
        by=SYSTEM,
    )
    on_board = amy.opens(f"/reviews/{sitting}").text
    assert "Send to all members" in on_board
    number = convene_review(
        NewReview(
            project_id=project_id,
            review_group="JR_ACCEPT",
            steps=("joint-acceptance",),
            sitting_id=sitting,
        ),
        by=SYSTEM,
    )
    assert f"/reviews/cases/{number}" in amy.opens(f"/reviews/{sitting}").text
    members = [member.department for member in of(number).members]
    there = {f"officers-{department}": "2" for department in members}
    form = {"held_on": "2026-04-17", "text": "同意通过", **there}

    with clock.standing_at(date(2026, 4, 17)):
        alone = amy.sends(f"/reviews/cases/{number}/minutes", {**form, f"officers-{members[1]}": "1"})
        assert (alone.status_code, "at least two" in alone.text, "同意通过" in alone.text) == (
            409,
            True,
            True,
        )
        kept = amy.sends(
            f"/reviews/cases/{number}/minutes",
            {**form, "what-1": "补竣工图", "who-1": "ENT", "due-1": "2026-04-24"},
        )

    assert kept.status_code == 303
    page = amy.opens(f"/reviews/cases/{number}").text
    assert "同意通过" in page
    assert "补竣工图" in page


def test_the_list_shows_who_is_late_and_the_step_leads_there(amy, project_id, the_step, review_id):
    with clock.standing_at(date(2026, 4, 21)):
        late = amy.opens("/reviews/cases/").text
    assert "1 past their day" in late

    step = amy.opens(f"/projects/{project_id}/steps/{the_step('construction-permit').number}").text
    assert f'href="/reviews/cases/{review_id}"' in step
    amy.sends(f"/reviews/cases/{review_id}/cancel", {"reason": "撤回", "version": of(review_id).version})
    assert "1 joint review is over" in amy.opens("/reviews/cases/?over=1").text


def test_the_pages_ask_few_questions_however_many_members_and_reviews(
    amy, project_id, review_id, everybody, statements
):
    everybody(QSS=if_("设围挡", "围挡高度 ≥ 2.5 m"), CUB=if_("围挡高度 ≤ 2 m"))

    amy.opens("/reviews/cases/")

    with statements() as one:
        amy.opens(f"/reviews/cases/{review_id}")
    with statements() as listed:
        amy.opens("/reviews/cases/")

    assert len(one) <= MOST_QUERIES
    assert len(listed) <= MOST_QUERIES
