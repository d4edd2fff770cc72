"""Logins as rows: begun with a fresh random key, looked up at each request, ended for good.

A signed cookie alone stays valid after logout wherever somebody copied it; so the cookie carries a random
key, and the row behind its hash decides.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, joinedload

from concierge.kernel.db import writing
from concierge.kernel.security.models import Account, LoginSession

LONGEST_HOURS = 12  # a working day; after that everybody signs in again, busy or not
SEEN_EVERY_SECONDS = 60  # a request writes at most so often


@dataclass(frozen=True)
class Login:
    """A session that still stands, and the person it belongs to."""

    session_id: int
    person: User
    must_change_password: bool
    seen_at: datetime


def hashed(key: str) -> str:
    """What is kept of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def begin(session: Session, user_id: int, *, now: datetime, address: str, program: str) -> str:
    """Begin a login; answers the key for the cookie, which is kept nowhere else."""
    key = secrets.token_urlsafe(32)
    row = LoginSession(
        user_id=user_id,
        key_hash=hashed(key),
        began_at=now,
        seen_at=now,
        address=address[:64],
        program=program[:255],
    )
    session.add(row)
    session.flush()
    return key


def find(engine: Engine, key: str, *, now: datetime, idle_minutes: int) -> Login | None:
    """The login behind a cookie's key, if it stands: one query, with the person, their roles and account.

    The person comes detached, so that no transaction stays open for the rest of the request.
    """
    asked = (
        select(User, LoginSession, Account.must_change_password)
        .join(LoginSession, LoginSession.user_id == User.id)
        .outerjoin(Account, Account.user_id == User.id)
        .where(
            LoginSession.key_hash == hashed(key),
            LoginSession.ended_at.is_(None),
            LoginSession.seen_at > now - timedelta(minutes=idle_minutes),
            LoginSession.began_at > now - timedelta(hours=LONGEST_HOURS),
            User.active.is_(True),
        )
        .options(joinedload(User.roles))
    )
    with Session(engine) as session:
        found = session.execute(asked).unique().one_or_none()
        session.expunge_all()
    if found is None:
        return None
    person, row, must_change = found
    return Login(row.id, person, bool(must_change), row.seen_at)


def touch(engine: Engine, login: Login, *, now: datetime) -> None:
    """Remember that a person is still there: at most once a minute, and not when the table is busy."""
    if now - login.seen_at < timedelta(seconds=SEEN_EVERY_SECONDS):
        return
    seen = update(LoginSession).where(LoginSession.id == login.session_id, LoginSession.seen_at < now)
    with contextlib.suppress(OperationalError), writing(), Session(engine) as session, session.begin():
        session.execute(seen.values(seen_at=now))


def end(session: Session, key: str, *, now: datetime) -> None:
    """End one login."""
    _end(session, now, LoginSession.key_hash == hashed(key))


def end_all(session: Session, user_id: int, *, now: datetime, but: str | None = None) -> int:
    """End every login of an account, or all but the one whose key is given; answers how many."""
    others = [LoginSession.key_hash != hashed(but)] if but else []
    return _end(session, now, LoginSession.user_id == user_id, *others)


def _end(session: Session, now: datetime, *which: Any) -> int:
    ended = session.execute(
        update(LoginSession).where(LoginSession.ended_at.is_(None), *which).values(ended_at=now),
        execution_options={"synchronize_session": False},
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]
