"""Signing in, signing out, changing one's password."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, session
from flask_appbuilder import expose
from flask_babel import gettext, lazy_gettext
from flask_login import current_user, login_user
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from concierge.kernel.errors import Invalid, Refusal
from concierge.kernel.security import accounts, resuming, signing_in
from concierge.kernel.security.doors import safe_next
from concierge.kernel.security.passwords import LONGEST, PasswordTooShort
from concierge.kernel.web import Page, actor, say, sign_in_first

KEY = "sid"


class SignInForm(FlaskForm):
    """A name and a password."""

    username = StringField(
        lazy_gettext("User name"), [InputRequired(lazy_gettext("Give your user name.")), Length(max=128)]
    )
    password = PasswordField(
        lazy_gettext("Password"), [InputRequired(lazy_gettext("Give your password.")), Length(max=LONGEST)]
    )
    kept = HiddenField()


class SignInView(Page):
    """The only pages open without a login, besides the public ones."""

    route_base = ""
    class_permission_name = "SignIn"
    default_view = "login"
    open_to_everybody = frozenset({"login", "logout", "password"})

    @expose("/login/", methods=["GET", "POST"])
    def login(self) -> Any:
        """Ask for a name and a password; a right answer begins a session with a fresh key."""
        onward = safe_next(request.args.get("next")) or "/"
        if current_user.is_authenticated:
            return redirect(onward)
        form = SignInForm()
        if not form.validate_on_submit():
            return self.show(
                "appbuilder/general/security/login_db.html", form=form
            ), 422 if form.errors else 200
        try:
            signed = signing_in.sign_in(
                form.username.data,
                form.password.data,
                address=request.remote_addr or "",
                program=request.user_agent.string,
            )
        except Refusal as error:
            flash(say(error), "error")
            return self.show("appbuilder/general/security/login_db.html", form=form), error.status
        waiting = resuming.unpacked(form.kept.data or "")
        _begin(signed)
        return self.show("concierge/resume.html", unsent=waiting) if waiting else redirect(onward)

    def ask_again(self) -> Any:
        """Ask somebody whose login ended while they typed; what they sent is carried along."""
        waiting = resuming.unsent(request)
        if waiting is None:
            return redirect("/login/")
        flash(gettext("Your session had ended. Sign in again; what you typed is kept."), "error")
        form = SignInForm(formdata=None, kept=waiting.packed())
        return self.show("appbuilder/general/security/login_db.html", form=form, action="/login/"), 401

    @expose("/logout/", methods=["POST"])
    def logout(self) -> Any:
        """End the session, in the cookie and behind it."""
        if current_user.is_authenticated:
            signing_in.sign_out(session[KEY], by=actor(), username=current_user.username)
        _start_over()
        return redirect("/login/")

    @expose("/password", methods=["GET", "POST"])
    def password(self) -> Any:
        """Change one's password; with a one-time password this is the only page that opens."""
        if not current_user.is_authenticated:
            return sign_in_first()
        wrong: Invalid | None = None
        if request.method == "POST":
            try:
                self._change()
            except Invalid as error:
                wrong = error
            else:
                flash(gettext("Your password is changed. Other sessions of yours have ended."), "success")
                return redirect("/")
        told = {"field": wrong.facts["field"], "message": say(wrong)} if wrong else None
        page = render_template(
            "concierge/password.html", error=told, is_one_time=g.login.must_change_password
        )
        return page, wrong.status if wrong else 200

    @staticmethod
    def _change() -> None:
        typed = {name: request.form.get(name, "") for name in ("present", "password", "again")}
        if any(len(value) > LONGEST for value in typed.values()):
            raise PasswordTooShort(field="password", least=10, most=LONGEST)
        if typed["password"] != typed["again"]:
            raise accounts.PasswordsDiffer(field="again")
        accounts.change_password(
            current_user.id, typed["present"], typed["password"], by=actor(), session_key=session[KEY]
        )


def _begin(signed: signing_in.SignedInAs) -> None:
    _start_over()
    session[KEY] = signed.key
    login_user(_Somebody(signed.user_id))
    for remembered in ("_login_user", "csrf_token"):  # both belong to the session before
        g.pop(remembered, None)


def _start_over() -> None:
    """A new session in the cookie: nothing of the one before is kept but language and type size."""
    kept = {name: session[name] for name in ("locale", "size") if name in session}
    session.clear()
    session.update(kept)


class _Somebody:
    """A person by number only, for the cookie; the row is looked up at the next request."""

    is_active = is_authenticated = True

    def __init__(self, user_id: int) -> None:
        self.id = user_id

    def get_id(self) -> str:
        return str(self.id)
