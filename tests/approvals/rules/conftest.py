"""The shipped catalogue, read once for all tests of its rules."""

from __future__ import annotations

from pathlib import Path

import pytest

import approvals
from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.forms import FILES
from approvals.rules.catalogue_files.reading import read_files

DATA = Path(approvals.__file__).parent / "data"


@pytest.fixture(scope="session")
def shipped_files() -> dict[str, bytes]:
    """The catalogue's files as the release brings them."""
    return {file: (DATA / file).read_bytes() for file in FILES}


@pytest.fixture(scope="session")
def catalogue(shipped_files: dict[str, bytes]) -> Catalogue:
    """The catalogue they make."""
    reading = read_files(shipped_files)
    assert reading.catalogue is not None, [str(fault) for fault in reading.faults]
    return reading.catalogue
