"""Steps, versions and sheets in a browser: readable by everybody, on a phone, without scripts, on paper."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from approvals.rules.progress import Move
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from projects.services.record_move import record_move
from tests.kernel.fixtures_office import Somebody
from tests.services.browsing import inspect_page, signed_in
from tests.services.chromium import clean_page

pytestmark = pytest.mark.browser

FIRST = "investment-lead-screening"
A4_MM = (210, 297)


@pytest.fixture
def lived_in(project_id, the_step) -> int:
    """A project with a step accepted late, so that it has a running clock and two versions of its plan."""
    record_move(the_step(FIRST).id, Move.ACCEPT, date(2026, 4, 10), by=SYSTEM)
    jobs.run_due()
    return project_id


def _screens(project_id: int, number: str) -> list[str]:
    project = f"/projects/{project_id}"
    return [
        f"{project}/steps/{number}",
        f"{project}/steps/20",
        f"{project}/plans",
        "/search?q=许可",
        "/enterprises/list/",
    ]


def test_every_screen_is_accessible_and_fits_a_phone(
    chromium: Browser, amy: Somebody, address: str, lived_in: int, the_step
):
    with clean_page(chromium, viewport={"width": 390, "height": 844}) as page:
        signed_in(page, amy, address)
        for screen in _screens(lived_in, the_step(FIRST).number):
            page.goto(address + screen)
            inspect_page(page, screen)


@pytest.mark.parametrize("sheet", ["/projects/{}/print", "/projects/{}/print?annex=1", "/projects/ledger"])
@pytest.mark.parametrize(("width", "is_mobile"), [(1440, False), (390, True)])
def test_every_sheet_is_accessible_and_shown_whole(
    chromium: Browser, amy: Somebody, address: str, lived_in: int, sheet: str, width: int, is_mobile: bool
):
    with clean_page(chromium, viewport={"width": width, "height": 844}, is_mobile=is_mobile) as page:
        signed_in(page, amy, address)
        page.goto(address + sheet.format(lived_in))
        inspect_page(page, sheet)


def test_a_long_plan_takes_several_pages_and_each_begins_with_the_head_of_the_table(
    chromium: Browser, amy: Somebody, address: str, lived_in: int
):
    width, height = (mm / 25.4 * 96 for mm in A4_MM)
    with clean_page(chromium, viewport={"width": round(width), "height": round(height)}) as page:
        signed_in(page, amy, address)
        page.goto(f"{address}/projects/{lived_in}/print")
        page.emulate_media(media="print")
        head = page.evaluate("getComputedStyle(document.querySelector('.bd-prs thead')).display")
        shell = page.evaluate("getComputedStyle(document.querySelector('.bd-pr-n')).display")
        printed = page.pdf(prefer_css_page_size=True)

    assert head == "table-header-group"  # what paper repeats
    assert shell == "none"
    assert 2 <= printed.count(b"/Type /Page\n") <= 4


def test_a_step_is_recorded_without_scripts(
    chromium: Browser, amy: Somebody, address: str, project_id: int, the_step
):
    with clean_page(chromium, java_script_enabled=False) as page:
        signed_in(page, amy, address)
        page.goto(f"{address}/projects/{project_id}/steps/{the_step(FIRST).number}?lang=zh&act=accept")
        page.get_by_label("日期").fill("2026-04-14")
        page.get_by_role("button", name="受理").click()
        expect(page.get_by_text("4月14日受理").first).to_be_visible()

    assert the_step(FIRST).accepted_on == date(2026, 4, 14)
