"""The papers of a joint review: the convening, each sheet, the one answer, the visit, the blue seal."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.joint_review import ReviewMemberRow
from approvals.rules.minutes import NewMinutes, NewTask, Present
from approvals.rules.opinions import Opinion, Stance
from approvals.rules.sittings import Half
from approvals.services.announce_sitting import ListedStep, NewSitting, announce_sitting
from approvals.services.convene_review import NewReview, convene_review
from approvals.services.give_opinion import give_opinion
from approvals.services.keep_minutes import keep_minutes
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading
from documents.queries.offers import offers_on_project
from tests.builders import a_project

TUESDAY = date(2026, 4, 21)


@pytest.fixture
def project(county):
    return a_project(enterprise="远砺精工有限公司")


@pytest.fixture
def review(project):
    """JR_PERMIT, led by HCB, three working days: by Monday 20 April; silence agrees there."""
    return convene_review(
        NewReview(project_id=project, review_group="JR_PERMIT", steps=("construction-permit",)), by=SYSTEM
    )


def members(review):
    asked = select(ReviewMemberRow).where(ReviewMemberRow.review_id == review).order_by(ReviewMemberRow.id)
    with reading() as session:
        return {row.department: row.id for row in session.scalars(asked)}


def test_the_convening_notice_names_everybody_the_day_and_what_silence_means(review, told):
    notice = told("convening-notice", review)

    assert {row["name"] for row in notice.facts.values["members"]} >= {
        "青禾县住房和城乡建设局",
        "青禾县人力资源和社会保障局",
    }
    assert notice.facts.values["members"][0]["part"] == "牵头"
    assert notice.facts.values["members"][0]["due_on"] == "2026.4.20"
    assert "按照本会审组规则视为同意" in notice.text
    assert "不视为同意" not in notice.text


def test_the_opinion_sheet_leaves_room_for_every_answer(review, told):
    sheet = told("opinion-sheet", members(review)["HCB"])

    assert set(sheet.controls) >= {
        "stance",
        "conditions",
        "materials",
        "text",
        "basis",
        "given_by",
        "phone",
        "given_on",
        "number",
    }
    assert sheet.controls["stance"].strip() == ""
    assert sheet.facts.addressee == "青禾县住房和城乡建设局"


def test_what_a_department_said_stands_on_its_sheet(review, told):
    said = Opinion(
        stance=Stance.CONDITIONS,
        conditions=("消防车道净宽不小于4米", "围挡高度不低于2.5米"),
        given_by="王科长",
    )
    give_opinion(review, "HCB", said, by=SYSTEM)

    sheet = told("opinion-sheet", members(review)["HCB"])

    assert sheet.controls["stance"] == "附条件同意"
    assert sheet.controls["conditions"] == "消防车道净宽不小于4米围挡高度不低于2.5米"  # a line each
    assert sheet.controls["given_by"] == "王科长"


def test_the_one_answer_waits_for_everybody_and_then_lists_everything(review, told):
    departments = list(members(review))
    assert told("consolidated-opinion", review).missing[0].endswith("的意见")

    give_opinion(review, "HCB", Opinion(stance=Stance.CONDITIONS, conditions=("围挡不低于2.5米",)), by=SYSTEM)
    give_opinion(
        review, departments[1], Opinion(stance=Stance.MATERIAL, materials=("渣土处置合同",)), by=SYSTEM
    )
    for department in departments[2:]:
        give_opinion(review, department, Opinion(stance=Stance.AGREE), by=SYSTEM)
    answer = told("consolidated-opinion", review)

    assert answer.missing == []
    assert [row["text"] for row in answer.facts.values["conditions"]] == ["围挡不低于2.5米"]
    assert [row["text"] for row in answer.facts.values["materials"]] == ["渣土处置合同"]
    assert answer.text.count("需要补充材料") == 2  # the conclusion, and the row of who says so


def test_a_visit_is_recorded_with_two_officers_of_each_authority(project, told):
    sitting = announce_sitting(
        NewSitting(
            review_group="JR_SITE",
            on=TUESDAY,
            half=Half.MORNING,
            steps=(ListedStep(project, "joint-site-visit"),),
        ),
        by=SYSTEM,
    )
    visit = convene_review(
        NewReview(
            project_id=project, review_group="JR_SITE", steps=("joint-site-visit",), sitting_id=sitting
        ),
        by=SYSTEM,
    )
    assert "时间为2026年4月21日上午" in told("convening-notice", visit).text
    assert told("site-visit-record", visit).missing == ["踏勘记录（时间、参加人员和意见）"]
    minutes = NewMinutes(
        held_on=TUESDAY,
        text="场地平整，无高压线穿越。",
        present=(Present("NRP", 2, "彭海、李若"), Present("HCB", 2, "向东、易楠")),
        place="园区三号地块",
    )
    with clock.standing_at(TUESDAY):
        keep_minutes(visit, minutes, tasks=(NewTask("补测北侧界址点", "NRP", date(2026, 4, 22)),), by=SYSTEM)

    record = told("site-visit-record", visit)

    assert record.missing == []
    assert "场地平整，无高压线穿越。" in record.text
    assert [(row["officers"], row["names"]) for row in record.facts.values["present"]] == [
        (2, "彭海、李若"),
        (2, "向东、易楠"),
    ]
    assert "补测北侧界址点" in record.text


def test_a_review_that_was_no_visit_has_no_record_of_one(review, told):
    assert told("site-visit-record", review).missing == ["联合踏勘（本次会审不是踏勘）"]


def test_an_opinion_under_the_blue_seal_says_that_it_is_no_licence(project, told):
    before_land = convene_review(
        NewReview(
            project_id=project, review_group="JR_PERMIT", steps=("construction-permit",), is_before_land=True
        ),
        by=SYSTEM,
    )
    lead = members(before_land)["HCB"]
    assert told("blue-seal-opinion", lead).missing == ["青禾县住房和城乡建设局的预审意见"]
    give_opinion(before_land, "HCB", Opinion(stance=Stance.AGREE), by=SYSTEM)

    paper = told("blue-seal-opinion", lead)

    assert paper.missing == []
    assert "预审意见为：同意" in paper.text
    assert "不是行政许可，不得据此开工建设" in paper.text


def test_an_ordinary_opinion_gets_no_blue_seal(project, review, told):
    with reading() as session:
        offered = {one.kind.code for one in offers_on_project(session, project)}
    assert {"convening-notice", "opinion-sheet", "consolidated-opinion"} <= offered
    assert not {"blue-seal-opinion", "site-visit-record"} & offered
    give_opinion(review, "HCB", Opinion(stance=Stance.AGREE), by=SYSTEM)

    assert told("blue-seal-opinion", members(review)["HCB"]).missing == [
        "取得土地前的预审（本次会审不是预审）"
    ]


def test_the_papers_of_a_review_ask_few_questions(review, told):
    for code in ("convening-notice", "consolidated-opinion"):
        assert told(code, review).queries <= 14
    assert told("opinion-sheet", members(review)["HCB"]).queries <= 15
