"""Who may sign in: every account with its roles, its state and when it was last used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from concierge.kernel.security import lockout
from concierge.kernel.security.accounts import fingerprint
from concierge.kernel.security.models import Account, LoginGuard, LoginSession

UNUSED_DAYS = 90  # GB/T 22239-2019 8.1.4.2 c): superfluous and outdated accounts are closed in time


@dataclass(frozen=True, kw_only=True)
class RosterLine:
    """One account as the security administrator sees it; nothing of the person's work."""

    id: int
    username: str
    name: str
    roles: tuple[str, ...]
    is_active: bool
    has_one_time_password: bool
    is_locked: bool
    is_unused: bool
    sessions: int
    last_used_at: datetime | None
    seal: str

    @property
    def may_be_closed(self) -> bool:
        """Whether it lies open without being used."""
        return self.is_active and self.is_unused


def roster(session: Session, secret: str, *, now: datetime, idle_minutes: int) -> list[RosterLine]:
    """Every account, by login name, in three queries."""
    standing = (
        select(LoginSession.user_id, func.count().label("open"))
        .where(LoginSession.ended_at.is_(None), LoginSession.seen_at > now - timedelta(minutes=idle_minutes))
        .group_by(LoginSession.user_id)
        .subquery()
    )
    asked = (
        select(User, Account, standing.c.open)
        .outerjoin(Account, Account.user_id == User.id)
        .outerjoin(standing, standing.c.user_id == User.id)
        .options(joinedload(User.roles))
        .order_by(func.lower(User.username))
    )
    locked = set(session.execute(select(LoginGuard.key).where(LoginGuard.locked_until > now)).scalars())
    return [
        _line(user, account, open_ or 0, lockout.account_key(user.username, secret) in locked, now)
        for user, account, open_ in session.execute(asked).unique()
    ]


def _line(user: User, account: Account | None, open_: int, is_locked: bool, now: datetime) -> RosterLine:
    used = user.last_login.replace(tzinfo=UTC) if user.last_login else None
    since = used or (account.opened_at if account else None)
    return RosterLine(
        id=user.id,
        username=user.username,
        name=f"{user.last_name}{user.first_name}",
        roles=tuple(sorted(role.name for role in user.roles)),
        is_active=bool(user.active),
        has_one_time_password=bool(account and account.must_change_password),
        is_locked=is_locked,
        is_unused=since is None or now - since > timedelta(days=UNUSED_DAYS),
        sessions=open_,
        last_used_at=used,
        seal=fingerprint(user),
    )


def matching(lines: Sequence[RosterLine], *, words: str, only: str) -> list[RosterLine]:
    """The accounts whose name holds these words, and that are in the state asked for."""
    sought = words.strip().casefold()
    states = {
        "unused": lambda line: line.may_be_closed,
        "locked": lambda line: line.is_locked,
        "closed": lambda line: not line.is_active,
    }
    is_wanted = states.get(only, lambda _line: True)
    return [
        line
        for line in lines
        if is_wanted(line) and (sought in line.name.casefold() or sought in line.username.casefold())
    ]
