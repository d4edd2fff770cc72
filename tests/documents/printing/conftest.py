"""LibreOffice as tests print with it."""

import pytest

from documents.press.printer import printer


@pytest.fixture(scope="session")
def machine(tmp_path_factory):
    """The printer of this machine, with a profile of the test run's own."""
    folder = tmp_path_factory.mktemp("printer")
    return printer("soffice", folder / "scratch", folder / "licensed fonts")
