"""A form sent after the login had ended is not lost: sign in, press the button, and it is sent."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import select

from concierge.kernel.actor import SYSTEM
from concierge.kernel.security import accounts
from tests.kernel.fixtures_office import PASSWORD, Office, Somebody
from tests.kernel.office.models import Label, Shelf

TYPED = {"name": 'The "long" shelf', "wood": "oak", "note": "\nan hour's work\n<b>", "labels": ["1", "2"]}


@pytest.fixture
def kim(office: Office) -> Somebody:
    """A keeper whose login has ended while typing."""
    office.keeps(Label(name="old"), Label(name="new"))
    kim = office.employs("kim", "Keeper")
    kim.opens("/shelves/add")
    accounts.end_sessions(kim.id, by=SYSTEM)
    return kim


def hidden(page: str) -> dict[str, Any]:
    """The hidden fields of a page."""
    found: dict[str, Any] = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', page):
        attribute = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        found[attribute["name"]] = html.unescape(attribute.get("value", ""))
    for name, inner in re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL):
        found.setdefault(name, []).append(html.unescape(inner))
    return found


def test_what_was_typed_is_sent_after_signing_in_again(office: Office, kim: Somebody) -> None:
    asked = kim.sends("/shelves/add", TYPED)

    assert asked.status_code == 401
    assert "what you typed is kept" in asked.text
    assert 'action="/login/"' in asked.text
    wrong = kim.sends(
        "/login/", {**hidden(asked.text), "username": "kim", "password": "not-this-one"}, token=False
    )
    again = kim.sends("/login/", {**hidden(wrong.text), "username": "kim", "password": PASSWORD}, token=False)

    assert again.status_code == 200
    assert 'action="/shelves/add"' in again.text
    assert office.asked(select(Shelf)) == []  # nothing is sent without the person's own click
    assert kim.sends("/shelves/add", hidden(again.text), token=False).status_code == 302
    (shelf,) = office.asked(select(Shelf))
    assert (shelf.name, shelf.note) == ('The "long" shelf', "an hour's work\n<b>")


@pytest.mark.parametrize(
    "planted",
    [
        "{",
        "[]",
        '["//evil.example", [["a", "b"]]]',
        '["/x", []]',
        '["/password", [["password", "x"]]]',
        '["/x", 7]',
    ],
)
def test_nothing_else_in_its_place_is_taken(office: Office, planted: str) -> None:
    office.employs("rae", "Reader")
    rae = Somebody(0, "rae", office.stranger(), office.app)

    answer = rae.sends("/login/", {"username": "rae", "password": PASSWORD, "kept": planted})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_passwords_and_floods_are_not_carried_along(kim: Somebody) -> None:
    assert kim.sends("/password", {"present": PASSWORD, "password": "x", "again": "x"}).status_code == 302
    assert kim.sends("/shelves/add", {"name": "x" * 300_000}).headers["Location"] == "/login/"
