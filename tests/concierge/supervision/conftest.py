"""What the tests of supervision share: the shipped working calendar."""

from __future__ import annotations

import pytest

from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.work_calendar import work_calendar
from approvals.services.ship_catalogue import shipped_files
from scheduler import WorkCalendar
from tests.documents.kinds.conftest import told as told


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    """The calendar of 2025 and 2026 as published, later years by the law."""
    catalogue = read_files(shipped_files()).catalogue
    assert catalogue is not None
    return work_calendar(catalogue.holidays)
