"""The review board: find one half-day for all, announce it, take it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from approvals.queries import reviews
from approvals.rules.convening import RoomNeeded
from approvals.rules.sittings import Half
from approvals.services.announce_sitting import ListedStep, NewSitting, announce_sitting, join_sitting
from approvals.services.withdraw_sitting import withdraw_sitting
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.downloads import named
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing, Refusal
from concierge.kernel.web import Page, actor, allowed, say, whole_number
from projects.press.sitting_ics import sitting_ics
from projects.queries.review_board import Board, Case, board, forecast_of
from projects.queries.review_gain import gain
from projects.views.review_board_meeting import MeetingSheet, announced_sheet
from projects.views.review_board_sheet import Ask, BoardSheet

LONGEST_KEY, LONGEST_REASON, MOST_SHARED = 80, 500, 20


class SlotGone(Refusal):
    """The half-day somebody chose is none to choose from any more."""

    message = N_(
        "This half-day cannot be chosen any more. The grid shows those that can; nothing was announced."
    )


class CaseGone(Refusal):
    """The step waits no more: it has its sitting, its result, or is no longer needed."""

    message = N_("This step does not wait for a sitting any more. Choose another from the list.")


class RoomGone(Refusal):
    """A room that is on no list any more."""

    message = N_("This room is not in use any more. Choose another one; nothing was announced.")


class HalfDayUnreadable(Invalid):
    """Something that is no half-day."""

    message = N_("Choose one of the half-days in the grid.")
    field = "slot"


class ReviewBoardView(Page):
    """Joint reviews: what waits for a slot, and what is announced."""

    route_base = "/reviews"
    class_permission_name = "Review"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The board."""
        return self.show("projects/review_board.html", page=_sheet(_asked(request.args)))

    @expose("/look", methods=["POST"])
    @allowed("list")
    def look(self) -> Any:
        """Bring what the form says into an address, so that it can be shared; nothing is announced."""
        ask = _asked(request.form)
        return redirect(
            url_for("ReviewBoardView.list", **ask.query(), room=request.form.get("room")), code=303
        )

    @expose("/print")
    @allowed("list")
    def print_slots(self) -> Any:
        """The half-days of one review on A4, to carry around."""
        page = _sheet(_asked(request.args))
        if page.chosen is None:
            raise Missing
        return self.show("projects/print_review_slots.html", page=page, it=page.grid)

    @expose("/", methods=["POST"])
    @allowed("announce")
    def announce(self) -> Any:
        """Announce the chosen half-day; a refusal is said above the grid, and the choice is kept."""
        ask = _asked(request.form)
        page = _sheet(ask)
        try:
            sitting_id = _announce(page, request.form)
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            again = _sheet(ask, refused=say(error))
            return self.show("projects/review_board.html", page=again), error.status
        flash(gettext("Announced. The plans of its projects are made again."), "success")
        return redirect(url_for("ReviewBoardView.one", sitting_id=sitting_id), code=303)

    @expose("/announced")
    @allowed("list")
    def announced(self) -> Any:
        """What is announced, from today on."""
        return self.show(
            "projects/review_meetings.html", page=announced_sheet(db.session, actor(), clock.today())
        )

    @expose("/<int:sitting_id>")
    @allowed("show")
    def one(self, sitting_id: int) -> Any:
        """One announced sitting."""
        return self.show("projects/review_meeting.html", page=_meeting(sitting_id))

    @expose("/<int:sitting_id>/withdraw", methods=["POST"])
    @allowed("withdraw")
    def withdraw(self, sitting_id: int) -> Any:
        """Call a sitting off; a refusal is said beside the form, and the reason is kept."""
        page = _meeting(sitting_id)
        reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
        try:
            withdraw_sitting(page.sitting.id, reason, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self.show(
                "projects/review_meeting.html", page=_meeting(sitting_id, refused=say(error), reason=reason)
            ), error.status
        flash(
            gettext("Withdrawn. Its reviews wait for another slot, and the plans are made again."), "success"
        )
        return redirect(url_for("ReviewBoardView.list"), code=303)

    @expose("/<int:sitting_id>/sitting.ics")
    @allowed("show")
    def calendar(self, sitting_id: int) -> Response:
        """One sitting as a file for a calendar."""
        page = _meeting(sitting_id)
        entry = Response(sitting_ics(page.entry()), mimetype="text/calendar")
        return named(entry, f"sitting-{sitting_id}.ics")


def _asked(args: MultiDict[str, str]) -> Ask:
    shared = tuple(key[:LONGEST_KEY] for key in args.getlist("with")[:MOST_SHARED])
    has_chosen = bool(args.get("slot"))
    return Ask(
        case=args.get("case", "")[:LONGEST_KEY],
        slot=args.get("slot", "")[:LONGEST_KEY],
        shared=shared if has_chosen else None,
        wants_all=args.get("all") == "1",
        page=whole_number(args.get("page"), default=1, least=1),
    )


def _sheet(ask: Ask, *, refused: str = "") -> BoardSheet:
    today = clock.today()
    found = board(db.session, actor(), today=today, wants_all=ask.wants_all)
    chosen = _chosen(found, ask)
    forecast = forecast_of(db.session, chosen, actor(), today=today) if chosen else None
    if ask.case and (chosen is None or chosen.key != ask.case) and not refused:
        refused = say(CaseGone())
    return BoardSheet(
        board=found,
        ask=ask,
        chosen=chosen,
        forecast=forecast,
        gain=gain(db.session, actor()),
        refused=refused,
    )


def _chosen(found: Board, ask: Ask) -> Case | None:
    return found.case(ask.case) or next(iter(found.cases), None)


def _announce(page: BoardSheet, form: MultiDict[str, str]) -> int:
    """Announce what the form asks for; answers the sitting's number.

    Raises: CaseGone, SlotGone, HalfDayUnreadable, RoomNeeded, RoomGone; what the review room refuses.
    """
    case = page.chosen
    if case is None or case.key != page.ask.case:
        raise CaseGone
    on, half = _half_day(page.ask.slot)
    if (on, half) not in {(slot.sitting.on, slot.sitting.half) for slot in page.grid.slots}:
        raise SlotGone
    steps = tuple(ListedStep(one.project_id, one.code) for one in (case, *page.share.joined))
    there = page.grid.sitting_then(on, half)
    if there is not None:
        join_sitting(there.id, steps, by=actor())
        return there.id
    room = whole_number(form.get("room"), default=0, most=10**9)
    if not room and page.grid.needs_room:
        raise RoomNeeded
    if room and room not in {known.id for known in page.board.known.rooms}:
        raise RoomGone
    new = NewSitting(review_group=case.group.code, on=on, half=half, steps=steps, room_id=room or None)
    return announce_sitting(new, by=actor())


def _half_day(key: str) -> tuple[date, Half]:
    day, _, half = key.rpartition("-")
    try:
        return date.fromisoformat(day), Half(half)
    except ValueError:
        raise HalfDayUnreadable from None


def _meeting(sitting_id: int, *, refused: str = "", reason: str = "") -> MeetingSheet:
    """One sitting, as far as its reader may see it. Raises: Missing."""
    return MeetingSheet.of(
        db.session,
        reviews.sitting(db.session, sitting_id),
        actor(),
        clock.today(),
        refused=refused,
        reason=reason,
    )
