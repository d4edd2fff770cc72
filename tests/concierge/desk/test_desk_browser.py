"""The desk in a browser: readable by all, on a phone, without scripts; a link is made, sent and answered."""

import dataclasses
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from concierge.desk.rules.channels import Channel, Rhythm
from concierge.desk.rules.links import LinkScope
from concierge.desk.services.keep_channel import keep_channel
from concierge.kernel import clock, jobs
from tests.kernel.fixtures_office import Somebody
from tests.services.browsing import inspect_page, served, signed_in
from tests.services.chromium import clean_page

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture
def address(county):
    """Where a real server answers for the county."""
    with served(county.app) as address:
        yield address


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", [LinkScope.STEP, LinkScope.DEPARTMENT, LinkScope.AVAILABILITY])
def test_every_page_by_link_is_accessible_and_fits_a_phone(
    chromium: Browser, address: str, hands_out, kind: LinkScope, lang: str
):
    token = hands_out(kind)
    with clean_page(chromium, viewport=PHONE) as page:
        page.goto(f"{address}/d/{token}?lang={lang}")
        assert token not in page.url
        inspect_page(page, kind)
        if kind is LinkScope.DEPARTMENT:
            front = page.url.partition("?")[0]
            page.goto(f"{front}/list?lang={lang}")
            inspect_page(page, "list")


def test_the_pages_for_links_that_open_nothing_are_accessible(chromium: Browser, address: str):
    with clean_page(chromium, viewport=PHONE) as page:
        page.goto(f"{address}/d/qyg_d_nothing?lang=en")
        inspect_page(page, "missing")


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_every_page_of_the_staff_is_accessible(
    chromium: Browser, address: str, county, the_step, hands_out, viewport
):
    carol = county.employs("carol", "Chief", sees=(None,))
    hands_out()
    jobs.run_due()
    step = the_step()
    _some_messages(county, carol)
    with clean_page(chromium, viewport=viewport) as page:
        signed_in(page, carol, address)
        for screen in (
            "/links/list/",
            "/notices/list/",
            "/notices/channels/",
            "/notices/messages/",
            f"/links/batch/?department={step.department}",
            f"/projects/{step.project_id}/steps/{step.number}",
        ):
            page.goto(address + screen)
            inspect_page(page, screen)


def _some_messages(county, person):
    """Mail that nobody takes: an address to prove, and a message that was given up."""
    known = county.app.config["CONCIERGE"]
    nowhere = {"smtp_host": "127.0.0.1", "smtp_port": 1, "mail_from": "office@example.org"}
    county.app.config["CONCIERGE"] = dataclasses.replace(known, smtp_security="none", **nowhere)
    keep_channel(Channel.MAIL, "carol@example.org", Rhythm.MORNING, by=person.actor)
    for minutes in (0, 2):
        jobs.run_due(now=clock.moment() + timedelta(minutes=minutes))


def test_a_link_is_made_shown_and_answered_without_scripts(
    chromium: Browser, address: str, county, amy: Somebody, the_step
):
    step = the_step()
    with clean_page(chromium, viewport=DESK, java_script_enabled=False) as page:
        signed_in(page, amy, address)
        page.goto(f"{address}/projects/{step.project_id}/steps/{step.number}")
        page.fill("#links [name=recipient]", "王工")
        page.click("#links button[type=submit] >> text=Make the link")
        link = page.input_value("#address")
        expect(page.locator(".bd-qr svg path").first).to_be_attached()
    path = link[link.index("/d/") :]
    with clean_page(chromium, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(f"{address}{path}?lang=en")
        page.check("[name=outcome][value=done]")
        page.fill("[name=number]", "青招〔2026〕3号")
        page.click("text=Send")
        expect(page.locator("main")).to_contain_text("Recorded")

    assert the_step().result_number == "青招〔2026〕3号"
