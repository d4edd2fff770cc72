"""PostgreSQL's own programs copy a database out and in; without them we refuse rather than do it worse."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

from concierge.kernel.errors import N_, Refusal


class ProgramMissing(Refusal):
    """The server's client programs are not installed here."""

    message = N_(
        "%(program)s is not installed here. Install PostgreSQL's client programs (Debian: postgresql-client),"
        " of the server's version or newer, and run this again."
    )


class ProgramFailed(Refusal):
    """The program said no."""

    message = N_("%(program)s failed, and nothing was changed: %(said)s")


def dump(url: str, target: Path) -> Path:
    """Copy a database out, as it is at one moment, while it is used.

    Raises: ProgramMissing, ProgramFailed.
    """
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    return target


def restore(url: str, source: Path, *, clean: bool) -> None:
    """Copy a database in, in one transaction: all of it, or nothing.

    Raises: ProgramMissing, ProgramFailed.
    """
    drop_first = ("--clean", "--if-exists") if clean else ()
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", *drop_first)
    _run("pg_restore", url, *options, str(source))


def revision(url: str) -> str | None:
    """The migration the database stands at; None when nobody set it up."""
    with _connection(url) as connection:
        if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def has_tables(url: str) -> bool:
    """Whether anything is in the database."""
    with _connection(url) as connection:
        found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1")
        return found.fetchone() is not None


def _connection(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


def _run(program: str, url: str, *options: str) -> None:
    """Run a program on a database; the password goes by the environment, so no list of processes shows it."""
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(program=program)
    full = make_url(url)
    known = {"PGPASSWORD": str(full.password)} if full.password else {}
    name = URL.create("postgresql", full.username, None, full.host, full.port, full.database, full.query)
    done = subprocess.run(  # noqa: S603  (our own arguments; nothing a person typed but the file's name)
        [found, f"--dbname={name.render_as_string()}", *options],
        env=os.environ | known,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["it gave no reason"])[0]
        raise ProgramFailed(program=program, said=said)
