"""What every test may ask for: every ``tests/fixtures_*.py``, and the real servers of ``tests/services``."""

from pathlib import Path

pytest_plugins = [
    *sorted(f"tests.{found.stem}" for found in Path(__file__).parent.glob("fixtures_*.py")),
    "tests.services.fixtures",
]
