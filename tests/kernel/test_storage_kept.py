"""Stored files in a backup, and to the doctor: they come back, and one that is missing is told."""

import shutil
from dataclasses import replace
from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from concierge.kernel import addon, backup, doctor, storage
from concierge.kernel.config import Settings
from concierge.kernel.db import Base, db
from concierge.kernel.doctor import Verdict
from concierge.kernel.sealing import SealedWithOtherKey
from concierge.kernel.storage import fetch, store
from tests.kernel.fixtures_office import furnish
from tests.kernel.office.models import Attachment
from tests.kernel.papers_made import a_pdf

KEY = "k" * 40
FILES = (
    *("file_key", "key_file", "docx_key", "pdf_key", "sealed_key", "result_key", "picture_key", "zip_key"),
    *("list_key", "index_key"),
)


def settings_of(home, **told):
    return Settings(home=home, addons="tests.kernel.office", secret_key=KEY, **told)


@pytest.fixture
def office(tmp_path):
    yield from furnish(settings_of(tmp_path / "home"))


def a_kept_file(office):
    stored = store(BytesIO(a_pdf(2)), name="a.pdf")
    office.keeps(Attachment(key=stored.key))
    return stored


def read_with(office, settings, key):
    office.app.config["CONCIERGE"] = settings
    return b"".join(fetch(key))


def test_a_backup_brings_every_file_back_and_a_system_with_another_key_cannot_read_them(office, tmp_path):
    stored, settings = a_kept_file(office), office.app.config["CONCIERGE"]
    backup.back_up(settings, tmp_path / "kept.tgz")
    elsewhere = replace(settings, home=tmp_path / "elsewhere")

    backup.restore(elsewhere, tmp_path / "kept.tgz")

    assert read_with(office, elsewhere, stored.key) == a_pdf(2)
    with pytest.raises(SealedWithOtherKey):
        read_with(office, replace(elsewhere, secret_key="o" * 40), stored.key)


@pytest.mark.s3
def test_the_files_of_a_bucket_come_along_and_go_back_into_a_bucket(tmp_path, storage_server, bucket):
    def at(home, name):
        return settings_of(
            home,
            s3_endpoint=storage_server.endpoint,
            s3_access_key=storage_server.access_key,
            s3_secret_key=storage_server.secret_key,
            s3_bucket=name,
            s3_secure=False,
        )

    first = at(tmp_path / "home", bucket)
    for office in furnish(first):
        stored = a_kept_file(office)
        backup.back_up(first, tmp_path / "kept.tgz")

        other = at(tmp_path / "elsewhere", storage_server.create_bucket())
        backup.restore(other, tmp_path / "kept.tgz")
        plain = settings_of(tmp_path / "without a server")
        backup.restore(plain, tmp_path / "kept.tgz")

        assert read_with(office, other, stored.key) == a_pdf(2)
        assert not (other.home / "files").exists()
        assert read_with(office, plain, stored.key) == a_pdf(2)


def test_the_doctor_opens_a_file_and_tells_one_that_is_missing_or_shut(office):
    settings = office.app.config["CONCIERGE"]
    a_kept_file(office)

    well = doctor._files(settings)
    office.app.config["CONCIERGE"] = replace(settings, secret_key="o" * 40)
    shut = doctor._files(settings)
    office.app.config["CONCIERGE"] = settings
    shutil.rmtree(settings.home / "files")
    missing = doctor._files(settings)

    assert (well.verdict, well.facts) == (Verdict.WELL, {"count": 1})
    assert shut.verdict is Verdict.WRONG
    assert (missing.verdict, missing.facts) == (Verdict.WRONG, {"count": 1})


def test_only_columns_that_name_files_keep_them(office):
    stored = a_kept_file(office)

    with Session(db.engine) as session:
        assert storage.named(session) == {stored.key}


def test_every_row_that_names_a_stored_file_says_so_and_keeps_it_from_being_swept():
    before = addon.installed()
    addon.load(Settings().addon_names)
    addon._loaded = before
    tables = [table for table in Base.metadata.tables.values() if not table.name.startswith("ab_")]
    naming = {
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if column.name.endswith(FILES) or (column.name == "key" and "sha256" in table.columns)
    }

    marked = {
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if column.info.get("storage_key")
    }

    assert "approvals_paper_file.key" in naming
    assert naming == marked


def test_what_the_house_made_is_kept_once_and_comes_back_as_it_was(office):
    settings = office.app.config["CONCIERGE"]

    first = storage.keep(b"made here", name="a.zip", media_type="application/zip")
    again = storage.keep(b"made here", name="b.zip", media_type="application/zip")

    assert first.key == again.key
    assert (first.size_bytes, first.media_type) == (9, "application/zip")
    assert read_with(office, settings, first.key) == b"made here"
