"""The works of a project in the browser: putting the start off, standing still, the report, going on."""

from datetime import date

import pytest
from sqlalchemy import select

from concierge.kernel import clock
from projects.models.works import StartExtensionRow, WorksStopRow

PERMIT, BEGINNING = "construction-permit", "construction-start"
MOST_QUERIES = 18


@pytest.fixture
def page(project_id):
    return f"/projects/{project_id}/works"


def test_the_start_is_put_off_and_the_permit_is_watched_until_then(amy, county, passed, page):
    passed(PERMIT, date(2026, 1, 20))  # to be begun by 20 April; today is the 15th

    assert "has to begin by 20 April 2026" in amy.opens(page).text
    kept = amy.sends(f"{page}/put-off", {"on": "2026-07-20", "words": "建施延〔2026〕3号"})

    assert kept.status_code == 302
    assert "has to begin by 20 July 2026" in amy.opens(page).text
    assert county.asked(select(StartExtensionRow.until_on)) == [date(2026, 7, 20)]
    assert "Nothing lapses soon" in amy.opens("/projects/lapsing/").text  # 96 days before


def test_what_the_law_does_not_allow_is_said_and_what_was_typed_stays(amy, passed, page):
    passed(PERMIT, date(2026, 1, 20))

    refused = amy.sends(f"{page}/put-off", {"on": "2026-07-21", "words": "建施延〔2026〕3号"})

    assert refused.status_code == 422
    assert "three months at most at a time" in refused.text
    assert "建施延〔2026〕3号" in refused.text


def test_works_that_stand_still_are_reported_and_go_on(amy, county, passed, page):
    passed(PERMIT, date(2026, 2, 2))
    passed(BEGINNING, date(2026, 3, 2))

    amy.sends(f"{page}/stop", {"on": "2026-04-10", "words": "主要材料未到"})
    assert "due by 10 May 2026" in amy.opens(page).text
    assert "Report the works that stand still" in amy.opens("/today/").text

    amy.sends(f"{page}/report", {"on": "2026-04-14"})
    assert "Report the works that stand still" not in amy.opens("/today/").text

    amy.sends(f"{page}/resume", {"on": "2026-04-15"})
    (kept,) = county.asked(select(WorksStopRow))
    assert (kept.reported_on, kept.resumed_on) == (date(2026, 4, 14), date(2026, 4, 15))


def test_after_a_year_the_permit_is_rechecked_first(amy, passed, page):
    passed(PERMIT, date(2026, 2, 2))
    passed(BEGINNING, date(2026, 3, 2))
    amy.sends(f"{page}/stop", {"on": "2026-04-10", "words": "资金未到位"})

    with clock.standing_at(date(2027, 4, 12)):
        refused = amy.sends(f"{page}/resume", {"on": "2027-04-12"})
        assert refused.status_code == 409
        assert "re-check the permit" in refused.text
        assert "Have the permit re-checked" in amy.opens("/today/").text

        amy.sends(f"{page}/recheck", {"on": "2027-04-12", "words": "核验〔2027〕1号"})
        assert amy.sends(f"{page}/resume", {"on": "2027-04-12"}).status_code == 302


def test_a_stop_needs_its_reason(amy, passed, page):
    passed(PERMIT, date(2026, 2, 2))
    passed(BEGINNING, date(2026, 3, 2))

    refused = amy.sends(f"{page}/stop", {"on": "2026-04-10", "words": " "})

    assert refused.status_code == 422
    assert "Say in a few words why" in refused.text


def test_nobody_sees_the_works_of_projects_out_of_their_charge(county, page):
    eve = county.employs("eve", "Concierge")

    assert eve.opens(page).status_code == 404
    assert eve.sends(f"{page}/stop", {"on": "2026-04-10", "words": "x"}).status_code == 404


def test_the_page_asks_few_questions(amy, passed, page, statements):
    passed(PERMIT, date(2026, 2, 2))
    amy.opens(page)

    with statements() as asked:
        amy.opens(page)

    assert len(asked) <= MOST_QUERIES, "\n".join(asked)
