"""What happened in the kernel itself: to accounts and logins, and to rows of reference data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class AccountEvent:
    """Something happened to an account."""

    user_id: int
    username: str


@dataclass(frozen=True)
class AccountOpened(AccountEvent):
    """Somebody may sign in from now on, in these roles."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class RolesChanged(AccountEvent):
    """A person's rights became others."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class AccountClosed(AccountEvent):
    """Somebody may no longer sign in."""


class AccountReopened(AccountEvent):
    """Somebody may sign in again."""


class AccountUnlocked(AccountEvent):
    """An administrator lifted a lock before its time."""


class PasswordReset(AccountEvent):
    """An administrator gave a one-time password."""


class PasswordChanged(AccountEvent):
    """A person took a new password."""


@dataclass(frozen=True)
class SessionsEnded(AccountEvent):
    """An administrator ended all logins of an account."""

    ended: int


@dataclass(frozen=True)
class SignedIn(AccountEvent):
    """A person signed in."""

    address: str


class SignedOut(AccountEvent):
    """A person signed out."""


@dataclass(frozen=True)
class SignInFailed:
    """A wrong password, or a name nobody bears; what was typed is not kept."""

    user_id: int | None
    address: str
    is_locked_now: bool


@dataclass(frozen=True)
class RowAdded:
    """A row of reference data was added by hand."""

    table: str
    row_id: int
    values: dict[str, Any]


@dataclass(frozen=True)
class RowChanged:
    """A row of reference data was changed by hand; only what changed is told."""

    table: str
    row_id: int
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class RowDeleted:
    """A row of reference data was deleted by hand."""

    table: str
    row_id: int
    values: dict[str, Any]


@dataclass(frozen=True)
class RowsExported:
    """Somebody took a copy of a list away."""

    table: str
    rows: int


@dataclass(frozen=True)
class JobRetried:
    """Somebody had a dead job tried again."""

    job_id: int
    task: str


@dataclass(frozen=True)
class JobIgnored:
    """Somebody decided that a dead job need not be done."""

    job_id: int
    task: str


@dataclass(frozen=True)
class EventReplayed:
    """Somebody had an event delivered again to everybody who listens."""

    event_id: int
    name: str


@dataclass(frozen=True)
class LetterLeft:
    """A letter to somebody outside waits to be carried; neither address nor words are told here."""

    letter_id: int
    project_id: int | None
    way: str
    kind: str
