"""The database schema: one Alembic tree for all tables, and whether a database has reached its head."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from concierge.kernel.db import Base

TREE = Path(__file__).parents[2] / "migrations"


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(TREE))
    config.set_main_option(
        "file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the schema up to a revision, the newest unless told. Safe to repeat."""
    command.upgrade(_config(engine), to)


def downgrade(engine: Engine, to: str) -> None:
    """Take the schema back to a revision, ``base`` for nothing at all."""
    command.downgrade(_config(engine), to)


def draft(engine: Engine, message: str) -> None:
    """Write a new migration from what the rows say and the database lacks."""
    command.revision(_config(engine), message, autogenerate=True)


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest revision."""
    with engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    return at == ScriptDirectory.from_config(_config(engine)).get_current_head()


def differences(engine: Engine) -> list[Any]:
    """What autogenerate would still change; empty when rows and schema agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return list(compare_metadata(context, Base.metadata))
