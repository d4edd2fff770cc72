"""网格批量办: batches by grid, collecting, sending, answers, delivery."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.uploads import takes_files
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.outreach.press.table_file import cells_of, table
from concierge.outreach.queries import batches, people
from concierge.outreach.rules.batches import batch_number
from concierge.outreach.rules.lines import Cells, Column
from concierge.outreach.rules.standing import ApplicationState
from concierge.outreach.services.collect_applications import (
    add_application,
    collect_applications,
    mend_application,
    opened_line,
    withdraw_application,
)
from concierge.outreach.services.open_batch import open_batch
from concierge.outreach.services.send_batch import (
    deliver_applications,
    grant_batch,
    opened_list,
    send_batch,
    take_results,
)
from concierge.outreach.views.people import as_sheet, head_of
from concierge.outreach.views.words import APPLICATION_STATES, BATCH_STATES, ROADS, faults_spoken

BATCH = "Batch"
MOST = 2**31
TYPED = (Column.NAME, Column.ID_NUMBER, Column.PHONE, Column.COMPOUND, Column.ADDRESS, Column.ROAD)
SENT_ON = (Column.NUMBER, Column.NAME, Column.ID_NUMBER, Column.PHONE, Column.COMPOUND, Column.ADDRESS)
ANSWER = (Column.OUTCOME, Column.RESULT, Column.ON, Column.REASON)
USUAL_COLLECTING = timedelta(days=14)


class BatchView(Page):
    """The batches of the grids."""

    route_base = "/outreach/batches"
    class_permission_name = BATCH

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """All batches, open ones first."""
        return self._list()

    @expose("/", methods=["POST"])
    @allowed("collect")
    def open(self) -> Any:
        """Open a batch."""
        form = request.form
        try:
            batch_id = open_batch(
                whole_number(form.get("grid"), default=0, most=MOST),
                form.get("title", ""),
                form.get("department", ""),
                typed_day(form.get("collect_until_on"), "collect_until_on"),
                by=actor(),
            )
        except Missing:
            raise
        except ConciergeError as error:
            wrong = {"field": str(error.facts.get("field", "title")), "message": say(error)}
            return self._list([wrong]), error.status
        flash(gettext("The batch is open. Add applications one by one, or send a table."), "success")
        return redirect(url_for("BatchView.one", batch_id=batch_id), code=303)

    @expose("/<int:batch_id>")
    @allowed("list")
    def one(self, batch_id: int) -> str:
        """One batch with its lines."""
        return self._one(batch_id)

    @expose("/form.xlsx")
    @allowed("list")
    def empty(self) -> Response:
        """The table to collect with, empty."""
        return as_sheet(table([head_of(one) for one in TYPED], [], title="batch"), "batch.xlsx")

    @expose("/<int:batch_id>/add", methods=["POST"])
    @allowed("collect")
    def add(self, batch_id: int) -> Any:
        """Add one application."""
        return self._do(batch_id, lambda: _collected(add_application(batch_id, _typed(), by=actor())))

    @expose("/<int:batch_id>/import", methods=["POST"])
    @allowed("collect")
    @takes_files
    def take_in(self, batch_id: int) -> Any:
        """Take a table of applications in."""
        return self._do(
            batch_id, lambda: _collected(collect_applications(batch_id, _sent_cells(), by=actor()))
        )

    @expose("/<int:batch_id>/send", methods=["POST"])
    @allowed("send")
    def send(self, batch_id: int) -> Any:
        """Send what is complete."""

        def send() -> str:
            count = send_batch(batch_id, by=actor())
            return ngettext("%(num)s application is sent.", "%(num)s applications are sent.", count)

        return self._do(batch_id, send)

    @expose("/<int:batch_id>/list.xlsx", methods=["POST"])
    @allowed("send")
    def roster(self, batch_id: int) -> Any:
        """The list for the department, with empty columns for its answer; the log names who fetched it."""
        try:
            opened = opened_list(batch_id, request.form.get("purpose", ""), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            return self._one(batch_id, said=say(error)), error.status
        rows = [
            (str(row.line), one.name, one.id_number, one.phone, row.compound, one.address, "", "", "", "")
            for row, one in opened
        ]
        heads = [head_of(column) for column in (*SENT_ON, *ANSWER)]
        return as_sheet(table(heads, rows, title="batch"), f"batch-{batch_id}.xlsx")

    @expose("/<int:batch_id>/results", methods=["POST"])
    @allowed("send")
    @takes_files
    def results(self, batch_id: int) -> Any:
        """Take the department's answers in; the wrong lines are named."""
        try:
            answered = take_results(batch_id, _sent_cells(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            return self._one(batch_id, said=say(error)), error.status
        flash(_answered(answered), "warning" if answered.faulty else "success")
        if answered.faulty:
            return self._one(batch_id, faulty=answered.faulty)
        return redirect(url_for("BatchView.one", batch_id=batch_id), code=303)

    @expose("/<int:batch_id>/grant", methods=["POST"])
    @allowed("send")
    def grant(self, batch_id: int) -> Any:
        """The department granted all of them in one batch."""
        return self._do(batch_id, lambda: _answered(grant_batch(batch_id, by=actor())))

    @expose("/<int:batch_id>/deliver", methods=["POST"])
    @allowed("collect")
    def deliver(self, batch_id: int) -> Any:
        """Results were handed over."""

        def deliver() -> str:
            lines = {whole_number(one, default=0, most=MOST) for one in request.form.getlist("line")}
            signed_by = request.form.get("signed_by", "")
            count = deliver_applications(batch_id, lines, signed_by, by=actor())
            return ngettext("%(num)s result is delivered.", "%(num)s results are delivered.", count)

        return self._do(batch_id, deliver)

    @expose("/lines/<int:application_id>", methods=["GET", "POST"])
    @allowed("collect")
    def line(self, application_id: int) -> Any:
        """Mend one line: what was typed is there, what is wrong is said beside it."""
        purpose = gettext("Mend a line of a batch")
        row, personal = opened_line(application_id, purpose, by=actor())
        typed = {one: getattr(personal, one) for one in ("name", "id_number", "phone", "address")}
        typed |= {"compound": row.compound, "road": row.road.value}
        if request.method == "GET":
            return self._line(row, typed)
        try:
            if request.form.get("deed") == "withdraw":
                withdraw_application(application_id, by=actor())
                flash(gettext("The line is withdrawn."), "success")
            elif not mend_application(application_id, _typed(), by=actor()):
                row, _ = opened_line(application_id, purpose, by=actor())
                return self._line(row, request.form.to_dict()), 422
            else:
                flash(gettext("The line is complete."), "success")
        except Missing:
            raise
        except ConciergeError as error:
            return self._line(row, request.form.to_dict(), say(error)), error.status
        return redirect(url_for("BatchView.one", batch_id=row.batch_id), code=303)

    def _do(self, batch_id: int, deed: Callable[[], str]) -> Any:
        try:
            flash(deed(), "success")
        except Missing:
            raise
        except ConciergeError as error:
            return self._one(batch_id, said=say(error)), error.status
        return redirect(url_for("BatchView.one", batch_id=batch_id), code=303)

    def _list(self, problems: Any = ()) -> str:
        return self.show(
            "outreach/batches.html",
            rows=batches.batches(db.session, actor()),
            number=batch_number,
            words=BATCH_STATES,
            states=ApplicationState,
            grids=[
                {"value": grid.id, "text": f"{place}　{grid.name}"}
                for grid, place in people.grids(db.session, actor())
            ],
            problems=problems,
            typed=request.form,
            today=clock.today(),
            usual_end=clock.today() + USUAL_COLLECTING,
            may_collect=may("collect", BATCH),
        )

    def _one(self, batch_id: int, *, said: str = "", faulty: Any = ()) -> str:
        db.session.expire_all()
        listed = batches.batch(db.session, batch_id, actor())
        return self.show(
            "outreach/batch.html",
            one=listed,
            number=batch_number(listed.batch.year, listed.batch.serial),
            lines=batches.lines(db.session, batch_id),
            words=APPLICATION_STATES,
            batch_words=BATCH_STATES,
            road_words=ROADS,
            states=ApplicationState,
            spoken=faults_spoken,
            roads=road_options(),
            said=said,
            faulty=faulty,
            typed=request.form,
            may_collect=may("collect", BATCH),
            may_send=may("send", BATCH),
        )

    def _line(self, row: Any, typed: dict[str, str], said: str = "") -> str:
        return self.show(
            "outreach/line.html",
            row=row,
            typed=typed,
            faults=faults_spoken(row.faults),
            said=said,
            roads=road_options(),
            is_open=row.state in (ApplicationState.FAULTY, ApplicationState.READY),
        )


def road_options() -> list[dict[str, str]]:
    """The roads as a form offers them."""
    return [{"value": road.value, "text": gettext(text)} for road, text in ROADS.items()]


def _typed() -> Cells:
    return {column: request.form.get(column.value, "").strip() for column in TYPED}


def _sent_cells() -> list[list[str]]:
    sent = request.files.get("file")
    return cells_of(sent.stream) if sent else []


def _collected(collected: Any) -> str:
    return gettext(
        "%(ready)s complete, %(faulty)s to be mended.", ready=collected.ready, faulty=collected.faulty
    )


def _answered(answered: Any) -> str:
    return gettext(
        "%(granted)s granted, %(refused)s refused, %(faulty)s lines to be mended.",
        granted=answered.granted,
        refused=answered.refused,
        faulty=len(answered.faulty),
    )
