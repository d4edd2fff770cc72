"""The enterprise's page, the switches of what it shows, and the office's page of links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event, select

from approvals.models.step import Step
from approvals.services.note_on_step import note_on_step
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.queries.officers import office_line
from concierge.progress.rules.links import LinkTerms
from concierge.progress.rules.shown import ItemKind
from concierge.progress.services.keep_shown import keep_shown
from concierge.progress.services.make_link import make_link
from concierge.staff.rules.absence import Away
from concierge.staff.services.record_absence import record_absence
from tests.builders import a_project
from tests.kernel.fixtures_office import Office, Somebody, apart

MOST_QUERIES, MOST_KEPT_QUERIES = 45, 12


@pytest.fixture
def pair(county: Office) -> tuple[Somebody, Somebody]:
    """Officers A and B."""
    county.app.appbuilder.sm.limiter.enabled = False  # type: ignore[attr-defined]
    return county.employs("zhoumin", "Concierge"), county.employs("chenli", "Concierge")


@pytest.fixture
def project_id(pair: tuple[Somebody, Somebody]) -> int:
    """Their project."""
    return a_project(pair=(pair[0].id, pair[1].id))


def opened(county: Office, project_id: int) -> tuple[object, str]:
    """A visitor's browser, and the address of the page."""
    token = make_link(LinkTerms(project_id=project_id, recipient="吴倩"), by=SYSTEM)[1].token
    browser = county.app.test_client()
    return browser, apart(browser.get, f"/p/{token}?lang=en").headers["Location"]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    seen: list[str] = []

    def hear(_conn, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    yield seen
    event.remove(db.engine, "before_cursor_execute", hear)


def test_the_page_takes_few_queries_and_fewer_while_nothing_happens(county, project_id):
    browser, front = opened(county, project_id)
    apart(browser.get, front)
    make_link(LinkTerms(project_id=project_id, recipient="王工"), by=SYSTEM)  # something was told
    with counted() as first:
        assert apart(browser.get, front).status_code == 200
    with counted() as again:
        assert apart(browser.get, front).status_code == 200
    assert len(first) <= MOST_QUERIES
    assert len(again) <= MOST_KEPT_QUERIES


def test_a_step_that_is_hidden_is_gone_at_once_and_comes_back(county, project_id):
    step = db.session.scalars(select(Step).where(Step.project_id == project_id).order_by(Step.number)).first()
    number, step_id = step.number, step.id
    browser, front = opened(county, project_id)
    before = apart(browser.get, front).text
    keep_shown(project_id, ItemKind.STEP, step_id, is_shown=False, by=SYSTEM)
    hidden = apart(browser.get, front).text
    keep_shown(project_id, ItemKind.STEP, step_id, is_shown=True, by=SYSTEM)
    after = apart(browser.get, front).text
    steps = [len(re.findall(r'<ol class="bd-plist".*?</ol>', page, re.S)) for page in (before, hidden, after)]
    counts = [int(re.search(r"of (\d+) steps done", page)[1]) for page in (before, hidden, after)]
    assert counts[1] == counts[0] - 1, number
    assert counts[2] == counts[0]
    assert all(steps)


def test_a_note_is_shown_only_when_somebody_chose_it(county, project_id):
    step_id = db.session.scalar(select(Step.id).where(Step.project_id == project_id).limit(1))
    note_on_step(step_id, "图纸已送审图机构，预计周五取回", by=SYSTEM)
    db.session.rollback()
    note_id = db.session.scalar(select(AuditLine.id).where(AuditLine.act == "StepNoted"))
    browser, front = opened(county, project_id)
    assert "预计周五取回" not in apart(browser.get, front).text
    keep_shown(project_id, ItemKind.NOTE, note_id, is_shown=True, by=SYSTEM)
    assert "预计周五取回" in apart(browser.get, front).text


def test_whoever_acts_today_stands_first_and_the_absent_one_says_until_when(county, project_id, pair):
    browser, front = opened(county, project_id)
    names = re.findall(r'<a class="bd-pw".*?<b>(.*?)</b>', apart(browser.get, front).text)
    assert names == ["Zhoumin", "Chenli"]
    gone = Away(person_id=pair[0].id, first_on=clock.today(), last_on=date(2026, 4, 17), is_planned=False)
    record_absence(gone, "病假", by=SYSTEM)
    told = apart(browser.get, front).text
    assert re.findall(r'<a class="bd-pw".*?<b>(.*?)</b>', told) == ["Chenli", "Zhoumin"]
    assert "Away until 17 Apr" in told
    assert "病假" not in told


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("13800001234", "office"), ("+86 138 0000 1234", "office"), ("", "office"), ("0730-5221208", "own")],
)
def test_a_mobile_number_never_stands_on_the_page(county, kept, shown):
    office = county.app.config["CONCIERGE"].office_phone
    assert office_line(kept) == (kept if shown == "own" else office)


def test_staff_make_a_link_see_its_key_once_extend_it_and_take_it_back(county, project_id):
    liaison = county.employs("linxiao", "Liaison", sees=(project_id,))
    here = f"/projects/{project_id}/share"
    assert liaison.opens(here).status_code == 200
    refused = liaison.sends(here, {"recipient": " ", "address": "12"})
    assert refused.status_code == 422
    made = liaison.sends(here, {"recipient": "吴倩", "address": "13800006620", "may": "upload"})
    token = re.search(r"/p/(qyg_p_[A-Za-z0-9_\-]+)", made.text)[1]
    assert token not in liaison.opens(here).text
    assert "138…6620" in liaison.opens(here).text
    assert "13800006620" not in liaison.opens(here).text
    link_id = db.session.scalar(select(ProgressLinkRow.id))
    db.session.rollback()
    liaison.sends(f"{here}/{link_id}/extend", {"last_on": "2026-05-01"})
    assert db.session.get(ProgressLinkRow, link_id).expires_on == date(2026, 5, 1)
    db.session.rollback()
    liaison.sends(f"{here}/{link_id}/revoke")
    assert apart(county.app.test_client().get, f"/p/{token}").status_code == 404


def test_a_project_in_nobody_elses_charge_is_not_there(county, project_id):
    other = county.employs("other", "Liaison")
    for path in ("share", "shown", "enterprise"):
        assert other.opens(f"/projects/{project_id}/{path}").status_code == 404
    assert other.sends(f"/projects/{project_id}/share", {"recipient": "王工"}).status_code == 404
    assert other.sends(f"/projects/{project_id}/share/code").status_code == 404


def test_the_preview_is_the_enterprises_own_page_without_its_buttons(county, project_id):
    liaison = county.employs("linxiao", "Liaison", sees=(project_id,))
    browser, front = opened(county, project_id)
    theirs = apart(browser.get, front).text
    ours = liaison.opens(f"/projects/{project_id}/enterprise").text
    heading = re.compile(r"<h1>(.*?)</h1>")
    assert heading.search(ours)[1] == heading.search(theirs)[1]
    assert "Preview" in ours
    assert "<form" not in ours


def test_the_directory_names_stations_officers_and_services_and_no_private_number(county, pair):
    visitor = county.app.test_client()
    told = apart(visitor.get, "/directory?lang=en").text
    assert "Zhoumin" in told
    guides = re.findall(r'href="(/directory/guides/[^"]+)"', told)
    assert len(guides) > 5
    assert apart(visitor.get, guides[0]).status_code == 200
    assert apart(visitor.get, "/directory/stations/nowhere").status_code == 404
