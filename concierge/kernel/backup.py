"""One archive of everything a system knows, and the way back, whole or not at all.

An archive is a compressed tar: ``manifest.json``, the database, the files of home and those of the
storage server, sealed as they lie there. The secret key is left out unless asked for: whoever holds it can
forge sessions and open the files, so it is kept apart from the data. Without it a restored system signs
everybody out, the links it sent before no longer open, and the files stay sealed until
CONCIERGE_OLD_SECRET_KEYS names it. Every archive is made readable by its owner only: it may hold what
citizens filed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from alembic.script import ScriptDirectory

from concierge.kernel import clock, occupied, postgres_programs, schema
from concierge.kernel.config import Settings
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.shelves import BucketShelf, force_to_disk, shelf_of
from concierge.kernel.storage import INCOMING, SCRATCH

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE = "concierge.sqlite"
KEY = "secret_key"
NOT_FILES = frozenset({
    SQLITE, f"{SQLITE}-wal", f"{SQLITE}-shm", ".in-use", occupied.SWEEP, occupied.UNFINISHED, INCOMING,
    SCRATCH,
})  # fmt: skip
FILES = "files"
SET_ASIDE = "replaced-"


class ArchiveThere(Refusal):
    """An archive is never written over another."""

    message = N_("%(file)s exists already. Name a new file, or remove the old one first.")


class ArchiveBroken(Refusal):
    """What the archive holds is not what was put into it."""

    message = N_("%(file)s is not a whole backup: %(what)s. Nothing was changed; use another backup.")


class TargetNotEmpty(Refusal):
    """There is a system here already."""

    message = N_(
        "There is data here already. Restore into an empty home or database, or say --force: what is here is"
        " then set aside."
    )


class NothingToKeep(Refusal):
    """A backup of nothing helps nobody."""

    message = N_("There is no database at %(place)s yet. Run `python run.py setup` first.")


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself."""

    format: int
    made_at: str
    database: str
    revision: str | None
    has_key: bool
    sha256: dict[str, str]


