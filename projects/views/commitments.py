"""容缺台账: the ledger of deferred papers, and one deferral with everything that may be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.commitment import CONSEQUENCES, TRUTH
from approvals.rules.deferral import GrantLevel
from approvals.rules.deferral_course import Consequence, ExtensionGround
from approvals.services.extend_deferral import extend_deferral
from approvals.services.grant_deferral import Grantor
from approvals.services.refuse_deferral import refuse_deferral
from approvals.services.sign_deferral import sign_deferral
from approvals.services.supply_deferral import supply_deferral
from approvals.services.verify_deferral import reject_deferral, verify_deferral
from approvals.services.void_deferral import void_deferral
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing, Refusal, Stale
from concierge.kernel.tables import Table
from concierge.kernel.typed_values import typed_day, typed_number
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number
from projects.queries.commitments import Ask, deferral_file, ledger
from projects.services.defer_paper import grant_promise
from projects.services.dispose_default import Disposal, dispose_default
from projects.views.commitment_sheet import CommitmentSheet, letter_of
from projects.views.commitments_sheet import HEADS, PERMISSION, LedgerSheet, cells

WHOSE = ("open", "mine", "critical", "pending", "closed")
LARGEST = 10**9
LONGEST = 500


class CommitmentNotChosen(Invalid):
    """A list nobody chose from."""

    message = N_("Choose one from the list.")


class CoordinatorOnly(Refusal):
    """A grant outside the list by somebody who does not coordinate."""

    message = N_("Only the chief records a grant of the coordinator. Ask the chief, or choose another level.")


class CommitmentsView(Page):
    """The ledger, and one deferral at a time."""

    route_base = "/commitments"
    class_permission_name = PERMISSION

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """The ledger."""
        return self.show("projects/commitments.html", page=_ledger())

    @expose("/print")
    @allowed("list")
    def print_ledger(self) -> str:
        """The same on A4, lying, all of it."""
        return self.show("projects/print_commitments.html", page=_ledger())

    @expose("/ledger.<any(csv, xlsx):kind>")
    @allowed("list")
    def export(self, kind: str) -> Response:
        """The same as a file for a spreadsheet."""
        return Table(
            name="commitments", heads=[gettext(head) for head in HEADS], rows=cells(_ledger())
        ).answer(kind)

    @expose("/<int:deferral_id>")
    @allowed("show")
    def one(self, deferral_id: int) -> str:
        """One deferral."""
        return self._one(deferral_id)

    @expose("/<int:deferral_id>/letter")
    @allowed("show")
    def letter(self, deferral_id: int) -> str:
        """The commitment letter, two copies on paper: one for the applicant, one for the file."""
        file = deferral_file(db.session, deferral_id, actor())
        return self.show(
            "projects/commitment_letter.html",
            file=file,
            letter=letter_of(file),
            truth=gettext(TRUTH),
            consequences=gettext(CONSEQUENCES),
        )

    @expose("/<int:deferral_id>/sign", methods=["POST"])
    @allowed("draft")
    def sign(self, deferral_id: int) -> Any:
        """Record the signature."""

        def deed(by: Actor, version: int) -> None:
            sign_deferral(
                deferral_id,
                _typed("signed_by"),
                on=typed_day(request.form.get("signed_on"), "signed_on"),
                agent=_typed("agent"),
                version=version,
                by=by,
            )

        return self._do(deferral_id, deed, gettext("The signature is recorded."))

    @expose("/<int:deferral_id>/grant", methods=["POST"])
    @allowed("grant")
    def grant(self, deferral_id: int) -> Any:
        """Record the grant."""

        def deed(by: Actor, version: int) -> None:
            grant_promise(deferral_id, grantor(), version=version, lang=language(), by=by)

        return self._do(deferral_id, deed, gettext("The deferral is granted; the enterprise is told."))

    @expose("/<int:deferral_id>/refuse", methods=["POST"])
    @allowed("grant")
    def refuse(self, deferral_id: int) -> Any:
        """Record the refusal."""

        def deed(by: Actor, version: int) -> None:
            refuse_deferral(deferral_id, _typed("reason"), version=version, by=by)

        return self._do(deferral_id, deed, gettext("Refused: the paper is handed in the ordinary way."))

    @expose("/<int:deferral_id>/void", methods=["POST"])
    @allowed("draft")
    def void(self, deferral_id: int) -> Any:
        """Put a letter aside that nobody granted."""

        def deed(by: Actor, version: int) -> None:
            void_deferral(deferral_id, _typed("reason"), version=version, by=by)

        return self._do(deferral_id, deed, gettext("Put aside."))

    @expose("/<int:deferral_id>/extend", methods=["POST"])
    @allowed("grant")
    def extend(self, deferral_id: int) -> Any:
        """Extend the due day, once."""

        def deed(by: Actor, version: int) -> None:
            workdays = typed_number(request.form.get("workdays"), "workdays")
            ground = _chosen(ExtensionGround, "ground")
            extend_deferral(deferral_id, workdays, ground, _typed("proof"), version=version, by=by)

        return self._do(deferral_id, deed, gettext("The due day has moved; everybody is reminded anew."))

    @expose("/<int:deferral_id>/supply", methods=["POST"])
    @allowed("supply")
    def supply(self, deferral_id: int) -> Any:
        """Take the paper in."""

        def deed(by: Actor, version: int) -> None:
            on = typed_day(request.form.get("on"), "on")
            supply_deferral(deferral_id, on, version=version, by=by)

        return self._do(deferral_id, deed, gettext("Taken in. Now look whether it is fit."))

    @expose("/<int:deferral_id>/verify", methods=["POST"])
    @allowed("verify")
    def verify(self, deferral_id: int) -> Any:
        """Find the paper fit."""

        def deed(by: Actor, version: int) -> None:
            verify_deferral(deferral_id, _typed("verified_by"), version=version, by=by)

        return self._do(deferral_id, deed, gettext("Made good and closed; the certificate waits no more."))

    @expose("/<int:deferral_id>/reject", methods=["POST"])
    @allowed("verify")
    def reject(self, deferral_id: int) -> Any:
        """Find the paper unfit."""

        def deed(by: Actor, version: int) -> None:
            reject_deferral(deferral_id, _typed("reason"), version=version, by=by)

        return self._do(deferral_id, deed, gettext("Sent back; the enterprise owes the paper again."))

    @expose("/<int:deferral_id>/dispose", methods=["POST"])
    @allowed("dispose")
    def dispose(self, deferral_id: int) -> Any:
        """Decide what follows a default."""

        def deed(by: Actor, version: int) -> None:
            put_right = request.form.get("put_right_by_on", "").strip()
            disposal = Disposal(
                consequence=_chosen(Consequence, "consequence"),
                basis=_typed("basis"),
                reason=_typed("reason"),
                number=_typed("number"),
                put_right_by_on=typed_day(put_right, "put_right_by_on") if put_right else None,
            )
            dispose_default(deferral_id, disposal, version=version, lang=language(), by=by)

        return self._do(deferral_id, deed, gettext("Decided. The default is on record."))

    def _do(self, deferral_id: int, deed: Callable[[Actor, int], None], said: str) -> Any:
        """Do one deed; a refusal is said beside its form, and nothing typed is lost."""
        try:
            deed(actor(), whole_number(request.form.get("version"), default=0, most=LARGEST))
        except Missing:
            raise
        except ConciergeError as error:
            db.session.rollback()
            db.session.expire_all()
            return self._one(deferral_id, error), error.status
        flash(said, "success")
        return redirect(url_for("CommitmentsView.one", deferral_id=deferral_id), code=303)

    def _one(self, deferral_id: int, error: ConciergeError | None = None) -> str:
        today = clock.today()
        sheet = CommitmentSheet(
            file=deferral_file(db.session, deferral_id, actor()),
            today=today,
            calendar=catalogue_queries.work_calendar(db.session),
            typed=request.form,
            said=_said(error),
            wrong_field=str(error.facts.get("field", "")) if error else "",
            may_verbs=frozenset(
                verb for verb in ("draft", "grant", "supply", "verify", "dispose") if may(verb, PERMISSION)
            ),
        )
        return self.show("projects/commitment.html", sheet=sheet)


def _said(error: ConciergeError | None) -> str:
    if isinstance(error, Stale):
        return gettext(
            "Somebody has recorded something here since you opened the page; what happened shows below. "
            "What you typed is kept: send it again if it still holds."
        )
    return say(error) if error else ""


def grantor() -> Grantor:
    """Who granted, as typed. Raises: CommitmentNotChosen, CoordinatorOnly."""
    level = _chosen(GrantLevel, "level")
    if level is GrantLevel.COORDINATOR and not may("coordinate", PERMISSION):
        raise CoordinatorOnly
    return Grantor(name=_typed("granted_by"), level=level, department_head=_typed("department_head"))


def _chosen(kind: Any, field: str) -> Any:
    known = {member.value: member for member in kind}
    if request.form.get(field) not in known:
        raise CommitmentNotChosen(field=field)
    return known[request.form[field]]


def _typed(field: str) -> str:
    return request.form.get(field, "").strip()[:LONGEST]


def _ledger() -> LedgerSheet:
    args = request.args
    whose = args.get("whose", "open")
    ask = Ask(
        whose=whose if whose in WHOSE else "open",
        department=args.get("department", "")[:LONGEST],
        enterprise=whole_number(args.get("enterprise"), default=0, most=LARGEST),
        page=whole_number(args.get("page"), default=1, least=1),
    )
    today: date = clock.today()
    return LedgerSheet(
        found=ledger(db.session, ask, actor(), today=today),
        ask=ask,
        today=today,
        calendar=catalogue_queries.work_calendar(db.session),
    )
