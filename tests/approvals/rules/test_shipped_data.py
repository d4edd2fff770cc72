"""What the release ships as data: the whole catalogue, the holidays of 2004 to 2027, laws with their days."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, timedelta

import chinese_calendar
import pytest

from approvals.rules.catalogue import Catalogue, Holiday
from approvals.rules.work_calendar import days_off_by_law, official_years, work_calendar

# SHA-256 of “date,is_workday” lines of the domain's own tables: 2025 and 2026 as published, 2027 by law only
DOMAIN_DAYS = {
    2025: "1dece6dac5261d4bde68bc25b16358b66266e801a01ee88994859b165e46dd45",
    2026: "862f4e0c9af67f56a3b3bc7a1026f1b1430e652707d9818a9de7fd456a0f50c5",
    2027: "29b9d5c426bdfc88f9e6590803c56c4090e5339eaaeb0c225f426841d29d9ded",
}


def days_of(holidays: tuple[Holiday, ...], year: int) -> list[str]:
    """The days of a year that are not what their weekday says, as the fingerprint takes them."""
    rows = [row for row in holidays if row.on.year == year]
    return [
        f"{row.on.isoformat()},{'yes' if row.is_workday else 'no'}"
        for row in sorted(rows, key=lambda r: r.on)
    ]


def test_the_whole_catalogue_is_there(catalogue: Catalogue) -> None:
    assert len(catalogue.matters) == 101
    assert len(catalogue.precedences) == 247
    assert len(catalogue.materials) == 341
    assert len({row.code for row in catalogue.materials}) == 130
    assert len(catalogue.departments) == 51
    assert len(catalogue.attributes) == 58
    assert len(catalogue.review_groups) == 11
    assert len(catalogue.templates) == 5
    gates = Counter(edge.gate for edge in catalogue.precedences if edge.kind != "info")
    assert gates == {"accept": 202, "issue": 23}


def test_everything_a_reader_sees_has_a_name_in_both_languages(catalogue: Catalogue) -> None:
    named = [*catalogue.departments, *catalogue.matters, *catalogue.materials, *catalogue.templates]
    nameless = [item.code for item in named if not (item.name_zh and item.name_en)]
    for attribute in catalogue.attributes:
        labels = dict(attribute.value_labels)
        if not (attribute.label.zh and attribute.label.en):
            nameless.append(attribute.name)
        nameless += [value for value in attribute.values if not (labels[value].zh and labels[value].en)]

    assert nameless == []


@pytest.mark.parametrize(("year", "fingerprint"), DOMAIN_DAYS.items())
def test_the_holidays_are_those_of_the_domain_tables(
    catalogue: Catalogue, year: int, fingerprint: str
) -> None:
    found = "\n".join(days_of(catalogue.holidays, year))

    assert hashlib.sha256(found.encode()).hexdigest() == fingerprint


def test_every_day_from_2004_to_2026_is_what_an_independent_table_says(catalogue: Catalogue) -> None:
    calendar = work_calendar(catalogue.holidays)
    days = (date(2004, 1, 1) + timedelta(days=n) for n in range(8401))  # to 2026-12-31

    differing = [day for day in days if calendar.is_workday(day) != chinese_calendar.is_workday(day)]

    assert differing == []


def test_2027_is_provisional_and_agrees_with_the_law_as_computed(catalogue: Catalogue) -> None:
    assert official_years(catalogue.holidays) == frozenset(range(2004, 2027))
    shipped = {row.on for row in catalogue.holidays if row.on.year == 2027}
    assert shipped == {rule.on for rule in days_off_by_law(2027)}


def test_each_published_year_has_248_working_days_or_what_it_had(catalogue: Catalogue) -> None:
    calendar = work_calendar(catalogue.holidays)

    counts = {
        year: calendar.workdays_between(date(year - 1, 12, 31), date(year, 12, 31))
        for year in (2025, 2026, 2027)
    }

    assert counts == {2025: 248, 2026: 248, 2027: 248}


@pytest.mark.parametrize(
    ("matter", "on", "citation"),
    [
        ("eia-form", date(2026, 8, 14), "环境影响评价法第二十二条"),
        ("eia-form", date(2026, 8, 15), "生态环境法典第一百零二条"),
        ("eia-report", date(2026, 4, 15), "环境影响评价法第二十二、二十四、二十五条"),
        ("eia-report", date(2027, 1, 4), "生态环境法典第一百零二、一百零六、一百零七条"),
        ("night-construction-certificate", date(2026, 8, 14), "噪声污染防治法"),
        ("night-construction-certificate", date(2026, 8, 15), "生态环境法典第五百七十二条"),
    ],
)
def test_a_document_cites_the_law_in_force_on_its_own_day(
    catalogue: Catalogue, matter: str, on: date, citation: str
) -> None:
    assert catalogue.citation_on(matter, on) == citation


def test_the_energy_review_rule_changed_on_the_first_of_september_2025(catalogue: Catalogue) -> None:
    before = catalogue.citation_on("energy-review", date(2025, 8, 31))
    after = catalogue.citation_on("energy-review", date(2025, 9, 1))

    assert "2025年第31号" not in before
    assert "2023年第2号" in before
    assert "2025年第31号" in after
    assert "2023年第2号" not in after
    assert before.startswith("节约能源法第十五条")
    assert after.startswith("节约能源法第十五条")


def test_every_matter_that_names_a_law_has_one_in_force_today_and_next_year(catalogue: Catalogue) -> None:
    for on in (date(2026, 4, 15), date(2027, 4, 15)):
        without = [
            m.code for m in catalogue.matters if m.legal_basis and not catalogue.citation_on(m.code, on)
        ]
        assert without == []
