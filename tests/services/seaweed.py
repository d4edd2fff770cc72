"""S3 storage, from a wheel: SeaweedFS with versioning, object lock and signed links."""

import secrets
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import minio
import urllib3

from tests.services.server import LOOPBACK, Server, free_ports, is_listening

REGION = "us-east-1"
# Each of these listens somewhere by default; the filer serves every object without a password.
_PORTS = (
    "s3.port", "s3.port.grpc", "filer.port", "filer.port.grpc", "master.port", "master.port.grpc",
    "volume.port", "volume.port.grpc", "admin.port", "admin.port.grpc",
)  # fmt: skip


class StorageServer:
    """S3 storage that lives as long as the test run."""

    def __init__(self, folder: Path) -> None:
        ports = dict(zip(_PORTS, free_ports(len(_PORTS)), strict=True))
        self.endpoint = f"{LOOPBACK}:{ports['s3.port']}"
        self.access_key = secrets.token_hex(10)
        self.secret_key = secrets.token_hex(20)
        self._s3_port = ports["s3.port"]
        flags = [f"-{name}={port}" for name, port in ports.items()]
        self.server = Server(
            folder,
            [
                Path(sysconfig.get_path("scripts")) / "weed", "mini", f"-dir={folder}", f"-ip={LOOPBACK}",
                f"-ip.bind={LOOPBACK}", *flags, "-s3.port.iceberg=0", "-s3.port.lance=0", "-metricsPort=0",
                "-webdav=false", "-admin.ui=false", "-master.telemetry=false", "-master.volumeSizeLimitMB=64",
                f"-filer.localSocket={folder}/filer.sock", f"-s3.localSocket={folder}/s3.sock",
            ],
            self._answers,
            environment={"AWS_ACCESS_KEY_ID": self.access_key, "AWS_SECRET_ACCESS_KEY": self.secret_key},
        )  # fmt: skip

    @contextmanager
    def client(self) -> Iterator[minio.Minio]:
        """A client whose connections end with the block."""
        with urllib3.PoolManager(retries=urllib3.Retry(2)) as pool:
            yield minio.Minio(
                self.endpoint, self.access_key, self.secret_key, secure=False, region=REGION, http_client=pool
            )

    def create_bucket(self) -> str:
        """A new, empty bucket by a name of its own."""
        name = f"test-{secrets.token_hex(6)}"
        with self.client() as client:
            client.make_bucket(name)
        return name

    def _answers(self) -> bool:
        if not is_listening(self._s3_port):
            return False
        try:
            with self.client() as client:
                client.list_buckets()
        except (minio.error.S3Error, urllib3.exceptions.HTTPError):
            return False
        return True
