"""The schema is the migrations' alone: up, down and up again, and then nothing differs from the rows."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, text
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


OLD_PROJECT = (
    (
        "INSERT INTO approvals_edition (id, number, digest, body, published_at, published_by, note) "
        "VALUES (1, 1, '', '{}', '2026-04-01 00:00:00', '', '')"
    ),
    "INSERT INTO projects_enterprise (id, name, uscc, version) VALUES (1, 'firm', '91439921MA7EXAM01', 1)",
    (
        "INSERT INTO projects_project (id, code, name, enterprise_id, edition_id, template, facts, gates, "
        "days, investment_wan, start_on, status, revision, opened_at, version) VALUES (1, '2601', 'w', 1, "
        "1, 'pilot', '{}', 'template', 'elapsed', 0, '2026-04-01', 'active', 1, '2026-04-01 00:00:00', 1)"
    ),
)
"""A project nothing more is said of, as it was kept before there was a journal."""


def test_steps_of_before_the_journal_get_the_lines_their_days_stand_for(engine):
    schema.upgrade(engine, "e2a1b9d4c673")
    days = "2026-04-0"
    with engine.begin() as connection:
        for row in OLD_PROJECT:
            connection.execute(text(row))
        _keep_old_step(connection, 1, preparing=f"{days}1", accepted=f"{days}2", finished=f"{days}8")
        _keep_old_step(connection, 2, accepted=f"{days}3")
        _keep_old_step(connection, 3)

    schema.upgrade(engine)
    told = text("SELECT step_id, move, before, state FROM approvals_case_move ORDER BY id")
    received = text("SELECT received_on FROM approvals_step ORDER BY id")
    with engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(told)] == [
            (1, "prepare", "not_started", "preparing"),
            (1, "accept", "preparing", "accepted"),
            (1, "pass", "accepted", "passed"),
            (2, "accept", "not_started", "accepted"),
        ]
        assert [str(day) for (day,) in connection.execute(received)] == [f"{days}2", f"{days}3", "None"]

    schema.downgrade(engine, "e2a1b9d4c673")
    with engine.connect() as connection:
        assert connection.execute(told).all() == []


def _keep_old_step(connection, number, *, preparing=None, accepted=None, finished=None):
    """A step as it was kept before there was a journal."""
    connection.execute(
        text(
            "INSERT INTO approvals_step (id, project_id, code, number, department, state, preparing_since, "
            "accepted_on, finished_on, version) VALUES (:id, 1, :code, '01', 'DRC', 'accepted', :preparing, "
            ":accepted, :finished, 1)"
        ),
        {
            "id": number,
            "code": f"step-{number}",
            "preparing": preparing,
            "accepted": accepted,
            "finished": finished,
        },
    )


def test_a_migration_says_when_and_what_in_its_name_and_imports_no_rows():
    for path in (schema.TREE / "versions").glob("*.py"):
        assert re.fullmatch(r"\d{8}_\d{4}_[a-z0-9_]+\.py", path.name), path.name
        assert not re.search(r"^(from|import) (concierge|projects|approvals)", path.read_text(), re.M), (
            path.name
        )
