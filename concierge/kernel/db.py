"""Rows: the typed base class, the engine's habits on SQLite and PostgreSQL, one session maker.

Our rows share the metadata of Flask-AppBuilder's own tables, so one Alembic tree sees both. On SQLite every
transaction begins explicitly, and a writing one begins IMMEDIATE: without that, two read-modify-write
transactions lose updates without an error. See ADR-0005.
"""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

import flask_appbuilder
from flask_appbuilder.models.sqla.base import SQLA
from sqlalchemy import DateTime, Dialect, Engine, Enum, Numeric, String, event
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from concierge.kernel.config import Settings

_HABITS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "wal_autocheckpoint=16384",  # pages; the clock of a process writes back long before
    "cache_size=-32768",  # KiB; of the usual two thousand one event's own pages push each other out
)
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is a bug and is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (the library's signature)
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (the library's signature)
        return value.replace(tzinfo=UTC) if value else None


def _values(kind: type[enum.Enum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """The parent of every row of ours."""

    metadata = flask_appbuilder.Model.metadata
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UTCDateTime(),
        enum.Enum: Enum(
            enum.Enum, native_enum=False, length=32, values_callable=_values, create_constraint=False
        ),
        str: String(255),
        Decimal: Numeric(14, 2),
    }


class Versioned:
    """A row two people may edit: each change raises ``version``, a change to an old version is Stale."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  (a declared_attr is a class method)
        return {"version_id_col": cls.version}


db = SQLA(model_class=flask_appbuilder.Model, session_options={"autoflush": False})


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Mark what follows as a writing unit, so that SQLite takes its lock at the start."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextlib.contextmanager
def loading(engine: Engine) -> Iterator[None]:
    """Load what can be loaded again: SQLite waits for the disk at checkpoints only, not at every commit.

    Effects: a loss of power may take back the last commits of what is loaded, and tears nothing.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    event.listen(engine, "connect", _hurry)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", _hurry)
        engine.dispose()


def write_back(engine: Engine) -> None:
    """Have SQLite carry over what was committed from its log to its file, beside whoever reads or writes.

    A commit that finds the log full would do it for all before it, and somebody would wait for that.
    """
    if engine.dialect.name != "sqlite":
        return
    with contextlib.closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


def _hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")


def engine_options(settings: Settings) -> dict[str, Any]:
    """How connections behave: timeouts everywhere, so that one locked row never stalls the whole desk."""
    if settings.sqlalchemy_url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10, "check_same_thread": False}}
    session = "-c statement_timeout=15000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000"
    return {
        "pool_pre_ping": True,
        "pool_timeout": 5,
        "connect_args": {"connect_timeout": 3, "options": session},
    }


def teach_sqlite(engine: Engine) -> None:
    """Give SQLite explicit transactions, write-ahead logging, foreign keys, and pages enough."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in _HABITS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
