"""The progress sheet on paper, and the network as a file."""

from html import unescape
from xml.etree import ElementTree

import pytest
import segno

from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from projects.models.project import Project
from projects.queries.project_file import project_file
from tests.builders import a_project
from tests.fixtures_app import DEMONSTRATION_DAY


def test_the_sheet_lists_every_step_and_marks_the_critical_ones(amy, project_id):
    plan = project_file(db.session, project_id, SYSTEM, today=DEMONSTRATION_DAY).plan

    said = unescape(amy.opens(f"/projects/{project_id}/print").text)

    assert all(step.name_en in said for step in plan.steps)
    assert said.count(" ※</td>") == len(plan.critical_path) > 3
    assert said.count("<thead>") == 1  # a head that paper repeats on every page


def test_the_code_on_the_sheet_leads_to_the_project(amy, project_id):
    said = amy.opens(f"/projects/{project_id}/print").text

    drawn = segno.make(f"http://127.0.0.1:8080/projects/{project_id}", error="m", micro=False)
    modules = drawn.svg_inline(border=4, omitsize=True).split(' d="')[1].split('"')[0]
    assert modules in said


def test_a_large_network_follows_on_further_pages_only_where_asked(county):
    boss = county.employs("boss", "Chief", sees=(None,))
    project_id = a_project(by=SYSTEM, template="industrial-start-on-land")  # more than 45 works

    plain = boss.opens(f"/projects/{project_id}/print").text
    whole = boss.opens(f"/projects/{project_id}/print?annex=1").text

    assert "bd-pr-x" not in plain
    assert "annex=1" in plain
    assert "bd-pr-x" in whole
    assert "Annex" in whole


def test_a_small_project_has_all_of_its_network_on_the_first_page(county):
    boss = county.employs("boss", "Chief", sees=(None,))
    project_id = a_project(by=SYSTEM, template="small-low-risk")

    said = boss.opens(f"/projects/{project_id}/print?annex=1").text

    assert "bd-pr-x" not in said
    assert "annex=1" not in said


@pytest.mark.parametrize("query", ["", "?lang=zh"])
def test_the_network_is_a_file_that_needs_nothing_beside_it(amy, project_id, query):
    answer = amy.opens(f"/projects/{project_id}/network.svg{query}")

    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    drawn = ElementTree.fromstring(answer.data)  # noqa: S314  (our own drawing)
    style = drawn.find("{http://www.w3.org/2000/svg}style")
    assert ".w-float" in style.text
    assert b"@import" not in answer.data
    links = [v for e in drawn.iter() for k, v in e.attrib.items() if k.endswith("href")]
    assert all(link.startswith("#") for link in links)  # patterns of its own, nothing else


@pytest.mark.parametrize("what", ["print", "network.svg", "plans"])
def test_what_is_not_in_ones_charge_is_not_to_be_had_on_paper_either(county, project_id, what):
    eve = county.employs("eve", "Concierge")

    assert eve.opens(f"/projects/{project_id}/{what}").status_code == 404


def test_the_ledger_prints_the_projects_in_ones_charge_and_no_others(county, amy, project_id):
    other = a_project(by=SYSTEM)
    mine, theirs = (county.has(Project, number).name for number in (project_id, other))

    said = amy.opens("/projects/ledger").text

    assert mine in said
    assert theirs not in said
    assert "Ledger of projects" in said
    assert "bd-a4-w" in said


def test_the_ledger_keeps_the_filter_it_was_opened_with(amy, project_id):
    said = amy.opens("/projects/ledger?text=nothing-like-it").text

    assert "No project fits this filter" in said
    assert "nothing-like-it" in said
