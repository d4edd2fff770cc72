"""The schema is the migrations' alone: up, down and up again, and then nothing differs from the rows."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.orm import configure_mappers

from concierge.kernel import addon, schema
from concierge.kernel.config import Settings
from concierge.kernel.db import teach_sqlite


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    before = addon.installed()
    addon.load(Settings().addon_names)
    configure_mappers()
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'schema.sqlite'}")
        teach_sqlite(engine)
    else:
        engine = create_engine(
            request.getfixturevalue("postgres_url").replace("postgresql://", "postgresql+psycopg://")
        )
    yield engine
    engine.dispose()
    addon._loaded = before


def test_the_migrations_run_both_ways_and_leave_nothing_to_do(engine):
    schema.upgrade(engine)
    assert schema.is_current(engine)
    ours = [d for d in schema.differences(engine) if "trial_" not in repr(d)]
    assert ours == []

    schema.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    assert not schema.is_current(engine)

    schema.upgrade(engine)
    assert schema.is_current(engine)


def test_a_migration_says_when_and_what_in_its_name_and_imports_no_rows():
    for path in (schema.TREE / "versions").glob("*.py"):
        assert re.fullmatch(r"\d{8}_\d{4}_[a-z0-9_]+\.py", path.name), path.name
        assert not re.search(r"^(from|import) (concierge|projects|approvals)", path.read_text(), re.M), (
            path.name
        )
