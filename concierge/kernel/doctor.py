"""A look at everything that can be wrong with an installation, in plain sentences."""

from __future__ import annotations

import enum
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from concierge.kernel import addon, anchors, backup, claims, clock, occupied, schema, storage
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError
from concierge.kernel.outbox import JobState
from concierge.kernel.shelves import shelf_of

SLOT = "doctor"  # where addons look for what can be wrong with their own part: settings in, findings out
LEAST_FREE_BYTES = 500 * 1024 * 1024
LONGEST_WAIT_SECONDS = 60


class Verdict(enum.Enum):
    """What a look found."""

    WELL = "ok"
    WATCH = "watch"
    WRONG = "WRONG"


@dataclass(frozen=True)
class Finding:
    """One look: what at, how it is, and a sentence (an English template with its facts)."""

    what: str
    verdict: Verdict
    sentence: str
    facts: dict[str, Any]


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, one after another. Runs inside the app's context."""
    yield _home(settings)
    yield _disk(settings)
    yield _date(settings)
    database = _database()
    yield database
    if database.verdict is Verdict.WRONG:
        return
    looks: list[Callable[[Settings], Finding]] = [
        _schema, _storage, _files, _dead_jobs, _waiting, _audit, _broker,
    ]  # fmt: skip
    for look in looks:
        finding = look(settings)
        yield finding
        if finding.what == "schema" and finding.verdict is Verdict.WRONG:
            return
    for one in addon.installed():
        for name in one.slots.get(SLOT, ()):
            yield from addon.resolve(name, of=one.name)(settings)


def well(what: str, sentence: str, **facts: Any) -> Finding:
    """Nothing to do."""
    return Finding(what, Verdict.WELL, sentence, facts)


def watch(what: str, sentence: str, **facts: Any) -> Finding:
    """Works, but somebody should know."""
    return Finding(what, Verdict.WATCH, sentence, facts)


def wrong(what: str, sentence: str, **facts: Any) -> Finding:
    """Does not work; the sentence says what helps."""
    return Finding(what, Verdict.WRONG, sentence, facts)


def _home(settings: Settings) -> Finding:
    if (settings.home / occupied.UNFINISHED).exists():
        return wrong("home", occupied.RestoreUnfinished.message, home=settings.home)
    if not os.access(settings.home, os.W_OK | os.X_OK):
        return wrong(
            "home",
            N_("%(home)s cannot be written. Give it to the account that runs this."),
            home=settings.home,
        )
    return well("home", N_("%(home)s can be written."), home=settings.home)


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.home).free
    say = well if free >= LEAST_FREE_BYTES else wrong
    return say("disk", N_("%(megabytes)s MB are free."), megabytes=free // 1024 // 1024)


def _date(settings: Settings) -> Finding:
    if settings.today:
        return watch(
            "date",
            N_("The date is fixed to %(day)s (CONCIERGE_TODAY): for demonstrations only."),
            day=settings.today,
        )
    return well("date", N_("Today is %(day)s in Asia/Shanghai."), day=clock.today())


def _database() -> Finding:
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        cause = type(getattr(error, "orig", None) or error).__name__
        return wrong(
            "database",
            N_("The database does not answer (%(cause)s). Start it, or check its address."),
            cause=cause,
        )
    return well("database", N_("%(kind)s answers."), kind=db.engine.dialect.name)


def _schema(_settings: Settings) -> Finding:
    if schema.is_current(db.engine):
        return well("schema", N_("The schema is that of this version."))
    return wrong("schema", N_("The schema is not that of this version. Run `python run.py setup`."))


def _storage(settings: Settings) -> Finding:
    if not settings.is_embedded:
        return well("storage", N_("The database server looks after its own files."))
    with closing(sqlite3.connect(settings.home / backup.SQLITE)) as connection:
        found = connection.execute("PRAGMA quick_check").fetchone()[0]
    if found == "ok":
        return well("storage", N_("The database file is whole."))
    return wrong(
        "storage", N_("The database file is damaged (%(found)s). Restore the last backup."), found=found
    )


def _files(settings: Settings) -> Finding:
    shelf = shelf_of(settings)
    try:
        shelf.reach()
        there = {key for key, _ in shelf.inventory()}
        with Session(db.engine) as session:
            expected = storage.named(session)
        if missing := expected - there:
            return wrong(
                "files",
                N_("%(count)s stored files are missing. Restore them from the last backup."),
                count=len(missing),
            )
        for key in sorted(expected)[:1]:
            for _ in storage.fetch(key):
                pass
    except ConciergeError as error:
        return wrong("files", type(error).message, **error.facts)
    return well("files", N_("%(count)s stored files are there, and one of them opens."), count=len(expected))


def _dead_jobs(_settings: Settings) -> Finding:
    with Session(db.engine) as session:
        dead = claims.how_many(session)[JobState.DEAD]
    if dead:
        return watch(
            "jobs", N_("%(count)s jobs gave up and wait for a person, on the page of jobs."), count=dead
        )
    return well("jobs", N_("No job has given up."))


def _waiting(_settings: Settings) -> Finding:
    with Session(db.engine) as session:
        seconds = claims.oldest_due_seconds(session, clock.moment())
    if seconds > LONGEST_WAIT_SECONDS:
        return wrong(
            "workers",
            N_("A job has waited for %(seconds)s seconds. Is a worker running?"),
            seconds=int(seconds),
        )
    return well("workers", N_("No job waits longer than a minute."))


def _audit(settings: Settings) -> Finding:
    with Session(db.engine) as session:
        fault = anchors.first_fault(settings, session)
    if fault:
        return wrong("audit", fault.sentence, **fault.facts)
    return well("audit", N_("The trace of who did what is whole."))


def _broker(settings: Settings) -> Finding:
    if not settings.broker_url:
        return well("broker", N_("No broker: the workers look into the database."))
    from kombu import Connection  # only an installation with a broker needs it
    from kombu.exceptions import OperationalError

    try:
        with Connection(settings.broker_url, connect_timeout=3) as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
    except (OperationalError, OSError):
        return watch("broker", N_("The broker does not answer: jobs wait, none is lost. Start it."))
    return well("broker", N_("The broker answers."))
