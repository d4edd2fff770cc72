"""What may be done to an account, each act in one transaction with its trace."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

from flask import current_app
from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import func, select
from werkzeug.security import check_password_hash, generate_password_hash

from concierge.kernel import clock, events, roles
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.errors import N_, Invalid, Missing, Refusal, Stale
from concierge.kernel.security import lockout, passwords, sessions
from concierge.kernel.security.models import Account
from concierge.kernel.work import Work, work

NO_MAIL = "@account.invalid"  # an account without an address of its own: RFC 2606 keeps .invalid unreachable
NAME_SHAPE = re.compile(r"[^\W_][\w.\-]{1,63}")


class NameTaken(Invalid):
    """Another account bears this name or mail address."""

    message = N_("There is an account “%(username)s” already. Choose another user name.")


class MailTaken(Invalid):
    """Another account has this mail address."""

    message = N_("Another account has this mail address. Give another one, or leave it empty.")


class NameMisshapen(Invalid):
    """A login name with spaces or signs in it."""

    message = N_(
        "A user name has 2 to 64 letters, digits, dots or hyphens, and begins with a letter or digit."
    )


class NameMissing(Invalid):
    """The person has no name."""

    message = N_("Give the person's name.")


class LastSecurityAdmin(Refusal):
    """Nobody would be left to give rights."""

    message = N_(
        "This is the only security administrator. "
        "Open an account for another one first, then change this one."
    )


class OwnAccount(Refusal):
    """Nobody changes their own rights."""

    message = N_(
        "Nobody changes their own roles or locks their own account. Ask another security administrator."
    )


class PasswordWrong(Invalid):
    """The password given as the present one is not."""

    message = N_("This is not your present password.")


class PasswordsDiffer(Invalid):
    """The new password was not typed twice alike."""

    message = N_("The two new passwords differ. Type the new one again.")


def open_account(
    username: str,
    name: str,
    held: Collection[str],
    *,
    by: Actor,
    mail: str = "",
    password: str | None = None,
) -> tuple[int, str]:
    """Open an account; answers its number and its password.

    A password that is not given is a random one-time one, to be changed at the first login.
    Raises: NameMisshapen, NameMissing, NameTaken, MailTaken, DutiesMixed, RoleUnknown.
    """
    username, name, mail = username.strip(), name.strip(), mail.strip()
    if not NAME_SHAPE.fullmatch(username):
        raise NameMisshapen(field="username")
    if not name or len(name) > 64:
        raise NameMissing(field="name")
    roles.refuse_mixture(held)
    given = password or passwords.one_time()
    now = clock.moment()
    with work(by) as w:
        _refuse_taken(w, username, mail)
        user = User(
            username=username,
            first_name="",
            last_name=name,
            email=mail or f"{username.casefold()}{NO_MAIL}",
            active=True,
            password=generate_password_hash(given),
            roles=_roles(w, held),
        )
        w.session.add(user)
        w.session.flush()
        w.session.add(
            Account(
                user_id=user.id, opened_at=now, password_set_at=now, must_change_password=password is None
            )
        )
        w.record(events.AccountOpened(user.id, username, name, tuple(sorted(held))))
        return user.id, given


def fingerprint(user: User) -> str:
    """What an account is at this moment, in a few letters: so that a change of an older state is noticed."""
    told = [user.last_name, user.first_name, bool(user.active), *sorted(role.name for role in user.roles)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def change_account(
    user_id: int, name: str, held: Collection[str], *, is_active: bool, by: Actor, seal: str | None = None
) -> None:
    """Rename a person, give and take roles, close or reopen the account.

    Shape: ``seal`` is the account's fingerprint when the change was thought of.
    Raises: Missing, NameMissing, DutiesMixed, RoleUnknown, OwnAccount, LastSecurityAdmin; Stale, when
        somebody changed it since.
    Effects: ends the account's sessions when its roles changed or it was closed.
    """
    if not name.strip() or len(name.strip()) > 64:
        raise NameMissing(field="name")
    roles.refuse_mixture(held)
    with work(by) as w:
        user = _user(w, user_id)
        if seal is not None and seal != fingerprint(user):
            raise Stale
        before = {role.name for role in user.roles}
        is_narrower = before != set(held) or (bool(user.active) and not is_active)
        if is_narrower and user_id == by.id:
            raise OwnAccount
        if roles.SECURITY_ADMIN in before and not (is_active and roles.SECURITY_ADMIN in held):
            _refuse_last(w, user_id)
        user.first_name, user.last_name = "", name.strip()
        if before != set(held):
            user.roles = _roles(w, held)
            w.record(events.RolesChanged(user_id, user.username, tuple(sorted(before)), tuple(sorted(held))))
        if bool(user.active) != is_active:
            user.active = is_active
            w.record((events.AccountReopened if is_active else events.AccountClosed)(user_id, user.username))
        if is_narrower:
            sessions.end_all(w.session, user_id, now=clock.moment())


def reset_password(user_id: int, *, by: Actor) -> str:
    """Give a new one-time password; answers it, to be told to the person and shown never again.

    Raises: Missing; OwnAccount, since one's own is changed with the present one.
    Effects: ends every session of the account and lifts its lock.
    """
    if user_id == by.id:
        raise OwnAccount
    given = passwords.one_time()
    with work(by) as w:
        user = _user(w, user_id)
        _set_password(w, user, given, is_one_time=True)
        lockout.unlock(w.session, _guard_key(user.username))
        sessions.end_all(w.session, user_id, now=clock.moment())
        w.record(events.PasswordReset(user_id, user.username))
    return given


def change_password(
    user_id: int, present: str, new: str, *, by: Actor, session_key: str | None = None
) -> None:
    """Change one's own password.

    Raises: PasswordWrong, PasswordUsedNow, and what ``passwords.check`` raises.
    Effects: ends every other session of the account.
    """
    with work(by) as w:
        user = _user(w, user_id)
        if not check_password_hash(user.password, present):
            raise PasswordWrong(field="present")
        passwords.check(new, user.username)
        if new == present:
            raise passwords.PasswordUsedNow(field="password")
        _set_password(w, user, new, is_one_time=False)
        sessions.end_all(w.session, user_id, now=clock.moment(), but=session_key)
        w.record(events.PasswordChanged(user_id, user.username))


def unlock(user_id: int, *, by: Actor) -> None:
    """Lift the lock on an account after too many wrong passwords."""
    with work(by) as w:
        user = _user(w, user_id)
        if lockout.unlock(w.session, _guard_key(user.username)):
            w.record(events.AccountUnlocked(user_id, user.username))


def end_sessions(user_id: int, *, by: Actor) -> int:
    """End every session of an account; answers how many there were."""
    with work(by) as w:
        user = _user(w, user_id)
        ended = sessions.end_all(w.session, user_id, now=clock.moment())
        w.record(events.SessionsEnded(user_id, user.username, ended))
        return ended


def first_administrator() -> tuple[str, str] | None:
    """In an office without any account, open the security administrator's; answers its name and password."""
    with work(SYSTEM) as w:
        if w.session.execute(select(User.id).limit(1)).first():
            return None
    username = "security"
    _, password = open_account(username, "安全管理员", [roles.SECURITY_ADMIN], by=SYSTEM)
    return username, password


