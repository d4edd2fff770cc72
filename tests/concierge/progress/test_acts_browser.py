"""Every act of an enterprise in a browser at 390 pixels without scripts; every page readable by all."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from approvals.models.deferral import DeferralRow
from approvals.rules.deferral_course import DeferralState
from concierge.escalation.models.report import ReportRow
from concierge.kernel.actor import SYSTEM
from concierge.progress.models.acts import IncomingRow, ScenarioRow, SubscriptionRow
from concierge.progress.rules.acts import ActKind, ScenarioReply
from concierge.progress.services.share_scenario import NewScenario, share_scenario
from tests.builders import a_project
from tests.concierge.progress.fixtures_acts import Holder, a_holder, a_photo, wanted_codes
from tests.concierge.progress.test_scenarios import TOLD
from tests.concierge.progress.test_signing import BY_SMS, sent_code
from tests.deferrals import CONTRACT, a_deferral, hand_in_main_papers
from tests.kernel.fixtures_office import Office
from tests.services.browsing import inspect_page, served, signed_in
from tests.services.chromium import clean_page

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
PAGES = (
    "", "/materials", "/message", "/stuck", "/pick-up", "/visit", "/ratings", "/commitments", "/subscribe",
)  # fmt: skip


@pytest.fixture
def address(county: Office):
    """Where a real server answers for a county that can send SMS."""
    settings = county.app.config["CONCIERGE"]
    county.app.config["CONCIERGE"] = dataclasses.replace(settings, **BY_SMS)
    with served(county.app) as address:
        yield address


@pytest.fixture
def owner(county: Office, address: str) -> Holder:
    """An enterprise with a material to bring and a commitment to sign."""
    project_id = a_project()
    hand_in_main_papers(project_id, but=CONTRACT)
    a_deferral(project_id, grantor=None, signed_by="")
    return a_holder(county, project_id)


def photographs(page: Page, front: str, owner: Holder, photos: list[Path]) -> None:
    page.goto(front.replace("?", f"/materials/{wanted_codes(owner.project_id)[0]}?"))
    page.set_input_files("[name=files]", photos)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Send 2 pages").click()
    expect(page.locator("main")).to_contain_text("Sent. Your officers look at it.")


def writes(page: Page, front: str) -> None:
    page.goto(front)
    page.get_by_role("link", name="Leave a message").click()
    page.get_by_label("Your message").fill("围墙图纸要盖哪个章？")
    page.get_by_role("button", name="Send the message").click()
    expect(page.locator("main")).to_contain_text("Sent. Your officers have it.")


def reports(page: Page) -> None:
    page.get_by_role("link", name="Back to the progress").click()
    page.get_by_role("link", name="Something cannot get done").click()
    page.get_by_label("What cannot be done, in a few words").fill("窗口不收材料")
    page.get_by_label("What happened").fill("说要等领导回来才收。")
    page.get_by_label("Your name").fill("吴倩")
    page.get_by_label("Telephone").fill("13800002468")
    page.get_by_role("button", name="Report this problem").click()
    expect(page.locator("main")).to_contain_text("Registered. Somebody calls you back.")


def signs(page: Page, front: str, county: Office) -> None:
    page.goto(front)
    page.get_by_role("link", name="Read and sign").click()
    page.get_by_role("link", name="Read and sign").click()
    page.get_by_label("Name of the legal representative").fill("吴倩")
    page.get_by_label("I have read the letter").check()
    page.get_by_role("button", name="Send me the code").click()
    page.get_by_label("SMS code").fill(sent_code(county))
    page.get_by_role("button", name="Sign the commitment").click()
    expect(page.locator("main")).to_contain_text("Signed on 15 April 2026.")


def books(page: Page, front: str) -> None:
    page.goto(front)
    page.get_by_role("link", name="Book a visit").click()
    page.fill("[name=wanted_on]", "2026-04-17")
    page.fill("[name=begins]", "10:00")
    page.get_by_label("What it is about").fill("看图")
    page.get_by_label("Your name").fill("吴倩")
    page.get_by_label("Telephone").fill("13800002468")
    page.get_by_role("button", name="Book it").click()
    expect(page.locator("main")).to_contain_text("Booked for 17 Apr 10:00")


def subscribes(page: Page, front: str) -> None:
    page.goto(front)
    page.get_by_role("link", name="Be told of milestones").click()
    page.get_by_label("In my calendar").check()
    page.get_by_role("button", name="Tell me").click()
    expect(page.locator("a[href^='webcal://']")).to_be_visible()


def test_an_owner_does_everything_on_a_phone_without_scripts(
    chromium: Browser, address: str, county: Office, owner: Holder, tmp_path: Path
):
    photos = [tmp_path / "1.jpg", tmp_path / "2.jpg"]
    for path, colour in zip(photos, ("red", "green"), strict=True):
        path.write_bytes(a_photo(colour).getvalue())
    with clean_page(chromium, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(f"{address}/p/{owner.token}?lang=en")
        assert owner.token not in page.url
        front = page.url

        photographs(page, front, owner, photos)
        writes(page, front)
        reports(page)
        signs(page, front, county)
        books(page, front)
        subscribes(page, front)

    kinds = set(county.asked(select(IncomingRow.kind)))
    assert kinds == {ActKind.UPLOAD, ActKind.MESSAGE, ActKind.PROBLEM, ActKind.COMMITMENT, ActKind.VISIT}
    assert len(county.asked(select(ReportRow))) == 1
    assert county.asked(select(DeferralRow.state)) == [DeferralState.SIGNED]
    assert len(county.asked(select(SubscriptionRow))) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_an_act_is_accessible(
    chromium: Browser, address: str, county: Office, owner: Holder, lang: str
):
    page_of = owner.goes("message")
    owner.sends(page_of, "message", words="请来电")
    with clean_page(chromium, viewport=PHONE) as page:
        page.goto(f"{address}/p/{owner.token}?lang={lang}")
        front = page.url.partition("?")[0]
        for act in (*PAGES, f"/materials/{wanted_codes(owner.project_id)[0]}"):
            page.goto(f"{front}{act}?lang={lang}&size=l")
            inspect_page(page, act)
        page.goto(f"{front}/commitments?lang={lang}")
        page.locator(".bd-pa a").first.click()
        inspect_page(page, "commitment")


def test_a_shared_what_if_is_read_and_answered_on_a_phone(
    chromium: Browser, address: str, county: Office, owner: Holder
):
    new = NewScenario(title="不建地下室", words="可早开工", recipient="吴倩", query="", answer=TOLD)
    minted = share_scenario(owner.project_id, new, by=SYSTEM)
    with clean_page(chromium, viewport=PHONE) as page:
        page.goto(f"{address}/p/{minted.token}?lang=en")
        inspect_page(page, "scenario")
        page.get_by_label("Yes, we want it so").check()
        page.get_by_role("button", name="Tell the office").click()
        expect(page.get_by_text("You said:")).to_be_visible()
        inspect_page(page, "answered")

    assert county.asked(select(ScenarioRow.reply)) == [ScenarioReply.WANTED]


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_every_page_of_the_inbox_is_accessible(
    chromium: Browser, address: str, county: Office, owner: Holder, viewport: dict[str, int]
):
    amy = county.employs("amy", "Concierge", sees=(owner.project_id,))
    wish = {"wanted_on": "2026-04-17", "begins": "10:00", "place": "门卫", "name": "吴倩"}
    owner.sends(owner.goes("pick-up"), "pick-up", words="原件", phone="13800002468", **wish)
    owner.sends(owner.goes("message"), "message", words="请来电")
    numbers = county.asked(select(IncomingRow.id))
    with clean_page(chromium, viewport=viewport) as page:
        signed_in(page, amy, address)
        for path in (
            "/progress/inbox/",
            "/progress/inbox/?state=over",
            *(f"/progress/inbox/{n}" for n in numbers),
        ):
            page.goto(f"{address}{path}")
            inspect_page(page, path)
