"""What load balancers and Prometheus are told, and that it is true."""

import json
import re

import pytest
from sqlalchemy import text

from concierge.kernel import addon, clock, schema
from concierge.kernel.actor import SYSTEM
from concierge.kernel.app import create_app
from concierge.kernel.claims import LEASE
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.outbox import Job, JobState
from concierge.kernel.work import work


@pytest.fixture
def browser(tmp_path):
    """At a system that was set up and has nothing to do."""
    before = addon.installed()
    app = create_app(Settings(home=tmp_path, addons="tests.kernel.trial"))
    with app.app_context():
        schema.upgrade(db.engine)
        yield app.test_client()
        db.session.remove()
        db.engine.dispose()
    addon._loaded = before


def ready(browser):
    answer = browser.get("/health/ready")
    return answer.status_code, json.loads(answer.text)["checks"]


def keep(**facts):
    with work(SYSTEM) as w:
        w.add(Job(task="a:b", args="{}", made_at=clock.moment(), attempts=0, **facts))


def test_a_process_that_answers_is_alive(browser):
    assert browser.get("/health/live").json == {"status": "alive"}


def test_a_furnished_system_is_ready(browser):
    assert ready(browser) == (200, {"database": True, "schema": True, "jobs": True})


def test_a_system_whose_oldest_job_waits_over_a_minute_is_not_ready(browser):
    keep(state=JobState.QUEUED, due_at=clock.moment() - LEASE * 2)

    assert ready(browser) == (503, {"database": True, "schema": True, "jobs": False})


def test_a_system_of_another_version_is_not_ready(browser):
    with work(SYSTEM) as w:
        w.session.execute(text("UPDATE alembic_version SET version_num = 'older'"))

    assert ready(browser) == (503, {"database": True, "schema": False, "jobs": True})


def test_a_system_without_its_tables_is_not_ready(browser):
    with work(SYSTEM) as w:
        w.session.execute(text("ALTER TABLE kernel_job RENAME TO elsewhere"))

    assert ready(browser) == (503, {"database": False, "schema": False, "jobs": False})
    assert "concierge_database_up 0" in browser.get("/metrics").text


def test_jobs_are_counted_by_state(browser):
    for state in (JobState.DEAD, JobState.DEAD, JobState.IGNORED):
        keep(state=state)

    counts = dict(re.findall(r'concierge_jobs\{state="(\w+)"\} (\d+)', browser.get("/metrics").text))

    assert (counts["dead"], counts["ignored"], counts["running"]) == ("2", "1", "0")


def test_answers_are_counted_by_screen_and_never_by_address(browser):
    def seen():
        told = browser.get("/metrics").text
        found = re.search(
            r'concierge_http_requests_total\{method="GET",endpoint="none",status="404"\} (\d+)', told
        )
        return int(found[1]) if found else 0, told

    before, _ = seen()
    browser.get("/p/somebodys-secret-link?key=secret")
    after, told = seen()

    assert after == before + 1
    assert "secret" not in told


def test_metrics_are_what_prometheus_reads(browser):
    answer = browser.get("/metrics")

    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    for line in answer.text.splitlines():
        assert re.fullmatch(r'# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [0-9.e+-]+', line), line
