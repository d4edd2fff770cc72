"""督办单: issue an order on a red card, print it, write down the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock, spoken
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.supervision.queries.card_file import CardFile, OrderFile, card_file, order_file
from concierge.supervision.rules.answering import usual_answer_day
from concierge.supervision.rules.order_number import order_number
from concierge.supervision.services.answer_order import answer_order
from concierge.supervision.services.issue_order import issue_order
from concierge.supervision.views.card import LONGEST, MOST_VERSIONS
from concierge.supervision.views.live_sheet import ON, LiveSheet, department_name, step_name
from concierge.supervision.views.words import CAUSES


@dataclass(frozen=True, kw_only=True)
class OrderSheet:
    """One order for one reader. Shape: ``said`` is why the last try failed, ``typed`` what was typed."""

    file: OrderFile
    catalogue: Catalogue
    today: date
    said: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """Its number as it is written on paper."""
        return order_number(self.file.order.year, self.file.order.serial)

    @property
    def department(self) -> str:
        """To whom it goes."""
        return department_name(self.catalogue, self.file.order.department)

    @property
    def step(self) -> str:
        """The step it is about."""
        return step_name(self.catalogue, self.file.step.code)

    @property
    def cause(self) -> str:
        """What the card was for."""
        return gettext(CAUSES[self.file.card.cause])

    def why(self) -> str:
        """The facts of the card in one sentence."""
        card = self.file.card
        return gettext(
            "Limit %(limit)s; red card of %(shown)s.",
            limit=spoken.day_full(card.limit_on),
            shown=spoken.day_full(card.shown_on),
        )

    def may_answer(self) -> bool:
        """Whether this reader may write down the answer."""
        return may("answer", ON) and self.file.order.answered_on is None


class OrderView(Page):
    """Supervision orders."""

    route_base = "/supervision/orders"
    class_permission_name = ON

    @expose("/new/<int:card_id>")
    @allowed("order")
    def form(self, card_id: int) -> Any:
        """What the department is to do, and by when it answers; both are suggested."""
        return self._form(card_file(db.session, card_id, actor()))

    def _form(self, file: CardFile, *, said: str = "") -> str:
        today, calendar = clock.today(), catalogue_queries.work_calendar(db.session)
        catalogue = catalogue_queries.catalogue(file.project.edition_id, db.session)
        live = LiveSheet(live=file.live, catalogue=catalogue, calendar=calendar, today=today)
        limit = live.limit()
        demand = gettext(
            "“%(step)s” of “%(project)s”: %(word)s %(figure)s (%(against)s). Decide at once and answer in "
            "writing what held it up and who answers for it.",
            step=live.step,
            project=file.project.name,
            word=limit[0],
            figure=limit[1],
            against=limit[2],
        )
        return self.show(
            "supervision/order_form.html",
            file=file,
            live=live,
            said=said,
            demand=request.form.get("demand", demand),
            answer_due_on=request.form.get("answer_due_on", usual_answer_day(today, calendar).isoformat()),
        )

    @expose("/new/<int:card_id>", methods=["POST"])
    @allowed("order")
    def issue(self, card_id: int) -> Any:
        """Issue it."""
        try:
            due_on = typed_day(request.form.get("answer_due_on"), "answer_due_on")
            demand = request.form.get("demand", "")[:LONGEST]
            order_id = issue_order(card_id, demand, due_on, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._form(card_file(db.session, card_id, actor()), said=say(error)), error.status
        flash(gettext("The order is issued. Print it and have it delivered."), "success")
        return redirect(url_for("OrderView.one", order_id=order_id), code=303)

    @expose("/<int:order_id>")
    @allowed("show")
    def one(self, order_id: int) -> Any:
        """One order with its answer."""
        return self.show("supervision/order.html", page=_sheet(order_id))

    @expose("/<int:order_id>/print")
    @allowed("show")
    def on_paper(self, order_id: int) -> Any:
        """The order on A4, with room for the answer and its seal."""
        return self.show("supervision/print_order.html", page=_sheet(order_id))

    @expose("/<int:order_id>", methods=["POST"])
    @allowed("answer")
    def answer(self, order_id: int) -> Any:
        """Write down what the department answered."""
        try:
            answer_order(
                order_id,
                typed_day(request.form.get("answered_on"), "answered_on"),
                request.form.get("speaker", ""),
                request.form.get("answer", "")[:LONGEST],
                version=whole_number(request.form.get("version"), default=0, most=MOST_VERSIONS) or None,
                by=actor(),
            )
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            page = _sheet(order_id, said=say(error), typed=request.form.to_dict())
            return self.show("supervision/order.html", page=page), error.status
        flash(gettext("The answer is on record."), "success")
        return redirect(url_for("OrderView.one", order_id=order_id), code=303)


def _sheet(order_id: int, *, said: str = "", typed: dict[str, str] | None = None) -> OrderSheet:
    file = order_file(db.session, order_id, actor())
    return OrderSheet(
        file=file,
        catalogue=catalogue_queries.catalogue(file.project.edition_id, db.session),
        today=clock.today(),
        said=said,
        typed=typed or {},
    )
