"""The wizard for a new project: four pages, drafts, a plan beside its facts, and nothing typed ever lost."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from concierge.kernel import jobs
from projects.models.project import Draft, Enterprise, Project
from tests.builders import a_project
from tests.projects.views.wizard import FIRST, USCC, fields_of, goes_on, the_second_page


@pytest.fixture
def lin(county):
    return county.employs("lin", "Liaison")


def drafts(county):
    return [json.loads(draft.body) for draft in county.asked(select(Draft).order_by(Draft.id))]


def test_a_project_is_open_after_five_presses_with_defaults_kept(county, lin):
    amy, bo = county.employs("amy", "Concierge"), county.employs("bo", "Concierge")

    lin.opens("/projects/new")  # 1: New project
    second = the_second_page(lin)  # 2: next
    third = goes_on(lin, second)  # 3: next
    fourth = goes_on(lin, third)  # 4: next
    opened = goes_on(lin, fourth, do="open")  # 5: start
    jobs.run_due()

    project = county.asked(select(Project))[0]
    assert opened.request.path == f"/projects/{project.id}"
    assert (project.code, project.template) == ("2604-439921-04-01-000777", "industrial-start-on-land")
    assert (project.start_on, project.target_on) == (date(2026, 4, 16), date(2026, 7, 10))
    assert project.facts == "{}"  # nothing was touched, so nothing is recorded
    assert (project.gates, project.days, project.liaison_id) == ("template", "elapsed", lin.id)
    assert county.has(Enterprise, project.enterprise_id).uscc == USCC
    assert len(county.asked(select(Step).where(Step.project_id == project.id))) == 57
    assert county.asked(select(Draft)) == []
    assert all(who.opens(opened.request.path).status_code == 200 for who in (amy, bo))


def test_everything_wrong_is_told_at_once_beside_its_field_and_nothing_typed_is_lost(county, lin):
    wrong = {
        **FIRST,
        "name": "",
        "code": "2604-4399",
        "uscc": USCC[:-1] + ("A" if USCC[-1] != "A" else "B"),
        "start_on": "明天",
    }

    page = lin.sends("/projects/new?lang=zh", wrong)

    assert page.status_code == 422
    assert "有4处需要改" in page.text
    for field in ("name", "code", "uscc", "start_on"):
        assert f'href="#{field}"' in page.text
        assert f'id="{field}-error"' in page.text
    assert "请填写项目名称。" in page.text
    assert "“明天”不是日期。请按年-月-日填写，如2026-04-16。" in page.text
    assert 'value="青禾青雾茶业有限公司"' in page.text
    assert 'value="2604-4399"' in page.text
    assert drafts(county) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"start_on": "2003-12-31"}, "工作日历从2004-01-01开始，2003-12-31不在其中。请换一个启动日期。"),
        (
            {"target_on": "2026-04-15"},
            "目标日期2026-04-15早于启动日期2026-04-16。请选更晚的目标日期。",
        ),
        ({"uscc": ""}, "请填写统一社会信用代码。"),
        ({"contact": "长" * 41}, "最多40个字，请缩短。"),
    ],
)
def test_what_no_plan_can_begin_with_is_refused_in_a_sentence(county, lin, typed, sentence):
    page = lin.sends("/projects/new?lang=zh", {**FIRST, **typed})

    assert page.status_code == 422
    assert page.text.count(sentence) == 2  # in the summary, and beside the field
    assert drafts(county) == []


def test_a_code_that_is_taken_is_told_on_the_first_page(county, lin):
    project = county.has(Project, a_project(by=lin.actor))

    page = lin.sends("/projects/new?lang=zh", {**FIRST, "code": project.code})

    assert page.status_code == 422
    assert project.name in page.text


def test_every_step_forward_keeps_a_draft_and_going_back_keeps_the_entries(county, lin):
    second = the_second_page(lin)
    first = goes_on(lin, second, do="back", **{"f-must_tender": "true"})

    assert 'value="青雾茶业精深加工"' in first.text
    assert drafts(county)[0]["facts"] == {"must_tender": True}
    again = goes_on(lin, first)
    assert re.search(r'id="f-must_tender"[^>]*checked', again.text)


def test_a_draft_is_listed_for_its_owner_only(county, lin):
    the_second_page(lin)
    eve = county.employs("eve", "Liaison")
    number = county.asked(select(Draft.id))[0]

    assert "青雾茶业精深加工" in lin.opens("/projects/new").text
    assert "青雾茶业精深加工" not in eve.opens("/projects/new").text
    for path in (f"/projects/new?draft={number}&page=2", f"/projects/new/drafts/{number}/delete"):
        assert eve.opens(path).status_code == 404
    assert eve.sends(f"/projects/new/drafts/{number}/delete").status_code == 404
    assert len(drafts(county)) == 1


def test_deleting_a_draft_asks_first(county, lin):
    the_second_page(lin)
    path = f"/projects/new/drafts/{county.asked(select(Draft.id))[0]}/delete"

    asked = lin.opens(path + "?lang=zh")
    assert "删除草稿“青雾茶业精深加工”？" in asked.text
    assert len(drafts(county)) == 1

    lin.sends(path)
    assert drafts(county) == []


def test_two_windows_on_one_draft_keep_one_each(county, lin):
    page = the_second_page(lin)
    goes_on(lin, page, **{"f-must_tender": "true"})

    late = goes_on(lin, page, **{"f-night_work": "true"})

    assert "kept as a new one" in late.text
    assert [draft["facts"] for draft in drafts(county)] == [{"must_tender": True}, {"night_work": True}]


def test_a_page_not_reached_yet_is_not_shown(county, lin):
    the_second_page(lin)
    number = county.asked(select(Draft.id))[0]

    page = lin.opens(f"/projects/new?draft={number}&page=4")

    assert 'name="page" value="2"' in page.text


def test_one_officer_alone_is_refused_and_none_is_allowed(county, lin):
    amy, _ = county.employs("amy", "Concierge"), county.employs("bo", "Concierge")
    third = goes_on(lin, the_second_page(lin))

    alone = lin.sends(
        "/projects/new?lang=zh", {**fields_of(third), "do": "next", "a_id": str(amy.id), "b_id": ""}
    )
    twice = lin.sends(
        "/projects/new?lang=zh",
        {**fields_of(third), "do": "next", "a_id": str(amy.id), "b_id": str(amy.id)},
    )
    fourth = goes_on(lin, third, a_id="", b_id="")

    assert alone.status_code == twice.status_code == 422
    assert "A岗、B岗要么都选，要么都不选：A岗不在时由B岗办。" in alone.text
    assert drafts(county)[0]["pair"] is None
    assert 'name="page" value="4"' in fourth.text


def test_the_pair_proposed_is_the_least_laden_and_says_why(county, lin):
    amy, bo, cy = (county.employs(name, "Concierge") for name in ("amy", "bo", "cy"))
    a_project(pair=(amy.id, bo.id))

    third = goes_on(lin, the_second_page(lin))

    chosen = fields_of(third)
    assert (chosen["a_id"], chosen["b_id"]) == ([str(cy.id)], [str(bo.id)])
    assert "Cy, load 0 (A for 0, B for 0); together 0, the least" in third.text


def test_the_last_page_says_why_each_step_is_there_and_why_others_are_not(county, lin):
    fourth = goes_on(lin, goes_on(lin, the_second_page(lin)))
    number = county.asked(select(Draft.id))[0]

    chinese = lin.opens(f"/projects/new?draft={number}&page=4&lang=zh")

    assert 'name="page" value="4"' in fourth.text
    assert "此类项目均须办理" in chinese.text
    assert "环评类别：报告表" in chinese.text
    assert "生态环境影响登记表备案" in chinese.text.split("本项目无需办理的事项")[1]


def test_a_supervisor_and_a_concierge_officer_open_no_project(county):
    for role in ("Supervisor", "Concierge"):
        who = county.employs(role.lower(), role)
        assert who.opens("/projects/new").status_code == 403
        assert who.sends("/projects/new", FIRST).status_code == 403
    assert drafts(county) == []


def test_a_form_without_its_token_is_refused(county, lin):
    assert lin.sends("/projects/new", FIRST, token=False).status_code == 400
    assert drafts(county) == []
