"""The merged forms on screen: what is known stands there, what is typed is kept, nothing typed is lost."""

from html import unescape

import pytest
from sqlalchemy import event

from concierge.kernel.db import db
from concierge.kernel.work import reading
from documents.queries.form_answers import answers_of
from documents.queries.form_case import form_fields
from tests.builders import a_project

PERMIT = "stage-form-construction-permit"


@pytest.fixture
def amy(county):
    return county.employs("amy", "Concierge")


@pytest.fixture
def project(county, amy):
    return a_project(pair=(amy.id, county.employs("bo", "Concierge").id), enterprise="远砺精工有限公司")


def test_the_forms_of_a_project_say_how_much_is_filled_in(amy, project):
    page = amy.opens(f"/documents/forms/{project}?lang=en")

    assert page.status_code == 200
    assert "Every field asked once" in page.text
    assert page.text.count('name="code" value="') == 6  # six forms, each with a button that makes it


def test_what_is_typed_is_kept_and_stands_on_the_next_form(amy, project):
    address = f"/documents/forms/{project}/{PERMIT}"

    answer = amy.sends(address, {"location": "三号路8号", "staged_part": "全部工程", "owner": "不许改名"})

    assert answer.status_code == 303
    with reading() as session:
        assert {name: one.value for name, one in answers_of(session, project).items()} == {
            "location": "三号路8号",
            "staged_part": "全部工程",
        }
    page = amy.opens(f"/documents/forms/{project}/utility-form")
    assert "三号路8号" in page.text
    assert "远砺精工有限公司" in page.text
    assert "不许改名" not in page.text


def test_a_wrong_choice_is_refused_and_everything_typed_stays(amy, project):
    answer = amy.sends(
        f"/documents/forms/{project}/{PERMIT}?lang=en", {"location": "三号路8号", "staged_part": "拆除"}
    )

    assert answer.status_code == 422
    assert "“拆除” is not offered for “Stage of works applied for”" in unescape(answer.text)
    assert "三号路8号" in answer.text
    with reading() as session:
        assert answers_of(session, project) == {}


def test_captions_are_in_the_readers_language_and_values_as_the_form_prints_them(amy, project):
    address = f"/documents/forms/{project}/{PERMIT}"

    english, chinese = amy.opens(f"{address}?lang=en").text, amy.opens(f"{address}?lang=zh").text

    assert "Project manager and registration number" in english
    assert "项目经理及注册编号" not in english
    assert "基坑支护和土方开挖" in english  # what is chosen stands on the paper, in Chinese
    assert "项目经理及注册编号" in chinese


def test_every_field_and_section_has_a_name_in_english():
    fields = form_fields()

    assert [one.code for one in fields if not one.name_en.isascii() or not one.name_en] == []
    assert len({one.name_en for one in fields}) == len(fields)
    assert {one.section_en for one in fields if one.section_en.isascii()} == {
        one.section_en for one in fields
    }
    assert len({(one.section, one.section_en) for one in fields}) == len({one.section for one in fields})


def test_somebody_not_in_charge_finds_no_form(county, project):
    eve = county.employs("eve", "Concierge")

    assert eve.opens(f"/documents/forms/{project}").status_code == 404
    assert eve.opens(f"/documents/forms/{project}/{PERMIT}").status_code == 404
    assert eve.sends(f"/documents/forms/{project}/{PERMIT}", {"location": "x"}).status_code == 404


def test_a_form_there_is_not_is_not_found(amy, project):
    assert amy.opens(f"/documents/forms/{project}/no-such-form").status_code == 404


def test_the_page_asks_few_questions(amy, project):
    address = f"/documents/forms/{project}/{PERMIT}"
    amy.opens(address)
    asked = []

    def note(*facts):
        asked.append(facts[2])

    event.listen(db.engine, "before_cursor_execute", note)
    amy.opens(address)
    event.remove(db.engine, "before_cursor_execute", note)

    assert len(asked) <= 20
