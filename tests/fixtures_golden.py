"""Expected files a person can read: compared here, written anew by `make golden`."""

from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make golden` say so."""
    parser.addoption("--rewrite-golden", action="store_true", help="write the expected files anew")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that compares with a golden file, so that `make golden` runs just those."""
    for item in items:
        if "golden" in getattr(item, "fixturenames", ()):
            item.add_marker("golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name: ``golden("plan.ics", text)``."""

    def compare(name: str, text: str) -> None:
        path = FOLDER / name
        if request.config.getoption("--rewrite-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.exists(), f"{path} is not there yet: `make golden` writes it"
        assert text == path.read_bytes().decode()

    return compare
