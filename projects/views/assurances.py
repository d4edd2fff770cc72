"""告知承诺: decided on the spot on a promise, checked afterwards, revoked if untrue. No deferral."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.services.assure import check_promise
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number
from projects.queries.promises import assurances, assured
from projects.services.decide_on_promise import Declared, Revocation, decide_on_promise, revoke_decision
from projects.views.commitment_new import choice_of
from projects.views.commitments import LARGEST, LONGEST
from projects.views.commitments_sheet import PERMISSION
from projects.views.deferral_words import ASSURANCES


class AssurancesView(Page):
    """Every decision on a promise, and the form of a new one."""

    route_base = "/commitments/promises"
    class_permission_name = PERMISSION
    default_view = "list"

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """The decisions, those that ask for something first."""
        return self._list()

    @expose("/new")
    @allowed("assure")
    def new(self) -> str:
        """The form."""
        return self._new(request.args)

    @expose("/new", methods=["POST"])
    @allowed("assure")
    def decide(self) -> Any:
        """Decide; a refusal is said beside the form, and nothing typed is lost."""
        choice = choice_of(request.form)
        if choice.at is None:
            return self._new(request.form), 422
        try:
            assurance_id = decide_on_promise(
                choice.at.step.id,
                _declared(request.form),
                version=whole_number(request.form.get("version"), default=0, most=LARGEST),
                lang=language(),
                by=actor(),
            )
        except Missing:
            raise
        except ConciergeError as error:
            db.session.rollback()
            db.session.expire_all()
            return self._new(request.form, error), error.status
        flash(gettext("Decided on the spot. The check is in the list with its day."), "success")
        return redirect(url_for("AssurancesView.one", assurance_id=assurance_id), code=303)

    @expose("/<int:assurance_id>")
    @allowed("show")
    def one(self, assurance_id: int) -> str:
        """One decision."""
        return self._one(assurance_id)

    @expose("/<int:assurance_id>/check", methods=["POST"])
    @allowed("verify")
    def check(self, assurance_id: int) -> Any:
        """Record what the check found."""

        def deed(version: int, by: Actor) -> None:
            check_promise(
                assurance_id,
                is_true=request.form.get("is_true") == "yes",
                finding=_typed("finding"),
                checked_by=_typed("checked_by"),
                version=version,
                by=by,
            )

        return self._do(assurance_id, deed, gettext("The check is recorded."))

    @expose("/<int:assurance_id>/revoke", methods=["POST"])
    @allowed("dispose")
    def revoke(self, assurance_id: int) -> Any:
        """Revoke the decision."""

        def deed(version: int, by: Actor) -> None:
            revocation = Revocation(basis=_typed("basis"), reason=_typed("reason"), number=_typed("number"))
            revoke_decision(assurance_id, revocation, version=version, lang=language(), by=by)

        return self._do(assurance_id, deed, gettext("Revoked: the step has no result any more."))

    def _do(self, assurance_id: int, deed: Callable[[int, Actor], None], said: str) -> Any:
        try:
            deed(whole_number(request.form.get("version"), default=0, most=LARGEST), actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.rollback()
            db.session.expire_all()
            return self._one(assurance_id, error), error.status
        flash(said, "success")
        return redirect(url_for("AssurancesView.one", assurance_id=assurance_id), code=303)

    def _list(self) -> str:
        lang = language()
        rows = [
            {
                "one": one,
                "matter": one.matter.spoken(lang),
                "pill": _pill(one.row.state),
                "href": url_for("AssurancesView.one", assurance_id=one.row.id),
            }
            for one in assurances(db.session, actor())
        ]
        return self.show(
            "projects/assurances.html", rows=rows, today=clock.today(), may_assure=may("assure", PERMISSION)
        )

    def _one(self, assurance_id: int, error: ConciergeError | None = None) -> str:
        one = assured(db.session, assurance_id, actor())
        return self.show(
            "projects/assurance.html",
            one=one,
            matter=one.matter.spoken(language()),
            pill=_pill(one.row.state),
            typed=request.form,
            said=say(error) if error else "",
            wrong=_wrong(error),
            may_check=may("verify", PERMISSION),
            may_revoke=may("dispose", PERMISSION),
        )

    def _new(self, typed: Mapping[str, str], error: ConciergeError | None = None) -> str:
        return self.show(
            "projects/assurance_new.html",
            choice=choice_of(typed),
            typed=typed,
            said=say(error) if error else "",
            wrong=_wrong(error),
        )


def _pill(state: Any) -> dict[str, str]:
    look, words = ASSURANCES[state]
    return {"state": look, "text": gettext(words)}


def _wrong(error: ConciergeError | None) -> dict[str, str]:
    field = str(error.facts.get("field", "")) if error else ""
    return {field: say(error)} if error and field else {}


def _declared(form: Mapping[str, str]) -> Declared:
    return Declared(
        declares=_typed("declares"),
        basis=_typed("basis"),
        signed_by=_typed("signed_by"),
        decided_by=_typed("decided_by"),
        check_due_on=typed_day(form.get("check_due_on"), "check_due_on"),
        result_number=_typed("result_number"),
    )


def _typed(field: str) -> str:
    return request.form.get(field, "").strip()[:LONGEST]
