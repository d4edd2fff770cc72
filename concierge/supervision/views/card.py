"""One card: its facts and story, the appeal against it and its decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.web import Page, actor, allowed, say, whole_number
from concierge.supervision.queries.card_file import card_file
from concierge.supervision.rules.card import Ruling
from concierge.supervision.services.appeal_card import appeal_card
from concierge.supervision.services.decide_appeal import decide_appeal
from concierge.supervision.services.make_good import make_good
from concierge.supervision.views.card_sheet import CardSheet
from concierge.supervision.views.live_sheet import ON

LONGEST = 2000
MOST_VERSIONS = 10**6


class RulingNeeded(Invalid):
    """Neither of the two answers was chosen."""

    message = N_("Choose whether the appeal is upheld or rejected.")
    field = "ruling"


class CardView(Page):
    """The page of one card."""

    route_base = "/supervision/cards"
    class_permission_name = ON

    @expose("/<int:card_id>")
    @allowed("show")
    def one(self, card_id: int) -> Any:
        """The card with its whole story."""
        return self.show("supervision/card.html", page=_sheet(card_id))

    @expose("/<int:card_id>/appeal", methods=["POST"])
    @allowed("appeal")
    def appeal(self, card_id: int) -> Any:
        """Write down an appeal."""

        def deed() -> None:
            appeal_card(card_id, _typed("reason"), _typed("speaker"), by=actor())

        return self._done(
            card_id, deed, gettext("The appeal is on record. The card keeps its colour until it is decided.")
        )

    @expose("/<int:card_id>/decide", methods=["POST"])
    @allowed("decide")
    def decide(self, card_id: int) -> Any:
        """Decide the appeal."""
        file = card_file(db.session, card_id, actor())
        appeal = file.appeal
        if appeal is None:
            raise Missing
        appeal_id, version = (
            appeal.id,
            whole_number(request.form.get("version"), default=0, most=MOST_VERSIONS),
        )

        def deed() -> None:
            decide_appeal(appeal_id, _ruling(), _typed("decision"), version=version or None, by=actor())

        return self._done(card_id, deed, gettext("The decision is on record."))

    @expose("/<int:card_id>/made-good", methods=["POST"])
    @allowed("record")
    def made_good(self, card_id: int) -> Any:
        """End the card of a violation that was put right."""
        return self._done(
            card_id,
            lambda: make_good(card_id, by=actor()),
            gettext("The card has ended. It stays on record."),
        )

    def _done(self, card_id: int, deed: Callable[[], None], said: str) -> Any:
        try:
            deed()
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            page = _sheet(card_id, said=say(error), typed=request.form.to_dict())
            return self.show("supervision/card.html", page=page), error.status
        flash(said, "success")
        return redirect(url_for("CardView.one", card_id=card_id), code=303)


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST]


def _ruling() -> Ruling:
    try:
        return Ruling(request.form.get("ruling"))
    except ValueError:
        raise RulingNeeded from None


def _sheet(card_id: int, *, said: str = "", typed: dict[str, str] | None = None) -> CardSheet:
    file = card_file(db.session, card_id, actor())
    return CardSheet(
        file=file,
        catalogue=catalogue_queries.catalogue(file.project.edition_id, db.session),
        calendar=catalogue_queries.work_calendar(db.session),
        today=clock.today(),
        said=said,
        typed=typed or {},
    )
