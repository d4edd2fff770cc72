"""信用记录: broken promises as bare facts; objection, answer, repair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.services.change_credit import answer_objection, object_to_record, repair_credit
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from projects.queries.promises import credit_records
from projects.views.commitments import LARGEST, LONGEST

CREDIT = "Credit"


class CreditView(Page):
    """The records that may be seen today; what was repaired or wrong is out of sight at once."""

    route_base = "/commitments/credit"
    class_permission_name = CREDIT
    default_view = "list"

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """The records."""
        return self._page()

    @expose("/<int:credit_id>/object", methods=["POST"])
    @allowed("object")
    def object(self, credit_id: int) -> Any:
        """Write down an objection."""

        def deed(reason: str, version: int, by: Actor) -> None:
            object_to_record(credit_id, reason, version=version, by=by)

        return self._do(
            credit_id, deed, gettext("The objection is on file; it is answered in 3 working days.")
        )

    @expose("/<int:credit_id>/answer", methods=["POST"])
    @allowed("decide")
    def answer(self, credit_id: int) -> Any:
        """Answer it."""

        def deed(reason: str, version: int, by: Actor) -> None:
            is_upheld = request.form.get("is_upheld") == "yes"
            answer_objection(credit_id, reason, is_upheld=is_upheld, version=version, by=by)

        return self._do(credit_id, deed, gettext("Answered."))

    @expose("/<int:credit_id>/repair", methods=["POST"])
    @allowed("decide")
    def repair(self, credit_id: int) -> Any:
        """Record the repair."""

        def deed(reason: str, version: int, by: Actor) -> None:
            repair_credit(credit_id, reason, version=version, by=by)

        return self._do(credit_id, deed, gettext("Repaired: the record is out of sight from now on."))

    def _do(self, credit_id: int, deed: Callable[[str, int, Actor], None], said: str) -> Any:
        reason = request.form.get("reason", "").strip()[:LONGEST]
        version = whole_number(request.form.get("version"), default=0, most=LARGEST)
        try:
            deed(reason, version, actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.rollback()
            db.session.expire_all()
            return self._page(credit_id, say(error), reason), error.status
        flash(said, "success")
        return redirect(url_for("CreditView.list"), code=303)

    def _page(self, at: int = 0, said: str = "", reason: str = "") -> str:
        today = clock.today()
        return self.show(
            "projects/credit.html",
            records=credit_records(db.session, actor(), today=today),
            at=at,
            said=said,
            reason=reason,
            may_object=may("object", CREDIT),
            may_decide=may("decide", CREDIT),
        )
