"""The framework's own lists under our policy, in a real browser: every button works, no script is refused."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from concierge.kernel.actor import SYSTEM
from concierge.kernel.security import accounts
from tests.kernel.fixtures_office import PASSWORD, Office
from tests.kernel.office.models import Room, Shelf, Wood

LIMIT_MS = 10_000
pytestmark = pytest.mark.browser


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """The office behind a real door, with a keeper who knows the password."""
    rooms = office.keeps(Room(code="R1", name="Archive"))
    office.keeps(*(Shelf(name=f"Shelf {n}", wood=Wood.OAK, room_id=rooms[0]) for n in range(3)))
    accounts.open_account("kim", "Kim", ["Keeper"], by=SYSTEM, password=PASSWORD)
    server = make_server("127.0.0.1", 0, office.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def refused(page: Page) -> list[str]:
    """What the browser said that it would not run or load."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    return said


def test_signing_in_searching_editing_deleting_and_signing_out(
    address: str, page: Page, refused: list[str], office: Office
) -> None:
    page.set_default_timeout(LIMIT_MS)
    page.goto(f"{address}/shelves/list/?lang=en")
    page.get_by_label("User name").fill("kim")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("cell", name="Shelf 0")).to_be_visible()

    page.locator('a[href="/shelves/edit/1"]').first.click()
    page.locator('input[name="boards"]').fill("9")
    page.locator('#model_form button[type="submit"]').click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    page.locator('input[name="rowid"][value="2"]').check()
    page.locator("button", has_text="Actions").click()
    page.locator("a.dust_menu_item").click()
    page.locator("#modal-confirm-ok").click()
    expect(page.get_by_role("cell", name="dusted")).to_be_visible()

    page.locator('[id="btn-delete-/shelves/delete/3"]').click()
    page.locator("#modal-confirm-ok").click()
    expect(page.get_by_text("Deleted.")).to_be_visible()

    page.locator("details.bd-me summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert office.has(Shelf, 1).boards == 9
    assert office.has(Shelf, 2).note == "dusted"
    assert office.has(Shelf, 3) is None
    assert refused == []
