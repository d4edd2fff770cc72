"""The seals of one document: put on, confirmed, declined, from the document's own page."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from markupsafe import Markup

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, may, say
from documents.models.document import DocumentRow
from documents.models.seal import SealUseRow
from documents.queries.documents import document
from documents.queries.seals import seals_kept_by, use_in_sight, uses_on
from documents.rules.document_state import DocumentState
from documents.rules.sealing import Sealable, SealState
from documents.services.seal_document import ask_seal, confirm_seal, decline_seal, try_seal_again
from documents.views.seal_words import ON, use_pill, why_of


def document_seals(row: DocumentRow, reader: Actor) -> Markup | str:
    """The box of seals on a document's page, for those who see seals. Two queries."""
    if not may("list", ON) or row.state is not DocumentState.PRINTED:
        return ""
    uses = uses_on(db.session, Sealable.DOCUMENT, row.id)
    kept = seals_kept_by(db.session, reader.id, clock.today()) if may("use", ON) else []
    taken = {seal.id for use, seal in uses if use.state is not SealState.DECLINED}
    offered = [one for one in kept if one.id not in taken] if row.replaced_at is None else []
    lines = [
        {
            "use": use,
            "seal": seal,
            "pill": use_pill(use.state),
            "why": why_of(use),
            "may_confirm": use.state is SealState.ASKED
            and use.asked_by_id != reader.id
            and any(one.id == seal.id for one in kept),
            "may_decline": use.state is SealState.ASKED
            and (use.asked_by_id == reader.id or any(one.id == seal.id for one in kept)),
            "may_again": use.state is SealState.FAILED and any(one.id == seal.id for one in kept),
        }
        for use, seal in uses
    ]
    if not lines and not offered:
        return ""
    return Markup(  # noqa: S704  (the template escapes)
        render_template("documents/seal_box.html", row=row, lines=lines, offered=offered)
    )


class SealUseView(Page):
    """What is done with seals."""

    route_base = "/documents/seal-uses"
    class_permission_name = ON
    default_view = "ask"

    @expose("/", methods=["POST"])
    @allowed("use")
    def ask(self) -> Any:
        """Ask for a seal on a document."""
        document_id, seal_id = _number("document_id"), _number("seal_id")
        row = document(db.session, document_id, actor())
        try:
            use_id = ask_seal(row.id, seal_id, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "danger")
        else:
            waits = use_in_sight(db.session, use_id, actor()).state is SealState.ASKED
            told = gettext("Asked for. A second keeper of the seal confirms it.")
            flash(told if waits else gettext("The seal is being put on."), "success")
        return redirect(url_for("DocumentView.one", document_id=document_id), code=303)

    @expose("/<int:use_id>/confirm", methods=["POST"])
    @allowed("use")
    def confirm(self, use_id: int) -> Any:
        """The second keeper's word."""
        use = use_in_sight(db.session, use_id, actor())
        return _done(use, lambda: confirm_seal(use_id, by=actor()), gettext("The seal is being put on."))

    @expose("/<int:use_id>/decline", methods=["POST"])
    @allowed("use")
    def decline(self, use_id: int) -> Any:
        """No."""
        use = use_in_sight(db.session, use_id, actor())
        why = request.form.get("why", "")
        return _done(use, lambda: decline_seal(use_id, why, by=actor()), gettext("Declined."))

    @expose("/<int:use_id>/again", methods=["POST"])
    @allowed("use")
    def again(self, use_id: int) -> Any:
        """Once more, after a device or platform was away."""
        use = use_in_sight(db.session, use_id, actor())
        return _done(use, lambda: try_seal_again(use_id, by=actor()), gettext("The seal is being put on."))


def _done(use: SealUseRow, act: Any, told: str) -> Any:
    document_id = use.subject_id
    try:
        act()
    except ConciergeError as error:
        flash(say(error), "danger")
    else:
        flash(told, "success")
    return redirect(url_for("DocumentView.one", document_id=document_id), code=303)


def _number(name: str) -> int:
    told = request.form.get(name, "")
    if not told.isdecimal() or len(told) > 18:
        raise Missing
    return int(told)
