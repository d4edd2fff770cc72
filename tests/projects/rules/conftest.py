"""The shipped catalogue and its calendar, read once for all tests of plans."""

from __future__ import annotations

from pathlib import Path

import pytest

import approvals
from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.forms import FILES
from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.work_calendar import work_calendar
from scheduler import WorkCalendar

DATA = Path(approvals.__file__).parent / "data"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue the release brings."""
    reading = read_files({file: (DATA / file).read_bytes() for file in FILES})
    assert reading.catalogue is not None, [str(fault) for fault in reading.faults]
    return reading.catalogue


@pytest.fixture(scope="session")
def calendar(catalogue: Catalogue) -> WorkCalendar:
    """Its working calendar."""
    return work_calendar(catalogue.holidays)
