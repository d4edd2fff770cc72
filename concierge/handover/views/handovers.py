"""交接单: handovers to give, accept and hand back, each on a page and on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.handover.queries import handovers as queries
from concierge.handover.rules.handover import TellingWay
from concierge.handover.services.accept_handover import accept_handover
from concierge.handover.services.give_handover import Remark, give_handover, note_handover
from concierge.handover.services.return_work import return_work, take_back
from concierge.handover.services.tell_enterprise import tell_enterprise
from concierge.handover.views.handover_list import listed_sheet
from concierge.handover.views.handover_sheet import HandoverSheet, handover_sheet
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.web import Page, actor, allowed, may, say

ON = "Handover"
LONGEST = 4000
MOST_PROJECTS = 500


class HandoverWayNeeded(Invalid):
    """None of the ways was chosen."""

    message = N_("Choose how the enterprise was told.")
    field = "way"


class HandoverView(Page):
    """Handovers of one reader; a chief's are everybody's."""

    route_base = "/handovers"
    class_permission_name = ON
    default_view = "list"

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """What waits, and on request what is over."""
        is_over = request.args.get("view") == "over"
        rows = queries.listed(db.session, actor(), is_over=is_over, today=clock.today())
        return self.show(
            "handover/list.html", rows=listed_sheet(rows, clock.today(), actor()), is_over=is_over
        )

    @expose("/<int:handover_id>")
    @allowed("show")
    def one(self, handover_id: int) -> str:
        """One handover with its sheets."""
        return self.show("handover/one.html", page=_sheet(handover_id))

    @expose("/<int:handover_id>/print")
    @allowed("show")
    def sheet(self, handover_id: int) -> str:
        """The same on A4, to be signed."""
        return self.show("handover/print.html", page=_sheet(handover_id))

    @expose("/<int:handover_id>/give", methods=["POST"])
    @allowed("act")
    def give(self, handover_id: int) -> Any:
        """Keep the notes, or hand over with them."""
        is_chief = may("oversee", ON)
        if request.form.get("do") == "keep":
            return self._done(
                handover_id,
                lambda: note_handover(handover_id, _typed("note"), _remarks(), is_chief=is_chief, by=actor()),
                gettext("The notes are kept. Nothing is handed over yet."),
            )
        return self._done(
            handover_id,
            lambda: give_handover(handover_id, _typed("note"), _remarks(), is_chief=is_chief, by=actor()),
            gettext("Handed over. It counts once the other has accepted it."),
        )

    @expose("/<int:handover_id>/accept", methods=["POST"])
    @allowed("act")
    def accept(self, handover_id: int) -> Any:
        """Take over."""
        return self._done(
            handover_id,
            lambda: accept_handover(handover_id, by=actor()),
            gettext("Taken over. From now on you answer for these projects."),
        )

    @expose("/<int:handover_id>/report", methods=["POST"])
    @allowed("act")
    def report(self, handover_id: int) -> Any:
        """Report what was done, and give back."""
        return self._done(
            handover_id,
            lambda: return_work(handover_id, _typed("report"), by=actor()),
            gettext("The report is on record. The other takes the work back."),
        )

    @expose("/<int:handover_id>/take-back", methods=["POST"])
    @allowed("act")
    def back(self, handover_id: int) -> Any:
        """Take the work back."""
        return self._done(
            handover_id, lambda: take_back(handover_id, by=actor()), gettext("The work is yours again.")
        )

    @expose("/<int:handover_id>/tell/<int:project_id>", methods=["POST"])
    @allowed("act")
    def tell(self, handover_id: int, project_id: int) -> Any:
        """Write down that the enterprise was told."""
        return self._done(
            handover_id,
            lambda: tell_enterprise(handover_id, project_id, _way(), _typed("whom"), by=actor()),
            gettext("It is on record that the enterprise was told."),
            project_id,
        )

    def _done(self, handover_id: int, deed: Callable[[], object], said: str, project_id: int = 0) -> Any:
        try:
            deed()
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            problem = {"field": str(error.facts.get("field", "main")), "message": say(error)}
            typed = {**request.form, "told": str(project_id)}
            page = _sheet(handover_id, problems=[problem], typed=typed)
            return self.show("handover/one.html", page=page), error.status
        flash(said, "success")
        return redirect(url_for("HandoverView.one", handover_id=handover_id), code=303)


def _sheet(
    handover_id: int, *, problems: list[dict[str, str]] | None = None, typed: dict[str, str] | None = None
) -> HandoverSheet:
    return handover_sheet(
        db.session,
        queries.handover(db.session, handover_id, actor()),
        actor(),
        clock.today(),
        problems=problems or [],
        typed=typed or {},
    )


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST]


def _remarks() -> dict[int, Remark]:
    names = [name.removeprefix("papers_") for name in request.form if name.startswith("papers_")]
    numbers = [
        int(name) for name in names[:MOST_PROJECTS] if name.isascii() and name.isdigit() and len(name) < 10
    ]
    return {
        number: Remark(promises=_typed(f"promises_{number}"), papers=_typed(f"papers_{number}")[:255])
        for number in numbers
    }


def _way() -> TellingWay:
    try:
        return TellingWay(request.form.get("way"))
    except ValueError:
        raise HandoverWayNeeded(field=HandoverWayNeeded.field) from None
