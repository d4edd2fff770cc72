"""Speaking to a service over HTTPS: one question, one answer, nothing followed, nothing kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from concierge.desk.channels.outgoing import NotTaken

LIMIT_SECONDS = 10.0
LARGEST_ANSWER_BYTES = 64 * 1024
LONGEST_TOLD = 200


class _NoRedirect(HTTPRedirectHandler):
    """A service that sends us elsewhere is not asked there: what we say carries a secret."""

    def redirect_request(self, *_: Any) -> None:
        return None


_opener = build_opener(_NoRedirect())


def ask(address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
    """Send one POST; answers the status and the JSON object that came back.

    Units: ten seconds at most for each silence of the other side.
    Raises: NotTaken, when nobody answers, or something that is no JSON object.
    """
    request = Request(address, data=body, headers=dict(headers), method="POST")  # noqa: S310  (checked with the settings: https, or this machine)
    try:
        with _opener.open(request, timeout=LIMIT_SECONDS) as answer:
            status, raw = answer.status, answer.read(LARGEST_ANSWER_BYTES)
    except HTTPError as error:
        with error:
            status, raw = error.code, error.read(LARGEST_ANSWER_BYTES)
    except (OSError, HTTPException) as error:
        raise NotTaken(why=f"no answer ({told(getattr(error, 'reason', error))})") from None
    try:
        answered = json.loads(raw)
    except ValueError:
        answered = None
    if not isinstance(answered, dict):
        raise NotTaken(why=f"status {status}, and no JSON object in it")
    return status, answered


def ask_json(address: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Send a JSON object; answers the one that came back.

    Raises: NotTaken.
    """
    body = json.dumps(facts, ensure_ascii=False).encode()
    return ask(address, body, {"Content-Type": "application/json; charset=utf-8"})[1]


def told(value: object) -> str:
    """Something the other side said, short enough for a log."""
    return " ".join(str(value).split())[:LONGEST_TOLD]