def back_up(settings: Settings, target: Path, *, with_key: bool = False) -> Manifest:
    """Write everything into one archive, while the system runs.

    Raises: ArchiveThere, NothingToKeep, and what keeps PostgreSQL's own programs from running.
    Effects: ``target`` appears whole and forced to disk, or not at all.
    """
    if target.exists():
        raise ArchiveThere(file=target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        occupied.kept_whole(settings.home),
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as work,
    ):
        room = Path(work)
        kind, database = _copy_database(settings, room)  # first: every file it names is there to be copied
        parts = {database.name: database}
        parts |= {f"home/{name}": settings.home / name for name in _files(settings.home, with_key=with_key)}
        parts |= _copy_bucket(settings, room)
        manifest = Manifest(
            format=FORMAT,
            made_at=f"{clock.moment():%Y-%m-%dT%H:%M:%SZ}",
            database=kind,
            revision=_revision(settings, database),
            has_key="home/secret_key" in parts,
            sha256={name: _digest(path) for name, path in parts.items()},
        )
        (room / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        archive = room / "archive"
        _pack(archive, {MANIFEST: room / MANIFEST, **parts})
        os.link(archive, target)  # refuses, where a rename would replace
        force_to_disk(target.parent)
    return manifest


def restore(settings: Settings, source: Path, *, force: bool = False) -> Manifest:
    """Put back what an archive holds.

    Raises: ArchiveBroken, TargetNotEmpty, HomeInUse; nothing is changed then.
    Effects: with ``force`` what was here is moved into ``replaced-…`` in home. If the machine stops in the
    middle, the system refuses to serve until the restore is run again.
    """
    with (
        occupied.alone(settings.home),
        tempfile.TemporaryDirectory(dir=settings.home, prefix=".restore-") as work,
    ):
        room = Path(work)
        manifest = _unpack(source, room)
        _refuse_foreign(settings, source, manifest)
        if not force and _is_there_data(settings):
            raise TargetNotEmpty
        with _marked_unfinished(settings.home):
            if manifest.database == "postgresql":
                postgres_programs.restore(settings.sqlalchemy_url, room / "database.dump", clean=force)
            _hand_to_bucket(settings, room)
            _swap(settings.home, room, keeps_database=manifest.database == "sqlite", has_key=manifest.has_key)
    return manifest


def _copy_database(settings: Settings, room: Path) -> tuple[str, Path]:
    if not settings.is_embedded:
        return "postgresql", postgres_programs.dump(settings.sqlalchemy_url, room / "database.dump")
    live = settings.home / SQLITE
    if not live.exists():
        raise NothingToKeep(place=live)
    copy = room / SQLITE
    with (
        closing(sqlite3.connect(f"{live.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)  # in one go: a snapshot, writers carry on
        target.execute("PRAGMA journal_mode=DELETE")
    _refuse_damaged(copy, copy)
    return "sqlite", copy


def _copy_bucket(settings: Settings, room: Path) -> dict[str, Path]:
    """The sealed files of the storage server, copied to where a system without one keeps them."""
    shelf = shelf_of(settings)
    if not isinstance(shelf, BucketShelf):
        return {}
    copied = {}
    for key, _ in shelf.inventory():
        copy = room / FILES / key[:2] / key
        copy.parent.mkdir(parents=True, exist_ok=True)
        with copy.open("wb") as target:
            target.writelines(shelf.take(key))
        copied[f"home/{FILES}/{key[:2]}/{key}"] = copy
    return copied


def _hand_to_bucket(settings: Settings, room: Path) -> None:
    """Give the unpacked files to the storage server, where there is one; what is there already stays."""
    shelf = shelf_of(settings)
    if not isinstance(shelf, BucketShelf):
        return
    shelf.reach()
    for path in sorted((room / "home" / FILES).glob("??/*")):
        shelf.put(path.name, path)
    shutil.rmtree(room / "home" / FILES, ignore_errors=True)


def _files(home: Path, *, with_key: bool) -> Iterator[str]:
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home)
        top = name.parts[0]
        if top in NOT_FILES or top.startswith((SET_ASIDE, ".backup-", ".restore-")):
            continue
        if path.is_file() and not path.is_symlink() and (with_key or str(name) != KEY):
            yield name.as_posix()


def _revision(settings: Settings, database: Path) -> str | None:
    if not settings.is_embedded:
        return postgres_programs.revision(settings.sqlalchemy_url)
    with closing(sqlite3.connect(database)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:  # a database nobody set up
            return None
    return str(row[0]) if row else None


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _pack(archive: Path, parts: dict[str, Path]) -> None:
    made = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            for name, path in parts.items():
                tar.add(path, arcname=name, recursive=False)
        raw.flush()
        os.fsync(raw.fileno())


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, room: Path) -> None:
    """One file of an archive; links and paths that lead elsewhere are refused.

    Raises: ValueError, OSError.
    """
    if member.isdir():  # folders come with their files
        return
    path = room / member.name
    content = tar.extractfile(member) if member.isfile() else None
    if content is None or not path.resolve().is_relative_to(room.resolve()):
        raise ValueError(member.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with content, path.open("xb") as there:
        shutil.copyfileobj(content, there)
    path.chmod(member.mode & 0o755)


def _unpack(source: Path, room: Path) -> Manifest:
    """Unpack an archive and compare everything in it with its manifest."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            for member in tar:
                _take_out(tar, member, room)
        told = json.loads((room / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**told)
    except (tarfile.TarError, OSError, EOFError, ValueError, TypeError) as error:
        raise ArchiveBroken(file=source, what=f"it cannot be read ({type(error).__name__})") from error
    there = {p.relative_to(room).as_posix() for p in room.rglob("*") if p.is_file()} - {MANIFEST}
    for name, digest in manifest.sha256.items():
        if name not in there or _digest(room / name) != digest:
            raise ArchiveBroken(file=source, what=f"{name} is missing or was changed")
    if there != set(manifest.sha256):
        raise ArchiveBroken(file=source, what="it holds files its manifest does not name")
    if manifest.database == "sqlite":
        _refuse_damaged(room / SQLITE, source)
    return manifest


def _refuse_damaged(database: Path, source: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = str(error)
    if found != "ok":
        raise ArchiveBroken(file=source, what=f"the database is damaged ({found})")


def _refuse_foreign(settings: Settings, source: Path, manifest: Manifest) -> None:
    kind = "sqlite" if settings.is_embedded else "postgresql"
    if manifest.format != FORMAT or manifest.database != kind:
        raise ArchiveBroken(file=source, what=f"it holds a {manifest.database} database, and here is {kind}")
    tree = ScriptDirectory(str(schema.TREE))
    known = {revision.revision for revision in tree.walk_revisions()}
    if manifest.revision is not None and manifest.revision not in known:
        raise ArchiveBroken(file=source, what="it was made by a newer version of this system")


def _is_there_data(settings: Settings) -> bool:
    if not settings.is_embedded and postgres_programs.has_tables(settings.sqlalchemy_url):
        return True
    return (settings.home / SQLITE).exists() or any(_files(settings.home, with_key=False))


def _swap(home: Path, room: Path, *, keeps_database: bool, has_key: bool) -> None:
    """Move what is in home aside and what was unpacked into its place; all of it, or none."""
    stays = {".in-use", occupied.UNFINISHED, room.name} | (set() if has_key else {KEY})
    old = [path for path in home.iterdir() if path.name not in stays and not path.name.startswith(SET_ASIDE)]
    new = [*(room / "home").glob("*")] + ([room / SQLITE] if keeps_database else [])
    aside = home / f"{SET_ASIDE}{clock.moment():%Y%m%dT%H%M%S%f}"
    with _undone_on_failure() as moved:
        if old:
            aside.mkdir(mode=0o700)
        for path, place in [*((p, aside / p.name) for p in old), *((p, home / p.name) for p in new)]:
            path.rename(place)
            moved.append((path, place))


@contextmanager
def _marked_unfinished(home: Path) -> Iterator[None]:
    """Leave a mark that only a machine that stopped in the middle leaves behind."""
    mark = home / occupied.UNFINISHED
    mark.touch()
    force_to_disk(home)
    try:
        yield
    finally:
        force_to_disk(home)
        mark.unlink()


@contextmanager
def _undone_on_failure() -> Iterator[list[tuple[Path, Path]]]:
    moved: list[tuple[Path, Path]] = []
    try:
        yield moved
    except BaseException:
        for path, place in reversed(moved):
            place.rename(path)
        raise
