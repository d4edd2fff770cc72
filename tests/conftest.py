"""What every test may ask for. Fixtures live beside what they lend; this file only names them."""

pytest_plugins = [
    "tests.fixtures_cases",
    "tests.fixtures_offline",
    "tests.fixtures_golden",
    "tests.services.fixtures",
    "tests.kernel.fixtures_office",
    "tests.fixtures_app",
    "tests.fixtures_printer",
]
