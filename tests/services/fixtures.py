"""Fixtures that lend real servers to tests: started when first asked for, stopped at the end of the run."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.services.chromium import clean_page, launch
from tests.services.deployment import Deployment, required_variables
from tests.services.postgres import PostgresServer
from tests.services.seaweed import StorageServer
from tests.services.server import LOOPBACK, free_ports
from tests.services.valkey import ValkeyServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL cluster.

    Not in pytest's own folders: each new run closes those to other accounts, under a cluster that has one.
    """
    with TemporaryDirectory(prefix="concierge-postgres-") as folder:
        yield from _running(PostgresServer(Path(folder)))


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test's own."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    """A broker."""
    yield from _running(ValkeyServer(tmp_path_factory.mktemp("valkey")))


@pytest.fixture
def broker_url(valkey_server: ValkeyServer) -> str:
    """The address of a broker with nothing in it."""
    with valkey_server.client() as client:
        client.flushall()
    return valkey_server.url


@pytest.fixture(scope="session")
def storage_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StorageServer]:
    """S3 storage."""
    yield from _running(StorageServer(tmp_path_factory.mktemp("storage")))


@pytest.fixture
def bucket(storage_server: StorageServer) -> str:
    """The name of an empty bucket of this test's own."""
    return storage_server.create_bucket()


@pytest.fixture
def deployment(postgres_url, broker_url, storage_server, bucket, tmp_path) -> Iterator[Deployment]:
    """The parts of docker-compose.yml, run here against real servers."""
    (port,) = free_ports(1)
    secret = secrets.token_hex(32)
    variables = dict.fromkeys(required_variables(), secret)
    address = f"http://{LOOPBACK}:{port}"
    deployed = Deployment(
        tmp_path,
        {
            **variables,
            "CONCIERGE_PUBLIC_URL": address,
            "CONCIERGE_PROXY_HOPS": "0",
            "WEB_ADDRESS": "unused:1",
        },
        {
            "PORT": str(port),
            "CONCIERGE_HOST": LOOPBACK,
            "CONCIERGE_HOME": str(tmp_path / "home"),
            "CONCIERGE_DATABASE_URL": postgres_url,
            "CONCIERGE_BROKER_URL": broker_url,
            "CONCIERGE_S3_ENDPOINT": storage_server.endpoint,
            "CONCIERGE_S3_ACCESS_KEY": storage_server.access_key,
            "CONCIERGE_S3_SECRET_KEY": storage_server.secret_key,
            "CONCIERGE_S3_BUCKET": bucket,
        },
    )
    yield deployed
    deployed.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A desktop page; the test fails if a script does, or if anything outside this machine is asked for."""
    with clean_page(chromium, viewport={"width": 1366, "height": 900}) as page:
        yield page


def _running(service):
    service.server.start()
    try:
        yield service
    finally:
        service.server.stop()
