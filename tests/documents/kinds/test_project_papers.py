"""The papers of a whole project: merged forms, materials, plan, what its owner signs, and its end."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.catalogue import STAGES
from approvals.rules.progress import Move
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.work import reading, work
from documents.models.form_answer import FormAnswerRow
from documents.queries.form_answers import answers_of
from documents.rules.merged_form import AnswerNotOffered
from documents.services.keep_form_answers import keep_form_answers
from documents.services.make_document import make_document
from projects.models.project import Enterprise, Project
from projects.rules.ending import Ending
from projects.services.close_project import close_project
from projects.services.record_move import record_move
from tests.builders import a_project
from tests.deferrals import everything_before_passes, passes, step_of

TODAY = date(2026, 4, 15)
STAGE_FORMS = (
    "stage-form-land-planning",
    "stage-form-construction-planning",
    "stage-form-construction-permit",
    "parallel-form",
    "utility-form",
    "stage-form-acceptance",
)


@pytest.fixture
def project(county):
    return a_project(enterprise="远砺精工有限公司")


def rows_of(form):
    return {row["code"]: row for section in form.facts.values["sections"] for row in section["rows"]}


def test_each_stage_has_one_form_with_every_field_once(project, told):
    for code in STAGE_FORMS:
        form = told(code, project)

        fields = [row["code"] for section in form.facts.values["sections"] for row in section["rows"]]
        assert len(fields) == len(set(fields)) == form.facts.values["fields"], code
        assert form.facts.values["separate"] > form.facts.values["fields"], code
        assert set(fields) <= set(form.controls), code
        assert form.controls["owner"] == "远砺精工有限公司"


def test_every_matter_that_is_applied_for_stands_on_exactly_one_form(project, told):
    listed = [row["name"] for code in STAGE_FORMS for row in told(code, project).facts.values["matters"]]

    assert len(listed) == len(set(listed))
    assert "建筑工程施工许可证核发" in listed
    assert "施工合同签订" not in listed  # what the enterprise does by itself needs no application
    assert len(STAGES) == 5


def test_a_field_is_filled_from_the_earlier_result_and_says_so(project, told):
    everything_before_passes(project, "construction-permit")

    row = rows_of(told("stage-form-construction-permit", project))["drawing_number"]

    assert row["value"] == "construction-drawing-review-1"
    assert row["origin"] == "施工图设计文件联合审查(多审合一)，2026.4.15"


def test_a_fact_that_is_no_says_no_and_a_nought_is_left_to_the_applicant(project, told):
    form = rows_of(told("stage-form-construction-permit", project))

    assert form["staged"]["value"] == "否"
    assert form["contract_days"]["value"] == ""


def test_what_was_answered_once_is_on_every_later_form(project, told):
    answered = {"location": "青禾县经开区三号路8号", "finish_plan": "2027-10-01", "owner": "不许改名"}
    assert keep_form_answers(project, answered, source="申请表", by=SYSTEM) == 2  # the name is no answer
    assert rows_of(told("utility-form", project))["finish_plan"]["value"] == "2027年10月1日"

    for code in ("stage-form-land-planning", "utility-form"):
        row = rows_of(told(code, project))["location"]
        assert (row["value"], row["origin"]) == ("青禾县经开区三号路8号", "申请表，2026.4.15")
        assert rows_of(told(code, project))["owner"]["value"] == "远砺精工有限公司"


def test_the_latest_answer_counts_and_the_earlier_one_stays(county, project):
    keep_form_answers(project, {"location": "三号路8号"}, source="申请表", by=SYSTEM)
    keep_form_answers(project, {"location": "三号路8号"}, source="申请表", by=SYSTEM)
    keep_form_answers(project, {"location": "三号路9号"}, source="申请表", by=SYSTEM)

    assert len(county.asked(select(FormAnswerRow))) == 2  # the same answer twice is one
    with reading() as session:
        assert answers_of(session, project)["location"].value == "三号路9号"


def test_nobody_answers_for_a_project_out_of_sight_and_nothing_is_kept_of_a_refused_form(county, project):
    eve = county.employs("eve", "Concierge")
    with pytest.raises(Missing):
        keep_form_answers(project, {"location": "三号路8号"}, source="申请表", by=eve.actor)
    with pytest.raises(AnswerNotOffered):
        keep_form_answers(project, {"location": "三号路", "nature": "拆除"}, source="申请表", by=SYSTEM)
    assert county.asked(select(FormAnswerRow)) == []


def test_a_department_sees_its_own_part_and_nothing_of_others(project, told):
    whole = rows_of(told("stage-form-construction-permit", project))

    part = told("own-part-form", step_of(project, "wage-guarantee").id)

    assert part.facts.addressee == "青禾县人力资源和社会保障局"
    own = rows_of(part)
    assert set(own) < set(whole)
    assert {code: row["value"] for code, row in own.items()} == {code: whole[code]["value"] for code in own}
    assert "wage_account" in own
    assert "chief_supervisor" not in own
    assert {row["name"] for row in part.facts.values["matters"]} == {
        "农民工工资专用账户与工资保证金",
        "建筑项目工伤保险参保",
    }


def test_the_material_list_counts_as_the_catalogue_was_drawn_up(project, told):
    """S28: a start-on-land project asks for 195 papers item by item, 98 each once, 26 of them its owner's."""
    values = told("material-list", project).facts.values

    assert (values["items"], values["distinct"], values["owners"]) == (195, 98, 26)
    assert len(values["papers"]) == values["distinct"]
    assert values["saved"] == 195 - 26
    assert sum(row["times"] for row in values["papers"]) == values["items"]
    assert sum(row["mark"] != "◎" for row in values["papers"]) == values["owners"]


