"""The search page and the box in the header."""

from projects.models.project import Project


def test_the_box_in_the_header_leads_to_the_page(amy, project_id):
    assert '<form class="bd-find" role="search" action="/search">' in amy.opens("/projects/").text


def test_what_is_found_stands_in_groups_with_its_link(county, amy, project_id):
    project = county.has(Project, project_id)

    said = amy.opens(f"/search?q={project.name}").text

    assert f'href="/projects/{project_id}"' in said
    assert project.code in said


def test_a_found_step_leads_to_its_page(amy, project_id, the_step):
    said = amy.opens("/search?q=construction permit").text

    assert f'href="/projects/{project_id}/steps/{the_step("construction-permit").number}"' in said


def test_nothing_found_says_what_to_try(amy, project_id):
    assert "Nothing found" in amy.opens("/search?q=zzzz").text


def test_without_a_text_it_says_what_may_be_typed(amy, project_id):
    answer = amy.opens("/search")

    assert answer.status_code == 200
    assert "Part of a name" in answer.text


def test_a_text_is_shown_as_text(amy, project_id):
    said = amy.opens("/search", query_string={"q": "<script>alert(1)</script>"}).text

    assert "<script>alert(1)" not in said


def test_whoever_may_not_search_has_no_box_and_no_page(county):
    guard = county.employs("guard", "SystemAdmin")

    assert 'class="bd-find"' not in guard.opens("/").text
    assert guard.opens("/search?q=a").status_code == 403
