"""今日工作 in a real browser: open to everybody at any width, one-handed by keys, whole without scripts."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from concierge.today.services.keep_place import PlaceAsked, keep_places
from concierge.today.services.write_note import NoteAsked, write_note
from tests.concierge.supervision.cases import accepted, looked
from tests.services import browsing
from tests.services.chromium import clean_page

pytestmark = pytest.mark.browser


@pytest.fixture
def busy(county, amy, bo, project_id):
    """A day with a card, a note with an hour and a place, and somebody to wait for."""
    late = accepted(project_id, date(2026, 4, 7), 4)
    accepted(project_id, date(2026, 4, 13), 9, code="construction-drawing-review")
    looked(date(2026, 4, 15))
    chief = county.employs("boss", "Chief", sees=(None,))
    keep_places([PlaceAsked(department="HCB", place="Hall, floor 2", phone="0730-1")], by=chief.actor)
    for text, place in (("Bring the seal", "Works, gate 3"), ("Call the works", "")):
        note = NoteAsked(text=text, due_on=date(2026, 4, 15), place=place, project_id=project_id)
        write_note(note, by=amy.actor)
    return late


@pytest.mark.parametrize(("width", "is_mobile"), [(1440, False), (390, True)])
def test_every_page_of_the_day_is_open_to_everybody_at_any_width(
    county, amy, busy, chromium, width, is_mobile
):
    paths = (
        "/today/",
        "/today/?by=place",
        f"/today/later?key=step:{busy}:urge-1",
        "/today/notes/new",
        "/today/notes/1",
        "/today/places/list/",
        "/today/sheet",
    )

    seen = clean_page(chromium, viewport={"width": width, "height": 900}, is_mobile=is_mobile)
    with browsing.served(county.app) as address, seen as page:
        browsing.signed_in(page, amy, address)
        for path in paths:
            page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=en")
            browsing.inspect_page(page, (path, width))


def test_keys_walk_the_lines_and_tick_one_and_the_tick_is_taken_back(county, amy, busy, page):
    with browsing.served(county.app) as address:
        browsing.signed_in(page, amy, address)
        page.goto(f"{address}/today/?lang=en")
        lines = page.locator("[data-line]:visible")
        before = lines.count()

        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(lines.nth(1)).to_have_class(re.compile("is-on"))
        page.keyboard.press("k")
        page.keyboard.press("x")
        page.wait_for_url("**ticked=*")

        expect(page.locator("[data-line]:visible")).to_have_count(before - 1)
        page.get_by_role("button", name="Take the tick back", exact=True).first.click()
        page.wait_for_url(f"{address}/today/**")
        expect(page.locator("[data-line]:visible")).to_have_count(before)


def test_without_scripts_a_line_is_ticked_and_put_off_all_the_same(county, amy, busy, chromium):
    with browsing.served(county.app) as address:
        page = chromium.new_context(java_script_enabled=False).new_page()
        browsing.signed_in(page, amy, address)
        page.goto(f"{address}/today/?lang=en")
        before = page.locator(".bd-tick").count()

        page.locator(".bd-tick").first.click()
        expect(page.locator(".bd-tick")).to_have_count(before - 1)

        page.locator("a[title='Put it off']").first.click()
        page.get_by_role("button", name="Put it off").click()
        expect(page.locator(".bd-tick")).to_have_count(before - 2)
