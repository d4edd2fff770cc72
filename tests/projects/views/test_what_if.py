"""What if: other facts, gates, days or start, a late step; the answer is the planner's, nothing is kept."""

import html
import re
from datetime import date

import pytest
from sqlalchemy import select

from concierge.kernel.db import db
from projects.models.project import Plan, Project
from projects.queries.asking import asked
from projects.rules.cascade import cascade
from projects.rules.terms import WhatIf
from tests.builders import START, a_project
from tests.projects.views.wizard import fields_of, text_of

TODAY = date(2026, 4, 15)


@pytest.fixture
def lin(county):
    return county.employs("lin", "Liaison")


@pytest.fixture
def project_id(lin):
    return a_project(by=lin.actor, template="private-building")


@pytest.fixture
def it(lin, project_id):
    return asked(db.session, project_id, lin.actor, today=TODAY)


def words(page):
    return html.unescape(re.sub(r"<[^>]+>", "", page.text))


def everything(county):
    rows = [(row.facts, row.revision, row.plan_id, row.version) for row in county.asked(select(Project))]
    return rows, len(county.asked(select(Plan.id)))


def test_nothing_asked_nothing_changes(lin, project_id):
    page = lin.opens(f"/projects/{project_id}/what-if?lang=zh")

    assert "计划没有变化。" in words(page)


def test_a_late_step_shows_every_moved_step_old_and_new_and_keeps_nothing(county, lin, project_id, it):
    before = everything(county)
    late = it.planned(what_if=WhatIf(delays={"design-scheme-review": 7}))
    moves = cascade(it.plan, late).moves

    page = lin.opens(f"/projects/{project_id}/what-if?lang=zh&delay-design-scheme-review=7")

    said = words(page)
    assert f"{len(moves)}步日期变动" in said
    for move in moves:
        assert move.name_zh in said
        days = (
            f"{move.old_finish_on.month}/{move.old_finish_on.day}",
            f"{move.new_finish_on.month}/{move.new_finish_on.day}",
        )
        assert " → ".join(days) in said
    permit = late.permit_on
    assert f"{permit.year}年{permit.month}月{permit.day}日" in said
    assert everything(county) == before


def test_other_facts_show_the_steps_that_come_and_go_with_their_reasons(lin, project_id, it):
    page = lin.opens(f"/projects/{project_id}/what-if?lang=zh&f-must_tender=true&f-traffic_large=false")

    said = words(page)
    new = it.planned({"must_tender": True, "traffic_large": False})
    assert "增加1步" in said
    assert "依法必须招标：是" in said
    assert "减少1步" in said
    assert "交通影响大：否" in said
    assert f"{new.permit_on.month}月{new.permit_on.day}日" in said


def test_a_form_becomes_an_address_that_gives_the_same_answer(lin, project_id):
    form = fields_of(lin.opens(f"/projects/{project_id}/what-if"))
    changed = {
        "f-must_tender": "true",
        "gates": "relaxed",
        "delay_step": "design-scheme-review",
        "delay_days": "5",
        "start_on": "2026-03-09",
    }

    sent = lin.sends(f"/projects/{project_id}/what-if", {**form, **changed})

    assert sent.status_code == 302
    for part in (
        "f-must_tender=true",
        "gates=relaxed",
        "delay-design-scheme-review=5",
        "start_on=2026-03-09",
    ):
        assert part in sent.location
    assert "f-night_work" not in sent.location  # only what is asked stands in the address
    followed = lin.opens(sent.location)
    assert fields_of(followed)["delay-design-scheme-review"] == ["5"]
    assert "gates=relaxed" in followed.text  # its own address, to be shared


def test_relaxing_one_gate_counts_and_an_unlawful_one_is_refused(lin, project_id, it):
    edge = next(
        edge for edge in it.plan.edges if edge.source.relaxable and edge.drives and edge.gate == "accept"
    )
    new = it.planned(what_if=WhatIf(relaxed=((edge.predecessor, edge.successor),)))

    relaxed = lin.opens(f"/projects/{project_id}/what-if?relax={edge.predecessor}~{edge.successor}&lang=zh")
    refused = lin.opens(f"/projects/{project_id}/what-if?relax=land-listing~land-deal-confirmation&lang=zh")

    assert relaxed.status_code == 200
    assert f"{new.permit_on.month}月{new.permit_on.day}日" in text_of(relaxed, "answer")
    assert refused.status_code == 422
    assert "没有“land-listing”的结果不能受理“land-deal-confirmation”，这个关口不能放宽。" in words(refused)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("delay-moon-landing=3", "本项目的步骤清单中没有“moon-landing”。"),
        ("delay-design-scheme-review=-3", "“-3”不是0到500之间的工作日数。"),
        ("start_on=2003-12-31", "工作日历从2004-01-01开始，2003-12-31不在其中。请换一个启动日期。"),
        ("start_on=nie", "“nie”不是日期。"),
        ("f-investment_wan=viel", "“viel”不能作为项目要素“总投资”的值"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_in_a_sentence(county, lin, project_id, query, sentence):
    before = everything(county)

    page = lin.opens(f"/projects/{project_id}/what-if?lang=zh&{query}")

    assert page.status_code == 422
    assert sentence in words(page)
    assert everything(county) == before


def test_what_can_be_recorded_leads_to_where_it_is_recorded(county, lin, project_id):
    page = lin.opens(f"/projects/{project_id}/what-if?f-must_tender=true&gates=relaxed")

    facts = re.search(rf'href="(/projects/{project_id}/facts\?[^"]*)"', page.text)[1]
    terms = re.search(rf'href="(/projects/{project_id}/terms\?[^"]*)"', page.text)[1]
    for path, told in (("facts", facts), ("terms", terms)):
        seen = lin.opens(html.unescape(told))
        assert county.has(Project, project_id).revision == (1 if path == "facts" else 2)
        lin.sends(f"/projects/{project_id}/{path}", {**fields_of(seen), "do": "apply"})
    project = county.has(Project, project_id)
    assert (project.facts, project.gates) == ('{"must_tender": true}', "relaxed")


def test_a_supervisor_may_ask_but_is_offered_nothing_to_record(county, project_id):
    fang = county.employs("fang", "Supervisor", sees=(None,))

    page = fang.opens(f"/projects/{project_id}/what-if?f-must_tender=true")

    assert page.status_code == 200
    assert "Record these facts" not in page.text
    assert fang.opens(f"/projects/{project_id}/facts").status_code == 403


def test_out_of_sight_there_is_nothing_to_ask(county, project_id):
    eve = county.employs("eve", "Liaison")

    for page in ("what-if", "facts", "terms", "officers"):
        assert eve.opens(f"/projects/{project_id}/{page}").status_code == 404
        assert eve.sends(f"/projects/{project_id}/{page}").status_code == 404


def test_the_start_may_be_asked_for_again(lin, project_id, it):
    page = lin.opens(f"/projects/{project_id}/what-if?start_on={START.replace(month=5, day=6)}&lang=zh")

    assert page.status_code == 200
    assert "登记这些日期" in page.text
    assert it.plan.permit_on.strftime("%Y") in words(page)
