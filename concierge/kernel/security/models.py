"""What is kept about logins: accounts beside the framework's rows, sessions, counts of wrong passwords."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from concierge.kernel.db import Base


class Account(Base):
    """What we keep of an account beside the framework's own row: whether its password is a one-time one."""

    __tablename__ = "kernel_account"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("ab_user.id", name="fk_kernel_account_user"), primary_key=True, autoincrement=False
    )
    opened_at: Mapped[datetime]
    password_set_at: Mapped[datetime]
    must_change_password: Mapped[bool] = mapped_column(default=False)


class LoginSession(Base):
    """One login on one machine: the cookie holds a random key, the row its hash; ``ended_at`` is for good."""

    __tablename__ = "kernel_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", name="fk_kernel_session_user"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64))
    program: Mapped[str]


class LoginGuard(Base):
    """How often a wrong password was given for one account name, or from one address.

    ``key`` is a keyed hash: people type passwords into the name field, and what they typed is nobody's
    business.
    """

    __tablename__ = "kernel_login_guard"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
