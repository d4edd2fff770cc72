"""The county's month: one count for the page and the report, and nobody's name on either."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, looked
from tests.documents.kinds.conftest import told as told

PAGE = "/documents/statistics/?lang=en"
MOST_QUERIES = 80  # two months of seven addons, and the page around them


@pytest.fixture
def decided(county):
    """One step accepted on 1 April, promised by the 9th, decided on the 8th: five, and four working days."""
    with clock.standing_at(date(2026, 3, 2)):
        project_id = a_project()
    step_id = accepted(project_id, date(2026, 4, 1), 5, by_law=20)
    with work(SYSTEM) as w:
        step = w.get(Step, step_id)
        step.state, step.finished_on = StepState.PASSED, date(2026, 4, 8)
    return project_id


@pytest.fixture
def fang(county):
    return county.employs("fang", "Supervisor", sees=(None,))


def test_the_report_counts_promised_lawful_and_actual_days(told, decided):
    report = told("monthly-statistics", 202604)

    days = next(part for part in report.facts.values["sections"] if part["number"] == 2)
    assert [one["now"] for one in days["figures"]] == [
        "1",
        "1/1（100.0%）",
        "1/1（100.0%）",
        "5.0",
        "20.0",
        "4.0",
        "4.0",
        "4/5（80.0%）",
        "0/1（0.0%）",
    ]
    assert [line["cells"] for line in days["lines"]] == [["1", "1", "5.0", "20.0", "4.0", "4.0"]]
    assert "2026年4月帮代办工作统计报表" in report.text
    assert "（本月未结束，数据截至当日）" in report.text
    assert report.facts.data_on == date(2026, 4, 15)


def test_a_month_that_is_over_stands_still(told, decided):
    march = told("monthly-statistics", 202603)

    projects = march.facts.values["sections"][0]["figures"]
    assert [one["now"] for one in projects] == ["1", "0", "0", "1"]  # opened on 2 March, still running
    assert march.facts.data_on == date(2026, 3, 31)
    assert march.facts.values["is_running"] is False


def test_the_page_shows_the_same_figures_and_makes_the_report(county, fang, decided):
    looked(date(2026, 4, 15))
    fang.opens(PAGE)
    asked: list[str] = []

    def note(*facts: object) -> None:
        asked.append(str(facts[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    page = fang.opens(PAGE).text
    event.remove(db.engine, "before_cursor_execute", note)

    assert "Mean working days promised" in page
    assert "1/1（100.0%）" in page
    assert len(asked) <= MOST_QUERIES

    made = fang.sends("/documents/statistics/", {"month": "2026-04"}).location
    jobs.run_due()
    assert fang.opens(f"{made}/docx").status_code == 200
    assert "统〔2026〕1号" in fang.opens(PAGE).text


@pytest.mark.parametrize("typed", ["2026-13", "2026-05", "april", "2026-4", "０"])
def test_a_month_that_is_none_is_named_with_what_to_choose(fang, typed):
    for answer in (
        fang.opens(f"{PAGE}&month={typed}"),
        fang.sends(PAGE, {"month": typed}),
    ):
        assert answer.status_code == 422
        assert "Choose a month that has begun, such as 2026-04." in answer.text


def test_an_officer_reads_the_month_and_has_no_report_made(county, decided):
    officer = county.employs("hejia", "Concierge")

    assert "Make the report" not in officer.opens(PAGE).text
    assert officer.sends("/documents/statistics/", {"month": "2026-04"}).status_code == 403


def test_the_month_leaves_as_a_table_whose_numbers_are_numbers(county, fang, decided):
    fang.opens(PAGE)

    file = fang.opens("/documents/statistics/statistics.xlsx?month=2026-04&lang=en")

    rows = list(load_workbook(io.BytesIO(file.data)).active.iter_rows(values_only=True))
    assert rows[0][3:6] == ("2026-04", "of a whole of", "2026-03")
    days = {row[1]: row[3:5] for row in rows if row[0] == "Days of decided cases" and not row[2]}
    assert days["Working days used of those promised"] == (4, 5)
    matter = [row[1:4] for row in rows if row[0] == "Days by matter"]
    assert [cell for _, _, cell in matter] == [1, 1, 5, 20, 4, 4]
    assert {name for _, name, _ in matter} != {""}
    assert fang.opens("/documents/statistics/statistics.xlsx?month=2026-13").status_code == 422