def test_a_paper_that_serves_several_matters_bears_the_mark(project, told):
    rows = told("material-list", project).facts.values["papers"]

    for row in rows:
        if row["mark"] == "●":
            assert row["times"] > 1
        if row["mark"] == "○":
            assert row["times"] == 1
    assert {row["mark"] for row in rows} == {"◎", "●", "○"}


def test_the_plan_shows_both_days_every_step_and_pictures_of_few_rows(project, told):
    plan = told("project-plan", project)
    values = plan.facts.values

    assert values["plan"]["permit_on"] is not None
    assert values["plan"]["lawful_on"] is not None
    assert len(values["steps"]) == len(step_numbers(project))
    titles = [one["title"] for one in values["charts"]]
    assert any("第01至22步" in title for title in titles)
    assert len(plan.facts.pictures) == len(titles)
    assert all("var(--" not in svg for svg in plan.facts.pictures.values())
    assert plan.missing == []


def step_numbers(project):
    with reading() as session:
        return list(session.scalars(select(Step.number).where(Step.project_id == project)))


def test_the_mandates_need_somebody_to_call_and_somebody_who_acts(project, told):
    assert told("project-entrustment", project).missing == [
        "项目单位联系人",
        "项目单位联系电话",
        "帮办代办A、B角",
    ]


def test_the_mandates_name_both_officers_and_keep_the_owners_own_acts_out(county, told):
    amy, bo = county.employs("amy", "Concierge"), county.employs("bo", "Concierge")
    project = a_project(pair=(amy.actor.id, bo.actor.id))
    with_contact(project)

    entrustment, letter = told("project-entrustment", project), told("letter-of-attorney", project)

    assert entrustment.missing == letter.missing == []
    assert "不收取任何费用，不指定中介机构，不承诺审批结果" in entrustment.text
    assert "代理人无权代表本单位签署承诺、合同和申请书" in letter.text
    names = {row["name"] for row in letter.facts.values["matters"]}
    assert "施工合同签订" not in names
    assert "建筑工程施工许可证核发" in names


def with_contact(project):
    with work(SYSTEM) as w:
        enterprise = w.get(Enterprise, w.get(Project, project).enterprise_id)
        enterprise.contact, enterprise.phone = "王经理", "13800000000"


def test_the_closing_slip_waits_for_the_end(project, told):
    assert told("project-closing", project).missing == ["项目办结的记录"]

    everything_before_passes(project, "construction-permit")
    passes(project, "construction-permit")
    close_project(project, Ending.GIVEN_UP, "业主调整投资计划", by=SYSTEM)
    slip = told("project-closing", project)

    assert slip.missing == []
    assert slip.facts.values["ending"] == "项目单位终止"
    assert "业主调整投资计划" in slip.text
    assert slip.facts.values["done"] == len(slip.facts.values["steps"]) > 1


def test_the_index_lists_papers_results_and_documents(project, told):
    assert told("file-index", project).missing == ["卷内文件"]
    record_move(step_of(project, "investment-lead-screening").id, Move.ACCEPT, TODAY, by=SYSTEM)
    passes(project, "investment-lead-screening")
    jobs.run_due()

    make_document("material-list", project, by=SYSTEM)
    index = told("file-index", project)

    assert [row["title"] for row in index.facts.values["rows"]] == [
        "项目研判意见",
        "项目申报材料清单",
    ]
    assert index.facts.values["rows"][0]["number"] == "investment-lead-screening-1"


def test_the_papers_of_a_project_ask_few_questions(project, told):
    for code in (*STAGE_FORMS, "material-list", "project-entrustment", "project-closing", "file-index"):
        assert told(code, project).queries <= 10, code
    assert told("project-plan", project).queries <= 14
