"""Locking out whoever guesses passwords: by account name and by address, counted in the database.

An attempt is counted before its password is looked at, so a hundred guesses sent at once are a hundred
guesses. Names nobody bears are counted like any other: the answer tells nothing about who has an account.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.errors import N_, Refusal
from concierge.kernel.security.models import LoginGuard

ADDRESS_PATIENCE = (
    10  # a whole office may sit behind one address: so many times the patience with one account
)


class LockedOut(Refusal):
    """Too many wrong passwords for this account, or from this address."""

    message = N_(
        "Too many wrong passwords. "
        "Wait %(minutes)s minutes, or ask the security administrator to unlock the account."
    )
    status = 429


@dataclass(frozen=True)
class Patience:
    """How many wrong passwords are borne, and for how long a lock lasts."""

    failures: int
    minutes: int


def account_key(username: str, secret: str) -> str:
    """The counter of an account name, however it is written."""
    return _key("account", unicodedata.normalize("NFKC", username).strip().casefold(), secret)


def address_key(address: str, secret: str) -> str:
    """The counter of an address; of an IPv6 one its network of 64 bits, since one machine has them all."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return _key("address", address, secret)
    if parsed.version == 6:
        return _key("address", str(ipaddress.ip_network((parsed, 64), strict=False)), secret)
    return _key("address", str(parsed), secret)


def _key(kind: str, told: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"{kind}:{told}".encode(), hashlib.sha256).hexdigest()


def count_attempt(session: Session, account: str, address: str, *, now: datetime, patience: Patience) -> bool:
    """Count one attempt for both counters before the password is looked at.

    Returns whether this attempt was the account's last before a lock.
    Raises: LockedOut, when either is locked; nothing is counted then.
    """
    limits = {account: patience.failures, address: patience.failures * ADDRESS_PATIENCE}
    rows = {key: _guard(session, key, now) for key in sorted(limits)}  # always in one order: no deadlock
    until = max((row.locked_until for row in rows.values() if row.locked_until), default=None)
    if until and until > now:
        raise LockedOut(minutes=max(1, -int((now - until).total_seconds() // 60)))
    lapse = timedelta(minutes=patience.minutes)
    for key, row in rows.items():
        row.failures = 1 if now - row.failed_at > lapse or row.locked_until else row.failures + 1
        row.failed_at = now
        row.locked_until = now + lapse if row.failures >= limits[key] else None
    return rows[account].locked_until is not None


def _guard(session: Session, key: str, now: datetime) -> LoginGuard:
    row = session.execute(
        select(LoginGuard).where(LoginGuard.key == key).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        row = LoginGuard(key=key, failures=0, failed_at=now)
        session.add(row)
        session.flush()
    return row


def forgive(session: Session, account: str, address: str) -> None:
    """After a right password: the account starts anew, the address gets only this attempt back.

    Otherwise somebody with one account of their own could guess at all others for ever.
    """
    unlock(session, account)
    row = session.get(LoginGuard, address, with_for_update=True)
    if row is not None:
        row.failures = max(0, row.failures - 1)
        row.locked_until = None


def unlock(session: Session, key: str) -> bool:
    """Forget the wrong passwords of one counter; answers whether there were any."""
    row = session.get(LoginGuard, key, with_for_update=True)
    if row is None or not row.failures:
        return False
    row.failures, row.locked_until = 0, None
    return True


def locked_until(session: Session, key: str, *, now: datetime) -> datetime | None:
    """Until when a counter is locked, if it is."""
    row = session.get(LoginGuard, key)
    return row.locked_until if row is not None and row.locked_until and row.locked_until > now else None
