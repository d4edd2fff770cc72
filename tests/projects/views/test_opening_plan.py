"""The second page of the wizard: facts beside the plan they make, every effect planned anew."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.periods import DaysMode
from concierge.kernel.db import db
from projects.models.project import Draft, Project
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.terms import GatesMode, PlanTerms
from tests.projects.views.wizard import fields_of, goes_on, text_of, the_second_page


@pytest.fixture
def lin(county):
    return county.employs("lin", "Liaison")


@pytest.fixture
def workdays_to_permit(county):
    """The length of a whole plan, asked of the planner itself."""

    def asked(template, facts=None, gates=GatesMode.TEMPLATE):
        catalogue = catalogue_queries.catalogue(catalogue_queries.latest_edition_id(db.session), db.session)
        on = date(2026, 4, 16)
        terms = PlanTerms(start_on=on, days=DaysMode.ELAPSED, gates=gates, today=on)
        calendar = catalogue_queries.work_calendar(db.session)
        return plan(expand(catalogue, template, facts or {}), terms, calendar=calendar).workdays_to_permit

    return asked


def looked_at(who, page, **changed):
    return who.sends("/projects/new/preview?lang=zh", {**fields_of(page), **changed})


def own_facts(county):
    return json.loads(county.asked(select(Draft.body))[0])["facts"]


def test_every_template_of_the_catalogue_is_a_card_and_every_fact_a_field(county, lin):
    page = the_second_page(lin)

    catalogue = catalogue_queries.catalogue(catalogue_queries.latest_edition_id(db.session), db.session)
    for template in catalogue.templates:
        assert f'id="template-{template.code}"' in page.text
    named = set(re.findall(r'name="f-([a-z0-9_]+)"', page.text))
    assert named == set(catalogue.attribute_of)
    assert len(named) == 58
    assert text_of(page, "shown") == ""
    assert fields_of(page)["f-land_area_ha"] == ["60"]  # 4 hectares in 亩


def test_the_effect_of_a_circumstance_is_the_difference_between_two_plans(lin, workdays_to_permit):
    page = looked_at(lin, the_second_page(lin), template="private-building")

    tendered = workdays_to_permit("private-building", {"must_tender": True})
    usual = workdays_to_permit("private-building", {"must_tender": False})
    assert text_of(page, "f-must_tender-effect") == f"+1步　+{tendered - usual}天"
    assert text_of(page, "f-must_tender-note").startswith("加“施工招标投标”")


def test_the_effect_of_quick_gates_is_the_difference_between_two_plans(lin, workdays_to_permit):
    page = looked_at(lin, the_second_page(lin))

    quick = workdays_to_permit("industrial-start-on-land")
    slow = workdays_to_permit("industrial-start-on-land", gates=GatesMode.NORMAL)
    assert slow > quick
    assert text_of(page, "relaxed-effect") == f"−{slow - quick}天"


def test_a_tick_moves_the_forecast_and_nothing_is_kept(county, lin):
    page = the_second_page(lin)
    before = own_facts(county)

    ticked = looked_at(lin, page, **{"f-hazardous": "true"})

    assert ticked.status_code == 200
    assert "预计2026年7月27日取得施工许可证" in page_text(ticked)
    assert "58" in text_of(ticked, "preview")  # 57 steps and the safety review
    assert own_facts(county) == before == {}


def page_text(page):
    return re.sub(r"<[^>]+>", "", page.text)


def test_without_scripts_the_button_shows_the_same_preview(lin):
    page = the_second_page(lin)
    form = {**fields_of(page), "f-hazardous": "true"}

    scripted = lin.sends("/projects/new/preview", form)
    pressed = lin.sends("/projects/new", {**form, "do": "preview"})

    assert text_of(pressed, "preview") == text_of(scripted, "preview")
    assert re.search(r'id="f-hazardous"[^>]*checked', pressed.text)


def test_only_what_somebody_changed_is_recorded(county, lin):
    page = the_second_page(lin)

    goes_on(lin, page, **{"f-land_area_ha": "126", "f-eia_category": "report", "f-must_supervise": []})

    assert own_facts(county) == {"land_area_ha": 8.4, "eia_category": "report", "must_supervise": False}


def test_a_fact_set_back_to_what_the_template_says_is_no_longer_recorded(county, lin):
    page = the_second_page(lin)
    changed = lin.sends("/projects/new", {**fields_of(page), "f-land_area_ha": "126", "do": "preview"})

    goes_on(lin, changed, **{"f-land_area_ha": "60"})

    assert own_facts(county) == {}


def test_a_derived_fact_follows_the_others_until_somebody_says_otherwise(county, lin):
    page = looked_at(lin, the_second_page(lin), **{"f-flammable_explosive": "true"})
    assert re.search(r'id="f-fire_special"[^>]*checked', page.text)

    goes_on(lin, page)
    assert own_facts(county) == {"flammable_explosive": True}


def test_another_template_keeps_what_was_changed_and_brings_its_own_facts(county, lin):
    page = the_second_page(lin)

    other = looked_at(lin, page, template="private-building", **{"f-night_work": "true"})

    assert 'id="conditions" data-swap' in other.text  # a script exchanges every field
    assert fields_of(other)["f-storeys"] == ["18"]
    goes_on(lin, other)
    draft = json.loads(county.asked(select(Draft.body))[0])
    assert (draft["template"], draft["facts"]) == ("private-building", {"night_work": True})


def test_a_forecast_past_the_target_says_by_how_much_and_what_would_recover_it(lin, workdays_to_permit):
    page = looked_at(lin, the_second_page(lin))  # target 10 July, permit 27 July

    words = text_of_preview(page)
    gain = workdays_to_permit("industrial-start-on-land") - workdays_to_permit(
        "industrial-start-on-land", {"drawing_review_exempt": True}
    )
    assert "比目标晚11个工作日" in words
    assert f"“免施工图审查”可提前{gain}个工作日，能赶上目标。" in words


def text_of_preview(page):
    return page_text(page).replace("&#34;", '"')


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"f-investment_wan": "很多"}, "“很多”不能作为项目要素“总投资”的值，可填：不小于0的数，单位万元。"),
        ({"f-land_area_ha": "-1"}, "“-1”不能作为项目要素“用地面积”的值，可填：不小于0的数，单位亩。"),
        (
            {"f-eia_category": "大"},
            "“大”不能作为项目要素“环评类别”的值，可填：报告书、报告表、登记表、豁免。",
        ),
    ],
)
def test_a_fact_of_the_wrong_kind_is_told_beside_its_field_and_keeps_its_text(county, lin, changed, sentence):
    page = the_second_page(lin)

    refused = lin.sends("/projects/new?lang=zh", {**fields_of(page), **changed, "do": "next"})

    assert refused.status_code == 422
    assert page_text(refused).count(sentence) == 2
    if "f-eia_category" not in changed:
        assert f'value="{next(iter(changed.values()))}"' in refused.text
    assert own_facts(county) == {}


def test_an_unknown_fact_is_told_with_the_nearest_ones(county, lin):
    page = the_second_page(lin)

    refused = lin.sends("/projects/new?lang=zh", {**fields_of(page), "f-land_area": "3", "do": "next"})

    assert refused.status_code == 422
    assert "没有名为“land_area”的项目要素。您要找的可能是：land_area_ha" in page_text(refused)
    assert own_facts(county) == {}


def test_an_unknown_template_is_told_with_those_there_are(county, lin):
    page = the_second_page(lin)

    refused = lin.sends("/projects/new?lang=zh", {**fields_of(page), "template": "moon-base", "do": "next"})

    assert refused.status_code == 422
    assert "没有项目模板“moon-base”" in page_text(refused)
    assert not county.asked(select(Project))
    assert json.loads(county.asked(select(Draft.body))[0])["template"] in ("", "industrial-start-on-land")


def test_a_tampered_hidden_field_harms_nobody(county, lin):
    page = the_second_page(lin)

    for told, own in (
        ("[]", "[1]"),
        ("{", "{"),
        ('{"must_tender": 3}', '{"nothing": 1, "must_tender": "x"}'),
    ):
        answered = lin.sends("/projects/new/preview", {**fields_of(page), "told": told, "own": own})
        assert answered.status_code in (200, 422)


def test_the_page_asks_the_database_little(lin, statements):
    page = the_second_page(lin)
    form = fields_of(page)

    with statements() as sent:
        lin.sends("/projects/new/preview", form)

    assert len(sent) <= 16
