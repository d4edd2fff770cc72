"""What the enterprise prepares first, and what whoever plans keeps an eye on."""

from datetime import date

import pytest

from approvals.rules.periods import DaysMode
from approvals.rules.wording import say
from projects.rules.checked_terms import StartOutsideCalendar, TargetBeforeStart, checked_days
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.preparing import to_prepare, to_watch
from projects.rules.terms import Actual, PlanTerms


@pytest.fixture
def planned(catalogue, calendar):
    def made(template="private-building", start_on=date(2026, 4, 16), actuals=()):
        terms = PlanTerms(start_on=start_on, days=DaysMode.ELAPSED, today=start_on)
        return plan(expand(catalogue, template, {}), terms, calendar=calendar, actuals=actuals)

    return made


def test_the_enterprise_hears_of_its_own_papers_only_each_once_and_in_order(planned, catalogue):
    papers = to_prepare(planned(), catalogue, count=50)

    assert {paper.material.origin for paper in papers} == {"applicant", "intermediary"}
    assert len({paper.material.code for paper in papers}) == len(papers)
    assert [paper.needed_on for paper in papers] == sorted(paper.needed_on for paper in papers)
    assert all(paper.needed_on == paper.step.accept_on for paper in papers)


def test_papers_of_a_step_already_accepted_are_not_asked_for_again(planned, catalogue):
    before = to_prepare(planned(), catalogue, count=50)
    first = before[0].step.code
    done = [Actual(step=first, started_on=date(2026, 4, 16), accepted_on=date(2026, 4, 16))]

    after = to_prepare(planned(actuals=done), catalogue, count=50)

    assert first in {paper.step.code for paper in before}
    assert first not in {paper.step.code for paper in after}


def test_a_lawful_notice_is_told_with_its_days(planned):
    said = [say(reason, lambda text: text, "zh") for reason in to_watch(planned())]

    notice = "11 国有建设用地使用权公开出让(招拍挂)"
    assert f"{notice}: 30 calendar days laid down by law, cannot be shortened" in said


def test_a_year_without_announced_holidays_is_told(planned):
    codes = [reason.code for reason in to_watch(planned("government-building"))]

    assert "provisional" in codes
    assert "provisional" not in [reason.code for reason in to_watch(planned("small-low-risk"))]


def test_a_start_before_the_calendar_and_a_target_before_the_start_are_refused(calendar):
    with pytest.raises(StartOutsideCalendar) as outside:
        checked_days(date(2003, 12, 31), None, calendar)
    with pytest.raises(TargetBeforeStart):
        checked_days(date(2026, 4, 16), date(2026, 4, 15), calendar)

    assert outside.value.facts["first"] == "2004-01-01"
    assert checked_days(date(2026, 4, 16), date(2026, 4, 16), calendar)
