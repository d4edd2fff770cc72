"""The page of jobs: what failed and why, and a person's word on it, for the system's administrator."""

import pytest
from sqlalchemy import select

from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.outbox import Job, JobState
from concierge.kernel.work import work


@pytest.fixture
def admin(office):
    return office.employs("system", "SystemAdmin")


def a_job(office, state=JobState.DEAD, error="ValueError: the paper is torn\nstamping.py:12 stamp"):
    due = clock.moment() if state in (JobState.QUEUED, JobState.RUNNING) else None
    (number,) = office.keeps(
        Job(
            task="office.tasks:stamp",
            args='{"paper": "<b>licence</b>"}',
            state=state,
            due_at=due,
            made_at=clock.moment(),
            attempts=8,
            last_error=error,
        )
    )
    return number


def test_dead_jobs_are_shown_first_with_what_went_wrong(office, admin):
    number = a_job(office)

    page = admin.opens("/system/jobs/")

    assert page.status_code == 200
    assert f'href="/system/jobs/{number}"' in page.text
    assert "ValueError: the paper is torn" in page.text
    assert "stamping.py:12" not in page.text


def test_a_job_tells_all_it_is_about(office, admin):
    page = admin.opens(f"/system/jobs/{a_job(office)}")

    assert "stamping.py:12 stamp" in page.text
    assert "&lt;b&gt;licence&lt;/b&gt;" in page.text


def test_a_dead_job_is_tried_again_with_a_button_and_a_trace(office, admin):
    number = a_job(office)

    answer = admin.sends(f"/system/jobs/{number}/retry")

    assert answer.status_code == 302
    assert office.has(Job, number).state is JobState.QUEUED
    line = office.asked(select(AuditLine).where(AuditLine.act == "JobRetried"))[0]
    assert (line.actor_id, str(number) in line.facts) == (admin.id, True)


def test_a_dead_job_is_ignored_with_a_button_and_a_trace(office, admin):
    number = a_job(office)

    admin.sends(f"/system/jobs/{number}/ignore")

    assert office.has(Job, number).state is JobState.IGNORED
    assert len(office.asked(select(AuditLine).where(AuditLine.act == "JobIgnored"))) == 1


def test_a_button_pressed_twice_says_why_it_does_nothing(office, admin):
    number = a_job(office)
    admin.sends(f"/system/jobs/{number}/retry")

    admin.sends(f"/system/jobs/{number}/retry")

    assert "has not given up" in admin.opens("/system/jobs/").text
    assert len(office.asked(select(AuditLine).where(AuditLine.act == "JobRetried"))) == 1


def test_a_button_without_its_token_does_nothing(office, admin):
    number = a_job(office)

    assert admin.sends(f"/system/jobs/{number}/retry", token=False).status_code == 400
    assert office.has(Job, number).state is JobState.DEAD


@pytest.mark.parametrize("number", ["0", "99", "abc", "1e9", "99999999999999999999", "-1"])
def test_a_job_that_is_not_there_is_not_found(office, admin, number):
    assert admin.opens(f"/system/jobs/{number}").status_code == 404
    assert admin.sends(f"/system/jobs/{number}/retry").status_code == 404


@pytest.mark.parametrize(
    "query", ["state=nonsense", "page=99999999999999999999", "page=-1", "state=done&page=7"]
)
def test_a_garbled_address_shows_the_list(office, admin, query):
    assert admin.opens(f"/system/jobs/?{query}").status_code == 200


def test_the_list_is_shown_a_page_at_a_time(office, admin):
    with work(SYSTEM) as w:
        for _ in range(60):
            w.enqueue("office.tasks:stamp")

    first, second = (
        admin.opens("/system/jobs/?state=queued"),
        admin.opens("/system/jobs/?state=queued&page=2"),
    )

    assert [page.text.count('class="bd-row"') for page in (first, second)] == [50, 10]
    assert jobs.run_due(limit=0) == jobs.Ran(0, 0)


@pytest.mark.parametrize("role", ["SecurityAdmin", "AuditAdmin"])
def test_the_other_administrators_have_nothing_to_do_here(office, role):
    number = a_job(office)
    other = office.employs("other", role)

    assert other.opens("/system/jobs/").status_code == 403
    assert other.sends(f"/system/jobs/{number}/ignore").status_code == 403
    assert office.has(Job, number).state is JobState.DEAD


def test_a_stranger_is_sent_to_the_door(office):
    assert office.stranger().get("/system/jobs/").status_code == 302
