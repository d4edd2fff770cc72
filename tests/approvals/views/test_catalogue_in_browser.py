"""The catalogue in a real browser: readable by everybody, at a desk and on a phone, scripts or not."""

import pytest
from playwright.sync_api import Browser, expect

from approvals.queries import catalogue as queries
from concierge.kernel.work import reading
from tests.approvals.files import with_row
from tests.kernel.fixtures_office import Somebody
from tests.services.browsing import inspect_page, signed_in
from tests.services.chromium import clean_page

pytestmark = pytest.mark.browser

SCREENS = (
    "/catalogue/list/",
    "/catalogue/check?only=warning",
    "/catalogue/files/",
    "/catalogue/editions/0/changes?since=1",
    "/catalogue/preview/small-low-risk",
    "/holidays/list/",
    "/holidays/list/?year=2027",
    "/catalogue/matters/list/",
    "/catalogue/matters/show/1",
    "/catalogue/matters/edit/1",
    "/catalogue/precedences/add",
)


@pytest.mark.parametrize("width", [1440, 390])
def test_every_screen_is_accessible_and_fits(
    chromium: Browser, administrator: Somebody, address: str, width: int
):
    with clean_page(chromium, viewport={"width": width, "height": 900}) as page:
        signed_in(page, administrator, address)
        for screen in SCREENS:
            page.goto(address + screen)
            inspect_page(page, screen)


def test_a_file_goes_from_dry_run_to_the_draft_without_scripts(
    chromium: Browser, administrator: Somebody, address: str, tmp_path
):
    ((name, content),) = with_row("departments.csv", "Development zone committee", "Zone committee").items()
    (tmp_path / name).write_bytes(content)

    with clean_page(chromium, java_script_enabled=False) as page:
        signed_in(page, administrator, address)
        page.goto(f"{address}/catalogue/files/")
        page.set_input_files("#file", tmp_path / name)
        page.get_by_role("button", name="试导").click()
        expect(page.get_by_text("Zone committee", exact=True)).to_be_visible()
        page.get_by_role("button", name="导入草稿").click()
        expect(page.get_by_role("heading", name="事项与模板", level=1)).to_be_visible()

    with reading() as session:
        assert queries.draft_catalogue(session).department_of["DZC"].name_en == "Zone committee"
