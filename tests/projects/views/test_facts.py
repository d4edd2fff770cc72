"""Changing facts and dates of a project: seen first, recorded then, and never over somebody else's change."""

import html
import json
import re

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from concierge.kernel import jobs
from concierge.staff.models import Pairing
from projects.models.project import Project
from projects.services.change_facts import change_facts
from tests.builders import a_project
from tests.projects.views.wizard import fields_of, text_of


@pytest.fixture
def lin(county):
    return county.employs("lin", "Liaison")


@pytest.fixture
def project_id(lin):
    return a_project(by=lin.actor, template="private-building", facts={"investment_wan": 40500})


@pytest.fixture
def path(project_id):
    return f"/projects/{project_id}/facts"


def recorded(county, project_id):
    return json.loads(county.has(Project, project_id).facts)


def words(page):
    return html.unescape(re.sub(r"<[^>]+>", "", page.text))


def test_every_fact_says_who_says_so(lin, path):
    page = lin.opens(path + "?lang=zh")

    assert len(set(re.findall(r'name="f-([a-z0-9_]+)"', page.text))) == 58
    assert text_of(page, "f-investment_wan-source") == "本项目登记"
    assert text_of(page, "f-land_area_ha-source") == "模板设定"
    assert text_of(page, "f-night_work-source") == "目录设定"
    assert "这是现在登记的条件。" in words(page)


def test_a_change_is_seen_before_it_is_recorded(county, lin, project_id, path):
    form = fields_of(lin.opens(path))

    seen = lin.sends(path + "?lang=zh", {**form, "f-must_tender": "true", "do": "preview"})
    assert "增加1步" in words(seen)
    assert "否 → 是" in words(seen)
    assert recorded(county, project_id) == {"investment_wan": 40500}

    answered = lin.sends(path, {**fields_of(seen), "do": "apply"})
    jobs.run_due()
    assert answered.location.endswith(f"/projects/{project_id}")
    assert recorded(county, project_id) == {"investment_wan": 40500, "must_tender": True}
    steps = county.asked(select(Step.code).where(Step.project_id == project_id))
    assert "construction-tender" in steps


def test_what_was_not_seen_is_shown_instead_of_recorded(county, lin, project_id, path):
    form = fields_of(lin.opens(path))

    answered = lin.sends(path, {**form, "f-must_tender": "true", "do": "apply"})

    assert answered.status_code == 200
    assert recorded(county, project_id) == {"investment_wan": 40500}


def test_the_merge_screen_keeps_both_changes(county, lin, project_id, path):
    form = {**fields_of(lin.opens(path)), "f-must_tender": "true", "f-investment_wan": "50000"}
    mine = lin.sends(path, {**form, "do": "preview"})
    change_facts(project_id, {"investment_wan": 41000, "night_work": True}, by=lin.actor)

    merge = lin.sends(path + "?lang=zh", {**fields_of(mine), "do": "apply"})
    assert merge.status_code == 409
    assert recorded(county, project_id) == {"investment_wan": 41000, "night_work": True}
    assert {"50,000万元", "41,000万元", "40,500万元"} <= set(re.findall(r"[\d,]+万元", words(merge)))

    choices = fields_of(merge)
    assert choices["take-f-night_work"] == ["now"]
    assert choices["take-f-must_tender"] == ["yours"]
    assert "take-f-investment_wan" not in choices  # both changed it: nobody chooses for the person
    again = lin.sends(path, {**choices, "take-f-investment_wan": "yours"})
    assert again.status_code == 200
    lin.sends(path, {**fields_of(again), "do": "apply"})

    assert recorded(county, project_id) == {
        "investment_wan": 50000,
        "night_work": True,
        "must_tender": True,
    }


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"f-investment_wan": "很多"}, "“很多”不能作为项目要素“总投资”的值，可填：不小于0的数，单位万元。"),
        ({"f-land_area": "3"}, "没有名为“land_area”的项目要素。您要找的可能是：land_area_ha"),
    ],
)
def test_what_cannot_be_read_is_told_and_changes_nothing(county, lin, project_id, path, changed, sentence):
    form = fields_of(lin.opens(path))

    for do in ("preview", "apply"):
        answered = lin.sends(path + "?lang=zh", {**form, **changed, "do": do})
        assert answered.status_code == 422
        assert sentence in words(answered)
    assert recorded(county, project_id) == {"investment_wan": 40500}


def test_dates_are_seen_first_and_recorded_then(county, lin, project_id):
    path = f"/projects/{project_id}/terms"
    form = fields_of(lin.opens(path))

    seen = lin.sends(path + "?lang=zh", {**form, "gates": "relaxed", "do": "preview"})
    assert "按模板 → 放宽：审查同步进行，批文到了再出证" in words(seen)
    assert county.has(Project, project_id).gates == "template"

    lin.sends(path, {**fields_of(seen), "do": "apply"})
    assert county.has(Project, project_id).gates == "relaxed"


def test_two_people_on_the_dates_meet_on_the_merge_screen(county, lin, project_id):
    path = f"/projects/{project_id}/terms"
    form = fields_of(lin.opens(path))
    mine = lin.sends(path, {**form, "gates": "relaxed", "do": "preview"})
    other = lin.sends(path, {**form, "target_on": "2026-12-31", "do": "preview"})
    lin.sends(path, {**fields_of(other), "do": "apply"})

    merge = lin.sends(path, {**fields_of(mine), "do": "apply"})
    again = lin.sends(path, fields_of(merge))
    lin.sends(path, {**fields_of(again), "do": "apply"})

    project = county.has(Project, project_id)
    assert merge.status_code == 409
    assert (project.gates, project.target_on.isoformat()) == ("relaxed", "2026-12-31")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"start_on": "2003-12-31"},
            "工作日历从2004-01-01开始，2003-12-31不在其中。请换一个启动日期。",
        ),
        ({"target_on": "2026-01-01"}, "目标日期2026-01-01早于启动日期2026-03-02。请选更晚的目标日期。"),
        ({"start_on": ""}, "请填写启动日期。"),
    ],
)
def test_impossible_dates_are_told_and_change_nothing(county, lin, project_id, changed, sentence):
    path = f"/projects/{project_id}/terms"
    form = fields_of(lin.opens(path))

    answered = lin.sends(path + "?lang=zh", {**form, **changed, "do": "apply"})

    assert answered.status_code == 422
    assert sentence in words(answered)
    assert county.has(Project, project_id).revision == 1


def test_officers_are_named_on_a_page_of_their_own(county, lin, project_id):
    amy, bo = county.employs("amy", "Concierge"), county.employs("bo", "Concierge")
    path = f"/projects/{project_id}/officers"

    refused = lin.sends(path + "?lang=zh", {"a_id": str(amy.id), "b_id": str(amy.id)})
    named = lin.sends(path, {"a_id": str(amy.id), "b_id": str(bo.id)})

    assert refused.status_code == 422
    assert named.status_code == 302
    assert [(pair.a_id, pair.b_id) for pair in county.asked(select(Pairing))] == [(amy.id, bo.id)]
    assert amy.opens(path).status_code == 200
