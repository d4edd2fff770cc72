"""The archive's shelf: what is laid down stays, in a folder and on a real S3 server."""

import io
from datetime import UTC, date, datetime

import minio
import pytest
from minio.error import S3Error

from concierge.kernel.config import Settings
from concierge.kernel.errors import Misconfigured
from concierge.kernel.keeping_for_good import archive_shelf, lay_down, take_out
from concierge.kernel.sealing import SealBroken
from concierge.kernel.shelves import NotOnShelf
from tests.kernel.fixtures_office import furnish

KEY = "k" * 40
LAST_DAY = date(2056, 12, 31)
ITS_END = datetime(2056, 12, 31, 16, tzinfo=UTC)  # midnight in Asia/Shanghai is 16:00 UTC


@pytest.fixture
def folder(tmp_path):
    yield from furnish(Settings(home=tmp_path / "home", addons="tests.kernel.office", secret_key=KEY))


@pytest.fixture
def bucket_office(tmp_path, storage_server, bucket):
    settings = Settings(
        home=tmp_path / "home",
        addons="tests.kernel.office",
        secret_key=KEY,
        s3_endpoint=storage_server.endpoint,
        s3_access_key=storage_server.access_key,
        s3_secret_key=storage_server.secret_key,
        s3_bucket=bucket,
        s3_archive_bucket=f"{bucket}-archive",
        s3_secure=False,
    )
    yield from furnish(settings)


def shelf_of(office):
    return archive_shelf(office.app.config["CONCIERGE"])


def taken(laid):
    return b"".join(take_out(laid.key, laid.version))


def test_what_was_laid_down_comes_back_and_says_until_when_it_stays(folder):
    laid = lay_down(io.BytesIO(b"case file"), LAST_DAY)
    for_good = lay_down(io.BytesIO(b"for ever"), None)

    assert (taken(laid), laid.size_bytes) == (b"case file", 9)
    assert shelf_of(folder).kept_until(laid.key, laid.version) == ITS_END
    assert shelf_of(folder).kept_until(for_good.key, for_good.version) is None


def test_the_same_content_again_is_another_version_and_replaces_nothing(folder):
    first = lay_down(io.BytesIO(b"case file"), LAST_DAY)
    second = lay_down(io.BytesIO(b"case file"), None)

    assert (first.key, first.version, second.version) == (second.key, "1", "2")
    assert shelf_of(folder).kept_until(first.key, "1") == ITS_END


def test_a_file_of_the_archive_is_read_only_sealed_and_proved(folder):
    laid = lay_down(io.BytesIO(b"case file"), LAST_DAY)
    place = folder.app.config["CONCIERGE"].home / "archive" / laid.key[:2] / f"{laid.key}.1"

    assert place.stat().st_mode & 0o777 == 0o400
    assert b"case file" not in place.read_bytes()
    place.chmod(0o600)
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    with pytest.raises(SealBroken):
        taken(laid)


@pytest.mark.parametrize("key", ["0" * 64, "../../secret_key"])
def test_what_is_not_there_is_said_to_be_missing(folder, key):
    with pytest.raises(NotOnShelf):
        b"".join(shelf_of(folder).take(key, "1"))


def test_the_archive_and_the_files_never_share_a_bucket(tmp_path):
    with pytest.raises(Misconfigured, match="CONCIERGE_S3_ARCHIVE_BUCKET"):
        Settings(home=tmp_path, s3_bucket="one", s3_archive_bucket="one")


@pytest.mark.s3
def test_an_s3_server_refuses_to_remove_what_is_locked(bucket_office, storage_server):
    laid = lay_down(io.BytesIO(b"case file"), LAST_DAY)
    for_good = lay_down(io.BytesIO(b"for ever"), None)
    bucket = bucket_office.app.config["CONCIERGE"].s3_archive_bucket

    with storage_server.client() as client:
        for one in (laid, for_good):
            with pytest.raises(S3Error):
                client.remove_object(bucket, one.key, version_id=one.version)
        client.remove_object(bucket, laid.key)  # without a version a marker is put over it, no more

    assert (taken(laid), taken(for_good)) == (b"case file", b"for ever")
    assert shelf_of(bucket_office).kept_until(laid.key, laid.version) == ITS_END
    assert shelf_of(bucket_office).kept_until(for_good.key, for_good.version) is None


@pytest.mark.s3
def test_a_retention_cannot_be_made_shorter(bucket_office, storage_server):
    laid = lay_down(io.BytesIO(b"case file"), LAST_DAY)
    bucket = bucket_office.app.config["CONCIERGE"].s3_archive_bucket
    sooner = minio.retention.Retention(minio.commonconfig.COMPLIANCE, datetime(2030, 1, 1, tzinfo=UTC))

    with storage_server.client() as client, pytest.raises(S3Error):
        client.set_object_retention(bucket, laid.key, sooner, laid.version)

    assert shelf_of(bucket_office).kept_until(laid.key, laid.version) == ITS_END
