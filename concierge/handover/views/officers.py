"""人员与负荷: officers and what they carry, their entries and teams, and giving projects away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext

from concierge.handover.services.reassign import reassign
from concierge.handover.views.officers_sheet import (
    OFFICERS,
    board_sheet,
    person_sheet,
)
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.typed_values import typed_day, typed_number
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number
from concierge.staff.services.keep_profile import Profile, Team, keep_profile, keep_team
from concierge.staff.services.limit_hand_ins import limit_hand_ins
from concierge.staff.services.name_cover import name_cover, withdraw_cover

Problems = Sequence[dict[str, str]]
MOST = 2**31
LONGEST = 255


class NotYourProfile(Invalid):
    """Somebody who may only change his or her own profile chose another's."""

    message = N_("You may change your own entry only; ask the chief concierge for another's.")


class StaffBoardView(Page):
    """Officers, teams, the queue without officers, and C for days when both are away."""

    route_base = "/officers"
    class_permission_name = OFFICERS
    default_view = "list"

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """Everybody's load, and what waits for officers."""
        return self._board()

    @expose("/<int:person_id>")
    @allowed("list")
    def one(self, person_id: int) -> str:
        """One officer's projects and entry."""
        return self._person(person_id)

    @expose("/<int:person_id>/profile", methods=["POST"])
    @allowed("keep")
    def profile(self, person_id: int) -> Any:
        """Keep what is known of an officer."""

        def deed() -> None:
            if person_id != actor().id and not may("assign", OFFICERS):
                raise NotYourProfile(field="phone")
            keep_profile(person_id, _profile(), by=actor())

        return self._person_done(person_id, deed, gettext("The entry is kept."))

    @expose("/<int:person_id>/hand-ins", methods=["POST"])
    @allowed("assign")
    def hand_ins(self, person_id: int) -> Any:
        """Say how many steps an officer can hand in on one day."""

        def deed() -> None:
            typed = _typed("daily_hand_ins")
            limit_hand_ins(person_id, typed_number(typed, "daily_hand_ins") if typed else None, by=actor())

        return self._person_done(
            person_id, deed, gettext("The number is kept. The next plan gives this officer no more a day.")
        )

    @expose("/<int:person_id>/reassign", methods=["POST"])
    @allowed("assign")
    def reassign(self, person_id: int) -> Any:
        """Give projects of one officer to another."""
        said: list[str] = []

        def deed() -> None:
            count = reassign(person_id, _number("to"), _projects(), by=actor())
            said.append(
                ngettext(
                    "%(num)s project has a new officer. The handover is asked for.",
                    "%(num)s projects have a new officer. The handovers are asked for.",
                    count,
                )
            )

        return self._person_done(person_id, deed, "", said)

    @expose("/cover", methods=["POST"])
    @allowed("assign")
    def cover(self) -> Any:
        """Name C for projects and days."""

        def deed() -> None:
            name_cover(
                _projects(),
                _number("person"),
                typed_day(request.form.get("first_on"), "first_on"),
                typed_day(request.form.get("last_on"), "last_on"),
                by=actor(),
            )

        return self._board_done(deed, gettext("C is named and acts whenever A and B are both away."))

    @expose("/cover/<int:cover_id>/withdraw", methods=["POST"])
    @allowed("assign")
    def uncover(self, cover_id: int) -> Any:
        """Take a cover back."""
        return self._board_done(
            lambda: withdraw_cover(cover_id, by=actor()),
            gettext("The cover is withdrawn. Where that left nobody, the unit head covers."),
        )

    @expose("/team", methods=["POST"])
    @allowed("assign")
    def team(self) -> Any:
        """Make a team, or change one."""

        def deed() -> None:
            keep_team(_number("team") or None, _team(), by=actor())

        return self._board_done(deed, gettext("The team is kept."))

    def _board(self, problems: Problems = ()) -> str:
        page = board_sheet(db.session, actor(), clock.today(), problems, request.form)
        return self.show("handover/officers.html", page=page)

    def _person(self, person_id: int, problems: Problems = ()) -> str:
        page = person_sheet(db.session, person_id, actor(), clock.today(), problems, request.form)
        return self.show("handover/officer.html", page=page)

    def _board_done(self, deed: Callable[[], None], said: str) -> Any:
        try:
            deed()
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._board([_problem(error)]), error.status
        flash(said, "success")
        return redirect(url_for("StaffBoardView.list"), code=303)

    def _person_done(self, person_id: int, deed: Callable[[], None], said: str, more: Any = ()) -> Any:
        try:
            deed()
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            return self._person(person_id, [_problem(error)]), error.status
        for sentence in (said, *more):
            if sentence:
                flash(sentence, "success")
        return redirect(url_for("StaffBoardView.one", person_id=person_id), code=303)


def _problem(error: ConciergeError) -> dict[str, str]:
    return {"field": str(error.facts.get("field", "main")), "message": say(error)}


def _number(name: str) -> int:
    return whole_number(request.form.get(name), default=0, most=MOST)


def _projects() -> list[int]:
    return [whole_number(one, default=0, most=MOST) for one in request.form.getlist("projects")[:2000]]


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST]


def _profile() -> Profile:
    return Profile(
        phone=_typed("phone"),
        office=_typed("office"),
        grid=_typed("grid"),
        skills=[one[:LONGEST] for one in request.form.getlist("skills")[:50]],
        department=_typed("department"),
        papers=_typed("papers"),
        team_id=_number("team") or None,
    )


def _team() -> Team:
    return Team(
        name=_typed("name"),
        is_zone_office=request.form.get("zone") == "yes",
        lead_id=_number("lead") or None,
        grids=request.form.get("grids", "")[:2000].splitlines(),
    )
