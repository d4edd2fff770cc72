"""Guessing passwords ends after a few tries, for an account, for an address, and for names nobody bears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from concierge.kernel.actor import SYSTEM
from concierge.kernel.security import accounts, lockout
from concierge.kernel.security.lockout import LockedOut, Patience
from concierge.kernel.security.models import LoginGuard
from concierge.kernel.security.signing_in import WrongLogin, sign_in
from concierge.kernel.work import work
from tests.kernel.fixtures_office import PASSWORD, Office, Somebody

NOON = datetime(2026, 4, 15, 4, tzinfo=UTC)
PATIENCE = Patience(failures=5, minutes=15)


def attempt(account: str = "amy", address: str = "10.0.0.1", *, minutes: float = 0) -> bool:
    """Count one attempt, so many minutes after noon."""
    with work(SYSTEM) as w:
        now = NOON + timedelta(minutes=minutes)
        return lockout.count_attempt(w.session, account, address, now=now, patience=PATIENCE)


def test_the_fifth_try_is_the_last_for_a_quarter_of_an_hour(office: Office) -> None:
    assert [attempt() for _ in range(5)] == [False, False, False, False, True]

    with pytest.raises(LockedOut) as refused:
        attempt(minutes=1)
    assert refused.value.facts == {"minutes": 14}
    with pytest.raises(LockedOut):
        attempt(minutes=14.9)
    assert attempt(minutes=15.1) is False  # counting starts anew


def test_tries_far_apart_do_not_add_up(office: Office) -> None:
    assert [attempt(minutes=16 * n) for n in range(8)] == [False] * 8


def test_a_lock_on_one_account_is_none_on_another(office: Office) -> None:
    for _ in range(5):
        attempt("amy")

    assert attempt("bo") is False


def test_an_address_that_tries_every_account_is_locked_too(office: Office) -> None:
    for n in range(50):  # ten times the patience with one account
        attempt(f"account {n}")

    with pytest.raises(LockedOut):
        attempt("account 51")
    assert attempt("account 51", "10.0.0.2") is False


def test_a_right_password_clears_the_account_but_not_what_the_address_tried_elsewhere(office: Office) -> None:
    for n in range(48):
        attempt(f"account {n}")
    for _ in range(3):  # 49, 50 and 51 tries, but each of the three is given back
        attempt("mine")
        with work(SYSTEM) as w:
            lockout.forgive(w.session, "mine", "10.0.0.1")

    attempt("account 49")
    attempt("account 50")
    with pytest.raises(LockedOut):
        attempt("account 51")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Amy", "amy"), (" amy ", "amy"), ("ａｍｙ", "amy")],
)
def test_one_account_has_one_counter_however_it_is_written(one: str, other: str) -> None:
    assert lockout.account_key(one, "secret") == lockout.account_key(other, "secret")


def test_addresses_of_one_ipv6_network_have_one_counter() -> None:
    key = lockout.address_key("2001:db8:1:2::1", "secret")

    assert key == lockout.address_key("2001:db8:1:2:ffff::9", "secret")
    assert key != lockout.address_key("2001:db8:1:3::1", "secret")
    assert lockout.address_key("10.0.0.1", "secret") != lockout.address_key("10.0.0.2", "secret")


def test_the_answer_does_not_tell_who_has_an_account(office: Office) -> None:
    office.employs("rae", "Reader")
    closed, _ = accounts.open_account("old", "Old", [], by=SYSTEM, password=PASSWORD)
    accounts.change_account(closed, "Old", [], is_active=False, by=SYSTEM)

    def told(username: str, times: int) -> list[tuple[int, str]]:
        browser = Somebody(0, username, office.stranger(), office.app)
        wrong = {"username": username, "password": PASSWORD if username == "old" else "wrong-wrong"}
        answers = [browser.sends("/login/?lang=en", wrong) for _ in range(times)]
        return [(a.status_code, a.text.partition('role="alert"')[2].partition("</div>")[0]) for a in answers]

    known, unknown, shut = (told(name, 6) for name in ("rae", "nobody", "old"))

    assert known == unknown == shut
    assert [status for status, _ in known] == [422] * 5 + [429]
    assert "The user name or the password is not right." in known[0][1]
    assert "Too many wrong passwords." in known[5][1]


def test_names_as_typed_are_not_kept(office: Office) -> None:
    with pytest.raises(WrongLogin):
        sign_in("my-secret-password", "x", address="10.0.0.1", program="test")

    assert all("secret" not in key and len(key) == 64 for key in office.asked(select(LoginGuard.key)))


def test_an_administrator_lifts_a_lock(office: Office) -> None:
    rae, sue = office.employs("rae", "Reader"), office.employs("sue", "SecurityAdmin")
    for _ in range(5):
        with pytest.raises(WrongLogin):
            sign_in("rae", "wrong-wrong", address="10.0.0.1", program="test")
    with pytest.raises(LockedOut):
        sign_in("rae", PASSWORD, address="10.0.0.1", program="test")
    assert "Locked" in sue.opens("/accounts/list/?only=locked").text

    sue.sends(f"/accounts/{rae.id}/unlock")

    assert sign_in("rae", PASSWORD, address="10.0.0.1", program="test").user_id == rae.id


@pytest.mark.parametrize("password", ["", "\x00", "x" * 5000])
def test_odd_passwords_are_wrong_passwords(office: Office, password: str) -> None:
    office.employs("rae", "Reader")

    with pytest.raises(WrongLogin):
        sign_in("rae", password, address="10.0.0.1", program="test")


@pytest.mark.postgres
def test_the_same_holds_on_postgresql(postgres_office: Office) -> None:
    rae = postgres_office.employs("rae", "Reader", sees=(None,))
    for _ in range(5):
        with pytest.raises(WrongLogin):
            sign_in("rae", "wrong-wrong", address="10.0.0.1", program="test")

    with pytest.raises(LockedOut):
        sign_in("rae", PASSWORD, address="10.0.0.1", program="test")
    assert rae.opens("/folders/list/").status_code == 200
    assert rae.opens("/folders/show/99999999999999999999").status_code == 404
    assert rae.sends("/logout/").status_code == 302
    assert rae.opens("/folders/list/").status_code == 302


def test_an_unknown_name_costs_the_same_hashing_as_a_known_one(office: Office) -> None:
    rae = office.employs("rae", "Reader")

    kept = office.has(User, rae.id).password
    fake = office.app.config["AUTH_DB_FAKE_PASSWORD_HASH_CHECK"]

    assert kept.partition("$")[0] == fake.partition("$")[0] == "scrypt:32768:8:1"
