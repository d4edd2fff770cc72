"""SMS by Alibaba Cloud's SendSms (Dysmsapi 2017-05-25), signed with ACS3-HMAC-SHA256.

In China an operator carries only text whose signature and template it approved beforehand; every provider
asks for the same three things: signature, template, values. This one because counties can buy it by the piece
and its signing is published with a worked example, which our test reproduces. Another one is another
``Sender``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlsplit

from concierge.desk.channels.outgoing import AddressRefused, NotTaken, Outgoing
from concierge.desk.channels.web_post import ask, told
from concierge.desk.rules.channels import MessageKind
from concierge.kernel import clock

VERSION = "2017-05-25"
ALGORITHM = "ACS3-HMAC-SHA256"
NO_BODY = b""
LONGEST_VALUE = 35  # signs a template's variable may hold
WRONG_NUMBER = frozenset({"isv.MOBILE_NUMBER_ILLEGAL", "isv.DOMESTIC_NUMBER_NOT_SUPPORTED"})


@dataclass(frozen=True, kw_only=True)
class AliyunSms:
    """Our account at the SMS service. Shape: ``templates`` by what a message is for."""

    endpoint: str
    access_key: str
    access_secret: str = field(repr=False)
    sign: str
    templates: Mapping[MessageKind, str]

    def send(self, message: Outgoing) -> str:
        """Hand one SMS over; answers its BizId.

        Raises: NotTaken; AddressRefused, for a number that is none.
        """
        template = self.templates.get(message.kind, "")
        if not template:
            raise NotTaken(why=f"no SMS template is set for “{message.kind.value}”")
        values = {name: value[:LONGEST_VALUE] for name, value in message.short.items()}
        query = {
            "PhoneNumbers": message.to,
            "SignName": self.sign,
            "TemplateCode": template,
            "TemplateParam": json.dumps(values, ensure_ascii=False),
            "OutId": message.key,
        }
        status, answer = self._asked("SendSms", query)
        code = str(answer.get("Code", ""))
        if code == "OK":
            return str(answer.get("BizId", ""))
        why = f"{status} {code} {told(answer.get('Message', ''))}"
        raise (AddressRefused if code in WRONG_NUMBER else NotTaken)(why=why)

    def _asked(self, action: str, query: Mapping[str, str]) -> tuple[int, dict[str, object]]:
        parts = urlsplit(self.endpoint)
        headers = signed_headers(
            action,
            query,
            host=parts.netloc,
            key=(self.access_key, self.access_secret),
            at=clock.moment(),
            nonce=secrets.token_hex(16),
        )
        return ask(f"{self.endpoint.rstrip('/')}/?{canonical_query(query)}", NO_BODY, headers)


def canonical_query(query: Mapping[str, str]) -> str:
    """A query as it is signed and as it is sent: sorted by name, everything but unreserved signs escaped."""
    return "&".join(f"{_escaped(name)}={_escaped(query[name])}" for name in sorted(query))


def signed_headers(  # noqa: PLR0913  (what a signature covers)
    action: str,
    query: Mapping[str, str],
    *,
    host: str,
    key: tuple[str, str],
    at: datetime,
    nonce: str,
    version: str = VERSION,
) -> dict[str, str]:
    """The headers of one question without a body, its signature among them.

    Shape: ``key`` is the AccessKey and its secret.
    Source: S73 (V3 request structure and signature, ACS3-HMAC-SHA256).
    """
    body_hash = hashlib.sha256(NO_BODY).hexdigest()
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": body_hash,
        "x-acs-date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    names = ";".join(sorted(headers))
    listed = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = "\n".join(("POST", "/", canonical_query(query), listed, names, body_hash))
    told_hash = hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(key[1].encode(), f"{ALGORITHM}\n{told_hash}".encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={key[0]},SignedHeaders={names},Signature={signature}"
    return headers | {"Authorization": f"{ALGORITHM} {credential}"}


def _escaped(text: str) -> str:
    return quote(text, safe="-_.~")
