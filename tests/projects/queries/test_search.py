"""What a few typed words find."""

from datetime import date

import pytest
from sqlalchemy import update

from approvals.models.step import Step
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from projects.models.project import Enterprise, Project
from projects.queries.search import MOST_FOUND, search
from projects.rules.identity import credit_code
from tests.builders import a_project


@pytest.fixture
def amy(county):
    return county.employs("amy", "Concierge")


@pytest.fixture
def two_projects(county, amy):
    """One in Amy's charge and one that is not."""
    bo, eve = county.employs("bo", "Concierge"), county.employs("eve", "Concierge")
    mine = a_project(
        pair=(amy.id, bo.id), enterprise="青禾新材料有限公司", uscc=credit_code("91439921MA7AAAA01")
    )
    other = a_project(
        pair=(bo.id, eve.id), enterprise="青禾冷链有限公司", uscc=credit_code("91439921MA7AAAA02")
    )
    return mine, other


def _project(county, id_):
    return county.has(Project, id_)


def test_an_empty_text_finds_nothing(amy, two_projects):
    assert search(db.session, "  ", amy.actor).is_empty


def test_a_project_is_found_by_part_of_its_name_or_code(county, amy, two_projects):
    project = _project(county, two_projects[0])

    for text in (project.name[:3], project.code, project.code[-6:]):
        assert [p.id for p in search(db.session, text, amy.actor).projects] == [project.id]


def test_nothing_outside_ones_charge_is_found(county, amy, two_projects):
    other = _project(county, two_projects[1])

    assert search(db.session, other.code, amy.actor).is_empty
    assert [e.name for e in search(db.session, "青禾", amy.actor).enterprises] == ["青禾新材料有限公司"]
    assert {e.name for e in search(db.session, "青禾", SYSTEM).enterprises} == {
        "青禾新材料有限公司",
        "青禾冷链有限公司",
    }


@pytest.mark.parametrize("text", ["施工许可证", "construction permit", "CONSTRUCTION PERMIT"])
def test_a_step_is_found_by_its_name_in_either_language(amy, two_projects, text):
    found = search(db.session, text, amy.actor).steps

    assert "construction-permit" in {one.step.code for one in found}
    assert {one.project.id for one in found} == {two_projects[0]}


@pytest.mark.parametrize("text", ["7", "07"])
def test_a_step_is_found_by_its_number(amy, two_projects, text):
    assert [one.step.number for one in search(db.session, text, amy.actor).steps] == ["07"]


def test_a_result_is_found_by_its_number(county, amy, two_projects):
    with work(SYSTEM) as w:
        w.session.execute(
            update(Step).where(Step.number == "03").values(result_number="青自然资〔2026〕12号")
        )

    found = search(db.session, "〔2026〕12", amy.actor)

    assert [one.project.id for one in found.numbers] == [two_projects[0]]


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "\\"])
def test_signs_of_the_database_are_only_text(amy, two_projects, text):
    assert search(db.session, text, amy.actor).is_empty


def test_of_very_many_only_the_first_are_shown_and_it_is_said(county, amy):
    edition = county.has(Project, a_project()).edition_id
    firm = county.asked(Enterprise.__table__.select())[0]
    county.keeps(
        *(
            Project(
                code=f"2604-439921-04-01-9{n:05d}",
                name=f"成批项目{n}",
                enterprise_id=firm,
                edition_id=edition,
                template="private-building",
                facts="{}",
                gates="template",
                days="elapsed",
                investment_wan=100,
                start_on=date(2026, 3, 2),
                opened_at=clock.now(),
            )
            for n in range(MOST_FOUND + 5)
        )
    )

    found = search(db.session, "成批", SYSTEM)

    assert len(found.projects) == MOST_FOUND
    assert found.cut == {"projects"}
