"""A login is a row: what ends it, ends it everywhere, whatever a cookie says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db, writing
from concierge.kernel.security import accounts, sessions
from concierge.kernel.security.models import LoginSession
from tests.kernel.fixtures_office import PASSWORD, Office, Somebody


@pytest.fixture
def rae(office: Office) -> Somebody:
    """A reader, signed in."""
    return office.employs("rae", "Reader", sees=(None,))


def thief(office: Office, victim: Somebody) -> Somebody:
    """Somebody at another machine with a copy of the cookie."""
    browser = office.app.test_client()
    cookie = victim.browser.get_cookie("session")
    assert cookie is not None
    browser.set_cookie("session", cookie.value)
    return Somebody(victim.id, victim.username, browser, office.app)


def is_in(somebody: Somebody) -> bool:
    """Whether a guarded page opens."""
    return somebody.opens("/folders/list/").status_code == 200


def aged(minutes: float, *, column: str = "seen_at") -> None:
    """Let time have passed over every session."""
    moment = clock.moment() - timedelta(minutes=minutes)
    with writing(), Session(db.engine) as session, session.begin():
        session.execute(update(LoginSession).values({column: moment}))


def test_a_copied_cookie_dies_with_the_logout(office: Office, rae: Somebody) -> None:
    copy = thief(office, rae)
    assert is_in(copy)

    answer = rae.sends("/logout/")

    assert answer.headers["Location"] == "/login/"
    assert not is_in(rae)
    assert not is_in(copy)


def test_signing_out_takes_a_post_with_a_token(rae: Somebody) -> None:
    assert rae.opens("/logout/").status_code == 405
    assert rae.sends("/logout/", token=False).status_code == 400
    assert is_in(rae)


def test_a_session_ends_after_half_an_hour_of_idling(rae: Somebody) -> None:
    aged(29)
    assert is_in(rae)

    aged(31)
    assert not is_in(rae)


def test_a_session_ends_with_the_working_day_however_busy(rae: Somebody) -> None:
    aged(12 * 60 + 1, column="began_at")

    assert not is_in(rae)


def test_being_seen_is_written_at_most_once_a_minute(rae: Somebody) -> None:
    writes: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("UPDATE", "INSERT", "DELETE")):
            writes.append(statement)

    aged(2)
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for _ in range(5):
            assert is_in(rae)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    assert len(writes) == 1
    assert writes[0].startswith("UPDATE kernel_session SET seen_at")


def test_a_request_knows_its_person_by_one_query(rae: Somebody) -> None:
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        rae.opens("/password")  # a page with the whole shell and no rows of its own
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    assert len([s for s in asked if s != "BEGIN"]) == 1


def test_a_new_password_ends_all_other_sessions(office: Office, rae: Somebody) -> None:
    elsewhere = office.lets_in(rae.id, "rae")

    rae.sends(
        "/password", {"present": PASSWORD, "password": "blue-river-lantern", "again": "blue-river-lantern"}
    )

    assert is_in(rae)
    assert not is_in(elsewhere)


def test_closing_an_account_or_changing_its_roles_ends_its_sessions(office: Office, rae: Somebody) -> None:
    sue = office.employs("sue", "SecurityAdmin")
    accounts.change_account(rae.id, "Rae", ["Reader", "Keeper"], is_active=True, by=sue.actor)
    assert not is_in(rae)

    again = office.lets_in(rae.id, "rae")
    assert is_in(again)
    accounts.change_account(rae.id, "Rae", ["Reader", "Keeper"], is_active=False, by=sue.actor)
    assert not is_in(again)
    assert not is_in(office.lets_in(rae.id, "rae"))  # even with a session that nobody ended


def test_renaming_a_person_leaves_them_signed_in(office: Office, rae: Somebody) -> None:
    accounts.change_account(rae.id, "Rae Wang", ["Reader"], is_active=True, by=SYSTEM)

    assert is_in(rae)


def test_a_session_opens_only_its_own_account(office: Office, rae: Somebody) -> None:
    other = office.employs("sue", "SecurityAdmin")
    with other.browser.session_transaction() as cookie:
        cookie["_user_id"] = str(rae.id)

    assert not is_in(other)


def test_the_key_changes_at_login_and_only_its_hash_is_kept(office: Office, rae: Somebody) -> None:
    browser = Somebody(rae.id, "rae", office.stranger(), office.app)
    browser.opens("/login/?lang=en")
    with browser.browser.session_transaction() as cookie:
        cookie["sid"] = "planted"
        before = dict(cookie)

    browser.sends("/login/", {"username": "rae", "password": PASSWORD})

    with browser.browser.session_transaction() as cookie:
        after = dict(cookie)
    assert after["sid"] != before["sid"]
    assert after.get("csrf_token") != before["csrf_token"]
    assert after["locale"] == "en"
    kept = office.asked(select(LoginSession.key_hash))
    assert after["sid"] not in kept
    assert sessions.hashed(after["sid"]) in kept


def test_signing_in_and_out_leave_a_trace(office: Office, rae: Somebody) -> None:
    browser = Somebody(rae.id, "rae", office.stranger(), office.app)
    browser.sends("/login/", {"username": "rae", "password": "wrong-wrong-wrong"})
    browser.sends("/login/", {"username": "rae", "password": PASSWORD})
    browser.sends("/logout/")

    assert office.asked(select(AuditLine.act))[-3:] == ["SignInFailed", "SignedIn", "SignedOut"]
    assert not [
        line for line in office.asked(select(AuditLine.facts)) if "wrong-wrong" in line or PASSWORD in line
    ]


def test_a_one_time_password_opens_only_the_page_that_changes_it(office: Office) -> None:
    id_, password = accounts.open_account("new", "New", ["Reader"], by=SYSTEM)
    new = office.lets_in(id_, "new")

    assert new.opens("/folders/list/").headers["Location"] == "/password"
    assert new.sends("/folders/action_post", {"action": "close"}).headers["Location"] == "/password"
    answer = new.sends(
        "/password", {"present": password, "password": "blue-river-lantern", "again": "blue-river-lantern"}
    )

    assert answer.status_code == 302
    assert is_in(new)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"present": "not-mine-at-all"}, "This is not your present password."),
        ({"again": "something-else"}, "The two new passwords differ."),
        ({"password": "short", "again": "short"}, "between 10 and 128 characters"),
        ({"password": "xx-rachel-xx", "again": "xx-rachel-xx"}, "may not contain your user name"),
        ({"password": "password1234", "again": "password1234"}, "among the first that are tried"),
        ({"password": PASSWORD, "again": PASSWORD}, "the password you have now"),
    ],
)
def test_a_poor_password_is_refused_beside_its_field(
    office: Office, typed: dict[str, str], sentence: str
) -> None:
    rachel = office.employs("rachel", "Reader")
    good = {"present": PASSWORD, "password": "blue-river-lantern", "again": "blue-river-lantern"}

    answer = rachel.sends("/password", {**good, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert rachel.sends("/password", good).status_code == 302  # the old one still holds


def test_there_is_no_account_until_the_set_up_prints_one(office: Office) -> None:
    assert office.asked(select(User)) == []

    first = accounts.first_administrator()

    assert first is not None
    browser = Somebody(1, first[0], office.stranger(), office.app)
    assert browser.sends("/login/", {"username": first[0], "password": first[1]}).headers["Location"] == "/"
    assert browser.opens("/accounts/list/").headers["Location"] == "/password"
    assert accounts.first_administrator() is None
    (user,) = office.asked(select(User))
    assert first[1] not in user.password


def test_a_stranger_is_sent_to_sign_in_and_back(office: Office) -> None:
    browser: FlaskClient = office.stranger()

    answer = browser.get("/folders/list/?page_FolderView=2")

    assert answer.headers["Location"] == "/login/?next=/folders/list/?page_FolderView%3D2"
    assert browser.get("/folders/list/", headers={"Accept": "application/json"}).status_code == 401


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://evil.example/x",
        "//evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "/\t/evil.example",
        "javascript:x",
        "/x\r\nSet-Cookie:a=b",
    ],
)
def test_signing_in_never_leads_to_another_host(office: Office, elsewhere: str) -> None:
    rae = Somebody(0, "rae", office.stranger(), office.app)
    office.employs("rae", "Reader")

    answer = rae.sends("/login/", {"username": "rae", "password": PASSWORD}, query_string={"next": elsewhere})

    assert answer.headers["Location"] == "/"
