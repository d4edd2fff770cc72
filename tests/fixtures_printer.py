"""An office whose printer is not there: what tests of packages need that are not about their printed list."""

from dataclasses import replace

import pytest

from tests.kernel.fixtures_office import Office


@pytest.fixture
def without_printer(county: Office) -> None:
    """No LibreOffice on this machine, which saves a test the seconds of starting it."""
    settings = county.app.config["CONCIERGE"]
    county.app.config["CONCIERGE"] = replace(settings, soffice="no-such-printer")
