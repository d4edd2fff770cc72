"""Servers of other makers on this machine: a timestamp server and a seal platform."""

import base64
import http.server
import json
import threading
from contextlib import contextmanager

from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps import DummyTimeStamper


@contextmanager
def _served(answer):
    """A server that answers each POST with what ``answer`` makes of its path, heads and body."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, kind, content = answer(self.path, self.headers, body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *said):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@contextmanager
def a_timestamp_server(authority, fixed_at):
    """A timestamp server (RFC 3161) whose clock stands still."""
    key, certificate = authority.issues("测试时间戳", for_timestamps=True)
    stamper = DummyTimeStamper(
        x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(
            key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        ),
        fixed_dt=fixed_at,
    )

    def answer(_path, _heads, body):
        made = stamper.request_tsa_response(tsp.TimeStampReq.load(body))
        return 200, "application/timestamp-reply", made.dump()

    with _served(answer) as url:
        yield url


@contextmanager
def a_seal_platform(seal, asked, *, status=200):
    """A platform that seals what it is sent with ``seal``; every question is kept in ``asked``."""

    def answer(path, heads, body):
        told = json.loads(body)
        asked.append((path, heads["Authorization"], told))
        return status, "application/pdf", seal(base64.b64decode(told["pdf_base64"]), told)

    with _served(answer) as url:
        yield url
