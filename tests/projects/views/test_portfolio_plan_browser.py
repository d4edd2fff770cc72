"""A plan of all projects in a browser: its progress follows by itself, with JavaScript and without."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from approvals.services.set_bench import set_bench
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from projects.models.portfolio import PortfolioPlan, PortfolioState
from projects.services.adopt_portfolio_plan import adopt_portfolio_plan
from projects.services.ask_portfolio_plan import ask_portfolio_plan
from tests.builders import a_project
from tests.services import browsing

pytestmark = pytest.mark.browser


@pytest.fixture
def asked(county) -> int:
    """A plan that waits to be made; its number."""
    a_project()
    return ask_portfolio_plan("Asked", effort=5, by=SYSTEM)


def signed_in(county, page, address):
    boss = county.employs("boss", "Chief", sees=(None,))
    browsing.signed_in(page, boss, address)


def stands_at(**facts):
    with work(SYSTEM) as w:
        w.session.execute(update(PortfolioPlan).values(**facts))


def test_the_bar_and_its_words_follow_without_reloading_the_page(county, page, address, asked):
    signed_in(county, page, address)
    page.goto(f"{address}/projects/portfolio-plan/{asked}?lang=zh")
    page.evaluate("window.stayed = true")
    expect(page.locator("#progress [role=status]")).to_contain_text("正在排队")

    stands_at(state=PortfolioState.WORKING, done=3, effort=5, best_workdays=7)

    expect(page.locator("#progress [role=status]")).to_have_text("搜索约完成60%。")
    expect(page.locator("#progress")).to_contain_text("目前最好：加权超期7个工作日")
    assert page.locator("progress").evaluate("bar => bar.value") == 3
    assert page.evaluate("window.stayed")


def test_once_it_is_made_the_page_shows_what_it_changes(county, page, address, asked):
    signed_in(county, page, address)
    page.goto(f"{address}/projects/portfolio-plan/{asked}?lang=zh")

    jobs.run_due()

    expect(page.get_by_text("与现行日期相比。")).to_be_visible()
    expect(page.locator("#progress")).to_have_count(0)


def test_adopting_opens_a_dialog_over_the_page_and_escape_closes_it(county, page, address, asked):
    signed_in(county, page, address)
    jobs.run_due()
    page.goto(f"{address}/projects/portfolio-plan/{asked}?lang=zh")

    page.click("a[data-dialog]")

    expect(page.locator("dialog[open]")).to_contain_text("采用第1号统筹计划？")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.click("a[data-dialog]")
    page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("现行")


def test_without_javascript_the_page_follows_too(county, chromium, address, asked):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    signed_in(county, page, address)
    page.goto(f"{address}/projects/portfolio-plan/{asked}?lang=zh")
    expect(page.locator("#progress")).to_contain_text("正在排队")

    jobs.run_due()

    expect(page.locator(".bd-sum-big")).to_be_visible(timeout=12_000)
    context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_of_the_plan_stands_in_anybodys_way(county, page, address, lang, width):
    set_bench("DRC", 1, by=SYSTEM)
    set_bench("HCB", 0, by=SYSTEM)
    a_project()
    failed = ask_portfolio_plan("Asked", effort=2, by=SYSTEM)
    jobs.run_due()
    set_bench("HCB", 1, by=SYSTEM)
    adopted = ask_portfolio_plan("Asked", effort=2, by=SYSTEM)
    jobs.run_due()
    adopt_portfolio_plan(adopted, by=SYSTEM)
    jobs.run_due()
    ready = ask_portfolio_plan("Asked", effort=2, by=SYSTEM)
    jobs.run_due()
    waiting = ask_portfolio_plan("Asked", effort=2, by=SYSTEM)
    signed_in(county, page, address)
    page.set_viewport_size({"width": width, "height": 900})

    for path in ("", "versions", failed, adopted, ready, f"{ready}/adopt", waiting, "what-if"):
        page.goto(f"{address}/projects/portfolio-plan/{path}?lang={lang}")
        browsing.inspect_page(page, path)
