"""Papers in a browser: one sent at a step is there at the next that needs it; a phone is enough."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from approvals.models.paper import PaperFileRow
from tests.kernel.papers_made import a_pdf
from tests.services import browsing
from tests.services.chromium import clean_page

pytestmark = pytest.mark.browser

SURVEY = "boundary-survey"
FIRST, NEXT = "planning-conditions", "land-planning-permit"  # both ask for the survey


@pytest.fixture
def address_of(address, project_id, the_step):
    return lambda code: f"{address}/projects/{project_id}/steps/{the_step(code).number}?lang=en"


def choose(page, *files):
    page.set_input_files(f"#files-{SURVEY}", [
        {"name": name, "mimeType": "application/pdf", "buffer": content} for name, content in files
    ])  # fmt: skip


def test_a_pdf_sent_at_one_step_is_there_for_the_next_that_needs_it(
    page, amy, address, address_of, county, project_id
):
    browsing.signed_in(page, amy, address)
    page.goto(address_of(FIRST))
    choose(page, ("宗地图.pdf", a_pdf(2)), ("勘测定界图.pdf", a_pdf(3)))
    page.click("#papers button[type=submit]")

    expect(page).to_have_url(re.compile(r"/steps/\d+.*#papers$"))
    expect(page.get_by_text("1 paper taken in.")).to_be_visible()
    page.goto(address_of(NEXT))
    here = page.locator(".bd-mat", has_text="宗地图.pdf")
    expect(here.get_by_role("img", name="There", exact=True)).to_be_visible()
    expect(here).to_contain_text("5 pages")
    kept = county.asked(select(PaperFileRow).where(PaperFileRow.project_id == project_id))
    assert [file.name for file in kept] == ["宗地图.pdf", "勘测定界图.pdf"]


def test_it_works_without_a_script_and_on_a_phone(chromium, amy, address, address_of):
    with clean_page(chromium, viewport={"width": 390, "height": 800}, java_script_enabled=False) as page:
        browsing.signed_in(page, amy, address)
        page.goto(address_of(FIRST))
        choose(page, ("宗地图.pdf", a_pdf(2)))
        page.click("#papers button[type=submit]")

        expect(page.locator(".bd-files-n", has_text="宗地图.pdf")).to_be_visible()


def test_no_page_of_papers_is_wider_than_a_phone(chromium, amy, address, address_of, project_id):
    with clean_page(chromium, viewport={"width": 390, "height": 800}) as page:
        browsing.signed_in(page, amy, address)
        for path in (f"/projects/{project_id}/papers", f"/projects/{project_id}/papers/{SURVEY}"):
            page.goto(f"{address}{path}?lang=en")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.goto(address_of(FIRST).replace("?", "/notice?"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
