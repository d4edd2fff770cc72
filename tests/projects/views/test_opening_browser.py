"""The wizard in a browser: the preview follows every change, the focus stays, going back loses nothing."""

import pytest
from playwright.sync_api import expect

from tests.projects.views.wizard import FIRST
from tests.services import browsing

pytestmark = pytest.mark.browser


@pytest.fixture
def second_page(county, page, address):
    """A liaison's browser on the second page of the wizard, the first filled in by hand."""
    lin = county.employs("lin", "Liaison")
    browsing.signed_in(page, lin, address)
    page.goto(f"{address}/projects/new?lang=zh")
    for name in ("name", "code", "enterprise", "uscc", "start_on", "target_on"):
        page.fill(f"#{name}", FIRST[name])
    page.click("button.bd-btn-p[value=next]")
    return page


def test_a_tick_changes_the_preview_at_once_and_keeps_the_focus(second_page):
    preview = second_page.locator("#preview")
    expect(preview).to_contain_text("57步")

    second_page.focus("#f-hazardous")
    second_page.keyboard.press("Space")

    expect(preview).to_contain_text("58步")
    expect(second_page.locator("#f-hazardous")).to_be_focused()
    assert preview.get_attribute("aria-live") == "polite"


def test_typing_is_never_overwritten_by_the_preview(second_page):
    second_page.click("#f-investment_wan")
    second_page.fill("#f-investment_wan", "")
    second_page.keyboard.type("52000", delay=120)
    second_page.check("#f-hazardous")

    expect(second_page.locator("#preview")).to_contain_text("58步")
    assert second_page.input_value("#f-investment_wan") == "52000"


def test_a_mistake_is_told_while_typing_and_mended_while_typing(second_page):
    second_page.fill("#f-land_area_ha", "许多")
    expect(second_page.locator("#problems")).to_contain_text("“许多”不能作为项目要素“用地面积”的值")
    expect(second_page.locator("#f-land_area_ha-error")).to_contain_text("不小于0的数")

    second_page.fill("#f-land_area_ha", "75")
    expect(second_page.locator("#problems")).to_be_empty()
    expect(second_page.locator("#f-land_area_ha-error")).to_be_empty()


def test_what_was_typed_before_the_script_ran_is_previewed_too(second_page):
    second_page.wait_for_load_state()

    def late(route):
        second_page.fill("#f-land_area_ha", "许多")  # the page stands, its script is still on the way
        route.continue_()

    second_page.route("**/app.js*", late)
    second_page.reload()

    expect(second_page.locator("#problems")).to_contain_text("“许多”不能作为项目要素“用地面积”的值")


def test_another_template_exchanges_its_facts_and_back_and_forth_keeps_them(second_page):
    second_page.check("#template-private-building")
    expect(second_page.locator("#preview")).to_contain_text("60步")
    expect(second_page.locator("#relaxed")).not_to_be_checked()

    second_page.check("#f-must_tender")
    expect(second_page.locator("#preview")).to_contain_text("61步")
    second_page.click("button[value=back]")
    assert second_page.input_value("#name") == FIRST["name"]
    second_page.click("button.bd-btn-p[value=next]")

    expect(second_page.locator("#template-private-building")).to_be_checked()
    expect(second_page.locator("#f-must_tender")).to_be_checked()