def _user(w: Work, user_id: int) -> User:
    user = w.session.get(User, user_id, with_for_update=True)
    if user is None:
        raise Missing
    return user


def _roles(w: Work, names: Collection[str]) -> list[Role]:
    found = {
        role.name: role for role in w.session.execute(select(Role).where(Role.name.in_(names))).scalars()
    }
    known = current_app.appbuilder.sm.rights  # type: ignore[attr-defined]
    for name in names:
        if name not in known or name not in found:
            raise roles.RoleUnknown(role=name)
    return list(found.values())


def _refuse_taken(w: Work, username: str, mail: str) -> None:
    if w.session.execute(select(User.id).where(func.lower(User.username) == username.lower())).first():
        raise NameTaken(field="username", username=username)
    if mail and w.session.execute(select(User.id).where(func.lower(User.email) == mail.lower())).first():
        raise MailTaken(field="mail")


def _refuse_last(w: Work, user_id: int) -> None:
    others = select(User.id).where(
        User.roles.any(Role.name == roles.SECURITY_ADMIN), User.active.is_(True), User.id != user_id
    )
    if w.session.execute(others).first() is None:
        raise LastSecurityAdmin


def _set_password(w: Work, user: User, password: str, *, is_one_time: bool) -> None:
    user.password = generate_password_hash(password)
    account = w.session.get(Account, user.id)
    now = clock.moment()
    if account is None:
        account = Account(user_id=user.id, opened_at=now)
        w.session.add(account)
    account.password_set_at, account.must_change_password = now, is_one_time


def _guard_key(username: str) -> str:
    return lockout.account_key(username, current_app.config["SECRET_KEY"])
