"""Signing in and out: the attempt is counted, then the password is looked at, then a session begins."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash

from concierge.kernel import clock, events
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.db import db
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.security import lockout, sessions
from concierge.kernel.security.passwords import LONGEST
from concierge.kernel.work import AlreadyThere, work


class WrongLogin(Refusal):
    """A wrong password, an unknown name, a closed account: the answer is the same for all three."""

    message = N_("The user name or the password is not right.")
    status = 422


@dataclass(frozen=True)
class SignedInAs:
    """Who signed in, and the key for the cookie."""

    user_id: int
    key: str


def sign_in(username: str, password: str, *, address: str, program: str) -> SignedInAs:
    """Begin a session for whoever knows an account's password.

    Raises: LockedOut, before anything is looked at; WrongLogin.
    Effects: counts the attempt for the account and the address, and keeps a trace of its outcome.
    """
    secret = current_app.config["SECRET_KEY"]
    account, place = lockout.account_key(username, secret), lockout.address_key(address, secret)
    is_last = _count(account, place)
    found = _find(username)
    fake = current_app.config["AUTH_DB_FAKE_PASSWORD_HASH_CHECK"]
    kept = (found.password if found and found.active else None) or fake
    is_right = check_password_hash(
        kept, password[: LONGEST + 1]
    )  # the same work whether the name is known or not
    if found is None or not found.active or not is_right or not password.strip("\x00"):
        with work(SYSTEM) as w:
            w.record(events.SignInFailed(found.id if found else None, address, is_last))
        raise WrongLogin
    now = clock.moment()
    with work(Actor(found.id, f"{found.last_name}{found.first_name}")) as w:
        lockout.forgive(w.session, account, place)
        key = sessions.begin(w.session, found.id, now=now, address=address, program=program)
        person = w.session.get_one(User, found.id)
        person.last_login, person.login_count = now.replace(tzinfo=None), (person.login_count or 0) + 1
        w.record(events.SignedIn(found.id, found.username, address))
    return SignedInAs(found.id, key)


def sign_out(key: str, *, by: Actor, username: str) -> None:
    """End the session of a cookie: from now on the cookie opens nothing, wherever it was copied to."""
    with work(by) as w:
        sessions.end(w.session, key, now=clock.moment())
        w.record(events.SignedOut(by.id or 0, username))


def _count(account: str, place: str) -> bool:
    settings = current_app.config["CONCIERGE"]
    patience = lockout.Patience(settings.login_failures, settings.login_lock_minutes)
    for last_try in (False, True):
        try:
            with work(SYSTEM) as w:
                return lockout.count_attempt(w.session, account, place, now=clock.moment(), patience=patience)
        except AlreadyThere:  # two first attempts at once: the other one has made the row by now
            if last_try:
                raise
    raise AssertionError("unreachable")


def _find(username: str) -> User | None:
    with Session(db.engine) as session:
        found = session.execute(
            select(User).where(func.lower(User.username) == username.strip().lower())
        ).scalar_one_or_none()
        session.expunge_all()
    return found
