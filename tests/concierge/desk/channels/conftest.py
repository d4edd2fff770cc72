"""Servers on this machine that speak what real services speak: one for questions over HTTP, one for mail."""

from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from concierge.desk.channels.outgoing import Outgoing
from concierge.desk.rules.channels import MessageKind
from tests.kernel.fixtures_office import Office


@dataclass
class Heard:
    """One question a service was asked."""

    path: str
    query: dict[str, str]
    raw_query: str
    headers: dict[str, str]
    body: bytes

    @property
    def facts(self) -> Any:
        """The JSON object in its body."""
        return json.loads(self.body)


@dataclass
class Service:
    """A service that hears questions and answers what the test says."""

    answers: list[tuple[int, bytes]]
    heard: list[Heard] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def a_service() -> Iterator[Callable[..., Service]]:
    """Starts a service with its answers, one after another, the last one for ever."""
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def started(*answers: tuple[int, Any]) -> Service:
        bodies = [
            (code, told if isinstance(told, bytes) else json.dumps(told).encode()) for code, told in answers
        ]
        service = Service(bodies)

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                service.heard.append(
                    Heard(parts.path, dict(parse_qsl(parts.query)), parts.query, headers, body)
                )
                code, told = service.answers.pop(0) if len(service.answers) > 1 else service.answers[0]
                self.send_response(code)
                if code in (301, 302, 307):
                    self.send_header("Location", told.decode())
                    told = b"{}"
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        service.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        running.append((server, thread))
        return service

    yield started
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


class Postman:
    """What a mail server does with mail: keep it, or refuse some recipients."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.refused: dict[str, str] = {}
        self.refuses_data = ""

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, _server: object, _session: object, envelope: Any, address: str, _options: object
    ) -> str:
        """Take or refuse a recipient."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:  # noqa: N802  (the library's name)
        """Take a mail, and remember whether it came by TLS and who sent it."""
        if self.refuses_data:
            return self.refuses_data
        envelope.by_tls = session.ssl is not None
        envelope.login = session.auth_data
        self.mails.append(envelope)
        return "250 taken"


class MailHouse(Controller):
    """A mail server in the test, speaking real SMTP."""

    def __init__(self, postman: Postman, **facts: Any) -> None:
        self.smtp_facts = facts
        super().__init__(postman, hostname="127.0.0.1", port=0)

    def factory(self) -> SMTP:
        """One conversation."""
        return SMTP(self.handler, **self.smtp_facts)

    def _trigger_server(self) -> None:
        """The port was chosen by the machine: it is known only now."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def a_mail_house() -> Iterator[Callable[..., tuple[Postman, int]]]:
    """Starts a mail server; answers its postman and its port."""
    houses: list[MailHouse] = []

    def started(**facts: Any) -> tuple[Postman, int]:
        postman = Postman()
        house = MailHouse(postman, **facts)
        house.start()
        houses.append(house)
        return postman, house.port

    yield started
    for house in houses:
        house.stop()


def only(user: str, password: str) -> Callable[..., AuthResult]:
    """Lets one account in."""

    def judged(
        _server: object, _session: object, _envelope: object, _mechanism: str, given: Any
    ) -> AuthResult:
        wanted = LoginPassword(user.encode(), password.encode())
        return AuthResult(success=given == wanted, handled=False, auth_data=user)

    return judged


@pytest.fixture
def message() -> Callable[..., Outgoing]:
    """A message with a Chinese text, and what a test says of it."""

    def made(**said: Any) -> Outgoing:
        usual: dict[str, Any] = {
            "kind": MessageKind.PROMPT,
            "to": "he.jia@example.org",
            "key": "m7-20260415",
            "subject": "帮代办：2条提醒",
            "text": "施工许可：补正已到\n详见系统。",
        }
        return Outgoing(**usual | said)

    return made


TAKEN = {"Code": "OK", "Message": "OK", "BizId": "9^0"}
SECRET = {"sms_access_secret": "wheat-secret"}


@pytest.fixture
def house(county: Office) -> Callable[..., None]:
    """Sets up ways out: settings by name."""

    def set_up(**settings: Any) -> None:
        county.app.config["CONCIERGE"] = dataclasses.replace(county.app.config["CONCIERGE"], **settings)

    return set_up


@pytest.fixture
def by_mail(house: Callable[..., None], a_mail_house: Callable[..., tuple[Postman, int]]) -> Postman:
    """The office has a mail server; answers its postman."""
    postman, port = a_mail_house()
    house(
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_security="none",
        mail_from="concierge@example.org",
        public_url="https://concierge.example.org",
    )
    return postman


@pytest.fixture
def by_sms(house: Callable[..., None], a_service: Callable[..., Service]) -> Service:
    """The office has an SMS account; answers the service."""
    service = a_service((200, TAKEN))
    house(
        sms_access_key="LTAItest",
        **SECRET,
        sms_endpoint=service.address,
        sms_sign="青禾县帮代办",
        sms_notice_template="SMS_1",
        sms_code_template="SMS_2",
    )
    return service
