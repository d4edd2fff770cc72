"""账号: who may sign in, in which roles. The security administrator's only screen; it shows no project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, redirect, request
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing, Stale
from concierge.kernel.security import accounts
from concierge.kernel.security.roster import UNUSED_DAYS, RosterLine, matching, roster
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number

LINES = 50  # on one page
LIST = "/accounts/list/"


class AccountsPage(Page):
    """The list of accounts, one account, and what may be done to it."""

    route_base = "/accounts"
    class_permission_name = "Account"

    @expose("/list/")
    @allowed("list")
    def list(self) -> str:
        """Every account, or those not used for three months, locked or closed."""
        words, only = request.args.get("q", "")[:100], request.args.get("only", "")
        everybody = _roster()
        found = matching(everybody, words=words, only=only)
        pages = max(1, -(-len(found) // LINES))
        page = whole_number(request.args.get("page"), default=1, least=1, most=pages)
        counts = {
            state: len(matching(everybody, words="", only=state)) for state in ("unused", "locked", "closed")
        }
        return self.show(
            "concierge/accounts/list.html",
            lines=found[(page - 1) * LINES : page * LINES],
            total=len(found),
            page=page,
            pages=pages,
            words=words,
            only=only,
            counts={"": len(everybody), **counts},
            unused_days=UNUSED_DAYS,
            may_open=may("open", "Account"),
        )

    @expose("/new", methods=["GET", "POST"])
    @allowed("open")
    def new(self) -> Any:
        """Open an account; its one-time password is shown on the answer, once."""
        typed = request.form
        if request.method == "GET":
            return self._form("concierge/accounts/new.html", typed={}, held=())
        held = typed.getlist("roles")
        try:
            id_, password = accounts.open_account(
                typed.get("username", ""), typed.get("name", ""), held, mail=typed.get("mail", ""), by=actor()
            )
        except ConciergeError as error:
            return self._form("concierge/accounts/new.html", error, typed=typed, held=held), error.status
        return self._told(id_, password)

    @expose("/<int:id_>", methods=["GET", "POST"])
    @allowed("edit")
    def edit(self, id_: int) -> Any:
        """Rename a person, give and take roles, close or reopen the account."""
        line = _line(id_)
        if request.method == "GET":
            return self._form("concierge/accounts/one.html", line=line, name=line.name, held=line.roles)
        name, held = request.form.get("name", ""), request.form.getlist("roles")
        is_active = "is_active" in request.form
        try:
            accounts.change_account(
                id_, name, held, is_active=is_active, by=actor(), seal=request.form.get("seal", "")
            )
        except Missing:
            raise
        except ConciergeError as error:
            line = _line(id_) if isinstance(error, Stale) else line
            page = self._form("concierge/accounts/one.html", error, line=line, name=name, held=held)
            return page, error.status
        flash(gettext("The account of %(name)s is changed.", name=name), "success")
        return redirect(LIST)

    @expose("/<int:id_>/reset", methods=["POST"])
    @allowed("reset")
    def reset(self, id_: int) -> Any:
        """Give a new one-time password; shown on the answer, once."""
        try:
            password = accounts.reset_password(id_, by=actor())
        except accounts.OwnAccount as error:
            flash(say(error), "error")
            return redirect(LIST)
        return self._told(id_, password)

    @expose("/<int:id_>/unlock", methods=["POST"])
    @allowed("unlock")
    def unlock(self, id_: int) -> Any:
        """Lift the lock after too many wrong passwords."""
        return self._done(accounts.unlock, id_, gettext("The account is unlocked."))

    @expose("/<int:id_>/end-sessions", methods=["POST"])
    @allowed("end_sessions")
    def end_sessions(self, id_: int) -> Any:
        """End every login of the account."""
        return self._done(accounts.end_sessions, id_, gettext("All sessions of the account have ended."))

    def _done(self, act: Callable[..., Any], id_: int, sentence: str) -> Any:
        act(id_, by=actor())
        flash(sentence, "success")
        return redirect(f"{self.route_base}/{id_}")

    def _form(self, template: str, error: ConciergeError | None = None, **facts: Any) -> str:
        found = {"field": error.facts.get("field"), "message": say(error)} if error else None
        known = sorted(current_app.appbuilder.sm.rights)  # type: ignore[attr-defined]
        return self.show(template, error=found, roles=known, **facts)

    def _told(self, id_: int, password: str) -> str:
        return self.show("concierge/accounts/password.html", line=_line(id_), password=password)


def _roster() -> list[RosterLine]:
    settings, secret = current_app.config["CONCIERGE"], current_app.config["SECRET_KEY"]
    return roster(db.session, secret, now=clock.moment(), idle_minutes=settings.session_minutes)


def _line(id_: int) -> RosterLine:
    db.session.expire_all()
    found = next((line for line in _roster() if line.id == id_), None)
    if found is None:
        raise Missing
    return found
