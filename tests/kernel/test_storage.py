"""Keeping files: what goes in comes out, sealed on the disk; half-done and forgotten ones go."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from concierge.kernel import clock, storage
from concierge.kernel.config import Settings
from concierge.kernel.contents import FileLies
from concierge.kernel.db import db
from concierge.kernel.errors import Misconfigured
from concierge.kernel.sealing import SealBroken, SealedWithOtherKey
from concierge.kernel.shelves import NotOnShelf, StorageAway, StorageFull, shelf_of, storage_fault
from concierge.kernel.storage import FileTooLarge, fetch, store
from tests.kernel.fixtures_office import furnish
from tests.kernel.office.models import Attachment
from tests.kernel.papers_made import a_pdf, a_picture

ROOT = Path(__file__).parents[2]
MB = 1024 * 1024


@pytest.fixture
def folder(office):
    return office.app.config["CONCIERGE"].home


@pytest.fixture
def bucket_office(tmp_path, storage_server, bucket):
    yield from furnish(
        Settings(
            home=tmp_path,
            addons="tests.kernel.office",
            s3_endpoint=storage_server.endpoint,
            s3_access_key=storage_server.access_key,
            s3_secret_key=storage_server.secret_key,
            s3_bucket=bucket,
            s3_secure=False,
        )
    )


def keep(content, name="可研.pdf", **limits):
    return store(BytesIO(content), name=name, **limits)


def read(key):
    return b"".join(fetch(key))


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file() and "concierge.sqlite" not in path.name]


def sweep(*, later=timedelta()):
    with Session(db.engine) as session:
        return storage.sweep(session, now=clock.moment() + later)


def test_a_file_comes_out_as_it_went_in_and_its_facts_are_told(office):
    content = a_pdf(3)

    stored = keep(content, "C:\\报批\\可研.pdf")

    assert read(stored.key) == content
    assert (stored.name, stored.media_type, stored.pages) == ("可研.pdf", "application/pdf", 3)
    assert stored.size_bytes == len(content)


def test_nothing_of_a_file_can_be_read_from_the_disk_neither_content_nor_name_nor_digest(office, folder):
    stored = keep(a_pdf(mark="A BUSINESS LICENCE"), "营业执照.pdf")

    (kept,) = [path for path in files_in(folder) if path.is_relative_to(folder / "files")]
    assert b"LICENCE" not in kept.read_bytes()
    assert b"%PDF" not in kept.read_bytes()
    assert stored.sha256 not in str(kept)
    assert kept.name == stored.key


def test_the_same_content_is_kept_once(office, folder):
    content = a_pdf()

    assert keep(content, "a.pdf").key == keep(content, "b.pdf").key
    assert len(list((folder / "files").glob("??/*"))) == 1


def test_a_file_above_the_limit_is_refused_and_leaves_nothing(office, folder):
    with pytest.raises(FileTooLarge, match="larger than 1 MB"):
        keep(a_pdf() + b"\x00" * MB, limit_bytes=MB)

    assert not files_in(folder / "files")
    assert not files_in(folder / storage.INCOMING)


def test_the_limit_is_a_setting(tmp_path):
    for desk in furnish(Settings(home=tmp_path, addons="tests.kernel.office", largest_file_mb=1)):
        assert desk.app.config["CONCIERGE"].largest_request_bytes == 5 * MB  # 4 files and the form
        with pytest.raises(FileTooLarge):
            keep(a_pdf() + b"\x00" * MB)


def test_a_limit_of_nothing_refuses_to_start():
    with pytest.raises(Misconfigured, match="LARGEST_FILE_MB"):
        Settings(largest_file_mb=0)


def test_a_file_that_lies_is_not_kept(office, folder):
    with pytest.raises(FileLies):
        keep(a_picture(), "许可证.pdf")

    assert not files_in(folder / "files")


def test_a_file_damaged_on_the_disk_is_not_handed_out(office, folder):
    stored = keep(a_pdf())
    (path,) = (folder / "files").glob("??/*")
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")

    with pytest.raises(SealBroken):
        read(stored.key)


def test_a_file_that_is_gone_says_so_and_no_key_leads_out_of_the_folder(office):
    for key in ("0" * 64, "../../secret_key", "", "a/b"):
        with pytest.raises(NotOnShelf):
            read(key)


def test_after_the_secret_key_was_changed_old_files_open_with_the_old_one(office):
    stored, before = keep(a_pdf()), office.app.config["CONCIERGE"]
    changed = replace(before, secret_key="b" * 40)

    office.app.config["CONCIERGE"] = changed
    with pytest.raises(SealedWithOtherKey):
        read(stored.key)
    office.app.config["CONCIERGE"] = replace(changed, old_secret_keys=f"{'c' * 40}, {before.signing_key()}")

    assert read(stored.key) == a_pdf()


def test_what_no_row_names_goes_after_a_day_and_what_a_row_names_stays(office, folder):
    orphan, kept = keep(a_pdf(1)), keep(a_pdf(2))
    office.keeps(Attachment(key=kept.key))
    (folder / storage.INCOMING).mkdir(exist_ok=True)
    (folder / storage.INCOMING / "broken-off").write_bytes(b"half")

    assert sweep(later=timedelta(hours=23)) == 0
    assert sweep(later=timedelta(hours=25)) == 1

    assert read(kept.key) == a_pdf(2)
    with pytest.raises(NotOnShelf):
        read(orphan.key)
    assert not files_in(folder / storage.INCOMING)


def test_a_file_sent_again_is_young_again(office, folder):
    first = keep(a_pdf())
    (path,) = (folder / "files").glob("??/*")
    day_before = clock.moment().timestamp() - 48 * 3600
    os.utime(path, (day_before, day_before))

    again = keep(a_pdf())

    assert again.key == first.key
    assert sweep() == 0


def test_nothing_is_swept_while_a_backup_copies(office, folder):
    from concierge.kernel import occupied

    keep(a_pdf())

    with occupied.kept_whole(folder):
        assert sweep(later=timedelta(days=2)) == 0
    assert sweep(later=timedelta(days=2)) == 1


@pytest.mark.parametrize(("number", "said"), [(28, StorageFull), (122, StorageFull), (5, StorageAway)])
def test_a_disk_that_refuses_is_told_from_one_that_is_full(number, said):
    assert isinstance(storage_fault(OSError(number, "")), said)


WRITER = """
import sys
from io import BytesIO
from pathlib import Path
from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from concierge.kernel.storage import store
from tests.kernel.papers_made import a_pdf
with create_app(Settings(home=Path(sys.argv[1]), addons="tests.kernel.office")).app_context():
    number = 0
    while True:
        stored = store(BytesIO(a_pdf(mark=f"{number} " * 20000)), name="a.pdf")
        print(stored.key, flush=True)
        number += 1
