"""The page of the trace: who did what, found and proven by the one who watches."""

import pytest
from sqlalchemy import update

from concierge.kernel import anchors
from concierge.kernel.actor import Actor
from concierge.kernel.audit import AuditLine
from concierge.kernel.events import JobIgnored, JobRetried
from concierge.kernel.work import work

AMY, BO = Actor(901, "陈晓"), Actor(902, "Bo %_")


@pytest.fixture
def watcher(office):
    return office.employs("watcher", "AuditAdmin")


@pytest.fixture
def told(office):
    """Amy retried job 1 of project 7; Bo ignored job 2."""
    with work(AMY) as w:
        w.record(JobRetried(1, "a:b"), project_id=7)
    with work(BO) as w:
        w.record(JobIgnored(2, "<script>"))


def numbers_of_rows(page):
    return page.text.count("<details>")


def test_the_newest_line_comes_first(office, watcher, told):
    page = watcher.opens("/system/trace/").text

    assert page.index("JobIgnored</td>") < page.index("JobRetried</td>")
    assert "<script>" not in page.partition("JobIgnored</td>")[2].partition("</tr>")[0]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("who=陈", 1),
        ("who=%25", 1),
        ("who=nobody", 0),
        ("act=JobRetried", 1),
        ("project=7", 1),
        ("project=8", 0),
        ("project=99999999999999999999&act=JobRetried", 1),
        ("since=2019-01-01&act=JobRetried", 1),
        ("until=2019-01-01&act=JobRetried", 0),
        ("since=0001-01-01&until=9999-12-31&act=JobRetried", 1),
        ("since=nonsense&act=JobRetried", 1),
        ("page=99999999&act=JobRetried", 1),
    ],
)
def test_lines_are_found_by_person_act_project_and_day(office, watcher, told, query, rows):
    page = watcher.opens(f"/system/trace/?{query}")

    assert page.status_code == 200
    assert numbers_of_rows(page) == rows


def test_the_watcher_proves_that_the_trace_is_whole(office, watcher, told):
    anchors.drop(office.app.config["CONCIERGE"])

    page = watcher.opens("/system/trace/proof").text

    assert "The trace is whole" in page
    assert "The trace is not whole" not in page


def test_the_watcher_is_shown_where_the_trace_was_altered(office, watcher, told):
    with work(AMY) as w:
        w.session.execute(update(AuditLine).where(AuditLine.act == "JobIgnored").values(actor="陈晓"))
        (number,) = w.session.query(AuditLine.id).where(AuditLine.act == "JobIgnored").one()

    page = watcher.opens("/system/trace/proof").text

    assert f"Audit line {number} was altered" in page


def test_nobody_else_reads_the_trace(office, told):
    for role in ("SystemAdmin", "SecurityAdmin"):
        other = office.employs(role.lower(), role)
        assert other.opens("/system/trace/").status_code == 403
        assert other.opens("/system/trace/proof").status_code == 403
