"""What the tests of service share: the shipped catalogue of services, the calendar, and a clerk."""

from __future__ import annotations

import csv

import pytest

from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.work_calendar import work_calendar
from approvals.services.ship_catalogue import shipped_files
from concierge.service.queries.catalogue import DATA, _files
from concierge.service.rules.catalogue import Names, ServiceCatalogue
from concierge.service.rules.reading import read_catalogue
from scheduler import WorkCalendar
from tests.documents.kinds.conftest import told as told
from tests.kernel.fixtures_office import Office, Somebody

DEPARTMENTS = DATA.parents[2] / "approvals" / "data" / "departments.csv"


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    """The calendar of 2025 and 2026 as published, later years by the law."""
    catalogue = read_files(shipped_files()).catalogue
    assert catalogue is not None
    return work_calendar(catalogue.holidays)


@pytest.fixture(scope="session")
def services() -> ServiceCatalogue:
    """What can be asked for, as shipped."""
    with DEPARTMENTS.open(encoding="utf-8", newline="") as file:
        known = {row["code"]: Names(row["name_zh"], row["name_en"]) for row in csv.DictReader(file)}
    return read_catalogue(_files(), known)


@pytest.fixture
def clerk(county: Office) -> Somebody:
    """A concierge officer at the counter."""
    return county.employs("hejia", "Concierge")


@pytest.fixture
def chief(county: Office) -> Somebody:
    """The chief concierge officer, who sees every case."""
    return county.employs("jiangyi", "Chief", sees=(None,))
