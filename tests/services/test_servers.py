"""The servers behind the other tests are the real ones, and behave as the program counts on."""

import io
from datetime import timedelta

import psycopg
import pytest
import urllib3
from minio.commonconfig import ENABLED
from minio.versioningconfig import VersioningConfig


@pytest.mark.postgres
def test_postgres_keeps_what_was_committed_when_it_is_killed(postgres_server):
    database = postgres_server.create_database()
    with postgres_server.connect(database) as connection:
        connection.execute("CREATE TABLE step (name text)")
        connection.execute("INSERT INTO step VALUES ('施工许可')")

    postgres_server.server.kill()
    postgres_server.server.start()

    with postgres_server.connect(database) as connection:
        assert connection.execute("SELECT name FROM step").fetchall() == [("施工许可",)]
        assert connection.info.server_version // 10_000 == 18
    postgres_server.drop_database(database)


@pytest.mark.postgres
def test_postgres_asks_for_a_password(postgres_server):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host="127.0.0.1", port=postgres_server.port, user="postgres", password="wrong")  # noqa: S106 - being wrong is the point


@pytest.mark.postgres
def test_each_test_has_a_database_of_its_own(postgres_server, postgres_url):
    name = postgres_url.rsplit("/", 1)[1]
    with postgres_server.connect(name) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()

    assert tables == (0,)


@pytest.mark.broker
def test_the_broker_keeps_its_keys_when_it_is_killed(valkey_server):
    with valkey_server.client() as client:
        client.set("环节", "施工许可")
        client.lpush("queue", "first", "second")

    valkey_server.server.kill()
    valkey_server.server.start()

    with valkey_server.client() as client:
        assert client.get("环节") == "施工许可"
        assert client.lrange("queue", 0, -1) == ["second", "first"]


@pytest.mark.s3
def test_storage_keeps_every_version_and_gives_out_links_that_need_no_password(storage_server, bucket):
    with storage_server.client() as client:
        client.set_bucket_versioning(bucket, VersioningConfig(ENABLED))
        for content in (b"first", "第二版".encode()):
            client.put_object(bucket, "材料/营业执照.pdf", io.BytesIO(content), len(content))

        versions = list(client.list_objects(bucket, recursive=True, include_version=True))
        link = client.presigned_get_object(bucket, "材料/营业执照.pdf", expires=timedelta(minutes=5))

        assert len(versions) == 2
        with urllib3.PoolManager() as pool:
            assert pool.request("GET", link).data.decode() == "第二版"
            assert pool.request("GET", link.split("?")[0]).status == 403


@pytest.mark.browser
def test_the_browser_draws_chinese_with_a_real_font(page):
    page.set_content("<h1 lang=zh>帮代办</h1><pre id=a>帮</pre><pre id=b>\U0010fffd</pre>")
    picture_of_a_character = page.locator("#a").screenshot()
    picture_of_no_character = page.locator("#b").screenshot()

    assert page.locator("h1").inner_text() == "帮代办"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"
    assert picture_of_a_character != picture_of_no_character, "a box is drawn instead: no Chinese font"
