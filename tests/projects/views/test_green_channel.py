"""The green channel on its pages: the chief gives it for a reason, and a broken promise takes it away."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.deferral import CreditRow
from approvals.services.set_bench import set_bench
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.work import reading
from projects.models.project import Enterprise, Project
from projects.queries.county import live_projects
from projects.services.adopt_portfolio_plan import adopt_portfolio_plan
from projects.services.ask_portfolio_plan import ask_portfolio_plan
from tests.builders import a_project

TODAY = date(2026, 4, 15)
REASON = {"reason": "连续三年按期履约，4月14日专题会议定"}


@pytest.fixture
def chief(county):
    return county.employs("jiang", "Chief", sees=(None,))


@pytest.fixture
def project_id(county, amy):
    set_bench("HCB", 1, by=SYSTEM)
    return a_project(target_on=date(2026, 12, 31), pair=(amy.id, county.employs("bo", "Concierge").id))


def is_counted_green(project_id):
    with reading() as session:
        return {project.id: project.is_green for project in live_projects(session, TODAY)}[project_id]


def broke_a_promise(county, project_id, **more):
    """A broken promise of the project's owner goes on record."""
    owner = county.has(Enterprise, county.has(Project, project_id).enterprise_id)
    facts = {
        "project_id": project_id,
        "uscc": owner.uscc,
        "number": "RQ-2026-0003",
        "promised": "水土保持方案",
        "due_on": date(2026, 3, 2),
        "was_supplied": False,
        "recorded_on": date(2026, 3, 4),
        "published_until": date(2031, 3, 4),
    }
    county.keeps(CreditRow(**facts | more))


def test_the_chief_puts_a_project_on_the_green_channel_for_a_reason(county, chief, project_id):
    assert not is_counted_green(project_id)

    answer = chief.sends(f"/projects/{project_id}/green-channel", REASON)

    assert answer.status_code == 303
    assert is_counted_green(project_id)
    kept = county.has(Project, project_id)
    assert (kept.green_on, kept.green_reason) == (TODAY, REASON["reason"])
    (line,) = county.asked(select(AuditLine).where(AuditLine.act == "GreenChannelGiven"))
    assert line.project_id == project_id
    page = chief.opens(f"/projects/{project_id}").text
    assert '<span class="bd-tag">Green channel</span>' in page
    assert f"Put on the green channel: {REASON['reason']}" in page
    assert '<span class="bd-tag">Green channel</span>' in chief.opens("/projects/").text


def test_it_is_taken_off_for_a_reason_too(county, chief, project_id):
    chief.sends(f"/projects/{project_id}/green-channel", REASON)

    chief.sends(f"/projects/{project_id}/green-channel/end", {"reason": "项目转为普通办理"})

    assert not is_counted_green(project_id)
    assert county.has(Project, project_id).green_reason == ""
    assert '<span class="bd-tag">Green channel' not in chief.opens(f"/projects/{project_id}").text


def test_without_a_reason_nothing_is_recorded(county, chief, project_id):
    answer = chief.sends(f"/projects/{project_id}/green-channel", {"reason": "  "})

    assert answer.status_code == 422
    assert "Say in a few words why" in answer.text
    assert county.has(Project, project_id).green_on is None


def test_an_owner_with_a_broken_promise_is_refused_and_what_was_typed_is_kept(county, chief, project_id):
    broke_a_promise(county, project_id)

    answer = chief.sends(f"/projects/{project_id}/green-channel", REASON)

    assert answer.status_code == 409
    assert "RQ-2026-0003" in answer.text
    assert "have the record repaired first" in answer.text
    assert REASON["reason"] in answer.text
    assert county.has(Project, project_id).green_on is None


def test_a_promise_broken_later_takes_its_effect_until_it_is_repaired(county, chief, project_id):
    chief.sends(f"/projects/{project_id}/green-channel", REASON)

    broke_a_promise(county, project_id)

    assert not is_counted_green(project_id)
    assert (
        "Without effect while a broken promise is on record"
        in chief.opens(f"/projects/{project_id}/green-channel").text
    )
    for page in (f"/projects/{project_id}", "/projects/"):
        assert '<span class="bd-tag">Green channel' not in chief.opens(page).text


@pytest.mark.parametrize("gone", [{"removed_on": date(2026, 4, 1)}, {"published_until": date(2026, 4, 14)}])
def test_a_record_repaired_or_too_old_bars_nothing(county, chief, project_id, gone):
    broke_a_promise(county, project_id, **gone)

    chief.sends(f"/projects/{project_id}/green-channel", REASON)

    assert is_counted_green(project_id)


def test_only_the_chief_ranks_projects(county, amy, project_id):
    answer = amy.sends(f"/projects/{project_id}/green-channel", REASON)

    assert answer.status_code in {403, 404}
    assert county.has(Project, project_id).green_on is None
    assert "green-channel" not in amy.opens(f"/projects/{project_id}").text


def test_a_page_that_is_out_of_date_overwrites_nothing(county, chief, project_id):
    version = county.has(Project, project_id).version
    chief.sends(f"/projects/{project_id}/green-channel", REASON | {"version": version})

    answer = chief.sends(f"/projects/{project_id}/green-channel/end", {"reason": "x", "version": version})

    assert answer.status_code == 409
    assert county.has(Project, project_id).green_reason == REASON["reason"]


def test_the_plan_of_all_says_why_a_day_late_counts_more(county, chief, project_id):
    chief.sends(f"/projects/{project_id}/green-channel", REASON)
    number = ask_portfolio_plan("Asked", effort=5, by=SYSTEM)
    jobs.run_due()

    adopt_portfolio_plan(number, by=SYSTEM)

    assert "green channel: a day late counts" in chief.opens("/projects/portfolio-plan/").text
