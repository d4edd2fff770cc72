"""Packages in a browser: what a department and the office see, wide and narrow, in both languages."""

import pytest
from sqlalchemy import select

from concierge.desk.rules.links import LinkScope
from concierge.kernel import jobs
from documents.models.document import DocumentRow
from documents.rules.sealing import Keeper
from documents.services.archive_project import archive_project
from documents.services.keep_seal import NewSeal, make_seal
from tests.concierge.desk.test_desk_browser import DESK, PHONE, address  # noqa: F401  (a fixture)
from tests.concierge.desk.test_package_files import WITH_PAPERS, package, paper  # noqa: F401  (fixtures)
from tests.services.browsing import inspect_page, signed_in
from tests.services.chromium import clean_page

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("without_printer")]


@pytest.fixture
def seal(amy):
    """The office's seal, whose key signs packages."""
    named = {"name": "业务专用章", "office": "青禾县帮代办服务中心"}
    return make_seal(NewSeal(**named, keeper=Keeper.SOFTWARE), by=amy.actor)


@pytest.mark.parametrize(("lang", "viewport"), [("zh", PHONE), ("en", DESK)])
def test_a_receipt_is_kept(chromium, address, seal, hands_out, package, county, lang, viewport):  # noqa: F811  (by its name)
    with clean_page(chromium, viewport=viewport, java_script_enabled=False) as page:
        page.goto(f"{address}/d/{hands_out(LinkScope.DEPARTMENT, code=WITH_PAPERS)}?lang={lang}")
        page.locator("section[aria-labelledby=cases-waiting] a.bd-row").click()
        page.locator("input[name=outcome][value=receipt]").check()
        page.locator("input[name=received_by]").fill("审批股 李工")
        page.locator("form.bd-dep-o button[type=submit]").click()
        page.wait_for_url("**done=receipt*")
        jobs.run_due()
        page.reload()
        told = page.content()

    (receipt,) = county.asked(select(DocumentRow).where(DocumentRow.kind == "package-receipt"))
    assert "审批股 李工" in told
    assert receipt.number in told
    assert "openssl pkeyutl -verify" in told


@pytest.mark.parametrize(("lang", "viewport"), [("zh", DESK), ("en", PHONE)])
def test_all_can_read_it(chromium, address, seal, hands_out, package, the_step, amy, lang, viewport):  # noqa: F811  (by its name)
    archive_id = archive_project(the_step().project_id, by=amy.actor)
    jobs.run_due()
    with clean_page(chromium, viewport=viewport) as page:
        page.goto(f"{address}/d/{hands_out(code=WITH_PAPERS)}?lang={lang}")
        for more in page.locator("details > summary").all():
            more.click()
        inspect_page(page, "package by link")
        signed_in(page, amy, address)
        screens = ("/packages/", f"/packages/{package}", f"/packages/steps/{the_step(WITH_PAPERS).id}")
        for screen in (*screens, "/documents/", "/documents/archive/", f"/documents/archive/{archive_id}"):
            page.goto(f"{address}{screen}?lang={lang}")
            inspect_page(page, screen)