"""


def test_a_program_killed_while_it_writes_leaves_no_torn_file_and_keeps_what_it_acknowledged(office, folder):
    acknowledged = []
    for lines in (3, 5, 8):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as writer:
            acknowledged += [writer.stdout.readline().strip() for _ in range(lines)]
            writer.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
        assert writer.returncode == -signal.SIGKILL

    there = {path.name for path in (folder / "files").glob("??/*")}
    assert there >= {key for key in acknowledged if key}
    for key in there:
        assert read(key).startswith(b"%PDF")  # every file that has its name is whole
    sweep(later=timedelta(days=2))
    assert not files_in(folder / storage.INCOMING)


@pytest.mark.s3
def test_the_same_on_a_real_storage_server(bucket_office, tmp_path):
    stored, orphan = keep(a_pdf(40, mark="x" * MB)), keep(a_pdf(2))
    bucket_office.keeps(Attachment(key=stored.key))

    assert read(stored.key) == a_pdf(40, mark="x" * MB)
    assert not (tmp_path / "files").exists()
    assert not files_in(tmp_path / storage.INCOMING)
    with pytest.raises(NotOnShelf):
        read("0" * 64)
    assert sweep() == 0
    assert sweep(later=timedelta(days=2)) == 1
    assert [key for key, _ in shelf_of(bucket_office.app.config["CONCIERGE"]).inventory()] == [stored.key]
    with pytest.raises(NotOnShelf):
        read(orphan.key)


@pytest.mark.s3
def test_a_bucket_that_is_missing_is_made(bucket_office):
    settings = replace(bucket_office.app.config["CONCIERGE"], s3_bucket="never-made-before")
    bucket_office.app.config["CONCIERGE"] = settings

    assert list(shelf_of(settings).inventory()) == []
    assert read(keep(a_pdf()).key) == a_pdf()


@pytest.mark.s3
def test_what_was_altered_on_the_storage_server_is_not_handed_out(bucket_office, storage_server, bucket):
    stored = keep(a_pdf())
    with storage_server.client() as client:
        client.put_object(bucket, stored.key, BytesIO(b"QYG1" + b"0" * 100), 104)

    with pytest.raises((SealBroken, SealedWithOtherKey)):
        read(stored.key)


def test_a_storage_server_that_does_not_answer_is_said_to_be_away(tmp_path):
    away = Settings(
        home=tmp_path, addons="tests.kernel.office", s3_endpoint="127.0.0.1:1", s3_access_key="a",
        s3_secret_key="b", s3_secure=False,  # noqa: S106  (nobody's)
    )  # fmt: skip
    for _ in furnish(away):
        with pytest.raises(StorageAway):
            keep(a_pdf())
        with pytest.raises(StorageAway):
            read("0" * 64)
